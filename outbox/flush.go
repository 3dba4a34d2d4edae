package outbox

import (
	"context"
	"fmt"
)

// Flush delivers everything that is due now, channel after channel, and
// returns. It is for a program that has a clock of its own; it must not be
// called while Run works.
func (r *Relay) Flush(ctx context.Context) error {
	for {
		channels, err := r.store.DueChannels(ctx, r.now())
		if err != nil {
			return fmt.Errorf("read the outbox: %w", err)
		}
		if len(channels) == 0 {
			return ctx.Err()
		}
		for _, ch := range channels {
			if err := r.drain(ctx, ctx, ch); err != nil {
				return fmt.Errorf("deliver to %s: %w", ch, err)
			}
		}
	}
}
