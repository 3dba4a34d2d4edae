package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"newsdesk/news"
	"newsdesk/websub"
)

// DueLeases returns at most limit leases to ask for at now: of feeds in use
// whose hub was never asked, is to be asked again, or changed, as did the
// callback. Those of another hub than before come without a token.
func (db *DB) DueLeases(ctx context.Context, callback string, now time.Time, limit int) ([]websub.Lease, error) {
	out, err := list(ctx, db.r, scanLease, `SELECT f.id, f.hub, t.topic, coalesce(l.callback, ''),
			CASE WHEN l.hub = f.hub AND l.topic = t.topic THEN l.token ELSE '' END, coalesce(l.secret, ''), coalesce(l.state, 'asked'),
			CASE WHEN l.hub = f.hub AND l.topic = t.topic THEN l.until ELSE 0 END, coalesce(l.next, 0), coalesce(l.failures, 0), coalesce(l.reason, '')
		FROM feeds f
		JOIN (SELECT id, CASE WHEN hub_topic <> '' THEN hub_topic WHEN moved_to <> '' THEN moved_to ELSE url END AS topic FROM feeds) t ON t.id = f.id
		LEFT JOIN hub_leases l ON l.feed = f.id
		WHERE f.hub <> '' AND f.retired = 0 AND f.disabled_at = 0
			AND (l.feed IS NULL OR l.next <= $1 OR l.hub <> f.hub OR l.topic <> t.topic OR l.callback <> $2)
		ORDER BY coalesce(l.next, 0), f.id LIMIT $3`, milli(now).Int64, callback, max(limit, 0))
	if err != nil {
		return nil, fmt.Errorf("list due leases: %w", err)
	}
	return out, nil
}

const leaseColumns = `l.feed, l.hub, l.topic, l.callback, l.token, l.secret, l.state, l.until, l.next, l.failures, l.reason`

func scanLease(s scanner) (websub.Lease, error) {
	var l websub.Lease
	var until, next int64
	err := s.Scan(&l.Feed, &l.Hub, &l.Topic, &l.Callback, &l.Token, &l.Secret, &l.State, &until, &next, &l.Failures, &l.Reason)
	l.Until, l.Next = sometime(until), sometime(next)
	return l, err
}

// LeftLeases returns at most limit leases of feeds that are retired or given up,
// or that name no hub any more.
func (db *DB) LeftLeases(ctx context.Context, limit int) ([]websub.Lease, error) {
	out, err := list(ctx, db.r, scanLease, `SELECT `+leaseColumns+` FROM hub_leases l JOIN feeds f ON f.id = l.feed
		WHERE f.hub = '' OR f.retired <> 0 OR f.disabled_at <> 0 ORDER BY l.feed LIMIT $1`, max(limit, 0))
	if err != nil {
		return nil, fmt.Errorf("list left leases: %w", err)
	}
	return out, nil
}

// Lease returns the lease with a token, or news.ErrNotFound.
func (db *DB) Lease(ctx context.Context, token string) (websub.Lease, error) {
	l, err := scanLease(db.r.QueryRowContext(ctx, `SELECT `+leaseColumns+` FROM hub_leases l WHERE l.token = $1`, token))
	if errors.Is(err, sql.ErrNoRows) {
		err = news.ErrNotFound
	}
	if err != nil {
		return websub.Lease{}, fmt.Errorf("load a lease: %w", err) // without its token
	}
	return l, nil
}

// SaveLease stores a feed's lease in place of the one it has, and until when its
// hub pushes.
func (db *DB) SaveLease(ctx context.Context, l websub.Lease) error {
	until := milli(l.Until).Int64
	err := db.write(ctx, func(tx *transaction) error {
		if _, err := tx.ExecContext(ctx, `UPDATE feeds SET pushed_until = $2 WHERE id = $1`, l.Feed, until); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO hub_leases (feed, hub, topic, callback, token, secret, state, until, next, failures, reason)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
			ON CONFLICT (feed) DO UPDATE SET hub = excluded.hub, topic = excluded.topic, callback = excluded.callback, token = excluded.token,
				secret = excluded.secret, state = excluded.state, until = excluded.until, next = excluded.next,
				failures = excluded.failures, reason = excluded.reason`,
			l.Feed, l.Hub, l.Topic, l.Callback, l.Token, l.Secret, string(l.State), until, milli(l.Next).Int64, l.Failures, clip(l.Reason))
		return err
	})
	if err != nil {
		return fmt.Errorf("store the lease of feed %d: %w", l.Feed, err)
	}
	return nil
}

// DropLease forgets a feed's lease.
func (db *DB) DropLease(ctx context.Context, feed news.FeedID) error {
	err := db.write(ctx, func(tx *transaction) error {
		if _, err := tx.ExecContext(ctx, `UPDATE feeds SET pushed_until = 0 WHERE id = $1`, feed); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `DELETE FROM hub_leases WHERE feed = $1`, feed)
		return err
	})
	if err != nil {
		return fmt.Errorf("drop the lease of feed %d: %w", feed, err)
	}
	return nil
}

// pushesStopped looks at the feeds alone that have a lease: only with one is
// pushed_until ever set.
const pushesStopped = `UPDATE feeds SET pushed_until = 0 WHERE id IN (SELECT feed FROM hub_leases) AND pushed_until <> 0`

// StopPushes says of all feeds that no hub pushes: there is nothing that would
// hear it. The leases are kept.
func (db *DB) StopPushes(ctx context.Context) error {
	if _, err := db.w.ExecContext(ctx, pushesStopped); err != nil {
		return fmt.Errorf("stop counting on hubs: %w", err)
	}
	return nil
}

// PollSoon makes a feed due at now, if it is not already.
func (db *DB) PollSoon(ctx context.Context, feed news.FeedID, now time.Time) error {
	_, err := db.w.ExecContext(ctx, `UPDATE feeds SET next_poll = $2 WHERE id = $1 AND next_poll > $2 AND hold_until <= $2`, feed, milli(now).Int64)
	if err != nil {
		return fmt.Errorf("make feed %d due: %w", feed, err)
	}
	return nil
}
