package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"newsdesk/feeds"
	"newsdesk/news"
)

// movedPatience is the number of failures in a row after which a feed that had
// moved is looked for at its configured address again.
const movedPatience = 3

// settled is the number of polls in a row that must succeed at a feed's new
// address before that replaces the one it was added with.
const settled = 5

const feedColumns = `id, CASE WHEN moved_to = '' THEN url ELSE moved_to END, CASE WHEN name = '' THEN title ELSE name END,
	topic, etag, last_modified, body_hash, next_poll, failures, last_error, polled,
	CASE WHEN moved_to = '' THEN '' ELSE url END, added, pace, next_reason, hold_until, disabled_at,
	hub, hub_topic, pushed_until, own, moving`

func scanFeed(s scanner) (news.Feed, error) {
	var f news.Feed
	var next, hold, disabled, pushed int64
	var pace, moving string
	err := s.Scan(&f.ID, &f.URL, &f.Name, &f.Topic, &f.ETag, &f.LastModified, &f.BodyHash,
		&next, &f.Failures, &f.LastError, &f.Polled, &f.MovedFrom, &f.Added, &pace, &f.NextReason, &hold, &disabled,
		&f.Hub.URL, &f.Hub.Topic, &pushed, &f.Own, &moving)
	if err != nil {
		return f, err
	}
	f.NextPoll, f.HoldUntil, f.Disabled, f.Hub.Until = sometime(next), sometime(hold), sometime(disabled), sometime(pushed)
	return f, errors.Join(decode("pace", pace, &f.Pace), decode("moving", moving, &f.Moving))
}

// sometime is the time of a column that has 0 for none.
func sometime(ms int64) time.Time { return moment(sql.NullInt64{Int64: ms, Valid: ms != 0}) }

// SyncFeeds makes the stored feeds those of the configuration, by URL: new
// ones are added and are due at now, names and topics are brought up to date,
// and those not listed are retired: they and their articles are kept, and they
// are never polled. A retired feed that is listed again starts like a new one,
// so that what it published meanwhile is stored quietly. One that guilds
// follow as well becomes their own when it is no longer listed, and is nobody's
// own while it is. Only URL, Name and Topic of each feed are read.
func (db *DB) SyncFeeds(ctx context.Context, list []news.Feed, now time.Time) error {
	same, err := db.configured(ctx, list)
	if err != nil {
		return fmt.Errorf("sync feeds: %w", err)
	}
	if same { // as at nearly every start: to write each takes longer than to poll it
		return nil
	}
	err = db.write(ctx, func(tx *transaction) error {
		_, err := tx.ExecContext(ctx, `UPDATE feeds SET retired = retired + 1 WHERE added = 0`)
		if err != nil {
			return err
		}
		// retired counts here: 1 was in use, 2 was retired before.
		add, err := tx.PrepareContext(ctx, `INSERT INTO feeds (url, name, topic, next_poll) VALUES ($1, $2, $3, $4)
			ON CONFLICT (url) DO UPDATE SET name = excluded.name, topic = excluded.topic, retired = 0,
				added = CASE WHEN feeds.own = 1 THEN 0 ELSE feeds.added END, own = 0,
				polled = CASE WHEN feeds.retired = 2 THEN 0 ELSE feeds.polled END,
				failures = CASE WHEN feeds.retired = 2 THEN 0 ELSE feeds.failures END,
				disabled_at = CASE WHEN feeds.retired = 2 THEN 0 ELSE feeds.disabled_at END,
				next_poll = CASE WHEN feeds.retired = 2 THEN excluded.next_poll ELSE feeds.next_poll END`)
		if err != nil {
			return err
		}
		defer func() { _ = add.Close() }() // the transaction's end closes it too
		for _, f := range list {
			if _, err := add.ExecContext(ctx, f.URL, f.Name, f.Topic, milli(now).Int64); err != nil {
				return fmt.Errorf("feed %s: %w", f.URL, err)
			}
		}
		if err := disown(ctx, tx, `retired = 1 AND added = 0 AND own = 0`); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `UPDATE feeds SET retired = 1 WHERE retired = 2`)
		return err
	})
	if err != nil {
		return fmt.Errorf("sync feeds: %w", err)
	}
	return nil
}

// configured says whether the feeds of the configuration are these, with their
// names and topics.
func (db *DB) configured(ctx context.Context, feeds []news.Feed) (bool, error) {
	listed := make(map[string]int, len(feeds)) // the last of an address counts
	for i, f := range feeds {
		listed[f.URL] = i
	}
	stored, same := 0, true
	err := each(ctx, db.r, func(s scanner) error {
		var url, name, topic string
		if err := s.Scan(&url, &name, &topic); err != nil {
			return err
		}
		i, ok := listed[url]
		same = same && ok && feeds[i].Name == name && feeds[i].Topic == topic
		stored++
		return nil
	}, `SELECT url, name, topic FROM feeds WHERE retired = 0 AND added = 0 AND own = 0`)
	return same && stored == len(listed), err
}

// Feeds returns the feeds in use, in the order they were added. A feed's URL
// is where it is fetched: the configured address, or the one it moved to for
// good. Its Name is the configured one, or what the feed calls itself.
func (db *DB) Feeds(ctx context.Context) ([]news.Feed, error) {
	out, err := list(ctx, db.r, scanFeed, `SELECT `+feedColumns+` FROM feeds WHERE retired = 0 ORDER BY id`)
	if err != nil {
		return nil, fmt.Errorf("list feeds: %w", err)
	}
	return out, nil
}

// FeedAddresses calls for each feed in use, in the order they were added, with the
// address where it is fetched. Those that are not to be polled at now, because they
// were given up or their server asked to be left alone, are only counted.
func (db *DB) FeedAddresses(ctx context.Context, now time.Time, call func(id news.FeedID, url string)) (idle int, err error) {
	err = each(ctx, db.r, func(s scanner) error {
		var id news.FeedID
		var url string
		var rests bool
		if err := s.Scan(&id, &url, &rests); err != nil {
			return err
		}
		if rests {
			idle++
		} else {
			call(id, url)
		}
		return nil
	}, `SELECT id, CASE WHEN moved_to = '' THEN url ELSE moved_to END, disabled_at <> 0 OR hold_until > $1 FROM feeds WHERE retired = 0 ORDER BY id`, milli(now).Int64)
	if err != nil {
		return 0, fmt.Errorf("list the addresses of feeds: %w", err)
	}
	return idle, nil
}

// FeedsOf returns the feeds of those ids, in their order. Ids that no feed has are
// left out.
func (db *DB) FeedsOf(ctx context.Context, ids []news.FeedID) ([]news.Feed, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	marks, args := marksOf(ids, 1)
	out, err := list(ctx, db.r, scanFeed, `SELECT `+feedColumns+` FROM feeds WHERE id IN (`+marks+`)`, args...)
	if err != nil {
		return nil, fmt.Errorf("load %d feeds: %w", len(ids), err)
	}
	place := make(map[news.FeedID]int, len(ids))
	for i, id := range ids {
		place[id] = i
	}
	slices.SortFunc(out, func(a, b news.Feed) int { return place[a.ID] - place[b.ID] })
	return out, nil
}

// FeedTopics returns the topics of the feeds in use, in alphabetical order.
func (db *DB) FeedTopics(ctx context.Context) ([]string, error) {
	out, err := list(ctx, db.r, one[string], `SELECT DISTINCT topic FROM feeds WHERE retired = 0 ORDER BY topic`)
	if err != nil {
		return nil, fmt.Errorf("list the topics of feeds: %w", err)
	}
	return out, nil
}

// SharedTopics returns the topics of the feeds in use that are not guilds' own, in
// the order in which the first feed of each was added.
func (db *DB) SharedTopics(ctx context.Context) ([]string, error) {
	out, err := list(ctx, db.r, one[string], `SELECT topic FROM feeds WHERE retired = 0 AND own = 0 GROUP BY topic ORDER BY min(id)`)
	if err != nil {
		return nil, fmt.Errorf("list the topics that all may follow: %w", err)
	}
	return out, nil
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
		`SELECT id FROM feeds WHERE retired = 0 AND disabled_at = 0 AND next_poll <= $1 ORDER BY next_poll, id LIMIT $2`, milli(now).Int64, max(limit, 0))
	if err != nil {
		return nil, fmt.Errorf("list due feeds: %w", err)
	}
	return ids, nil
}

// feedsUnread has an index of its own, of the same conditions.
const feedsUnread = `SELECT id FROM feeds WHERE retired = 0 AND disabled_at = 0 AND next_poll <= $1 AND polled = 0 AND failures = 0 LIMIT 1`

// Unread says whether a feed that is due at now has not been read since it was
// added, and was not found to fail either.
func (db *DB) Unread(ctx context.Context, now time.Time) (bool, error) {
	found, err := list(ctx, db.r, one[news.FeedID], feedsUnread, milli(now).Int64)
	if err != nil {
		return false, fmt.Errorf("look for a feed that was never read: %w", err)
	}
	return len(found) > 0, nil
}

// saveFailure records a poll that failed, why, and when to try again. After
// three failures in a row a feed that had moved is looked for at its own
// address again, and after one a feed that is about to move: without validators,
// which are of the other address. Who follows a feed that is given up is to
// be told.
func saveFailure(ctx context.Context, tx execer, id news.FeedID, f feeds.Failure) error {
	res, err := tx.ExecContext(ctx, `UPDATE feeds SET failures = failures + 1, next_poll = $2, last_error = $3,
			next_reason = $5, hold_until = $6, disabled_at = $7,
			etag = CASE WHEN moving <> '' OR moved_to <> '' AND failures + 1 >= $4 THEN '' ELSE etag END,
			last_modified = CASE WHEN moving <> '' OR moved_to <> '' AND failures + 1 >= $4 THEN '' ELSE last_modified END,
			body_hash = CASE WHEN moving <> '' OR moved_to <> '' AND failures + 1 >= $4 THEN '' ELSE body_hash END,
			moved_to = CASE WHEN failures + 1 >= $4 THEN '' ELSE moved_to END,
			moved_polls = CASE WHEN failures + 1 >= $4 THEN 0 ELSE moved_polls END, moving = ''
		WHERE id = $1`, id, milli(f.Next).Int64, clip(f.Reason), movedPatience, clip(f.Why), milli(f.Hold).Int64, milli(f.Disable).Int64)
	if err != nil {
		return err
	}
	if err := affected(res, news.ErrNotFound); err != nil || f.Disable.IsZero() {
		return err
	}
	return announceDead(ctx, tx, id, f.Disable)
}

// AddFeeds makes the feeds followed whatever the configuration says, in one
// transaction, and returns for each, in order, what that changed. Those that
// are new are due at now. One that was given up or retired is polled again:
// after a retirement like a new one. A feed is known by the address it was
// added with or has moved to. Only URL, Name and Topic are read.
func (db *DB) AddFeeds(ctx context.Context, list []news.Feed, now time.Time) ([]Added, error) {
	var out []Added
	err := db.write(ctx, func(tx *transaction) error {
		out = out[:0]
		for _, f := range list {
			what, err := addFeed(ctx, tx, f, now)
			if err != nil {
				return fmt.Errorf("feed %s: %w", f.URL, err)
			}
			out = append(out, what)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("add feeds: %w", err)
	}
	return out, nil
}

// Added is what adding a feed changed.
type Added string

// What adding a feed changes.
const (
	AddedNew     Added = "new"     // it was not followed
	AddedRevived Added = "revived" // it had been given up, and is polled again
	AddedAlready Added = "already" // nothing: it is followed
)

func addFeed(ctx context.Context, tx *transaction, f news.Feed, now time.Time) (Added, error) {
	if _, ok := news.TopicFeed(f.Topic); ok {
		return "", fmt.Errorf("the topic %s is that of one feed", f.Topic)
	}
	var id, disabled int64
	var retired, own bool
	err := tx.QueryRowContext(ctx, `SELECT id, retired, disabled_at, own FROM feeds WHERE url = $1 OR moved_to = $1 ORDER BY retired, own LIMIT 1`, f.URL).
		Scan(&id, &retired, &disabled, &own)
	due := milli(now).Int64
	switch {
	case errors.Is(err, sql.ErrNoRows):
		_, err = tx.ExecContext(ctx, `INSERT INTO feeds (url, name, topic, next_poll, added) VALUES ($1, $2, $3, $4, 1)`, f.URL, f.Name, f.Topic, due)
		return AddedNew, err
	case err != nil:
		return "", err
	case own && !retired: // from now on what it brings is for all
		_, err = tx.ExecContext(ctx, `UPDATE feeds SET own = 0, name = $2, topic = $3, disabled_at = 0, next_reason = '', next_poll = $4 WHERE id = $1`, id, f.Name, f.Topic, due)
		return AddedNew, err
	case retired:
		_, err = tx.ExecContext(ctx, `UPDATE feeds SET retired = 0, added = 1, own = 0, polled = 0, failures = 0, disabled_at = 0, hold_until = 0, next_reason = '',
			name = $2, topic = $3, next_poll = $4 WHERE id = $1`, id, f.Name, f.Topic, due)
		return AddedNew, err
	case disabled != 0:
		_, err = tx.ExecContext(ctx, `UPDATE feeds SET failures = 0, disabled_at = 0, hold_until = 0, next_reason = '', next_poll = $2 WHERE id = $1`, id, due)
		return AddedRevived, err
	}
	return AddedAlready, nil
}

// RemoveFeed retires a feed that AddFeeds added, by its address; its articles
// are kept. Where guilds follow it too it becomes their own; one that is their
// own already is taken from them. It returns news.ErrNotFound where no feed in use has the address,
// and news.ErrConflict where the configuration names it.
func (db *DB) RemoveFeed(ctx context.Context, url string) error {
	err := db.write(ctx, func(tx *transaction) error {
		var id int64
		var added, own bool
		err := tx.QueryRowContext(ctx, `SELECT id, added, own FROM feeds WHERE (url = $1 OR moved_to = $1) AND retired = 0 ORDER BY own LIMIT 1`, url).Scan(&id, &added, &own)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			return news.ErrNotFound
		case err != nil:
			return err
		case !added:
			return news.ErrConflict
		}
		if own {
			return takeFromGuilds(ctx, tx, id)
		}
		if _, err = tx.ExecContext(ctx, `UPDATE feeds SET retired = 1, added = 0 WHERE id = $1`, id); err != nil {
			return err
		}
		return disown(ctx, tx, `id = $1`, id)
	})
	if err != nil {
		return fmt.Errorf("remove feed: %w", err)
	}
	return nil
}
