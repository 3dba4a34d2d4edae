// Package summarize condenses news: one article into a headline, its key
// facts, who, where and when; the articles of one event into the same.
//
// It extracts. A fact is a sentence of the article, made to stand alone: list
// marks, datelines, leading connectives and asides are cut, a pronoun whose
// antecedent is certain becomes the name, and a sentence that is too long is
// cut back at clause boundaries. Negations, hedges, conditions and who said it
// are never cut (shorten.go). A sentence that still leans on what was said
// before is not chosen (standalone.go). Each fact tells the sentence it rests
// on and where in the article that sentence stands.
//
// Sentences are ranked by cheap features, position first of all (feature.go,
// weights.go), and taken best first while they fit the bounds and do not
// repeat each other (choose.go). In English, where a number of words or facts
// bounds the summary, those are taken that together hold most of the words that
// a person's summary is likely to have, the day and the place among them
// (terms.go, pack.go). For an event, those are taken that together hold most of
// what several articles say, and repeat each other little (merge.go, cover.go).
//
// Everything here is pure: no clock, network, disk or state, and the same
// input gives the same output. English is treated best; Spanish, French,
// German, Portuguese, Italian and Dutch soundly; of every other language the
// sentences are split and ranked but never reworded.
package summarize

import (
	"sync"

	"newsdesk/news"
)

// Method names this summarizer and its version in what it makes.
const Method = "extract/1"

// Options bound a summary. Zero bounds nothing, but the zero Options are the
// Default.
type Options struct {
	Words        int // words of all facts together, as a reader counts them
	MaxFacts     int // number of facts
	MaxFactRunes int // characters of one fact
}

// Default are the bounds of a posted alert: five facts of 160 characters.
var Default = Options{MaxFacts: 5, MaxFactRunes: 160}

// Summarizer makes summaries. It remembers nothing of an article but the stems of
// words: use it from any number of goroutines.
type Summarizer struct {
	o     Options
	stems *knownStems

	weighers sync.Pool // of *weigher
}

// New returns a Summarizer with these bounds.
func New(o Options) *Summarizer {
	if o == (Options{}) {
		o = Default
	}
	return &Summarizer{o: o, stems: newKnownStems()}
}

// Article condenses one article. The facts stand in order of importance, none
// goes over the bounds, and the span of each is exactly a sentence of a.Body.
// An article without a sentence that stands alone may have no facts.
func (s *Summarizer) Article(a news.Article) news.Summary {
	_, sum := s.Read(a)
	return sum
}

// summary condenses an article that was just read.
func (s *Summarizer) summary(r *Reading) news.Summary {
	d := r.document
	w := s.weigher()
	defer s.release(w)
	if weighs := (s.o.Words > 0 || s.o.MaxFacts > 0) && d.lang == "en"; weighs {
		w.weigh(d, r.ranks)
	}
	picked := s.choose(w.ranked(r.strict, r.ranks), d, w)
	if len(picked) == 0 {
		picked = s.choose(w.ranked(s.wordings(d, r.ranks, true, w), r.ranks), d, w)
	}
	if len(picked) == 0 {
		picked = s.clipped(d, r.ranks, w)
	}
	out := news.Summary{Article: d.article.ID, Method: Method, When: r.day}
	texts := make([]string, 0, len(picked))
	for _, c := range picked {
		x := d.sents[c.sent]
		texts = append(texts, c.text)
		out.Facts = append(out.Facts, news.Fact{Text: c.text, Article: d.article.ID, Sentence: x.index, Span: x.Span, Score: c.score})
	}
	out.Headline = d.headline(texts)
	out.Who, out.Where = r.who.best(maxNames, 0.25, whoShare), r.where.best(maxNames, 0.4, whereShare)
	return out
}

// scores ranks the sentences of a document by themselves.
func (d *document) scores(w *weigher) []float64 {
	fs := d.describe(w)
	out := make([]float64, len(fs))
	for i := range fs {
		out[i] = fs[i].score()
	}
	return out
}

// wordRunes is how many characters a word and the blank before it take, at
// most nearly always.
const wordRunes = 5

// clipped is the last resort for an article all of whose sentences are over
// the bounds: the best one, cut at a word and marked as cut.
func (s *Summarizer) clipped(d *document, scores []float64, w *weigher) []candidate {
	limit := s.o.MaxFactRunes
	if limit <= 0 {
		limit = s.o.Words * wordRunes
	}
	if limit <= 0 {
		return nil
	}
	free := Summarizer{stems: s.stems}
	for _, relaxed := range [...]bool{false, true} {
		for _, c := range w.ranked(free.wordings(d, scores, relaxed, w), scores) {
			c.text = clip(c.text, limit)
			if c.words = countWords(c.text); balanced(c.text) && (s.o.Words <= 0 || c.words <= s.o.Words) {
				return []candidate{c}
			}
		}
	}
	return nil
}
