package store

import (
	"context"
	"database/sql"
	"fmt"

	"newsdesk/news"
)

// saveVerdicts records what was decided on an article; event is that of a new
// event. What waits for a digest is held, and what is posted waits no more.
func saveVerdicts(ctx context.Context, tx *transaction, event news.EventID, verdicts []news.Verdict) error {
	for _, v := range verdicts {
		if v.Event == 0 {
			v.Event = event
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO verdicts (at, article, event, channel, outcome, detail)
			VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (article, channel) DO UPDATE SET
				at = excluded.at, event = excluded.event, outcome = excluded.outcome, detail = excluded.detail`,
			milli(v.At).Int64, v.Article, v.Event, v.Channel, string(v.Outcome), clip(v.Detail))
		if err != nil {
			return fmt.Errorf("record what became of article %d: %w", v.Article, err)
		}
		switch {
		case v.Outcome.Waits():
			_, err = tx.ExecContext(ctx, `INSERT INTO held (channel, event, outcome, at) VALUES ($1, $2, $3, $4)
				ON CONFLICT (channel, event) DO UPDATE SET outcome = excluded.outcome`, v.Channel, v.Event, string(v.Outcome), milli(v.At).Int64)
		case v.Outcome == news.OutcomePosted:
			_, err = tx.ExecContext(ctx, `DELETE FROM held WHERE channel = $1 AND event = $2`, v.Channel, v.Event)
		}
		if err == nil && !v.Until.IsZero() {
			err = catchUp(ctx, tx, v)
		}
		if err != nil {
			return fmt.Errorf("hold event %d for channel %s: %w", v.Event, v.Channel, err)
		}
	}
	return nil
}

// Verdicts returns what was decided on an event's articles, the newest first,
// at most limit of them.
func (db *DB) Verdicts(ctx context.Context, event news.EventID, limit int) ([]news.Verdict, error) {
	found, err := list(ctx, db.r, func(s scanner) (v news.Verdict, err error) {
		var at sql.NullInt64
		err = s.Scan(&at, &v.Article, &v.Event, &v.Channel, &v.Outcome, &v.Detail)
		v.At = moment(at)
		return v, err
	}, `SELECT at, article, event, channel, outcome, detail FROM verdicts WHERE event = $1
		ORDER BY at DESC, article DESC, channel LIMIT $2`, event, max(limit, 0))
	if err != nil {
		return nil, fmt.Errorf("list what was decided on event %d: %w", event, err)
	}
	return found, nil
}
