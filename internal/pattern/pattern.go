// Package pattern is regular expressions that are tried only on texts that can
// match. Most texts hold none of the words that a pattern looks for, and to see
// that takes a look at some of their bytes; to try the pattern takes many times as
// long. A pattern for the beginning of a text is tried where that begins right, and of
// one of many long alternatives those are tried whose words the text has.
//
// The words are worked out from the pattern itself, so that a Regexp finds what
// the regexp.Regexp of the same expression finds.
package pattern

import (
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"
	"sync"
)

// Regexp is a regexp.Regexp that knows which words a text must hold to match. It
// takes next to no memory until it is used: what a program that only polls feeds
// never asks for is never made. It is safe for concurrent use.
type Regexp struct {
	before       string
	alternatives []string // one stands between before and after; the words are worked out from each
	after        string
	tree         *syntax.Regexp // of a branch, instead: what it was parted from is read already

	asked    sync.Once
	opening  *opening  // nil where a text may begin with anything
	need     *need     // nil where nothing is known
	branches []*Regexp // what a text is tried on that has what they need, where they are several
	tried    sync.Once
	re       *regexp.Regexp
}

// MustCompile is regexp.MustCompile put off: where the expression is none, what is
// asked of it first panics. To read all that the program has takes a quarter of its
// start, and most commands use none; a test reads them.
func MustCompile(expr string) *Regexp { return &Regexp{before: expr} }

// MustCompileAny compiles the expression that any of one or more may stand in:
// before(a|b|c)after. The words that each needs are known more surely than from
// the whole, and only those whose words a text holds are tried on it: the whole is
// often too large for the fast ways of matching.
func MustCompileAny(before string, alternatives []string, after string) *Regexp {
	return &Regexp{before: before, alternatives: alternatives, after: after}
}

// String returns the expression.
func (p *Regexp) String() string {
	switch {
	case p.tree != nil:
		return p.tree.String()
	case p.alternatives == nil:
		return p.before
	}
	return p.with(strings.Join(p.alternatives, "|"))
}

// with returns the expression that a text stands in.
func (p *Regexp) with(text string) string { return p.before + "(?:" + text + ")" + p.after }

// may reports whether the text can match at all.
func (p *Regexp) may(s string) bool {
	p.asked.Do(p.workOut)
	return p.opens(s) && (p.need == nil || p.need.met(s))
}

// workOut finds out what is needed of a text.
func (p *Regexp) workOut() {
	trees, err := p.trees()
	if err != nil {
		return // whoever makes it is told
	}
	p.opening = openingOf(trees)
	var parts []*syntax.Regexp
	var branches []*Regexp
	for i, tree := range trees {
		for _, part := range branchesOf(tree) {
			branch := &Regexp{tree: part}
			if part == tree && p.alternatives != nil { // its text takes less memory
				branch = MustCompile(p.with(p.alternatives[i]))
			}
			parts, branches = append(parts, part), append(branches, branch)
		}
	}
	if p.need = needOf(parts); p.need == nil && len(trees) == 1 {
		p.need = needOf(trees)
		return
	}
	if len(branches) > 1 {
		p.branches = branches
	}
}

// trees returns the expressions as they are parsed.
func (p *Regexp) trees() ([]*syntax.Regexp, error) {
	if p.tree != nil {
		return []*syntax.Regexp{p.tree}, nil
	}
	if p.alternatives == nil {
		tree, err := syntax.Parse(p.before, syntax.Perl)
		return []*syntax.Regexp{tree}, err
	}
	trees := make([]*syntax.Regexp, len(p.alternatives))
	for i, a := range p.alternatives {
		var err error
		if trees[i], err = syntax.Parse(p.with(a), syntax.Perl); err != nil {
			return nil, err
		}
	}
	return trees, nil
}

// opens reports whether the text begins as a match may.
func (p *Regexp) opens(s string) bool {
	return p.opening == nil || s != "" && p.opening.bytes[s[0]]
}

// made returns the compiled expression.
func (p *Regexp) made() *regexp.Regexp {
	p.tried.Do(func() { p.re = regexp.MustCompile(p.String()) })
	return p.re
}

// MatchString reports whether the text holds a match.
func (p *Regexp) MatchString(s string) bool {
	p.asked.Do(p.workOut)
	switch {
	case p.branches == nil:
		return p.may(s) && p.made().MatchString(s)
	case !p.opens(s):
		return false
	case p.need == nil: // but of some branches it is known
		return slices.ContainsFunc(p.branches, func(b *Regexp) bool { return b.MatchString(s) })
	case foldsToASCII(s): // what it has of the branches' needs is not known
		return p.made().MatchString(s)
	}
	var got found
	if !p.need.find(s, &got) {
		return false
	}
	for i, b := range p.branches {
		if p.need.root.below[i].met(&got) && b.made().MatchString(s) {
			return true
		}
	}
	return false
}

// FindString returns the first match, "" where there is none.
func (p *Regexp) FindString(s string) string {
	if !p.may(s) {
		return ""
	}
	return p.made().FindString(s)
}

// FindStringIndex returns the place of the first match, nil where there is none.
func (p *Regexp) FindStringIndex(s string) []int {
	if !p.may(s) {
		return nil
	}
	return p.made().FindStringIndex(s)
}

// FindAllStringIndex returns the places of the first n matches, of all where n is
// below zero.
func (p *Regexp) FindAllStringIndex(s string, n int) [][]int {
	if !p.may(s) {
		return nil
	}
	return p.made().FindAllStringIndex(s, n)
}

// FindStringSubmatch returns the first match and its groups, nil where there is
// none.
func (p *Regexp) FindStringSubmatch(s string) []string {
	if !p.may(s) {
		return nil
	}
	return p.made().FindStringSubmatch(s)
}

// FindStringSubmatchIndex returns the places of the first match and its groups,
// nil where there is none.
func (p *Regexp) FindStringSubmatchIndex(s string) []int {
	if !p.may(s) {
		return nil
	}
	return p.made().FindStringSubmatchIndex(s)
}

// FindAllStringSubmatch returns the first n matches and their groups, all where n
// is below zero.
func (p *Regexp) FindAllStringSubmatch(s string, n int) [][]string {
	if !p.may(s) {
		return nil
	}
	return p.made().FindAllStringSubmatch(s, n)
}

// FindAllStringSubmatchIndex returns the places of the first n matches and their
// groups, of all where n is below zero.
func (p *Regexp) FindAllStringSubmatchIndex(s string, n int) [][]int {
	if !p.may(s) {
		return nil
	}
	return p.made().FindAllStringSubmatchIndex(s, n)
}

// ReplaceAllString replaces all matches, as regexp.Regexp does.
func (p *Regexp) ReplaceAllString(s, by string) string {
	if !p.may(s) {
		return s
	}
	return p.made().ReplaceAllString(s, by)
}
