package ask

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/kljensen/snowball/english"
)

// token is one word, number or, in a script without blanks, one character.
type token struct {
	start, end int  // bytes of its text
	term       int  // the question's term it stands for, -1 for none
	upper      bool // begins with a capital letter
	digit      bool // begins with a digit
	first      bool // nothing but quotation marks and blanks before it, or a sentence ended there
	gap        gap  // what stands between it and the word before
}

// gap is what parts two words.
type gap byte

const (
	gapHyphen gap = iota // a hyphen and nothing else
	gapBlank             // blanks, or nothing
	gapComma             // a comma, a bracket, a dash
	gapQuote             // a quotation mark
	gapOwner             // 's or a bare apostrophe
	gapStop              // the end of a clause or sentence
)

// tokens parts a text into words. It takes time in proportion to the text,
// which need not be valid UTF-8.
func tokens(text string, out []token) []token {
	out = out[:0]
	between, first := gapBlank, true
	for i := 0; i < len(text); {
		r, n := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(text[i:])
		}
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			between = max(between, parting(r))
			first = first || r == '.' || r == '!' || r == '?' || r == '\n'
			i += n
			continue
		}
		end := wordEnd(text, i)
		if k := len(out) - 1; k >= 0 && text[out[k].end:i] == "-" {
			between = gapHyphen
		}
		out = append(out, token{
			start: i, end: end, term: -1, gap: between, first: first,
			upper: unicode.IsUpper(r), digit: unicode.IsDigit(r),
		})
		between, first = gapBlank, false
		i = end
		if n := owner(text[i:]); n > 0 {
			between, i = gapOwner, i+n
		}
	}
	return out
}

func parting(r rune) gap {
	switch r {
	case '.', '!', '?', ';', ':', '\n':
		return gapStop
	case ',', '(', ')', '[', ']', '–', '—', '/', '|':
		return gapComma
	case '"', '“', '”', '„', '«', '»', '‘', '\'', '’':
		return gapQuote
	}
	return gapBlank
}

// owner returns the length of a possessive ending at the start of s.
func owner(s string) int {
	for _, e := range [...]string{"'s", "’s", "'S", "’S"} {
		if strings.HasPrefix(s, e) {
			if r, _ := utf8.DecodeRuneInString(s[len(e):]); !unicode.IsLetter(r) {
				return len(e)
			}
		}
	}
	return 0
}

// wordEnd returns where the word that begins at i ends. Points within
// abbreviations and numbers and apostrophes between letters belong to a word;
// characters of unspaced scripts are words of their own.
func wordEnd(s string, i int) int {
	start := i
	for i < len(s) {
		r, n := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(s[i:])
		}
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			if unspaced(r) {
				if i == start {
					return i + n
				}
				return i
			}
			i += n
			continue
		}
		next, _ := utf8.DecodeRuneInString(s[i+n:])
		prev, _ := utf8.DecodeLastRuneInString(s[:i])
		switch {
		case (r == '.' || r == ',') && unicode.IsDigit(prev) && unicode.IsDigit(next):
		case r == '.' && acronym(s[start:i]) && (unicode.IsUpper(next) || i-start > 1):
			// "U.S." keeps its last point; a single initial does not.
			if !unicode.IsLetter(next) {
				return i + n
			}
		case (r == '\'' || r == '’') && unicode.IsLetter(prev) && unicode.IsLetter(next) && owner(s[i:]) == 0:
		default:
			return i
		}
		i += n
	}
	return i
}

// acronym reports whether s is capital letters parted by points, as "U" and
// "U.S" are.
func acronym(s string) bool {
	for i := range len(s) {
		if i%2 == 0 && (s[i] < 'A' || s[i] > 'Z') || i%2 == 1 && s[i] != '.' {
			return false
		}
	}
	return len(s)%2 == 1
}

// unspaced reports whether r belongs to a script written without blanks.
func unspaced(r rune) bool {
	return r >= 0x0E00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

// canon returns the form in which words are compared: lower case, without its
// ending, countries by one name, and a few words that mean the same in news
// as one.
func canon(word string) string {
	if c, ok := exact[word]; ok {
		return c
	}
	low := strings.ToLower(strings.ReplaceAll(word, "’", "'"))
	if c, ok := same()[low]; ok {
		return c
	}
	if len(low) < 4 || len(low) > 24 {
		return low
	}
	stem := english.Stem(low, false)
	if c, ok := same()[stem]; ok {
		return c
	}
	return stem
}
