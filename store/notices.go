package store

import (
	"context"
	"fmt"
	"time"

	"newsdesk/news"
)

// FeedNotice says that a feed was given up, to a server that follows it or its
// topic.
type FeedNotice struct {
	Guild news.GuildID
	Feed  news.Feed // as Feed returns it, or by the server's own word for it; LastError is why
	Added bool      // the server added it, and can bring it back
}

// announceDead notes who is to be told that a feed was given up: the servers
// that follow its topic, or the feed itself, at that moment.
func announceDead(ctx context.Context, tx execer, id news.FeedID, since time.Time) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO feed_notices (feed, guild, since, told)
		SELECT f.id, s.guild, CAST($2 AS BIGINT), 0 FROM feeds f JOIN subscriptions s ON s.topic = f.topic AND f.own = 0
		WHERE f.id = $1 AND s.guild <> ''
		UNION SELECT feed, guild, CAST($2 AS BIGINT), 0 FROM guild_feeds WHERE feed = $1 AND paused = 0 AND left_at = 0
		ON CONFLICT (feed, guild) DO UPDATE SET since = excluded.since, told = 0`, id, milli(since).Int64)
	if err != nil {
		return fmt.Errorf("note who is told of feed %d: %w", id, err)
	}
	return nil
}

// FeedNotices returns what is still to be told of feeds that were given up, by
// server and feed. A feed that was brought back meanwhile, or which the server
// no longer follows, is no news any more.
func (db *DB) FeedNotices(ctx context.Context) ([]FeedNotice, error) {
	type untold struct {
		guild news.GuildID
		feed  news.FeedID
		added bool
		label string
	}
	found, err := list(ctx, db.r, func(s scanner) (u untold, err error) { return u, s.Scan(&u.guild, &u.feed, &u.added, &u.label) },
		`SELECT n.guild, n.feed, CASE WHEN o.feed IS NULL THEN 0 ELSE 1 END, COALESCE(o.label, '')
		FROM feed_notices n JOIN feeds f ON f.id = n.feed LEFT JOIN guild_feeds o ON o.guild = n.guild AND o.feed = n.feed
		WHERE n.told = 0 AND f.retired = 0 AND f.disabled_at = n.since
			AND (EXISTS (SELECT 1 FROM subscriptions s WHERE s.guild = n.guild AND s.topic = f.topic AND f.own = 0)
				OR EXISTS (SELECT 1 FROM guild_feeds g WHERE g.guild = n.guild AND g.feed = n.feed AND g.paused = 0))
		ORDER BY n.guild, n.feed`)
	if err != nil {
		return nil, fmt.Errorf("list notices of feeds: %w", err)
	}
	out := make([]FeedNotice, len(found))
	for i, u := range found {
		f, err := db.Feed(ctx, u.feed)
		if err != nil {
			return nil, err
		}
		if f.Name == "" {
			f.Name = u.label
		}
		out[i] = FeedNotice{Guild: u.guild, Feed: f, Added: u.added}
	}
	return out, nil
}

// FeedsNoticed marks notices as told.
func (db *DB) FeedsNoticed(ctx context.Context, told []FeedNotice) error {
	err := db.write(ctx, func(tx *transaction) error {
		for _, n := range told {
			if _, err := tx.ExecContext(ctx, `UPDATE feed_notices SET told = 1 WHERE guild = $1 AND feed = $2`, n.Guild, n.Feed.ID); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("mark notices of feeds: %w", err)
	}
	return nil
}
