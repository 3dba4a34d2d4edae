// Package jobs decides when and where the pipeline's steps run. What is due
// stands in the database; a runner only looks there, on a schedule and when it
// is woken, so a lost wake-up costs seconds and never a message.
//
// [Local] runs everything in this process: robfig/cron wakes it, due rows are
// read, a bounded number of steps run at once, and no step runs twice at once
// for one row.
package jobs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"newsdesk/news"

	"github.com/robfig/cron/v3"
	"golang.org/x/sync/errgroup"
)

// Due says what is to be done.
type Due interface {
	DueFeeds(ctx context.Context, now time.Time, limit int) ([]news.FeedID, error)
	DueArticles(ctx context.Context, now time.Time, limit int) ([]news.ArticleID, error)
	DueRevisits(ctx context.Context, now time.Time, limit int) ([]news.ArticleID, error)
	DueDigests(ctx context.Context, now time.Time, limit int) ([]news.DigestID, error)
}

// Steps do it. Each may be run twice for a row and changes nothing the second
// time. An error is logged here; the row must say itself when it is due again.
type Steps struct {
	Poll     func(ctx context.Context, id news.FeedID) error
	Condense func(ctx context.Context, id news.ArticleID) error
	Reread   func(ctx context.Context, id news.ArticleID) error
	Digest   func(ctx context.Context, id news.DigestID) error
}

// ErrLater is the error of a step whose turn has not come though nothing is wrong,
// such as that of an article whose site is busy with others. It is taken again when
// another step of its kind has ended; meanwhile others go before it.
var ErrLater = errors.New("it is not its turn yet")

// Options bound a runner. The zero value of a field takes its default.
type Options struct {
	Schedule string        // when to look, in cron's notation; "@every 2s"
	Polls    int           // polls at once; 32
	Articles int           // articles at once, most of the time waiting for their pages; 24
	Pause    time.Duration // before a row whose step failed is taken again, should the row still be due; 10 s
}

// digestsAtOnce bounds the digests that are made at once: each is a few queries.
const digestsAtOnce = 2

// rereadsAtOnce bounds the pages that are read again at once: none of them is
// urgent.
const rereadsAtOnce = 2

// Local runs the steps in this process.
type Local struct {
	polls, articles, rereads, digests *lane
	schedule                          string
	log                               *slog.Logger
}

// NewLocal returns a runner; nothing happens before Run.
func NewLocal(due Due, steps Steps, o Options, log *slog.Logger, now func() time.Time) *Local {
	if o.Schedule == "" {
		o.Schedule = "@every 2s"
	}
	if o.Polls <= 0 {
		o.Polls = 32
	}
	if o.Articles <= 0 {
		o.Articles = 24
	}
	if o.Pause <= 0 {
		o.Pause = 10 * time.Second
	}
	l := &Local{schedule: o.Schedule, log: log}
	l.articles = newLane("condense", o.Articles, 1, o.Pause, log, now,
		func(ctx context.Context, n int) ([]int64, error) { return ids(due.DueArticles(ctx, now(), n)) },
		func(ctx context.Context, id int64) error { return steps.Condense(ctx, news.ArticleID(id)) })
	l.polls = newLane("poll", o.Polls, 4, o.Pause, log, now,
		func(ctx context.Context, n int) ([]int64, error) { return ids(due.DueFeeds(ctx, now(), n)) },
		func(ctx context.Context, id int64) error { return steps.Poll(ctx, news.FeedID(id)) })
	l.rereads = newLane("reread", rereadsAtOnce, 1, o.Pause, log, now,
		func(ctx context.Context, n int) ([]int64, error) { return ids(due.DueRevisits(ctx, now(), n)) },
		func(ctx context.Context, id int64) error { return steps.Reread(ctx, news.ArticleID(id)) })
	l.digests = newLane("digest", digestsAtOnce, 1, o.Pause, log, now,
		func(ctx context.Context, n int) ([]int64, error) { return ids(due.DueDigests(ctx, now(), n)) },
		func(ctx context.Context, id int64) error { return steps.Digest(ctx, news.DigestID(id)) })
	return l
}

func ids[T ~int64](in []T, err error) ([]int64, error) {
	out := make([]int64, len(in))
	for i, v := range in {
		out[i] = int64(v)
	}
	return out, err
}

// Wake asks the runner to look for due rows now. It never blocks.
func (l *Local) Wake() {
	l.polls.look()
	l.articles.look()
	l.rereads.look()
	l.digests.look()
}

// Run works until ctx ends and returns when every step it started has ended.
// The steps get ctx: they end early when it does.
func (l *Local) Run(ctx context.Context) error {
	schedule := cron.New(cron.WithLogger(cron.DiscardLogger))
	if _, err := schedule.AddFunc(l.schedule, l.Wake); err != nil {
		return fmt.Errorf("schedule %q: %w", l.schedule, err)
	}
	schedule.Start()
	l.Wake()
	var group errgroup.Group
	for _, lane := range []*lane{l.polls, l.articles, l.rereads, l.digests} {
		group.Go(func() error { lane.run(ctx); return nil })
	}
	err := group.Wait()
	<-schedule.Stop().Done()
	return err
}

// lane runs one kind of step.
type lane struct {
	name  string
	limit int
	ahead int // how many times limit one look at the rows brings: what becomes due meanwhile waits behind them
	pause time.Duration
	log   *slog.Logger
	now   func() time.Time
	due   func(ctx context.Context, n int) ([]int64, error)
	step  func(ctx context.Context, id int64) error
	wake  chan struct{}

	mu    sync.Mutex
	busy  map[int64]time.Time // rows in work (zero) or paused until then
	later map[int64]bool      // rows whose turn had not come at the last look
}

func newLane(name string, limit, ahead int, pause time.Duration, log *slog.Logger, now func() time.Time,
	due func(context.Context, int) ([]int64, error), step func(context.Context, int64) error,
) *lane {
	return &lane{
		name: name, limit: limit, ahead: ahead, pause: pause, log: log, now: now, due: due, step: step,
		wake: make(chan struct{}, 1), busy: map[int64]time.Time{}, later: map[int64]bool{},
	}
}

func (l *lane) look() {
	select {
	case l.wake <- struct{}{}:
	default:
	}
}

func (l *lane) run(ctx context.Context) {
	var group errgroup.Group
	group.SetLimit(l.limit)
	for ctx.Err() == nil {
		held, crowded := l.held()
		if crowded {
			l.rest(ctx)
			continue
		}
		// Rows in work are still due, so ask for as many more as may be new.
		rows, err := l.due(ctx, l.ahead*l.limit+held)
		if err != nil && ctx.Err() == nil {
			l.log.ErrorContext(ctx, "due rows not read", "step", l.name, "error", err)
		}
		started := 0
		for _, id := range rows {
			if ctx.Err() != nil || !l.claim(id) {
				continue
			}
			started++
			group.Go(func() error {
				err := l.step(ctx, id)
				l.done(id, err)
				if err != nil && !errors.Is(err, ErrLater) && ctx.Err() == nil {
					l.log.ErrorContext(ctx, "step failed", "step", l.name, "id", id, "error", err)
				}
				return nil
			})
		}
		if started > 0 {
			continue // there may be more than one look brings
		}
		l.rest(ctx)
	}
	_ = group.Wait() // steps return nil to the group
}

// passed is how many rows whose turn has not come are passed over, for each step
// at once: to find what is behind thousands of one site's, all of them would be gone
// through for each that ends.
const passed = 8

// held counts the rows that are not to be taken now, and says whether those whose
// turn has not come are too many to look behind them.
func (l *lane) held() (n int, crowded bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.busy) + len(l.later), len(l.later) >= passed*l.limit
}

// rest waits until it is woken, and lets those rows be taken again whose turn had
// not come.
func (l *lane) rest(ctx context.Context) {
	select {
	case <-ctx.Done():
	case <-l.wake:
		l.mu.Lock()
		defer l.mu.Unlock()
		clear(l.later)
	}
}

func (l *lane) claim(id int64) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	until, taken := l.busy[id]
	if l.later[id] || taken && (until.IsZero() || l.now().Before(until)) {
		return false
	}
	l.busy[id] = time.Time{}
	return true
}

func (l *lane) done(id int64, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if errors.Is(err, ErrLater) {
		delete(l.busy, id)
		l.later[id] = true
		return
	}
	if len(l.later) > 0 {
		l.look()
	}
	now := l.now()
	if err != nil {
		l.busy[id] = now.Add(l.pause)
	} else {
		delete(l.busy, id)
	}
	for id, until := range l.busy { // what is paused no longer need not be remembered
		if !until.IsZero() && until.Before(now) {
			delete(l.busy, id)
		}
	}
}
