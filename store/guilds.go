package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"newsdesk/news"
)

// house records which guild a channel belongs to. It is kept until the guild is
// forgotten, so that nothing of it is left behind when its channels follow
// nothing any more.
func house(ctx context.Context, tx execer, guild news.GuildID, ch news.ChannelID) error {
	if guild == "" {
		return nil
	}
	if _, err := tx.ExecContext(ctx, `INSERT INTO homes (channel, guild) VALUES ($1, $2)
		ON CONFLICT (channel) DO UPDATE SET guild = excluded.guild`, ch, guild); err != nil {
		return fmt.Errorf("record the server of channel %s: %w", ch, err)
	}
	return nil
}

// forgetting deletes what is stored of channels, table by table. Each names the
// channels by the guilds of the table "leaving".
var forgetting = []string{
	`DELETE FROM posts WHERE channel IN ` + leavingChannels,
	`DELETE FROM messages WHERE channel IN ` + leavingChannels,
	`DELETE FROM subscriptions WHERE channel IN ` + leavingChannels,
	`DELETE FROM channels WHERE channel IN ` + leavingChannels,
	`DELETE FROM held WHERE channel IN ` + leavingChannels,
	`DELETE FROM publications WHERE channel IN ` + leavingChannels,
	`DELETE FROM digests WHERE channel IN ` + leavingChannels,
	`DELETE FROM told WHERE channel IN ` + leavingChannels,
	`DELETE FROM publication_edits WHERE channel IN ` + leavingChannels,
	`DELETE FROM verdicts WHERE channel IN ` + leavingChannels,
	`DELETE FROM pauses WHERE channel IN ` + leavingChannels,
	`DELETE FROM feed_notices WHERE guild IN (SELECT guild FROM leaving)`,
	`DELETE FROM feed_offers WHERE guild IN (SELECT guild FROM leaving)`,
	`DELETE FROM guild_feeds WHERE guild IN (SELECT guild FROM leaving)`,
	`DELETE FROM model_guilds WHERE guild IN (SELECT guild FROM leaving)`,
	restOwn, // the feeds that nobody follows any more
	`DELETE FROM homes WHERE guild IN (SELECT guild FROM leaving)`, // last: it names the channels
	`DELETE FROM leaving`,
}

const leavingChannels = `(SELECT channel FROM homes WHERE guild IN (SELECT guild FROM leaving))`

func forget(ctx context.Context, tx *transaction) error {
	for _, query := range forgetting {
		if _, err := tx.ExecContext(ctx, query); err != nil {
			return err
		}
	}
	return nil
}

// ForgetGuilds deletes all that is stored of guilds that the bot was removed
// from before a time. One that takes news in another channel, or whose feeds were
// taken up again, is not among them.
func (db *DB) ForgetGuilds(ctx context.Context, before time.Time) error {
	err := db.write(ctx, func(tx *transaction) error {
		if _, err := tx.ExecContext(ctx, `INSERT INTO leaving (guild)
			SELECT DISTINCT guild FROM pauses p WHERE lost = 'guild' AND guild <> '' AND since < $1 AND NOT EXISTS (
				SELECT 1 FROM subscriptions s LEFT JOIN pauses q ON q.channel = s.channel
				WHERE s.guild = p.guild AND coalesce(q.lost, '') <> 'guild')
			UNION SELECT guild FROM guild_feeds WHERE left_at > 0 AND left_at < $1
			ON CONFLICT DO NOTHING`, milli(before).Int64); err != nil {
			return err
		}
		return forget(ctx, tx)
	})
	if err != nil {
		return fmt.Errorf("forget guilds: %w", err)
	}
	return nil
}

// ForgetGuild deletes all that is stored of a guild, at once.
func (db *DB) ForgetGuild(ctx context.Context, guild news.GuildID) error {
	if guild == "" {
		return nil
	}
	err := db.write(ctx, func(tx *transaction) error {
		if _, err := tx.ExecContext(ctx, `INSERT INTO leaving (guild) VALUES ($1) ON CONFLICT DO NOTHING`, guild); err != nil {
			return err
		}
		return forget(ctx, tx)
	})
	if err != nil {
		return fmt.Errorf("forget guild %s: %w", guild, err)
	}
	return nil
}

// GuildRecords returns all that is stored of a guild, by channel.
func (db *DB) GuildRecords(ctx context.Context, guild news.GuildID) (news.Records, error) {
	out := news.Records{Guild: guild}
	fail := func(err error) (news.Records, error) {
		return news.Records{}, fmt.Errorf("list what is stored of guild %s: %w", guild, err)
	}
	own, err := db.GuildFeeds(ctx, guild)
	if err != nil {
		return news.Records{}, err
	}
	for _, f := range own {
		out.Feeds = append(out.Feeds, news.FeedRecord{URL: f.Feed.URL, Name: f.Feed.Name, Paused: f.Paused})
	}
	ids, err := list(ctx, db.r, one[news.ChannelID], `SELECT channel FROM homes WHERE guild = $1 ORDER BY channel`, guild)
	if err != nil {
		return fail(err)
	}
	for _, id := range ids {
		r := news.ChannelRecord{Channel: id}
		c, err := readChannel(ctx, db.r, id)
		if err != nil {
			return fail(err)
		}
		r.Settings = c.Settings
		if r.Topics, err = db.ChannelTopics(ctx, id); err != nil {
			return fail(err)
		}
		var paused sql.NullInt64
		err = db.r.QueryRowContext(ctx, `SELECT
			(SELECT since FROM pauses WHERE channel = $1), coalesce((SELECT reason FROM pauses WHERE channel = $1), ''),
			(SELECT count(*) FROM messages WHERE channel = $1), (SELECT count(*) FROM posts WHERE channel = $1),
			(SELECT count(*) FROM held WHERE channel = $1), (SELECT count(*) FROM verdicts WHERE channel = $1)`, id).
			Scan(&paused, &r.Cause, &r.Messages, &r.Posts, &r.Held, &r.Decisions)
		if err != nil {
			return fail(err)
		}
		r.Paused = moment(paused)
		out.Channels = append(out.Channels, r)
	}
	return out, nil
}
