package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"sync"

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
	err := db.write(ctx, func(tx *transaction) (err error) {
		c, err = editChannel(ctx, tx, guild, ch, change)
		return err
	})
	if err != nil {
		return news.Channel{}, fmt.Errorf("change the settings of channel %s: %w", ch, err)
	}
	return c, nil
}

func editChannel(ctx context.Context, tx *transaction, guild news.GuildID, ch news.ChannelID, change func(*news.Settings) error) (news.Channel, error) {
	c, err := readChannel(ctx, tx, ch)
	if err != nil {
		return c, err
	}
	if c.Guild != "" && c.Guild != guild {
		return c, news.ErrNotFound
	}
	if err := change(&c.Settings); err != nil {
		return c, err
	}
	c.Guild, c.ID = guild, ch
	if err := house(ctx, tx, guild, ch); err != nil {
		return c, err
	}
	settings, err := json.Marshal(c.Settings)
	if err != nil {
		return c, err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO channels (channel, guild, settings) VALUES ($1, $2, $3)
		ON CONFLICT (channel) DO UPDATE SET guild = excluded.guild, settings = excluded.settings`, ch, guild, string(settings))
	if err != nil || !c.NoThreads {
		return c, err
	}
	// Lines that wait are not wanted any more, and might never be allowed.
	_, err = tx.ExecContext(ctx, `UPDATE posts SET state = 'dead', reason = 'the channel has no threads any more' WHERE channel = $1 AND kind = $2 AND state = 'pending'`,
		ch, string(news.PostLine))
	return c, err
}

// Places returns the channels that follow one of the topics, in order of their
// ids, with what is set for each and whether it has a message of the event, 0
// for a new one. The topic of a feed counts where the channel's guild follows
// that feed by itself and has not paused it.
func (db *DB) Places(ctx context.Context, topics []string, event news.EventID) ([]events.Place, error) {
	type row struct {
		id       news.ChannelID
		guild    news.GuildID
		topic    string
		settings string
	}
	if len(topics) == 0 {
		return nil, nil
	}
	marks, args := marksOf(topics, 1)
	rows, err := list(ctx, db.r, func(s scanner) (v row, err error) {
		return v, s.Scan(&v.id, &v.guild, &v.topic, &v.settings)
	}, `SELECT s.channel, s.guild, s.topic, coalesce(c.settings, '') FROM subscriptions s
		LEFT JOIN channels c ON c.channel = s.channel WHERE s.topic IN (`+marks+`) AND `+unpaused+`
		ORDER BY s.channel, s.topic, s.guild`, args...)
	if err != nil {
		return nil, fmt.Errorf("list the channels that follow %s: %w", topics[0], err)
	}
	var alerted map[news.ChannelID]bool
	if event != 0 && len(rows) > 0 {
		if alerted, err = db.Alerted(ctx, event); err != nil {
			return nil, err
		}
	}
	var places []events.Place
	for _, r := range rows {
		if n := len(places); n > 0 && places[n-1].ID == r.id {
			places[n-1].Topics = append(places[n-1].Topics, r.topic)
			continue
		}
		p := events.Place{Topics: []string{r.topic}, Alerted: alerted[r.id]}
		if p.Settings, p.Compiled, err = db.set.read(r.id, r.settings); err != nil {
			return nil, fmt.Errorf("read the settings of channel %s: %w", r.id, err)
		}
		p.ID, p.Guild = r.id, r.guild
		places = append(places, p)
	}
	return places, nil
}

// RemoveChannel ends all that a channel follows, forgets what is set for it, and
// sets aside what it has not got yet. It reports whether there was something.
// Another guild's channel is news.ErrNotFound; what the configuration
// subscribed, which names no guild, is ended too.
func (db *DB) RemoveChannel(ctx context.Context, guild news.GuildID, ch news.ChannelID) (removed bool, err error) {
	err = db.write(ctx, func(tx *transaction) error {
		removed = false
		var foreign int
		if err := tx.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM subscriptions WHERE channel = $1 AND guild NOT IN ($2, '')) +
			(SELECT count(*) FROM channels WHERE channel = $1 AND guild <> $2)`, ch, guild).Scan(&foreign); err != nil {
			return err
		}
		if foreign > 0 {
			return news.ErrNotFound
		}
		for _, query := range []string{`DELETE FROM subscriptions WHERE channel = $1`, `DELETE FROM channels WHERE channel = $1`} {
			res, err := tx.ExecContext(ctx, query, ch)
			if err != nil {
				return err
			}
			n, err := res.RowsAffected()
			if err != nil {
				return err
			}
			removed = removed || n > 0
		}
		for _, query := range []string{
			`DELETE FROM held WHERE channel = $1`,
			`DELETE FROM publications WHERE channel = $1`,
			`DELETE FROM digests WHERE channel = $1`,
			`DELETE FROM told WHERE channel = $1`,
			`UPDATE posts SET state = 'dead', reason = 'the channel was taken off the list' WHERE channel = $1 AND state = 'pending'`,
		} {
			if _, err := tx.ExecContext(ctx, query, ch); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return false, fmt.Errorf("remove channel %s: %w", ch, err)
	}
	return removed, nil
}

// GuildPlaces returns the channels of a guild that follow something or have
// something set, in order of their ids. Unreachable are those that are paused;
// what they got of late is not said, nor whether they have a message of an event.
func (db *DB) GuildPlaces(ctx context.Context, guild news.GuildID) ([]events.Place, error) {
	type row struct {
		channel, topic, settings string
		paused                   bool
	}
	rows, err := list(ctx, db.r, func(s scanner) (v row, err error) {
		return v, s.Scan(&v.channel, &v.topic, &v.settings, &v.paused)
	}, `SELECT r.*, CASE WHEN r.channel IN (SELECT channel FROM pauses) THEN 1 ELSE 0 END FROM (
			SELECT s.channel, s.topic, coalesce(c.settings, '') FROM subscriptions s LEFT JOIN channels c ON c.channel = s.channel WHERE s.guild = $1
			UNION SELECT channel, '', settings FROM channels WHERE guild = $1) r ORDER BY 1, 2`, guild)
	if err != nil {
		return nil, fmt.Errorf("list the channels of guild %s: %w", guild, err)
	}
	var places []events.Place
	for _, r := range rows {
		if n := len(places); n == 0 || string(places[n-1].ID) != r.channel {
			p := events.Place{}
			if p.Settings, p.Compiled, err = db.set.read(news.ChannelID(r.channel), r.settings); err != nil {
				return nil, fmt.Errorf("read the settings of channel %s: %w", r.channel, err)
			}
			p.ID, p.Guild, p.Unreachable = news.ChannelID(r.channel), guild, r.paused
			places = append(places, p)
		}
		if r.topic != "" {
			p := &places[len(places)-1]
			p.Topics = append(p.Topics, r.topic)
		}
	}
	return places, nil
}

// settingsCache keeps what was read of the channels' settings for as long as
// their text stays the same: filters are compiled once, not for each article.
// Those who get settings from it do not change them.
type settingsCache struct {
	mu    sync.Mutex
	known map[news.ChannelID]readSettings
}

type readSettings struct {
	text     string
	settings news.Settings
	filters  *events.Filters // nil where there are none
}

func (c *settingsCache) read(ch news.ChannelID, text string) (news.Settings, *events.Filters, error) {
	if text == "" {
		return news.Settings{}, nil, nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if known, ok := c.known[ch]; ok && known.text == text {
		return known.settings, known.filters, nil
	}
	fresh := readSettings{text: text}
	if err := decode("settings", text, &fresh.settings); err != nil {
		return news.Settings{}, nil, err
	}
	if len(fresh.settings.Filters) > 0 {
		fresh.filters = events.NewFilters(fresh.settings.Filters)
	}
	if c.known == nil {
		c.known = map[news.ChannelID]readSettings{}
	}
	c.known[ch] = fresh
	return fresh.settings, fresh.filters, nil
}
