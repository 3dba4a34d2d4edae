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

// ReserveModel books cost on the day of at if the day's sum stays within limit,
// and reports whether it did. A limit of 0 is none.
func (db *DB) ReserveModel(ctx context.Context, at time.Time, cost, limit int64) (bool, error) {
	ok := false
	err := db.write(ctx, func(tx *sql.Tx) error {
		ok = false
		var spent int64
		err := tx.QueryRowContext(ctx, `SELECT cost FROM model_days WHERE day = $1`, day(at)).Scan(&spent)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		if limit > 0 && spent+cost > limit {
			return nil
		}
		ok = true
		return add(ctx, tx, at, news.ModelUse{Cost: cost})
	})
	if err != nil {
		return false, fmt.Errorf("book a model's cost: %w", err)
	}
	return ok, nil
}

// SettleModel adds u to the day of at, whose Cost is the difference to what was
// booked, and keeps the answer under key in the same transaction. An empty
// answer is not kept. Answers older than 30 days are dropped.
func (db *DB) SettleModel(ctx context.Context, at time.Time, u news.ModelUse, key, answer string) error {
	err := db.write(ctx, func(tx *sql.Tx) error {
		if err := add(ctx, tx, at, u); err != nil {
			return err
		}
		if answer == "" {
			return nil
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
	if err := db.write(ctx, func(tx *sql.Tx) error { return add(ctx, tx, at, u) }); err != nil {
		return fmt.Errorf("count a model's use: %w", err)
	}
	return nil
}

func add(ctx context.Context, tx *sql.Tx, at time.Time, u news.ModelUse) error {
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
