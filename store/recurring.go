package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"
)

// RecurringLines returns the lines that are known to recur on a site, with the
// time each was last noted, but for those not noted since.
func (db *DB) RecurringLines(ctx context.Context, site string, since time.Time) (map[int64]time.Time, error) {
	type row struct {
		line int64
		seen sql.NullInt64
	}
	rows, err := list(ctx, db.r, func(s scanner) (r row, err error) { return r, s.Scan(&r.line, &r.seen) },
		`SELECT line, seen FROM recurring WHERE site = $1 AND seen >= $2`, site, milli(since).Int64)
	if err != nil {
		return nil, fmt.Errorf("list what recurs on %s: %w", site, err)
	}
	out := make(map[int64]time.Time, len(rows))
	for _, r := range rows {
		out[r.line] = moment(r.seen)
	}
	return out, nil
}

// SaveRecurring notes that lines were seen on a site, and drops all but the most
// lines of it that were noted last.
func (db *DB) SaveRecurring(ctx context.Context, site string, lines []int64, at time.Time, most int) error {
	err := db.write(ctx, func(tx *transaction) error {
		for _, line := range lines {
			if _, err := tx.ExecContext(ctx, `INSERT INTO recurring (site, line, seen) VALUES ($1, $2, $3)
				ON CONFLICT (site, line) DO UPDATE SET seen = excluded.seen`, site, line, milli(at).Int64); err != nil {
				return err
			}
		}
		_, err := tx.ExecContext(ctx, `DELETE FROM recurring WHERE site = $1 AND line NOT IN
			(SELECT line FROM recurring WHERE site = $1 ORDER BY seen DESC, line DESC LIMIT $2)`, site, max(most, 0))
		return err
	})
	if err != nil {
		return fmt.Errorf("save what recurs on %s: %w", site, err)
	}
	return nil
}

// DropRecurring forgets the lines that were not noted since.
func (db *DB) DropRecurring(ctx context.Context, since time.Time) error {
	if _, err := db.w.ExecContext(ctx, `DELETE FROM recurring WHERE seen < $1`, milli(since).Int64); err != nil {
		return fmt.Errorf("drop what recurred: %w", err)
	}
	return nil
}
