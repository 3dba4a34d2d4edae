package bot

import (
	"strings"
	"time"

	"newsdesk/bot/message"
	"newsdesk/news"
)

// Line renders a PostLine: one line for the thread of an event's message, such
// as "🔄 <t:…:t> Death toll now 3 [4] · 6 sources in all". It tells p.Line where
// the post has one, else the event's most important new fact, with the citation
// of the fact's article. The sources are those that report the event by now: how
// many of them are new since the line before is not known, and a number that may
// be read so would be wrong. The time is that of the latest report, now where that
// is unknown.
func Line(p news.Post, now time.Time) string {
	e := p.Event
	fact := lineFact(p)
	at := e.Last
	if at.IsZero() {
		at = now
	}
	parts := []string{"🔄"}
	text := told(e, fact, citing{link: true})
	if rest, ok := strings.CutPrefix(text, corrected); ok {
		parts[0], text = "✏️", "corrected: "+rest
	}
	if t := stamp(at, "t"); t != "" {
		parts = append(parts, t)
	}
	if message.Plain(fact.Text) == "" {
		text = message.EscapeTo(headline(e), factText)
	}
	parts = append(parts, strings.TrimSpace(text))
	line := strings.Join(parts, " ")
	if n := e.Outlets(); n > 1 {
		line += " · " + plural(n, "source") + " in all"
	}
	return message.Fit(message.Message{Content: line}).Content
}

// lineFact finds the fact that a line tells.
func lineFact(p news.Post) news.Fact {
	facts := cited(p.Event)
	if p.Line != "" {
		for _, f := range facts {
			if f.Text == p.Line {
				return f
			}
		}
		return news.Fact{Text: p.Line}
	}
	for _, f := range facts {
		if f.New {
			return f
		}
	}
	return news.Fact{}
}

// namedLine is Line for where other stories' messages stand: it names its own.
func namedLine(p news.Post, now time.Time) string {
	line := Line(p, now)
	name := "**" + message.EscapeTo(headline(p.Event), factText) + "**\n"
	return message.Fit(message.Message{Content: name + line}).Content
}
