package app

import (
	"context"
	"log/slog"
	"time"
)

const (
	// backlogEvery is how often is looked how many articles wait to be read.
	backlogEvery = time.Minute
	// backlogLeast is how many must wait for the operator to be told.
	backlogLeast = 500
)

// backlog tells the operator how far the reading of many articles is: of what stood
// in hundreds of feeds when they were added, or of what came while the program did
// not run. That takes a while, and both cores.
type backlog struct {
	waiting func(context.Context) (int, error) // articles that wait to be read
	now     func() time.Time
	log     *slog.Logger

	last   int       // that waited when was looked last
	looked time.Time // zero where nothing was told
}

// run looks each minute until ctx ends.
func (b *backlog) run(ctx context.Context) error {
	tick := time.NewTicker(backlogEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
			b.look(ctx)
		}
	}
}

// look counts, and tells what there is to tell.
func (b *backlog) look(ctx context.Context) {
	n, err := b.waiting(ctx)
	if err != nil {
		if ctx.Err() == nil {
			b.log.ErrorContext(ctx, "waiting articles not counted", "error", err)
		}
		return
	}
	now := b.now()
	switch told := !b.looked.IsZero(); {
	case n >= backlogLeast:
		args := []any{"waiting", n}
		if done := b.last - n; told && done > 0 {
			args = append(args, "read", done, "left", time.Duration(float64(n)/float64(done)*float64(now.Sub(b.looked))).Round(time.Minute).String())
		}
		b.log.InfoContext(ctx, "articles wait to be read; new ones come first", args...)
		b.last, b.looked = n, now
	case told:
		b.log.InfoContext(ctx, "articles are read", "waiting", n)
		b.looked = time.Time{}
	}
}
