package ask

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"newsdesk/news"
)

// Options changes how questions are answered. The zero value is the default.
type Options struct {
	Hits      int     // articles that are weighed, 50 where 0
	Docs      int     // closest articles that are returned, 10 where 0
	Threshold float64 // confidence, 0 to 1, below which there is no answer; the fitted one where 0
}

// DefaultHits is the number of articles that are weighed.
const DefaultHits = 50

const defaultDocs = 10

// Answerer answers questions from an index of articles. It is safe for
// concurrent use where its index is.
type Answerer struct {
	index Index
	opts  Options
}

// New returns an Answerer over an index.
func New(ix Index, o Options) *Answerer {
	if o.Hits <= 0 {
		o.Hits = DefaultHits
	}
	if o.Docs <= 0 {
		o.Docs = defaultDocs
	}
	if o.Threshold <= 0 {
		o.Threshold = fitted.Threshold
	}
	return &Answerer{index: ix, opts: o}
}

// Answer is what the articles say to a question.
type Answer struct {
	Question string
	Found    bool    // false: the articles hold no answer, and Quotes is empty
	Quotes   []Quote // best first, at most three, no two saying the same
	Short    string  // the shortest span that answers; "" where the question wants a sentence, or none is clear
	Score    float64 // 0 to 1: how likely it is that the articles hold an answer
	Docs     []Hit   // the closest articles, best first, also where nothing was found
}

// Quote is a sentence of an article, or its title, word for word but for a
// dateline before it and the outlet's name behind a title.
type Quote struct {
	Text      string
	Article   news.ArticleID
	Event     news.EventID
	Title     string
	Outlet    string
	URL       string
	Published time.Time
}

// Answer looks for the answer to a question among the articles published at or
// after since; all of them where since is zero. Articles from the days about
// asked are preferred, unless it is zero or the question names a date itself.
// The question is a person's text and may be anything; without a word that
// could be looked for, the answer is that nothing was found. An error comes
// from the index only.
func (a *Answerer) Answer(ctx context.Context, question string, asked, since time.Time) (Answer, error) {
	out := Answer{Question: question}
	q := read(question)
	if len(q.terms) == 0 {
		return out, nil
	}
	if len(question) > maxQuestion {
		question = strings.ToValidUTF8(question[:maxQuestion], "")
	}
	hits, err := a.index.Search(ctx, question, since, a.opts.Hits)
	if err != nil {
		return Answer{}, fmt.Errorf("answer a question: %w", err)
	}
	if len(hits) == 0 {
		return out, nil
	}
	r := q.answer(hits, asked, since)
	out.Score = r.score
	for i := range r.docs[:min(len(r.docs), a.opts.Docs)] {
		out.Docs = append(out.Docs, r.docs[i].Hit)
	}
	if out.Score < a.opts.Threshold || len(r.quotes) == 0 {
		return out, nil
	}
	out.Found, out.Short = true, r.short
	for _, at := range r.quotes {
		p := &r.passages[at]
		d := &r.docs[p.doc]
		out.Quotes = append(out.Quotes, Quote{
			Text: p.text, Article: d.Article, Event: d.Event, Title: d.Title, Outlet: d.Outlet, URL: d.URL, Published: d.Published,
		})
	}
	return out, nil
}

// result is an answer with all that led to it.
type result struct {
	docs       []doc
	passages   []passage
	candidates []candidate
	quotes     []int // passages
	short      string
	evidence   [numConfidence]float64
	score      float64
}

func (q *question) answer(hits []Hit, asked, since time.Time) result {
	var r result
	r.docs = q.rank(hits, asked)
	r.passages = q.passages(r.docs)
	r.candidates = q.vote(r.docs, r.passages)
	latest := q.latest(r.docs, r.passages, r.candidates)
	r.quotes = q.choose(r.docs, r.passages, r.candidates)
	r.evidence = q.evidence(r.docs, r.passages, r.candidates)
	r.score = q.confidence(&r.evidence, r.docs, asked, since)
	switch {
	case latest != nil:
		r.short = latest.text
		r.quotes = newestFirst(r.docs, r.passages, r.quotes, latest)
		if !slices.ContainsFunc(r.quotes, func(at int) bool { return contains(&r.passages[at], r.short) }) {
			r.short = ""
		}
	default:
		r.short = q.short(&r)
	}
	return r
}

// short returns the likeliest answer that stands in a quotation, "" where that
// is none of the likely ones.
func (q *question) short(r *result) string {
	for i := range r.candidates {
		c := &r.candidates[i]
		if c.share < 0.3*r.candidates[0].share {
			break
		}
		for _, at := range r.quotes {
			if strings.Contains(r.passages[at].text, c.text) {
				return c.text
			}
		}
	}
	return ""
}
