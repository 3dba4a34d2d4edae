package verify

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsdesk/news"
)

// window is the cited sentence with its neighbours. What stands in them is noted
// when it is asked for, once: most facts ask for little of it.
type window struct {
	in           *Checker
	tokens       []token
	before       int // index at which the one sentence before the cited one begins
	cited, after int // indexes: the cited sentence, and what stands behind it

	known              map[string]known // by word; nil until the window is read
	bare               []token          // the cited sentence without what stands in brackets
	claimed            claims           // how bare holds what it says
	framed             frames           // of bare
	rooted             map[string]place // names, by root
	stemmed            map[string]place // content words, by stem
	short              map[string]bool  // acronyms that names may have
	values             map[string]figure
	named, numbered    *slots             // names and numbers of the cited sentence
	pronouns, around   *slots             // pronouns of the cited sentence; names of the neighbours too
	between            map[[2]string]bool // words of the cited sentence with one between them
	weekdays, monthsIn dates
	quotes             string // the text as quotations are compared
}

// known is what is known of a word of a window.
type known struct {
	at place
	id int32 // its number, from 1
}

// place says where in a window something stands.
type place uint8

const (
	inCited place = 1 << iota
	near          // in the sentence just before or behind
	far           // in the one before that
)

// verbatim reports whether a fact is the sentence that it cites, where it can be seen
// without parting the article into words: between blanks, or at its ends.
func (c *Checker) verbatim(f news.Fact) bool {
	if !c.inside(f.Span) || f.Span.Start > 0 && !blank(c.text[f.Span.Start-1]) || f.Span.End < len(c.text) && !blank(c.text[f.Span.End]) {
		return false
	}
	cited := c.text[f.Span.Start:f.Span.End]
	first, _ := utf8.DecodeRuneInString(cited)
	last, _ := utf8.DecodeLastRuneInString(cited)
	return !unseen(first) && !unseen(last) && sameWords(cited, f.Text) &&
		strings.ContainsFunc(cited, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

func blank(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

// unseen tells characters that are no part of a token.
func unseen(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }

// inside says whether a span is a place in the article.
func (c *Checker) inside(s news.Span) bool {
	return s.Start >= 0 && s.End <= len(c.text) && s.Start < s.End && s.End-s.Start <= longestSpan &&
		utf8.RuneStart(c.text[s.Start]) && (s.End == len(c.text) || utf8.RuneStart(c.text[s.End]))
}

// window returns what the span cites, nil where it is no place in the article.
func (c *Checker) window(span news.Span) *window {
	if w, ok := c.windows[span]; ok {
		return w
	}
	if !c.inside(span) {
		return nil
	}
	atToken := func(offset int) int {
		i, _ := slices.BinarySearchFunc(c.tokens, offset, func(t token, o int) int { return int(t.start) - o })
		return i
	}
	cited, after := atToken(span.Start), atToken(span.End)
	if cited > 0 && int(c.tokens[cited-1].end) > span.Start {
		cited-- // the span begins inside a word
	}
	if cited >= after || !slices.ContainsFunc(c.tokens[cited:after], token.textual) {
		return nil
	}
	first, _ := slices.BinarySearch(c.starts, cited+1)
	first-- // the sentence that holds the first token
	last, _ := slices.BinarySearch(c.starts, after)
	from, to := c.starts[max(0, first-antecedents)], len(c.tokens)
	if last+1 < len(c.starts) {
		to = c.starts[last+1]
	}
	w := &window{in: c, tokens: c.tokens[from:to], cited: cited - from, after: after - from, before: c.starts[max(0, first-1)] - from}
	c.windows[span] = w
	return w
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

// holds says whether the fact is the cited sentence as it stands.
func (w *window) holds(fact string) bool {
	return sameWords(fact, w.in.text[w.tokens[w.cited].start:w.tokens[w.after-1].end])
}

// sameWords says whether two texts are the same but for their blanks.
func sameWords(a, b string) bool {
	for {
		a, b = strings.TrimLeftFunc(a, unicode.IsSpace), strings.TrimLeftFunc(b, unicode.IsSpace)
		if a == "" || b == "" {
			return a == b
		}
		i, j := strings.IndexFunc(a, unicode.IsSpace), strings.IndexFunc(b, unicode.IsSpace)
		if i < 0 {
			i = len(a)
		}
		if j < 0 {
			j = len(b)
		}
		if a[:i] != b[:j] {
			return false
		}
		a, b = a[i:], b[j:]
	}
}

// read notes what every fact asks for, once.
func (w *window) read() {
	if w.known != nil {
		return
	}
	w.known = make(map[string]known, len(w.tokens))
	for i := range w.tokens {
		if t := &w.tokens[i]; t.textual() {
			k, ok := w.known[t.low]
			if at := k.at | w.at(i); at != k.at {
				if k.at = at; !ok {
					k.id = int32(len(w.known) + 1)
				}
				w.known[t.low] = k
			}
		}
	}
	cited := w.sentence()
	if w.bare = outside(cited); 2*len(w.bare) < len(cited) {
		w.bare = cited // all of it stands in brackets
	}
	w.claimed = w.in.claims(w.bare)
	w.framed = framed(w.reading(w.bare))
}

// sentence returns the cited sentence.
func (w *window) sentence() []token { return w.tokens[w.cited:w.after] }

// word says where a word stands.
func (w *window) word(low string) place { return w.known[low].at }

// root says where names of a root stand.
func (w *window) root(of string) place {
	if w.rooted == nil {
		w.rooted = map[string]place{}
		for i, t := range w.tokens {
			if t.textual() && t.cap {
				w.rooted[root(t.low)] |= w.at(i)
			}
		}
	}
	return w.rooted[of]
}

// unit says where a content word stands, by its stem.
func (w *window) unit(of string) place {
	if w.stemmed == nil {
		w.stemmed = make(map[string]place, len(w.tokens))
		for i, t := range w.tokens {
			if t.textual() {
				w.in.each(t, func(unit string) { w.stemmed[unit] |= w.at(i) })
			}
		}
	}
	return w.stemmed[of]
}

// initial says whether names of the window may have an acronym.
func (w *window) initial(acronym string) bool {
	if w.short == nil {
		w.short = initials(w.tokens)
	}
	return w.short[acronym]
}

// figures returns what is known of the values in the window.
func (w *window) figures() map[string]figure {
	if w.values == nil {
		w.values = map[string]figure{}
		for _, n := range numbers(w.in.text, w.tokens, w.in.lex) {
			w.note(n, w.at(n.lo))
		}
	}
	return w.values
}

// parts calls yield with the cited sentence, and with what is left of it without
// brackets.
func (w *window) parts(yield func([]token)) {
	cited := w.sentence()
	yield(cited)
	if bare := outside(cited); len(bare) != len(cited) {
		yield(bare)
	}
}

// names returns the names of the cited sentence.
func (w *window) names() *slots {
	if w.named == nil {
		w.named = &slots{}
		w.parts(func(ts []token) { addNames(w.named, ts) })
	}
	return w.named
}

// numbers returns the numbers of the cited sentence.
func (w *window) numbers() *slots {
	if w.numbered == nil {
		w.numbered = &slots{}
		w.parts(func(ts []token) { addNumbers(w.numbered, ts, numbers(w.in.text, ts, w.in.lex)) })
	}
	return w.numbered
}

// beside returns the pronouns of the cited sentence, and the names of all.
func (w *window) beside() (pronoun, name *slots) {
	if w.around == nil {
		w.pronouns, w.around = &slots{}, &slots{}
		addNames(w.around, w.tokens)
		cited := w.sentence()
		for i, t := range cited {
			if pronouns.Has(t.low) {
				w.pronouns.add(cited, i, i+1, t.low)
			}
		}
	}
	return w.pronouns, w.around
}

// days returns where weekdays and months stand.
func (w *window) days() (days, months dates) {
	if w.weekdays == nil {
		w.weekdays, w.monthsIn = datesIn(w, w.in.lex)
	}
	return w.weekdays, w.monthsIn
}

// quote returns the window as quotations are compared, and whether there are
// quotation marks in it.
func (w *window) quote() (text string, marked bool) {
	all := w.in.text[w.tokens[0].start:w.tokens[len(w.tokens)-1].end]
	if w.quotes == "" {
		w.quotes = quotable(all)
	}
	return w.quotes, strings.ContainsAny(all, quoteMarks)
}
