package pattern

import (
	"math"
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"
)

// need is what a text must hold for a pattern to match: pieces of text, joined
// by "and" and "or".
type need struct {
	root *node
	some finder // pieces of which one must be there, the fewest and rarest that suffice
	all  finder // all pieces; nothing where one of some is all that is needed
}

// piece is a text in small letters, as far as those are ASCII. left and right
// say that it is no part of a longer word on that side.
type piece struct {
	text        string
	left, right bool
}

// node is one piece, or several nodes of which all or any must be there.
type node struct {
	piece int // index, where there is nothing below
	all   bool
	below []*node
}

// maxPieces bounds what one pattern looks for.
const maxPieces = 1024

// found notes which pieces a text holds.
type found [maxPieces / 64]uint64

func (f *found) has(i int) bool { return f[i>>6]&(1<<(i&63)) != 0 }

// newNeed makes the pieces of a tree findable; nil where they are too many.
func newNeed(root *node, all []piece) *need {
	var pieces []piece
	root = root.over(all, &pieces, make(map[piece]int))
	if len(pieces) > maxPieces {
		return nil
	}
	some, _ := root.rarest(pieces)
	slices.Sort(some)
	some = slices.Compact(some)
	n := &need{root: root, some: newFinder(pieces, some)}
	if root.joint() {
		every := make([]int, len(pieces))
		for i := range every {
			every[i] = i
		}
		n.all = newFinder(pieces, every)
	}
	return n
}

// met reports whether a text holds what is needed. Most texts hold none of the rare
// pieces. Where more is needed than one of them, the tree is asked once, when all are
// known: a text holds many of the pieces and hardly ever those that belong together.
func (n *need) met(s string) bool {
	if !n.some.find(s, nil) {
		return foldsToASCII(s)
	}
	if len(n.all.pieces) == 0 {
		return true
	}
	var got found
	n.all.find(s, &got)
	return n.root.met(&got) || foldsToASCII(s)
}

// find notes which pieces a text holds, and reports whether it may have what is needed.
func (n *need) find(s string, got *found) bool {
	if !n.some.find(s, nil) {
		return false
	}
	if len(n.all.pieces) == 0 {
		n.some.find(s, got)
	} else {
		n.all.find(s, got)
	}
	return true
}

// rarest returns pieces of which one is in every text that has what the node needs, and
// how common they are together.
func (t *node) rarest(pieces []piece) (some []int, common float64) {
	if len(t.below) == 0 {
		return []int{t.piece}, pieces[t.piece].common()
	}
	for i, b := range t.below {
		of, c := b.rarest(pieces)
		switch {
		case !t.all:
			some, common = append(some, of...), common+c
		case i == 0 || c < common:
			some, common = of, c
		}
	}
	return some, common
}

// common is how common a piece is.
func (p *piece) common() float64 {
	common := 1.0
	for i := range len(p.text) {
		common *= frequency[kindOf[p.text[i]]]
	}
	if p.left || p.right {
		common /= 2
	}
	return common
}

// rarest returns where in a piece so many pairs of bytes begin, one behind the other,
// that are the rarest, and how common these are together.
func (p *piece) rarest(pairs int) (at int, common float64) {
	if len(p.text) == 1 {
		return 0, frequency[kindOf[p.text[0]]]
	}
	common = math.Inf(1)
	for i := range len(p.text) - pairs {
		sum := 0.0
		for k := i; k < i+pairs; k++ {
			sum += frequency[kindOf[p.text[k]]] * frequency[kindOf[p.text[k+1]]]
		}
		if sum < common {
			at, common = i, sum
		}
	}
	return at, common
}

// frequency is how many of the bytes of a text are of each kind, about.
var frequency = func() (f [kinds]float64) {
	for i, share := range [...]float64{6.5, 1.2, 2.2, 3.2, 10, 1.8, 1.6, 5, 5.6, 0.15, 0.8, 3.3, 2, 5.7, 6, 1.5, 0.1, 4.9, 5.2, 7.4, 2.2, 0.8, 1.9, 0.15, 1.6, 0.1} { // a to z
		f[i+1] = share / 100
	}
	f[none], f[space], f[digit], f[beyond], f[other] = 0.01, 0.17, 0.015, 0.01, 0.03
	return f
}()

// finder looks for pieces in a text. It looks at every step-th byte and the one behind
// it: of each piece it knows as many such pairs, one of which it must come upon.
type finder struct {
	step   int
	pieces []sought      // those of a bucket side by side
	begin  [kinds]uint32 // by the kind of a byte: of which kinds the next may be for a piece to be there
	row    [kinds]uint16 // by the kind of a byte, its first bucket
	bucket []span        // where the pieces are that are found by bytes of two kinds
}

// sought is a piece, which of all it is, and at which of its bytes a pair begins by
// which it is found.
type sought struct {
	piece
	number, at uint16
}

// span is a part of a list.
type span struct{ from, to uint16 }

// Bounds of the step of a finder, and what it costs to look at a piece where one to
// look at a pair is one.
const (
	maxStep   = 6
	pieceCost = 8
)

// stepOf returns the step by which pieces are found at the least cost: a longer one
// looks at fewer pairs, and comes more often upon one that is no piece.
func stepOf(pieces []piece, list []int) int {
	shortest := maxStep + 1
	for _, i := range list {
		shortest = min(shortest, len(pieces[i].text))
	}
	best, least := 1, math.Inf(1)
	for step := 1; step <= max(1, shortest-1); step++ {
		cost := 1.0
		for _, i := range list {
			_, common := pieces[i].rarest(step)
			cost += pieceCost * common
		}
		if cost /= float64(step); cost < least {
			best, least = step, cost
		}
	}
	return best
}

// newFinder looks for those of the pieces that are listed.
func newFinder(pieces []piece, list []int) finder {
	f := finder{step: stepOf(pieces, list)}
	var in [kinds * kinds][]sought
	for _, i := range list {
		p := pieces[i]
		from, _ := p.rarest(f.step)
		for at := from; at < from+f.step; at++ {
			x := sought{p, uint16(i), uint16(at)}
			row := int(kindOf[p.text[at]]) * kinds
			if len(p.text) > 1 {
				row += int(kindOf[p.text[at+1]])
				in[row] = append(in[row], x)
				continue
			}
			for k := range kinds { // whatever comes next
				in[row+k] = append(in[row+k], x)
			}
		}
	}
	for b, list := range in {
		if b%kinds == 0 {
			f.row[b/kinds] = uint16(len(f.bucket))
		}
		if len(list) > 0 {
			f.begin[b/kinds] |= 1 << (b % kinds)
			f.bucket = append(f.bucket, span{uint16(len(f.pieces)), uint16(len(f.pieces) + len(list))})
			f.pieces = append(f.pieces, list...)
		}
	}
	f.pieces, f.bucket = slices.Clip(f.pieces), slices.Clip(f.bucket)
	return f
}

// find looks for all pieces and notes them in got; where that is nil, it reports whether
// there is one.
func (f *finder) find(s string, got *found) bool {
	for i := 0; i < len(s); i += f.step {
		kind, next := kindOf[s[i]], uint8(none)
		if i+1 < len(s) {
			next = kindOf[s[i+1]]
		}
		begin := f.begin[kind%kinds]
		if begin>>(next%kinds)&1 == 0 { // nearly always, and the table is small
			continue
		}
		b := f.bucket[int(f.row[kind%kinds])+bits.OnesCount32(begin&(1<<(next%kinds)-1))]
		for k := b.from; k < b.to; k++ {
			p := &f.pieces[k]
			if got != nil && got.has(int(p.number)) || !p.stands(s, i-int(p.at)) {
				continue
			}
			if got == nil {
				return true
			}
			got[p.number>>6] |= 1 << (p.number & 63)
		}
	}
	return false
}

// foldsToASCII tells a text with one of the two letters beyond ASCII that a pattern
// without regard to case takes for an s and a k.
func foldsToASCII(s string) bool {
	return strings.IndexByte(s, "ſ"[0]) >= 0 && strings.Contains(s, "ſ") || strings.IndexByte(s, "\u212a"[0]) >= 0 && strings.Contains(s, "\u212a")
}

// over returns a tree over pieces of its own, which it adds to: what was looked
// at on the way and is asked for by nothing is left behind.
func (t *node) over(all []piece, own *[]piece, number map[piece]int) *node {
	out := &node{all: t.all}
	for _, b := range t.below {
		out.below = append(out.below, b.over(all, own, number))
	}
	if len(t.below) == 0 {
		p := all[t.piece]
		i, known := number[p]
		if !known {
			i = len(*own)
			*own, number[p] = append(*own, p), i
		}
		out.piece = i
	}
	return out
}

// joint tells a node that more than one piece is needed for.
func (t *node) joint() bool {
	return len(t.below) > 0 && (t.all || slices.ContainsFunc(t.below, (*node).joint))
}

func (t *node) met(got *found) bool {
	if len(t.below) == 0 {
		return got.has(t.piece)
	}
	for _, b := range t.below {
		if b.met(got) != t.all {
			return !t.all
		}
	}
	return t.all
}

// stands reports whether a piece stands at byte i of a text.
func (p *piece) stands(s string, i int) bool {
	end := i + len(p.text)
	if i < 0 || end > len(s) || p.left && i > 0 && wordly[s[i-1]] || p.right && end < len(s) && wordly[s[end]] {
		return false
	}
	for k := range len(p.text) {
		if small[s[i+k]] != p.text[k] {
			return false
		}
	}
	return true
}

// Bytes are of the same kind where they are the same letter, or both something
// else of a sort.
const (
	none   = 0  // no byte: the text ends
	space  = 27 // a letter is its place in the alphabet
	digit  = 28
	beyond = 29 // ASCII
	other  = 30
	kinds  = 32
)

// small maps capital letters of ASCII to small ones; wordly tells the
// characters between which \b finds no boundary; kindOf sorts bytes.
var small, wordly, kindOf = func() (low [256]byte, word [256]bool, kind [256]uint8) {
	for c := range low {
		low[c] = byte(c)
		if c >= 'A' && c <= 'Z' {
			low[c] += 'a' - 'A'
		}
		letter, number := low[c] >= 'a' && low[c] <= 'z', c >= '0' && c <= '9'
		word[c] = letter || number || c == '_'
		switch {
		case letter:
			kind[c] = low[c] - 'a' + 1
		case number:
			kind[c] = digit
		case c == ' ':
			kind[c] = space
		case c >= utf8.RuneSelf:
			kind[c] = beyond
		default:
			kind[c] = other
		}
	}
	return low, word, kind
}()
