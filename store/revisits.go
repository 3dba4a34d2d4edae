package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"hash/fnv"
	"time"

	"newsdesk/events"
	"newsdesk/news"
)

// amendable is how long after an article was first seen its feed's changes of it
// are heeded: later ones are housekeeping.
const amendable = 48 * time.Hour

// amended is an item that is known and of which its feed tells something else.
type amended struct {
	id   news.ArticleID
	item news.Item
	said int64
	was  int64
}

// saidKey is a hash of what a feed says of an item, never 0.
func saidKey(it news.Item) int64 {
	h := fnv.New64a()
	for _, s := range []string{it.Title, it.Summary, it.Content} {
		_, _ = h.Write([]byte(s))
		_, _ = h.Write([]byte{0})
	}
	if !it.Updated.IsZero() {
		_, _ = fmt.Fprint(h, it.Updated.UnixMilli())
	}
	return int64(h.Sum64() | 1)
}

// amend notes what a feed now says of items that are known. One that waits to be
// read is read as it is now; one that was read is read again.
func amend(ctx context.Context, tx *transaction, list []amended, at time.Time) error {
	for _, m := range list {
		if _, err := tx.ExecContext(ctx, `UPDATE articles SET said = $2 WHERE id = $1`, m.id, m.said); err != nil {
			return err
		}
		if m.was == 0 {
			continue // noted for the first time
		}
		if _, err := tx.ExecContext(ctx, `UPDATE articles SET title = $2, feed_summary = $3, feed_content = $4, updated = $5
			WHERE id = $1 AND state = 'new'`, m.id, m.item.Title, m.item.Summary, m.item.Content, milli(m.item.Updated)); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO revisits (article, due, cause, title, summary, content)
			SELECT id, $2, $3, $4, $5, $6 FROM articles WHERE id = $1 AND state = 'done' AND quiet = $7 AND seen >= $8
			ON CONFLICT (article) DO UPDATE SET due = excluded.due, cause = excluded.cause,
				title = excluded.title, summary = excluded.summary, content = excluded.content`,
			m.id, milli(at).Int64, string(news.CauseFeed), m.item.Title, m.item.Summary, m.item.Content, false, milli(at.Add(-amendable)).Int64); err != nil {
			return err
		}
	}
	return nil
}

// DueRevisits returns at most limit articles whose pages are to be read again
// now, those that have waited longest first.
func (db *DB) DueRevisits(ctx context.Context, now time.Time, limit int) ([]news.ArticleID, error) {
	ids, err := list(ctx, db.r, one[news.ArticleID], `SELECT article FROM revisits WHERE due <= $1 ORDER BY due, article LIMIT $2`,
		milli(now).Int64, max(limit, 0))
	if err != nil {
		return nil, fmt.Errorf("list articles to be read again: %w", err)
	}
	return ids, nil
}

// Revisit returns an article that is to be read again, as it is stored, or
// news.ErrNotFound.
func (db *DB) Revisit(ctx context.Context, id news.ArticleID) (news.Revisit, Stored, error) {
	v := news.Revisit{Article: id}
	var due, last sql.NullInt64
	err := db.r.QueryRowContext(ctx, `SELECT due, cause, readings, last, etag, last_modified, title, summary, content FROM revisits WHERE article = $1`, id).
		Scan(&due, &v.Cause, &v.Readings, &last, &v.ETag, &v.LastModified, &v.Title, &v.Summary, &v.Content)
	v.Due, v.Last = moment(due), moment(last)
	var s Stored
	if err == nil {
		s, err = scanStored(db.r.QueryRowContext(ctx, `SELECT `+articleColumns+articleTables+`WHERE a.id = $1 AND a.state = 'done'`, id))
	}
	if errors.Is(err, sql.ErrNoRows) {
		err = news.ErrNotFound
	}
	if err != nil {
		return news.Revisit{}, Stored{}, fmt.Errorf("load article %d to be read again: %w", id, err)
	}
	return v, s, nil
}

// SaveRevisit stores that an article was read at v.Last, when it is read again,
// and what is known of its page. What its feed says is left as it is, and so is a
// change that the feed told of since v.Last: the article stays due for it.
func (db *DB) SaveRevisit(ctx context.Context, v news.Revisit) error {
	if err := saveRevisit(ctx, db.w, v); err != nil {
		return fmt.Errorf("save when article %d is read again: %w", v.Article, err)
	}
	return nil
}

// PutOffRevisit lets an article wait until then to be read again; for ever, or
// until its feed tells of a change, where that is zero.
func (db *DB) PutOffRevisit(ctx context.Context, id news.ArticleID, until time.Time) error {
	if _, err := db.w.ExecContext(ctx, `UPDATE revisits SET due = $2 WHERE article = $1`, id, milli(until)); err != nil {
		return fmt.Errorf("put off reading article %d again: %w", id, err)
	}
	return nil
}

func saveRevisit(ctx context.Context, tx execer, v news.Revisit) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO revisits (article, due, cause, readings, last, etag, last_modified) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (article) DO UPDATE SET readings = excluded.readings, last = excluded.last,
			due = CASE WHEN revisits.due > excluded.last THEN revisits.due ELSE excluded.due END,
			cause = CASE WHEN revisits.due > excluded.last THEN revisits.cause ELSE excluded.cause END,
			etag = excluded.etag, last_modified = excluded.last_modified`,
		v.Article, milli(v.Due), string(v.Cause), v.Readings, milli(v.Last), clip(v.ETag), clip(v.LastModified))
	return err
}

// revisitsDropped goes by arrived, which rises with the ids and has an index: up to
// the last article that came before then, all did.
const revisitsDropped = `DELETE FROM revisits WHERE article <= (SELECT id FROM articles WHERE arrived < $1 ORDER BY arrived DESC, id DESC LIMIT 1)`

// DropRevisits forgets what was noted of the pages of articles that were first
// seen before a time.
func (db *DB) DropRevisits(ctx context.Context, before time.Time) error {
	if _, err := db.w.ExecContext(ctx, revisitsDropped, milli(before).Int64); err != nil {
		return fmt.Errorf("drop what was noted of old pages: %w", err)
	}
	return nil
}

// Revise commits, in one transaction, what another reading of an article led to:
// its text and summary, its event as it shall be, the posts that follow, what the
// change adds to the timeline, and when it is read next. An event with the id 0
// is left as it is: the article is a copy. The event must have Base.Version, else
// nothing is written and the error is news.ErrConflict. It returns the ids of
// the posts it made.
func (db *DB) Revise(ctx context.Context, a news.Article, s news.Summary, ch events.Change, plan events.Plan, next news.Revisit) ([]news.PostID, error) {
	columns, err := summaryColumns(s)
	if err != nil {
		return nil, fmt.Errorf("revise article %d: %w", a.ID, err)
	}
	ev := tameEvent(ch.Event)
	var made []news.PostID
	err = db.write(ctx, func(tx *transaction) error {
		made = nil
		if ev.ID != 0 {
			ev.Version = ch.Base.Version + 1
			if _, err := saveEvent(ctx, tx, ev, ch.Base.Version); err != nil {
				return fmt.Errorf("event %d: %w", ev.ID, err)
			}
		}
		if err := db.engine.reindex(ctx, tx, a); err != nil {
			return err
		}
		args := append([]any{a.ID, a.Title, a.Image, a.Lang, string(a.Method), a.Why, a.Body, string(a.Kind)}, columns...)
		res, err := tx.ExecContext(ctx, `UPDATE articles SET title = $2, image = $3, lang = $4, method = $5, why = $6, body = $7, kind = $8,
				headline = $9, summarizer = $10, happened_at = $11, facts = $12, who = $13, places = $14, updated = coalesce($15, updated)
			WHERE id = $1 AND state = 'done'`, append(args, milli(a.Updated))...)
		if err == nil {
			err = affected(res, news.ErrNotFound)
		}
		if err != nil {
			return err
		}
		for _, p := range plan.Posts {
			id, err := enqueue(ctx, tx, p)
			if err != nil {
				return err
			}
			if id != 0 {
				made = append(made, id)
			}
		}
		if err := saveMoments(ctx, tx, ev.ID, ch); err != nil {
			return err
		}
		if ch.Visible { // the grounds on which the article belongs there stay
			if _, err := tx.ExecContext(ctx, `UPDATE placements SET at = $2, reason = $3 WHERE article = $1`, a.ID, milli(ch.Revised).Int64, string(ch.Reason)); err != nil {
				return err
			}
		}
		for _, publish := range plan.Publish {
			if err := askPublish(ctx, tx, publish, ev.ID, ch.Event.Last); err != nil {
				return err
			}
		}
		if err := saveVerdicts(ctx, tx, ev.ID, plan.Verdicts); err != nil {
			return err
		}
		return saveRevisit(ctx, tx, next)
	})
	if err != nil {
		return nil, fmt.Errorf("revise article %d: %w", a.ID, err)
	}
	return made, nil
}
