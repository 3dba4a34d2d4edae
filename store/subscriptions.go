package store

import (
	"context"
	"fmt"

	"newsdesk/news"
)

// Subscribe lets a channel follow a topic. It reports whether that is new.
func (db *DB) Subscribe(ctx context.Context, s news.Subscription) (added bool, err error) {
	err = db.write(ctx, func(tx *transaction) error {
		res, err := tx.ExecContext(ctx, `INSERT INTO subscriptions (guild, channel, topic, sampled) VALUES ($1, $2, $3, 0) ON CONFLICT DO NOTHING`,
			s.Guild, s.Channel, s.Topic)
		if err != nil {
			return err
		}
		n, err := res.RowsAffected()
		if added = n > 0; err != nil {
			return err
		}
		return house(ctx, tx, s.Guild, s.Channel)
	})
	if err != nil {
		return false, fmt.Errorf("subscribe channel %s to %s: %w", s.Channel, s.Topic, err)
	}
	return added, nil
}

// Unsubscribe ends a subscription, and one that the configuration made, which
// names no guild. It reports whether there was one. A guild cannot end
// another's. Events of topics that the channel follows no more are not posted
// there any more, nor told in a digest, though that was decided already.
func (db *DB) Unsubscribe(ctx context.Context, s news.Subscription) (removed bool, err error) {
	err = db.write(ctx, func(tx *transaction) error {
		res, err := tx.ExecContext(ctx, `DELETE FROM subscriptions WHERE guild IN ($1, '') AND channel = $2 AND topic = $3`,
			s.Guild, s.Channel, s.Topic)
		if err != nil {
			return err
		}
		n, err := res.RowsAffected()
		if removed = n > 0; err != nil || !removed {
			return err
		}
		return dropUnfollowed(ctx, tx, s.Channel)
	})
	if err != nil {
		return false, fmt.Errorf("unsubscribe channel %s from %s: %w", s.Channel, s.Topic, err)
	}
	return removed, nil
}

// followed is the condition that an event e is told under the topic of a
// subscription s, as news.Event.Under has it, or that one which was put into it
// was; $2 is news.AllTopics.
const followed = `(s.topic = e.topic OR s.topic = $2 AND substr(e.topic, 1, 5) <> 'feed:'
	OR e.id IN (SELECT a.event FROM articles a WHERE a.feed = CASE WHEN substr(s.topic, 1, 5) = 'feed:' THEN CAST(substr(s.topic, 6) AS BIGINT) END)
	OR EXISTS (SELECT 1 FROM events g WHERE g.merged_into = e.id AND g.merged_into <> 0 AND g.topic = s.topic))`

// dropUnfollowed sets aside what is to be posted or told in a channel of topics
// that it does not follow.
func dropUnfollowed(ctx context.Context, tx *transaction, ch news.ChannelID) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM held WHERE channel = $1 AND NOT EXISTS (SELECT 1 FROM events e
		JOIN subscriptions s ON s.channel = $1 AND `+followed+` WHERE e.id = held.event)`, ch, news.AllTopics); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `UPDATE posts SET state = 'dead', reason = 'the channel stopped following its topic'
		WHERE channel = $1 AND state = 'pending' AND kind = $3 AND NOT EXISTS (SELECT 1 FROM events e
		JOIN subscriptions s ON s.channel = $1 AND `+followed+` WHERE e.id = posts.event)`, ch, news.AllTopics, string(news.PostAlert))
	return err
}

// Subscriptions returns all subscriptions, by channel and topic.
func (db *DB) Subscriptions(ctx context.Context) ([]news.Subscription, error) {
	found, err := list(ctx, db.r, func(s scanner) (v news.Subscription, err error) { return v, s.Scan(&v.Guild, &v.Channel, &v.Topic) },
		`SELECT guild, channel, topic FROM subscriptions ORDER BY channel, topic, guild`)
	if err != nil {
		return nil, fmt.Errorf("list subscriptions: %w", err)
	}
	return found, nil
}

// Unsampled returns the subscriptions that were never marked by Sampled, of
// channels that nothing was ever posted to and where nothing waits or was told in
// a digest.
func (db *DB) Unsampled(ctx context.Context) ([]news.Subscription, error) {
	found, err := list(ctx, db.r, func(s scanner) (v news.Subscription, err error) { return v, s.Scan(&v.Guild, &v.Channel, &v.Topic) },
		`SELECT guild, channel, topic FROM subscriptions s
		WHERE sampled = 0 AND NOT EXISTS (SELECT 1 FROM posts p WHERE p.channel = s.channel)
			AND NOT EXISTS (SELECT 1 FROM held h WHERE h.channel = s.channel)
			AND NOT EXISTS (SELECT 1 FROM told t WHERE t.channel = s.channel) ORDER BY channel, topic, guild`)
	if err != nil {
		return nil, fmt.Errorf("list new subscriptions: %w", err)
	}
	return found, nil
}

// Sampled marks a subscription as one that has had its sample.
func (db *DB) Sampled(ctx context.Context, s news.Subscription) error {
	_, err := db.w.ExecContext(ctx, `UPDATE subscriptions SET sampled = 1 WHERE guild = $1 AND channel = $2 AND topic = $3`, s.Guild, s.Channel, s.Topic)
	if err != nil {
		return fmt.Errorf("mark the subscription of channel %s to %s: %w", s.Channel, s.Topic, err)
	}
	return nil
}

// ChannelTopics returns the topics a channel follows, in alphabetical order.
func (db *DB) ChannelTopics(ctx context.Context, ch news.ChannelID) ([]string, error) {
	topics, err := list(ctx, db.r, one[string], `SELECT DISTINCT topic FROM subscriptions WHERE channel = $1 ORDER BY topic`, ch)
	if err != nil {
		return nil, fmt.Errorf("list topics of channel %s: %w", ch, err)
	}
	return topics, nil
}

// unpaused is the condition that the topic of a subscription s is no feed's, or
// that of one which the channel's guild follows by itself and has not paused.
const unpaused = `(substr(s.topic, 1, 5) <> 'feed:' OR EXISTS (
	SELECT 1 FROM guild_feeds g WHERE g.guild = s.guild AND 'feed:' || g.feed = s.topic AND g.paused = 0 AND g.left_at = 0))`

// ActiveTopics returns the topics that a channel is told of, in alphabetical
// order: those it follows, less those of feeds that are paused.
func (db *DB) ActiveTopics(ctx context.Context, ch news.ChannelID) ([]string, error) {
	topics, err := list(ctx, db.r, one[string], `SELECT DISTINCT topic FROM subscriptions s WHERE channel = $1 AND `+unpaused+` ORDER BY topic`, ch)
	if err != nil {
		return nil, fmt.Errorf("list active topics of channel %s: %w", ch, err)
	}
	return topics, nil
}
