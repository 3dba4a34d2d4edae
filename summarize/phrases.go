package summarize

import (
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// phrases finds which of many phrases a text holds. It looks through the text
// once, and not once for each of them.
type phrases struct {
	list []string
	once sync.Once // the rest is made when the first text is asked

	starts [256][4]uint64 // for each first byte, the bytes that may come second
	at     [1024][]string // by the lower bits of their first two bytes
}

// placed is the place in phrases.at of phrases that begin with two bytes.
func placed(x, y byte) int { return int(x&31)<<5 | int(y&31) }

// newPhrases returns a finder of phrases of two bytes or more.
func newPhrases(list []string) *phrases { return &phrases{list: list} }

func (ps *phrases) make() {
	for _, p := range ps.list {
		x, y := p[0], p[1]
		ps.starts[x][y>>6] |= 1 << (y & 63)
		ps.at[placed(x, y)] = append(ps.at[placed(x, y)], p)
	}
}

// find reports whether one of the phrases that a text holds is accepted.
func (ps *phrases) find(text string, accept func(phrase string) bool) bool {
	ps.once.Do(ps.make)
	for i := 0; i+1 < len(text); i++ {
		x, y := text[i], text[i+1]
		if ps.starts[x][y>>6]&(1<<(y&63)) == 0 {
			continue
		}
		for _, p := range ps.at[placed(x, y)] {
			if strings.HasPrefix(text[i:], p) && accept(p) {
				return true
			}
		}
	}
	return false
}

// open reports whether a text begins with one of the phrases.
func (ps *phrases) open(text string) bool {
	ps.once.Do(ps.make)
	if len(text) < 2 || ps.starts[text[0]][text[1]>>6]&(1<<(text[1]&63)) == 0 {
		return false
	}
	return slices.ContainsFunc(ps.at[placed(text[0], text[1])], func(p string) bool { return strings.HasPrefix(text, p) })
}

// folded reports whether a text holds one of the phrases, those of ASCII whatever the
// capitals of the text.
func (ps *phrases) folded(text string) bool {
	ps.once.Do(ps.make)
	for i := 0; i+1 < len(text); i++ {
		x, y := smallByte[text[i]], smallByte[text[i+1]]
		if ps.starts[x][y>>6]&(1<<(y&63)) == 0 {
			continue
		}
		for _, p := range ps.at[placed(x, y)] {
			if beginsFolded(text[i:], p) {
				return true
			}
		}
	}
	return false
}

// beginsFolded tells whether a text begins with a phrase in small letters of ASCII,
// whatever its capitals.
func beginsFolded(text, phrase string) bool {
	if len(text) < len(phrase) {
		return false
	}
	for i := range len(phrase) {
		if smallByte[text[i]] != phrase[i] {
			return false
		}
	}
	return true
}

// smallByte maps capital letters of ASCII to small ones.
var smallByte = func() (small [256]byte) {
	for c := range small {
		small[c] = byte(c)
		if c >= 'A' && c <= 'Z' {
			small[c] += 'a' - 'A'
		}
	}
	return small
}()

// plainBeginning returns what a phrase in small letters begins with that it has in a
// text, too, which may write it with other capitals or another apostrophe. A phrase
// that begins with no letter of ASCII is the same everywhere.
func plainBeginning(phrase string) string {
	for i := range len(phrase) {
		if i > 1 && (phrase[i] >= utf8.RuneSelf || phrase[i] == '\'') {
			return phrase[:i]
		}
	}
	return phrase
}

// endings finds which of some phrases, each of which begins with a blank or with a
// comma and a blank, stand last in a text. It looks through the text once, from its end.
type endings struct {
	list []string
	at   [2][256][]uint8 // places in list, by whether a comma comes first, and by the byte behind the blank
}

// mostEndings bounds how many phrases there are.
const mostEndings = 64

func newEndings(list ...string) *endings {
	e := &endings{list: list}
	for i, p := range list {
		comma, rest := 0, p[1:]
		if p[0] == ',' {
			comma, rest = 1, p[2:]
		}
		e.at[comma][rest[0]] = append(e.at[comma][rest[0]], uint8(i))
	}
	return e
}

// How often a phrase is looked at: only where it stands last, or wherever it stands
// without a blank in common with itself further on.
const (
	once  = false
	often = true
)

// last returns the last place of a phrase that is accepted, below zero where there is
// none. accept is told where the phrase begins and ends.
func (e *endings) last(s string, again bool, accept func(from, to int) bool) int {
	var end [mostEndings]int // of what is still to be looked through for each phrase
	for i := range e.list {
		end[i] = len(s)
	}
	for i := len(s) - 3; i >= 0; i-- {
		var in []uint8
		switch {
		case s[i] == ' ':
			in = e.at[0][s[i+1]]
		case s[i] == ',' && s[i+1] == ' ':
			in = e.at[1][s[i+2]]
		}
		for _, k := range in {
			p := e.list[k]
			if i+len(p) > end[k] || !strings.HasPrefix(s[i:], p) {
				continue
			}
			if end[k] = 0; again {
				end[k] = i
			}
			if accept(i, i+len(p)) {
				return i
			}
		}
	}
	return -1
}

// lastIndex is strings.LastIndex, for phrases that most texts do not hold: to find that
// out from the front takes a fraction of the time.
func lastIndex(s, phrase string) int {
	if !strings.Contains(s, phrase) {
		return -1
	}
	return strings.LastIndex(s, phrase)
}
