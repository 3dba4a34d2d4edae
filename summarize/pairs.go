package summarize

import "hash/maphash"

// pair is two words side by side: stems, or stop words by a number below zero.
type pair [2]int32

// pairFactor spreads pairs over slots, each time the program runs in another way.
var pairFactor = maphash.String(seed, "pairs") | 1

// pairNumbers numbers pairs from 0 in the order in which they come. It is a map that
// is emptied and filled again, an article's pairs being many.
type pairNumbers struct {
	slots []pairSlot // a power of two of them, or none
	size  int
}

// pairSlot holds a pair and its number, counted from 1; 0 is an empty slot.
type pairSlot struct {
	pair
	number int32
}

// leastSlots is how many slots there are at least.
const leastSlots = 64

// reset forgets all pairs and makes room for n.
func (p *pairNumbers) reset(n int) {
	want := max(leastSlots, len(p.slots))
	for want < 2*n {
		want *= 2
	}
	if want > len(p.slots) {
		p.slots = make([]pairSlot, want)
	} else {
		clear(p.slots)
	}
	p.size = 0
}

// slot returns where a pair is, or would be.
func (p *pairNumbers) slot(x pair) *pairSlot {
	h := (uint64(uint32(x[0]))<<32 | uint64(uint32(x[1]))) * pairFactor
	for i := h >> 32; ; i++ {
		s := &p.slots[i&uint64(len(p.slots)-1)]
		if s.number == 0 || s.pair == x {
			return s
		}
	}
}

// of returns the number of a pair, below zero where it has none.
func (p *pairNumbers) of(x pair) int32 {
	if p.size == 0 {
		return -1
	}
	return p.slot(x).number - 1
}

// add returns the number of a pair, and whether it is a new one.
func (p *pairNumbers) add(x pair) (number int32, fresh bool) {
	if 2*p.size >= len(p.slots) {
		p.grow()
	}
	s := p.slot(x)
	if s.number != 0 {
		return s.number - 1, false
	}
	p.size++
	*s = pairSlot{x, int32(p.size)}
	return s.number - 1, true
}

func (p *pairNumbers) grow() {
	old := p.slots
	p.slots = make([]pairSlot, max(leastSlots, 2*len(old)))
	for _, s := range old {
		if s.number != 0 {
			*p.slot(s.pair) = s
		}
	}
}

// weigher is the memory that it takes to read an article and to put it together with
// others, which is used again for the next. What of it is in use is never longer than
// what release clears.
type weigher struct {
	terms
	ids   pairNumbers // of what candidates tell
	worth []float64
	tells []int
	all   []heavy
	loads []load
	packer
	pieces    []piece     // of an article's sentences
	names     []string    // of an article, in small letters
	claims    []claim     // of an article
	wordings  []candidate // of an article, or of those of an event
	described []features  // of an article's sentences
	weights   []float64   // by stem
	met       []int       // stems, of an article or of wordings
	happening []uint8     // by stem
	last      []int32     // by stem
	small     []bool      // by place among the words that a vocabulary knows
}

// weigher returns a weigher that nobody else uses until it is released.
func (s *Summarizer) weigher() *weigher {
	if w, ok := s.weighers.Get().(*weigher); ok {
		return w
	}
	return new(weigher)
}

// used notes wordings that were made in the memory of a weigher, or in larger memory,
// which it has from then on.
func (w *weigher) used(cs []candidate) { w.wordings = cs[:max(len(cs), len(w.wordings))] }

// release lets go of what a weigher knows of an article, not of its memory.
func (s *Summarizer) release(w *weigher) {
	clear(w.loads)
	clear(w.pieces)
	w.pieces = w.pieces[:0]
	clear(w.names)
	w.names = w.names[:0]
	clear(w.claims)
	w.claims = w.claims[:0]
	clear(w.wordings)
	w.wordings = w.wordings[:0]
	s.weighers.Put(w)
}

// zeroed returns n zeros, in the memory of a list that is no longer needed.
func zeroed[T any](old []T, n int) []T {
	if cap(old) < n {
		return make([]T, n, n+n/4)
	}
	old = old[:n]
	clear(old)
	return old
}
