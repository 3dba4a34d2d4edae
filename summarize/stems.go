package summarize

import (
	"hash/maphash"
	"strings"
	"sync/atomic"
)

// stemSlots is how many stems are remembered: the words of a day's news, in some
// 800 KB.
const stemSlots = 1 << 13

// knownStems remembers the stems of the words that were met last, whichever article
// they stood in: to work a stem out takes many times as long as to find it.
// Each has two places to be. It is safe for concurrent use.
type knownStems struct {
	seed  maphash.Seed
	slots [stemSlots]atomic.Pointer[stemmed]
}

// stemmed is a word with its stem.
type stemmed struct{ word, stem string }

func newKnownStems() *knownStems { return &knownStems{seed: maphash.MakeSeed()} }

// of returns the stem of a word, which stem works out where it is not known.
func (s *knownStems) of(word string, stem func(string) string) string {
	at := maphash.String(s.seed, word) % stemSlots
	first, second := &s.slots[at], &s.slots[at^1]
	was := first.Load()
	if was != nil && was.word == word {
		return was.stem
	}
	if x := second.Load(); x != nil && x.word == word {
		return x.stem
	}
	x := &stemmed{word: strings.Clone(word)} // the text that the word stands in may go
	x.stem = stem(x.word)
	second.Store(was) // the older of the two goes
	first.Store(x)
	return x.stem
}
