package pattern

import (
	"math"
	"slices"
	"unicode/utf8"
)

// need is what a text must hold for a pattern to match: pieces of text, joined
// by "and" and "or".
type need struct {
	root    *node
	any     bool // one piece is enough, whichever it is
	pieces  []piece
	follows [kinds]uint32       // by the kind of a byte: of which kinds the next may be for a piece to begin there
	order   []uint16            // pieces, those of a bucket side by side
	buckets [kinds * kinds]span // where in order the pieces are whose first two bytes are of two kinds
}

// span is a part of a list.
type span struct{ from, to uint16 }

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
	n := &need{root: root, any: !root.joint(), pieces: pieces}
	var in [kinds * kinds][]uint16
	for i, p := range pieces {
		row := int(kindOf[p.text[0]]) * kinds
		if len(p.text) > 1 {
			row += int(kindOf[p.text[1]])
			in[row] = append(in[row], uint16(i))
			continue
		}
		for k := range kinds { // whatever comes next
			in[row+k] = append(in[row+k], uint16(i))
		}
	}
	for b, list := range in {
		n.buckets[b] = span{uint16(len(n.order)), uint16(len(n.order) + len(list))}
		n.order = append(n.order, list...)
		if len(list) > 0 {
			n.follows[b/kinds] |= 1 << (b % kinds)
		}
	}
	n.follows[beyond] = math.MaxUint32
	return n
}

// met reports whether a text holds what is needed. Where that is more than one
// piece, the tree is asked once, when all are known: a text holds many of the
// pieces and hardly ever those that belong together.
func (n *need) met(s string) bool {
	var got found
	if s == "" {
		return false
	}
	some := false
	next := kindOf[s[0]]
	for i := range len(s) {
		kind := next
		if next = none; i+1 < len(s) {
			next = kindOf[s[i+1]]
		}
		if n.follows[kind%kinds]>>(next%kinds)&1 == 0 { // nearly always, and the table is small
			continue
		}
		if kind == beyond && foldsToASCII(s[i:]) {
			return true
		}
		b := n.buckets[int(kind)*kinds+int(next)]
		for _, at := range n.order[b.from:b.to] {
			if at := int(at); !got.has(at) && n.pieces[at].stands(s, i) {
				if n.any {
					return true
				}
				got[at>>6] |= 1 << (at & 63)
				some = true
			}
		}
	}
	return some && n.root.met(&got)
}

// foldsToASCII tells the two letters beyond ASCII that a pattern without regard
// to case takes for an s and a k.
func foldsToASCII(s string) bool {
	return len(s) > 1 && s[:2] == "ſ" || len(s) > 2 && s[:3] == "\u212a"
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
	if end > len(s) || p.left && i > 0 && wordly[s[i-1]] || p.right && end < len(s) && wordly[s[end]] {
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
