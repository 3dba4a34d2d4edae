package llm

import (
	"slices"
	"strings"
	"unicode/utf8"

	"newsdesk/news"
)

// Bounds of what is checked.
const (
	maxFact     = 160  // characters of a fact
	minContent  = 3    // content words of a fact
	maxSentence = 2000 // bytes of one
	tries       = 4    // sentences that a fact is tried against
	nearNumber  = 3    // content words between a number and its neighbours
	foreignFrom = 6    // words of a sentence that should hold one of its language's small ones
	maxSayer    = 8    // content words of a clause that says who says the rest
	maxInverted = 5    // the same where the verb comes first: "said Mayor Voss"
	maxBeside   = 3    // and of a clause beside it that names the speaker
	sameFact    = 0.6  // share of content words that two facts may have in common
)

// Verdict says why a fact was kept or dropped.
type Verdict string

// The verdicts.
const (
	Kept        Verdict = "kept"
	BadShape    Verdict = "shape"       // a link, a mention, markup, or no plain sentence
	TooLong     Verdict = "too long"    //
	Leans       Verdict = "leans"       // opens with a pronoun or a connective
	NotFound    Verdict = "not found"   // a word of it is in no sentence that could carry it
	OtherOrder  Verdict = "order"       // the words are there, said of something else
	Beginning   Verdict = "beginning"   // cut out from the middle of a sentence
	NumberMoved Verdict = "number"      // the number is there, and counts something else
	Polarity    Verdict = "negation"    // a negation was dropped or added
	Hedge       Verdict = "hedge"       // a hedge, a condition or the future was dropped or added
	Speaker     Verdict = "attribution" // who says it was dropped, added or changed
	Quotation   Verdict = "quotation"   // not what stands between the article's marks
	Repeats     Verdict = "repeats"     // says what a fact before it says
)

// source is a sentence of the article.
type source struct {
	index  int
	span   news.Span
	text   string
	tokens []token
	stems  map[string]bool
	trust  bool // may carry a fact: it is not addressed to a machine
}

// checker holds an article ready for checking facts against it.
type checker struct {
	x     *lexicon
	title source
	sents []source
}

// newChecker prepares an article. It returns nil for a language that the check
// does not know.
func newChecker(a news.Article) *checker {
	x := lexicons()[a.Lang]
	if x == nil {
		return nil
	}
	c := &checker{x: x, title: sourceOf(x, a.Title)}
	block, trust, broken := -1, true, false
	for i, sent := range sentences(a.Body) {
		if start := blockStart(a.Body, sent.Span.Start); start != block {
			block = start
			p := paragraph(a.Body, sent.Span)
			broken = broken || breaksOff(p)
			trust = !broken && !addressed(p, a.Lang)
		}
		s := sourceOf(x, sent.Text)
		s.index, s.span, s.trust = i, sent.Span, trust && s.trust
		c.sents = append(c.sents, s)
	}
	return c
}

func sourceOf(x *lexicon, text string) source {
	s := source{index: -1, text: text, trust: !addressed(text, "") && len(text) <= maxSentence}
	if len(text) > maxSentence {
		return s
	}
	s.tokens = x.tokens(text)
	s.stems = map[string]bool{}
	own := 0 // words that only this language has
	for _, t := range s.tokens {
		if t.kind == content {
			s.stems[t.key] = true
		} else {
			own++
		}
	}
	if own == 0 && len(s.tokens) >= foreignFrom {
		s.trust = false
	}
	return s
}

// fact locates a fact in the article. Where the verdict is Kept, the index is
// that of the sentence it rests on.
func (c *checker) fact(text string) (int, Verdict) {
	ts, v := c.shape(text, maxFact)
	if v != Kept {
		return 0, v
	}
	best := NotFound
	for _, i := range c.nearest(ts) {
		windows := [][]source{{c.sents[i]}}
		if i > 0 && c.sents[i-1].trust {
			windows = append(windows, c.sents[i-1:i+1])
		}
		if i+1 < len(c.sents) && c.sents[i+1].trust {
			windows = append(windows, c.sents[i:i+2])
		}
		for _, w := range windows {
			v := c.support(text, ts, w)
			if v == Kept {
				return i, Kept
			}
			if best == NotFound {
				best = v
			}
		}
	}
	return 0, best
}

// headline checks a headline against the outlet's own and against each sentence.
func (c *checker) headline(text string) Verdict {
	ts, v := c.shape(text+".", maxHeadline+1)
	if v != Kept {
		return v
	}
	if c.title.trust && c.support(text, ts, []source{c.title}) == Kept {
		return Kept
	}
	_, v = c.fact(text + ".")
	return v
}

// shape looks at a fact by itself.
func (c *checker) shape(text string, most int) ([]token, Verdict) {
	if utf8.RuneCountInString(text) > most {
		return nil, TooLong
	}
	if !plain(text) {
		return nil, BadShape
	}
	ts := c.x.tokens(text)
	if len(contents(ts)) < minContent {
		return nil, BadShape
	}
	first, _ := utf8.DecodeRuneInString(text)
	if c.x.openers.Has(ts[0].lower) && !strings.ContainsRune("\"“«„", first) { // a quotation may
		return nil, Leans
	}
	return ts, Kept
}

// nearest returns the sentences that hold most of a fact's content words, best
// first.
func (c *checker) nearest(ts []token) []int {
	type hit struct{ sent, n int }
	var hits []hit
	all := len(contents(ts))
	for i, s := range c.sents {
		n := 0
		for _, t := range ts {
			if t.kind == content && s.stems[t.key] {
				n++
			}
		}
		if s.trust && n*2 >= all {
			hits = append(hits, hit{i, n})
		}
	}
	slices.SortStableFunc(hits, func(a, b hit) int { return b.n - a.n })
	var out []int
	for _, h := range hits[:min(len(hits), tries)] {
		out = append(out, h.sent)
	}
	return out
}

// support says whether sentences that follow each other carry a fact.
func (c *checker) support(text string, fact []token, window []source) Verdict {
	var src []token
	raw := make([]string, 0, len(window))
	clause := 0
	for n, s := range window {
		for _, t := range s.tokens {
			t.sent, t.clause = n, t.clause+clause
			src = append(src, t)
		}
		if n := len(src); n > 0 {
			clause = src[n-1].clause + 1
		}
		raw = append(raw, s.text)
	}
	stems := map[string]bool{}
	for _, t := range src {
		if t.kind == content {
			stems[t.key] = true
		}
	}
	for _, t := range fact {
		if t.kind == content && !stems[t.key] {
			return NotFound
		}
	}
	a := align(fact, src)
	for _, rule := range []func(alignment) Verdict{ordered, begins, countsSame, polarity, speaks} {
		if v := rule(a); v != Kept {
			return v
		}
	}
	if !quoted(text, strings.Join(raw, " ")) {
		return Quotation
	}
	return Kept
}

// alike reports whether two facts say much the same.
func (c *checker) alike(a, b string) bool {
	set := map[string]bool{}
	for _, t := range c.x.tokens(b) {
		if t.kind == content {
			set[t.key] = true
		}
	}
	ts := c.x.tokens(a)
	at := contents(ts)
	n := 0
	for _, i := range at {
		if set[ts[i].key] {
			n++
		}
	}
	return len(at) > 0 && float64(n) > sameFact*float64(min(len(at), len(set)))
}
