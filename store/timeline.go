package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"newsdesk/events"
	"newsdesk/news"
)

const timelineColumns = `event, revision, at, day, reason, fact, was, article, outlet, url`

// saveMoments adds what a change brought to the timeline of its event; event is
// the id of a new one.
func saveMoments(ctx context.Context, tx *transaction, event news.EventID, ch events.Change) error {
	for i, m := range events.Moments(ch) {
		_, err := tx.ExecContext(ctx, `INSERT INTO timeline (event, revision, place, at, day, reason, fact, was, article, outlet, url)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (event, revision, place) DO NOTHING`,
			event, m.Revision, i, milli(m.At).Int64, milli(m.Day), m.Reason, m.Text, m.Was, m.Article, m.Outlet, m.URL)
		if err != nil {
			return fmt.Errorf("add to the timeline of event %d: %w", event, err)
		}
	}
	return nil
}

// Timeline returns what readers learned of an event at since or later, oldest
// first: the latest limit of it.
func (db *DB) Timeline(ctx context.Context, event news.EventID, since time.Time, limit int) ([]news.Moment, error) {
	found, err := list(ctx, db.r, scanMoment, `SELECT `+timelineColumns+` FROM (
			SELECT `+timelineColumns+`, place FROM timeline WHERE event = $1 AND at >= $2 ORDER BY at DESC, revision DESC, place DESC LIMIT $3
		) AS latest ORDER BY at, revision, place`, event, milli(since).Int64, max(limit, 0))
	if err != nil {
		return nil, fmt.Errorf("list the timeline of event %d: %w", event, err)
	}
	return found, nil
}

// Corrected returns the facts by which sources took back at since or later what
// they had said, of all events, the newest first.
func (db *DB) Corrected(ctx context.Context, since time.Time) ([]news.Moment, error) {
	found, err := list(ctx, db.r, scanMoment, `SELECT `+timelineColumns+` FROM timeline
		WHERE reason = 'corrected' AND at >= $1 AND place % $2 = 0 ORDER BY at DESC, event DESC, revision DESC`, milli(since).Int64, mergedPlace)
	if err != nil {
		return nil, fmt.Errorf("list corrections: %w", err)
	}
	return found, nil
}

func scanMoment(s scanner) (news.Moment, error) {
	var m news.Moment
	var at, day sql.NullInt64
	err := s.Scan(&m.Event, &m.Revision, &at, &day, &m.Reason, &m.Text, &m.Was, &m.Article, &m.Outlet, &m.URL)
	m.At, m.Day = moment(at), moment(day)
	return m, err
}
