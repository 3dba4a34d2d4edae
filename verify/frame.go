package verify

import "slices"

// frames knows what stands between which words of a sentence: two words before
// and one behind, or one before and two behind. A fact that has the same words
// around another one has changed it, unless it is that one's own place on the
// other side: an aside was cut.
type frames struct {
	fillers map[frame][]piece
	triples map[[3]string]bool // words that follow each other
}

// frame is three words around a place, the last or first of them doubled; side
// says on which side the two stand.
type frame struct {
	a, b, c string
	side    byte
}

// piece is what fills a frame: the textual tokens [lo, hi).
type piece struct{ lo, hi int }

const (
	widest    = 4 // most words of a name in a frame
	maxFilled = 4 // fillers remembered of one frame
)

// edge stands for the words before and behind a sentence.
const edge = "\x00"

// reading is a text without its marks.
type reading struct{ tokens []token }

func textOnly(ts []token) reading {
	out := make([]token, 0, len(ts))
	for _, t := range ts {
		if t.textual() {
			out = append(out, t)
		}
	}
	return reading{out}
}

func (r reading) low(i int) string {
	if i < 0 || i >= len(r.tokens) {
		return edge
	}
	return r.tokens[i].low
}

// around calls yield with the frames of a piece. A frame of edges and common
// words alone says nothing.
func (r reading) around(p piece, yield func(frame)) {
	l2, l, n, n2 := r.low(p.lo-2), r.low(p.lo-1), r.low(p.hi), r.low(p.hi+1)
	if l != edge && (telling(l2) || telling(l) || telling(n)) {
		yield(frame{l2, l, n, 'l'})
	}
	if n != edge && (telling(l) || telling(n) || telling(n2)) {
		yield(frame{l, n, n2, 'r'})
	}
}

func telling(w string) bool { return w != edge && !common[w] }

// pieces calls yield with every single word, and every run of capitalised ones.
func (r reading) pieces(yield func(piece)) {
	run := 0
	for i, t := range r.tokens {
		yield(piece{i, i + 1})
		if !t.cap {
			run = 0
			continue
		}
		run++
		for k := 2; k <= min(run, widest); k++ {
			yield(piece{i + 1 - k, i + 1})
		}
	}
}

// framed reads the frames of a sentence.
func framed(r reading) frames {
	out := frames{make(map[frame][]piece, 3*len(r.tokens)), make(map[[3]string]bool, len(r.tokens)+2)}
	r.pieces(func(p piece) {
		r.around(p, func(f frame) {
			if at := out.fillers[f]; len(at) < maxFilled {
				out.fillers[f] = append(at, p)
			}
		})
	})
	for i := -1; i <= len(r.tokens); i++ {
		out.triples[[3]string{r.low(i - 1), r.low(i), r.low(i + 1)}] = true
	}
	return out
}

// frames looks for pieces of the fact that stand where the cited sentence has
// something else.
func (c *Checker) frames(s *statement, w *window) Finding {
	r := textOnly(s.tokens)
	var got Finding
	r.pieces(func(p piece) {
		if !got.Supported() || w.frames.triples[[3]string{r.low(p.lo - 2), r.low(p.lo - 1), r.low(p.lo)}] ||
			w.frames.triples[[3]string{r.low(p.hi - 1), r.low(p.hi), r.low(p.hi + 1)}] {
			return
		}
		r.around(p, func(f frame) {
			fillers := w.frames.fillers[f]
			if len(fillers) == 0 || len(fillers) == maxFilled {
				return
			}
			for _, q := range fillers {
				if !c.changed(r, p, w.reading, q) {
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
		if c.lex.stop[x.low] || c.lex.stop[y.low] || c.lex.numbers[x.low] != 0 || c.lex.numbers[y.low] != 0 || x.kind == digits || y.kind == digits {
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
			if !y.cap || x.low == y.low || root(x.low) == root(y.low) || c.lex.stop[y.low] {
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
