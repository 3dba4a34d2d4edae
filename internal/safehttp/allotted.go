package safehttp

import (
	"context"
	"sync"
	"time"
)

// allotted is the time that a request has. It ends the request's context with
// ErrTimeout once it is used up.
type allotted struct {
	cancel context.CancelCauseFunc

	mu    sync.Mutex
	timer *time.Timer
	left  time.Duration // when the clock last started
	since time.Time     // when that was
}

// within returns a context that ends when so much time has passed, pauses aside.
// Call end when nothing is left to be done in it.
func within(parent context.Context, d time.Duration) (context.Context, *allotted) {
	ctx, cancel := context.WithCancelCause(parent)
	return ctx, &allotted{cancel: cancel, left: d, since: clock(), timer: time.AfterFunc(d, func() { cancel(ErrTimeout) })}
}

// pause stops the clock.
func (a *allotted) pause() {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.timer.Stop() {
		a.left = max(a.left-clock().Sub(a.since), 0)
	}
}

// goOn lets the clock run again after a pause.
func (a *allotted) goOn() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.since = clock()
	a.timer.Reset(a.left)
}

// end releases what the context holds.
func (a *allotted) end() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.timer.Stop()
	a.cancel(context.Canceled)
}
