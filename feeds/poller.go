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
	// SavePolls stores what is new of each outcome, once however often it is
	// called, and returns what became of each, in order.
	SavePolls(ctx context.Context, polls []Polled) []Saved
}

// Options of a Poller.
type Options struct {
	// Interval is the time between two polls of a feed; 0 lets each feed's own
	// rhythm decide, between MinInterval and MaxInterval.
	Interval time.Duration
	// InitialPosts is how many items of a feed's first poll may be posted: the
	// newest. The others are stored quietly, and all of a feed that a guild added.
	InitialPosts int
	// Rand spreads the polls so that feeds which were polled together, as all are
	// that were added together or fell due while the program stood still, are not
	// polled together for ever; nil does not spread.
	Rand *rand.Rand
}

// maxAhead is how far in the future an item's date is believed: time zones are
// mistaken by hours, not by days.
const maxAhead = 24 * time.Hour

// firstYear is when an item can have been published at the earliest: the time zero
// of a program that had no date is 1970, and there is none before the Web.
const firstYear = 1990

// Poller polls feeds. It is safe for use by many goroutines.
type Poller struct {
	fetcher *Fetcher
	store   Store
	o       Options
	now     func() time.Time
	since   time.Time // when it was made
	batch   batch

	mu       sync.Mutex // guards what follows
	rand     *rand.Rand
	answered time.Time // when a server last answered at all
}

// NewPoller returns a Poller over a Fetcher and a Store.
func NewPoller(f *Fetcher, s Store, o Options, now func() time.Time) *Poller {
	return &Poller{fetcher: f, store: s, o: o, now: now, since: now(), rand: o.Rand, batch: batch{save: s.SavePolls}}
}

// Outcome is what one poll led to.
type Outcome struct {
	Articles    []news.ArticleID // the new ones, quiet ones included
	NotModified bool             // the server said so, or sent the same bytes again
	Failure     error            // why the feed could not be read, nil where it was; it has been saved
	Disabled    bool             // the failure was the last: the feed is polled no more
	New         int              // len(Articles)
	Bytes       int64            // of the document, as received
}

// Poll loads a feed and polls it once; see PollFeed.
func (p *Poller) Poll(ctx context.Context, id news.FeedID) (Outcome, error) {
	feed, err := p.store.Feed(ctx, id)
	if err != nil {
		return Outcome{}, fmt.Errorf("poll feed %d: %w", id, err)
	}
	return p.PollFeed(ctx, feed)
}

// PollFeed fetches a feed once and saves what it found, or why that failed and
// when to try again; polls that run at the same time are saved together. A feed
// that cannot be read is part of the outcome; the error is the store's, or that
// ctx ended first: then nothing is saved, and the feed stays due.
func (p *Poller) PollFeed(ctx context.Context, feed news.Feed) (Outcome, error) {
	p.batch.begin()
	defer p.batch.end()
	at := feed
	at.URL = ask(feed, p.now())
	res, cause := p.fetcher.Fetch(ctx, at)
	out := Outcome{NotModified: res.NotModified || res.Unchanged, Bytes: res.Bytes}
	poll := Polled{Feed: feed.ID}
	if cause != nil {
		if err := ctx.Err(); err != nil {
			return out, fmt.Errorf("poll feed %d: %w", feed.ID, err)
		}
		poll.Failure = p.failure(feed, at.URL, cause)
	} else {
		p.settle(feed, at.URL, &res)
		poll.Result = res
	}
	saved := p.batch.put(ctx, poll)
	if saved.Err != nil {
		return out, fmt.Errorf("poll feed %d: %w", feed.ID, errors.Join(cause, saved.Err))
	}
	out.Failure, out.Articles, out.New = cause, saved.Articles, len(saved.Articles)
	out.Disabled = poll.Failure != nil && !poll.Failure.Disable.IsZero()
	return out, nil
}

// settle decides what depends on the clock and on the feed's past; asked is the
// address that was polled.
func (p *Poller) settle(feed news.Feed, asked string, res *Result) {
	now := p.now()
	p.heard(now)
	res.FetchedAt = now
	res.Items = distinct(res.Items)
	tame(res.Items, now)
	if !res.NotModified && !res.Unchanged {
		res.Pace = observe(res.Pace, res.Items, now)
	}
	var moved bool
	if res.Moving, moved = follow(feed, asked, res.MovedTo, now); !moved {
		res.MovedTo = ""
	}
	res.NextPoll, res.NextReason = p.schedule(feed, *res, now)
	res.Quiet = make([]bool, len(res.Items))
	if feed.Polled {
		return
	}
	for rank, i := range byAge(res.Items) {
		res.Quiet[i] = feed.Own || rank >= p.o.InitialPosts
	}
}

// tame takes away the dates that cannot be believed.
func tame(items []news.Item, now time.Time) {
	for i := range items {
		items[i].Published = believable(items[i].Published, now)
		items[i].Updated = believable(items[i].Updated, now)
	}
}

// believable returns no date for one that lies too far in the future, or before
// there were feeds; the time the item was first seen counts then.
func believable(t, now time.Time) time.Time {
	if t.After(now.Add(maxAhead)) || t.Year() < firstYear {
		return time.Time{}
	}
	return t
}

// spread shortens the interval after a poll by up to a tenth, or by up to nine tenths
// where the poll had no time of its own and others were polled beside it: the first one,
// one that fell due before the program ran, and one ahead of its time. It is not asked
// how late a poll is: where there is too much to do, all are late, and to poll the more
// often for it would make it worse. It never lengthens an interval: a feed is polled at
// least as often as the operator asked.
func (p *Poller) spread(d time.Duration, feed news.Feed, now time.Time) time.Duration {
	share := 0.1
	if !feed.Polled || feed.NextPoll.Before(p.since) || feed.NextPoll.After(now) {
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
