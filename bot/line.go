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
//
// Where a report was taken back, the line says what it told, and in place of the
// sources what is reported now: "✏️ <t:…:t> corrected: “Shark attacks swimmer” — the
// article has been withdrawn [6] · now reported: Shark attack was a hoax".
func Line(p news.Post, now time.Time) string { return line(p, now, false) }

// line is Line, which may stand under the event's headline.
func line(p news.Post, now time.Time, headed bool) string {
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
	if now := instead(e, fact); now != "" && !headed {
		line += now
	} else if n := e.Outlets(); n > 1 {
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
	line := line(p, now, true)
	name := "**" + message.EscapeTo(headline(p.Event), factText) + "**\n"
	return message.Fit(message.Message{Content: name + line}).Content
}
