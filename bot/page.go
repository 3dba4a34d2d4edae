package bot

import (
	"fmt"
	"strings"
	"time"

	"newsdesk/bot/message"
	"newsdesk/news"
)

// closedAfter is how long a story must have been without a new report to count
// as closed.
const closedAfter = 48 * time.Hour

// pageSize is how many events a page lists.
const pageSize = 5

// list is a page of events, of /latest or /search.
type list struct {
	view   view
	title  string // plain text
	note   string // stands above the events, "" for none
	events []news.Event
	total  int // events on all pages
	topics Topics
	mixed  bool // events of several topics: each names its own
	shared bool // for everybody: no paging, no sharing
}

func (l list) pages() int { return max(1, (l.total+pageSize-1)/pageSize) }

// render writes the page: five events with one fact each, a menu to open one,
// and buttons to turn pages and to share.
func (l list) render() message.Message {
	header := l.title
	if l.pages() > 1 {
		header += fmt.Sprintf(" · %d/%d", l.view.page+1, l.pages())
	}
	var entries []string
	menu := message.Menu{ID: verbOpen, Placeholder: "Open a story"}
	for _, e := range l.events {
		entries = append(entries, l.entry(e))
		menu.Options = append(menu.Options, l.choice(e))
	}
	if l.note != "" {
		entries = append([]string{l.note}, entries...)
	}
	m := message.Message{Embeds: []message.Embed{{
		Title:       message.Escape(header),
		Description: strings.Join(entries, "\n\n"),
		Color:       l.topics.Named(l.view.topic).Color,
		Footer:      storyCount(l.total) + " · " + madeAll(l.events),
	}}}
	m.Components = append(m.Components, message.Row{Menu: &menu})
	if !l.shared {
		if buttons := append(pagingButtons(l.view, l.pages()), shareButton(l.view)...); len(buttons) > 0 {
			m.Components = append(m.Components, message.Row{Buttons: buttons})
		}
	}
	return message.Fit(m)
}

func storyCount(n int) string {
	if n == 1 {
		return "1 story"
	}
	return fmt.Sprintf("%d stories", n)
}

// entry is one event of a list: headline, best fact, how many tell it and
// when it was last reported.
func (l list) entry(e news.Event) string {
	lines := []string{"**" + message.MaskedLink(headline(e), firstLink(e), alertTitle) + "**"}
	if facts := cited(e); len(facts) > 0 {
		lines = append(lines, message.Escape(message.Cut(message.Plain(facts[0].Text), factText))+" "+citation(e, facts[0].Article, true))
	}
	parts := []string{plural(max(1, e.Outlets()), "source")}
	if t := stamp(e.Last, "R"); t != "" {
		parts = append(parts, t)
	}
	if d := dots(e); d != "" {
		parts = append(parts, "importance "+d)
	}
	if l.mixed {
		parts = append(parts, message.EscapeTo(l.topics.Named(e.Topic).Name, nameText))
	}
	return strings.Join(append(lines, strings.Join(parts, " · ")), "\n")
}

// choice names an event in a menu, with its id as the value.
func (l list) choice(e news.Event) message.Choice {
	_, id, _ := strings.Cut(eventCustom(verbStory, e.ID), ":")
	return message.Choice{
		Name:        message.Cut(message.Plain(headline(e)), message.MaxOptionText),
		Value:       id,
		Description: message.Cut(l.topics.Named(e.Topic).Name+" · "+plural(max(1, e.Outlets()), "source"), message.MaxOptionText),
	}
}

// storyText is how much of a story's page its facts may take, in characters.
const storyText = 3000

// factLines writes the facts of a story with every citation a link; where that
// takes more room than there is, only those of the sources whose words they are in.
func factLines(e news.Event, room int) []string {
	write := func(all bool) (lines []string) {
		for _, f := range cited(e) {
			lines = append(lines, factLine(e, f, citing{link: true, all: all}, false))
		}
		return lines
	}
	if all := write(true); message.Len(strings.Join(all, "\n")) <= room {
		return all
	}
	return write(false)
}

// Story renders an event in full: every fact with its citation, who, where and
// when, and every source as far as Discord's limits reach.
func Story(e news.Event, topic Topic) message.Message { return story(e, topic, time.Time{}) }

// story is Story at a time: that of no new report for two days is closed.
func story(e news.Event, topic Topic, now time.Time) message.Message {
	var lines []string
	if s := circumstances(e, 5); s != "" {
		lines = append(lines, s, "")
	}
	lines = append(lines, factLines(e, storyText-message.Len(strings.Join(lines, "\n")))...)
	status := "first report"
	if e.Revision > 1 {
		status = fmt.Sprintf("updated %d times · first report", e.Revision-1)
		if e.Revision == 2 {
			status = "updated once · first report"
		}
	}
	if !now.IsZero() && !e.Last.IsZero() && now.Sub(e.Last) >= closedAfter {
		status = "closed · " + status
	}
	told := message.Embed{
		Author:      byline(e),
		Title:       message.EscapeTo(headline(e), message.MaxTitle),
		URL:         firstLink(e),
		Description: joinWithin(lines, storyText, func(left int) string { return "…and " + plural(left, "fact") + " more" }),
		Color:       topic.Color,
		Image:       message.LinkURL(e.Image),
		Footer:      message.Plain(topic.Name) + " · " + made(e) + checkedNote(e, len(cited(e))) + " · " + ShortID(e.ID) + " · " + status,
		Timestamp:   e.First,
	}
	if e.Class == news.ClassBreaking {
		told.Color = breakingColor
	}
	m := message.Message{Embeds: []message.Embed{told}}
	if len(e.Sources) > 0 {
		m.Embeds = append(m.Embeds, sourcesEmbed(e, "Sources", topic, 2000))
	}
	return message.Fit(m)
}

// Sources renders the list of an event's sources.
func Sources(e news.Event, topic Topic) message.Message {
	return message.Fit(message.Message{Embeds: []message.Embed{sourcesEmbed(e, "Sources: "+headline(e), topic, 3900)}})
}

func sourcesEmbed(e news.Event, title string, topic Topic, room int) message.Embed {
	rows := voices(e)
	for n := range e.Sources {
		rows = append(rows, sourceRow(e, n+1))
	}
	text := joinWithin(rows, room, func(left int) string { return "…and " + plural(left, "source") + " more" })
	if text == "" {
		text = "No sources are stored for this story."
	}
	return message.Embed{Title: message.EscapeTo(title, message.MaxTitle), Description: text, Color: topic.Color}
}

// since is the time from which a list shows events.
func (c *Commands) since(v view) time.Time {
	if v.span == everything {
		return time.Time{}
	}
	return c.now().Add(-lookBack(v))
}

// lookBack is the period that a view covers.
func lookBack(v view) time.Duration {
	if v.verb == verbLatest {
		return time.Duration(v.span) * time.Hour
	}
	return time.Duration(v.span) * 24 * time.Hour
}
