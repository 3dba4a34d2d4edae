package bot

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"newsdesk/bot/message"
	"newsdesk/events"
	"newsdesk/news"
)

const (
	rehearsed     = 24 * time.Hour // how far back a change is tried out
	rehearsedMost = 20_000         // events of that time that are looked at
	trialPage     = 10             // stories on a page of /filter test
)

// rehearsal is what a channel would have made of the last 24 hours.
type rehearsal struct {
	topics   []string
	events   []events.Course
	verdicts []news.Verdict // of the events of its topics, in their order
}

// rehearse tries out what is set for a channel, on the topics it follows.
func (c *Commands) rehearse(ctx context.Context, ch news.Channel) (*rehearsal, error) {
	topics, err := c.subs.ChannelTopics(ctx, ch.ID)
	if err != nil {
		return nil, err
	}
	r := &rehearsal{topics: topics}
	if len(topics) > 0 {
		if r.events, err = c.channels.Started(ctx, c.now().Add(-rehearsed), rehearsedMost); err != nil {
			return nil, err
		}
	}
	r.use(ch)
	return r, nil
}

// widen adds a topic to a rehearsal.
func (c *Commands) widen(ctx context.Context, r *rehearsal, topic string) (err error) {
	if len(r.topics) == 0 {
		r.events, err = c.channels.Started(ctx, c.now().Add(-rehearsed), rehearsedMost)
	}
	r.topics = append(r.topics, topic)
	return err
}

// use tries out other settings.
func (r *rehearsal) use(ch news.Channel) {
	r.verdicts = events.Rehearse(r.events, events.Place{Channel: ch, Topics: r.topics})
}

// newest returns the newest story that would have been posted.
func (r *rehearsal) newest() (news.Event, bool) {
	for _, v := range slices.Backward(r.verdicts) {
		if v.Outcome != news.OutcomePosted {
			continue
		}
		for _, e := range r.events {
			if e.Now.ID == v.Event {
				return e.Now, true
			}
		}
	}
	return news.Event{}, false
}

// posted counts the messages that there would have been.
func (r *rehearsal) posted() int {
	n := 0
	for _, v := range r.verdicts {
		if v.Outcome == news.OutcomePosted {
			n++
		}
	}
	return n
}

// trial names a page of /filter test: it is what a custom id holds.
type trial struct {
	page    int
	channel news.ChannelID
	mode    string // of the filter that is tried out, "" for none
	what    string
}

// custom writes the page as a custom id: ftest:<page>:<channel>:<mode>:<what>.
func (t trial) custom() string {
	return strings.Join([]string{verbTrial, strconv.Itoa(t.page), string(t.channel), t.mode, t.what}, ":")
}

func parseTrial(custom string) (trial, bool) {
	parts := strings.SplitN(custom, ":", 5)
	if len(parts) != 5 || parts[0] != verbTrial || parts[2] == "" {
		return trial{}, false
	}
	page, err := strconv.Atoi(parts[1])
	return trial{page, news.ChannelID(parts[2]), parts[3], parts[4]}, err == nil && page >= 0 && page < maxPage
}

func (c *Commands) filterTest(ctx context.Context, in message.Interaction) (message.Reply, error) {
	t := trial{channel: channelOf(in)}
	if strings.TrimSpace(in.Options["what"]) != "" {
		f, sentence := c.chosenFilter(in)
		if sentence != "" {
			return say(sentence), nil
		}
		t.mode, t.what = modeExclude, f.Typed()
		if !f.Exclude {
			t.mode = modeInclude
		}
	}
	return c.showTrial(ctx, in, t)
}

// showTrial renders a page of /filter test.
func (c *Commands) showTrial(ctx context.Context, in message.Interaction, t trial) (message.Reply, error) {
	set, err := c.channels.Channel(ctx, t.channel)
	if err != nil {
		return message.Reply{}, err
	}
	if set.Guild != "" && string(set.Guild) != in.Guild {
		return say(otherServer), nil
	}
	head := channelName(t.channel)
	if t.what != "" {
		f, err := events.ParseFilter(t.what)
		if err != nil {
			return say("I can't read that filter any more. Run `/filter test` again."), nil //nolint:nilerr // the custom id is foreign
		}
		f.Exclude = t.mode != modeInclude
		set.Filters = append(append([]news.Filter(nil), set.Filters...), f)
		head += " with " + filterName(f) + ", which is not set yet"
	}
	r, err := c.rehearse(ctx, set)
	if err != nil {
		return message.Reply{}, err
	}
	switch {
	case len(r.topics) == 0:
		return say(channelName(t.channel) + " follows no topic. `/subscribe` adds one."), nil
	case len(r.verdicts) == 0:
		return say("No new story on the topics of " + channelName(t.channel) + " came in within the last 24 hours. " +
			"What stood in a feed when I first read it does not count, since it would never be posted."), nil
	}
	pages := (len(r.verdicts) + trialPage - 1) / trialPage
	t.page = min(t.page, pages-1)
	lines := []string{head + ": **" + strconv.Itoa(r.posted()) + " of " + storyCount(len(r.verdicts)) + "** of the last 24 hours would have been posted.", ""}
	lines = append(lines, c.trialLines(r, t.page*trialPage)...)
	title := "Filter test"
	if pages > 1 {
		title += " · " + strconv.Itoa(t.page+1) + "/" + strconv.Itoa(pages)
	}
	m := message.Message{Embeds: []message.Embed{{Title: title, Description: strings.Join(lines, "\n"), Color: plainColor}}}
	if buttons := t.buttons(pages); len(buttons) > 0 {
		m.Components = []message.Row{{Buttons: buttons}}
	}
	return message.Reply{Message: m, Ephemeral: true}, nil
}

// trialLines writes the stories of a page, newest first, each with what would
// have become of it.
func (c *Commands) trialLines(r *rehearsal, skip int) []string {
	byID := make(map[news.EventID]news.Event, len(r.events))
	for _, e := range r.events {
		byID[e.Now.ID] = e.Now
	}
	var lines []string
	for i := len(r.verdicts) - 1 - skip; i >= 0 && len(lines) < trialPage; i-- {
		v := r.verdicts[i]
		e := byID[v.Event]
		line := message.MaskedLink(headline(e), firstLink(e), alertTitle)
		if v.Outcome == news.OutcomePosted {
			lines = append(lines, "✅ **"+line+"**")
			continue
		}
		lines = append(lines, "✖️ "+line+" — "+message.EscapeTo(verdictWords(v), 120))
	}
	return lines
}

// verdictWords says why a story is not posted.
func verdictWords(v news.Verdict) string {
	switch v.Outcome {
	case news.OutcomeFiltered:
		if wanted, ok := strings.CutPrefix(v.Detail, "include: "); ok {
			return "has none of: " + wanted
		}
		return v.Detail
	case news.OutcomeBelow:
		return "less than " + v.Detail
	case news.OutcomeUnconfirmed:
		return "waits for a second source"
	}
	if v.Detail != "" {
		return string(v.Outcome) + ": " + v.Detail
	}
	return string(v.Outcome)
}

// buttons turn the pages. There are none where the filter does not fit into
// them.
func (t trial) buttons(pages int) []message.Button {
	var out []message.Button
	add := func(label string, page int) {
		t.page = page
		if id := t.custom(); message.Len(id) <= message.MaxCustomID {
			out = append(out, message.Button{Style: message.Secondary, Label: label, ID: id})
		}
	}
	page := t.page
	if page > 0 {
		add("◀", page-1)
	}
	if page < pages-1 {
		add("▶", page+1)
	}
	return out
}
