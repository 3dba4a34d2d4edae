package app

import (
	"context"
	"fmt"

	"newsdesk/articles"
	"newsdesk/events"
	"newsdesk/store"

	"golang.org/x/sync/errgroup"
)

// Rebuild reads the recent articles back into the index of events, and into what
// is known of the lines that outlets repeat, where that was not done yet. Polls
// need not wait for it; an article that is placed waits.
func (p *Pipeline) Rebuild(ctx context.Context) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.stale && p.remembers.Load() {
		return nil
	}
	return p.rebuild(ctx)
}

// readAhead is how many articles are read from the database and taken apart
// before they are put into the index, which takes them one by one.
const readAhead = 32

// remembered is a stored article, and what it says by itself.
type remembered struct {
	store.Stored

	parsed events.Parsed
}

// rebuild is Rebuild for who holds the lock.
func (p *Pipeline) rebuild(ctx context.Context) error {
	began := p.now()
	circles, latest := newCircles(), articles.NewLatest()
	free, full := make(chan *remembered, readAhead), make(chan *remembered, readAhead)
	for range readAhead {
		free <- &remembered{}
	}
	group, groupCtx := errgroup.WithContext(ctx)
	group.Go(func() error {
		defer close(full)
		return p.db.EachRecent(groupCtx, began.Add(-window), func(s store.Stored) error {
			r := <-free
			r.Stored = s
			r.parsed.Parse(document(s.Article))
			full <- r
			return groupCtx.Err()
		})
	})
	n := 0
	for r := range full { // to its end, so that who fills it never waits in vain
		circles.of(r.Article).AddParsed(&r.parsed, int64(r.Event), int64(r.CopyOf))
		latest.Add(r.Article)
		n++
		free <- r
	}
	if err := group.Wait(); err != nil {
		return fmt.Errorf("rebuild the index of events: %w", err)
	}
	p.circles, p.gathered = circles, newGatherings()
	p.stale = false
	if !p.remembers.Load() {
		if err := p.recurring.Remember(ctx, latest.All(), p.now()); err != nil {
			return fmt.Errorf("rebuild what outlets repeat: %w", err)
		}
		p.remembers.Store(true)
	}
	p.log.InfoContext(ctx, "index of events rebuilt", "articles", n, "seconds", p.now().Sub(began).Seconds())
	return nil
}
