package pattern

import (
	"slices"
	"unicode/utf8"
)

// need is what a text must hold for a pattern to match: pieces of text, joined
// by "and" and "or".
type need struct {
	root   *node
	pieces []piece
	first  [256][2]uint16 // the pieces that begin with a byte
	starts [256][4]uint64 // for each first byte, the bytes that may come second
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
func newNeed(root *node, pieces []piece) *need {
	if len(pieces) > maxPieces {
		return nil
	}
	order := make([]int, len(pieces)) // the pieces by their first byte
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return int(pieces[a].text[0]) - int(pieces[b].text[0]) })
	to := make([]int, len(pieces))
	n := &need{root: root}
	for at, i := range order {
		p := pieces[i]
		to[i] = at
		n.pieces = append(n.pieces, p)
		c := p.text[0]
		if n.first[c][1] == 0 {
			n.first[c][0] = uint16(at)
		}
		n.first[c][1] = uint16(at + 1)
		if len(p.text) == 1 {
			n.starts[c] = [4]uint64{^uint64(0), ^uint64(0), ^uint64(0), ^uint64(0)}
		} else {
			n.starts[c][p.text[1]>>6] |= 1 << (p.text[1] & 63)
		}
	}
	root.renumber(to)
	return n
}

func (t *node) renumber(to []int) {
	if len(t.below) == 0 {
		t.piece = to[t.piece]
	}
	for _, b := range t.below {
		b.renumber(to)
	}
}

// met reports whether a text holds what is needed.
func (n *need) met(s string) bool {
	var got found
	for i := range len(s) {
		c := small[s[i]]
		next := byte(0)
		if i+1 < len(s) {
			next = small[s[i+1]]
		}
		if c >= utf8.RuneSelf && foldsToASCII(s[i:]) {
			return true
		}
		if n.starts[c][next>>6]&(1<<(next&63)) == 0 {
			continue
		}
		for at := int(n.first[c][0]); at < int(n.first[c][1]); at++ {
			if !got.has(at) && n.pieces[at].stands(s, i) {
				got[at>>6] |= 1 << (at & 63)
				if n.root.met(&got) {
					return true
				}
			}
		}
	}
	return false
}

// foldsToASCII tells the two letters beyond ASCII that a pattern without regard
// to case takes for an s and a k.
func foldsToASCII(s string) bool {
	return len(s) > 1 && s[:2] == "ſ" || len(s) > 2 && s[:3] == "\u212a"
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

// small maps capital letters of ASCII to small ones; wordly tells the
// characters between which \b finds no boundary.
var small, wordly = func() (low [256]byte, word [256]bool) {
	for c := range low {
		low[c] = byte(c)
		if c >= 'A' && c <= 'Z' {
			low[c] += 'a' - 'A'
		}
		word[c] = low[c] >= 'a' && low[c] <= 'z' || c >= '0' && c <= '9' || c == '_'
	}
	return low, word
}()
