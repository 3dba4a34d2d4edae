package main

import (
	"context"
	"fmt"
	"io"
	"maps"
	"slices"

	"newsdesk/ask"
	"newsdesk/news"

	"golang.org/x/sync/errgroup"
)

const (
	ridgeRank, ridgeVote, ridgeTrust = 2, 2, 1

	// refusals is the share of questions without an answer that are to be
	// refused where the day of the question is known.
	refusals = 0.9
)

// trustSigns are the signs that a feature of the confidence may have, in the
// order of their names; the rest may have any. A sign that cannot be argued
// for is an accident of the data.
var trustSigns = map[string]int{
	"cCover": 1, "cAll": 1, "cNames": 1, "cPlain": 1, "cSentence": 1, "cOwn": 1, "cPairs": 1, "cShare": 1, "cVotes": 1, "cDay": 1, "cWeek": 1,
	"cMissing": -1, "cTitle": 1, "cLead": 1, "cUnion": 1, "cFresh": 1, "cBurst": 1, "cSupport": 1, "cClose": 1, "cGap": -1, "cNeed": -1,
}

// trainer keeps what does not depend on the weights.
type trainer struct {
	examples []example
	features []map[news.ArticleID][]float64 // of the hits of each example
	dated    []bool                         // the day of the question counts
	signs    []int                          // of the confidence
}

func newTrainer(ctx context.Context, examples []example, names []string) (*trainer, error) {
	t := &trainer{examples: examples, features: make([]map[news.ArticleID][]float64, len(examples)), dated: make([]bool, len(examples))}
	for _, n := range names {
		t.signs = append(t.signs, trustSigns[n])
	}
	start := ask.Fitted()
	seen, err := t.inspect(ctx, &start, func(*example) bool { return true })
	for i, r := range seen {
		t.dated[i] = r.Dated
		t.features[i] = map[news.ArticleID][]float64{}
		for _, d := range r.Docs {
			t.features[i][d.Article] = d.Features
		}
	}
	return t, err
}

// validate returns the answers to all examples, each by weights that no
// example of its week took part in.
func (t *trainer) validate(ctx context.Context, folds int) ([]ask.Inspection, error) {
	out := make([]ask.Inspection, len(t.examples))
	for f := range folds {
		held := func(e *example) bool { return e.fold(folds) == f }
		w, err := t.fit(ctx, func(e *example) bool { return !held(e) })
		if err != nil {
			return nil, err
		}
		rs, err := t.inspect(ctx, &w, held)
		if err != nil {
			return nil, err
		}
		for i := range rs {
			if held(&t.examples[i]) {
				out[i] = rs[i]
			}
		}
	}
	return out, nil
}

// inspect answers the examples that are used.
func (t *trainer) inspect(ctx context.Context, w *ask.Weights, use func(*example) bool) ([]ask.Inspection, error) {
	out := make([]ask.Inspection, len(t.examples))
	const workers = 4
	g, ctx := errgroup.WithContext(ctx)
	for part := range workers {
		g.Go(func() error {
			for i := part; i < len(out); i += workers {
				if e := &t.examples[i]; use(e) {
					out[i] = ask.Inspect(e.text, e.hits, e.asked, e.since, w)
				}
			}
			return ctx.Err()
		})
	}
	return out, g.Wait()
}

// fit fits the weights one after the other, since what is weighed later
// depends on what was chosen before: articles, answers, confidence.
func (t *trainer) fit(ctx context.Context, use func(*example) bool) (w ask.Weights, err error) {
	copy(w.Rank[:], fitChoice(t.hitChoices(true, use), len(w.Rank), ridgeRank))
	copy(w.RankUndated[:], fitChoice(t.hitChoices(false, use), len(w.RankUndated), ridgeRank))
	// Questions over several articles are answered by yes and no.
	single := func(e *example) bool { return use(e) && e.answerable && e.set == "rtqa" && e.since.IsZero() }
	seen, err := t.inspect(ctx, &w, single)
	if err != nil {
		return w, err
	}
	var cs []choice
	for i := range seen {
		c := choice{}
		for _, a := range seen[i].Candidates {
			c.add(a.Features, words(a.Text) == t.examples[i].answer)
		}
		if single(&t.examples[i]) && slices.Contains(c.right, true) {
			cs = append(cs, c)
		}
	}
	copy(w.Vote[:], fitChoice(cs, len(w.Vote), ridgeVote))
	if seen, err = t.inspect(ctx, &w, use); err != nil {
		return w, err
	}
	for k, into := range map[kind][]float64{undated: w.TrustUndated[:], dated: w.Trust[:], recent: w.TrustRecent[:]} {
		var rows [][]float64
		var yes []bool
		var groups []string
		for i := range seen {
			if use(&t.examples[i]) && t.kind(i) == k {
				rows, yes = append(rows, seen[i].Evidence), append(yes, t.examples[i].answerable)
				groups = append(groups, t.examples[i].set)
			}
		}
		copy(into, fitTruth(rows, yes, groups, t.signs, ridgeTrust))
	}
	return w, nil
}

func (t *trainer) hitChoices(dated bool, use func(*example) bool) []choice {
	var cs []choice
	for i := range t.examples {
		e := &t.examples[i]
		if !e.answerable || t.dated[i] != dated || !e.since.IsZero() || !use(e) {
			continue
		}
		c := choice{each: true}
		for _, h := range e.hits {
			c.add(t.features[i][h.Article], e.gold[h.Article])
		}
		if slices.Contains(c.right, true) {
			cs = append(cs, c)
		}
	}
	return cs
}

// kind is how much of the time of a question is known.
type kind int

const (
	undated kind = iota // nothing, or it is about another time
	dated               // its day
	recent              // its day, and that only the latest days were searched
)

func (t *trainer) kind(i int) kind {
	switch {
	case !t.examples[i].since.IsZero():
		return recent
	case t.dated[i]:
		return dated
	}
	return undated
}

// threshold returns the confidence at which most questions are treated right
// among those of which at least the given share of the unanswerable is refused.
func (t *trainer) threshold(rs []ask.Inspection, k kind, least float64) float64 {
	best, at := -1., 0.5
	for step := 1; step < 100; step++ {
		s := scores{}
		for i := range rs {
			if t.kind(i) == k && t.examples[i].set == "rtqa" {
				s.add(&t.examples[i], &rs[i], float64(step)/100)
			}
		}
		if right := s.right(); s.refused >= least*s.unanswerable && right > best {
			best, at = right, float64(step)/100
		}
	}
	return at
}

// train prints cross-validated figures and returns weights fitted on all
// examples. The confidence is shifted so that one threshold serves questions
// with and without a day.
func (t *trainer) train(ctx context.Context, out io.Writer, folds int) (ask.Weights, error) {
	rs, err := t.validate(ctx, folds)
	if err != nil {
		return ask.Weights{}, err
	}
	at := map[kind]float64{undated: t.threshold(rs, undated, 0), dated: t.threshold(rs, dated, refusals), recent: t.threshold(rs, recent, refusals)}
	if _, err := fmt.Fprintf(out, "%d-fold cross-validation by week; confidence needed: %.2f with the day, %.2f without, %.2f in the latest days\n", folds, at[dated], at[undated], at[recent]); err != nil {
		return ask.Weights{}, err
	}
	groups := map[string]*scores{}
	for i := range rs {
		e := &t.examples[i]
		name := e.set + " without the day"
		switch {
		case !e.since.IsZero():
			name = e.set + " latest days"
		case !e.asked.IsZero():
			name = e.set + " with the day"
		}
		if groups[name] == nil {
			groups[name] = &scores{}
		}
		groups[name].add(e, &rs[i], at[t.kind(i)])
	}
	for _, name := range slices.Sorted(maps.Keys(groups)) {
		if _, err := fmt.Fprintf(out, "%-21s %s\n", name, groups[name]); err != nil {
			return ask.Weights{}, err
		}
	}
	w, err := t.fit(ctx, func(*example) bool { return true })
	w.Threshold = 0.5
	w.Trust[0] -= logit(at[dated])
	w.TrustUndated[0] -= logit(at[undated])
	w.TrustRecent[0] -= logit(at[recent])
	return w, err
}
