package app

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"newsdesk/articles"
	"newsdesk/events"
	"newsdesk/news"
	"newsdesk/summarize"
	"newsdesk/summarize/llm"

	"github.com/hashicorp/golang-lru/v2/simplelru"
)

const (
	// mostMerged is how many articles of an event its summary is made of. Nearly
	// every event has fewer; one that goes on for days keeps the articles that
	// its facts rest on, how it began, and the newest.
	mostMerged = 24
	// mergedFirst is how many of them are how it began.
	mergedFirst = 2
	// heldArticles bounds how many articles are kept ready, of all events of more
	// than one. An article of fifty sentences takes about 40 KB.
	heldArticles = 1000
	// heldSingles bounds the events of one article that are kept: most remain so,
	// and what else is told of one is mostly told soon.
	heldSingles = 200
)

// condensed is an article that was condensed, and what it took to do so.
type condensed struct {
	article  news.Article
	summary  news.Summary
	reading  *summarize.Reading // nil where a model wrote the summary
	verdicts verdicts           // on the facts of the summary
	checkers checkers           // the article's own, made ready
	page     articles.Validators
}

// gathered is what is kept in memory of an event that was joined lately, so
// that joining it again costs the new article only.
type gathered struct {
	arts     []news.Article
	sums     []news.Summary
	dossier  *summarize.Dossier
	verdicts verdicts
}

// gatherings are the events that were joined or made lately, apart from each
// other so that those of one article, which are many, take no place of those that
// go on. What is not kept is read from the store again.
type gatherings struct {
	events   *simplelru.LRU[news.EventID, *gathered]
	articles int // of all of them
	singles  *simplelru.LRU[news.EventID, *gathered]
}

func newGatherings() *gatherings {
	g := &gatherings{} // no size below 1, so nothing fails
	g.events, _ = simplelru.NewLRU(heldArticles, func(_ news.EventID, x *gathered) { g.articles -= len(x.arts) })
	g.singles, _ = simplelru.NewLRU[news.EventID, *gathered](heldSingles, nil)
	return g
}

// take returns what is known of an event and forgets it: what went wrong half
// way is not built upon.
func (g *gatherings) take(id news.EventID) *gathered {
	for _, of := range [...]*simplelru.LRU[news.EventID, *gathered]{g.events, g.singles} {
		if x, ok := of.Peek(id); ok {
			of.Remove(id)
			return x
		}
	}
	return nil
}

// keep remembers an event, and forgets those that were not joined for longest
// where they are too many.
func (g *gatherings) keep(id news.EventID, x *gathered) {
	g.take(id)
	if len(x.arts) <= 1 {
		g.singles.Add(id, x)
		return
	}
	g.articles += len(x.arts)
	g.events.Add(id, x)
	for g.articles > heldArticles && g.events.Len() > 1 {
		g.events.RemoveOldest()
	}
}

func (p *Pipeline) newGathered() *gathered {
	return &gathered{dossier: p.summarizer.Dossier(), verdicts: verdicts{}}
}

func (x *gathered) add(c condensed) {
	x.arts, x.sums = append(x.arts, c.article), append(x.sums, c.summary)
	x.dossier.Adopt(c.reading)
	maps.Copy(x.verdicts, c.verdicts)
}

// join adds what is kept of another event, which is used up.
func (x *gathered) join(other *gathered) {
	x.arts, x.sums = append(x.arts, other.arts...), append(x.sums, other.sums...)
	x.dossier.Join(other.dossier)
	maps.Copy(x.verdicts, other.verdicts)
}

// merge makes one summary of the event's articles and a new one. Its facts, and
// those of the new article, which it returns as well, carry what other sources
// say in their place. Last it returns what is to be kept of the event once the
// article is stored.
func (p *Pipeline) merge(ctx context.Context, base news.Event, c condensed, copyOf news.ArticleID) (merged news.Summary, own []news.Fact, x *gathered, err error) {
	if x = p.gathered.take(base.ID); x == nil {
		x = p.newGathered()
	}
	lang := events.LanguageWith(base, c.article, copyOf)
	if err := p.gather(ctx, x, base, c.article.ID, lang); err != nil {
		return news.Summary{}, nil, nil, err
	}
	var said []news.Fact
	told := !events.Foreign(c.article.Lang, lang) || len(x.arts) == 0 // else it counts as a source, and can be read there
	if told {
		said = p.statements(c)
		x.add(c)
	}
	merged = llm.Prefer(llm.Guard(x.dossier.Merge(x.arts, x.sums), x.arts...), x.sums)
	merged = p.checked(ctx, merged, x.verdicts, c.checkers, x.arts...)
	voices := x.arts
	if told && copyOf != 0 {
		voices = voices[:len(voices)-1]
	}
	ledger := x.dossier.Ledger(voices)
	merged.Facts = ledger.Compare(merged.Facts)
	return merged, ledger.Compare(said), x, nil
}

// gather brings what is kept of an event in line with the event as stored: the
// articles that take part in its summary, in order, without the newcomer. lang is
// the language that it is told in.
func (p *Pipeline) gather(ctx context.Context, x *gathered, base news.Event, newcomer news.ArticleID, lang string) error {
	ids := merging(base, newcomer, lang)
	var unread []news.ArticleID
	for _, id := range ids {
		if !slices.ContainsFunc(x.arts, func(a news.Article) bool { return a.ID == id }) {
			unread = append(unread, id)
		}
	}
	read, err := p.db.Summaries(ctx, unread)
	if err != nil {
		return fmt.Errorf("load summaries of event %d: %w", base.ID, err)
	}
	for _, sum := range read {
		a, err := p.db.Article(ctx, sum.Article)
		if err != nil {
			return fmt.Errorf("load article %d: %w", sum.Article, err)
		}
		x.arts, x.sums = append(x.arts, a), append(x.sums, sum)
	}
	var arts []news.Article
	var sums []news.Summary
	for _, id := range ids {
		if i := slices.IndexFunc(x.arts, func(a news.Article) bool { return a.ID == id }); i >= 0 {
			arts, sums = append(arts, x.arts[i]), append(sums, x.sums[i])
		}
	}
	x.arts, x.sums = arts, sums
	return nil
}

// merging returns the articles of an event of which its summary is made, in
// their order, without the newcomer: all that are no copies, in the language that
// the event is told in, and no opinion where there is any report, or of very many
// those that its facts rest on, the first, and the newest.
func merging(base news.Event, newcomer news.ArticleID, lang string) []news.ArticleID {
	var ids, opinion []news.ArticleID
	for _, src := range base.Sources {
		switch {
		case src.CopyOf != 0 || src.Article == newcomer || events.Foreign(src.Lang, lang):
		case events.Opinion(src):
			opinion = append(opinion, src.Article)
		default:
			ids = append(ids, src.Article)
		}
	}
	if len(ids) == 0 {
		ids = opinion
	}
	over := len(ids) - (mostMerged - 1)
	if over <= 0 {
		return ids
	}
	place := 0
	return slices.DeleteFunc(ids, func(id news.ArticleID) bool {
		place++
		if over == 0 || place <= mergedFirst || slices.ContainsFunc(base.Facts, func(f news.Fact) bool { return f.Article == id }) {
			return false
		}
		over--
		return true
	})
}
