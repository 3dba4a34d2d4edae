package feeds

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"

	"newsdesk/news"
)

// Store keeps feeds and what their polls found.
type Store interface {
	Feed(ctx context.Context, id news.FeedID) (news.Feed, error)
	// SaveFetch stores what is new of a result, once however often it is
	// called, and returns the articles that are new.
	SaveFetch(ctx context.Context, id news.FeedID, r Result) ([]news.ArticleID, error)
	// SaveFailure notes why a poll failed, in one sentence, and when the next
	// one is due.
	SaveFailure(ctx context.Context, id news.FeedID, next time.Time, reason string) error
}

// Options of a Poller.
type Options struct {
	// Interval is the time between two polls of a feed; 0 is DefaultInterval.
	Interval time.Duration
	// InitialPosts is how many items of a feed's first poll may be posted: the
	// newest. The others are stored quietly.
	InitialPosts int
	// Rand spreads the polls so that feeds added together are not polled
	// together for ever; nil does not spread.
	Rand *rand.Rand
}

// DefaultInterval is the time between two polls of a feed.
const DefaultInterval = 15 * time.Minute

// maxAhead is how far in the future an item's date is believed: time zones are
// mistaken by hours, not by days.
const maxAhead = 24 * time.Hour

// Poller polls feeds. It is safe for use by many goroutines.
type Poller struct {
	fetcher *Fetcher
	store   Store
	o       Options
	now     func() time.Time

	mu   sync.Mutex // guards rand
	rand *rand.Rand
}

// NewPoller returns a Poller over a Fetcher and a Store.
func NewPoller(f *Fetcher, s Store, o Options, now func() time.Time) *Poller {
	if o.Interval <= 0 {
		o.Interval = DefaultInterval
	}
	return &Poller{fetcher: f, store: s, o: o, now: now, rand: o.Rand}
}

// Outcome is what one poll led to.
type Outcome struct {
	Articles    []news.ArticleID // the new ones, quiet ones included
	NotModified bool             // the server said so, or sent the same bytes again
	Failure     error            // why the feed could not be read, nil where it was; it has been saved
	New         int              // len(Articles)
	Bytes       int64            // of the document, as received
}

// Poll fetches a feed once and saves what it found, or why that failed and
// when to try again. A feed that cannot be read is part of the outcome; the
// error is the store's, or that ctx ended first: then nothing is saved, and the
// feed stays due.
func (p *Poller) Poll(ctx context.Context, id news.FeedID) (Outcome, error) {
	feed, err := p.store.Feed(ctx, id)
	if err != nil {
		return Outcome{}, fmt.Errorf("poll feed %d: %w", id, err)
	}
	res, err := p.fetcher.Fetch(ctx, feed)
	if err != nil {
		return p.fail(ctx, feed, res, err)
	}
	p.settle(feed, &res)
	out := Outcome{NotModified: res.NotModified || res.Unchanged, Bytes: res.Bytes}
	if out.Articles, err = p.store.SaveFetch(ctx, id, res); err != nil {
		return out, fmt.Errorf("poll feed %d: %w", id, err)
	}
	out.New = len(out.Articles)
	return out, nil
}

// settle decides what depends on the clock and on the feed's past.
func (p *Poller) settle(feed news.Feed, res *Result) {
	now := p.now()
	res.FetchedAt = now
	res.NextPoll = now.Add(p.spread(p.o.Interval, !feed.Polled))
	res.Items = distinct(res.Items)
	for i := range res.Items {
		it := &res.Items[i]
		it.Published = believable(it.Published, now)
		it.Updated = believable(it.Updated, now)
	}
	res.Quiet = make([]bool, len(res.Items))
	if feed.Polled {
		return
	}
	for rank, i := range byAge(res.Items) {
		res.Quiet[i] = rank >= p.o.InitialPosts
	}
}

// believable returns no date for one that lies too far in the future; the time
// the item was first seen counts then.
func believable(t, now time.Time) time.Time {
	if t.After(now.Add(maxAhead)) {
		return time.Time{}
	}
	return t
}

// spread shortens an interval by up to a tenth, and after a feed's first poll
// by up to nine tenths. It never lengthens it: a feed is polled at least as
// often as the operator asked.
func (p *Poller) spread(d time.Duration, first bool) time.Duration {
	share := 0.1
	if first {
		share = 0.9
	}
	return d - time.Duration(share*p.chance()*float64(d))
}

// chance returns a number in [0,1), and 0 without a source of chance.
func (p *Poller) chance() float64 {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.rand == nil {
		return 0
	}
	return p.rand.Float64()
}

// fail saves a failure.
func (p *Poller) fail(ctx context.Context, feed news.Feed, res Result, cause error) (Outcome, error) {
	out := Outcome{Bytes: res.Bytes}
	if err := ctx.Err(); err != nil {
		return out, fmt.Errorf("poll feed %d: %w", feed.ID, err)
	}
	wait := p.backOff(feed.Failures)
	if h, ok := errors.AsType[*HTTPError](cause); ok {
		wait = max(wait, h.RetryAfter)
	}
	if err := p.store.SaveFailure(ctx, feed.ID, p.now().Add(wait), Reason(cause)); err != nil {
		return out, fmt.Errorf("poll feed %d: %w", feed.ID, errors.Join(cause, err))
	}
	out.Failure = cause
	return out, nil
}
