package bot

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"newsdesk/bot/message"
	"newsdesk/news"
)

// corrected opens a line that takes back what a source had said.
const corrected = "✏️ corrected: "

// told is a fact as readers see it: what it says, its citations, and what other
// sources say in its place, each with its own:
//
//	32,000 homes without power in Tarapacá [1] [4] — another source says 28,000 [3] ⚠
//	✏️ corrected: 28,000 homes, not 32,000 [3]
//	✏️ corrected: “Shark attacks swimmer off Penvarra” — the article has been withdrawn [6]
//
// The text without citations is at most factText characters. Another value is
// left out where its source is none of the event's, or where the value that it
// stands against had to be cut off.
func told(e news.Event, f news.Fact, c citing) string {
	text := message.Plain(f.Text)
	value := func(v news.Version) string { return message.Cut(message.Plain(v.Value), nameText) }
	shown := func(v news.Version, text string) bool {
		return value(v) != "" && e.Citation(v.Article) > 0 && strings.Contains(text, v.Instead)
	}
	if f.Was != (news.Version{}) {
		was := ""
		if shown(f.Was, text) {
			was = value(f.Was)
		}
		if title := unnamed(e, f); title != "" {
			return corrected + message.Escape(withdrawal(text, title, factText-message.Len(corrected))) + " " + citations(e, f, c)
		}
		return corrected + message.Escape(correction(text, was, f.Was.Instead, factText-message.Len(corrected))) + " " + citations(e, f, c)
	}
	var values, rivals []string
	room := factText - message.Len(" — other sources say  ⚠")
	for _, v := range f.Differs {
		if shown(v, text) {
			values, rivals = append(values, value(v)), append(rivals, citation(e, v.Article, c.link))
			room -= message.Len(value(v)) + message.Len(", ")
		}
	}
	for _, v := range f.Differs {
		if !strings.Contains(message.Cut(text, max(room, 1)), v.Instead) {
			values = nil
		}
	}
	if len(values) == 0 {
		return message.Escape(message.Cut(text, factText)) + " " + citations(e, f, c)
	}
	says := " — another source says "
	if len(values) > 1 {
		says = " — other sources say "
	}
	for i := range values {
		values[i] = message.Escape(values[i]) + " " + rivals[i]
	}
	return message.Escape(message.Cut(text, room)) + " " + citations(e, f, c) + says + strings.Join(values, ", ") + " ⚠"
}

// correction is the plain text of a fact that takes something back, and what was
// wrong, in at most room characters: "28,000 homes, not 32,000". was is left out
// where the text says it itself, or where what stands instead of it had to be cut
// off.
func correction(text, was, instead string, room int) string {
	text = strings.TrimSuffix(text, ".")
	whole := message.Cut(text, room)
	if was == "" || holdsWord(whole, was) {
		return whole
	}
	tail := ", not " + was
	short := message.Cut(text, room-message.Len(tail))
	if short != text {
		tail = " (not " + was + ")"
		short = message.Cut(text, room-message.Len(tail))
	}
	if !strings.Contains(short, instead) {
		return whole
	}
	return short + tail
}

// holdsWord reports whether a text holds a word or a number, and not only as a
// part of another: "32,000" is no part of "132,000".
func holdsWord(text, word string) bool {
	inside := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	for rest := text; ; {
		i := strings.Index(rest, word)
		if i < 0 {
			return false
		}
		before, _ := utf8.DecodeLastRuneInString(rest[:i])
		rest = rest[i+len(word):]
		if after, _ := utf8.DecodeRuneInString(rest); !inside(before) && !inside(after) {
			return true
		}
	}
}
