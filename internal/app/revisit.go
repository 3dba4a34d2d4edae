package app

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"newsdesk/articles"
	"newsdesk/events"
	"newsdesk/news"
	"newsdesk/store"
	"newsdesk/summarize/llm"
)

// An event whose latest report is older than this no longer develops, and a
// running account that was first seen before has ended.
const (
	developing = 12 * time.Hour
	running    = 24 * time.Hour
)

// firstRevisit says when the page of an article that was just placed is read
// again; never where nothing of it was shown.
func (p *Pipeline) firstRevisit(a news.Article, ch events.Change, page articles.Validators) news.Revisit {
	if a.Quiet || !ch.Visible || a.Method == news.MethodFeed {
		return news.Revisit{}
	}
	v := news.Revisit{Article: a.ID, Cause: news.CauseEvent, Last: p.now(), ETag: page.ETag, LastModified: page.LastModified}
	if a.Kind == news.KindLive {
		v.Cause = news.CauseLive
	}
	v.Due = articles.NextReading(v.Cause, 0, v.Last)
	return v
}

// Reread reads an article's page again where that is due, and stores what was
// changed in it, together with the posts that this causes. Reading it twice
// changes nothing the second time.
func (p *Pipeline) Reread(ctx context.Context, id news.ArticleID) error {
	defer p.reading.begin()()
	v, old, err := p.db.Revisit(ctx, id)
	if errors.Is(err, news.ErrNotFound) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read article %d again: %w", id, err)
	}
	now := p.now()
	if v.Last.IsZero() {
		v.Last = old.Article.Seen
	}
	at := articles.NextReading(v.Cause, v.Readings, v.Last)
	if !at.IsZero() && !at.After(now) {
		if at, err = p.worthReading(ctx, v, old, now); err != nil {
			return fmt.Errorf("read article %d again: %w", id, err)
		}
	}
	if at.IsZero() || at.After(now) {
		if err := p.db.PutOffRevisit(ctx, id, at); err != nil {
			return fmt.Errorf("read article %d again: %w", id, err)
		}
		return nil
	}
	posts, err := p.reread(ctx, v, old, now)
	if err != nil {
		return fmt.Errorf("read article %d again: %w", id, err)
	}
	if posts > 0 {
		p.wakeRelay()
	}
	return nil
}

// worthReading returns the present where there is a reason to read the page
// now, else zero.
func (p *Pipeline) worthReading(ctx context.Context, v news.Revisit, old store.Stored, now time.Time) (time.Time, error) {
	switch v.Cause {
	case news.CauseFeed:
		return now, nil
	case news.CauseLive:
		if now.Sub(old.Article.Seen) < running {
			return now, nil
		}
	case news.CauseEvent:
		ev, err := p.db.Event(ctx, old.Event)
		if err != nil {
			return time.Time{}, err
		}
		if ev.Revision > 0 && now.Sub(ev.Last) < developing && (ev.Outlets() > 1 || ev.Class.Rank() > news.ClassNormal.Rank()) {
			return now, nil
		}
	}
	return time.Time{}, nil
}

// reread fetches the page, where it was not changed notes that it was read, and
// else brings the article and its event up to date. It returns the number of
// posts made.
func (p *Pipeline) reread(ctx context.Context, v news.Revisit, old store.Stored, now time.Time) (int, error) {
	was := old.Article
	item := news.Item{GUID: was.GUID, URL: was.URL, Title: was.Title, Author: was.Byline, Image: was.Image, Published: was.Published, Summary: v.Summary, Content: v.Content}
	if v.Title != "" {
		item.Title = v.Title
	}
	next := v
	next.Readings, next.Last = v.Readings+1, now
	if next.Cause == news.CauseFeed {
		next.Cause = news.CauseEvent
		if was.Kind == news.KindLive {
			next.Cause = news.CauseLive
		}
	}
	next.Due = articles.NextReading(next.Cause, next.Readings, now)
	a, page, unchanged, err := p.reader.ReadAgain(ctx, item, articles.Validators{ETag: v.ETag, LastModified: v.LastModified})
	if temporary := (*articles.TemporaryError)(nil); errors.As(err, &temporary) {
		next.Due = next.Due.Add(temporary.RetryAfter)
		return 0, p.db.SaveRevisit(ctx, next)
	}
	if err != nil {
		return 0, err
	}
	if !unchanged {
		next.ETag, next.LastModified = page.ETag, page.LastModified
		a.ID, a.GUID, a.Feed, a.URL, a.Seen, a.Quiet = was.ID, was.GUID, was.Feed, was.URL, was.Seen, was.Quiet
		a.Outlet, a.Topic, a.Byline, a.Published = was.Outlet, was.Topic, was.Byline, was.Published
		if a.Kind == news.KindReport {
			a.Kind = was.Kind
		}
		if a, err = p.strip(ctx, a); err != nil {
			return 0, err
		}
	}
	if unchanged || !changed(was, a) {
		return 0, p.db.SaveRevisit(ctx, next)
	}
	return p.revise(ctx, old, p.facts(ctx, a), next)
}

// changed tells whether an article, read again, is that article in another
// form: not the same text, no wall in its place, and no other article.
func changed(was, is news.Article) bool {
	if is.Body == "" || is.Method == news.MethodFeed && was.Method != news.MethodFeed {
		return false
	}
	return (is.Body != was.Body || is.Title != was.Title) && articles.Same(was.Body, is.Body)
}

// revise brings an article and its event up to date.
func (p *Pipeline) revise(ctx context.Context, old store.Stored, c condensed, next news.Revisit) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.stale {
		if err := p.rebuild(ctx); err != nil {
			return 0, err
		}
	}
	a := p.scale.named(c.article)
	change, plan := events.Change{Article: a.ID}, events.Plan{}
	var base news.Event
	// While the page was fetched its event may have turned out to be two.
	_, is, err := p.db.Revisit(ctx, a.ID)
	if err != nil {
		return 0, fmt.Errorf("load article %d: %w", a.ID, err)
	}
	old.Event = is.Event
	if old.CopyOf == 0 { // else the event has nothing from it
		if base, err = p.db.Event(ctx, old.Event); err != nil {
			return 0, fmt.Errorf("load event %d: %w", old.Event, err)
		}
		base = p.scale.known(base)
		p.gathered.take(base.ID) // with the article as it was
		own := c.summary
		merged, x, err := p.mergeAnew(ctx, base, old.Article, c, &own)
		if err != nil {
			return 0, err
		}
		change = events.Revise(base, a, own, merged, next.Last)
		change.Event.Facts = seconded(base, change.Event, x, c.checkers, a.ID)
		if change.Visible {
			if change, err = p.scale.rank(ctx, change, next.Last); err != nil {
				return 0, err
			}
			if plan, err = p.route(ctx, change); err != nil {
				return 0, err
			}
			// What became of the article when it was new is not forgotten for this.
			plan.Verdicts = withoutUpdates(plan.Verdicts)
		}
	}
	made, err := p.db.Revise(ctx, a, c.summary, change, plan, next)
	if err != nil {
		p.stale = true // it may have been stored
		return 0, err
	}
	p.log.InfoContext(ctx, "article changed in place", "article", int64(a.ID), "event", int64(change.Event.ID), "reason", string(change.Reason), "posts", len(made))
	doc := document(a)
	p.circles.of(a).Replace(doc)
	more, err := p.reconsider(ctx, a, old.Event, base, doc)
	if err != nil { // the article is stored all the same
		p.stale = true
		p.log.ErrorContext(ctx, "events neither put together nor parted", "article", int64(a.ID), "event", int64(old.Event), "error", err)
	}
	return len(made) + more, nil
}

// mergeAnew is merge for an article that the event has already: it stands with
// its former state, so that facts carry what they take back. own gets all that
// the article states now. Last it returns the articles that it read.
func (p *Pipeline) mergeAnew(ctx context.Context, base news.Event, was news.Article, c condensed, own *news.Summary) (news.Summary, *gathered, error) {
	x := p.newGathered()
	if err := p.gather(ctx, x, base, c.article.ID, events.Language(base.Sources)); err != nil {
		return news.Summary{}, nil, err
	}
	said := p.statements(c)
	x.add(c)
	merged := llm.Prefer(llm.Guard(x.dossier.Merge(x.arts, x.sums), x.arts...), x.sums)
	merged = p.checked(ctx, merged, x.verdicts, c.checkers, x.arts...)
	was.ID = events.Former(was.ID)
	is := c.article
	is.Published = p.now() // it says so now
	ledger := x.dossier.Ledger(append(slices.Clone(x.arts[:len(x.arts)-1]), was, is))
	merged.Facts = ledger.Compare(merged.Facts)
	own.Facts = ledger.Compare(said)
	return merged, x, nil
}
