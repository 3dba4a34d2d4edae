// Package pattern is regular expressions that are tried only on texts that can
// match. Most texts hold none of the words that a pattern looks for, and to see
// that takes a look at some of their bytes; to try the pattern takes many times as
// long. A pattern for the beginning of a text is tried where that begins right.
//
// The words are worked out from the pattern itself, so that a Regexp finds what
// the regexp.Regexp of the same expression finds.
package pattern

import (
	"regexp"
	"slices"
	"strings"
	"sync"
)

// Regexp is a regexp.Regexp that knows which words a text must hold to match. It
// takes next to no memory until it is used: what a program that only polls feeds
// never asks for is never made. It is safe for concurrent use.
type Regexp struct {
	expr string
	each []string  // expressions, one of which the words are worked out from
	any  []*Regexp // the same as patterns of their own, where they are several

	asked   sync.Once
	opening *opening // nil where a text may begin with anything
	need    *need    // nil where nothing is known
	tried   sync.Once
	re      *regexp.Regexp
}

// MustCompile is regexp.MustCompile put off: where the expression is none, what is
// asked of it first panics. To read all that the program has takes a quarter of its
// start, and most commands use none; a test reads them.
func MustCompile(expr string) *Regexp { return &Regexp{expr: expr, each: []string{expr}} }

// MustCompileAny compiles the expression that any of several may stand in:
// before(a|b|c)after. The words that each needs are known more surely than from
// the whole, and only those whose words a text holds are tried on it: the whole is
// often too large for the fast ways of matching.
func MustCompileAny(before string, alternatives []string, after string) *Regexp {
	p := &Regexp{expr: before + "(?:" + strings.Join(alternatives, "|") + ")" + after}
	for _, a := range alternatives {
		one := MustCompile(before + "(?:" + a + ")" + after)
		p.each, p.any = append(p.each, one.expr), append(p.any, one)
	}
	return p
}

// String returns the expression.
func (p *Regexp) String() string { return p.expr }

// may reports whether the text can match at all.
func (p *Regexp) may(s string) bool {
	p.asked.Do(func() { p.opening, p.need = openingOf(p.expr), needOf(p.each...) })
	if p.opening != nil && (s == "" || !p.opening.bytes[s[0]]) {
		return false
	}
	return p.need == nil || p.need.met(s)
}

// made returns the compiled expression.
func (p *Regexp) made() *regexp.Regexp {
	p.tried.Do(func() { p.re = regexp.MustCompile(p.expr) })
	return p.re
}

// MatchString reports whether the text holds a match.
func (p *Regexp) MatchString(s string) bool {
	switch {
	case !p.may(s):
		return false
	case len(p.any) > 1:
		return slices.ContainsFunc(p.any, func(one *Regexp) bool { return one.MatchString(s) })
	}
	return p.made().MatchString(s)
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
