package discord

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"
)

// Waits remembers across restarts what Discord takes no requests for, and until
// when: one that comes too early makes the wait longer, and ten thousand of
// them end in a ban. The names are this package's own.
type Waits interface {
	// Waits returns what is to be waited for at now, by name.
	Waits(ctx context.Context, now time.Time) (map[string]time.Time, error)
	// SaveWait stores a wait in place of the one under the same name.
	SaveWait(ctx context.Context, name string, until time.Time) error
}

// reach says what a refusal holds back.
type reach int

const (
	ofBucket  reach = iota // the routes of a bucket, for one channel or server
	ofBot                  // all that the bot's token is needed for
	ofAddress              // everything: Discord's edge has shut this address out
)

// The names of waits that are not a route's.
const (
	heldBot     = "bot"
	heldAddress = "address"
)

// saveTime bounds the storing of a wait.
const saveTime = 5 * time.Second

// memory loads what was held when the bot last ran, once and before the first
// request, and stores what is held from then on.
type memory struct {
	waits Waits // nil: nothing is remembered
	log   *slog.Logger

	mu     sync.Mutex
	loaded bool
}

// load books what is remembered. It is tried again at the next request where
// it fails: asking Discord without knowing might be one request too many.
func (m *memory) load(ctx context.Context, l *limiter) error {
	if m.waits == nil {
		return nil
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.loaded {
		return nil
	}
	held, err := m.waits.Waits(ctx, l.now())
	if err != nil {
		return fmt.Errorf("recall how long Discord wants to be left alone: %w", err)
	}
	l.restore(held)
	m.loaded = true
	return nil
}

// save stores what is held. It outlives ctx: a program that is being stopped is
// one that will be started.
func (m *memory) save(ctx context.Context, held []string, until time.Time) {
	if m.waits == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), saveTime)
	defer cancel()
	for _, name := range held {
		if err := m.waits.SaveWait(ctx, name, until); err != nil {
			m.log.ErrorContext(ctx, "rate limit not stored", "name", name, "error", err)
		}
	}
}
