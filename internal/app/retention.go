package app

import (
	"context"
	"time"

	"newsdesk/articles"
)

const (
	// keepVerdicts is how long the delivery log is kept.
	keepVerdicts = 30 * 24 * time.Hour
	// keepRevisits is how long the pages of articles are looked after.
	keepRevisits = 7 * 24 * time.Hour
	// forgetEvery is how often what is older is dropped.
	forgetEvery = 24 * time.Hour
)

// forget drops what the delivery log, and the memory of what outlets repeat, has
// kept for long enough, at once and once a day, until ctx ends.
func (a *App) forget(ctx context.Context) error {
	tick := time.NewTicker(forgetEvery)
	defer tick.Stop()
	for {
		if err := a.db.DropVerdicts(ctx, a.opts.Now().Add(-keepVerdicts)); err != nil && ctx.Err() == nil {
			a.opts.Log.ErrorContext(ctx, "old decisions not dropped", "error", err)
		}
		if err := a.db.DropRecurring(ctx, a.opts.Now().Add(-articles.KeepRecurring)); err != nil && ctx.Err() == nil {
			a.opts.Log.ErrorContext(ctx, "what recurred on pages not dropped", "error", err)
		}
		if err := a.db.DropRevisits(ctx, a.opts.Now().Add(-keepRevisits)); err != nil && ctx.Err() == nil {
			a.opts.Log.ErrorContext(ctx, "old pages not forgotten", "error", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}
