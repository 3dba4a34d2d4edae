package verify

import "slices"

// slots knows, of the things of one kind in a sentence (its names, its
// numbers), what stands left and right of each. In "3 killed and 40 hurt" the
// slot before "killed" holds the 3: a fact that has 40 there is wrong, though
// 40 is in the sentence.
type slots struct {
	// By a word, what stands beside it. That a thing belongs to a place is
	// seen across commas and brackets; that another holds it is not.
	rightOf, leftOf   holders[string]
	closeRight, close holders[string]
	between           holders[[2]string]
}

// holders are the things that stand in a place.
type holders[K comparable] map[K][]string

func newSlots() *slots {
	return &slots{holders[string]{}, holders[string]{}, holders[string]{}, holders[string]{}, holders[[2]string]{}}
}

// maxHolders bounds what is remembered of one place.
const maxHolders = 8

// add notes that the tokens [lo, hi) hold a thing.
func (s *slots) add(ts []token, lo, hi int, thing string) {
	b := beside(ts, lo, hi)
	s.rightOf.hold(b.left, thing)
	s.leftOf.hold(b.right, thing)
	if b.near[0] {
		s.closeRight.hold(b.left, thing)
	}
	if b.near[1] {
		s.close.hold(b.right, thing)
	}
	if b.near[0] && b.near[1] {
		s.between.hold([2]string{b.left, b.right}, thing)
	}
}

func (h holders[K]) hold(place K, thing string) {
	if at := h[place]; len(at) < maxHolders && !slices.Contains(at, thing) {
		h[place] = append(at, thing)
	}
}

// others says whether a place is held by other things alone.
func (h holders[K]) others(place K, own []string) bool {
	at := h[place]
	return len(at) > 0 && len(at) < maxHolders && !h.has(place, own)
}

func (h holders[K]) has(place K, own []string) bool {
	at := h[place]
	return slices.ContainsFunc(own, func(t string) bool { return slices.Contains(at, t) })
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
	both := [2]string{b.left, b.right}
	if !common[b.left] && s.rightOf.has(b.left, own) || !common[b.right] && s.leftOf.has(b.right, own) || s.between.has(both, own) {
		return false
	}
	return b.near[0] && b.near[1] && s.between.others(both, own) ||
		b.near[1] && !common[b.right] && s.close.others(b.right, own) && !s.rightOf.has(b.left, own) ||
		b.near[0] && !common[b.left] && s.closeRight.others(b.left, own) && !s.leftOf.has(b.right, own)
}

// taken says whether the place that a thing has in the fact belongs to another
// in the sentence.
func (s *slots) taken(ts []token, lo, hi int, own []string) bool {
	b := beside(ts, lo, hi)
	return b.near[1] && !common[b.right] && s.close.others(b.right, own) ||
		b.near[0] && !common[b.left] && s.closeRight.others(b.left, own) ||
		b.near[0] && b.near[1] && s.between.others([2]string{b.left, b.right}, own)
}

// outside returns the tokens without what stands in brackets, which a fact may
// leave out.
func outside(ts []token) []token {
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
var pronouns = set(`he she it they his her its their him them who whose i we my our él ella ellos ellas su sus lui leur elle il elles ils er sie ihr sein seine ihre ele ela seu sua
	loro suo sua hij zij zijn haar hun`)

// common are words that may stand beside anything.
var common = set(`the a an of in on at to for from by with and or but as is was are were be been has have had will would its his her their this that who which when where
	it he she they said says after before about more than than over into also not no per percent
	el la los las un una de del en y o a por con que es fue se su le les des du et à au aux dans par pour sur qui est un une der die das den dem ein eine einen und im in von zu mit
	auf für ist war o os as do da dos das em no na e com é foi il lo gli i di che per con het een van en met`)
