package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"newsdesk/digest"
	"newsdesk/news"
)

// toldFor is how long it is remembered what a digest told: longer than an event
// can develop.
const toldFor = 30 * 24 * time.Hour

const dueColumns = `id, channel, kind, due, since`

func scanDue(s scanner) (d news.DueDigest, err error) {
	var due, since sql.NullInt64
	err = s.Scan(&d.ID, &d.Channel, &d.Kind, &due, &since)
	d.Due, d.Since = moment(due), moment(since)
	return d, err
}

// DueDigests returns at most limit digests that are due at now, the longest
// overdue first. Those of channels that cannot be posted to, or that have taken
// nothing for a while, wait until they can: then one digest tells all that time
// brought.
func (db *DB) DueDigests(ctx context.Context, now time.Time, limit int) ([]news.DigestID, error) {
	found, err := list(ctx, db.r, one[news.DigestID],
		`SELECT id FROM digests WHERE due <= $1 AND channel NOT IN (SELECT channel FROM pauses) AND channel NOT IN (`+stuck+`)
		ORDER BY due, id LIMIT $3`, milli(now).Int64, milli(now.Add(-stuckAfter)).Int64, max(limit, 0))
	if err != nil {
		return nil, fmt.Errorf("list due digests: %w", err)
	}
	return found, nil
}

// NextDigest returns when the next digest of any channel is due; ok is false
// where none is to come.
func (db *DB) NextDigest(ctx context.Context) (at time.Time, ok bool, err error) {
	var due sql.NullInt64
	if err := db.r.QueryRowContext(ctx, `SELECT min(due) FROM digests`).Scan(&due); err != nil {
		return time.Time{}, false, fmt.Errorf("find the next digest: %w", err)
	}
	return moment(due), due.Valid, nil
}

// Digest returns a digest to come, or news.ErrNotFound.
func (db *DB) Digest(ctx context.Context, id news.DigestID) (news.DueDigest, error) {
	d, err := scanDue(db.r.QueryRowContext(ctx, `SELECT `+dueColumns+` FROM digests WHERE id = $1`, id))
	if errors.Is(err, sql.ErrNoRows) {
		err = news.ErrNotFound
	}
	if err != nil {
		return news.DueDigest{}, fmt.Errorf("load digest %d: %w", id, err)
	}
	return d, nil
}

// ChannelDigests returns a channel's digests to come, the soonest first.
func (db *DB) ChannelDigests(ctx context.Context, ch news.ChannelID) ([]news.DueDigest, error) {
	found, err := list(ctx, db.r, scanDue, `SELECT `+dueColumns+` FROM digests WHERE channel = $1 ORDER BY due, id`, ch)
	if err != nil {
		return nil, fmt.Errorf("list the digests of channel %s: %w", ch, err)
	}
	return found, nil
}

// Held returns what waits for a channel's digest, in the order it came.
func (db *DB) Held(ctx context.Context, ch news.ChannelID) ([]news.HeldEvent, error) {
	found, err := list(ctx, db.r, func(s scanner) (h news.HeldEvent, err error) {
		var at sql.NullInt64
		err = s.Scan(&h.Event, &h.Outcome, &at)
		h.At = moment(at)
		return h, err
	}, `SELECT event, outcome, at FROM held WHERE channel = $1 ORDER BY at, event`, ch)
	if err != nil {
		return nil, fmt.Errorf("list what waits in channel %s: %w", ch, err)
	}
	return found, nil
}

// EditSchedule is EditChannel for what concerns digests and quiet hours: the
// channel's next digest follows from what is set then.
func (db *DB) EditSchedule(ctx context.Context, guild news.GuildID, ch news.ChannelID, at time.Time, change func(*news.Settings) error) (news.Channel, error) {
	var c news.Channel
	err := db.write(ctx, func(tx *transaction) (err error) {
		if c, err = editChannel(ctx, tx, guild, ch, change); err != nil {
			return err
		}
		if err := plan(ctx, tx, c, at); err != nil {
			return err
		}
		return release(ctx, tx, c, at)
	})
	if err != nil {
		return news.Channel{}, fmt.Errorf("change the schedule of channel %s: %w", ch, err)
	}
	return c, nil
}

// plan makes the row of a channel's planned digest say when it is due.
func plan(ctx context.Context, tx *transaction, c news.Channel, at time.Time) error {
	next, ok := digest.Next(c.Digest, c.Zone, at)
	if !ok {
		_, err := tx.ExecContext(ctx, `DELETE FROM digests WHERE channel = $1 AND kind = $2`, c.ID, string(news.DigestPlanned))
		return err
	}
	// The first one covers as much as any other.
	since := next.AddDate(0, 0, -1)
	if c.Digest.Every == news.Weekly {
		since = next.AddDate(0, 0, -7)
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO digests (channel, kind, due, since) VALUES ($1, $2, $3, $4)
		ON CONFLICT (channel, kind) DO UPDATE SET due = excluded.due`,
		c.ID, string(news.DigestPlanned), milli(next).Int64, milli(since).Int64)
	return err
}

// release makes sure that what waits in a channel will be told: by its own
// digest where that is daily, else by a catch-up.
func release(ctx context.Context, tx *transaction, c news.Channel, at time.Time) error {
	if c.Digest.Every == news.Daily {
		_, err := tx.ExecContext(ctx, `DELETE FROM digests WHERE channel = $1 AND kind = $2`, c.ID, string(news.DigestCatchUp))
		return err
	}
	var first sql.NullInt64
	if err := tx.QueryRowContext(ctx, `SELECT min(at) FROM held WHERE channel = $1`, c.ID).Scan(&first); err != nil || !first.Valid {
		return err
	}
	due := digest.CatchUp(c.Settings, at)
	_, err := tx.ExecContext(ctx, `INSERT INTO digests (channel, kind, due, since) VALUES ($1, $2, $3, $4)
		ON CONFLICT (channel, kind) DO UPDATE SET due = excluded.due`, c.ID, string(news.DigestCatchUp), milli(due).Int64, first.Int64)
	return err
}

// catchUp makes sure that a catch-up is due at until or sooner.
func catchUp(ctx context.Context, tx *transaction, v news.Verdict) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO digests (channel, kind, due, since) VALUES ($1, $2, $3, $4)
		ON CONFLICT (channel, kind) DO UPDATE SET due = CASE WHEN excluded.due < digests.due THEN excluded.due ELSE digests.due END`,
		v.Channel, string(news.DigestCatchUp), milli(v.Until).Int64, milli(v.At).Int64)
	return err
}

// SetDigest moves a digest to come to another time.
func (db *DB) SetDigest(ctx context.Context, d news.DueDigest, due time.Time) error {
	_, err := db.w.ExecContext(ctx, `UPDATE digests SET due = $3 WHERE id = $1 AND due = $2`, d.ID, milli(d.Due).Int64, milli(due).Int64)
	if err != nil {
		return fmt.Errorf("move digest %d: %w", d.ID, err)
	}
	return nil
}

// Told is what a digest that goes out tells, and what it ends.
type Told struct {
	Posts  []news.Post        // the digest, or none where there is nothing to say
	Events []news.DigestEntry // that it tells
	Held   []news.EventID     // that waited for it, told or not
}

// FinishDigest commits that a digest was made, in one transaction: its post goes
// into the outbox, what waited for it waits no more, and a planned one is due
// again at its next time after at, a catch-up no more. Nothing happens where the
// digest is no longer due when it was: made is false then. Where something that
// it tells as waiting no longer waits, because another digest told it or it was
// posted, or something that it tells was put into another event, nothing is
// written and the error is news.ErrConflict.
//
// What came to wait in the meantime gets a catch-up an hour later.
func (db *DB) FinishDigest(ctx context.Context, d news.DueDigest, t Told, at time.Time) (made bool, err error) {
	err = db.write(ctx, func(tx *transaction) error {
		made = false
		res, err := tx.ExecContext(ctx, `DELETE FROM digests WHERE id = $1 AND due = $2`, d.ID, milli(d.Due).Int64)
		if err != nil {
			return err
		}
		if err := affected(res, news.ErrNotFound); errors.Is(err, news.ErrNotFound) {
			return nil
		} else if err != nil {
			return err
		}
		made = true
		var post news.PostID
		for _, p := range t.Posts {
			if post, err = enqueue(ctx, tx, p); err != nil {
				return err
			}
		}
		if err := remember(ctx, tx, d.Channel, t, post, at); err != nil {
			return err
		}
		c, err := readChannel(ctx, tx, d.Channel)
		if err != nil {
			return err
		}
		if d.Kind == news.DigestPlanned {
			next, ok := digest.Next(c.Digest, c.Zone, at)
			if ok {
				_, err = tx.ExecContext(ctx, `INSERT INTO digests (channel, kind, due, since) VALUES ($1, $2, $3, $4)`,
					d.Channel, string(d.Kind), milli(next).Int64, milli(at).Int64)
			}
			if err != nil {
				return err
			}
			// What waited for a catch-up has been told.
			var waits int
			if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM held WHERE channel = $1`, d.Channel).Scan(&waits); err != nil || waits > 0 {
				return err
			}
			_, err = tx.ExecContext(ctx, `DELETE FROM digests WHERE channel = $1 AND kind = $2`, d.Channel, string(news.DigestCatchUp))
			return err
		}
		return release(ctx, tx, c, at.Add(time.Hour))
	})
	if err != nil {
		return false, fmt.Errorf("finish digest %d of channel %s: %w", d.ID, d.Channel, err)
	}
	return made, nil
}

// remember notes what a digest told, in which post, and that it waits no more.
func remember(ctx context.Context, tx *transaction, ch news.ChannelID, t Told, post news.PostID, at time.Time) error {
	for _, id := range t.Held {
		res, err := tx.ExecContext(ctx, `DELETE FROM held WHERE channel = $1 AND event = $2`, ch, id)
		if err == nil {
			err = affected(res, news.ErrConflict)
		}
		if err != nil {
			return err
		}
	}
	for _, e := range t.Events {
		if err := standsAlone(ctx, tx, e.Event); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO told (channel, event, class, at, post, named) VALUES ($1, $2, $3, $4, $5, 1)
			ON CONFLICT (channel, event) DO UPDATE SET class = excluded.class, at = excluded.at, post = excluded.post, named = 1`,
			ch, e.Event, string(e.Class), milli(at).Int64, post)
		if err != nil {
			return err
		}
	}
	for _, id := range t.Held {
		if len(t.Posts) == 0 {
			break // nobody was told
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO told (channel, event, class, at, post, named) VALUES ($1, $2, '', $3, $4, 0) ON CONFLICT DO NOTHING`,
			ch, id, milli(at).Int64, post)
		if err != nil {
			return err
		}
	}
	_, err := tx.ExecContext(ctx, `DELETE FROM told WHERE channel = $1 AND at < $2`, ch, milli(at.Add(-toldFor)).Int64)
	return err
}
