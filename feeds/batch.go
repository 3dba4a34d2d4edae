package feeds

import (
	"context"
	"sync"
	"time"
)

const (
	// maxBatch is how many polls are saved in one transaction.
	maxBatch = 64
	// maxLinger is how long a poll that is done waits for others, so that they
	// are saved together.
	maxLinger = 25 * time.Millisecond
)

// batch saves the outcomes of polls that run at the same time together: a
// transaction costs as much as the thirty rows in it. A poll that runs alone is
// saved at once.
type batch struct {
	save func(context.Context, []Polled) []Saved

	mu      sync.Mutex
	running int // polls that have begun and are not saved
	waiting []*waiter
}

// waiter is a poll that waits to be saved.
type waiter struct {
	what  Polled
	saved Saved
	done  chan struct{}
}

func (b *batch) begin() {
	b.mu.Lock()
	b.running++
	b.mu.Unlock()
}

// end tells that a poll ended, saved or not.
func (b *batch) end() {
	b.mu.Lock()
	b.running--
	b.mu.Unlock()
}

// put saves one outcome, with those of other polls. It returns when that is
// done, even when ctx ends meanwhile: what was fetched is not to be lost.
func (b *batch) put(ctx context.Context, what Polled) Saved {
	w := &waiter{what: what, done: make(chan struct{})}
	b.mu.Lock()
	b.waiting = append(b.waiting, w)
	full := len(b.waiting) >= min(b.running, maxBatch)
	b.mu.Unlock()
	if !full {
		timer := time.NewTimer(maxLinger)
		defer timer.Stop()
		select {
		case <-w.done:
			return w.saved
		case <-timer.C:
		}
	}
	b.flush(context.WithoutCancel(ctx))
	<-w.done // saved here, or by one who was faster
	return w.saved
}

// flush saves all that waits.
func (b *batch) flush(ctx context.Context) {
	b.mu.Lock()
	list := b.waiting
	b.waiting = nil
	b.mu.Unlock()
	if len(list) == 0 {
		return
	}
	polls := make([]Polled, len(list))
	for i, w := range list {
		polls[i] = w.what
	}
	saved := b.save(ctx, polls)
	for i, w := range list {
		w.saved = saved[i]
		close(w.done)
	}
}
