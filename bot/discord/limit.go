package discord

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"newsdesk/outbox"
)

// Discord's limits that hold for the whole bot.
const (
	globalPerSecond = 45   // Discord allows 50; the rest is for clocks that differ
	globalBurst     = 9    // of them within a fifth of a second: a burst that the network delays runs into the next
	maxInvalid      = 5000 // 401, 403 and 429 in ten minutes; at 10,000 Discord bans the address
	maxBuckets      = 2000 // kept before idle ones are forgotten
	shortestWait    = 50 * time.Millisecond
)

// limiter keeps the bot within Discord's rate limits: one gate for all
// requests, one bucket for each limit that Discord's headers tell of, and a
// brake on requests that only earn refusals.
// Source: https://discord.com/developers/docs/topics/rate-limits
type limiter struct {
	now     func() time.Time
	maxWait time.Duration

	mu      sync.Mutex
	sent    [globalPerSecond]time.Time // ring of the last requests
	next    int
	closed  time.Time          // no request before this time, those of interactions aside
	shut    time.Time          // no request at all before this time
	names   map[string]string  // route -> Discord's name of its bucket
	buckets map[string]*bucket // by name or route, and channel

	minute  int64 // of invalid's newest slot
	invalid [10]int
}

// bucket is one rate limit. Until an answer has told its size, requests go one
// at a time.
type bucket struct {
	known     bool
	limit     int // 0: the routes have no limit that we were told of
	remaining int
	reset     time.Time
	inFlight  int
	used      time.Time
	changed   chan struct{} // closed and replaced when an answer arrives
}

func newLimiter(now func() time.Time, maxWait time.Duration) *limiter {
	return &limiter{
		now: now, maxWait: maxWait,
		names: map[string]string{}, buckets: map[string]*bucket{},
	}
}

// admit waits until a request may be sent, and returns its bucket, which must
// be settled. Where the wait is longer than is good inside a call it returns an
// error with the wait instead (outbox.Wait). route names the kind of request,
// major the channel or server it is for.
func (l *limiter) admit(ctx context.Context, route, major string) (*bucket, error) {
	var waited time.Duration
	for {
		b, wait, changed := l.take(route, major)
		if wait == 0 {
			return b, nil
		}
		wait = max(wait, shortestWait)
		if changed == nil && waited+wait > l.maxWait {
			return nil, outbox.After(wait, fmt.Errorf("%w %s", ErrRateLimited, wait.Round(time.Millisecond)))
		}
		if d, ok := ctx.Deadline(); ok && changed == nil && d.Sub(l.now()) < wait {
			return nil, outbox.After(wait, fmt.Errorf("%w %s", ErrRateLimited, wait.Round(time.Millisecond)))
		}
		t := time.NewTimer(wait)
		select {
		case <-t.C:
			waited += wait
		case <-changed:
		case <-ctx.Done():
			t.Stop()
			return nil, ctx.Err()
		}
		t.Stop()
	}
}

// take books a request if it may be sent now; else it returns how long to wait
// and, where an answer on its way may change that, a channel that tells.
func (l *limiter) take(route, major string) (*bucket, time.Duration, <-chan struct{}) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	if wait := max(l.closed.Sub(now), l.shut.Sub(now)); wait > 0 {
		return nil, wait, nil
	}
	burst := l.sent[(l.next+globalPerSecond-globalBurst)%globalPerSecond].Add(time.Second * globalBurst / globalPerSecond)
	if wait := max(l.sent[l.next].Add(time.Second).Sub(now), burst.Sub(now)); wait > 0 {
		return nil, wait, nil
	}
	b := l.bucket(route, major, now)
	switch {
	case !b.known && b.inFlight > 0:
		return nil, l.maxWait, b.changed
	case b.known && b.limit > 0:
		if !now.Before(b.reset) {
			b.remaining = max(b.remaining, b.limit-b.inFlight)
		}
		if b.remaining <= 0 {
			if wait := b.reset.Sub(now); wait > 0 {
				return nil, wait, nil
			}
			return nil, l.maxWait, b.changed // all of it is under way
		}
		b.remaining--
	case !b.known || b.limit == 0:
		if wait := b.reset.Sub(now); wait > 0 {
			return nil, wait, nil
		}
	}
	b.inFlight++
	b.used = now
	l.sent[l.next] = now
	l.next = (l.next + 1) % len(l.sent)
	return b, 0, nil
}

// bucket finds or makes the bucket of a route. The lock is held.
func (l *limiter) bucket(route, major string, now time.Time) *bucket {
	key := route + "/" + major
	if name, ok := l.names[route]; ok {
		key = name + "/" + major
	}
	b := l.buckets[key]
	if b == nil {
		if len(l.buckets) >= maxBuckets {
			for k, old := range l.buckets {
				if old.inFlight == 0 && !now.Before(old.reset) && now.Sub(old.used) > time.Minute {
					delete(l.buckets, k)
				}
			}
		}
		b = &bucket{changed: make(chan struct{})}
		l.buckets[key] = b
	}
	return b
}

// settle books an answer's headers into its bucket; a nil header means that no
// answer came.
func (l *limiter) settle(b *bucket, route, major string, status int, h http.Header) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	b.inFlight--
	if h != nil {
		if name := h.Get("X-RateLimit-Bucket"); name != "" && len(name) <= 100 {
			l.names[route] = name
			key := name + "/" + major
			if l.buckets[key] == nil {
				l.buckets[key] = b
			}
		}
		limit, okLimit := number(h.Get("X-RateLimit-Limit"))
		left, okLeft := number(h.Get("X-RateLimit-Remaining"))
		after, okAfter := number(h.Get("X-RateLimit-Reset-After"))
		switch {
		case okLimit && okLeft && okAfter:
			reset := now.Add(seconds(after))
			if !b.known || b.limit == 0 || reset.Sub(b.reset) > 500*time.Millisecond {
				// A new window: this request is in it, and those in flight are,
				// whether or not Discord had counted them when it answered.
				b.remaining = min(int(left), int(limit)-1-b.inFlight)
			} else {
				b.remaining = min(b.remaining, int(left))
			}
			b.limit, b.reset, b.known = max(1, int(limit)), reset, true
		case status < 400:
			b.known = true // and unlimited, as far as we are told
		}
	}
	close(b.changed)
	b.changed = make(chan struct{})
}

// refuse books a refusal: what it reaches is held for wait. It returns the
// names of what is held and until when, for the memory of restarts.
func (l *limiter) refuse(b *bucket, route, major string, wait time.Duration, r reach) ([]string, time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	until := l.now().Add(wait)
	switch {
	case r == ofAddress:
		l.shut = later(l.shut, until)
		return []string{heldAddress}, l.shut
	case r == ofBot || b == nil:
		l.closed = later(l.closed, until)
		return []string{heldBot}, l.closed
	}
	b.remaining = 0
	b.reset = later(b.reset, until)
	// The next start knows routes and not Discord's names of buckets: it learns
	// those from the answers.
	held := []string{route + "/" + major}
	if name, ok := l.names[route]; ok {
		for other, n := range l.names {
			if n == name && other != route {
				held = append(held, other+"/"+major)
			}
		}
	}
	return held, b.reset
}

// restore books what was held when the bot last ran.
func (l *limiter) restore(held map[string]time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	for what, until := range held {
		if latest := now.Add(longestWait); until.After(latest) {
			until = latest // the clock was wrong then or is now
		}
		switch what {
		case heldAddress:
			l.shut = later(l.shut, until)
		case heldBot:
			l.closed = later(l.closed, until)
		default:
			if l.buckets[what] == nil {
				l.buckets[what] = &bucket{changed: make(chan struct{})}
			}
			l.buckets[what].reset = later(l.buckets[what].reset, until)
		}
	}
}

// shutFor returns how long Discord's edge wants to be left alone.
func (l *limiter) shutFor() time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	return max(0, l.shut.Sub(l.now()))
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// countInvalid books an answer that counts towards Discord's ban, and closes
// the gate for ten minutes at half of what earns one: then it returns until
// when.
func (l *limiter) countInvalid() (until time.Time, braked bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	minute := now.Unix() / 60
	for m := max(l.minute+1, minute-int64(len(l.invalid))+1); m <= minute; m++ {
		l.invalid[m%int64(len(l.invalid))] = 0
	}
	l.minute = max(l.minute, minute)
	l.invalid[l.minute%int64(len(l.invalid))]++
	sum := 0
	for _, n := range l.invalid {
		sum += n
	}
	if sum < maxInvalid {
		return time.Time{}, false
	}
	l.closed = later(l.closed, now.Add(10*time.Minute))
	return l.closed, true
}

// number reads a header's number of at least 0.
func number(s string) (float64, bool) {
	f, err := strconv.ParseFloat(strings.TrimSpace(s), 64)
	return f, err == nil && f >= 0 && f < 1e9
}

// longestWait is the longest that Discord is believed.
const longestWait = 24 * time.Hour

// seconds turns a number of seconds into a duration of at most longestWait.
func seconds(f float64) time.Duration {
	return time.Duration(min(max(f, 0), longestWait.Seconds()) * float64(time.Second))
}
