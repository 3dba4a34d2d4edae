package discord

import (
	"sync"
	"time"
)

// budget spares IDENTIFYs: a thousand in a day and Discord resets the token.
// It is a bucket that holds a burst and refills at the rate that a day can
// bear; besides, two IDENTIFYs keep a distance.
type budget struct {
	now        func() time.Time
	gap, every time.Duration
	burst      float64

	mu     sync.Mutex
	left   float64
	filled time.Time // when left was true
	last   time.Time // the last IDENTIFY
	count  int
}

func newBudget(o Options) *budget {
	return &budget{
		now: o.Now, gap: o.Timing.IdentifyGap, every: o.Timing.IdentifyEvery,
		burst: float64(o.Timing.IdentifyBurst), left: float64(o.Timing.IdentifyBurst),
	}
}

// wait returns how long the next IDENTIFY must wait.
func (b *budget) wait() time.Duration {
	b.mu.Lock()
	defer b.mu.Unlock()
	now := b.refill()
	var wait time.Duration
	if b.left < 1 {
		wait = time.Duration((1 - b.left) * float64(b.every))
	}
	if b.count > 0 {
		wait = max(wait, b.last.Add(b.gap).Sub(now))
	}
	return max(wait, 0)
}

// spend books an IDENTIFY and returns how many there were.
func (b *budget) spend() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.last = b.refill()
	b.left = max(0, b.left-1)
	b.count++
	return b.count
}

// refill brings left up to date and returns the time. The lock is held.
func (b *budget) refill() time.Time {
	now := b.now()
	if !b.filled.IsZero() && now.After(b.filled) {
		b.left = min(b.burst, b.left+float64(now.Sub(b.filled))/float64(b.every))
	}
	b.filled = now
	return now
}
