package summarize

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// marks follows quotation marks of one kind through the sentences of a
// paragraph.
type marks struct {
	follow func(s string, open bool) (crosses, stillOpen bool)
	signs  string // marks that show that a quotation still goes on
	open   bool
	inside int // sentences without a mark since it opened
}

// next tells whether a sentence lies in a quotation that crosses its bounds,
// and whether that begins or ends in it.
func (m *marks) next(text string) (quoted, opens, shuts bool) {
	was := m.open
	quoted, m.open = m.follow(text, was)
	opens, shuts = !was && m.open, was && !m.open
	if !was || !m.open || m.signs != "" && strings.ContainsAny(text, m.signs) {
		m.inside = 0
	} else if m.inside++; m.inside > maxQuotation {
		m.open, quoted = false, false
	}
	return quoted, opens, shuts
}

// quotation follows quotation marks through a sentence. It tells whether the
// sentence lies partly in a quotation that crosses its bounds, and whether one
// is open at its end.
func quotation(s string, open bool) (crosses, stillOpen bool) {
	was := open
	prev := ' '
	for i, r := range s {
		switch r {
		case '“', '„', '«':
			open = true
			if r == '“' && strings.Contains(s[:i], "„") { // „so“ closes
				open = false
			}
		case '”', '»':
			open = false
		case '?': // a closing mark lost in a change of character sets
			if open && strings.ContainsRune(s[:i], '"') && lostMark(s, i) {
				open = false
			}
		case '\'':
			if prev == '\'' {
				open = !open && (i+1 < len(s) && s[i+1] != ' ')
			}
		case '"':
			next, _ := utf8.DecodeRuneInString(s[i+1:])
			before := unicode.IsSpace(prev) || strings.ContainsRune("([—–-", prev)
			after := i+1 >= len(s) || unicode.IsSpace(next) || strings.ContainsRune(".,;:)!?—", next)
			switch {
			case before && !after:
				open = true
			case after && !before:
				open = false
			default:
				open = !open
			}
		}
		prev = r
	}
	return was || open, open
}

// singleQuotation is quotation for speech in single marks. Only what follows a
// colon or a comma, or begins the sentence, opens it, and only a mark behind a
// stop or a comma closes it: the marks are apostrophes, too. Words that a mark
// closes within the sentence are a title or a word in particular.
func singleQuotation(s string, open bool) (crosses, stillOpen bool) {
	was := open
	if !open && strings.IndexByte(s, '\'') < 0 && !strings.Contains(s, "‘") {
		return false, false
	}
	before, prev := ' ', ' ' // the last letter or sign, and the last of all
	for i := 0; i < len(s); {
		r, width := utf8.DecodeRuneInString(s[i:])
		next, size := utf8.DecodeRuneInString(s[i+width:])
		ends := size == 0 || !unicode.IsLetter(next) && !unicode.IsDigit(next)
		switch {
		case r != '\'' && r != '‘' && r != '’':
		case !open && r != '’' && (unicode.IsSpace(prev) && (before == ':' || before == ',') || i == 0) && unicode.IsUpper(next):
			open = true
		case open && r != '‘' && ends && (strings.ContainsRune(",.!?", prev) || !was && !unicode.IsSpace(prev)):
			open = false
		}
		if prev = r; !unicode.IsSpace(r) {
			before = r
		}
		i += width
	}
	return was || open, open
}
