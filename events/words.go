package events

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/kljensen/snowball"
)

// maxWordBytes bounds one word: longer runs of letters are no words.
const maxWordBytes = 48

// word is one token of a text, in lower case, with marks on letters removed.
type word struct {
	text []byte // valid until the next word is asked for
	form form
}

// form is how a word stands in its text.
type form uint8

const (
	formNumber form = 1 << iota // it starts with a digit; thousands separators are dropped
	formFirst                   // no word of its sentence stands before it
	formName                    // it begins with a capital letter
)

func (w word) number() bool { return w.form&formNumber != 0 }

// scanner cuts a text into words. A run of ideographs or kana is cut into
// overlapping pairs, as those scripts put no blanks between words.
type scanner struct {
	s     string
	pos   int
	buf   []byte
	comma bool // decimals stand behind a comma, and thousands are parted by a point or a blank
	begun bool // a word of the sentence was read
	cjk   rune // the last ideograph of the run that is being cut
}

// next returns the next word, and false at the end of the text.
func (sc *scanner) next() (word, bool) {
	for sc.pos < len(sc.s) {
		c := sc.s[sc.pos]
		if c < utf8.RuneSelf {
			sc.cjk = 0
			switch {
			case isDigit(c):
				return sc.number(), true
			case isLetter(c):
				return sc.letters(), true
			}
			sc.pos++
			continue
		}
		r, size := utf8.DecodeRuneInString(sc.s[sc.pos:])
		switch {
		case ideographic(r):
			sc.pos += size
			before := sc.cjk
			sc.cjk = r
			if before != 0 {
				sc.buf = utf8.AppendRune(utf8.AppendRune(sc.buf[:0], before), r)
				return word{text: sc.buf}, true
			}
			if n, _ := utf8.DecodeRuneInString(sc.s[sc.pos:]); !ideographic(n) {
				sc.buf = utf8.AppendRune(sc.buf[:0], r)
				return word{text: sc.buf}, true
			}
		case unicode.IsLetter(r):
			sc.cjk = 0
			return sc.letters(), true
		default:
			sc.cjk = 0
			sc.pos += size
		}
	}
	return word{}, false
}

func (sc *scanner) number() word {
	sc.buf = sc.buf[:0]
	point := byte('.')
	if sc.comma {
		point = ','
	}
	for sc.pos < len(sc.s) {
		c := sc.s[sc.pos]
		if (c == ',' || c == '.') && sc.pos+1 < len(sc.s) && isDigit(sc.s[sc.pos+1]) {
			if c == point {
				sc.buf = append(sc.buf, '.')
			}
			sc.pos++
			continue
		}
		if n := sc.gap(); n > 0 {
			sc.pos += n
			continue
		}
		if !isDigit(c) && !isLetter(c) || len(sc.buf) >= maxWordBytes {
			break
		}
		sc.buf = append(sc.buf, lower(c))
		sc.pos++
	}
	if sc.pos < len(sc.s) && sc.s[sc.pos] == '%' {
		sc.buf = append(sc.buf, '%')
	}
	return word{sc.buf, formNumber}
}

// gap returns the bytes of a blank that parts thousands here, 0 where there is
// none: 32 000, but not 7 500,5.
func (sc *scanner) gap() int {
	if !sc.comma || len(sc.buf) == 0 || len(sc.buf) > 3 && !isDigit(sc.buf[len(sc.buf)-1]) {
		return 0
	}
	rest := sc.s[sc.pos:]
	for _, blank := range [...]string{" ", "\u00a0", "\u202f"} {
		after, ok := strings.CutPrefix(rest, blank)
		if ok && len(after) >= 3 && isDigit(after[0]) && isDigit(after[1]) && isDigit(after[2]) && (len(after) == 3 || !isDigit(after[3])) {
			return len(blank)
		}
	}
	return 0
}

func (sc *scanner) letters() word {
	var form form
	if !sc.begun {
		form = formFirst
	}
	sc.begun = true
	if c := sc.s[sc.pos]; c < utf8.RuneSelf {
		if isUpper(c) {
			form |= formName
		}
	} else if r, _ := utf8.DecodeRuneInString(sc.s[sc.pos:]); unicode.IsUpper(r) {
		form |= formName
	}
	sc.buf = sc.buf[:0]
	for sc.ascii(); sc.pos < len(sc.s); sc.ascii() {
		c := sc.s[sc.pos]
		if c < utf8.RuneSelf {
			switch {
			case c == '\'' && sc.possessive(1):
				sc.pos += 2
				continue
			case c == '\'' && sc.pos+1 < len(sc.s) && isLetter(sc.s[sc.pos+1]):
				sc.pos++
				continue
			case c == '.' && sc.initial():
				sc.pos++
				continue
			}
			break
		}
		r, size := utf8.DecodeRuneInString(sc.s[sc.pos:])
		if r == '’' && sc.possessive(size) {
			sc.pos += size + 1
			continue
		}
		if after := sc.pos + size; r == '’' && after < len(sc.s) && isLetter(sc.s[after]) {
			sc.pos = after
			continue
		}
		if unicode.Is(unicode.Mn, r) {
			sc.pos += size
			continue
		}
		if !unicode.IsLetter(r) || ideographic(r) {
			break
		}
		if len(sc.buf) < maxWordBytes {
			sc.buf = appendPlain(sc.buf, r)
		}
		sc.pos += size
	}
	return word{sc.buf, form}
}

// ascii takes in the letters and digits of ASCII that stand here: nearly all of
// nearly all words.
func (sc *scanner) ascii() {
	s, i, buf := sc.s, sc.pos, sc.buf
	for i < len(s) {
		c := lowered[s[i]]
		if c == 0 {
			break
		}
		if len(buf) < maxWordBytes {
			buf = append(buf, c)
		}
		i++
	}
	sc.pos, sc.buf = i, buf
}

// possessive says whether an apostrophe of n bytes here begins a closing 's.
func (sc *scanner) possessive(n int) bool {
	i := sc.pos + n
	if i >= len(sc.s) || sc.s[i] != 's' && sc.s[i] != 'S' {
		return false
	}
	return i+1 == len(sc.s) || !isLetter(sc.s[i+1])
}

// initial says whether a full stop here stands inside an abbreviation such as
// U.S. or U.K., so that both spellings give one word.
func (sc *scanner) initial() bool {
	i := sc.pos
	if i < 1 || !isUpper(sc.s[i-1]) || i >= 2 && isLetter(sc.s[i-2]) {
		return false
	}
	return i+1 < len(sc.s) && isUpper(sc.s[i+1]) && (i+2 == len(sc.s) || !isLetter(sc.s[i+2]))
}

// lowered maps the letters of ASCII to small ones, digits to themselves, and all
// else to 0.
var lowered = func() (out [256]byte) {
	for c := range out {
		if b := byte(c); isLetter(b) || isDigit(b) {
			out[c] = lower(b)
		}
	}
	return out
}()

func isDigit(c byte) bool  { return '0' <= c && c <= '9' }
func isUpper(c byte) bool  { return 'A' <= c && c <= 'Z' }
func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func lower(c byte) byte {
	if isUpper(c) {
		return c | 0x20
	}
	return c
}

func ideographic(r rune) bool {
	return r >= 0x0e00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Thai)
}

// plain maps letters of the Latin blocks to the letters beneath their marks.
var plain = sync.OnceValue(func() map[rune]string {
	m := map[rune]string{'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'ł': "l", 'đ': "d", 'ð': "d", 'þ': "th", 'ı': "i"}
	for base, marked := range map[string]string{
		"a": "àáâãäåāăą", "c": "çćĉċč", "d": "ď", "e": "èéêëēĕėęě", "g": "ĝğġģ", "h": "ĥħ", "i": "ìíîïĩīĭį",
		"j": "ĵ", "k": "ķ", "l": "ĺļľ", "n": "ñńņňŋ", "o": "òóôõöōŏő", "r": "ŕŗř", "s": "śŝşšș", "t": "ţťŧț",
		"u": "ùúûüũūŭůűų", "w": "ŵ", "y": "ýÿŷ", "z": "źżž",
	} {
		for _, r := range marked {
			m[r] = base
		}
	}
	return m
})

func appendPlain(b []byte, r rune) []byte {
	r = unicode.ToLower(r)
	if s, ok := plain()[r]; ok {
		return append(b, s...)
	}
	return utf8.AppendRune(b, r)
}

// stemmers names the snowball stemmer of a language; words of the other
// languages are compared as they stand.
var stemmers = map[string]string{
	"": "english", "en": "english", "fr": "french", "es": "spanish", "ru": "russian", "sv": "swedish", "no": "norwegian", "nb": "norwegian", "hu": "hungarian",
}

// stem returns the stem of a word in lower case. Words with digits have none.
func stem(w, lang string) string {
	name, ok := stemmers[lang]
	if !ok || len(w) < 4 || strings.ContainsAny(w, "0123456789") {
		return w
	}
	s, err := snowball.Stem(w, name, true)
	if err != nil || s == "" {
		return w
	}
	return s
}
