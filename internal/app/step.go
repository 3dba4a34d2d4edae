package app

import (
	"context"
	"fmt"
)

// stepRows bounds the rows of a kind that one step takes.
const stepRows = 1000

// step does what is due now, one after the other and each kind once: feeds,
// articles, pages to be read again, digests, and what is then to be sent. It is for clocks that are
// moved by hand; [App.Run] does the same all the time.
func (a *App) step(ctx context.Context) error {
	now := a.opts.Now()
	feeds, err := a.db.DueFeeds(ctx, now, stepRows)
	if err != nil {
		return fmt.Errorf("list the due feeds: %w", err)
	}
	for _, id := range feeds {
		if err := a.pipeline.Poll(ctx, id); err != nil {
			return err
		}
	}
	waiting, err := a.db.DueArticles(ctx, now, stepRows)
	if err != nil {
		return fmt.Errorf("list the waiting articles: %w", err)
	}
	for _, id := range waiting {
		if err := a.pipeline.Condense(ctx, id); err != nil {
			return err
		}
	}
	again, err := a.db.DueRevisits(ctx, now, stepRows)
	if err != nil {
		return fmt.Errorf("list the pages to be read again: %w", err)
	}
	for _, id := range again {
		if err := a.pipeline.Reread(ctx, id); err != nil {
			return err
		}
	}
	digests, err := a.db.DueDigests(ctx, now, stepRows)
	if err != nil {
		return fmt.Errorf("list the due digests: %w", err)
	}
	for _, id := range digests {
		if err := a.pipeline.Digest(ctx, id); err != nil {
			return err
		}
	}
	if err := a.relay.Flush(ctx); err != nil {
		return err
	}
	if a.publisher == nil {
		return nil
	}
	return a.publisher.Flush(ctx)
}
