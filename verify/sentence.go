package verify

import (
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
		if i > 0 && (t.start-ts[i-1].end > 1 && strings.Count(s[ts[i-1].end:t.start], "\n") > 1 || t.start-ts[starts[len(starts)-1]].start > longest) {
			begins = true
		}
		if begins && (t.kind != mark || !strings.Contains(closers, t.low)) || i == 0 {
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
	rest := strings.TrimLeft(s[t.end:min(len(s), int(t.end)+12)], closers)
	next, _ := utf8.DecodeRuneInString(strings.TrimLeft(rest, " \t\r\n\u00a0"))
	switch t.low {
	case "。", "！", "？", "।", "؟":
		return true
	case ".":
		if i > 0 && ts[i-1].end == t.start {
			p := ts[i-1]
			if p.cap && p.end-p.start == 1 || lex.abbreviations.Has(p.low) {
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

// Locate returns the sentence that a fact most likely rests on: the one that
// shares most of its words, rare ones first. It returns false where none shares
// any.
func (c *Checker) Locate(fact string) (news.Span, bool) {
	c.ready()
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
	return news.Span{Start: int(ts[0].start), End: int(ts[len(ts)-1].end)}, true
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
