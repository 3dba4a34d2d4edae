package summarize

import (
	"cmp"
	"math"
	"slices"
	"unicode/utf8"
)

// aside is what the worth of a sentence that names nothing of the event is
// multiplied by: without its context it is trivia.
const aside = 0.6

// theme is what every report of an event speaks of.
type theme struct {
	keys  []bool // whether each stem is of it
	size  int    // how many are
	vocab *vocabulary
}

// has tells whether a small-letter word is of the theme.
func (t theme) has(w string) bool { return t.size > 0 && t.holds(t.vocab.find(w)) }

func (t theme) holds(key int) bool { return key >= 0 && key < len(t.keys) && t.keys[key] }

// themeOf returns the words that most articles have in their title or their
// first sentences.
func themeOf(docs []*Reading, own []bool) theme {
	t := theme{keys: make([]bool, docs[0].vocab.size()), vocab: docs[0].vocab}
	held, n := make([]int32, len(t.keys)), 0 // articles, by stem
	for i, d := range docs {
		if !own[i] {
			continue
		}
		n++
		for _, k := range d.top {
			held[k]++
		}
	}
	for k, c := range held {
		if c >= 2 && int(c)*10 >= n*6 {
			t.keys[k] = true
			t.size++
		}
	}
	return t
}

// besides returns the stems that are none of the theme; all of them where hardly
// any other is left.
func besides(keys []int, theme theme) []int {
	_, out := appendBesides(make([]int, 0, len(keys)), keys, theme)
	return out
}

// appendBesides is besides in the memory behind the stems of others, which it returns
// with them.
func appendBesides(others, keys []int, theme theme) (all, out []int) {
	all = others
	for _, k := range keys {
		if !theme.holds(k) {
			all = append(all, k)
		}
	}
	if out = all[len(others):]; len(out) < 3 {
		return others, keys
	}
	return all, slices.Clip(out)
}

// current leaves out the candidates whose numbers newer articles have
// overtaken. The newer fact takes the worth of the one it replaces; what such a
// sentence says beside the number stays, where it can be said without. What it
// returns stands in the memory of those that it was given.
func (s *Summarizer) current(docs []*Reading, cs []candidate, h *history, weights []float64) []candidate {
	var at []int // candidate of each fact of the history
	for i, c := range cs {
		if len(c.figs) > 0 {
			h.add(c.doc, c.figs)
			at = append(at, i)
		}
	}
	worth := func(c candidate) float64 { return worthOf(c.keys, weights, damp) + 0.2*c.score }
	stale := make([]bool, len(cs))
	type spot struct{ doc, sent int }
	owed := make(map[spot]float64)
	var extra []candidate
	for i, c := range cs {
		by := h.overtaken(c.doc, c.figs)
		if len(by) == 0 {
			continue
		}
		stale[i] = true
		for _, f := range by {
			n := cs[at[f]]
			p := spot{n.doc, n.sent}
			owed[p] = max(owed[p], worth(c)-worth(n))
		}
		extra = append(extra, s.rest(docs[c.doc], c, h)...)
	}
	out := cs[:0]
	for i, c := range cs {
		if stale[i] {
			continue
		}
		if len(c.figs) > 0 {
			c.owed = owed[spot{c.doc, c.sent}]
		}
		out = append(out, c)
	}
	clear(cs[len(out):])
	return append(out, extra...)
}

// rest returns what a candidate with an overtaken number says beside it.
func (s *Summarizer) rest(d *Reading, c candidate, h *history) []candidate {
	found, known := d.rests[c.id]
	if !known {
		for _, t := range append(halves(c.text), shortenings(c.text, true)...) {
			if s.o.MaxFactRunes > 0 && utf8.RuneCountInString(t) > s.o.MaxFactRunes || !stands(t, d.lang, d.spaced, false) {
				continue
			}
			found = append(found, wording{t, d.vocab.keysOf(t), d.figures(t)})
		}
		d.rests[c.id] = found
	}
	var out []candidate
	for _, r := range found {
		if len(h.overtaken(c.doc, r.figs)) > 0 {
			continue
		}
		n := c
		n.text, n.words, n.keys, n.figs = r.text, countWords(r.text), r.keys, r.figs
		out = append(out, n)
	}
	return out
}

// damp is what the support of n stems is divided by: less than n, so that a
// full sentence beats a scrap, but more for an overlong one.
func damp(n int) float64 {
	if n < len(dampings) {
		return dampings[n]
	}
	return damping(n)
}

func damping(n int) float64 {
	const full = 20 // stems of a full sentence
	return math.Pow(float64(n)+6, 0.8) * (1 + float64(max(0, n-full))/15)
}

// dampings are those of sentences of usual length.
var dampings = func() (t [64]float64) {
	for n := range t {
		t[n] = damping(n)
	}
	return t
}()

// What covering weighs beside the support of stems. The unit is that of
// packing, a word that a summary is likely to have: coverWorth turns support, by
// the number of articles, into it. Set on a coarse grid, where steps move the
// recall of the five questions over seven events by less than half a point.
const (
	coverWorth      = 1.5
	coverScore      = 0.04 // of a word, by the score of its sentence
	coverDay        = 1.5  // of telling a day or a month, once
	coverPlace      = 1.0  // of telling where, once
	coverFact       = 0.8  // cost of each fact
	coverLean       = 1.0  // of one that leans on what was said before
	coverQuote      = 1.0  // of one that opens with a quotation
	coverLoss       = 0.3  // of one cut at the price of a circumstance
	coverCandidates = 150
)

// cover chooses, where words alone bound a summary, candidates that together tell most of what the articles agree
// on, each stem, the day and the place counting once.
func (s *Summarizer) cover(docs []*Reading, cs []candidate, weights []float64, theme theme, own int) []candidate {
	unit := coverWorth / float64(own)
	loads := make([]load, 0, len(cs))
	for _, c := range cs {
		if c.words == 0 {
			continue
		}
		l := load{candidate: c, tells: c.keys}
		for _, k := range c.keys {
			if k < len(weights) {
				l.sum += unit * weights[k]
			}
		}
		l.sum += coverDay*b2f(c.day) + coverPlace*b2f(c.place)
		l.own = coverScore*float64(c.words)*docs[c.doc].ranks[c.sent] - coverFact + unit*damp(len(c.keys))*c.owed - coverLean*c.form[2] - coverQuote*c.form[3] - coverLoss*c.form[4]
		if theme.size > 0 && !slices.ContainsFunc(c.keys, theme.holds) {
			l.own -= (1 - aside) * l.sum
		}
		l.score += c.owed
		loads = append(loads, l)
	}
	slices.SortStableFunc(loads, func(a, b load) int {
		return cmp.Compare((b.sum+b.own)*float64(a.words), (a.sum+a.own)*float64(b.words))
	})
	loads = loads[:min(len(loads), coverCandidates)]
	worth := []float64{coverDay, coverPlace}
	ids := make(map[int]int) // place in worth of each stem
	for i := range loads {
		l := &loads[i]
		l.beside = besides(l.keys, theme)
		tells := make([]int, 0, len(l.keys)+2)
		if l.day {
			tells = append(tells, 0)
		}
		if l.place {
			tells = append(tells, 1)
		}
		for _, k := range l.keys {
			if k >= len(weights) {
				continue
			}
			id, ok := ids[k]
			if !ok {
				id = len(worth)
				ids[k], worth = id, append(worth, unit*weights[k])
			}
			tells = append(tells, id)
		}
		l.tells = tells
	}
	return s.pack(loads, worth, func(a, b *load) bool {
		return repeats(a.candidate, b.candidate, wholeOverlap) || overlap(a.beside, b.beside) > eventOverlap
	})
}

// line takes, where a number of facts bounds a summary, candidates one by one:
// each time the one that adds most support not yet told for its length.
func (s *Summarizer) line(cs []candidate, weights []float64, theme theme, w *weigher) []candidate {
	own := make([][]int, len(cs))            // stems beside the theme
	beside := w.met[:0]                      // of all
	apart := make([]bool, len(cs))           // names nothing of the theme
	told := make([]bool, theme.vocab.size()) // stems
	repeat := make([]bool, len(cs))          // of what was taken
	for i := range cs {
		c := &cs[i]
		beside, own[i] = appendBesides(beside, c.keys, theme)
		apart[i] = theme.size > 0 && !slices.ContainsFunc(c.keys, theme.holds)
	}
	w.met = beside
	var out []candidate
	left := s.o.Words
	for s.o.MaxFacts == 0 || len(out) < s.o.MaxFacts {
		best, top := -1, 0.0
		for i := range cs {
			c := &cs[i]
			if repeat[i] || s.o.Words > 0 && c.words > left || c.words == 0 {
				continue
			}
			gain := 0.0
			for _, k := range c.keys {
				if !told[k] && k < len(weights) {
					gain += weights[k]
				}
			}
			gain = gain/damp(len(c.keys)) + 0.2*c.score + c.owed
			if apart[i] {
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
		for i := range cs {
			o := &cs[i]
			repeat[i] = repeat[i] || o.doc == c.doc && o.sent == c.sent || overlap(c.keys, o.keys) > alertWhole || overlap(own[best], own[i]) > alertOverlap || saysAgain(o.keys, o.figs, c.keys, c.figs, theme)
		}
		c.score = top
		left -= c.words
		out = append(out, c)
	}
	return out
}
