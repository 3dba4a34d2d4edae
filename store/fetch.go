package store

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

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

// pending is a poll whose outcome is to be written.
type pending struct {
	feeds.Polled
	fresh   []arrival
	known   time.Time // the oldest date of the items that are known; zero where they have none
	renamed []int64   // keys of the rows that came back under another GUID
	amended []amended // of which the feed tells something else now
}

// SavePolls records the outcomes of polls in one transaction. Of a success
// these are validators, title, pace, next poll, and a row in state "new" for
// each item the feed has not shown before; it returns the ids of those rows in
// the order of the items. A row is quiet where the result says so, and where its
// item is old and older than all that are known. An item is known by its GUID, or
// by its address (see feeds.AddressKeys), within its feed; one with neither could
// never be known again and is left out. A partial document leaves no validators, so that the
// next poll gets the whole of it. Saving an outcome twice adds no row.
//
// Each outcome has its own error: one that cannot be stored keeps no other from
// being stored.
func (db *DB) SavePolls(ctx context.Context, polls []feeds.Polled) []feeds.Saved {
	out := make([]feeds.Saved, len(polls))
	list := make([]pending, len(polls))
	var good []int
	for i, p := range polls {
		var err error
		if list[i], err = db.prepare(ctx, p); err != nil {
			out[i].Err = fmt.Errorf("save poll of feed %d: %w", p.Feed, err)
			continue
		}
		good = append(good, i)
	}
	if db.writePolls(ctx, list, good, out) == nil {
		return out
	}
	for _, i := range good { // one of them is to blame
		if err := db.writePolls(ctx, list, []int{i}, out); err != nil {
			out[i] = feeds.Saved{Err: fmt.Errorf("save poll of feed %d: %w", polls[i].Feed, err)}
		}
	}
	return out
}

// SaveFetch is SavePolls for one success.
func (db *DB) SaveFetch(ctx context.Context, id news.FeedID, r feeds.Result) ([]news.ArticleID, error) {
	s := db.SavePolls(ctx, []feeds.Polled{{Feed: id, Result: r}})[0]
	return s.Articles, s.Err
}

// prepare sorts out the items that are known, which most items of most polls
// are, before the write lock is taken; nothing that is known ever becomes
// unknown.
func (db *DB) prepare(ctx context.Context, p feeds.Polled) (pending, error) {
	out := pending{Polled: p}
	if p.Failure != nil {
		return out, nil
	}
	if p.Result.FetchedAt.IsZero() {
		return out, errors.New("the result has no FetchedAt")
	}
	if err := db.sortOut(ctx, p.Feed, arrivals(p.Result), &out); err != nil {
		return out, err
	}
	out.hushOld()
	return out, nil
}

// writePolls writes the outcomes of the given indexes in one transaction.
func (db *DB) writePolls(ctx context.Context, list []pending, which []int, out []feeds.Saved) error {
	if len(which) == 0 {
		return nil
	}
	return db.write(ctx, func(tx *transaction) error {
		w := pollWriter{tx: tx}
		for _, i := range which {
			p := list[i]
			if p.Failure != nil {
				if err := saveFailure(ctx, tx, p.Feed, *p.Failure); err != nil {
					return err
				}
				continue
			}
			if !p.Pushed {
				if err := w.savePoll(ctx, p.Feed, p.Result); err != nil {
					return err
				}
			}
			ids, err := w.insertItems(ctx, p.Feed, p.Result, p.fresh)
			if err != nil {
				return err
			}
			for _, key := range p.renamed {
				if _, err := tx.ExecContext(ctx, `UPDATE articles SET identity = $3 WHERE feed = $1 AND guid_key = $2`, p.Feed, key, news.IdentityAddress); err != nil {
					return err
				}
			}
			if err := amend(ctx, tx, p.amended, p.Result.FetchedAt); err != nil {
				return fmt.Errorf("note what was changed: %w", err)
			}
			out[i] = feeds.Saved{Articles: ids}
		}
		return nil
	})
}

// arrivals lists the items of a result, each once.
func arrivals(r feeds.Result) []arrival {
	out := make([]arrival, 0, len(r.Items))
	guids, urls := make(map[int64]bool, len(r.Items)), make(map[int64]bool, len(r.Items))
	addresses := feeds.AddressKeys(r.Items)
	for i, it := range r.Items {
		it.GUID = cmp.Or(it.GUID, it.URL)
		if it.GUID == "" {
			continue
		}
		a := arrival{item: it, quiet: i < len(r.Quiet) && r.Quiet[i], guidKey: shortKey(it.GUID)}
		if addresses[i] != "" {
			a.urlKey = sql.NullInt64{Int64: shortKey(addresses[i]), Valid: true}
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

// sortOut finds the arrivals that the feed has no row for, the GUID keys of the
// rows that were known by their address alone for the first time, and what the
// feed says otherwise than before.
func (db *DB) sortOut(ctx context.Context, id news.FeedID, all []arrival, out *pending) error {
	if len(all) == 0 {
		return nil
	}
	haveGUID, haveURL := make(map[int64]knownItem, len(all)), make(map[int64]knownItem)
	guids := make([]int64, len(all))
	for i, a := range all {
		guids[i] = a.guidKey
	}
	known, err := db.knownItems(ctx, db.engine.texts().byGUID, id, guids)
	if err != nil {
		return err
	}
	for _, k := range known {
		haveGUID[k.guid] = k
	}
	// Nearly all that a feed shows was there at the last poll, under the same GUID.
	var urls []int64
	for _, a := range all {
		if _, ok := haveGUID[a.guidKey]; !ok && a.urlKey.Valid {
			urls = append(urls, a.urlKey.Int64)
		}
	}
	if known, err = db.knownItems(ctx, db.engine.texts().byAddress, id, urls); err != nil {
		return err
	}
	for _, k := range known {
		haveURL[k.url.Int64] = k
	}
	for _, a := range all {
		old, ok := haveGUID[a.guidKey]
		if !ok && a.urlKey.Valid {
			if old, ok = haveURL[a.urlKey.Int64]; ok && old.identity == news.IdentityGUID {
				out.renamed = append(out.renamed, old.guid)
			}
		}
		if !ok {
			out.fresh = append(out.fresh, a)
			continue
		}
		if at := a.item.Published; !at.IsZero() && (out.known.IsZero() || at.Before(out.known)) {
			out.known = at
		}
		if said := saidKey(a.item); said != old.said {
			out.amended = append(out.amended, amended{id: old.id, item: a.item, said: said, was: old.said})
		}
	}
	return nil
}

// knownItem is what is asked of a row when its feed is read again.
type knownItem struct {
	guid     int64
	url      sql.NullInt64
	identity news.Identity
	id       news.ArticleID
	said     int64
}

// knownItems finds the rows of a feed by their keys.
func (db *DB) knownItems(ctx context.Context, query string, feed news.FeedID, keys []int64) ([]knownItem, error) {
	if len(keys) == 0 {
		return nil, nil
	}
	text, err := json.Marshal(keys)
	if err != nil {
		return nil, fmt.Errorf("look up items: %w", err)
	}
	known, err := list(ctx, db.r, func(s scanner) (k knownItem, err error) {
		return k, s.Scan(&k.guid, &k.url, &k.identity, &k.id, &k.said)
	}, query, feed, string(text))
	if err != nil {
		return nil, fmt.Errorf("look up items: %w", err)
	}
	return known, nil
}

// oldNews is the age from which an item that is new to us may be none.
const oldNews = 24 * time.Hour

// hushOld makes those new items quiet that are older than all in the document that
// are known: they stood behind what the feed showed, and come up when it shows more
// or when another one is taken out.
func (p *pending) hushOld() {
	for i, a := range p.fresh {
		at := a.item.Published
		if !at.IsZero() && at.Before(p.known) && p.Result.FetchedAt.Sub(at) > oldNews {
			p.fresh[i].quiet = true
		}
	}
}

// execer is what a single write needs: a pool or a transaction.
type execer interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

// pollWriter writes polls in one transaction.
type pollWriter struct {
	tx      *transaction
	moving  map[news.FeedID]bool // feeds that may be about to settle; nil where not looked up yet
	arrived int64                // the newest "arrived" of all rows; 0 where not looked up yet
}

const updatePoll = `UPDATE feeds SET polled = 1, failures = 0, last_error = '', hold_until = 0, disabled_at = 0,
		next_poll = $2, next_reason = $9,
		etag          = CASE WHEN $3 = 1 AND $4 = '' THEN etag ELSE $4 END,
		last_modified = CASE WHEN $3 = 1 AND $5 = '' THEN last_modified ELSE $5 END,
		body_hash     = CASE WHEN $3 = 1 AND $6 = '' THEN body_hash ELSE $6 END,
		moved_to      = CASE WHEN $7 = '' THEN moved_to WHEN $7 = url THEN '' ELSE $7 END,
		moved_polls   = CASE WHEN $7 <> '' THEN 0 WHEN moved_to <> '' THEN moved_polls + 1 ELSE 0 END,
		title         = CASE WHEN $8 = '' THEN title ELSE $8 END,
		pace          = $10,
		hub           = CASE WHEN $3 = 1 THEN hub ELSE $11 END,
		hub_topic     = CASE WHEN $3 = 1 THEN hub_topic ELSE $12 END,
		moving        = $13
	WHERE id = $1`

// savePoll updates the feed's own row after a success.
func (w *pollWriter) savePoll(ctx context.Context, id news.FeedID, r feeds.Result) error {
	etag, modified, hash := r.Validators.ETag, r.Validators.LastModified, r.BodyHash
	if r.Partial {
		etag, modified, hash = "", "", ""
	}
	pace, err := encoded(r.Pace)
	if err != nil {
		return err
	}
	moving, err := encoded(r.Moving)
	if err != nil {
		return err
	}
	// A 304 need not repeat the validators, so silence keeps them.
	keep := (r.NotModified || r.Unchanged) && !r.Partial
	res, err := w.tx.ExecContext(ctx, updatePoll, id, milli(r.NextPoll).Int64, keep, etag, modified, hash, r.MovedTo, r.Title, clip(r.NextReason), pace, r.Hub.URL, r.Hub.Topic, moving)
	if err != nil {
		return err
	}
	if err := affected(res, news.ErrNotFound); err != nil || r.MovedTo != "" {
		return err
	}
	return w.settle(ctx, id)
}

// encoded is a value as JSON, "" for its zero value.
func encoded[T comparable](v T) (string, error) {
	var zero T
	if v == zero {
		return "", nil
	}
	b, err := json.Marshal(v)
	return string(b), err
}

// feedsMoving has an index of its own, of the same conditions.
const feedsMoving = `SELECT id FROM feeds WHERE added = 1 AND moved_to <> '' AND moved_polls >= $1`

// settle gives a feed that was added by command its new address, once that has
// answered often enough. A configured one keeps the address that the
// configuration knows it by.
func (w *pollWriter) settle(ctx context.Context, id news.FeedID) error {
	if w.moving == nil {
		w.moving = map[news.FeedID]bool{}
		rows, err := list(ctx, w.tx, one[news.FeedID], feedsMoving, settled-1)
		if err != nil {
			return err
		}
		for _, id := range rows {
			w.moving[id] = true
		}
	}
	if !w.moving[id] {
		return nil
	}
	_, err := w.tx.ExecContext(ctx, `UPDATE feeds SET url = moved_to, moved_to = '', moved_polls = 0
		WHERE id = $1 AND moved_polls >= $2 AND NOT EXISTS (SELECT 1 FROM feeds other WHERE other.url = feeds.moved_to)`, id, settled)
	return err
}

const insertItem = `INSERT INTO articles (feed, guid_key, url_key, quiet, dated, seen, published, updated,
		not_before, guid, title, url, byline, image, feed_summary, feed_content, arrived, identity, said)
	SELECT $1, $2, $3, $4, $5, $6, $7, $8, $6, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18
	WHERE NOT EXISTS (SELECT 1 FROM articles WHERE feed = $1 AND url_key = $3)
	ON CONFLICT (feed, guid_key) DO NOTHING RETURNING id`

// insertItems makes a row for each arrival that still has none.
func (w *pollWriter) insertItems(ctx context.Context, id news.FeedID, r feeds.Result, fresh []arrival) ([]news.ArticleID, error) {
	if len(fresh) == 0 {
		return nil, nil
	}
	seen := milli(r.FetchedAt).Int64
	if w.arrived < seen {
		if err := w.tx.QueryRowContext(ctx, `SELECT coalesce(max(arrived), 0) FROM articles`).Scan(&w.arrived); err != nil {
			return nil, err
		}
		w.arrived = max(w.arrived, seen)
	}
	ids := make([]news.ArticleID, 0, len(fresh))
	for _, a := range fresh {
		it, published := a.item, milli(a.item.Published)
		var row news.ArticleID
		err := w.tx.QueryRowContext(ctx, insertItem, id, a.guidKey, a.urlKey, a.quiet, dated(published, seen), seen, published,
			milli(it.Updated), it.GUID, it.Title, it.URL, it.Author, it.Image, it.Summary, it.Content, w.arrived, string(it.Identity), saidKey(it)).Scan(&row)
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
