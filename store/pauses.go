package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"newsdesk/news"
)

// Lost says what is gone for good, so far as is known, of a paused channel.
type Lost string

// The things that can be lost.
const (
	LostNothing Lost = ""        // a permission, which can be granted again
	LostChannel Lost = "channel" // the channel was deleted
	LostGuild   Lost = "guild"   // the bot was removed from the guild
)

// Pause says that a channel cannot be posted to.
type Pause struct {
	Channel news.ChannelID
	Guild   news.GuildID // "" where unknown
	Lost    Lost
	Reason  string    // one sentence
	Since   time.Time // when it was paused
	Checked time.Time // when it was last looked at, zero for never
	Told    bool      // whether somebody who can mend it was told
}

// Block pauses a channel: its posts are held back until Resume. One that is
// paused already stays as it is.
func (db *DB) Block(ctx context.Context, ch news.ChannelID, reason string, at time.Time) error {
	_, err := db.w.ExecContext(ctx, `INSERT INTO pauses (channel, guild, lost, reason, since)
		VALUES ($1, (SELECT coalesce(max(guild), '') FROM subscriptions WHERE channel = $1), '', $2, $3) ON CONFLICT DO NOTHING`,
		ch, clip(reason), milli(at).Int64)
	if err != nil {
		return fmt.Errorf("pause channel %s: %w", ch, err)
	}
	return nil
}

// LoseChannel pauses a channel that was deleted, if it follows anything.
func (db *DB) LoseChannel(ctx context.Context, ch news.ChannelID, reason string, at time.Time) error {
	if err := db.lose(ctx, `subscriptions WHERE channel = $1`, ch, LostChannel, reason, at); err != nil {
		return fmt.Errorf("pause channel %s: %w", ch, err)
	}
	return nil
}

// LoseGuild pauses all channels of a guild that the bot was removed from, and its
// feeds until RegainGuild.
func (db *DB) LoseGuild(ctx context.Context, guild news.GuildID, reason string, at time.Time) error {
	err := db.lose(ctx, `homes WHERE guild = $1`, guild, LostGuild, reason, at)
	if err == nil {
		err = db.write(ctx, func(tx *transaction) error { return leaveFeeds(ctx, tx, guild, at) })
	}
	if err != nil {
		return fmt.Errorf("pause guild %s: %w", guild, err)
	}
	return nil
}

// lose pauses channels of a table that has their guilds, with a condition whose
// $1 is id.
func (db *DB) lose(ctx context.Context, from string, id any, lost Lost, reason string, at time.Time) error {
	_, err := db.w.ExecContext(ctx, `INSERT INTO pauses (channel, guild, lost, reason, since)
		SELECT channel, max(guild), $2, $3, $4 FROM `+from+` GROUP BY channel
		ON CONFLICT (channel) DO UPDATE SET lost = excluded.lost, reason = excluded.reason`,
		id, string(lost), clip(reason), milli(at).Int64)
	return err
}

// stuckAfter is how long a channel must have taken no messages for what comes in
// to wait until it does: less is a hiccup, after which a few messages come at
// once.
const stuckAfter = 30 * time.Minute

// stuck selects the channels with a post that was first tried before $2 and has
// not arrived.
const stuck = `SELECT channel FROM posts WHERE state = 'pending' AND tried > 0 AND tried < $2 AND NOT ` + apart

// Unreachable returns the channels that have taken no messages for a while at
// now: paused ones, and those that Discord does not answer for.
func (db *DB) Unreachable(ctx context.Context, now time.Time) (map[news.ChannelID]bool, error) {
	found, err := list(ctx, db.r, one[news.ChannelID], `SELECT channel FROM pauses WHERE since < $1 UNION `+stuck,
		milli(now.Add(-stuckAfter)).Int64, milli(now.Add(-stuckAfter)).Int64)
	if err != nil {
		return nil, fmt.Errorf("list the channels that take nothing: %w", err)
	}
	out := make(map[news.ChannelID]bool, len(found))
	for _, ch := range found {
		out[ch] = true
	}
	return out, nil
}

// Resume lets a paused channel have its posts again.
func (db *DB) Resume(ctx context.Context, ch news.ChannelID) error {
	if _, err := db.w.ExecContext(ctx, `DELETE FROM pauses WHERE channel = $1`, ch); err != nil {
		return fmt.Errorf("resume channel %s: %w", ch, err)
	}
	return nil
}

// Pauses returns the paused channels, the longest paused first.
func (db *DB) Pauses(ctx context.Context) ([]Pause, error) {
	found, err := list(ctx, db.r, func(s scanner) (p Pause, err error) {
		var since, checked sql.NullInt64
		err = s.Scan(&p.Channel, &p.Guild, &p.Lost, &p.Reason, &since, &checked, &p.Told)
		checked.Valid = checked.Int64 != 0
		p.Since, p.Checked = moment(since), moment(checked)
		return p, err
	}, `SELECT channel, guild, lost, reason, since, checked, told FROM pauses ORDER BY since, channel`)
	if err != nil {
		return nil, fmt.Errorf("list paused channels: %w", err)
	}
	return found, nil
}

// SavePause stores what a check found: Lost, Reason, Checked and Told.
func (db *DB) SavePause(ctx context.Context, p Pause) error {
	if _, err := db.w.ExecContext(ctx, `UPDATE pauses SET lost = $2, reason = $3, checked = $4, told = $5 WHERE channel = $1`,
		p.Channel, string(p.Lost), clip(p.Reason), milli(p.Checked).Int64, p.Told); err != nil {
		return fmt.Errorf("save the pause of channel %s: %w", p.Channel, err)
	}
	return nil
}

// Guilds returns the guilds of which anything is stored.
func (db *DB) Guilds(ctx context.Context) ([]news.GuildID, error) {
	found, err := list(ctx, db.r, one[news.GuildID], `SELECT guild FROM homes UNION SELECT guild FROM guild_feeds ORDER BY guild`)
	if err != nil {
		return nil, fmt.Errorf("list guilds: %w", err)
	}
	return found, nil
}

// GuildChannels returns the channels of a guild that follow something and are
// not paused.
func (db *DB) GuildChannels(ctx context.Context, guild news.GuildID) ([]news.ChannelID, error) {
	found, err := list(ctx, db.r, one[news.ChannelID], `SELECT DISTINCT channel FROM subscriptions
		WHERE guild = $1 AND channel NOT IN (SELECT channel FROM pauses) ORDER BY channel`, guild)
	if err != nil {
		return nil, fmt.Errorf("list channels of guild %s: %w", guild, err)
	}
	return found, nil
}

// DropHeld sets aside what waits for channels paused before a time, of what
// waits for a digest that which came before it, and ends the subscriptions of
// channels that were deleted. It returns how many posts that were.
func (db *DB) DropHeld(ctx context.Context, before time.Time) (dropped int64, err error) {
	err = db.write(ctx, func(tx *transaction) error {
		res, err := tx.ExecContext(ctx, `UPDATE posts SET state = 'dead', reason = 'held for too long: ' ||
				(SELECT reason FROM pauses WHERE pauses.channel = posts.channel)
			WHERE state = 'pending' AND channel IN (SELECT channel FROM pauses WHERE since < $1)`, milli(before).Int64)
		if err != nil {
			return err
		}
		if dropped, err = res.RowsAffected(); err != nil {
			return err
		}
		// What waits for a digest is dropped day by day: once the channel is
		// mended, the last days are told.
		const old = `channel IN (SELECT channel FROM pauses WHERE since < $1)`
		for _, query := range []string{
			`UPDATE verdicts SET outcome = '` + string(news.OutcomeDropped) + `', detail = '' WHERE ` + old + ` AND EXISTS (
				SELECT 1 FROM held h WHERE h.channel = verdicts.channel AND h.event = verdicts.event AND h.at < $1 AND h.outcome = verdicts.outcome)`,
			`DELETE FROM held WHERE ` + old + ` AND at < $1`,
		} {
			if _, err := tx.ExecContext(ctx, query, milli(before).Int64); err != nil {
				return err
			}
		}
		const deleted = `(SELECT channel FROM pauses WHERE since < $1 AND lost = 'channel')`
		for _, query := range []string{
			`DELETE FROM subscriptions WHERE channel IN ` + deleted,
			`DELETE FROM channels WHERE channel IN ` + deleted,
			`DELETE FROM held WHERE channel IN ` + deleted,
			`DELETE FROM publications WHERE channel IN ` + deleted,
			`DELETE FROM digests WHERE channel IN ` + deleted,
			`DELETE FROM told WHERE channel IN ` + deleted,
			`DELETE FROM pauses WHERE channel IN ` + deleted,
		} {
			if _, err := tx.ExecContext(ctx, query, milli(before).Int64); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("drop posts of paused channels: %w", err)
	}
	return dropped, nil
}
