package outbox

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"sync"
	"time"

	"newsdesk/news"

	"golang.org/x/sync/errgroup"
)

// Options bound a relay. The zero value of a field takes its default.
type Options struct {
	Channels    int           // channels served at once; 16
	MaxAttempts int           // tries of one post before it is set aside, where other posts go out; 20
	MaxAge      time.Duration // how long a post is tried where no post goes out: an outage; 3 days
	FirstRetry  time.Duration // wait after the first failure, doubled for each further one; 2 s
	LastRetry   time.Duration // longest wait; 15 min
	Look        time.Duration // how often the store is asked without being woken; 5 s
	Grace       time.Duration // how long a send in flight may take to end at shutdown; 8 s
	Edits       Ration        // counts the edits of old messages; nil: they may be edited at will
}

func (o Options) withDefaults() Options {
	set := func(d *time.Duration, v time.Duration) {
		if *d <= 0 {
			*d = v
		}
	}
	if o.Channels <= 0 {
		o.Channels = 16
	}
	if o.MaxAttempts <= 0 {
		o.MaxAttempts = 20
	}
	set(&o.MaxAge, 72*time.Hour)
	set(&o.FirstRetry, 2*time.Second)
	set(&o.LastRetry, 15*time.Minute)
	set(&o.Look, 5*time.Second)
	set(&o.Grace, 8*time.Second)
	return o
}

// Relay moves posts from a store to a sender. It holds no state that matters:
// what was not sent when it stops is in the store, and is sent by the next one.
type Relay struct {
	store  Store
	sender Sender
	opts   Options
	log    *slog.Logger
	now    func() time.Time
	jitter func() float64 // 0 to 1
	wake   chan struct{}

	mu       sync.Mutex
	busy     map[news.ChannelID]bool
	lastSent time.Time // of any post
}

// NewRelay returns a relay; nothing happens before Run.
func NewRelay(s Store, sender Sender, o Options, log *slog.Logger, now func() time.Time) *Relay {
	return &Relay{
		store: s, sender: sender, opts: o.withDefaults(), log: log, now: now,
		jitter: rand.Float64, wake: make(chan struct{}, 1), busy: map[news.ChannelID]bool{},
	}
}

// Wake asks the relay to look for due posts now. It never blocks.
func (r *Relay) Wake() {
	select {
	case r.wake <- struct{}{}:
	default: // a look is coming already
	}
}

// Run delivers until ctx ends. It then takes nothing new, gives the sends in
// flight their grace, and returns when all have ended.
func (r *Relay) Run(ctx context.Context) error {
	sending, stop := graceful(ctx, r.opts.Grace)
	defer stop()
	var group errgroup.Group
	group.SetLimit(r.opts.Channels)
	tick := time.NewTicker(r.opts.Look)
	defer tick.Stop()
	for {
		channels, err := r.store.DueChannels(ctx, r.now())
		if err != nil && ctx.Err() == nil {
			r.log.ErrorContext(ctx, "outbox not read", "error", err)
		}
		for _, ch := range channels {
			if ctx.Err() != nil {
				break
			}
			if !r.claim(ch) {
				continue
			}
			group.Go(func() error {
				err := r.drain(ctx, sending, ch)
				r.release(ch)
				if err == nil {
					// A post may have become due while the loop was ending.
					r.Wake()
				} else if ctx.Err() == nil {
					r.log.ErrorContext(ctx, "delivery stopped", "channel", string(ch), "error", err)
				}
				return nil
			})
		}
		select {
		case <-ctx.Done():
			return group.Wait()
		case <-r.wake:
		case <-tick.C:
		}
	}
}

// graceful returns a context that outlives ctx by d, and a function that ends
// it.
func graceful(ctx context.Context, d time.Duration) (context.Context, func()) {
	long, cancel := context.WithCancel(context.WithoutCancel(ctx))
	done := make(chan struct{})
	go func() {
		defer close(done)
		select {
		case <-long.Done():
			return
		case <-ctx.Done():
		}
		t := time.NewTimer(d)
		defer t.Stop()
		select {
		case <-long.Done():
		case <-t.C:
			cancel()
		}
	}()
	return long, func() { cancel(); <-done }
}

func (r *Relay) claim(ch news.ChannelID) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.busy[ch] {
		return false
	}
	r.busy[ch] = true
	return true
}

func (r *Relay) release(ch news.ChannelID) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.busy, ch)
}

// drain sends the channel's due posts in order until none is due, one has to
// wait, or ctx ends; sending outlives ctx by the grace. An error is the
// store's, and the channel then waits for the next tick.
func (r *Relay) drain(ctx, sending context.Context, ch news.ChannelID) error {
	for ctx.Err() == nil {
		p, err := r.store.NextPost(ctx, ch, r.now())
		if errors.Is(err, news.ErrNotFound) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read next post: %w", err)
		}
		if p.Kind == news.PostEdit && r.opts.Edits != nil {
			ok, err := r.opts.Edits.BookEdit(ctx, p, r.now(), OldEdits)
			if err != nil {
				return fmt.Errorf("book the edit %s: %w", p.Key, err)
			}
			if !ok {
				continue // a Publisher makes it
			}
		}
		held, err := r.deliver(sending, p)
		if held || err != nil {
			return err
		}
	}
	return nil
}

// deliver sends one post and records what came of it. held says that the post
// is still to be sent, and holds back its channel.
func (r *Relay) deliver(ctx context.Context, p news.Post) (held bool, err error) {
	now := r.now()
	if p.Tried.IsZero() {
		if err := r.store.MarkTried(ctx, p.ID, now); err != nil {
			return true, fmt.Errorf("mark %s tried: %w", p.Key, err)
		}
	}
	receipt, err := r.sender.Send(ctx, p)
	attrs := []any{"channel", string(p.Channel), "post", p.Key, "kind", string(p.Kind)}
	switch {
	case err == nil:
		if err := r.store.MarkSent(ctx, p, receipt); err != nil {
			return true, fmt.Errorf("mark %s sent: %w", p.Key, err)
		}
		r.sent()
		r.log.InfoContext(ctx, "posted", attrs...)
		return false, nil
	case ctx.Err() != nil:
		// The outcome is unknown; the next start sends again under the same key.
		return true, nil //nolint:nilerr // stopping is no failure
	case IsBlocked(err):
		r.log.WarnContext(ctx, "channel takes no posts", append(attrs, "error", err)...)
		if err := r.store.Block(ctx, p.Channel, err.Error(), r.now()); err != nil {
			return true, fmt.Errorf("hold back channel %s: %w", p.Channel, err)
		}
		return true, nil
	case IsRationed(err) && r.opts.Edits != nil:
		wait, asked := Wait(err)
		if !asked {
			wait = time.Hour
		}
		r.log.InfoContext(ctx, "message takes no more edits for now", append(attrs, "wait", wait.String(), "error", err)...)
		if err := r.opts.Edits.PutOff(ctx, p, r.now().Add(wait), err.Error()); err != nil {
			return true, fmt.Errorf("put off %s: %w", p.Key, err)
		}
		return false, nil
	case IsPermanent(err), p.Attempts+1 >= r.opts.MaxAttempts && r.hopeless(p):
		r.log.WarnContext(ctx, "post given up", append(attrs, "attempts", p.Attempts+1, "error", err)...)
		mark := r.store.MarkDead
		if IsDeleted(err) {
			mark = r.store.MarkDeleted
		}
		if err := mark(ctx, p.ID, err.Error()); err != nil {
			return true, fmt.Errorf("set %s aside: %w", p.Key, err)
		}
		return false, nil
	}
	wait := r.backoff(p.Attempts)
	if w, asked := Wait(err); asked {
		wait = max(wait, w)
	} else if p.Tried.IsZero() {
		p.Tried = now
	}
	r.log.InfoContext(ctx, "post waits", append(attrs, "wait", wait.String(), "attempts", p.Attempts+1, "error", err)...)
	p.NotBefore = r.now().Add(wait)
	if err := r.store.MarkRetry(ctx, p, err.Error()); err != nil {
		return true, fmt.Errorf("postpone %s: %w", p.Key, err)
	}
	time.AfterFunc(wait, r.Wake) // else the next look would find it, seconds later
	return true, nil
}

// hopeless reports whether more tries of a post are of no use: others went out
// while it did not, so the fault lies with the post and not with an outage; or
// it has been tried for days.
func (r *Relay) hopeless(p news.Post) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	now := r.now()
	return now.Sub(r.lastSent) <= 2*r.opts.LastRetry || !p.Tried.IsZero() && now.Sub(p.Tried) > r.opts.MaxAge
}

// sent books that a post went out.
func (r *Relay) sent() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.lastSent = r.now()
}

// backoff doubles with each attempt and varies by a quarter, so that channels
// that failed together do not come back together.
func (r *Relay) backoff(attempts int) time.Duration {
	wait := r.opts.FirstRetry << min(attempts, 20)
	if wait <= 0 || wait > r.opts.LastRetry {
		wait = r.opts.LastRetry
	}
	return wait + time.Duration(r.jitter()*float64(wait)/4)
}
