package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"newsdesk/news"
	"newsdesk/outbox"
)

// hour is the time over which Discord counts publications and edits.
const hour = time.Hour

// askPublish notes that an event's message shall be published in a channel.
// What was asked for once stays as it is.
func askPublish(ctx context.Context, tx *transaction, ch news.ChannelID, event news.EventID, at time.Time) error {
	if _, err := tx.ExecContext(ctx, `INSERT INTO publications (channel, event, asked) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
		ch, event, milli(at).Int64); err != nil {
		return fmt.Errorf("ask to publish event %d in %s: %w", event, ch, err)
	}
	return nil
}

// DuePublications returns the messages that are to be published and due at now,
// the longest waiting first, with room for what was published in the hour
// before: at most hourly of a channel.
func (db *DB) DuePublications(ctx context.Context, now time.Time, hourly int) ([]outbox.Publication, error) {
	since := milli(now.Add(-hour)).Int64
	type row struct {
		outbox.Publication
		spent int
	}
	rows, err := list(ctx, db.r, func(s scanner) (v row, err error) {
		return v, s.Scan(&v.Channel, &v.Event, &v.Message, &v.Attempts, &v.spent)
	}, `SELECT p.channel, p.event, m.message, p.attempts,
			(SELECT count(*) FROM publications d WHERE d.channel = p.channel AND d.published > $2)
		FROM publications p JOIN messages m ON m.channel = p.channel AND m.event = p.event
		WHERE p.state = 'waiting' AND p.not_before <= $1 AND m.message <> '' AND p.channel NOT IN (SELECT channel FROM pauses)
		ORDER BY p.asked, p.event`, milli(now).Int64, since)
	if err != nil {
		return nil, fmt.Errorf("list publications: %w", err)
	}
	var due []outbox.Publication
	taken := map[news.ChannelID]int{}
	for _, r := range rows {
		if r.spent+taken[r.Channel] < hourly {
			taken[r.Channel]++
			due = append(due, r.Publication)
		}
	}
	return due, nil
}

// MarkPublished records that a message is published.
func (db *DB) MarkPublished(ctx context.Context, p outbox.Publication, at time.Time) error {
	return db.settle(ctx, p, `UPDATE publications SET state = 'published', published = $3, reason = ''
		WHERE channel = $1 AND event = $2 AND state = 'waiting'`, milli(at).Int64)
}

// PostponePublication counts an attempt and lets a publication wait.
func (db *DB) PostponePublication(ctx context.Context, p outbox.Publication, until time.Time, reason string) error {
	return db.settle(ctx, p, `UPDATE publications SET attempts = attempts + 1, not_before = $3, reason = $4
		WHERE channel = $1 AND event = $2 AND state = 'waiting'`, milli(until).Int64, clip(reason))
}

// DropPublication leaves a message unpublished for good.
func (db *DB) DropPublication(ctx context.Context, p outbox.Publication, reason string) error {
	return db.settle(ctx, p, `UPDATE publications SET state = 'dead', reason = $3
		WHERE channel = $1 AND event = $2 AND state = 'waiting'`, clip(reason))
}

// settle changes a publication that waits.
func (db *DB) settle(ctx context.Context, p outbox.Publication, query string, args ...any) error {
	if _, err := db.w.ExecContext(ctx, query, append([]any{p.Channel, p.Event}, args...)...); err != nil {
		return fmt.Errorf("record the publication of event %d in %s: %w", p.Event, p.Channel, err)
	}
	return nil
}

// apart selects the edits that wait apart from their channel's other posts:
// those of messages that are published, or whose edits were rationed.
const apart = `(kind = 'edit' AND (EXISTS (SELECT 1 FROM publications u
	WHERE u.channel = posts.channel AND u.event = posts.event AND u.state = 'published')
	OR EXISTS (SELECT 1 FROM messages o WHERE o.channel = posts.channel AND o.event = posts.event AND o.edit_after > 0)))`

// DueEdits returns, of each message whose edits wait apart and that may be edited
// at now, the newest edit that waits. It may be edited if fewer than hourly edits
// of it were booked in the hour before, and it was not put off.
func (db *DB) DueEdits(ctx context.Context, now time.Time, hourly int) ([]news.Post, error) {
	found, err := list(ctx, db.r, func(s scanner) (p news.Post, err error) {
		var snapshot string
		var tried int64
		if err := s.Scan(&p.ID, &p.Key, &p.Channel, &p.Kind, &p.Attempts, &tried, &snapshot, &p.Guild, &p.Role, &p.Loud, &p.Message, &p.Thread, &p.Line, &p.Onward, &p.Rise.Message, &p.Rise.Line); err != nil {
			return p, err
		}
		p.Tried = moment(sql.NullInt64{Int64: tried, Valid: tried != 0})
		return p, json.Unmarshal([]byte(snapshot), &p.Event)
	}, `SELECT posts.id, posts.key, posts.channel, posts.kind, posts.attempts, posts.tried, posts.snapshot,
			posts.guild, posts.role, posts.loud, m.message, m.thread, posts.line, coalesce(n.message, ''), m.risen, m.risen_line
		FROM posts JOIN messages m ON m.channel = posts.channel AND m.event = posts.event
			LEFT JOIN events g ON g.id = posts.event LEFT JOIN messages n ON n.event = g.merged_into AND n.channel = posts.channel
		WHERE posts.id IN (SELECT max(id) FROM posts WHERE state = 'pending' AND `+apart+` GROUP BY channel, event)
			AND posts.not_before <= $1 AND m.edit_after <= $1 AND posts.channel NOT IN (SELECT channel FROM pauses)
			AND (SELECT count(*) FROM publication_edits e WHERE e.channel = posts.channel AND e.event = posts.event AND e.at > $2) < $3
		ORDER BY posts.id`, milli(now).Int64, milli(now.Add(-hour)).Int64, hourly)
	if err != nil {
		return nil, fmt.Errorf("list edits of published messages: %w", err)
	}
	for i := range found {
		if err := db.onward(ctx, &found[i]); err != nil {
			return nil, fmt.Errorf("list edits of published messages: %w", err)
		}
	}
	return slices.DeleteFunc(found, func(p news.Post) bool { return p.Message == "" }), nil
}

// ownEvent is the event that the post with the id $1 is of. The one that it shows
// may have been put into that since it was made.
const ownEvent = `(SELECT event FROM posts WHERE id = $1)`

// BookEdit books an edit that is about to be made at a time, where its message is
// older than an hour by then. Where hourly edits of it since it was that old were
// made in the hour before, nothing is booked and ok is false: its edits then wait
// apart.
func (db *DB) BookEdit(ctx context.Context, p news.Post, at time.Time, hourly int) (ok bool, err error) {
	var made sql.NullInt64 // when the message was, or somewhat sooner
	var deleted int
	err = db.r.QueryRowContext(ctx, `SELECT min(tried), (SELECT count(*) FROM messages WHERE channel = $2 AND event = `+ownEvent+` AND edit_after = $3)
		FROM posts WHERE channel = $2 AND event = `+ownEvent+` AND state = 'sent' AND tried > 0`,
		p.ID, p.Channel, deletedMessage).Scan(&made, &deleted)
	now := milli(at).Int64
	since, old := now-hour.Milliseconds(), made.Int64+hour.Milliseconds()
	if err == nil && (!made.Valid || now <= old || deleted > 0) {
		return true, nil
	}
	if err != nil {
		return false, fmt.Errorf("count the edits of event %d in %s: %w", p.Event.ID, p.Channel, err)
	}
	err = db.write(ctx, func(tx *transaction) error {
		var n int
		var first sql.NullInt64
		if err := tx.QueryRowContext(ctx, `SELECT count(*), min(at) FROM publication_edits WHERE channel = $2 AND event = `+ownEvent+` AND at > $3`,
			p.ID, p.Channel, max(since, old)).Scan(&n, &first); err != nil {
			return err
		}
		if ok = n < hourly; ok {
			return bookEdit(ctx, tx, p, at)
		}
		_, err := tx.ExecContext(ctx, `UPDATE messages SET edit_after = $3 WHERE channel = $2 AND event = `+ownEvent,
			p.ID, p.Channel, max(1, first.Int64+hour.Milliseconds()))
		return err
	})
	if err != nil {
		return false, fmt.Errorf("count the edits of event %d in %s: %w", p.Event.ID, p.Channel, err)
	}
	return ok, nil
}

// bookEdit notes that a message is edited at a time, and forgets what no longer
// counts.
func bookEdit(ctx context.Context, tx *transaction, p news.Post, at time.Time) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM publication_edits WHERE at <= $1`, milli(at.Add(-hour)).Int64); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO publication_edits (channel, event, at) SELECT channel, event, CAST($2 AS BIGINT) FROM posts WHERE id = $1`, p.ID, milli(at).Int64)
	return err
}

// PutOff counts an attempt at an edit that was refused. The message's edits wait
// apart from then on, and none is due before until.
func (db *DB) PutOff(ctx context.Context, p news.Post, until time.Time, reason string) error {
	err := db.write(ctx, func(tx *transaction) error {
		res, err := tx.ExecContext(ctx, `UPDATE posts SET attempts = attempts + 1, tried = 0, reason = $2 WHERE id = $1 AND state = 'pending'`, p.ID, clip(reason))
		if err == nil {
			err = affected(res, news.ErrNotFound)
		}
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `UPDATE messages SET edit_after = $3 WHERE channel = $2 AND event = `+ownEvent, p.ID, p.Channel, milli(until).Int64)
		return err
	})
	if err != nil {
		return fmt.Errorf("put off post %d: %w", p.ID, err)
	}
	return nil
}

// SpendEdit books an edit that waited apart and sets its older edits aside.
// An edit that is not unsent is news.ErrNotFound.
func (db *DB) SpendEdit(ctx context.Context, p news.Post, at time.Time) error {
	return db.write(ctx, func(tx *transaction) error {
		var n int
		if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM posts WHERE id = $1 AND state = 'pending'`, p.ID).Scan(&n); err != nil {
			return err
		}
		if n == 0 {
			return news.ErrNotFound
		}
		if _, err := tx.ExecContext(ctx, `UPDATE posts SET state = 'dead', reason = 'told by a later edit'
			WHERE channel = $2 AND event = `+ownEvent+` AND kind = 'edit' AND state = 'pending' AND id < $1`, p.ID, p.Channel); err != nil {
			return err
		}
		return bookEdit(ctx, tx, p, at)
	})
}
