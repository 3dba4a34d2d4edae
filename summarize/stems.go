package summarize

import (
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
	slots [stemSlots]atomic.Pointer[stemmed]
}

// stemmed is a word in small letters with its stem, and what hashWord makes of both.
type stemmed struct {
	word, stem     string
	hash, stemHash uint32
}

func newKnownStems() *knownStems { return new(knownStems) }

// of returns what is known of a word with a hash; fold says that it may have capitals,
// all of ASCII. Its stem is worked out where it is not known.
func (s *knownStems) of(w string, hash uint32, fold bool, stem func(string) string) *stemmed {
	first, second := &s.slots[hash%stemSlots], &s.slots[hash%stemSlots^1]
	was := first.Load()
	if was.is(w, hash, fold) {
		return was
	}
	if x := second.Load(); x.is(w, hash, fold) {
		return x
	}
	x := &stemmed{word: strings.Clone(strings.ToLower(w)), hash: hash} // the text that the word stands in may go
	if x.stem = stem(x.word); strings.HasPrefix(x.word, x.stem) {      // as most do
		x.stem = x.word[:len(x.stem)]
	}
	x.stemHash, _ = hashWord(x.stem)
	second.Store(was) // the older of the two goes
	first.Store(x)
	return x
}

// is tells whether a word is the one of which this is known.
func (x *stemmed) is(w string, hash uint32, fold bool) bool {
	return x != nil && x.hash == hash && (x.word == w || fold && sameLetters(x.word, w))
}
