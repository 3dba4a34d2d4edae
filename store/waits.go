package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"
)

// Waits returns the waits that are not over at now, by name, and drops the
// others.
func (db *DB) Waits(ctx context.Context, now time.Time) (map[string]time.Time, error) {
	type wait struct {
		name  string
		until sql.NullInt64
	}
	if _, err := db.w.ExecContext(ctx, `DELETE FROM waits WHERE until <= $1`, now.UnixMilli()); err != nil {
		return nil, fmt.Errorf("drop waits that are over: %w", err)
	}
	rows, err := list(ctx, db.r, func(s scanner) (wait, error) {
		var w wait
		err := s.Scan(&w.name, &w.until)
		return w, err
	}, `SELECT name, until FROM waits`)
	if err != nil {
		return nil, fmt.Errorf("load waits: %w", err)
	}
	out := make(map[string]time.Time, len(rows))
	for _, w := range rows {
		out[w.name] = moment(w.until)
	}
	return out, nil
}

// SaveWait stores until when something is to be waited for, rounded up to the
// millisecond, in place of what stood under the same name.
func (db *DB) SaveWait(ctx context.Context, name string, until time.Time) error {
	_, err := db.w.ExecContext(ctx, `INSERT INTO waits (name, until) VALUES ($1, $2)
		ON CONFLICT (name) DO UPDATE SET until = excluded.until`, name, until.Add(time.Millisecond-1).UnixMilli())
	if err != nil {
		return fmt.Errorf("store a wait: %w", err)
	}
	return nil
}
