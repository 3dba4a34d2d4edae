package llm

import (
	"sync"
	"time"
)

// Bounds of the circuit breaker.
const (
	failuresToOpen = 4                // in a row
	firstPause     = 30 * time.Second // doubled with each probe that fails
	longestPause   = 15 * time.Minute
)

// breaker keeps a server that fails from being asked. Closed, it lets everything
// through; after some failures in a row it opens and lets nothing through for a
// pause; then it is half open and lets one request through, whose outcome
// closes it or opens it for twice as long.
type breaker struct {
	now func() time.Time

	mu       sync.Mutex
	failures int
	pause    time.Duration
	until    time.Time // open until then; zero while closed
	probing  bool      // half open, and the one request is on its way
}

// allow reports whether a request may be sent now. Every true must be followed by
// one call of succeed, fail or abandon.
func (b *breaker) allow() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch {
	case b.until.IsZero():
		return true
	case b.probing || b.now().Before(b.until):
		return false
	}
	b.probing = true
	return true
}

// succeed closes the breaker. It reports whether it was open.
func (b *breaker) succeed() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	was := !b.until.IsZero()
	b.failures, b.pause, b.until, b.probing = 0, 0, time.Time{}, false
	return was
}

// abandon takes back an allow without a verdict on the server.
func (b *breaker) abandon() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.probing = false
}

// fail counts a failure. A fixed one, which will not pass by itself, opens the
// breaker at once; wait is what the server asked for. It returns how long the breaker is
// open from now, 0 where it was open already or stays closed.
func (b *breaker) fail(fixed bool, wait time.Duration) time.Duration {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.failures++
	probe := b.probing
	b.probing = false
	switch {
	case !b.until.IsZero() && !probe: // one that was on its way when another opened it
		return 0
	case probe:
		b.pause = min(2*b.pause, longestPause)
	case fixed:
		b.pause = longestPause
	case b.failures < failuresToOpen && wait == 0:
		return 0
	default:
		b.pause = firstPause
	}
	pause := max(b.pause, wait)
	b.until = b.now().Add(pause)
	return pause
}
