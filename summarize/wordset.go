package summarize

import "strings"

// wordSet is a list of words. Texts are asked word by word whether they are in one of a
// hundred such lists, and nearly none is: most are told apart by their first byte and
// their length, before anything is hashed.
type wordSet struct {
	words   map[string]bool
	lengths [heads]uint32 // by the lower bits of the first byte, a bit for each length of the words that begin with it
}

// heads is how many beginnings of words are told apart: small and capital letters, and
// digits, are.
const heads = 64

// words makes a set of the words of a text.
func words(s string) *wordSet {
	list := strings.Fields(s)
	set := &wordSet{words: make(map[string]bool, len(list))} // a quarter of the work is growing else, at every start
	for _, w := range list {
		set.add(w)
	}
	return set
}

// add takes in a word that is not "".
func (s *wordSet) add(w string) {
	s.words[w] = true
	s.lengths[w[0]%heads] |= 1 << (len(w) % 32)
}

// has tells whether a word is in the set. The set of a language without one, nil, has
// none.
func (s *wordSet) has(w string) bool { return s.may(w) && s.words[w] }

// may tells a word that begins like one of the set's, and is as long.
func (s *wordSet) may(w string) bool {
	return s != nil && w != "" && s.lengths[w[0]%heads]>>(len(w)%32)&1 != 0
}
