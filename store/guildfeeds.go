package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"newsdesk/news"
)

// A feed that a guild adds and the operator does not follow is the guild's own:
// its articles belong to the topic feed:<id>, are grouped among themselves only,
// and are shown to the guilds that follow the feed and to nobody else. Guilds
// that add the same feed share one row of feeds, and so its polls. While no
// guild follows it (each has paused it, or is left by the bot) it is not polled;
// whoever comes back to it finds it as if new.

// active is the condition that a guild follows the feed of a row of feeds.
const active = `EXISTS (SELECT 1 FROM guild_feeds g WHERE g.feed = feeds.id AND g.paused = 0 AND g.left_at = 0)`

// wakeOwn and restOwn make the feeds that are guilds' own be polled if, and only
// if, a guild follows them.
const (
	wakeOwn = `UPDATE feeds SET retired = 0, added = 1, polled = 0, failures = 0, disabled_at = 0, hold_until = 0, next_reason = '', next_poll = $1
		WHERE own = 1 AND retired = 1 AND ` + active
	restOwn = `UPDATE feeds SET retired = 1, added = 0 WHERE own = 1 AND retired = 0 AND NOT ` + active
)

func settleOwn(ctx context.Context, tx *transaction, now time.Time) error {
	if _, err := tx.ExecContext(ctx, restOwn); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, wakeOwn, milli(now).Int64)
	return err
}

// disown makes those feeds that meet a condition and that guilds follow, too,
// these guilds' own: the operator has given them up.
func disown(ctx context.Context, tx *transaction, where string, args ...any) error {
	_, err := tx.ExecContext(ctx, toGuilds+where, args...)
	return err
}

const toGuilds = `UPDATE feeds SET own = 1, name = '', topic = 'feed:' || id,
		retired = CASE WHEN ` + active + ` THEN 0 ELSE 1 END, added = CASE WHEN ` + active + ` THEN 1 ELSE 0 END
	WHERE EXISTS (SELECT 1 FROM guild_feeds g WHERE g.feed = feeds.id) AND `

// takeFromGuilds ends that guilds follow a feed of their own.
func takeFromGuilds(ctx context.Context, tx *transaction, id int64) error {
	guilds, err := list(ctx, tx, one[news.GuildID], `SELECT guild FROM guild_feeds WHERE feed = $1`, id)
	if err != nil {
		return err
	}
	for _, g := range guilds {
		if err := unfollowFeed(ctx, tx, g, news.FeedID(id)); err != nil {
			return err
		}
	}
	_, err = tx.ExecContext(ctx, restOwn)
	return err
}

// GuildFeeds returns the feeds that a guild follows by itself, in the order in
// which it added them.
func (db *DB) GuildFeeds(ctx context.Context, guild news.GuildID) ([]news.GuildFeed, error) {
	fail := func(err error) ([]news.GuildFeed, error) {
		return nil, fmt.Errorf("list the feeds of guild %s: %w", guild, err)
	}
	type row struct {
		feed   news.FeedID
		paused int64
		folder string
		label  string
	}
	rows, err := list(ctx, db.r, func(s scanner) (r row, err error) { return r, s.Scan(&r.feed, &r.paused, &r.folder, &r.label) },
		`SELECT feed, paused, folder, label FROM guild_feeds WHERE guild = $1 ORDER BY added, feed`, guild)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	ids := make([]news.FeedID, len(rows))
	for i, r := range rows {
		ids[i] = r.feed
	}
	found, err := byID(ctx, db.r, ids, scanFeed, func(f news.Feed) news.FeedID { return f.ID }, `SELECT `+feedColumns+` FROM feeds WHERE id IN `)
	if err != nil {
		return fail(err)
	}
	followed, err := list(ctx, db.r, func(s scanner) (v news.Subscription, err error) { return v, s.Scan(&v.Channel, &v.Topic) },
		`SELECT channel, topic FROM subscriptions WHERE guild = $1 AND substr(topic, 1, 5) = 'feed:' ORDER BY channel`, guild)
	if err != nil {
		return fail(err)
	}
	out := make([]news.GuildFeed, len(found))
	for i, f := range found {
		if f.Name == "" {
			f.Name = rows[i].label
		}
		out[i] = news.GuildFeed{Feed: f, Paused: sometime(rows[i].paused), Folder: rows[i].folder}
		for _, s := range followed {
			if s.Topic == news.FeedTopic(f.ID) {
				out[i].Channels = append(out[i].Channels, s.Channel)
			}
		}
	}
	return out, nil
}

// AddGuildFeed lets a guild follow a feed, and reports whether that is new. A
// feed is known by the address it was added with or has moved to; one that
// nobody follows is due at now, like a new one, and one that was given up is
// polled again. Of the feed, URL is read, Name as what the guild calls it until the
// feed tells its own name, and Topic as the folder in which the guild keeps it, if
// it is new. A guild that follows limit feeds already
// gets news.ErrFull.
func (db *DB) AddGuildFeed(ctx context.Context, guild news.GuildID, f news.Feed, limit int, now time.Time) (id news.FeedID, added bool, err error) {
	err = db.write(ctx, func(tx *transaction) error {
		id, added = 0, false
		err := tx.QueryRowContext(ctx, `SELECT id FROM feeds WHERE url = $1 OR moved_to = $1 ORDER BY retired, own LIMIT 1`, f.URL).Scan(&id)
		if errors.Is(err, sql.ErrNoRows) {
			err = tx.QueryRowContext(ctx, `INSERT INTO feeds (url, topic, next_poll, retired, own) VALUES ($1, '', $2, 1, 1) RETURNING id`,
				f.URL, milli(now).Int64).Scan(&id)
		}
		if err != nil {
			return err
		}
		// One that the operator gave up is nobody's until now.
		if _, err := tx.ExecContext(ctx, `UPDATE feeds SET own = 1, name = '', topic = $2 WHERE id = $1 AND retired = 1`, id, news.FeedTopic(id)); err != nil {
			return err
		}
		res, err := tx.ExecContext(ctx, `INSERT INTO guild_feeds (guild, feed, added, folder, label) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
			guild, id, milli(now).Int64, f.Topic, f.Name)
		if err != nil {
			return err
		}
		n, err := res.RowsAffected()
		if added = n > 0; err != nil {
			return err
		}
		if added {
			var has int
			if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM guild_feeds WHERE guild = $1`, guild).Scan(&has); err != nil {
				return err
			}
			if has > limit {
				return news.ErrFull
			}
			if err := reviveFeed(ctx, tx, id, now); err != nil {
				return err
			}
		}
		return settleOwn(ctx, tx, now)
	})
	if err != nil {
		return 0, false, fmt.Errorf("add a feed to guild %s: %w", guild, err)
	}
	return id, added, nil
}

// reviveFeed has a feed polled again that was given up.
func reviveFeed(ctx context.Context, tx *transaction, id news.FeedID, now time.Time) error {
	_, err := tx.ExecContext(ctx, `UPDATE feeds SET failures = 0, disabled_at = 0, hold_until = 0, next_reason = '', next_poll = $2 WHERE id = $1 AND disabled_at <> 0`, id, milli(now).Int64)
	return err
}

// PauseGuildFeed lets nothing more of a feed be posted in a guild, until
// ResumeGuildFeed. A feed that the guild does not follow is news.ErrNotFound.
func (db *DB) PauseGuildFeed(ctx context.Context, guild news.GuildID, id news.FeedID, now time.Time) error {
	err := db.write(ctx, func(tx *transaction) error {
		res, err := tx.ExecContext(ctx, `UPDATE guild_feeds SET paused = CASE WHEN paused = 0 THEN $3 ELSE paused END WHERE guild = $1 AND feed = $2`,
			guild, id, milli(now).Int64)
		if err == nil {
			err = affected(res, news.ErrNotFound)
		}
		if err != nil {
			return err
		}
		return settleOwn(ctx, tx, now)
	})
	if err != nil {
		return fmt.Errorf("pause feed %d in guild %s: %w", id, guild, err)
	}
	return nil
}

// ResumeGuildFeed ends a pause, and has a feed polled again that was given up.
// What came while nobody followed it is stored quietly. A feed that the guild
// does not follow is news.ErrNotFound.
func (db *DB) ResumeGuildFeed(ctx context.Context, guild news.GuildID, id news.FeedID, now time.Time) error {
	err := db.write(ctx, func(tx *transaction) error {
		res, err := tx.ExecContext(ctx, `UPDATE guild_feeds SET paused = 0 WHERE guild = $1 AND feed = $2`, guild, id)
		if err == nil {
			err = affected(res, news.ErrNotFound)
		}
		if err == nil {
			err = reviveFeed(ctx, tx, id, now)
		}
		if err != nil {
			return err
		}
		return settleOwn(ctx, tx, now)
	})
	if err != nil {
		return fmt.Errorf("resume feed %d in guild %s: %w", id, guild, err)
	}
	return nil
}

// RemoveGuildFeed ends that a guild and its channels follow a feed. What waits
// of it in the guild's channels is not posted any more. A feed that the guild
// does not follow is news.ErrNotFound.
func (db *DB) RemoveGuildFeed(ctx context.Context, guild news.GuildID, id news.FeedID) error {
	err := db.write(ctx, func(tx *transaction) error {
		if err := unfollowFeed(ctx, tx, guild, id); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, restOwn)
		return err
	})
	if err != nil {
		return fmt.Errorf("remove feed %d from guild %s: %w", id, guild, err)
	}
	return nil
}

func unfollowFeed(ctx context.Context, tx *transaction, guild news.GuildID, id news.FeedID) error {
	res, err := tx.ExecContext(ctx, `DELETE FROM guild_feeds WHERE guild = $1 AND feed = $2`, guild, id)
	if err == nil {
		err = affected(res, news.ErrNotFound)
	}
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM feed_notices WHERE guild = $1 AND feed = $2`, guild, id); err != nil {
		return err
	}
	channels, err := list(ctx, tx, one[news.ChannelID], `SELECT channel FROM subscriptions WHERE guild = $1 AND topic = $2`, guild, news.FeedTopic(id))
	if err != nil {
		return err
	}
	for _, ch := range channels {
		if _, err := tx.ExecContext(ctx, `DELETE FROM subscriptions WHERE guild = $1 AND channel = $2 AND topic = $3`, guild, ch, news.FeedTopic(id)); err != nil {
			return err
		}
		if err := dropUnfollowed(ctx, tx, ch); err != nil {
			return err
		}
	}
	return nil
}

// leaveFeeds notes that the bot was removed from a guild: its feeds are kept, and
// are not polled for it.
func leaveFeeds(ctx context.Context, tx *transaction, guild news.GuildID, now time.Time) error {
	if _, err := tx.ExecContext(ctx, `UPDATE guild_feeds SET left_at = $2 WHERE guild = $1 AND left_at = 0`, guild, milli(now).Int64); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, restOwn)
	return err
}

// RegainGuild notes that the bot is in a guild, and has its feeds polled again
// if it had been away.
func (db *DB) RegainGuild(ctx context.Context, guild news.GuildID, now time.Time) error {
	var away int
	err := db.r.QueryRowContext(ctx, `SELECT count(*) FROM guild_feeds WHERE guild = $1 AND left_at <> 0`, guild).Scan(&away)
	if err == nil && away > 0 {
		err = db.write(ctx, func(tx *transaction) error {
			if _, err := tx.ExecContext(ctx, `UPDATE guild_feeds SET left_at = 0 WHERE guild = $1`, guild); err != nil {
				return err
			}
			return settleOwn(ctx, tx, now)
		})
	}
	if err != nil {
		return fmt.Errorf("take up the feeds of guild %s: %w", guild, err)
	}
	return nil
}
