package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"newsdesk/ask"
	"newsdesk/news"
)

// Search returns at most limit condensed articles that count from since or
// later and hold any of the query's words, best first, by BM25 with a word in
// the title counting three times one in the body. Words are compared by their
// stems, without case and accents. The query is a person's text: nothing in it
// is syntax. Words that say little ("the", "who") are left out where others
// remain. Among many thousand articles, words that many of them hold are left
// out where rarer ones find something, and alone find only the newest. A query
// without words finds nothing.
func (db *DB) Search(ctx context.Context, query string, since time.Time, limit int) ([]ask.Hit, error) {
	ts := telling(query)
	if len(ts) == 0 || limit <= 0 {
		return nil, nil
	}
	w, err := db.window(ctx, since)
	if err != nil {
		return nil, fmt.Errorf("search articles: %w", err)
	}
	groups, err := db.rarestFirst(ctx, ts, w)
	if err != nil {
		return nil, fmt.Errorf("search articles: %w", err)
	}
	for _, g := range groups {
		found, err := list(ctx, db.r, scanHit, `SELECT a.id, coalesce(a.event, 0), a.title, a.outlet, a.url, a.body,
				coalesce(a.published, a.seen), -f.rank
			FROM articles_fts f JOIN articles a ON a.id = f.rowid
			WHERE f.articles_fts MATCH $1 AND f.rowid >= $2 AND a.dated >= $3 ORDER BY f.rank LIMIT $4`,
			match(g.terms, " OR "), g.first, w.since, limit)
		if err != nil {
			return nil, fmt.Errorf("search articles: %w", err)
		}
		if len(found) > 0 {
			return found, nil
		}
	}
	return nil, nil
}

func scanHit(s scanner) (ask.Hit, error) {
	var h ask.Hit
	var published int64
	err := s.Scan(&h.Article, &h.Event, &h.Title, &h.Outlet, &h.URL, &h.Body, &published, &h.Score)
	h.Published = time.UnixMilli(published).UTC()
	return h, err
}

// SearchEvents returns the events of a topic ("" is every topic) with an
// article that counts from since or later and holds all of the words; where no
// article holds all, those with an article that holds any of them. It returns
// at most limit events after the first offset ones, the one with the best
// article first, and how many there are in all. Words are read as in Search.
func (db *DB) SearchEvents(ctx context.Context, words, topic string, since time.Time, limit, offset int) ([]news.Event, int, error) {
	ts := telling(words)
	if len(ts) == 0 {
		return nil, 0, nil
	}
	ids, total, err := db.eventHits(ctx, ts, topic, since, max(limit, 0), max(offset, 0))
	if err != nil {
		return nil, 0, fmt.Errorf("search events: %w", err)
	}
	found, err := db.events(ctx, ids)
	if err != nil {
		return nil, 0, fmt.Errorf("search events: %w", err)
	}
	return found, total, nil
}

// eventHits tries all of the terms together, then any of them.
func (db *DB) eventHits(ctx context.Context, ts []term, topic string, since time.Time, limit, offset int) ([]news.EventID, int, error) {
	w, err := db.window(ctx, since)
	if err != nil {
		return nil, 0, err
	}
	groups, err := db.rarestFirst(ctx, ts, w)
	if err != nil {
		return nil, 0, err
	}
	// All together find no more than the rarest does.
	ids, total, err := db.matchEvents(ctx, match(ts, " AND "), topic, groups[0].first, w.since, limit, offset)
	if err != nil || total > 0 || len(ts) == 1 {
		return ids, total, err
	}
	for _, g := range groups {
		ids, total, err := db.matchEvents(ctx, match(g.terms, " OR "), topic, g.first, w.since, limit, offset)
		if err != nil || total > 0 {
			return ids, total, err
		}
	}
	return nil, 0, nil
}

func (db *DB) matchEvents(ctx context.Context, expr, topic string, first, since int64, limit, offset int) (ids []news.EventID, total int, err error) {
	rows, err := db.r.QueryContext(ctx, `
		WITH hits AS MATERIALIZED (SELECT rowid AS id, rank AS score FROM articles_fts WHERE articles_fts MATCH $1 AND rowid >= $2)
		SELECT a.event FROM hits h JOIN articles a ON a.id = h.id JOIN events e ON e.id = a.event
		WHERE a.dated >= $3 AND ($4 = '' OR e.topic = $4)
		GROUP BY a.event ORDER BY min(h.score), max(a.dated) DESC, a.event DESC`, expr, first, since, topic)
	if err != nil {
		return nil, 0, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for ; rows.Next(); total++ {
		var id news.EventID
		if err := rows.Scan(&id); err != nil {
			return nil, 0, err
		}
		if total >= offset && len(ids) < limit {
			ids = append(ids, id)
		}
	}
	return ids, total, rows.Err()
}
