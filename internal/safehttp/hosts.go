package safehttp

import (
	"context"
	"strings"
	"sync"
	"time"
)

// longestRest bounds how long a place at a host rests after a request.
const longestRest = time.Second

// hosts gives out places: at most n requests at one host at once, and each place
// rests after a request as long as that took, so that a host that is slow is asked
// more seldom. A host that nobody uses or waits for is forgotten in the end.
type hosts struct {
	n    int
	mu   sync.Mutex
	m    map[string]*host
	most int // hosts, before those that rest no more are looked for
}

type host struct {
	slots  chan time.Time // for each place that is free, until when it rests
	users  int            // holding or waiting; guarded by hosts.mu
	rested time.Time      // when all places will have rested; guarded by hosts.mu
}

// place is the right to one request at a host.
type place struct {
	free func()
	once sync.Once
}

func newHosts(n int) *hosts { return &hosts{n: n, m: make(map[string]*host), most: fewHosts} }

// fewHosts need not be looked through for those that can be forgotten.
const fewHosts = 64

// acquire waits for a place at the host that has rested, at most until ctx ends.
func (h *hosts) acquire(ctx context.Context, name string) (*place, error) {
	x := h.enter(strings.ToLower(name))
	var until time.Time
	select {
	case until = <-x.slots:
	case <-ctx.Done():
		h.leave(x, time.Time{})
		return nil, context.Cause(ctx)
	}
	if rest := time.Until(until); rest > 0 {
		timer := time.NewTimer(rest)
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-ctx.Done():
			x.slots <- until
			h.leave(x, until)
			return nil, context.Cause(ctx)
		}
	}
	start := clock()
	return &place{free: func() {
		now := clock()
		until := now.Add(min(now.Sub(start), longestRest))
		x.slots <- until
		h.leave(x, until)
	}}, nil
}

func (h *hosts) enter(name string) *host {
	h.mu.Lock()
	defer h.mu.Unlock()
	x := h.m[name]
	if x == nil {
		h.forget()
		x = &host{slots: make(chan time.Time, h.n)}
		for range h.n {
			x.slots <- time.Time{}
		}
		h.m[name] = x
	}
	x.users++
	return x
}

func (h *hosts) leave(x *host, rests time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	x.users--
	if rests.After(x.rested) {
		x.rested = rests
	}
}

// forget drops the hosts that nobody uses and that have rested, once there are
// twice as many hosts as it left the last time.
func (h *hosts) forget() {
	if len(h.m) < h.most {
		return
	}
	now := clock()
	for name, x := range h.m {
		if x.users == 0 && !x.rested.After(now) {
			delete(h.m, name)
		}
	}
	h.most = max(fewHosts, 2*len(h.m))
}

// clock is the real time, which a timer waits for as well.
func clock() time.Time { return time.Now() } //nolint:forbidigo // how long a request takes is no caller's to say

// release gives the place back; a second call does nothing.
func (p *place) release() { p.once.Do(p.free) }
