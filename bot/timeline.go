package bot

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"newsdesk/ask"
	"newsdesk/bot/message"
	"newsdesk/news"
)

const (
	timelineMoments = 100 // facts that are loaded; as many are shown as fit
	timelineRoom    = 3900
)

// Timelines are what readers learned of stories, and when.
type Timelines interface {
	// Timeline returns what was learned of an event at since or later, oldest
	// first: the latest limit of it.
	Timeline(ctx context.Context, id news.EventID, since time.Time, limit int) ([]news.Moment, error)
}

// TimelineOf renders what readers learned of an event, oldest first, each with
// its time and its source. Where it is too long the oldest go, and are counted.
func TimelineOf(e news.Event, moments []news.Moment, topic Topic) message.Message {
	text := momentLines(e, moments)
	if text == "" {
		text = "Nothing has been noted of this story yet. Its facts are under *Details*."
	}
	return message.Fit(message.Message{Embeds: []message.Embed{{
		Title: message.EscapeTo("Timeline: "+headline(e), message.MaxTitle), URL: firstLink(e), Description: text, Color: topic.Color,
		Footer: message.Plain(topic.Name) + " · " + ShortID(e.ID),
	}}})
}

// momentLines writes moments as lines, as many of the latest as there is room.
func momentLines(e news.Event, moments []news.Moment) string {
	var lines []string
	room := timelineRoom
	for i, m := range slices.Backward(moments) {
		line := momentLine(e, m)
		if room -= message.Len(line) + 1; room < 0 {
			lines = append(lines, "…and "+plural(i+1, "earlier fact"))
			break
		}
		lines = append(lines, line)
	}
	slices.Reverse(lines)
	return strings.Join(lines, "\n")
}

// momentLine writes one fact of a timeline: when it was told, what, by whom, and
// the day that it speaks of where that is another.
func momentLine(e news.Event, m news.Moment) string {
	f := news.Fact{Text: m.Text, Article: m.Article}
	if m.Reason == "corrected" && m.Was != "" {
		f.Was = news.Version{Value: m.Was, Article: m.Article}
	}
	line := "• "
	if t := stamp(m.At, "f"); t != "" {
		line += t + " "
	}
	line += strings.TrimSpace(told(e, f, citing{link: true}))
	if e.Citation(m.Article) == 0 { // no longer among the sources that the event keeps
		outlet := message.Plain(m.Outlet)
		if outlet == "" {
			outlet = "source"
		}
		line += " (" + message.MaskedLink(outlet, m.URL, nameText) + ")"
	}
	if !m.Day.IsZero() && m.At.Sub(m.Day) >= 24*time.Hour {
		line += " · of " + when(m.Day)
	}
	return line
}

// showTimeline answers the Timeline button; found is false where the event is
// not stored.
func (c *Commands) showTimeline(ctx context.Context, v view, shared bool) (reply message.Reply, found bool, err error) {
	e, err := c.events.Event(ctx, v.event)
	if errors.Is(err, news.ErrNotFound) {
		return message.Reply{}, false, nil
	}
	if err != nil {
		return message.Reply{}, false, err
	}
	moments, err := c.moments(ctx, e.ID, time.Time{})
	if err != nil {
		return message.Reply{}, false, err
	}
	m := TimelineOf(e, moments, c.topics.Named(e.Topic))
	buttons := []message.Button{{Style: message.Secondary, Label: "Details", ID: eventCustom(verbStory, e.ID)}}
	if !shared {
		buttons = append(buttons, shareButton(v)...)
	}
	m.Components = []message.Row{{Buttons: buttons}}
	return message.Reply{Message: m, Ephemeral: !shared}, true, nil
}

func (c *Commands) moments(ctx context.Context, id news.EventID, since time.Time) ([]news.Moment, error) {
	if c.timelines == nil {
		return nil, nil
	}
	return c.timelines.Timeline(ctx, id, since, timelineMoments)
}

// names says whether a story has most of the words that are to name it.
func names(words string, e news.Event) bool {
	parts := append([]string{e.Headline}, append(e.Who, e.Where...)...)
	for _, f := range e.Facts {
		parts = append(parts, f.Text)
	}
	for _, s := range e.Sources {
		parts = append(parts, s.Title)
	}
	text := strings.ToLower(strings.Join(parts, " "))
	found, all := 0, 0
	for w := range strings.FieldsSeq(strings.ToLower(words)) {
		if utf8.RuneCountInString(w) > 2 {
			all++
			if strings.Contains(text, w) {
				found++
			}
		}
	}
	return 2*found > all
}

// showChanges answers "What changed in … since Monday?" from the timeline of
// the story that the question names. It is false where the question is none of
// this kind or names no story that is known: then the articles are asked.
func (c *Commands) showChanges(ctx context.Context, v view, shared bool) (reply message.Reply, answered bool, err error) {
	q, ok := ask.ReadSince(v.words, c.now())
	if !ok || q.Story == "" || c.timelines == nil {
		return message.Reply{}, false, nil
	}
	found, err := c.events.SuggestEvents(ctx, q.Story, 1)
	if err == nil && len(found) == 0 {
		found, _, err = c.events.SearchEvents(ctx, q.Story, "", time.Time{}, 1, 0)
	}
	if err != nil || len(found) == 0 || !names(q.Story, found[0]) {
		return message.Reply{}, false, err
	}
	e := found[0]
	moments, err := c.moments(ctx, e.ID, q.Time)
	if err != nil {
		return message.Reply{}, false, err
	}
	text := "**" + message.EscapeTo(headline(e), alertTitle) + "**\n"
	if len(moments) > 0 {
		text += "Since " + stamp(q.Time, "f") + ":\n" + momentLines(e, moments)
	} else {
		text += "Nothing new since " + stamp(q.Time, "f") + "."
		last, err := c.timelines.Timeline(ctx, e.ID, time.Time{}, 1)
		if err != nil {
			return message.Reply{}, false, err
		}
		if len(last) > 0 {
			text += " The last change:\n" + momentLines(e, last)
		}
	}
	m := message.Message{Embeds: []message.Embed{{
		Title: message.EscapeTo("Q: "+v.words, askedTitle), Description: text, Color: plainColor,
		Footer: strconv.Itoa(len(moments)) + " of the story's facts, from " + plural(max(1, e.Outlets()), "source") + " · " + ShortID(e.ID),
	}}}
	buttons := []message.Button{
		{Style: message.Secondary, Label: "Open story", ID: eventCustom(verbStory, e.ID)},
		{Style: message.Secondary, Label: "Timeline", ID: eventCustom(verbTimeline, e.ID)},
	}
	if !shared {
		buttons = append(buttons, shareButton(v)...)
	}
	m.Components = []message.Row{{Buttons: buttons}}
	return message.Reply{Message: message.Fit(m), Ephemeral: !shared}, true, nil
}
