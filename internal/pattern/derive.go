package pattern

import (
	"regexp/syntax"
	"slices"
	"unicode"
	"unicode/utf8"
)

// Bounds of the sets of texts that a part of a pattern is followed through.
const (
	maxSet   = 64 // texts that a part may be
	maxClass = 4  // characters of a class that are told apart
)

// part is what is known of the matches of a part of a pattern: that they are
// one of few texts, or what they hold, nil for nothing.
type part struct {
	exact bool
	texts []piece
	needs *node
}

// deriver numbers the pieces of a pattern.
type deriver struct {
	pieces []piece
	index  map[piece]int
}

// needOf works out what a text must hold to match one of the patterns, nil where
// nothing is known.
func needOf(trees []*syntax.Regexp) *need {
	d := &deriver{index: make(map[piece]int)}
	var any []*node
	for _, tree := range trees {
		p := d.part(tree, false, false)
		if p.exact {
			p.needs = d.oneOf(p.texts)
		}
		if p.needs == nil {
			return nil
		}
		any = append(any, p.needs)
	}
	if len(any) == 0 {
		return nil
	}
	return newNeed(join(any, false), d.pieces)
}

var empty = part{exact: true, texts: []piece{{}}}

// part follows a part of a pattern. left and right say that a word boundary must
// stand there.
func (d *deriver) part(re *syntax.Regexp, left, right bool) part {
	switch re.Op {
	case syntax.OpEmptyMatch, syntax.OpBeginLine, syntax.OpEndLine, syntax.OpBeginText, syntax.OpEndText, syntax.OpNoWordBoundary:
		return empty
	case syntax.OpWordBoundary:
		return part{exact: true, texts: []piece{{left: true, right: true}}}
	case syntax.OpLiteral:
		return bounded(d.literal(re.Rune, re.Flags&syntax.FoldCase != 0), left, right)
	case syntax.OpCharClass:
		return bounded(class(re.Rune), left, right)
	case syntax.OpCapture:
		return d.part(re.Sub[0], left, right)
	case syntax.OpConcat:
		return d.concat(re.Sub, left, right)
	case syntax.OpAlternate:
		return d.alternate(re.Sub, left, right)
	case syntax.OpQuest:
		if sub := d.part(re.Sub[0], left, right); sub.exact {
			return part{exact: true, texts: distinct(append(slices.Clone(sub.texts), piece{}))}
		}
	case syntax.OpPlus:
		return d.held(d.part(re.Sub[0], false, false))
	case syntax.OpRepeat:
		if re.Min > 0 {
			return d.held(d.part(re.Sub[0], false, false))
		}
	}
	return part{}
}

// bounded says of a part that word boundaries stand beside it.
func bounded(p part, left, right bool) part {
	for i := range p.texts {
		p.texts[i].left = p.texts[i].left || left
		p.texts[i].right = p.texts[i].right || right
	}
	return p
}

// held is what matches hold that hold those of a part.
func (d *deriver) held(p part) part {
	if p.exact {
		p.needs = d.oneOf(p.texts)
	}
	return part{needs: p.needs}
}

// literal follows the characters of a literal. Letters beyond ASCII are looked for
// in each of their cases.
func (d *deriver) literal(runes []rune, fold bool) part {
	var runs []part
	var b []byte
	flush := func() {
		runs = append(runs, part{exact: true, texts: []piece{{text: string(b)}}})
		b = nil
	}
	for _, r := range runes {
		switch {
		case r < utf8.RuneSelf:
			b = append(b, small[r])
		case r == utf8.RuneError: // stands for bytes that are no character, too
			flush()
			runs = append(runs, part{})
		case fold && unicode.SimpleFold(r) != r:
			flush()
			runs = append(runs, cases(r))
		default:
			b = utf8.AppendRune(b, r)
		}
	}
	flush()
	return d.joined(runs)
}

// cases follows a letter beyond ASCII, whose cases may be of several lengths.
func cases(r rune) part {
	p := part{exact: true}
	for c := unicode.SimpleFold(r); ; c = unicode.SimpleFold(c) {
		if c < utf8.RuneSelf {
			c = rune(small[c])
		}
		p.texts = append(p.texts, piece{text: string(c)})
		if c == r {
			break
		}
	}
	p.texts = distinct(p.texts)
	return p
}

// class follows a class of few characters, all ASCII.
func class(ranges []rune) part {
	var p part
	for i := 0; i+1 < len(ranges); i += 2 {
		for r := ranges[i]; r <= ranges[i+1]; r++ {
			if r == 'ſ' || r == '\u212a' { // stand for s and k, which are in the class too
				continue
			}
			if r >= utf8.RuneSelf || len(p.texts) > 2*maxClass {
				return part{}
			}
			p.texts = append(p.texts, piece{text: string(rune(small[r]))})
		}
	}
	p.texts = distinct(p.texts)
	p.exact = len(p.texts) > 0 && len(p.texts) <= maxClass
	if !p.exact {
		return part{}
	}
	return p
}

func (d *deriver) concat(subs []*syntax.Regexp, left, right bool) part {
	parts := make([]part, len(subs))
	for i, s := range subs {
		before, after := i == 0 && left, i == len(subs)-1 && right
		parts[i] = d.part(s, before || i > 0 && subs[i-1].Op == syntax.OpWordBoundary, after || i+1 < len(subs) && subs[i+1].Op == syntax.OpWordBoundary)
	}
	return d.joined(parts)
}

// joined follows parts one behind the other.
func (d *deriver) joined(parts []part) part {
	var all []*node
	run, whole := empty.texts, true
	end := func() {
		if n := d.oneOf(run); n != nil {
			all = append(all, n)
		}
		run, whole = empty.texts, false
	}
	for _, p := range parts {
		switch {
		case !p.exact:
			end()
			if p.needs != nil {
				all = append(all, p.needs)
			}
		case len(run)*len(p.texts) > maxSet:
			end()
			run = p.texts
		default:
			run = cross(run, p.texts)
		}
	}
	if whole {
		return part{exact: true, texts: run}
	}
	end()
	return part{needs: join(all, true)}
}

func (d *deriver) alternate(subs []*syntax.Regexp, left, right bool) part {
	var texts []piece
	var any []*node
	exact, certain := true, true
	for _, s := range subs {
		p := d.part(s, left, right)
		if p.exact {
			texts = append(texts, p.texts...)
			continue
		}
		exact = false
		if certain = certain && p.needs != nil; certain {
			any = append(any, p.needs)
		}
	}
	texts = distinct(texts)
	switch {
	case exact && len(texts) <= maxSet:
		return part{exact: true, texts: texts}
	case !certain:
		return part{}
	}
	if len(texts) > 0 {
		n := d.oneOf(texts)
		if n == nil {
			return part{}
		}
		any = append(any, n)
	}
	return part{needs: join(any, false)}
}

// cross puts each text of one set before each of another.
func cross(as, bs []piece) []piece {
	out := make([]piece, 0, len(as)*len(bs))
	for _, a := range as {
		for _, b := range bs {
			c := piece{text: a.text + b.text, left: a.left, right: b.right}
			if a.text == "" {
				c.left = a.left || b.left
			}
			if b.text == "" {
				c.right = b.right || a.right
			}
			out = append(out, c)
		}
	}
	return distinct(out)
}

func distinct(ps []piece) []piece {
	seen := make(map[piece]bool, len(ps))
	return slices.DeleteFunc(ps, func(p piece) bool {
		was := seen[p]
		seen[p] = true
		return was
	})
}

// oneOf is the need for one of several texts, nil where one of them says too
// little to be looked for.
func (d *deriver) oneOf(texts []piece) *node {
	ns := make([]*node, 0, len(texts))
	for _, p := range texts {
		if p.text == "" {
			return nil
		}
		p.left = p.left && wordly[p.text[0]]
		p.right = p.right && wordly[p.text[len(p.text)-1]]
		if len(p.text) == 1 && (p.text == " " || wordly[p.text[0]] && !p.left && !p.right) {
			return nil
		}
		i, ok := d.index[p]
		if !ok {
			i = len(d.pieces)
			d.pieces, d.index[p] = append(d.pieces, p), i
		}
		ns = append(ns, &node{piece: i})
	}
	return join(ns, false)
}

func join(ns []*node, all bool) *node {
	switch len(ns) {
	case 0:
		return nil
	case 1:
		return ns[0]
	}
	return &node{all: all, below: ns}
}
