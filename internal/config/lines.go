package config

import (
	"slices"
	"strconv"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"
)

// index returns the line of every key of a TOML document, counting from 1. The
// n-th table of an array counts as "feeds[n]", from 0.
func index(doc []byte) map[string]int {
	lines := map[string]int{}
	at := breaksOf(doc)
	var p unstable.Parser
	p.Reset(doc)
	prefix, counts := "", map[string]int{}
	for p.NextExpression() {
		e := p.Expression()
		var parts []string
		line := 0
		for it := e.Key(); it.Next(); {
			n := it.Node()
			if line == 0 {
				line = at.line(n.Raw)
			}
			parts = append(parts, string(n.Data))
		}
		key := strings.Join(parts, ".")
		switch e.Kind {
		case unstable.Table:
			prefix = key + "."
			lines[key] = line
		case unstable.ArrayTable:
			key += "[" + strconv.Itoa(counts[key]) + "]"
			counts[strings.Join(parts, ".")]++
			prefix = key + "."
			lines[key] = line
		default:
			lines[prefix+key] = line
		}
	}
	return lines
}

// breaks are the places of a document's line breaks, in bytes. The parser's own
// count of lines begins anew for every key, which takes minutes where thousands of
// feeds are listed.
type breaks []uint32

func breaksOf(doc []byte) breaks {
	var b breaks
	for i, c := range doc {
		if c == '\n' {
			b = append(b, uint32(i)) // as ranges of the parser
		}
	}
	return b
}

// line returns the line on which a range begins, counting from 1.
func (b breaks) line(r unstable.Range) int {
	before, _ := slices.BinarySearch(b, r.Offset)
	return before + 1
}

// lineOf returns the line of key, or of the nearest table around it.
func lineOf(lines map[string]int, key string) int {
	for key != "" {
		if l, ok := lines[key]; ok {
			return l
		}
		i := strings.LastIndexByte(key, '.')
		if i < 0 {
			return 0
		}
		key = key[:i]
	}
	return 0
}

// blank overwrites the entry that begins at or before line and covers it,
// keeping all other lines where they are. It reports whether it changed
// anything.
func blank(doc []byte, line int) bool {
	var starts []int // lines on which an entry begins
	at := breaksOf(doc)
	var p unstable.Parser
	p.Reset(doc)
	for p.NextExpression() {
		for it := p.Expression().Key(); it.Next(); {
			starts = append(starts, at.line(it.Node().Raw))
			break
		}
	}
	from, to := 0, 1<<30
	for _, s := range starts {
		switch {
		case s <= line:
			from = s
		case s < to:
			to = s
		}
	}
	if from == 0 {
		return false
	}
	changed, n := false, 1
	for i, b := range doc {
		if b == '\n' {
			n++
			continue
		}
		if n >= from && n < to && b != ' ' {
			doc[i], changed = ' ', true
		}
	}
	return changed
}

// editDistance is Levenshtein's distance in bytes.
func editDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			diagonal, row[j+1] = row[j+1], min(row[j+1]+1, row[j]+1, diagonal+cost)
		}
	}
	return row[len(b)]
}
