package summarize

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// candidate is a wording of a sentence that may become a fact.
type candidate struct {
	doc   int // index of its document
	sent  int // index of its sentence
	text  string
	score float64
	keys  []int // stems of the wording, each once
	words int
	form  [numForms]float64
	owed  float64  // what a fact that newer numbers replace was worth more
	id    int      // its place among the wordings of its document
	figs  []figure // the numbers it states, where it is weighed against other articles
	day   bool     // it names a day or a month, noted where figs is
	place bool     // it says where, noted where figs is
}

// longFact is the number of words from which a fact is too long to be read at
// a glance.
const longFact = 36

// numForms is the number of features of a wording.
const numForms = 5

// maxOverlap is the largest share of a fact's stems that another fact of the
// same summary may repeat.
const maxOverlap = 0.3

// wordings returns the wordings of a document's sentences that stand alone, in
// the order of the text, the fullest of each first, and without a score. Those
// of the best by rank are told in more ways, so that they fill what room is left.
func (s *Summarizer) wordings(d *document, ranks []float64, relaxed bool, w *weigher) []candidate {
	out := w.wordings[:0]
	bar := nth(ranks, manyWays)
	essay := d.essay()
	for i := range d.sents {
		x := &d.sents[i]
		if len(x.Text) > maxSentence {
			continue
		}
		said := x.Text
		if x.quoted {
			if said = d.part(i); said == "" {
				continue
			}
		}
		if !relaxed && !essay && d.lang == "en" && (x.mine || x.quoted && tellsOfMyself(said)) {
			continue
		}
		text := clean(said, i < 4)
		if !x.quoted {
			x.clean = text
		}
		if text == "" || shouting(text) && d.lang != "" {
			continue
		}
		if !relaxed && d.caption(i) {
			continue
		}
		if atEnd := i == 0 || i == len(d.sents)-1; !endsWhole(x.Text) && (!relaxed || atEnd && len(d.sents) > 2) {
			continue // a heading, a caption, a list line, or where the text was cut off
		}
		text, ok := d.resolve(i, text)
		if !ok && !relaxed {
			continue
		}
		forms, whole := s.forms(d, text, ranks[i] >= bar)
		for j, t := range forms {
			if t == "" {
				continue
			}
			if s.o.MaxFactRunes > 0 && utf8.RuneCountInString(t) > s.o.MaxFactRunes || !stands(t, d.lang, d.spaced, relaxed) {
				continue
			}
			x.plain = x.plain || t == x.Text
			c := candidate{sent: i, text: t, words: countWords(t), keys: d.vocab.keysOf(t), id: len(out)}
			c.form = [numForms]float64{b2f(j > 0), float64(max(0, min(c.words, 60)-longFact)) / 10, b2f(leans(t, d.lang)), b2f(t[0] == '"' || strings.HasPrefix(t, "“")), b2f(j >= whole)}
			out = append(out, c)
		}
	}
	w.used(out)
	return slices.Clone(out)
}

// ranked returns the wordings with the scores of their sentences, the best
// first, in the memory of a weigher.
func (w *weigher) ranked(ws []candidate, scores []float64) []candidate {
	out := appendRanked(w.wordings[:0], ws, scores, 0)
	w.used(out)
	return out
}

// appendRanked adds the wordings of a document to others, as ranked returns them.
func appendRanked(out, ws []candidate, scores []float64, which int) []candidate {
	for _, at := range rankedOrder(ws, scores) {
		c := ws[at.index]
		c.doc, c.score = which, at.score
		out = append(out, c)
	}
	return out
}

// rankedOrder returns where the wordings stand, the best first.
func rankedOrder(ws []candidate, scores []float64) []rankedAt {
	order := make([]rankedAt, len(ws))
	for i := range ws {
		order[i] = rankedAt{ws[i].scoreBy(scores), i}
	}
	slices.SortStableFunc(order, func(a, b rankedAt) int { return cmp.Compare(b.score, a.score) })
	return order
}

// rankedAt is the score of a wording and where it stands: wordings are large, and
// sorted by their places.
type rankedAt struct {
	score float64
	index int
}

// scoreBy is the worth of a wording, by the scores of the sentences.
func (c *candidate) scoreBy(scores []float64) float64 {
	score := scores[c.sent]
	for k, w := range formWeights {
		score += w * c.form[k]
	}
	return score
}

func byScore(a, b candidate) int { return cmp.Compare(b.score, a.score) }

// Where words alone bound a summary, the shortest wordings of a fact have at
// most longestCut characters and lose at least leastCut. Only the manyWays best
// sentences are told so: others are hardly ever chosen.
const (
	longestCut = 200
	leastCut   = 10
	manyWays   = 12
)

// cuts are lengths to which wordings are cut beside.
var cuts = [...]int{150, 110}

// nth returns the n-th largest number, the smallest where there are fewer.
func nth(all []float64, n int) float64 {
	if len(all) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(all))
	return sorted[max(0, len(sorted)-n)]
}

// forms returns the wordings of a fact, the fullest first, and how many of
// them lose no number or circumstance of weight. Such wordings follow where no
// other is short enough, and where words alone bound the summary: there they fill
// what the facts before have left.
func (s *Summarizer) forms(d *document, text string, best bool) (out []string, whole int) {
	if d.lang != "en" {
		return []string{text}, 1
	}
	out = append([]string{text}, shortened(text)...)
	whole = len(out)
	fits := func(t string) bool { return utf8.RuneCountInString(t) <= s.o.MaxFactRunes }
	if s.o.MaxFactRunes <= 0 && s.o.Words > 0 && best {
		length := utf8.RuneCountInString(text)
		more := append(shortenings(text, true), fitted(text, min(longestCut, length-leastCut))...)
		for _, limit := range cuts {
			if limit < length {
				more = append(more, fitted(text, limit)...)
			}
		}
		for _, t := range more {
			if !slices.Contains(out, t) {
				out = append(out, t)
			}
		}
	}
	if s.o.MaxFactRunes > 0 && !slices.ContainsFunc(out, fits) {
		out = append(out, shortenings(text, true)...)
		news := carried(text)
		if !slices.ContainsFunc(out, fits) {
			out = append(out, fitted(text, s.o.MaxFactRunes)...)
			out = append(out, fitted(news, s.o.MaxFactRunes)...)
		}
		if !slices.ContainsFunc(out, func(t string) bool { return fits(t) && stands(t, d.lang, d.spaced, false) }) {
			out = append(out, briefed(text, s.o.MaxFactRunes), briefed(news, s.o.MaxFactRunes))
		}
	}
	return out, whole
}

// endsWhole tells a text that ends as a sentence does.
func endsWhole(s string) bool {
	for len(s) > 0 {
		r, n := utf8.DecodeLastRuneInString(s)
		switch r {
		case '"', '\'', '”', '’', '»', ')', ']', '」', '』', ' ':
			s = s[:len(s)-n]
			continue
		case '.', '!', '?', '؟', ';':
			return true
		}
		return fullStops[r] || unspaced(r)
	}
	return false
}

// keysOf returns the stems of a text, each once.
func (v *vocabulary) keysOf(t string) []int {
	out := v.keys[:0]
	v.each(t, func(w word) {
		if w.key >= 0 {
			out = append(out, int(w.key))
		}
	})
	v.keys = out
	slices.Sort(out)
	return slices.Clone(slices.Compact(out))
}

// overlap is the larger share of one's stems that the other holds. Both are
// sorted.
func overlap(a, b []int) float64 {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	return float64(inBoth(a, b)) / float64(min(len(a), len(b)))
}

// inBoth counts what two sorted lists share.
func inBoth[T cmp.Ordered](a, b []T) int {
	n, i, j := 0, 0, 0
	for i < len(a) && j < len(b) {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			n, i, j = n+1, i+1, j+1
		}
	}
	return n
}

// choose takes candidates while they fit the bounds and repeat nothing: those
// that together tell most where the bounds leave a choice and it is known of the
// language what counts; best first otherwise.
func (s *Summarizer) choose(cs []candidate, d *document, w *weigher) []candidate {
	switch {
	case s.o.Words > 0:
		return s.packed(cs, d, w)
	case s.o.MaxFacts > 0 && d.lang == "en":
		return s.listed(cs, d, w)
	}
	var out []candidate
	for _, c := range cs {
		if s.o.MaxFacts > 0 && len(out) >= s.o.MaxFacts {
			break
		}
		if !slices.ContainsFunc(out, func(o candidate) bool { return repeats(o, c, maxOverlap) }) {
			out = append(out, c)
		}
	}
	return out
}

// listed takes, where a number of facts bounds a summary, each time the
// candidate that adds most of what a person's summary is likely to tell. One
// that hardly adds anything is no fact, although there be room for it.
func (s *Summarizer) listed(cs []candidate, d *document, w *weigher) []candidate {
	loads, worth := w.load(cs, d)
	told := make([]bool, len(worth))
	var out []candidate
	for len(out) < s.o.MaxFacts {
		best, top := -1, 0.0
		for i := range loads {
			l := &loads[i]
			gain := l.own - wordCost*float64(l.words) - alertLean*l.form[2]
			for _, k := range l.tells {
				if !told[k] {
					gain += worth[k]
				}
			}
			if (gain > top || len(out) == 0 && best < 0) && !slices.ContainsFunc(out, func(o candidate) bool { return repeats(o, l.candidate, maxOverlap) }) {
				best, top = i, gain
			}
		}
		if best < 0 {
			break
		}
		for _, k := range loads[best].tells {
			told[k] = true
		}
		out = append(out, loads[best].candidate)
	}
	slices.SortStableFunc(out, byScore)
	return out
}
