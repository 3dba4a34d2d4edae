package articles

import (
	"regexp/syntax"
	"strings"
	"sync"
	"unicode/utf8"

	"newsdesk/internal/pattern"
)

// lineTable is a table of patterns, each for one whole line. The patterns that
// a line's first letter rules out are not tried: most lines are prose, and
// trying all of some fifty patterns on each costs more than parsing the page.
type lineTable struct {
	all     *pattern.Regexp
	byFirst [utf8.RuneSelf]func() *pattern.Regexp // for lines that begin with an ASCII character
}

// newLineTable compiles the patterns that may begin with each letter when the
// first such line is seen.
func newLineTable(patterns ...string) *lineTable {
	t := &lineTable{all: compile(patterns...)}
	firsts := make([]firstSet, len(patterns))
	for i, p := range patterns {
		firsts[i] = beginningsOf(p)
	}
	for c := range t.byFirst {
		t.byFirst[c] = sync.OnceValue(func() *pattern.Regexp {
			var some []string
			for i, p := range patterns {
				if firsts[i][c] {
					some = append(some, p)
				}
			}
			if len(some) == 0 {
				return nil
			}
			return compile(some...)
		})
	}
	return t
}

// match reports whether a line is one that the table names.
func (t *lineTable) match(line string) bool {
	if line == "" || line[0] >= utf8.RuneSelf || line[0] == '-' {
		return t.all.MatchString(line) // a dash may be the mark of a list
	}
	re := t.byFirst[line[0]]()
	return re != nil && re.MatchString(line)
}

// firstSet holds the ASCII characters that a match may begin with.
type firstSet [utf8.RuneSelf]bool

func beginningsOf(pattern string) firstSet {
	re, err := syntax.Parse(`(?i)`+pattern, syntax.Perl)
	var set firstSet
	if err != nil || set.add(re) {
		for c := range set { // what may be empty may be followed by anything
			set[c] = true
		}
	}
	return set
}

// add adds what a match of re may begin with, and reports whether it may be
// empty.
func (s *firstSet) add(re *syntax.Regexp) (empty bool) {
	switch re.Op {
	case syntax.OpLiteral:
		s.addRune(re.Rune[0], re.Flags&syntax.FoldCase != 0)
		return false
	case syntax.OpCharClass:
		for i := 0; i+1 < len(re.Rune); i += 2 {
			for r := re.Rune[i]; r <= re.Rune[i+1] && r < utf8.RuneSelf; r++ {
				s.addRune(r, re.Flags&syntax.FoldCase != 0)
			}
		}
		return false
	case syntax.OpConcat:
		for _, sub := range re.Sub {
			if !s.add(sub) {
				return false
			}
		}
		return true
	case syntax.OpAlternate:
		for _, sub := range re.Sub {
			empty = s.add(sub) || empty
		}
		return empty
	case syntax.OpCapture, syntax.OpPlus:
		return s.add(re.Sub[0])
	case syntax.OpRepeat:
		return s.add(re.Sub[0]) || re.Min == 0
	case syntax.OpQuest, syntax.OpStar:
		s.add(re.Sub[0])
		return true
	case syntax.OpNoMatch:
		return false
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		for c := range s {
			s[c] = true
		}
		return false
	}
	return true // takes no character
}

func (s *firstSet) addRune(r rune, fold bool) {
	if r >= utf8.RuneSelf {
		return
	}
	s[r] = true
	if fold {
		s[strings.ToLower(string(r))[0]] = true
		s[strings.ToUpper(string(r))[0]] = true
	}
}
