package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"newsdesk/events"
	"newsdesk/news"
)

// Channel returns what is set for a channel: the defaults where nothing is.
func (db *DB) Channel(ctx context.Context, ch news.ChannelID) (news.Channel, error) {
	c, err := readChannel(ctx, db.r, ch)
	if err != nil {
		return c, fmt.Errorf("read the settings of channel %s: %w", ch, err)
	}
	return c, nil
}

// queryer is a database or a transaction.
type queryer interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

func readChannel(ctx context.Context, q queryer, ch news.ChannelID) (news.Channel, error) {
	c := news.Channel{ID: ch}
	var settings string
	err := q.QueryRowContext(ctx, `SELECT guild, settings FROM channels WHERE channel = $1`, ch).Scan(&c.Guild, &settings)
	if errors.Is(err, sql.ErrNoRows) {
		return c, nil
	}
	if err != nil {
		return c, err
	}
	return c, decode("settings", settings, &c.Settings)
}

// EditChannel changes what is set for a channel and returns what is set then.
// The settings of another guild are news.ErrNotFound. An error of change is
// returned as it is, and nothing is changed.
func (db *DB) EditChannel(ctx context.Context, guild news.GuildID, ch news.ChannelID, change func(*news.Settings) error) (news.Channel, error) {
	var c news.Channel
	err := db.write(ctx, func(tx *sql.Tx) (err error) {
		if c, err = readChannel(ctx, tx, ch); err != nil {
			return err
		}
		if c.Guild != "" && c.Guild != guild {
			return news.ErrNotFound
		}
		if err := change(&c.Settings); err != nil {
			return err
		}
		c.Guild, c.ID = guild, ch
		settings, err := json.Marshal(c.Settings)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO channels (channel, guild, settings) VALUES ($1, $2, $3)
			ON CONFLICT (channel) DO UPDATE SET guild = excluded.guild, settings = excluded.settings`, ch, guild, string(settings))
		return err
	})
	if err != nil {
		return news.Channel{}, fmt.Errorf("change the settings of channel %s: %w", ch, err)
	}
	return c, nil
}

// Places returns the channels that follow a topic or all of them, in order of
// their ids, with what is set for each and whether it has a message of the
// event, 0 for a new one.
func (db *DB) Places(ctx context.Context, topic string, event news.EventID) ([]events.Place, error) {
	type row struct {
		news.Channel
		topic string
	}
	rows, err := list(ctx, db.r, func(s scanner) (v row, err error) {
		var settings string
		if err := s.Scan(&v.ID, &v.Guild, &v.topic, &settings); err != nil {
			return v, err
		}
		return v, decode("settings", settings, &v.Settings)
	}, `SELECT s.channel, s.guild, s.topic, coalesce(c.settings, '') FROM subscriptions s
		LEFT JOIN channels c ON c.channel = s.channel WHERE s.topic IN ($1, $2) ORDER BY s.channel, s.topic, s.guild`, topic, news.AllTopics)
	if err != nil {
		return nil, fmt.Errorf("list the channels that follow %s: %w", topic, err)
	}
	var alerted map[news.ChannelID]bool
	if event != 0 && len(rows) > 0 {
		if alerted, err = db.Alerted(ctx, event); err != nil {
			return nil, err
		}
	}
	var places []events.Place
	for _, r := range rows {
		if n := len(places); n > 0 && places[n-1].ID == r.ID {
			places[n-1].Topics = append(places[n-1].Topics, r.topic)
			continue
		}
		places = append(places, events.Place{Channel: r.Channel, Topics: []string{r.topic}, Alerted: alerted[r.ID]})
	}
	return places, nil
}
