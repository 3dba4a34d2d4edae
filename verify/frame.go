package verify

import "slices"

// frames knows what stands between which words of a sentence: two words before
// and one behind, or one before and two behind. A fact that has the same words
// around another one has changed it, unless it is that one's own place on the
// other side: an aside was cut.
type frames struct {
	reading
	triples []uint64         // words that follow each other, in order
	last    map[uint64]int32 // by a frame, the last piece noted of it, counted from 1; nil until one is asked for
	fillers []filler
}

// filler is a piece that fills a frame.
type filler struct {
	piece
	nth, more int32 // which of its frame it is, and the one noted before it, counted from 1
}

// piece is what fills a frame: the textual tokens [lo, hi).
type piece struct{ lo, hi int }

const (
	widest    = 4 // most words of a name in a frame
	maxFilled = 4 // fillers remembered of one frame
)

// reading is a text without its marks.
type reading struct {
	tokens []token
	words  []frameWord
}

// frameWord is a word as frames are made of it. The zero frameWord stands for what
// is before and behind a sentence.
type frameWord struct {
	id      int32 // its number in the window; below zero where that does not have it
	telling bool
}

// reading leaves out the marks of a text.
func (w *window) reading(ts []token) reading {
	n := 0
	for i := range ts {
		if ts[i].textual() {
			n++
		}
	}
	r := reading{make([]token, 0, n), make([]frameWord, 0, n)}
	for _, t := range ts {
		if !t.textual() {
			continue
		}
		id := w.known[t.low].id
		if id == 0 {
			id = -1
		}
		r.tokens, r.words = append(r.tokens, t), append(r.words, frameWord{id, !common.Has(t.low)})
	}
	return r
}

func (r *reading) word(i int) frameWord {
	if i < 0 || i >= len(r.words) {
		return frameWord{}
	}
	return r.words[i]
}

// frame writes three words as one number, and on which side of a place two of them
// stand; false where the window does not have them all. No window has so many words
// that they do not fit.
func frame(a, b, c frameWord, side uint64) (uint64, bool) {
	const bits = 21
	return (uint64(a.id)<<bits|uint64(b.id))<<bits<<1 | uint64(c.id)<<1 | side, a.id >= 0 && b.id >= 0 && c.id >= 0
}

// around calls yield with the frames of a piece. A frame of edges and common
// words alone says nothing.
func (r *reading) around(p piece, yield func(uint64)) {
	l2, l, n, n2 := r.word(p.lo-2), r.word(p.lo-1), r.word(p.hi), r.word(p.hi+1)
	if l.id != 0 && (l2.telling || l.telling || n.telling) {
		if f, ok := frame(l2, l, n, 0); ok {
			yield(f)
		}
	}
	if n.id != 0 && (l.telling || n.telling || n2.telling) {
		if f, ok := frame(l, n, n2, 1); ok {
			yield(f)
		}
	}
}

// pieces calls yield with every single word, and every run of capitalised ones.
func (r *reading) pieces(yield func(piece)) {
	run := 0
	for i := range r.tokens {
		yield(piece{i, i + 1})
		if !r.tokens[i].cap {
			run = 0
			continue
		}
		run++
		for k := 2; k <= min(run, widest); k++ {
			yield(piece{i + 1 - k, i + 1})
		}
	}
}

// triple writes the words around i, and it, as one number.
func (r *reading) triple(i int) (uint64, bool) {
	return frame(r.word(i-1), r.word(i), r.word(i+1), 0)
}

// framed reads the frames of a sentence.
func framed(r reading) frames {
	out := frames{reading: r, triples: make([]uint64, 0, len(r.words)+2)}
	for i := -1; i <= len(r.words); i++ {
		t, _ := r.triple(i)
		out.triples = append(out.triples, t)
	}
	slices.Sort(out.triples)
	return out
}

// follows says whether the sentence has the word of a fact at i between the same two.
func (f *frames) follows(fact *reading, i int) bool {
	t, ok := fact.triple(i)
	if !ok {
		return false
	}
	_, found := slices.BinarySearch(f.triples, t)
	return found
}

// fill returns the last filler of a frame, 0 where there are none or too many.
func (f *frames) fill(at uint64) int32 {
	if f.last == nil {
		f.last = make(map[uint64]int32, 2*len(f.words))
		f.pieces(func(p piece) {
			f.around(p, func(at uint64) {
				more, nth := f.last[at], int32(1)
				if more != 0 {
					nth += f.fillers[more-1].nth
				}
				if nth <= maxFilled {
					f.fillers = append(f.fillers, filler{p, nth, more})
					f.last[at] = int32(len(f.fillers))
				}
			})
		})
	}
	last := f.last[at]
	if last != 0 && f.fillers[last-1].nth == maxFilled {
		return 0
	}
	return last
}

// frames looks for pieces of the fact that stand where the cited sentence has
// something else.
func (c *Checker) frames(s *statement, w *window) Finding {
	r, source := w.reading(s.tokens), &w.framed
	var got Finding
	r.pieces(func(p piece) {
		if !got.Supported() || source.follows(&r, p.lo-1) || source.follows(&r, p.hi) {
			return
		}
		r.around(p, func(f uint64) {
			last := source.fill(f)
			if last == 0 {
				return
			}
			for i := last; i != 0; i = source.fillers[i-1].more {
				if !c.changed(r, p, source.reading, source.fillers[i-1].piece) {
					return
				}
			}
			got = Finding{c.kindOf(r.tokens[p.lo:p.hi]), s.text[r.tokens[p.lo].start:r.tokens[p.hi-1].end]}
		})
	})
	return got
}

// changed says whether one piece means something else than the other.
func (c *Checker) changed(r reading, p piece, source reading, q piece) bool {
	a, b := r.tokens[p.lo:p.hi], source.tokens[q.lo:q.hi]
	if len(a) == 1 && len(b) == 1 {
		x, y := a[0], b[0]
		if contraries[x.low] == y.low || contraries[y.low] == x.low {
			return true
		}
		if x.low == y.low || c.stem(x.low) == c.stem(y.low) || root(x.low) == root(y.low) || c.lex.free[x.low] != 0 && c.lex.free[x.low] == c.lex.free[y.low] {
			return false
		}
		if x.kind == digits && y.kind == digits {
			return !slices.Equal(readDigits(x.low, c.lex.comma), readDigits(y.low, c.lex.comma))
		}
		if x.cap && !y.cap && !c.lex.nouns { // a name for "the company": name.go looked for it
			return false
		}
		if c.lex.stop.Has(x.low) || c.lex.stop.Has(y.low) || c.lex.numbers[x.low] != 0 || c.lex.numbers[y.low] != 0 || x.kind == digits || y.kind == digits {
			return false // pronouns and articles; numbers are compared by value
		}
		return true
	}
	if short(a, b) || short(b, a) {
		return false
	}
	for _, x := range a {
		if !x.cap {
			return false
		}
		for _, y := range b {
			if !y.cap || x.low == y.low || root(x.low) == root(y.low) || c.lex.stop.Has(y.low) {
				return false
			}
		}
	}
	return true
}

// short says whether a is the acronym of the words of b.
func short(a, b []token) bool {
	return len(a) == 1 && len(b) > 1 && a[0].acronym && initials(b)[a[0].low]
}

// kindOf names the reason for a changed piece.
func (c *Checker) kindOf(ts []token) Reason {
	t := ts[0]
	switch {
	case t.kind == digits:
		return Number
	case c.lex.week[t.low] != 0 || c.lex.month[t.low] != 0:
		return Date
	case t.cap && !t.head && !c.lex.nouns:
		return Name
	}
	return Words
}
