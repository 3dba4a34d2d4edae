package message

import (
	"strings"
	"unicode"

	"newsdesk/internal/pattern"
)

// maxMarks is how many combining marks one letter keeps. Written languages
// need at most four or five; towers of them hide the lines above and below.
const maxMarks = 6

// Plain makes foreign text fit to be shown where no markdown is read: author
// and footer of an embed, labels, menus, thread names. The result is one line
// of valid UTF-8 without control characters, without characters that nobody
// sees or that reverse the direction of what follows, and with no more marks on
// a letter than a language needs. Joiners stay where emoji and scripts need
// them. "@everyone" and "@here" get an invisible blank after the @, so that no
// program takes them for a mention.
func Plain(text string) string {
	runes := []rune(strings.ToValidUTF8(text, "\uFFFD"))
	var b strings.Builder
	b.Grow(len(text))
	var prev rune // the last one written; 0 at the start
	blank, marks := false, 0
	for i := 0; i < len(runes); i++ {
		r := runes[i]
		if unicode.IsSpace(r) || r == '\u2800' {
			blank, marks = b.Len() > 0, 0
			continue
		}
		if n := flagTags(prev, blank, runes[i:]); n > 0 {
			b.WriteString(string(runes[i : i+n]))
			prev, i = runes[i+n-1], i+n-1
			continue
		}
		if hidden(r) && !joins(prev, blank, runes[i:]) {
			continue
		}
		if unicode.In(r, unicode.Mn, unicode.Me) {
			if marks++; marks > maxMarks {
				continue
			}
		} else {
			marks = 0
		}
		if blank {
			b.WriteByte(' ')
			blank = false
		}
		b.WriteRune(r)
		prev = r
	}
	return everybody.ReplaceAllString(b.String(), "@\u200b$1")
}

var everybody = pattern.MustCompile(`(?i)@(everyone|here)`)

// unseen are characters outside the format class that show nothing: the
// combining grapheme joiner, the Hangul and Khmer fillers, and the mark for an
// embedded object.
const unseen = "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\ufffc"

// hidden reports whether a character is a control or format character, of
// private use, or shows nothing. The number signs of Arabic script count as
// format characters in Unicode, but are seen.
func hidden(r rune) bool {
	switch {
	case r >= 0x0600 && r <= 0x0605, r == 0x06dd, r == 0x08e2:
		return false
	case r < 0x80:
		return r < 0x20 || r == 0x7f
	}
	return unicode.In(r, unicode.C) || strings.ContainsRune(unseen, r)
}

// joins reports whether the first of runes is a joiner (U+200C, U+200D) that
// the script needs: between two emoji or two letters of a script beyond
// Armenian, or after the virama of an Indic letter.
func joins(prev rune, blank bool, runes []rune) bool {
	if blank || runes[0] != '\u200c' && runes[0] != '\u200d' {
		return false
	}
	if runes[0] == '\u200d' && prev >= 0x0900 && prev <= 0x0dff && unicode.IsMark(prev) {
		return true
	}
	return len(runes) > 1 && complexScript(prev) && complexScript(runes[1])
}

func complexScript(r rune) bool {
	return r > 0x058f && (unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsSymbol(r))
}

// flagTags returns how many of the runes are the tag characters that make the
// flag of a region, such as Scotland's, out of the black flag before them.
// Anywhere else tag characters are hidden text.
func flagTags(prev rune, blank bool, runes []rune) int {
	const blackFlag, first, last, end, most = 0x1f3f4, 0xe0020, 0xe007e, 0xe007f, 7
	if prev != blackFlag || blank {
		return 0
	}
	for n, r := range runes[:min(len(runes), most)] {
		if r == end && n > 0 {
			return n + 1
		}
		if r < first || r > last {
			return 0
		}
	}
	return 0
}

// Escape makes foreign text fit to stand among markdown, anywhere in a
// message: what [Plain] does, and every sign that Discord would read as markup
// is escaped, so that readers see the text as it was written and nothing more.
// It can neither ping, nor link (masked, bare or an invitation), nor open a
// heading, list, quotation, code block or spoiler.
func Escape(text string) string { return escape(Plain(text)) }

// EscapeTo is Escape for text that may take at most n units of [Len]
// afterwards, cut as [Cut] cuts.
func EscapeTo(text string, n int) string {
	p := Plain(text)
	for room := n; room > 0; {
		s := escape(Cut(p, room))
		over := Len(s) - n
		if over <= 0 {
			return s
		}
		room -= max(1, over/2) // at most every other unit is a backslash of ours
	}
	return ""
}

// escape puts a backslash before each sign that means something to Discord.
// Its rule is: a backslash makes any ASCII sign stand for itself.
func escape(plain string) string {
	var b strings.Builder
	b.Grow(len(plain) + 16)
	for i := range len(plain) {
		if marksUp(plain, i) {
			b.WriteByte('\\')
		}
		b.WriteByte(plain[i])
	}
	return b.String()
}

// marksUp reports whether the byte at i begins or carries markup.
func marksUp(s string, i int) bool {
	switch c := s[i]; c {
	case '\\', '*', '_', '~', '`', '|', '[', ']', '<', '>':
		return true
	case '@':
		return i > 0 && s[i-1] == '<'
	case '#':
		return i == 0 || s[i-1] == '<'
	case '-', '+':
		return i == 0
	case ':': // of "https://"
		return strings.HasPrefix(s[i+1:], "//")
	case '.', ')':
		return c == '.' && discordName(s[:i]) || i > 0 && digits(s[:i])
	}
	return false
}

// discordName reports whether s ends with the name of Discord's own hosts:
// their addresses become invitations even without "https://".
func discordName(s string) bool {
	for _, name := range [...]string{"discord", "discordapp"} {
		if len(s) >= len(name) && strings.EqualFold(s[len(s)-len(name):], name) {
			return true
		}
	}
	return false
}

// digits reports whether s is a number, as in front of the items of a list.
func digits(s string) bool {
	return len(s) <= 9 && strings.Trim(s, "0123456789") == ""
}
