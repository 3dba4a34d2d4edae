package articles

import "strings"

// line is one line of a text; first marks the start of a paragraph.
type line struct {
	text  string
	first bool
}

func toLines(paras []string) []line {
	var out []line
	for _, p := range paras {
		first := true
		for l := range strings.SplitSeq(p, "\n") {
			out = append(out, line{l, first})
			first = false
		}
	}
	return out
}

func toParas(lines []line) []string {
	var out []string
	for _, l := range lines {
		if n := len(out); !l.first && n > 0 {
			out[n-1] += "\n" + l.text
		} else {
			out = append(out, l.text)
		}
	}
	return out
}

// Shares that reconcile decides by, chosen on the development pages. F1 is flat
// around the two that were varied: it moves by less than 0.001 for tooShort from
// 0.55 to 0.7 and for proseEnds from 0.3 to 0.7.
const (
	tooShort  = 0.65 // strict text below this share of the wide one is taken for broken
	sameLine  = 0.6  // share of word triples that makes two lines the same
	sameText  = 0.4  // share of the strict text that the wide one must hold to judge its ends
	proseEnds = 0.5  // share of prose that keeps an end that only one reading has
	minWide   = 100  // words the wide text needs to replace the strict one
)

// reconcile makes one text of two readings of a page. strict (go-trafilatura,
// set to precision) seldom takes in what is not the article but drops lists,
// headings and at times whole sections; wide (go-readability) keeps those and
// now and then menus and captions at the ends. Strict is the base: what wide
// has between two of its lines is put back where it brings prose, and what only
// strict has before the first or after the last line they share is dropped
// where it is not prose. On the development pages this beats either alone by
// 0.004 to 0.014 F1.
func reconcile(strict, wide []string) []string {
	s, w := toLines(strict), toLines(wide)
	if len(s) == 0 {
		return wide
	}
	if len(w) == 0 {
		return strict
	}
	dict := dictionary{}
	st, wt := dict.triples(s), dict.triples(w)
	ns, nw := wordCount(st), wordCount(wt)
	if nw >= minWide && float64(ns) < tooShort*float64(nw) || glued(s, w) {
		return wide
	}
	s, st = trimEnds(s, st, newTripleSet(wt))
	return toParas(fillGaps(s, st, w, wt))
}

// glued tells whether strict has run most of the text together into one line
// that wide keeps apart, as it does with pages laid out as a table.
func glued(strict, wide []line) bool {
	total, a, b := 0, 0, 0
	for _, l := range strict {
		total += len(l.text)
		a = max(a, len(l.text))
	}
	for _, l := range wide {
		b = max(b, len(l.text))
	}
	return a > 800 && a*5 > total*3 && b*2 < a
}

// wordsOf is a line's words as numbers.
type wordsOf []uint32

type dictionary map[string]uint32

func (d dictionary) triples(lines []line) []wordsOf {
	out := make([]wordsOf, len(lines))
	for i, l := range lines {
		for w := range wordsIn(l.text) {
			w = strings.ToLower(w)
			id, ok := d[w]
			if !ok {
				id = uint32(len(d)) // a page holds far fewer words than 2^32
				d[w] = id
			}
			out[i] = append(out[i], id)
		}
	}
	return out
}

func wordCount(lines []wordsOf) int {
	n := 0
	for _, l := range lines {
		n += len(l)
	}
	return n
}

// tripleSet holds the runs of three words of a text, and of one and two once such a
// line is looked for.
type tripleSet struct {
	lines []wordsOf
	runs  map[uint64]struct{}
	short map[uint64]struct{}
}

// noWord stands for no word in a run, and for all words whose numbers are higher: three
// numbers fit into one.
const noWord = 1<<21 - 1

// run numbers a run of words.
func run(a, b, c uint32) uint64 {
	return uint64(min(a, noWord))<<42 | uint64(min(b, noWord))<<21 | uint64(min(c, noWord))
}

func newTripleSet(lines []wordsOf) *tripleSet {
	set := &tripleSet{lines: lines, runs: make(map[uint64]struct{}, wordCount(lines))}
	for _, l := range lines {
		for ; len(l) > 2; l = l[1:] {
			set.runs[run(l[0], l[1], l[2])] = struct{}{}
		}
	}
	return set
}

// holds tells whether the text has most of a line.
func (t *tripleSet) holds(l wordsOf) bool {
	if len(l) < 3 {
		return t.holdsShort(l)
	}
	hit, of := 0, len(l)-2
	for ; len(l) > 2; l = l[1:] {
		if _, ok := t.runs[run(l[0], l[1], l[2])]; ok {
			hit++
		}
	}
	return float64(hit) >= sameLine*float64(of)
}

// holdsShort tells whether the text has a line of a word or two.
func (t *tripleSet) holdsShort(l wordsOf) bool {
	if t.short == nil {
		t.short = make(map[uint64]struct{}, 2*wordCount(t.lines))
		for _, o := range t.lines {
			for i, w := range o {
				t.short[run(w, noWord, noWord)] = struct{}{}
				if i > 0 {
					t.short[run(o[i-1], w, noWord)] = struct{}{}
				}
			}
		}
	}
	ok := false
	switch len(l) {
	case 1:
		_, ok = t.short[run(l[0], noWord, noWord)]
	case 2:
		_, ok = t.short[run(l[0], l[1], noWord)]
	}
	return ok
}

// trimEnds drops lines before the first and after the last that the other
// reading has too, unless they are mostly prose.
func trimEnds(s []line, st []wordsOf, other *tripleSet) ([]line, []wordsOf) {
	from, to, shared, total := -1, 0, 0, 0
	for i, l := range s {
		total += len(l.text)
		if other.holds(st[i]) {
			shared += len(l.text)
			if from < 0 {
				from = i
			}
			to = i + 1
		}
	}
	if from < 0 || float64(shared) < sameText*float64(total) {
		return s, st
	}
	if mostlyProse(s[:from]) {
		from = 0
	}
	if mostlyProse(s[to:]) {
		to = len(s)
	}
	s, st = s[from:to], st[from:to]
	if len(s) > 0 && !s[0].first {
		s = append([]line{{s[0].text, true}}, s[1:]...)
	}
	return s, st
}

func mostlyProse(lines []line) bool {
	all, good := 0, 0
	for _, l := range lines {
		all += len(l.text)
		if isProse(l.text) {
			good += len(l.text)
		}
	}
	return all > 0 && float64(good) >= proseEnds*float64(all)
}

// maxGap bounds how far ahead a line's partner is looked for.
const maxGap = 40

// fillGaps inserts into s the runs of lines that w has between two lines of s,
// where a run holds prose or follows a line that announces it with a colon.
func fillGaps(s []line, st []wordsOf, w []line, wt []wordsOf) []line {
	base := newTripleSet(st)
	sets := make([]map[uint32]bool, len(st))
	for i, l := range st {
		sets[i] = make(map[uint32]bool, len(l))
		for _, id := range l {
			sets[i][id] = true
		}
	}
	insert := map[int][]line{}
	next, last := 0, -1 // next line of s to look at; last one found
	var gap []line
	for i, l := range w {
		if !base.holds(wt[i]) {
			gap = append(gap, l)
			continue
		}
		at := -1
		for j := next; j < min(next+maxGap, len(s)); j++ {
			if (len(wt[i]) > 2 || len(st[j]) <= 4) && within(wt[i], sets[j]) {
				at = j
				break
			}
		}
		if at < 0 {
			if len(wt[i]) <= 2 { // a word or two occur anywhere
				gap = append(gap, l)
			}
			continue
		}
		if last >= 0 && worth(gap, s[last].text) {
			insert[last] = append(insert[last], gap...)
		}
		gap, last, next = nil, at, at+1
	}
	out := make([]line, 0, len(s)+len(w)/4)
	for i, l := range s {
		out = append(out, l)
		if add := insert[i]; len(add) > 0 {
			add[0].first = true
			out = append(out, add...)
			if i+1 < len(s) {
				s[i+1].first = true
			}
		}
	}
	return out
}

// within tells whether most words of l are in the set.
func within(l wordsOf, set map[uint32]bool) bool {
	hit := 0
	for _, id := range l {
		if set[id] {
			hit++
		}
	}
	return len(l) > 0 && float64(hit) >= sameLine*float64(len(l))
}

func worth(gap []line, before string) bool {
	if len(gap) == 0 {
		return false
	}
	if strings.HasSuffix(before, ":") {
		return true
	}
	for _, l := range gap {
		if isProse(l.text) {
			return true
		}
	}
	return false
}
