// Package pattern is regular expressions that are tried only on texts that can
// match. Most texts hold none of the words that a pattern looks for, and to see
// that takes one look at each byte; to try the pattern takes ten times as long.
//
// The words are worked out from the pattern itself, so that a Regexp finds what
// the regexp.Regexp of the same expression finds.
package pattern

import (
	"regexp"
	"strings"
)

// Regexp is a regexp.Regexp that knows which words a text must hold to match.
// It is safe for concurrent use.
type Regexp struct {
	re   *regexp.Regexp
	need *need // nil where nothing is known
}

// MustCompile is regexp.MustCompile: it panics where the expression is none.
func MustCompile(expr string) *Regexp {
	return &Regexp{re: regexp.MustCompile(expr), need: needOf(expr)}
}

// MustCompileAny compiles the expression that any of several may stand in:
// before(a|b|c)after. The words that each needs are known more surely than from
// the whole.
func MustCompileAny(before string, alternatives []string, after string) *Regexp {
	each := make([]string, len(alternatives))
	for i, a := range alternatives {
		each[i] = before + "(?:" + a + ")" + after
	}
	return &Regexp{re: regexp.MustCompile(before + "(?:" + strings.Join(alternatives, "|") + ")" + after), need: needOf(each...)}
}

// String returns the expression.
func (p *Regexp) String() string { return p.re.String() }

// may reports whether the text can match at all.
func (p *Regexp) may(s string) bool { return p.need == nil || p.need.met(s) }

// MatchString reports whether the text holds a match.
func (p *Regexp) MatchString(s string) bool { return p.may(s) && p.re.MatchString(s) }

// FindString returns the first match, "" where there is none.
func (p *Regexp) FindString(s string) string {
	if !p.may(s) {
		return ""
	}
	return p.re.FindString(s)
}

// FindStringIndex returns the place of the first match, nil where there is none.
func (p *Regexp) FindStringIndex(s string) []int {
	if !p.may(s) {
		return nil
	}
	return p.re.FindStringIndex(s)
}

// FindAllStringIndex returns the places of the first n matches, of all where n is
// below zero.
func (p *Regexp) FindAllStringIndex(s string, n int) [][]int {
	if !p.may(s) {
		return nil
	}
	return p.re.FindAllStringIndex(s, n)
}

// FindStringSubmatch returns the first match and its groups, nil where there is
// none.
func (p *Regexp) FindStringSubmatch(s string) []string {
	if !p.may(s) {
		return nil
	}
	return p.re.FindStringSubmatch(s)
}

// FindStringSubmatchIndex returns the places of the first match and its groups,
// nil where there is none.
func (p *Regexp) FindStringSubmatchIndex(s string) []int {
	if !p.may(s) {
		return nil
	}
	return p.re.FindStringSubmatchIndex(s)
}

// FindAllStringSubmatch returns the first n matches and their groups, all where n
// is below zero.
func (p *Regexp) FindAllStringSubmatch(s string, n int) [][]string {
	if !p.may(s) {
		return nil
	}
	return p.re.FindAllStringSubmatch(s, n)
}

// FindAllStringSubmatchIndex returns the places of the first n matches and their
// groups, of all where n is below zero.
func (p *Regexp) FindAllStringSubmatchIndex(s string, n int) [][]int {
	if !p.may(s) {
		return nil
	}
	return p.re.FindAllStringSubmatchIndex(s, n)
}

// ReplaceAllString replaces all matches, as regexp.Regexp does.
func (p *Regexp) ReplaceAllString(s, by string) string {
	if !p.may(s) {
		return s
	}
	return p.re.ReplaceAllString(s, by)
}
