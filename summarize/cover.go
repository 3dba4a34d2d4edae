package summarize

import (
	"math"
	"slices"
	"unicode/utf8"
)

// aside is what the worth of a sentence that names nothing of the event is
// multiplied by: without its context it is trivia.
const aside = 0.6

// theme is what every report of an event speaks of.
type theme struct {
	keys  map[int]bool    // stems
	words map[string]bool // small-letter words
}

// themeOf returns the words that most articles have in their title or their
// first sentences.
func themeOf(docs []*document, own []bool) theme {
	t := theme{keys: make(map[int]bool), words: make(map[string]bool)}
	held, n := make(map[int]int), 0
	for i, d := range docs {
		if !own[i] {
			continue
		}
		n++
		top := make(map[int]bool, 40)
		for k := range d.title {
			top[k] = true
		}
		for _, s := range d.sents[:min(2, len(d.sents))] {
			for _, k := range s.keys {
				top[k] = true
			}
		}
		for k := range top {
			held[k]++
		}
	}
	for k, c := range held {
		if c >= 2 && c*10 >= n*6 {
			t.keys[k] = true
		}
	}
	for w, k := range docs[0].vocab.known {
		if t.keys[k] {
			t.words[w] = true
		}
	}
	return t
}

// besides returns the stems that are none of the theme; all of them where hardly
// any other is left.
func besides(keys []int, theme map[int]bool) []int {
	out := make([]int, 0, len(keys))
	for _, k := range keys {
		if !theme[k] {
			out = append(out, k)
		}
	}
	if len(out) < 3 {
		return keys
	}
	return out
}

// current leaves out the candidates whose numbers newer articles have
// overtaken. The newer fact takes the worth of the one it replaces; what such a
// sentence says beside the number stays, where it can be said without.
func (s *Summarizer) current(docs []*document, cs []candidate, h *history, weights []float64) []candidate {
	var at []int // candidate of each fact of the history
	figs := make([][]figure, len(cs))
	for i, c := range cs {
		if figs[i] = docs[c.doc].figures(c.text); len(figs[i]) > 0 {
			h.add(c.doc, figs[i])
			at = append(at, i)
		}
	}
	worth := func(c candidate) float64 {
		sum := 0.0
		for _, k := range c.keys {
			if k < len(weights) {
				sum += weights[k]
			}
		}
		return sum/damp(len(c.keys)) + 0.2*c.score
	}
	stale := make([]bool, len(cs))
	type place struct{ doc, sent int }
	owed := make(map[place]float64)
	var extra []candidate
	for i, c := range cs {
		by := h.overtaken(c.doc, figs[i])
		if len(by) == 0 {
			continue
		}
		stale[i] = true
		for _, f := range by {
			n := cs[at[f]]
			p := place{n.doc, n.sent}
			owed[p] = max(owed[p], worth(c)-worth(n))
		}
		extra = append(extra, s.rest(docs[c.doc], c, h)...)
	}
	out := make([]candidate, 0, len(cs))
	for i, c := range cs {
		if stale[i] {
			continue
		}
		if len(figs[i]) > 0 {
			c.owed = owed[place{c.doc, c.sent}]
		}
		out = append(out, c)
	}
	return append(out, extra...)
}

// rest returns what a candidate with an overtaken number says beside it.
func (s *Summarizer) rest(d *document, c candidate, h *history) []candidate {
	var out []candidate
	for _, t := range append(halves(c.text), shortenings(c.text, true)...) {
		if s.o.MaxFactRunes > 0 && utf8.RuneCountInString(t) > s.o.MaxFactRunes || !stands(t, d.lang, d.spaced, false) || len(h.overtaken(c.doc, d.figures(t))) > 0 {
			continue
		}
		n := c
		n.text, n.words, n.keys = t, countWords(t), d.vocab.keysOf(t)
		out = append(out, n)
	}
	return out
}

// damp is what the support of n stems is divided by: less than n, so that a
// full sentence beats a scrap, but more for an overlong one.
func damp(n int) float64 {
	const full = 20 // stems of a full sentence
	return math.Pow(float64(n)+6, 0.8) * (1 + float64(max(0, n-full))/15)
}

// cover takes candidates greedily: each time the one that adds most support
// not yet told for its length, while it fits.
func (s *Summarizer) cover(cs []candidate, weights []float64, theme map[int]bool) []candidate {
	own := make([][]int, len(cs)) // stems beside the theme
	for i, c := range cs {
		own[i] = besides(c.keys, theme)
	}
	var taken [][]int
	told := make(map[int]bool)
	var out []candidate
	left := s.o.Words
	for s.o.MaxFacts == 0 || len(out) < s.o.MaxFacts {
		best, top := -1, 0.0
		for i, c := range cs {
			if s.o.Words > 0 && c.words > left || c.words == 0 {
				continue
			}
			if slices.ContainsFunc(out, func(o candidate) bool {
				return o.doc == c.doc && o.sent == c.sent || overlap(o.keys, c.keys) > wholeOverlap
			}) ||
				slices.ContainsFunc(taken, func(o []int) bool { return overlap(o, own[i]) > eventOverlap }) {
				continue
			}
			gain := 0.0
			for _, k := range c.keys {
				if !told[k] && k < len(weights) {
					gain += weights[k]
				}
			}
			gain = gain/damp(len(c.keys)) + 0.2*c.score + c.owed
			if len(theme) > 0 && !slices.ContainsFunc(c.keys, func(k int) bool { return theme[k] }) {
				gain *= aside
			}
			if gain > top {
				best, top = i, gain
			}
		}
		if best < 0 {
			return out
		}
		c := cs[best]
		for _, k := range c.keys {
			told[k] = true
		}
		c.score = top
		left -= c.words
		taken = append(taken, own[best])
		out = append(out, c)
	}
	return out
}
