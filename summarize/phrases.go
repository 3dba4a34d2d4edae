package summarize

import "strings"

// phrases finds which of many phrases a text holds. It looks through the text
// once, and not once for each of them.
type phrases struct {
	starts [256][4]uint64       // for each first byte, the bytes that may come second
	at     map[[2]byte][]string // by their first two bytes
}

// newPhrases returns a finder of phrases of two bytes or more.
func newPhrases(list []string) *phrases {
	ps := &phrases{at: make(map[[2]byte][]string)}
	for _, p := range list {
		x, y := p[0], p[1]
		ps.starts[x][y>>6] |= 1 << (y & 63)
		ps.at[[2]byte{x, y}] = append(ps.at[[2]byte{x, y}], p)
	}
	return ps
}

// find reports whether one of the phrases that a text holds is accepted.
func (ps *phrases) find(text string, accept func(phrase string) bool) bool {
	for i := 0; i+1 < len(text); i++ {
		x, y := text[i], text[i+1]
		if ps.starts[x][y>>6]&(1<<(y&63)) == 0 {
			continue
		}
		for _, p := range ps.at[[2]byte{x, y}] {
			if strings.HasPrefix(text[i:], p) && accept(p) {
				return true
			}
		}
	}
	return false
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
