package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"newsdesk/news"
	"newsdesk/trail"
)

// Activity counts what came in since a time, and what waits.
func (db *DB) Activity(ctx context.Context, since time.Time) (trail.Activity, error) {
	var a trail.Activity
	err := db.r.QueryRowContext(ctx, `SELECT
		(SELECT count(*) FROM articles WHERE arrived >= $1),
		(SELECT count(*) FROM events WHERE last_at >= $1 AND first_at >= $1 AND `+standing+`),
		(SELECT count(*) FROM articles WHERE state = 'new'),
		(SELECT count(*) FROM posts WHERE state = 'pending'),
		(SELECT count(*) FROM posts WHERE state = 'dead' AND tried >= $1)`, milli(since).Int64).
		Scan(&a.Articles, &a.Events, &a.Waiting, &a.Pending, &a.Dead)
	if err != nil {
		return a, fmt.Errorf("count what came in: %w", err)
	}
	return a, nil
}

// Standings returns how the channels of a scope stand that follow something,
// and what was decided on the events of each since a time.
func (db *DB) Standings(ctx context.Context, of trail.Scope, since time.Time) ([]trail.Standing, error) {
	fail := func(err error) ([]trail.Standing, error) { return nil, fmt.Errorf("list how channels stand: %w", err) }
	every := 0
	if of.All {
		every = 1
	}
	ids, err := list(ctx, db.r, one[news.ChannelID], `SELECT DISTINCT channel FROM subscriptions
		WHERE $3 = 1 OR channel = $2 OR guild = $1 AND guild <> '' ORDER BY channel`, of.Guild, of.Channel, every)
	if err != nil {
		return fail(err)
	}
	out := make([]trail.Standing, 0, len(ids))
	for _, id := range ids {
		s, err := db.standing(ctx, id, since)
		if err != nil {
			return fail(err)
		}
		out = append(out, s)
	}
	return out, nil
}

func (db *DB) standing(ctx context.Context, id news.ChannelID, since time.Time) (s trail.Standing, err error) {
	if s.Channel, err = readChannel(ctx, db.r, id); err != nil {
		return s, err
	}
	if s.Topics, err = db.ChannelTopics(ctx, id); err != nil {
		return s, err
	}
	var paused, last sql.NullInt64
	err = db.r.QueryRowContext(ctx, `SELECT
		coalesce((SELECT max(guild) FROM subscriptions WHERE channel = $1), ''),
		(SELECT since FROM pauses WHERE channel = $1), coalesce((SELECT reason FROM pauses WHERE channel = $1), ''),
		(SELECT count(*) FROM posts WHERE channel = $1 AND state = 'pending'),
		(SELECT count(*) FROM held WHERE channel = $1),
		(SELECT max(tried) FROM posts WHERE channel = $1 AND state = 'sent')`, id).
		Scan(&s.Guild, &paused, &s.Pause.Reason, &s.Pending, &s.Held, &last)
	if err != nil {
		return s, err
	}
	s.Pause.Since, s.Last = moment(paused), sometime(last.Int64)
	type decided struct {
		outcome news.Outcome
		n       int
	}
	counts, err := list(ctx, db.r, func(r scanner) (d decided, err error) { return d, r.Scan(&d.outcome, &d.n) },
		`SELECT outcome, count(*) FROM verdicts v WHERE channel = $1 AND at >= $2
			AND NOT EXISTS (SELECT 1 FROM verdicts w WHERE w.channel = v.channel AND w.event = v.event AND (w.at > v.at OR w.at = v.at AND w.article > v.article))
		GROUP BY outcome`, id, milli(since).Int64)
	if err != nil {
		return s, err
	}
	for _, c := range counts {
		if s.Decided == nil {
			s.Decided = map[news.Outcome]int{}
		}
		s.Decided[c.outcome] = c.n
	}
	return s, nil
}
