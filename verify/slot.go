package verify

import (
	"slices"

	"newsdesk/internal/wordset"
)

// slots knows, of the things of one kind in a sentence (its names, its
// numbers), what stands left and right of each. In "3 killed and 40 hurt" the
// slot before "killed" holds the 3: a fact that has 40 there is wrong, though
// 40 is in the sentence.
type slots struct {
	last map[slot]int32 // by a place, the last thing noted of it, counted from 1
	held []holder
}

// slot is a place beside a word, or between two.
type slot struct {
	left, right string
	side        side
}

// side says on which side of its word a place is. That a thing belongs to a place is
// seen across commas and brackets; that another holds it is not.
type side uint8

const (
	rightOf side = iota
	leftOf
	closeRight
	closeLeft
	between
)

// holder is a thing that stands in a place.
type holder struct {
	thing string
	more  int32 // the one noted before it of the same place, counted from 1
}

// maxHolders bounds what is remembered of one place.
const maxHolders = 8

// add notes that the tokens [lo, hi) hold a thing.
func (s *slots) add(ts []token, lo, hi int, thing string) {
	b := beside(ts, lo, hi)
	s.hold(slot{left: b.left, side: rightOf}, thing)
	s.hold(slot{right: b.right, side: leftOf}, thing)
	if b.near[0] {
		s.hold(slot{left: b.left, side: closeRight}, thing)
	}
	if b.near[1] {
		s.hold(slot{right: b.right, side: closeLeft}, thing)
	}
	if b.near[0] && b.near[1] {
		s.hold(slot{b.left, b.right, between}, thing)
	}
}

func (s *slots) hold(at slot, thing string) {
	last, n := s.last[at], 0
	for i := last; i != 0; i = s.held[i-1].more {
		if n++; n == maxHolders || s.held[i-1].thing == thing {
			return
		}
	}
	if s.last == nil {
		s.last = map[slot]int32{}
	}
	s.held = append(s.held, holder{thing, last})
	s.last[at] = int32(len(s.held))
}

// any says whether something stands in a place.
func (s *slots) any(at slot) bool { return s.last[at] != 0 }

// others says whether a place is held by other things alone.
func (s *slots) others(at slot, own []string) bool {
	n := 0
	for i := s.last[at]; i != 0; i = s.held[i-1].more {
		if n++; slices.Contains(own, s.held[i-1].thing) {
			return false
		}
	}
	return n > 0 && n < maxHolders
}

// has says whether one of one's own things stands in a place.
func (s *slots) has(at slot, own []string) bool {
	for i := s.last[at]; i != 0; i = s.held[i-1].more {
		if slices.Contains(own, s.held[i-1].thing) {
			return true
		}
	}
	return false
}

// neighbours are the words left and right of a piece, "" at the ends, and
// whether no mark stands between.
type neighbours struct {
	left, right string
	near        [2]bool
}

func beside(ts []token, lo, hi int) neighbours {
	var b neighbours
	const reach = 4
	for i := lo - 1; i >= 0 && i >= lo-reach; i-- {
		if ts[i].textual() {
			b.left, b.near[0] = ts[i].low, i == lo-1 || i == lo-2 && joined(ts[lo-1])
			break
		}
	}
	for i := hi; i < len(ts) && i < hi+reach; i++ {
		if ts[i].textual() {
			b.right, b.near[1] = ts[i].low, i == hi || i == hi+1 && joined(ts[hi])
			break
		}
	}
	return b
}

// joined tells marks that do not part.
func joined(t token) bool { return t.low == "-" || units[t.low] != 0 }

// swapped says whether a thing of the fact, which the sentence has, stands in
// the place of another: neither of its neighbours is right, and the sentence
// has something else between these, or before or behind a telling one.
func (s *slots) swapped(ts []token, lo, hi int, own []string) bool {
	b := beside(ts, lo, hi)
	left, right, both := slot{left: b.left, side: rightOf}, slot{right: b.right, side: leftOf}, slot{b.left, b.right, between}
	if !common.Has(b.left) && s.has(left, own) || !common.Has(b.right) && s.has(right, own) || s.has(both, own) {
		return false
	}
	return b.near[0] && b.near[1] && s.others(both, own) ||
		b.near[1] && !common.Has(b.right) && s.others(slot{right: b.right, side: closeLeft}, own) && !s.has(left, own) ||
		b.near[0] && !common.Has(b.left) && s.others(slot{left: b.left, side: closeRight}, own) && !s.has(right, own)
}

// taken says whether the place that a thing has in the fact belongs to another
// in the sentence.
func (s *slots) taken(ts []token, lo, hi int, own []string) bool {
	b := beside(ts, lo, hi)
	return b.near[1] && !common.Has(b.right) && s.others(slot{right: b.right, side: closeLeft}, own) ||
		b.near[0] && !common.Has(b.left) && s.others(slot{left: b.left, side: closeRight}, own) ||
		b.near[0] && b.near[1] && s.others(slot{b.left, b.right, between}, own)
}

// outside returns the tokens without what stands in brackets, which a fact may
// leave out.
func outside(ts []token) []token {
	if !slices.ContainsFunc(ts, func(t token) bool { return t.low == "(" || t.low == "[" }) {
		return ts
	}
	out := make([]token, 0, len(ts))
	depth := 0
	for _, t := range ts {
		switch {
		case t.low == "(" || t.low == "[":
			depth++
		case (t.low == ")" || t.low == "]") && depth > 0:
			depth--
		case depth == 0:
			out = append(out, t)
		}
	}
	return out
}

// pronouns may be replaced by a name.
var pronouns = wordset.Of(`he she it they his her its their him them who whose i we my our él ella ellos ellas su sus lui leur elle il elles ils er sie ihr sein seine ihre ele ela seu sua
	loro suo sua hij zij zijn haar hun`)

// common are words that may stand beside anything.
var common = wordset.Of(`the a an of in on at to for from by with and or but as is was are were be been has have had will would its his her their this that who which when where
	it he she they said says after before about more than than over into also not no per percent
	el la los las un una de del en y o a por con que es fue se su le les des du et à au aux dans par pour sur qui est un une der die das den dem ein eine einen und im in von zu mit
	auf für ist war o os as do da dos das em no na e com é foi il lo gli i di che per con het een van en met`)
