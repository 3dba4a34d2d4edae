package articles

import (
	"regexp/syntax"
	"strings"
	"sync"
	"unicode/utf8"

	"newsdesk/internal/pattern"
)

// lineTable is a table of patterns, each for one whole line. Only the patterns that
// a line's first letters allow are tried: most lines are prose, and trying all of
// some fifty patterns on each costs more than parsing the page.
type lineTable struct {
	all      *pattern.Regexp
	patterns func() map[string][]*pattern.Regexp // by how a line begins, in small letters
}

// newLineTable sorts the patterns by their beginnings when the first line is seen.
func newLineTable(patterns ...string) *lineTable {
	return &lineTable{all: compile(patterns...), patterns: sync.OnceValue(func() map[string][]*pattern.Regexp {
		out := make(map[string][]*pattern.Regexp)
		for _, p := range patterns {
			re := compile(p)
			for _, b := range beginningsOf(p) {
				out[b] = append(out[b], re)
			}
		}
		return out
	})}
}

// match reports whether a line is one that the table names.
func (t *lineTable) match(line string) bool {
	var begin [maxBeginning]byte
	n := min(len(line), maxBeginning)
	for i := range n {
		c := line[i]
		if c >= utf8.RuneSelf || i == 0 && c == '-' { // a dash may be the mark of a list
			return t.all.MatchString(line)
		}
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		begin[i] = c
	}
	patterns := t.patterns()
	for i := range n + 1 {
		for _, re := range patterns[string(begin[:i])] {
			if re.MatchString(line) {
				return true
			}
		}
	}
	return false
}

// Bounds of what is known of the beginnings of a pattern's matches.
const (
	maxBeginning  = 4   // bytes
	maxBeginnings = 512 // of one pattern
)

// beginning is how a match may begin, in small letters; whole says that what
// follows is not known.
type beginning struct {
	text  string
	whole bool
}

// beginningsOf returns how the matches of a pattern may begin: each whose first four
// bytes are ASCII begins with one of the texts returned.
func beginningsOf(pattern string) []string {
	re, err := syntax.Parse(`(?i)`+pattern, syntax.Perl)
	if err != nil {
		return []string{""}
	}
	seen := make(map[string]bool)
	var out []string
	for _, b := range beginnings(re) {
		if !seen[b.text] && !strings.ContainsFunc(b.text, func(r rune) bool { return r >= utf8.RuneSelf }) {
			seen[b.text] = true
			out = append(out, b.text)
		}
	}
	return out
}

// unknown is the beginning of what may begin with anything.
var unknown = []beginning{{whole: true}}

func beginnings(re *syntax.Regexp) []beginning {
	switch re.Op {
	case syntax.OpLiteral:
		return literalBeginning(re.Rune)
	case syntax.OpCharClass:
		return classBeginnings(re.Rune)
	case syntax.OpConcat:
		out := []beginning{{}}
		for _, sub := range re.Sub {
			out = extended(out, beginnings(sub))
		}
		return out
	case syntax.OpAlternate:
		var out []beginning
		for _, sub := range re.Sub {
			out = append(out, beginnings(sub)...)
		}
		return few(out)
	case syntax.OpCapture:
		return beginnings(re.Sub[0])
	case syntax.OpQuest:
		return append(beginnings(re.Sub[0]), beginning{})
	case syntax.OpPlus:
		return ended(beginnings(re.Sub[0]))
	case syntax.OpStar:
		return append(ended(beginnings(re.Sub[0])), beginning{})
	case syntax.OpRepeat:
		out := ended(beginnings(re.Sub[0]))
		if re.Min == 0 {
			out = append(out, beginning{})
		}
		return out
	case syntax.OpEmptyMatch, syntax.OpBeginLine, syntax.OpEndLine, syntax.OpBeginText, syntax.OpEndText, syntax.OpWordBoundary, syntax.OpNoWordBoundary:
		return []beginning{{}}
	case syntax.OpNoMatch:
		return nil
	}
	return unknown
}

func literalBeginning(runes []rune) []beginning {
	text := strings.ToLower(string(runes))
	if len(text) >= maxBeginning {
		return []beginning{{text[:maxBeginning], true}}
	}
	return []beginning{{text: text}}
}

// classBeginnings leaves out what is not ASCII: lines that begin with it are not
// looked up.
func classBeginnings(ranges []rune) []beginning {
	var out []beginning
	for i := 0; i+1 < len(ranges); i += 2 {
		for r := ranges[i]; r <= min(ranges[i+1], utf8.RuneSelf-1); r++ {
			if r < 'A' || r > 'Z' {
				out = append(out, beginning{text: string(r)})
			} else {
				out = append(out, beginning{text: string(r + 'a' - 'A')})
			}
		}
	}
	return few(out)
}

// extended puts each of some texts behind each of others.
func extended(heads, tails []beginning) []beginning {
	var out []beginning
	for _, h := range heads {
		if h.whole {
			out = append(out, h)
			continue
		}
		for _, t := range tails {
			b := beginning{h.text + t.text, t.whole}
			if len(b.text) >= maxBeginning {
				b = beginning{b.text[:maxBeginning], true}
			}
			out = append(out, b)
		}
	}
	if out = few(out); len(out) == 1 && out[0] == unknown[0] {
		return ended(heads)
	}
	return out
}

// ended says of texts that what follows them is not known.
func ended(list []beginning) []beginning {
	out := make([]beginning, len(list))
	for i, b := range list {
		out[i] = beginning{b.text, true}
	}
	return few(out)
}

// few returns the texts, each once, or that nothing is known where they are many.
func few(list []beginning) []beginning {
	seen := make(map[beginning]bool, len(list))
	var out []beginning
	for _, b := range list {
		if !seen[b] {
			seen[b] = true
			out = append(out, b)
		}
	}
	if len(out) > maxBeginnings {
		return unknown
	}
	return out
}
