package pattern

import (
	"regexp/syntax"
	"unicode"
	"unicode/utf8"
)

// opening is the bytes that the matches of a pattern, or of a part of one, may begin
// with.
type opening struct {
	bytes [256]bool
	empty bool // a match may be empty, so that it begins with what follows
}

// openingOf returns the bytes that a text must begin with to match one of several
// patterns which match at the beginning of a text alone; nil for others, and where
// nothing is known.
func openingOf(trees []*syntax.Regexp) *opening {
	var all opening
	for _, tree := range trees {
		if !anchored(tree) {
			return nil
		}
		o := open(tree)
		if o.empty {
			return nil
		}
		all.add(&o)
	}
	return &all
}

// anchored tells whether a pattern matches at the beginning of a text alone.
func anchored(re *syntax.Regexp) bool {
	switch re.Op {
	case syntax.OpBeginText:
		return true
	case syntax.OpCapture, syntax.OpConcat:
		return len(re.Sub) > 0 && anchored(re.Sub[0])
	case syntax.OpAlternate:
		for _, sub := range re.Sub {
			if !anchored(sub) {
				return false
			}
		}
		return true
	}
	return false
}

// open follows the part of a pattern up to the first byte that it matches.
func open(re *syntax.Regexp) (o opening) {
	switch re.Op {
	case syntax.OpNoMatch:
	case syntax.OpLiteral:
		r := re.Rune[0]
		o.rune(r)
		for f := unicode.SimpleFold(r); re.Flags&syntax.FoldCase != 0 && f != r; f = unicode.SimpleFold(f) {
			o.rune(f)
		}
	case syntax.OpCharClass:
		for i := 0; i+1 < len(re.Rune); i += 2 {
			for r := re.Rune[i]; r <= min(re.Rune[i+1], utf8.RuneSelf); r++ {
				o.rune(r)
			}
			o.beyond(re.Rune[i+1] >= utf8.RuneSelf)
		}
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		for c := range o.bytes {
			o.bytes[c] = true
		}
	case syntax.OpConcat:
		o.empty = true
		for _, sub := range re.Sub {
			next := open(sub)
			o.add(&next)
			if o.empty = next.empty; !o.empty {
				break
			}
		}
	case syntax.OpAlternate:
		for _, sub := range re.Sub {
			next := open(sub)
			o.add(&next)
			o.empty = o.empty || next.empty
		}
	case syntax.OpCapture, syntax.OpPlus:
		o = open(re.Sub[0])
	case syntax.OpStar, syntax.OpQuest:
		o = open(re.Sub[0])
		o.empty = true
	case syntax.OpRepeat:
		o = open(re.Sub[0])
		o.empty = o.empty || re.Min == 0
	default: // what matches no byte
		o.empty = true
	}
	return o
}

// rune adds a character.
func (o *opening) rune(r rune) {
	if r < utf8.RuneSelf {
		o.bytes[r] = true
	}
	o.beyond(r >= utf8.RuneSelf)
}

// beyond adds all bytes beyond ASCII, those that are no character too.
func (o *opening) beyond(all bool) {
	for c := utf8.RuneSelf; all && c < len(o.bytes); c++ {
		o.bytes[c] = true
	}
}

func (o *opening) add(more *opening) {
	for c, is := range more.bytes {
		o.bytes[c] = o.bytes[c] || is
	}
}
