package bot

import (
	"fmt"
	"strings"

	"newsdesk/bot/message"
	"newsdesk/news"
)

// onwardEmoji begins what says where a story goes on.
const onwardEmoji = "➡️ "

// Onward renders the message of an event that turned out to be part of another
// one: a short line that says so and links to that one's message, with a button
// that shows it.
func Onward(p news.Post) message.Message {
	m := message.Message{Content: onwardEmoji + "This turned out to be one story with " + onwardTo(p) + ".", Silent: true}
	if p.Event.Into != 0 {
		m.Components = []message.Row{{Buttons: []message.Button{{Style: message.Secondary, Label: "Details", ID: eventCustom(verbStory, p.Event.Into)}}}}
	}
	return message.Fit(m)
}

// LastLine renders the last line of such a message's thread.
func LastLine(p news.Post) string {
	return message.Fit(message.Message{Content: onwardEmoji + "The story goes on in " + onwardTo(p) + "."}).Content
}

// onwardTo names the story that a post's event turned out to be part of, and
// leads to its message where that can be told.
func onwardTo(p news.Post) string {
	to, name := p, p.Line
	to.Message = p.Onward
	link, nameless := jump(to), strings.TrimSpace(message.Plain(name)) == ""
	if nameless {
		name = "another story"
	}
	switch {
	case link != "":
		return message.MaskedLink(name, link, alertTitle)
	case nameless:
		return name
	}
	return "**" + message.EscapeTo(name, alertTitle) + "**"
}

// absorbedLine says which story turned out to be part of another one, and why.
func absorbedLine(v voice, gone news.Absorbed) string {
	name := v.text(gone.Headline, 100)
	if name == "" {
		name = "a story without a headline"
	} else {
		name = "“" + name + "”"
	}
	line := "• " + name + " (" + ShortID(gone.Event) + "), a story of its own until " + v.when(gone.At) + ". Then an article came that tells of both"
	g := gone.Grouping
	if g.Score > 0 {
		line += fmt.Sprintf(": it is %.0f %% likely to tell of that one, too", 100*g.Score)
	}
	return line + sharedWords(v, g) + "."
}
