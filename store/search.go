package store

import (
	"context"
	"fmt"
	"time"

	"newsdesk/ask"
	"newsdesk/news"
)

// Search returns at most limit condensed articles for all that count from since or
// later and hold any of the query's words, best first, by BM25 with a word in
// the title counting three times one in the body. Words are compared by their
// stems, without case and accents. The query is a person's text: nothing in it
// is syntax. Words that say little ("the", "who") are left out where others
// remain. Among many thousand articles, words that many of them hold are left
// out where rarer ones find something, and alone find only the newest. A query
// without words finds nothing.
func (db *DB) Search(ctx context.Context, query string, since time.Time, limit int) ([]ask.Hit, error) {
	return db.SeenBy("").Search(ctx, query, since, limit)
}

// Search is DB.Search for what the guild may see.
func (v View) Search(ctx context.Context, query string, since time.Time, limit int) ([]ask.Hit, error) {
	ts := telling(query)
	if len(ts) == 0 || limit <= 0 {
		return nil, nil
	}
	w, err := v.window(ctx, since)
	if err != nil {
		return nil, fmt.Errorf("search articles: %w", err)
	}
	groups, err := v.rarestFirst(ctx, ts, w)
	if err != nil {
		return nil, fmt.Errorf("search articles: %w", err)
	}
	for _, g := range groups {
		found, err := v.engine.search(ctx, v.r, v.guild, g.terms, g.first, w.since, limit)
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

// SearchEvents returns the events for all, of a topic ("" is every topic), with an
// article that counts from since or later and holds all of the words; where no
// article holds all, those with an article that holds any of them. It returns
// at most limit events after the first offset ones, the one with the best
// article first, and how many there are in all. Words are read as in Search.
func (db *DB) SearchEvents(ctx context.Context, words, topic string, since time.Time, limit, offset int) ([]news.Event, int, error) {
	return db.SeenBy("").SearchEvents(ctx, words, topic, since, limit, offset)
}

// SearchEvents is DB.SearchEvents for what the guild may see.
func (v View) SearchEvents(ctx context.Context, words, topic string, since time.Time, limit, offset int) ([]news.Event, int, error) {
	ts := telling(words)
	if len(ts) == 0 {
		return nil, 0, nil
	}
	ids, total, err := v.eventHits(ctx, ts, topic, since, max(limit, 0), max(offset, 0))
	if err != nil {
		return nil, 0, fmt.Errorf("search events: %w", err)
	}
	found, err := v.events(ctx, ids)
	if err != nil {
		return nil, 0, fmt.Errorf("search events: %w", err)
	}
	return found, total, nil
}

// eventHits tries all of the terms together, then any of them.
func (v View) eventHits(ctx context.Context, ts []term, topic string, since time.Time, limit, offset int) ([]news.EventID, int, error) {
	w, err := v.window(ctx, since)
	if err != nil {
		return nil, 0, err
	}
	groups, err := v.rarestFirst(ctx, ts, w)
	if err != nil {
		return nil, 0, err
	}
	// All together find no more than the rarest does.
	ids, total, err := v.matchEvents(ctx, ts, true, topic, groups[0].first, w.since, limit, offset)
	if err != nil || total > 0 || len(ts) == 1 {
		return ids, total, err
	}
	for _, g := range groups {
		ids, total, err := v.matchEvents(ctx, g.terms, false, topic, g.first, w.since, limit, offset)
		if err != nil || total > 0 {
			return ids, total, err
		}
	}
	return nil, 0, nil
}

// matchEvents returns one page of the events found, and how many there are.
func (v View) matchEvents(ctx context.Context, ts []term, all bool, topic string, first, since int64, limit, offset int) ([]news.EventID, int, error) {
	ids, err := v.engine.searchEvents(ctx, v.r, v.guild, ts, all, topic, first, since)
	if err != nil {
		return nil, 0, err
	}
	page := ids[min(offset, len(ids)):]
	return page[:min(limit, len(page))], len(ids), nil
}
