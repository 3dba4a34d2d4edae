package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"newsdesk/news"
)

// movedPatience is the number of failures in a row after which a feed that had
// moved is looked for at its configured address again.
const movedPatience = 3

const feedColumns = `id, CASE WHEN moved_to = '' THEN url ELSE moved_to END, CASE WHEN name = '' THEN title ELSE name END,
	topic, etag, last_modified, body_hash, next_poll, failures, last_error, polled`

func scanFeed(s scanner) (news.Feed, error) {
	var f news.Feed
	var next int64
	err := s.Scan(&f.ID, &f.URL, &f.Name, &f.Topic, &f.ETag, &f.LastModified, &f.BodyHash,
		&next, &f.Failures, &f.LastError, &f.Polled)
	f.NextPoll = moment(sql.NullInt64{Int64: next, Valid: next != 0})
	return f, err
}

// SyncFeeds makes the stored feeds those of the configuration, by URL: new
// ones are added and are due at now, names and topics are brought up to date,
// and those not listed are retired: they and their articles are kept, and they
// are never polled. A retired feed that is listed again starts like a new one,
// so that what it published meanwhile is stored quietly. Only URL, Name and
// Topic of each feed are read.
func (db *DB) SyncFeeds(ctx context.Context, feeds []news.Feed, now time.Time) error {
	err := db.write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE feeds SET retired = retired + 1`)
		if err != nil {
			return err
		}
		// retired counts here: 1 was in use, 2 was retired before.
		add, err := tx.PrepareContext(ctx, `INSERT INTO feeds (url, name, topic, next_poll) VALUES ($1, $2, $3, $4)
			ON CONFLICT (url) DO UPDATE SET name = excluded.name, topic = excluded.topic, retired = 0,
				polled = CASE WHEN feeds.retired = 2 THEN 0 ELSE feeds.polled END,
				failures = CASE WHEN feeds.retired = 2 THEN 0 ELSE feeds.failures END,
				next_poll = CASE WHEN feeds.retired = 2 THEN excluded.next_poll ELSE feeds.next_poll END`)
		if err != nil {
			return err
		}
		defer func() { _ = add.Close() }() // the transaction's end closes it too
		for _, f := range feeds {
			if _, err := add.ExecContext(ctx, f.URL, f.Name, f.Topic, milli(now).Int64); err != nil {
				return fmt.Errorf("feed %s: %w", f.URL, err)
			}
		}
		_, err = tx.ExecContext(ctx, `UPDATE feeds SET retired = 1 WHERE retired = 2`)
		return err
	})
	if err != nil {
		return fmt.Errorf("sync feeds: %w", err)
	}
	return nil
}

// Feeds returns the feeds in use, in the order they were added. A feed's URL
// is where it is fetched: the configured address, or the one it moved to for
// good. Its Name is the configured one, or what the feed calls itself.
func (db *DB) Feeds(ctx context.Context) ([]news.Feed, error) {
	feeds, err := list(ctx, db.r, scanFeed, `SELECT `+feedColumns+` FROM feeds WHERE retired = 0 ORDER BY id`)
	if err != nil {
		return nil, fmt.Errorf("list feeds: %w", err)
	}
	return feeds, nil
}

// Feed returns one feed, retired or not, or news.ErrNotFound.
func (db *DB) Feed(ctx context.Context, id news.FeedID) (news.Feed, error) {
	f, err := scanFeed(db.r.QueryRowContext(ctx, `SELECT `+feedColumns+` FROM feeds WHERE id = $1`, id))
	if errors.Is(err, sql.ErrNoRows) {
		err = news.ErrNotFound
	}
	if err != nil {
		return news.Feed{}, fmt.Errorf("load feed %d: %w", id, err)
	}
	return f, nil
}

// DueFeeds returns at most limit feeds that are due at now, the longest
// overdue first.
func (db *DB) DueFeeds(ctx context.Context, now time.Time, limit int) ([]news.FeedID, error) {
	ids, err := list(ctx, db.r, one[news.FeedID],
		`SELECT id FROM feeds WHERE retired = 0 AND next_poll <= $1 ORDER BY next_poll, id LIMIT $2`, milli(now).Int64, max(limit, 0))
	if err != nil {
		return nil, fmt.Errorf("list due feeds: %w", err)
	}
	return ids, nil
}

// SaveFailure records a poll that failed, in one sentence, and when to try
// again. After three failures in a row a feed that had moved is looked for at
// its configured address again, without validators.
func (db *DB) SaveFailure(ctx context.Context, id news.FeedID, next time.Time, reason string) error {
	res, err := db.w.ExecContext(ctx, `UPDATE feeds SET failures = failures + 1, next_poll = $2, last_error = $3,
			etag = CASE WHEN moved_to <> '' AND failures + 1 >= $4 THEN '' ELSE etag END,
			last_modified = CASE WHEN moved_to <> '' AND failures + 1 >= $4 THEN '' ELSE last_modified END,
			body_hash = CASE WHEN moved_to <> '' AND failures + 1 >= $4 THEN '' ELSE body_hash END,
			moved_to = CASE WHEN failures + 1 >= $4 THEN '' ELSE moved_to END
		WHERE id = $1`, id, milli(next).Int64, clip(reason), movedPatience)
	if err == nil {
		err = affected(res, news.ErrNotFound)
	}
	if err != nil {
		return fmt.Errorf("save failure of feed %d: %w", id, err)
	}
	return nil
}
