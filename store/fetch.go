package store

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"newsdesk/feeds"
	"newsdesk/news"
)

// arrival is an item that may be new.
type arrival struct {
	item    news.Item
	quiet   bool
	guidKey int64
	urlKey  sql.NullInt64
}

// SaveFetch records a successful poll in one transaction: validators, title,
// next poll, and a row in state "new" for each item the feed has not shown
// before. It returns the ids of those rows in the order of the items. An item
// is known by its GUID, or by its URL, within its feed; one with neither could
// never be known again and is left out. A partial document leaves no
// validators, so that the next poll gets the whole of it. Saving a result
// twice adds nothing.
func (db *DB) SaveFetch(ctx context.Context, id news.FeedID, r feeds.Result) ([]news.ArticleID, error) {
	ids, err := db.saveFetch(ctx, id, r)
	if err != nil {
		return nil, fmt.Errorf("save fetch of feed %d: %w", id, err)
	}
	return ids, nil
}

func (db *DB) saveFetch(ctx context.Context, id news.FeedID, r feeds.Result) ([]news.ArticleID, error) {
	if r.FetchedAt.IsZero() {
		return nil, errors.New("the result has no FetchedAt")
	}
	// Most items of most polls are known. They are sorted out before the write
	// lock is taken; nothing that is known ever becomes unknown.
	fresh, err := db.unknown(ctx, id, arrivals(r))
	if err != nil {
		return nil, err
	}
	if len(fresh) == 0 {
		return nil, savePoll(ctx, db.w, id, r)
	}
	var ids []news.ArticleID
	err = db.write(ctx, func(tx *sql.Tx) error {
		ids = nil
		if err := savePoll(ctx, tx, id, r); err != nil {
			return err
		}
		ids, err = insertItems(ctx, tx, id, r, fresh)
		return err
	})
	return ids, err
}

// arrivals lists the items of a result, each once.
func arrivals(r feeds.Result) []arrival {
	out := make([]arrival, 0, len(r.Items))
	guids, urls := make(map[int64]bool, len(r.Items)), make(map[int64]bool, len(r.Items))
	for i, it := range r.Items {
		it.GUID = cmp.Or(it.GUID, it.URL)
		if it.GUID == "" {
			continue
		}
		a := arrival{item: it, quiet: i < len(r.Quiet) && r.Quiet[i], guidKey: shortKey(it.GUID)}
		if it.URL != "" {
			a.urlKey = sql.NullInt64{Int64: shortKey(it.URL), Valid: true}
		}
		if guids[a.guidKey] || a.urlKey.Valid && urls[a.urlKey.Int64] {
			continue
		}
		guids[a.guidKey] = true
		if a.urlKey.Valid {
			urls[a.urlKey.Int64] = true
		}
		out = append(out, a)
	}
	return out
}

// knownItems finds rows of a feed by their keys, each by its own index.
const knownItems = `SELECT guid_key, url_key FROM articles WHERE feed = $1 AND guid_key IN (SELECT value FROM json_each($2))
	UNION ALL SELECT guid_key, url_key FROM articles WHERE feed = $1 AND url_key IN (SELECT value FROM json_each($3))`

// unknown returns the arrivals that the feed has no row for.
func (db *DB) unknown(ctx context.Context, id news.FeedID, all []arrival) ([]arrival, error) {
	if len(all) == 0 {
		return nil, nil
	}
	guids, urls := make([]int64, len(all)), make([]int64, 0, len(all))
	for i, a := range all {
		guids[i] = a.guidKey
		if a.urlKey.Valid {
			urls = append(urls, a.urlKey.Int64)
		}
	}
	guidList, err := json.Marshal(guids)
	if err != nil {
		return nil, err
	}
	urlList, err := json.Marshal(urls)
	if err != nil {
		return nil, err
	}
	type keys struct {
		guid int64
		url  sql.NullInt64
	}
	known, err := list(ctx, db.r, func(s scanner) (k keys, err error) { return k, s.Scan(&k.guid, &k.url) },
		knownItems, id, string(guidList), string(urlList))
	if err != nil {
		return nil, fmt.Errorf("look up items: %w", err)
	}
	haveGUID, haveURL := make(map[int64]bool, len(known)), make(map[int64]bool, len(known))
	for _, k := range known {
		haveGUID[k.guid] = true
		if k.url.Valid {
			haveURL[k.url.Int64] = true
		}
	}
	var fresh []arrival
	for _, a := range all {
		if !haveGUID[a.guidKey] && (!a.urlKey.Valid || !haveURL[a.urlKey.Int64]) {
			fresh = append(fresh, a)
		}
	}
	return fresh, nil
}

// execer is what a single write needs: a pool or a transaction.
type execer interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

// savePoll updates the feed's own row after a success.
func savePoll(ctx context.Context, tx execer, id news.FeedID, r feeds.Result) error {
	etag, modified, hash := r.Validators.ETag, r.Validators.LastModified, r.BodyHash
	if r.Partial {
		etag, modified, hash = "", "", ""
	}
	// A 304 need not repeat the validators, so silence keeps them.
	keep := (r.NotModified || r.Unchanged) && !r.Partial
	res, err := tx.ExecContext(ctx, `UPDATE feeds SET polled = 1, failures = 0, last_error = '', next_poll = $2,
			etag          = CASE WHEN $3 AND $4 = '' THEN etag ELSE $4 END,
			last_modified = CASE WHEN $3 AND $5 = '' THEN last_modified ELSE $5 END,
			body_hash     = CASE WHEN $3 AND $6 = '' THEN body_hash ELSE $6 END,
			moved_to      = CASE WHEN $7 = '' THEN moved_to WHEN $7 = url THEN '' ELSE $7 END,
			title         = CASE WHEN $8 = '' THEN title ELSE $8 END
		WHERE id = $1`, id, milli(r.NextPoll).Int64, keep, etag, modified, hash, r.MovedTo, r.Title)
	if err != nil {
		return err
	}
	return affected(res, news.ErrNotFound)
}

// insertItems makes a row for each arrival that still has none.
func insertItems(ctx context.Context, tx *sql.Tx, id news.FeedID, r feeds.Result, fresh []arrival) ([]news.ArticleID, error) {
	insert, err := tx.PrepareContext(ctx, `INSERT INTO articles (feed, guid_key, url_key, quiet, dated, seen, published, updated,
			not_before, guid, title, url, byline, image, feed_summary, feed_content, arrived)
		SELECT $1, $2, $3, $4, $5, $6, $7, $8, $6, $9, $10, $11, $12, $13, $14, $15, $16
		WHERE NOT EXISTS (SELECT 1 FROM articles WHERE feed = $1 AND url_key = $3)
		ON CONFLICT (feed, guid_key) DO NOTHING RETURNING id`)
	if err != nil {
		return nil, err
	}
	defer func() { _ = insert.Close() }() // the transaction's end closes it too
	seen := milli(r.FetchedAt).Int64
	var arrived int64
	err = tx.QueryRowContext(ctx, `SELECT max(coalesce(max(arrived), 0), $1) FROM articles`, seen).Scan(&arrived)
	if err != nil {
		return nil, err
	}
	var ids []news.ArticleID
	for _, a := range fresh {
		it, published := a.item, milli(a.item.Published)
		var row news.ArticleID
		err := insert.QueryRowContext(ctx, id, a.guidKey, a.urlKey, a.quiet, dated(published, seen), seen, published,
			milli(it.Updated), it.GUID, it.Title, it.URL, it.Author, it.Image, it.Summary, it.Content, arrived).Scan(&row)
		if errors.Is(err, sql.ErrNoRows) {
			continue // another poll was faster
		}
		if err != nil {
			return nil, fmt.Errorf("item %s: %w", it.GUID, err)
		}
		ids = append(ids, row)
	}
	return ids, nil
}

// dated is the time an article counts from. A date in the future is not
// believed: it would stand above all other news for as long. Nor is one before
// 1970, so that a search since the zero time finds everything.
func dated(published sql.NullInt64, seen int64) int64 {
	if published.Valid {
		return min(max(published.Int64, 0), seen)
	}
	return seen
}
