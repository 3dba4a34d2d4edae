package safehttp

import (
	"context"
	"strings"
	"sync"
)

// hosts gives out places: at most n requests at one host at once. A host that
// nobody uses or waits for takes no memory.
type hosts struct {
	n  int
	mu sync.Mutex
	m  map[string]*host
}

type host struct {
	slots chan struct{}
	users int // holding or waiting; guarded by hosts.mu
}

// place is the right to one request at a host.
type place struct {
	free func()
	once sync.Once
}

func newHosts(n int) *hosts { return &hosts{n: n, m: make(map[string]*host)} }

// acquire waits for a place at the host, at most until ctx ends.
func (h *hosts) acquire(ctx context.Context, name string) (*place, error) {
	name = strings.ToLower(name)
	h.mu.Lock()
	x := h.m[name]
	if x == nil {
		x = &host{slots: make(chan struct{}, h.n)}
		h.m[name] = x
	}
	x.users++
	h.mu.Unlock()

	select {
	case x.slots <- struct{}{}:
		return &place{free: func() { <-x.slots; h.leave(name, x) }}, nil
	case <-ctx.Done():
		h.leave(name, x)
		return nil, context.Cause(ctx)
	}
}

func (h *hosts) leave(name string, x *host) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if x.users--; x.users == 0 {
		delete(h.m, name)
	}
}

// release gives the place back; a second call does nothing.
func (p *place) release() { p.once.Do(p.free) }
