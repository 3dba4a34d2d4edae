package app

import (
	"context"
	"fmt"
	"time"

	"newsdesk/events"
	"newsdesk/news"
	"newsdesk/owners"
	"newsdesk/store"
)

const (
	// barsFrom is how far back the events reach by whose weights the bars are set.
	barsFrom = 7 * 24 * time.Hour
	// barsFor is how long the bars stand before they are set anew.
	barsFor = time.Hour
)

// scale is what events are weighed with: who stands behind an outlet, and the
// bars that the recent past sets. It is not safe for concurrent use.
type scale struct {
	db     *store.DB
	owners *owners.Table
	bars   events.Bars
	until  time.Time // when the bars are set anew
}

func newScale(db *store.DB) (*scale, error) {
	table, err := owners.New()
	if err != nil {
		return nil, err
	}
	return &scale{db: db, owners: table}, nil
}

// named returns the article with its publisher.
func (s *scale) named(a news.Article) news.Article {
	a.Publisher = s.owners.Behind(a.URL, a.Outlet)
	return a
}

// known returns the event with what is known of all its sources: one that was
// stored before that was kept, or before its outlet was in the table, gets it now.
func (s *scale) known(e news.Event) news.Event {
	for i, src := range e.Sources {
		e.Sources[i].Opinion = events.Opinion(src)
		if src.Publisher.Kind == "" {
			e.Sources[i].Publisher = s.owners.Behind(src.URL, src.Outlet)
		}
	}
	return e
}

// rank gives the event of a change its weight and class.
func (s *scale) rank(ctx context.Context, ch events.Change, now time.Time) (events.Change, error) {
	if now.Before(s.until) {
		return events.Rank(ch, s.bars), nil
	}
	weights, oldest, err := s.db.Weights(ctx, now.Add(-barsFrom))
	if err != nil {
		return events.Change{}, fmt.Errorf("set the bars of importance: %w", err)
	}
	span := time.Duration(0)
	if !oldest.IsZero() {
		span = min(now.Sub(oldest), barsFrom)
	}
	s.bars, s.until = events.BarsFor(weights, span), now.Add(barsFor)
	return events.Rank(ch, s.bars), nil
}
