package verify

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsdesk/news"
)

const (
	// longest bounds a sentence, in bytes: what has no full stop for longer is
	// parted at a word.
	longest = 4000
	// longestSpan bounds what a fact may cite, in bytes.
	longestSpan = 4 * longest
	// antecedents is how many sentences before the cited one may hold the name
	// of a pronoun.
	antecedents = 2
)

// sentences marks the first word of each sentence and quotation, and returns
// the index of the first token of each sentence.
func sentences(s string, ts []token, lex *lexicon) []int {
	var starts []int
	begins, opened := true, false
	for i := range ts {
		t := &ts[i]
		if i > 0 && (strings.Count(s[ts[i-1].end:t.start], "\n") > 1 || t.start-ts[starts[len(starts)-1]].start > longest) {
			begins = true
		}
		if begins && !strings.Contains(closers, t.low) || i == 0 {
			starts = append(starts, i)
			begins, opened = false, true
		}
		if t.kind != mark {
			t.head = opened
			opened = false
			continue
		}
		switch {
		case strings.Contains(openers, t.low) || t.low == ":":
			opened = true
		case strings.Contains(stops, t.low) && stopsAt(s, ts, i, lex):
			begins = true
		}
	}
	return starts
}

const (
	stops   = ".!?…。！？؟।"
	closers = "\"'”’»)]｣」』"
	openers = "\"“„«‘「『(•"
)

// stopsAt tells whether a stop ends its sentence.
func stopsAt(s string, ts []token, i int, lex *lexicon) bool {
	t := ts[i]
	rest := strings.TrimLeft(s[t.end:min(len(s), t.end+12)], closers)
	next, _ := utf8.DecodeRuneInString(strings.TrimLeft(rest, " \t\r\n\u00a0"))
	switch t.low {
	case "。", "！", "？", "।", "؟":
		return true
	case ".":
		if i > 0 && ts[i-1].end == t.start {
			p := ts[i-1]
			if p.cap && p.end-p.start == 1 || lex.abbreviations[p.low] {
				return false
			}
		}
	}
	if rest == "" {
		return true
	}
	first, _ := utf8.DecodeRuneInString(rest)
	return unicode.IsSpace(first) && !unicode.IsLower(next)
}

// window is the cited sentence with its neighbours.
type window struct {
	from, cited, after, to int // token indexes: before the cited sentence, it, behind it, end
	before                 int // index at which the one sentence before begins
	tokens                 []token
	text                   string // all of it
	quote                  string // the same as quotations are compared
	quoted                 bool   // whether there are quotation marks in it
	plain                  string // the cited sentence, spaces folded
	words                  map[string]place
	roots                  map[string]place
	initials               map[string]bool
	units                  map[string]place // content words, by stem
	nums                   map[string]figure
	nameSlots, numSlots    *slots
	between                map[[2]string]bool // words of the cited sentence with one between them
	days, months           dates
	claims                 claims
	reading                reading // the cited sentence without marks and brackets
	frames                 frames
	pronouns               *slots // pronouns of the cited sentence
	around                 *slots // names of the neighbours
}

// place says where in a window something stands.
type place uint8

const (
	inCited place = 1 << iota
	near          // in the sentence just before or behind
	far           // in the one before that
)

// window returns what the span cites, nil where it is no place in the article.
// It is not read yet: facts that are the sentence itself need no more.
func (c *Checker) window(span news.Span) *window {
	if w, ok := c.windows[span]; ok {
		return w
	}
	if span.Start < 0 || span.End > len(c.text) || span.Start >= span.End || span.End-span.Start > longestSpan ||
		!utf8.RuneStart(c.text[span.Start]) || span.End < len(c.text) && !utf8.RuneStart(c.text[span.End]) {
		return nil
	}
	atToken := func(offset int) int {
		i, _ := slices.BinarySearchFunc(c.tokens, offset, func(t token, o int) int { return t.start - o })
		return i
	}
	w := &window{cited: atToken(span.Start), after: atToken(span.End)}
	if w.cited > 0 && c.tokens[w.cited-1].end > span.Start {
		w.cited-- // the span begins inside a word
	}
	if w.cited >= w.after || !slices.ContainsFunc(c.tokens[w.cited:w.after], token.textual) {
		return nil
	}
	first, _ := slices.BinarySearch(c.starts, w.cited+1)
	first-- // the sentence that holds the first token
	last, _ := slices.BinarySearch(c.starts, w.after)
	w.from = c.starts[max(0, first-antecedents)]
	w.before = c.starts[max(0, first-1)]
	w.to = len(c.tokens)
	if last+1 < len(c.starts) {
		w.to = c.starts[last+1]
	}
	w.plain = folded(c.text[c.tokens[w.cited].start:c.tokens[w.after-1].end])
	c.windows[span] = w
	return w
}

// read notes all that stands in a window, once.
func (c *Checker) read(w *window) {
	if w.tokens != nil {
		return
	}
	w.tokens = c.tokens[w.from:w.to]
	w.cited, w.after, w.before, w.from, w.to = w.cited-w.from, w.after-w.from, w.before-w.from, 0, w.to-w.from
	w.text = c.text[w.tokens[0].start:w.tokens[len(w.tokens)-1].end]
	w.quote, w.quoted = quotable(w.text), strings.ContainsAny(w.text, quoteMarks)
	w.words, w.roots, w.units = map[string]place{}, map[string]place{}, map[string]place{}
	for i, t := range w.tokens {
		if !t.textual() {
			continue
		}
		at := w.at(i)
		w.words[t.low] |= at
		if t.cap {
			w.roots[root(t.low)] |= at
		}
		c.each(t, func(unit string) { w.units[unit] |= at })
	}
	w.initials = initials(w.tokens)
	ns := numbers(c.text, w.tokens, c.lex)
	w.nums = map[string]figure{}
	for _, n := range ns {
		w.note(n, w.at(n.lo))
	}
	w.days, w.months = datesIn(w, c.lex)
	cited := w.tokens[w.cited:w.after]
	bare := outside(cited)
	w.nameSlots, w.numSlots = newSlots(), newSlots()
	w.between = map[[2]string]bool{}
	for _, ts := range [...][]token{cited, bare} {
		addNames(w.nameSlots, ts)
		addNumbers(w.numSlots, ts, numbers(c.text, ts, c.lex))
		addWords(w.between, ts)
		if len(bare) == len(cited) {
			break
		}
	}
	if 2*len(bare) < len(cited) {
		bare = cited // all of it stands in brackets
	}
	w.pronouns, w.around = newSlots(), newSlots()
	addNames(w.around, w.tokens)
	for i, t := range cited {
		if pronouns[t.low] {
			w.pronouns.add(cited, i, i+1, t.low)
		}
	}
	w.claims = c.claims(bare)
	w.reading = textOnly(bare)
	w.frames = framed(w.reading)
}

// at says where in the window token i stands.
func (w *window) at(i int) place {
	switch {
	case i >= w.cited && i < w.after:
		return inCited
	case i >= w.before:
		return near
	}
	return far
}

// holds says whether the fact is the cited sentence as it stands, or ends it
// and begins where a sentence may.
func (w *window) holds(fact string) bool {
	return folded(fact) == w.plain
}

func folded(s string) string { return strings.Join(strings.Fields(s), " ") }

// Locate returns the sentence that a fact most likely rests on: the one that
// shares most of its words, rare ones first. It returns false where none shares
// any.
func (c *Checker) Locate(fact string) (news.Span, bool) {
	if c.places == nil {
		c.places = map[string][]int32{}
		for s := range c.starts {
			for _, t := range c.sentence(s) {
				c.each(t, func(unit string) {
					if at := c.places[unit]; len(at) < maxPlaces && (len(at) == 0 || at[len(at)-1] != int32(s)) {
						c.places[unit] = append(at, int32(s))
					}
				})
			}
		}
	}
	scores := map[int32]float64{}
	seen := map[string]bool{}
	for _, t := range tokenize(fact, c.lex) {
		c.each(t, func(unit string) {
			if at := c.places[unit]; !seen[unit] {
				seen[unit] = true
				for _, s := range at {
					scores[s] += 1 / float64(len(at)+1)
				}
			}
		})
	}
	best, most := int32(-1), 0.0
	for s, score := range scores {
		if score > most || score == most && s < best {
			best, most = s, score
		}
	}
	if best < 0 {
		return news.Span{}, false
	}
	ts := c.sentence(int(best))
	return news.Span{Start: ts[0].start, End: ts[len(ts)-1].end}, true
}

// maxPlaces bounds the sentences remembered of one word: a word that stands in
// more says little of where a fact rests.
const maxPlaces = 64

// sentence returns the tokens of a sentence.
func (c *Checker) sentence(i int) []token {
	end := len(c.tokens)
	if i+1 < len(c.starts) {
		end = c.starts[i+1]
	}
	return c.tokens[c.starts[i]:end]
}
