package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"newsdesk/events"
	"newsdesk/news"
)

// Apply commits what was decided about one article, in one transaction: the
// article's text and summary, the event as it shall be, the posts that follow,
// in their order, what the change adds to the event's timeline, what was decided
// for each channel, and why. It returns the
// article's event and the ids of the posts it made.
//
// A change with Event.ID 0 makes a new event; the posts' Event.ID and Key and
// the verdicts' Event are then filled in. Otherwise the event must still have Base.Version, else
// nothing is written and the error is news.ErrConflict. The new version is
// always Base.Version+1. An article that is done already changes nothing: its
// event is returned, and no posts. An article that does not exist is
// news.ErrNotFound. A post whose key is in the outbox already is left out.
//
// The article's ID, Feed, GUID, Seen and Quiet are those of its row; what the
// feed had said of it is dropped.
func (db *DB) Apply(ctx context.Context, a news.Article, s news.Summary, ch events.Change, plan events.Plan) (news.EventID, []news.PostID, error) {
	columns, err := summaryColumns(s)
	if err != nil {
		return 0, nil, fmt.Errorf("apply article %d: %w", a.ID, err)
	}
	ev := tameEvent(ch.Event)
	ev.Version = ch.Base.Version + 1
	var event news.EventID
	var made []news.PostID
	err = db.write(ctx, func(tx *transaction) error {
		event, made = 0, nil
		done, err := placed(ctx, tx, a.ID)
		if err != nil || done != 0 {
			event = done
			return err
		}
		if event, err = saveEvent(ctx, tx, ev, ch.Base.Version); err != nil {
			return fmt.Errorf("event %d: %w", ev.ID, err)
		}
		if err := db.engine.index(ctx, tx, a); err != nil {
			return err
		}
		if err := finish(ctx, tx, a, columns, event, ch.CopyOf); err != nil {
			return err
		}
		for _, p := range plan.Posts {
			if p.Event.ID == 0 {
				p.Event.ID, p.Event.Version, p.Key = event, ev.Version, ""
			}
			id, err := enqueue(ctx, tx, p)
			if err != nil {
				return err
			}
			if id != 0 {
				made = append(made, id)
			}
		}
		if err := saveMoments(ctx, tx, event, ch); err != nil {
			return err
		}
		if err := savePlacement(ctx, tx, a, plan.Placed); err != nil {
			return err
		}
		for _, publish := range plan.Publish {
			if err := askPublish(ctx, tx, publish, event, ch.Event.Last); err != nil {
				return err
			}
		}
		if plan.Revisit.Article != 0 {
			if err := saveRevisit(ctx, tx, plan.Revisit); err != nil {
				return err
			}
		}
		return saveVerdicts(ctx, tx, event, plan.Verdicts)
	})
	if err != nil {
		return 0, nil, fmt.Errorf("apply article %d: %w", a.ID, err)
	}
	return event, made, nil
}

// placed returns the event of an article that is done, 0 where it still waits.
func placed(ctx context.Context, tx *transaction, id news.ArticleID) (news.EventID, error) {
	var event sql.NullInt64
	err := tx.QueryRowContext(ctx, `SELECT CASE WHEN state = 'done' THEN event END FROM articles WHERE id = $1`, id).Scan(&event)
	if errors.Is(err, sql.ErrNoRows) {
		err = news.ErrNotFound
	}
	return news.EventID(event.Int64), err
}

// saveEvent inserts the event, or updates it where it still has the version
// that the decision was made on.
func saveEvent(ctx context.Context, tx *transaction, e news.Event, base int) (news.EventID, error) {
	who, err1 := encode(e.Who)
	places, err2 := encode(e.Where)
	facts, err3 := encode(e.Facts)
	sources, err4 := encode(e.Sources)
	terms, err5 := encode(e.Terms)
	absorbed, err6 := encode(e.Absorbed)
	parted, err7 := encode(e.Parted)
	if err := errors.Join(err1, err2, err3, err4, err5, err6, err7); err != nil {
		return 0, err
	}
	args := []any{
		e.Version, e.Revision, e.Topic, milli(e.First), milli(e.Last), milli(e.When),
		e.Headline, e.Image, who, places, facts, sources, e.Checked, e.Dropped, e.Method, string(e.Class), e.Weight, terms, absorbed, parted,
	}
	if e.ID == 0 {
		var id news.EventID
		err := tx.QueryRowContext(ctx, `INSERT INTO events (version, revision, topic, first_at, last_at, happened_at,
				headline, image, who, places, facts, sources, facts_checked, facts_dropped, method, class, weight, terms, absorbed, parted)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20) RETURNING id`, args...).Scan(&id)
		return id, err
	}
	res, err := tx.ExecContext(ctx, `UPDATE events SET version = $1, revision = $2, topic = $3, first_at = $4, last_at = $5,
			happened_at = $6, headline = $7, image = $8, who = $9, places = $10, facts = $11, sources = $12,
			facts_checked = $13, facts_dropped = $14, method = $15, class = $16, weight = $17, terms = $18, absorbed = $19, parted = $20
		WHERE id = $21 AND version = $22`, append(args, e.ID, base)...)
	if err != nil {
		return 0, err
	}
	err = affected(res, news.ErrConflict)
	if errors.Is(err, news.ErrConflict) {
		var n int
		if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM events WHERE id = $1`, e.ID).Scan(&n); err != nil {
			return 0, err
		}
		if n == 0 {
			return 0, news.ErrNotFound
		}
	}
	return e.ID, err
}

// summaryColumns returns headline, summarizer, happened_at, facts, who, places.
func summaryColumns(s news.Summary) ([]any, error) {
	facts, err1 := encode(tameFacts(s.Facts))
	who, err2 := encode(s.Who)
	places, err3 := encode(s.Where)
	return []any{s.Headline, s.Method, milli(s.When), facts, who, places}, errors.Join(err1, err2, err3)
}

// finish turns a waiting article into a condensed one.
func finish(ctx context.Context, tx *transaction, a news.Article, summary []any, event news.EventID, copyOf news.ArticleID) error {
	published := milli(a.Published)
	args := []any{
		a.ID, event,
		sql.NullInt64{Int64: int64(copyOf), Valid: copyOf != 0},
		a.Title, a.URL, a.Byline, a.Image, a.Outlet, a.Topic, a.Lang, string(a.Method), a.Why, published,
		a.Body, string(a.Kind),
	}
	res, err := tx.ExecContext(ctx, `UPDATE articles SET state = 'done', event = $2, copy_of = $3, title = $4, url = $5,
			byline = $6, image = $7, outlet = $8, topic = $9, lang = $10, method = $11, why = $12,
			published = $13, body = $14,
			dated = CASE WHEN coalesce($13, seen) > seen THEN seen WHEN coalesce($13, seen) < 0 THEN 0 ELSE coalesce($13, seen) END,
			kind = $15, headline = $16, summarizer = $17, happened_at = $18, facts = $19, who = $20, places = $21,
			updated = $22, last_error = '', feed_summary = '', feed_content = ''
		WHERE id = $1 AND state = 'new'`, append(append(args, summary...), milli(a.Updated))...)
	if err != nil {
		return err
	}
	return affected(res, news.ErrNotFound)
}
