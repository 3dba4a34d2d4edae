package verify

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// kind is what a token is.
type kind uint8

const (
	word   kind = iota // letters, with digits inside
	digits             // a number in digits, with its separators
	run                // letters of a script that does not part words
	mark               // one character of punctuation, or a symbol
)

// token is a piece of text. Blanks are none.
type token struct {
	low        string // in small letters, without a possessive "'s"; an acronym without its dots
	start, end int32
	kind       kind
	cap        bool // a word that begins with a capital
	acronym    bool // a word all in capitals, or with dots
	head       bool // the first word of a sentence or a quotation
	glued      bool // a word that follows a number without a blank, such as "m" in "5m"
}

// parted tells letters of scripts that part words by blanks from those that
// do not.
func parted(r rune) bool {
	return r < 0x0E00 || !unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

func apostrophe(r rune) bool { return r == '\'' || r == '’' || r == 'ʼ' }

// tokenize parts a text.
func tokenize(s string, lex *lexicon) []token {
	out := make([]token, 0, len(s)/5+4)
	lower := lowered{text: s}
	for i := 0; i < len(s); {
		if t, ok := plainWord(s, i, &lower); ok {
			t.glued = len(out) > 0 && int(out[len(out)-1].end) == i && out[len(out)-1].kind == digits
			out = append(out, t)
			i = int(t.end)
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		var t token
		switch {
		case unicode.IsSpace(r) || unicode.IsControl(r):
			i += n
			continue
		case unicode.IsDigit(r):
			t = digitsAt(s, i)
		case unicode.IsLetter(r) && parted(r):
			t = wordAt(s, i, lex)
			t.glued = len(out) > 0 && int(out[len(out)-1].end) == i && out[len(out)-1].kind == digits
		case unicode.IsLetter(r):
			end := i
			for j, r := range s[i:] {
				if !unicode.IsLetter(r) && !unicode.IsMark(r) || parted(r) && !unicode.IsMark(r) {
					break
				}
				end = i + j + utf8.RuneLen(r)
			}
			t = token{start: int32(i), end: int32(end), kind: run, low: s[i:end]}
		default:
			t = token{start: int32(i), end: int32(i + n), kind: mark, low: s[i : i+n]}
		}
		out = append(out, t)
		i = int(t.end)
	}
	return out
}

// lowered is a text with the capitals of ASCII made small, once one is asked for.
type lowered struct{ text, low string }

func (l *lowered) at(from, to int) string {
	if l.low == "" {
		var b strings.Builder
		b.Grow(len(l.text))
		for i := range len(l.text) {
			c := l.text[i]
			if c >= 'A' && c <= 'Z' {
				c += 'a' - 'A'
			}
			b.WriteByte(c)
		}
		l.low = b.String()
	}
	return l.low[from:to]
}

// plainWord reads a word as most are, as wordAt would: letters of ASCII, and behind
// them nothing that may belong to the word.
func plainWord(s string, i int, lower *lowered) (token, bool) {
	j, upper := i, 0
	for ; j < len(s) && (s[j]|0x20 >= 'a' && s[j]|0x20 <= 'z'); j++ {
		if s[j] <= 'Z' {
			upper++
		}
	}
	if j == i || j < len(s) && (s[j] >= utf8.RuneSelf || s[j] >= '0' && s[j] <= '9' || s[j] == '\'' || s[j] == '?' || s[j] == '.' && j == i+1) {
		return token{}, false
	}
	t := token{start: int32(i), end: int32(j), kind: word, low: s[i:j]}
	if upper > 0 {
		t.low, t.cap, t.acronym = lower.at(i, j), s[i] <= 'Z', upper > 1 && upper == j-i
		if t.acronym && t.low == "us" {
			t.low = "usa"
		}
	}
	return t, true
}

// digitsAt reads a number: digits, and separators between two of them.
func digitsAt(s string, i int) token {
	var b strings.Builder
	end := i
	for j := i; j < len(s); {
		r, n := utf8.DecodeRuneInString(s[j:])
		if d := digit(r); d >= 0 {
			b.WriteByte(byte('0' + d))
			end = j + n
			j += n
			continue
		}
		next, _ := utf8.DecodeRuneInString(s[j+n:])
		if !strings.ContainsRune(".,:'’٫٬", r) || digit(next) < 0 {
			break
		}
		switch r {
		case '٫':
			r = '.'
		case '٬', '’':
			r = '\''
		}
		b.WriteRune(r)
		j += n
	}
	return token{start: int32(i), end: int32(end), kind: digits, low: b.String()}
}

// digit returns the value of a decimal digit of any script, -1 for other
// characters.
func digit(r rune) int {
	switch {
	case r >= '0' && r <= '9':
		return int(r - '0')
	case r < 0x80 || !unicode.IsDigit(r):
		return -1
	}
	// The digits of a script stand in a row that begins at its zero.
	zero := r
	for zero > r-9 && unicode.IsDigit(zero-1) {
		zero--
	}
	if r-zero > 9 || !unicode.IsDigit(zero) {
		return -1
	}
	return int(r-zero) % 10
}

// wordAt reads a word. An apostrophe belongs to it between two letters, but
// for an elided article ("l'État"), which is a word of its own; dots belong to
// it in an acronym ("U.S.").
func wordAt(s string, i int, lex *lexicon) token {
	end, letters, dots, upper := i, 0, 0, 0
	first, _ := utf8.DecodeRuneInString(s[i:])
	for j := i; j < len(s); {
		r, n := utf8.DecodeRuneInString(s[j:])
		switch {
		case unicode.IsLetter(r) && parted(r), unicode.IsMark(r), unicode.IsDigit(r) && letters > 0:
			letters++
			if unicode.IsUpper(r) {
				upper++
			}
			end = j + n
		case r == '.' && letters == dots+1:
			next, m := utf8.DecodeRuneInString(s[j+n:])
			after, _ := utf8.DecodeRuneInString(s[j+n+m:])
			if dots == 0 && !(unicode.IsLetter(next) && after == '.') {
				return finishWord(s, i, end, first, letters, dots, upper)
			}
			dots++
			end = j + n
		case apostrophe(r) || r == '?':
			next, _ := utf8.DecodeRuneInString(s[j+n:])
			if !unicode.IsLetter(next) || r == '?' && !unicode.IsLower(next) && letters > 1 { // "D?Arcy": a mark lost between character sets
				return finishWord(s, i, end, first, letters, dots, upper)
			}
			if lex.elides && letters <= 2 {
				return finishWord(s, i, j+n, first, letters, 0, 0)
			}
		default:
			return finishWord(s, i, end, first, letters, dots, upper)
		}
		j += n
	}
	return finishWord(s, i, end, first, letters, dots, upper)
}

// straight writes all apostrophes as one.
var straight = strings.NewReplacer("’", "'", "?", "'")

func finishWord(s string, i, end int, first rune, letters, dots, upper int) token {
	t := token{start: int32(i), end: int32(end), kind: word, low: strings.ToLower(s[i:end]), cap: unicode.IsUpper(first)}
	if strings.ContainsAny(t.low, "’?") {
		t.low = straight.Replace(t.low)
	}
	t.low = strings.TrimSuffix(t.low, "'s")
	if dots > 0 {
		t.low = strings.ReplaceAll(t.low, ".", "")
	}
	t.acronym = upper > 1 && upper == letters || dots > 1 && upper > 0
	if t.acronym && t.low == "us" {
		t.low = "usa" // not the pronoun
	}
	return t
}

// textual tells tokens that are read, not seen: no marks.
func (t token) textual() bool { return t.kind != mark }
