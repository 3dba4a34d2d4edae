package app

import (
	"slices"
	"testing"

	"newsdesk/news"
)

// An event that goes on for days is condensed of a bounded number of articles:
// how it began, what its facts rest on, and the newest.
func TestMerging_IsBounded(t *testing.T) {
	t.Parallel()
	ev := news.Event{ID: 1, Facts: []news.Fact{{Article: 9}, {Article: 12}}}
	for id := range news.ArticleID(mostMerged - 1) {
		ev.Sources = append(ev.Sources, news.Source{Article: id + 1})
	}
	ev.Sources = append(ev.Sources, news.Source{Article: 500, CopyOf: 3})
	if got := merging(ev, 900, ""); len(got) != mostMerged-1 || slices.Contains(got, 500) {
		t.Errorf("of an event of usual size: %v, want all but the copy", got)
	}
	if got := merging(ev, 7, ""); slices.Contains(got, 7) || len(got) != mostMerged-2 {
		t.Errorf("with its newest article placed again: %v", got)
	}
	for id := news.ArticleID(100); id < 120; id++ {
		ev.Sources = append(ev.Sources, news.Source{Article: id})
	}
	got := merging(ev, 900, "")
	if len(got) != mostMerged-1 || !slices.IsSorted(got) {
		t.Errorf("%d articles: %v, want %d in their order", len(got), got, mostMerged-1)
	}
	for _, want := range []news.ArticleID{1, 2, 9, 12, 101, 119} {
		if !slices.Contains(got, want) {
			t.Errorf("article %d is not among %v", want, got)
		}
	}
}

// What is kept in memory of events is bounded by their articles, the events
// joined longest ago go first, and a failed join leaves nothing behind.
func TestGatherings_AreBounded(t *testing.T) {
	t.Parallel()
	g := newGatherings()
	for id := range news.EventID(1000) {
		g.keep(id, &gathered{arts: make([]news.Article, 1+id%20)})
		if g.articles > heldArticles {
			t.Fatalf("%d articles are kept, want at most %d", g.articles, heldArticles)
		}
	}
	g.keep(999, &gathered{arts: make([]news.Article, 5)}) // joined again
	held := 0
	for _, x := range g.events.Values() {
		held += len(x.arts)
	}
	if held != g.articles || g.events.Contains(0) || !g.events.Contains(998) {
		t.Errorf("%d articles are kept and %d counted; the newest events are to stay: %v", held, g.articles, g.events.Keys())
	}
	if x := g.take(999); x == nil || len(x.arts) != 5 {
		t.Errorf("took %v of an event of 5 articles", x)
	}
	if x := g.take(999); x != nil {
		t.Errorf("a join that was not finished is remembered: %v", x)
	}
	before := g.events.Len()
	for id := range news.EventID(2 * heldSingles) {
		g.keep(5000+id, &gathered{arts: make([]news.Article, 1)})
	}
	if g.singles.Len() != heldSingles || g.events.Len() != before {
		t.Errorf("%d events of one article are kept, want %d; of the others %d, want %d", g.singles.Len(), heldSingles, g.events.Len(), before)
	}
	g.keep(5000+2*heldSingles-1, &gathered{arts: make([]news.Article, 2)}) // joined
	if g.singles.Len() != heldSingles-1 || !g.events.Contains(5000+2*heldSingles-1) {
		t.Errorf("an event that a second article joined is among those of one")
	}
}
