package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"newsdesk/news"
)

// Stored is a condensed article with the place it was given.
type Stored struct {
	Article news.Article
	Event   news.EventID
	CopyOf  news.ArticleID // the article it repeats, 0 where it is its own
}

// A waiting article has no outlet and topic of its own yet: they are its
// feed's.
const articleColumns = `a.id, a.feed, a.guid, a.url, a.title, a.byline, a.lang, a.image, a.body, a.method, a.why,
	a.published, a.updated, a.seen, a.quiet, a.kind,
	CASE WHEN a.state = 'done' THEN a.outlet WHEN f.name = '' THEN f.title ELSE f.name END,
	CASE WHEN a.state = 'done' THEN a.topic ELSE f.topic END,
	coalesce(a.event, 0), coalesce(a.copy_of, 0)`

const articleTables = ` FROM articles a JOIN feeds f ON f.id = a.feed `

func scanStored(s scanner) (Stored, error) {
	var out Stored
	var published, updated, seen sql.NullInt64
	a := &out.Article
	err := s.Scan(&a.ID, &a.Feed, &a.GUID, &a.URL, &a.Title, &a.Byline, &a.Lang, &a.Image, &a.Body, &a.Method, &a.Why,
		&published, &updated, &seen, &a.Quiet, &a.Kind, &a.Outlet, &a.Topic, &out.Event, &out.CopyOf)
	a.Published, a.Updated, a.Seen = moment(published), moment(updated), moment(seen)
	return out, err
}

// DueArticles returns at most limit articles that wait to be condensed and may
// be tried at now: first those that may cause a post, then quiet ones, of each
// the oldest published first.
func (db *DB) DueArticles(ctx context.Context, now time.Time, limit int) ([]news.ArticleID, error) {
	ids, err := list(ctx, db.r, one[news.ArticleID], `SELECT id FROM articles
		WHERE state = 'new' AND not_before <= $1 ORDER BY quiet, dated, id LIMIT $2`, milli(now).Int64, max(limit, 0))
	if err != nil {
		return nil, fmt.Errorf("list due articles: %w", err)
	}
	return ids, nil
}

// Pending returns an article that waits to be condensed: the item as the feed
// said it, and the row so far, whose outlet and topic are the feed's.
// It returns news.ErrNotFound where there is none or it is done already.
func (db *DB) Pending(ctx context.Context, id news.ArticleID) (news.Item, news.Article, error) {
	var item news.Item
	row, err := scanStored(beside{
		db.r.QueryRowContext(ctx, `SELECT `+articleColumns+`, a.feed_summary, a.feed_content, a.identity`+articleTables+
			`WHERE a.id = $1 AND a.state = 'new'`, id),
		[]any{&item.Summary, &item.Content, &item.Identity},
	})
	if errors.Is(err, sql.ErrNoRows) {
		err = news.ErrNotFound
	}
	if err != nil {
		return news.Item{}, news.Article{}, fmt.Errorf("load waiting article %d: %w", id, err)
	}
	a := row.Article
	item.GUID, item.URL, item.Title, item.Author, item.Image, item.Published, item.Updated = a.GUID, a.URL, a.Title, a.Byline, a.Image, a.Published, a.Updated
	return item, a, nil
}

// beside scans further columns behind those that are asked for.
type beside struct {
	scanner
	further []any
}

// Scan reads the columns that are asked for, and the further ones.
func (b beside) Scan(dest ...any) error { return b.scanner.Scan(append(dest, b.further...)...) }

// Article returns one article, condensed or not, or news.ErrNotFound.
func (db *DB) Article(ctx context.Context, id news.ArticleID) (news.Article, error) {
	s, err := scanStored(db.r.QueryRowContext(ctx, `SELECT `+articleColumns+articleTables+`WHERE a.id = $1`, id))
	if errors.Is(err, sql.ErrNoRows) {
		err = news.ErrNotFound
	}
	if err != nil {
		return news.Article{}, fmt.Errorf("load article %d: %w", id, err)
	}
	return s.Article, nil
}

// Postpone lets a waiting article wait until then, and records why.
func (db *DB) Postpone(ctx context.Context, id news.ArticleID, until time.Time, reason string) error {
	res, err := db.w.ExecContext(ctx, `UPDATE articles SET attempts = attempts + 1, not_before = $2, last_error = $3
		WHERE id = $1 AND state = 'new'`, id, milli(until).Int64, clip(reason))
	if err == nil {
		err = affected(res, news.ErrNotFound)
	}
	if err != nil {
		return fmt.Errorf("postpone article %d: %w", id, err)
	}
	return nil
}

// EachRecent calls f with the condensed articles that count from since or later,
// the oldest first: what is needed to tell what they are of. It ends with the
// first error of f.
func (db *DB) EachRecent(ctx context.Context, since time.Time, f func(Stored) error) error {
	rows, err := db.r.QueryContext(ctx, `SELECT id, feed, url, title, lang, body, kind, outlet, topic, published, seen, coalesce(event, 0), coalesce(copy_of, 0)
		FROM articles WHERE state = 'done' AND dated >= $1 ORDER BY dated, id`, milli(since).Int64)
	if err != nil {
		return fmt.Errorf("list recent articles: %w", err)
	}
	defer func() { _ = rows.Close() }() // a second close; rows.Err tells of failures
	for rows.Next() {
		var s Stored
		var published, seen sql.NullInt64
		a := &s.Article
		if err := rows.Scan(&a.ID, &a.Feed, &a.URL, &a.Title, &a.Lang, &a.Body, &a.Kind, &a.Outlet, &a.Topic, &published, &seen, &s.Event, &s.CopyOf); err != nil {
			return fmt.Errorf("list recent articles: %w", err)
		}
		a.Published, a.Seen = moment(published), moment(seen)
		if err := f(s); err != nil {
			return err
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("list recent articles: %w", err)
	}
	return nil
}

// CountArticles counts the condensed articles for all that count from since or
// later, and returns the time of the newest of them, zero where there is none.
func (db *DB) CountArticles(ctx context.Context, since time.Time) (n int, newest time.Time, err error) {
	return db.SeenBy("").CountArticles(ctx, since)
}

// countArticles counts all, and takes off those that the guild may not see: each
// part has an index that answers it. Waiting articles have no topic of their own.
func countArticles() string {
	return `SELECT
	(SELECT count(*) FROM articles WHERE state = 'done' AND dated >= $1) -
	(SELECT count(*) FROM articles WHERE substr(topic, 1, 5) = 'feed:' AND dated >= $1
		AND topic NOT IN (SELECT 'feed:' || feed FROM guild_feeds WHERE guild = $2)),
	(SELECT dated FROM articles WHERE state = 'done' AND dated >= $1 AND ` + visible("topic", 2) + ` ORDER BY dated DESC LIMIT 1)`
}

// CountArticles is DB.CountArticles for what the guild may see.
func (v View) CountArticles(ctx context.Context, since time.Time) (n int, newest time.Time, err error) {
	var last sql.NullInt64
	err = v.r.QueryRowContext(ctx, countArticles(), milli(since).Int64, v.guild).Scan(&n, &last)
	if err != nil {
		return 0, time.Time{}, fmt.Errorf("count articles: %w", err)
	}
	return n, moment(last), nil
}

func scanSummary(s scanner) (news.Summary, error) {
	var sum news.Summary
	var facts, who, places string
	var when sql.NullInt64
	if err := s.Scan(&sum.Article, &sum.Headline, &sum.Method, &when, &facts, &who, &places); err != nil {
		return sum, err
	}
	sum.When = moment(when)
	return sum, errors.Join(decode("facts", facts, &sum.Facts), decode("who", who, &sum.Who), decode("places", places, &sum.Where))
}

// Summaries returns the summaries of those of the articles that are condensed,
// in the order of ids.
func (db *DB) Summaries(ctx context.Context, ids []news.ArticleID) ([]news.Summary, error) {
	found, err := byID(ctx, db.r, ids, scanSummary, func(s news.Summary) news.ArticleID { return s.Article },
		`SELECT id, headline, summarizer, happened_at, facts, who, places FROM articles WHERE state = 'done' AND id IN `)
	if err != nil {
		return nil, fmt.Errorf("load summaries: %w", err)
	}
	return found, nil
}

// inChunk is how many ids one statement takes.
const inChunk = 200

// byID loads rows by their ids and returns them in the order of ids; ids
// without a row are left out. The query ends with "IN ".
func byID[K ~int64, T any](ctx context.Context, q querier, ids []K, scan func(scanner) (T, error), key func(T) K, query string) ([]T, error) {
	found := make(map[K]T, len(ids))
	for start := 0; start < len(ids); start += inChunk {
		part := ids[start:min(start+inChunk, len(ids))]
		marks, args := make([]string, len(part)), make([]any, len(part))
		for i, id := range part {
			marks[i], args[i] = "$"+strconv.Itoa(i+1), int64(id)
		}
		rows, err := list(ctx, q, scan, query+"("+strings.Join(marks, ", ")+")", args...)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			found[key(r)] = r
		}
	}
	var out []T
	for _, id := range ids {
		if v, ok := found[id]; ok {
			out = append(out, v)
		}
	}
	return out, nil
}
