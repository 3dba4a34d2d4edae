package store

import (
	"context"
	"fmt"
)

// Stats are counts of rows.
type Stats struct {
	Feeds         int   `json:"feeds"`          // in use
	Polled        int   `json:"polled"`         // of those, polled with success at least once
	Failing       int   `json:"failing"`        // of those, whose last poll failed
	Retired       int   `json:"retired"`        // no longer configured
	Waiting       int   `json:"waiting"`        // articles to be condensed
	Articles      int   `json:"articles"`       // condensed
	Events        int   `json:"events"`         //
	Subscriptions int   `json:"subscriptions"`  //
	Channels      int   `json:"channels"`       // that follow something
	PostsPending  int   `json:"posts_pending"`  //
	PostsSent     int   `json:"posts_sent"`     //
	PostsDead     int   `json:"posts_dead"`     // never to be delivered
	Bytes         int64 `json:"database_bytes"` // the SQLite file without its write-ahead log, or the PostgreSQL database
}

// Waiting counts the articles that are to be condensed.
func (db *DB) Waiting(ctx context.Context) (int, error) {
	var n int
	if err := db.r.QueryRowContext(ctx, `SELECT count(*) FROM articles WHERE state = 'new'`).Scan(&n); err != nil {
		return 0, fmt.Errorf("count the waiting articles: %w", err)
	}
	return n, nil
}

// Stats counts what is stored.
func (db *DB) Stats(ctx context.Context) (Stats, error) {
	var s Stats
	err := db.r.QueryRowContext(ctx, `SELECT
		(SELECT count(*) FROM feeds WHERE retired = 0),
		(SELECT count(*) FROM feeds WHERE retired = 0 AND polled = 1),
		(SELECT count(*) FROM feeds WHERE retired = 0 AND failures > 0),
		(SELECT count(*) FROM feeds WHERE retired = 1),
		(SELECT count(*) FROM articles WHERE state = 'new'),
		(SELECT count(*) FROM articles WHERE state = 'done'),
		(SELECT count(*) FROM events WHERE `+standing+`),
		(SELECT count(*) FROM subscriptions),
		(SELECT count(DISTINCT channel) FROM subscriptions),
		(SELECT count(*) FROM posts WHERE state = 'pending'),
		(SELECT count(*) FROM posts WHERE state = 'sent'),
		(SELECT count(*) FROM posts WHERE state = 'dead'),
		`+db.engine.texts().size).
		Scan(&s.Feeds, &s.Polled, &s.Failing, &s.Retired, &s.Waiting, &s.Articles, &s.Events, &s.Subscriptions, &s.Channels,
			&s.PostsPending, &s.PostsSent, &s.PostsDead, &s.Bytes)
	if err != nil {
		return Stats{}, fmt.Errorf("count rows: %w", err)
	}
	return s, nil
}
