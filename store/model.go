package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"newsdesk/news"
)

// answersFor is how long an answer is kept: an article that has not come back
// by then will not.
const answersFor = 30 * 24 * time.Hour

// day names the day of a time, UTC.
func day(t time.Time) string { return t.UTC().Format(time.DateOnly) }

// bump adds to the columns of a day's row, making it where there is none. The
// columns are named in the code, never by data.
const bump = `INSERT INTO model_days AS d (day, cost, requests, hits, capped, input_tokens, output_tokens, kept, dropped)
	VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
	ON CONFLICT (day) DO UPDATE SET
		cost = CASE WHEN d.cost + excluded.cost > 0 THEN d.cost + excluded.cost ELSE 0 END,
		requests = d.requests + excluded.requests, hits = d.hits + excluded.hits, capped = d.capped + excluded.capped,
		input_tokens = d.input_tokens + excluded.input_tokens, output_tokens = d.output_tokens + excluded.output_tokens,
		kept = d.kept + excluded.kept, dropped = d.dropped + excluded.dropped`

// ModelAnswer returns the answer kept under a key and counts the hit on the day
// of at, or news.ErrNotFound.
func (db *DB) ModelAnswer(ctx context.Context, key string, at time.Time) (string, error) {
	var answer string
	err := db.r.QueryRowContext(ctx, `SELECT answer FROM model_answers WHERE key = $1`, key).Scan(&answer)
	if errors.Is(err, sql.ErrNoRows) {
		err = news.ErrNotFound
	}
	if err == nil {
		err = db.AddModelUse(ctx, at, news.ModelUse{Hits: 1})
	}
	if err != nil {
		return "", fmt.Errorf("load a model's answer: %w", err)
	}
	return answer, nil
}

// ReserveModel books cost on the day of at where no bound of b is passed. The
// cost of a request that is for some guilds alone is shared by those of them
// that could pay it whole; where none could, it is refused.
func (db *DB) ReserveModel(ctx context.Context, at time.Time, cost int64, b news.ModelBudget) (news.ModelBooking, error) {
	var booking news.ModelBooking
	err := db.write(ctx, func(tx *transaction) error {
		booking = news.ModelBooking{}
		var spent int64
		err := tx.QueryRowContext(ctx, `SELECT cost FROM model_days WHERE day = $1`, day(at)).Scan(&spent)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		if b.Day > 0 && spent+cost > b.Day {
			booking.Refused = news.BoundDay
			return nil
		}
		for _, g := range b.Guilds {
			use, err := guildModelUse(ctx, tx, at, g)
			if err != nil {
				return err
			}
			if b.Guild <= 0 || use.Cost+cost <= b.Guild {
				booking.Payers = append(booking.Payers, g)
			}
		}
		if len(b.Guilds) > 0 && len(booking.Payers) == 0 {
			booking.Refused = news.BoundGuild
			for _, g := range b.Guilds {
				if err := bumpGuild(ctx, tx, at, g, news.GuildModelUse{Capped: 1}); err != nil {
					return err
				}
			}
			return nil
		}
		if err := share(ctx, tx, at, cost, booking.Payers); err != nil {
			return err
		}
		return add(ctx, tx, at, news.ModelUse{Cost: cost})
	})
	if err != nil {
		return news.ModelBooking{}, fmt.Errorf("book a model's cost: %w", err)
	}
	return booking, nil
}

func guildModelUse(ctx context.Context, q querier, at time.Time, guild news.GuildID) (u news.GuildModelUse, err error) {
	err = q.QueryRowContext(ctx, `SELECT cost, capped FROM model_guilds WHERE day = $1 AND guild = $2`, day(at), guild).Scan(&u.Cost, &u.Capped)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return u, err
}

// bumpGuild adds to a guild's day. Its cost never falls below 0.
func bumpGuild(ctx context.Context, tx *transaction, at time.Time, guild news.GuildID, u news.GuildModelUse) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO model_guilds AS m (day, guild, cost, capped) VALUES ($1, $2, $3, $4)
		ON CONFLICT (day, guild) DO UPDATE SET capped = m.capped + excluded.capped,
			cost = CASE WHEN m.cost + excluded.cost > 0 THEN m.cost + excluded.cost ELSE 0 END`, day(at), guild, u.Cost, u.Capped)
	return err
}

// share books cost, which may be negative, on guilds in equal parts.
func share(ctx context.Context, tx *transaction, at time.Time, cost int64, guilds []news.GuildID) error {
	n := int64(len(guilds))
	for i, g := range guilds {
		part := cost*int64(i+1)/n - cost*int64(i)/n
		if err := bumpGuild(ctx, tx, at, g, news.GuildModelUse{Cost: part}); err != nil {
			return err
		}
	}
	return nil
}

// GuildModelUse returns what a model was used for, for a guild's own feeds, on the
// day of at.
func (db *DB) GuildModelUse(ctx context.Context, at time.Time, guild news.GuildID) (news.GuildModelUse, error) {
	use, err := guildModelUse(ctx, db.r, at, guild)
	if err != nil {
		return use, fmt.Errorf("load what a model cost for guild %s: %w", guild, err)
	}
	return use, nil
}

// Payers returns the guilds for which alone an article is read: those that follow
// its feed by themselves, where the operator does not, and have not paused it.
func (db *DB) Payers(ctx context.Context, a news.Article) ([]news.GuildID, error) {
	feed, own := news.TopicFeed(a.Topic)
	if !own {
		return nil, nil
	}
	found, err := list(ctx, db.r, one[news.GuildID], `SELECT guild FROM guild_feeds WHERE feed = $1 AND paused = 0 AND left_at = 0 ORDER BY guild`, feed)
	if err != nil {
		return nil, fmt.Errorf("list the guilds that follow feed %d: %w", feed, err)
	}
	return found, nil
}

// SettleModel adds u to the day of at, whose Cost is the difference to what was
// booked, on the payers' shares too, and keeps the answer under key in the same
// transaction. An empty answer is not kept. Answers and shares older than 30 days
// are dropped.
func (db *DB) SettleModel(ctx context.Context, at time.Time, u news.ModelUse, payers []news.GuildID, key, answer string) error {
	err := db.write(ctx, func(tx *transaction) error {
		if err := add(ctx, tx, at, u); err != nil {
			return err
		}
		if err := share(ctx, tx, at, u.Cost, payers); err != nil {
			return err
		}
		if answer == "" {
			return nil
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM model_guilds WHERE day < $1`, day(at.Add(-answersFor))); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM model_answers WHERE at < $1`, at.Add(-answersFor).UnixMilli()); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO model_answers (key, at, answer) VALUES ($1, $2, $3)
			ON CONFLICT (key) DO UPDATE SET at = excluded.at, answer = excluded.answer`, key, at.UnixMilli(), answer)
		return err
	})
	if err != nil {
		return fmt.Errorf("store a model's answer: %w", err)
	}
	return nil
}

// AddModelUse adds u to the day of at.
func (db *DB) AddModelUse(ctx context.Context, at time.Time, u news.ModelUse) error {
	if err := db.write(ctx, func(tx *transaction) error { return add(ctx, tx, at, u) }); err != nil {
		return fmt.Errorf("count a model's use: %w", err)
	}
	return nil
}

func add(ctx context.Context, tx *transaction, at time.Time, u news.ModelUse) error {
	_, err := tx.ExecContext(ctx, bump, day(at), u.Cost, u.Requests, u.Hits, u.Capped, u.InputTokens, u.OutputTokens, u.Kept, u.Dropped)
	return err
}

// ModelUse returns what was used on the day of at.
func (db *DB) ModelUse(ctx context.Context, at time.Time) (news.ModelUse, error) {
	var u news.ModelUse
	err := db.r.QueryRowContext(ctx, `SELECT cost, requests, hits, capped, input_tokens, output_tokens, kept, dropped
		FROM model_days WHERE day = $1`, day(at)).
		Scan(&u.Cost, &u.Requests, &u.Hits, &u.Capped, &u.InputTokens, &u.OutputTokens, &u.Kept, &u.Dropped)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return news.ModelUse{}, fmt.Errorf("load a model's use: %w", err)
	}
	return u, nil
}
