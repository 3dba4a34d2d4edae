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
