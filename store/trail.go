package store

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"newsdesk/feeds"
	"newsdesk/news"
	"newsdesk/outbox"
	"newsdesk/trail"
)

// savePlacement records why an article stands where it does, and by what its
// own address is known.
func savePlacement(ctx context.Context, tx *transaction, a news.Article, p news.Placement) error {
	if a.URL != "" {
		if _, err := tx.ExecContext(ctx, `INSERT INTO addresses (key, article) VALUES ($1, $2) ON CONFLICT DO NOTHING`,
			shortKey(feeds.AddressKey(a.URL)), a.ID); err != nil {
			return fmt.Errorf("record the address of article %d: %w", a.ID, err)
		}
	}
	if p.At.IsZero() {
		return nil
	}
	evidence, err := json.Marshal(p.Grouping)
	if err != nil {
		return fmt.Errorf("record the place of article %d: %w", a.ID, err)
	}
	if _, err := tx.ExecContext(ctx, `INSERT INTO placements (article, at, reason, evidence) VALUES ($1, $2, $3, $4)
		ON CONFLICT (article) DO UPDATE SET at = excluded.at, reason = excluded.reason, evidence = excluded.evidence`,
		a.ID, milli(p.At).Int64, string(p.Reason), string(evidence)); err != nil {
		return fmt.Errorf("record the place of article %d: %w", a.ID, err)
	}
	return nil
}

// ItemsAt returns what is recorded of at most limit articles of an address, the
// newest first: those that a feed showed under it, and those whose page has it.
// Addresses of one page are one, whatever the scheme, the "www." and the
// tracking parameters.
func (db *DB) ItemsAt(ctx context.Context, address string, limit int) ([]trail.Item, error) {
	key := feeds.AddressKey(address)
	// An address that may hold many articles is known together with the title
	// until the article was read.
	ids, err := db.waiting(ctx, func(url, _ string) bool { return feeds.AddressKey(url) == key })
	if err != nil {
		return nil, fmt.Errorf("find the articles of an address: %w", err)
	}
	found, err := list(ctx, db.r, one[news.ArticleID], `SELECT article FROM addresses WHERE key = $1
		UNION SELECT a.id FROM feeds f JOIN articles a ON a.feed = f.id AND a.url_key = $1
		ORDER BY 1 DESC LIMIT $2`, shortKey(key), max(limit, 0))
	if err != nil {
		return nil, fmt.Errorf("find the articles of an address: %w", err)
	}
	return db.newest(ctx, append(ids, found...), limit)
}

// WaitingItems returns what is recorded of at most limit articles that wait to
// be read, the newest first, in whose title each of the words begins a word.
func (db *DB) WaitingItems(ctx context.Context, words string, limit int) ([]trail.Item, error) {
	typed := strings.FieldsFunc(fold(cut(words)), func(r rune) bool { return !wordRune(r) })
	if len(typed) == 0 {
		return nil, nil
	}
	ids, err := db.waiting(ctx, func(_, title string) bool { return begins(fold(title), typed) })
	if err != nil {
		return nil, fmt.Errorf("find waiting articles by title: %w", err)
	}
	return db.newest(ctx, ids, limit)
}

// waitingDepth is how many of the newest waiting articles are looked at.
const waitingDepth = 2000

// waiting returns the articles that wait to be read and match.
func (db *DB) waiting(ctx context.Context, match func(url, title string) bool) ([]news.ArticleID, error) {
	return list(ctx, db.r, func(s scanner) (id news.ArticleID, err error) {
		var url, title string
		if err := s.Scan(&id, &url, &title); err != nil || !match(url, title) {
			return 0, err
		}
		return id, nil
	}, `SELECT id, url, title FROM articles WHERE state = 'new' ORDER BY id DESC LIMIT $1`, waitingDepth)
}

// newest returns what is recorded of at most limit articles, the newest first;
// 0 is none.
func (db *DB) newest(ctx context.Context, ids []news.ArticleID, limit int) ([]trail.Item, error) {
	ids = slices.DeleteFunc(ids, func(id news.ArticleID) bool { return id == 0 })
	slices.SortFunc(ids, func(a, b news.ArticleID) int { return cmp.Compare(b, a) })
	ids = slices.Compact(ids)
	return db.items(ctx, ids[:min(len(ids), max(limit, 0))])
}

// items returns what is recorded of articles, in the order of ids.
func (db *DB) items(ctx context.Context, ids []news.ArticleID) ([]trail.Item, error) {
	found, err := byID(ctx, db.r, ids, scanItem, func(it trail.Item) news.ArticleID { return it.Article.ID },
		`SELECT a.id, a.feed, a.guid, a.url, a.title, a.method, a.why, a.published, a.seen, a.quiet,
			CASE WHEN a.state = 'done' THEN a.outlet WHEN f.name = '' THEN f.title ELSE f.name END,
			CASE WHEN a.state = 'done' THEN a.topic ELSE f.topic END,
			CASE WHEN f.moved_to = '' THEN f.url ELSE f.moved_to END,
			a.state, a.attempts, a.last_error, a.not_before, coalesce(a.event, 0), coalesce(a.copy_of, 0),
			coalesce(p.at, 0), coalesce(p.reason, ''), coalesce(p.evidence, '')
		FROM articles a JOIN feeds f ON f.id = a.feed LEFT JOIN placements p ON p.article = a.id WHERE a.id IN `)
	if err != nil {
		return nil, fmt.Errorf("load the trail of articles: %w", err)
	}
	for i := range found {
		it := &found[i]
		twin := it.CopyOf
		if twin == 0 {
			twin = it.Placed.Grouping.Nearest
		}
		if twin == 0 {
			continue
		}
		other, err := byID(ctx, db.r, []news.ArticleID{twin}, scanOther, func(o trail.Other) news.ArticleID { return o.Article },
			`SELECT id, title, outlet, url FROM articles WHERE id IN `)
		if err != nil {
			return nil, fmt.Errorf("load the trail of article %d: %w", it.Article.ID, err)
		}
		if len(other) > 0 {
			it.Twin = other[0]
		}
	}
	return found, nil
}

func scanOther(s scanner) (o trail.Other, err error) {
	return o, s.Scan(&o.Article, &o.Title, &o.Outlet, &o.URL)
}

func scanItem(s scanner) (trail.Item, error) {
	var it trail.Item
	var published, seen sql.NullInt64
	var next, placed int64
	var state, evidence string
	a := &it.Article
	err := s.Scan(&a.ID, &a.Feed, &a.GUID, &a.URL, &a.Title, &a.Method, &a.Why, &published, &seen, &a.Quiet, &a.Outlet, &a.Topic,
		&it.FeedURL, &state, &it.Attempts, &it.Error, &next, &it.Event, &it.CopyOf, &placed, &it.Placed.Reason, &evidence)
	if err != nil {
		return it, err
	}
	a.Published, a.Seen, it.Placed.At = moment(published), moment(seen), sometime(placed)
	if it.Waiting = state == "new"; it.Waiting && it.Attempts > 0 {
		it.Next = sometime(next)
	}
	return it, decode("evidence", evidence, &it.Placed.Grouping)
}

// TrailChannels returns what is recorded of an event in the channels of a
// scope. Left out is a channel that neither follows anything nor got anything
// of the event.
func (db *DB) TrailChannels(ctx context.Context, event news.EventID, of trail.Scope) ([]trail.Channel, error) {
	fail := func(err error) ([]trail.Channel, error) {
		return nil, fmt.Errorf("load the trail of event %d: %w", event, err)
	}
	every := 0
	if of.All {
		every = 1
	}
	ids, err := list(ctx, db.r, one[news.ChannelID], `SELECT channel FROM subscriptions
			WHERE $3 = 1 OR channel = $2 OR guild = $1 AND guild <> ''
		UNION SELECT channel FROM posts WHERE event = $4 AND ($3 = 1 OR channel = $2)
		UNION SELECT channel FROM verdicts WHERE event = $4 AND channel <> '' AND ($3 = 1 OR channel = $2)
		UNION SELECT channel FROM told WHERE event = $4 AND ($3 = 1 OR channel = $2)
		ORDER BY 1`, of.Guild, of.Channel, every, event)
	if err != nil {
		return fail(err)
	}
	out := make([]trail.Channel, 0, len(ids))
	for _, id := range ids {
		c, err := db.trailChannel(ctx, event, id)
		if err != nil {
			return fail(err)
		}
		out = append(out, c)
	}
	return out, nil
}

func (db *DB) trailChannel(ctx context.Context, event news.EventID, id news.ChannelID) (c trail.Channel, err error) {
	if c.Channel, err = readChannel(ctx, db.r, id); err != nil {
		return c, err
	}
	if c.Topics, err = db.ChannelTopics(ctx, id); err != nil {
		return c, err
	}
	var since, at, held sql.NullInt64
	err = db.r.QueryRowContext(ctx, `SELECT
		coalesce((SELECT max(guild) FROM subscriptions WHERE channel = $1), ''),
		(SELECT since FROM pauses WHERE channel = $1), coalesce((SELECT reason FROM pauses WHERE channel = $1), ''),
		coalesce((SELECT outcome FROM held WHERE channel = $1 AND event = $2), ''),
		coalesce((SELECT message FROM messages WHERE channel = $1 AND event = $2), ''),
		coalesce((SELECT thread FROM messages WHERE channel = $1 AND event = $2), ''),
		(SELECT min(due) FROM digests WHERE channel = $1)`, id, event).
		Scan(&c.Guild, &since, &c.Pause.Reason, &c.Held, &c.Message, &c.Thread, &held)
	if err != nil {
		return c, err
	}
	c.Pause.Since, c.HeldUntil = moment(since), moment(held)
	verdicts, err := list(ctx, db.r, func(s scanner) (v news.Verdict, err error) {
		err = s.Scan(&at, &v.Article, &v.Event, &v.Channel, &v.Outcome, &v.Detail)
		v.At = moment(at)
		return v, err
	}, `SELECT at, article, event, channel, outcome, detail FROM verdicts WHERE event = $1 AND channel = $2
		ORDER BY at DESC, article DESC LIMIT 1`, event, id)
	if err != nil {
		return c, err
	}
	if len(verdicts) > 0 {
		c.Verdict = verdicts[0]
	}
	if c.EditAfter, err = db.editAfter(ctx, event, id); err != nil {
		return c, err
	}
	if c.Told, err = db.trailTold(ctx, event, id); err != nil {
		return c, err
	}
	if c.Publication, err = db.trailPublication(ctx, event, id); err != nil {
		return c, err
	}
	c.Posts, err = list(ctx, db.r, scanTrailPost, `SELECT kind, state, attempts, reason, tried, not_before FROM posts
		WHERE event = $1 AND channel = $2 ORDER BY id`, event, id)
	return c, err
}

// editAfter returns when a message takes an edit whose edits wait apart; zero
// where they do not.
func (db *DB) editAfter(ctx context.Context, event news.EventID, ch news.ChannelID) (time.Time, error) {
	var after, published int64
	err := db.r.QueryRowContext(ctx, `SELECT coalesce((SELECT edit_after FROM messages WHERE channel = $1 AND event = $2), 0),
		(SELECT count(*) FROM publications WHERE channel = $1 AND event = $2 AND state = 'published')`, ch, event).Scan(&after, &published)
	if err != nil || after <= 0 && published == 0 {
		return time.Time{}, err
	}
	booked, err := list(ctx, db.r, one[int64], `SELECT at FROM publication_edits WHERE channel = $1 AND event = $2 ORDER BY at DESC LIMIT $3`,
		ch, event, outbox.PublishedEdits)
	if len(booked) == outbox.PublishedEdits {
		after = max(after, booked[len(booked)-1]+hour.Milliseconds())
	}
	return sometime(max(after, 0)), err
}

// trailPublication returns how far the publication of an event's message came.
func (db *DB) trailPublication(ctx context.Context, event news.EventID, ch news.ChannelID) (p trail.Publication, err error) {
	var published, next int64
	err = db.r.QueryRowContext(ctx, `SELECT CASE state WHEN 'waiting' THEN 'pending' WHEN 'published' THEN 'sent' ELSE state END,
			published, not_before, reason FROM publications WHERE channel = $1 AND event = $2`, ch, event).
		Scan(&p.State, &published, &next, &p.Reason)
	if errors.Is(err, sql.ErrNoRows) {
		return p, nil
	}
	p.At, p.Next = sometime(published), sometime(next)
	return p, err
}

// trailTold returns what a channel's digests made of an event.
func (db *DB) trailTold(ctx context.Context, event news.EventID, ch news.ChannelID) (t trail.Told, err error) {
	var at, tried, next int64
	var named bool
	err = db.r.QueryRowContext(ctx, `SELECT t.at, t.named, coalesce(p.message, ''), coalesce(p.state, ''), coalesce(p.attempts, 0),
			coalesce(p.reason, ''), coalesce(p.tried, 0), coalesce(p.not_before, 0)
		FROM told t LEFT JOIN posts p ON p.id = t.post WHERE t.channel = $1 AND t.event = $2`, ch, event).
		Scan(&at, &named, &t.Message, &t.Post.State, &t.Post.Attempts, &t.Post.Reason, &tried, &next)
	if errors.Is(err, sql.ErrNoRows) {
		return t, nil
	}
	if t.Post.State != "" {
		t.Post.Kind = news.PostDigest
	}
	t.At, t.Counted, t.Post.Tried, t.Post.Next = sometime(at), !named, sometime(tried), sometime(next)
	return t, err
}

func scanTrailPost(s scanner) (p trail.Post, err error) {
	var tried, next int64
	err = s.Scan(&p.Kind, &p.State, &p.Attempts, &p.Reason, &tried, &next)
	p.Tried, p.Next = sometime(tried), sometime(next)
	return p, err
}

// EventItems returns what is recorded of at most limit of an event's articles,
// the newest first, also those that its list of sources had no room for.
func (db *DB) EventItems(ctx context.Context, e news.Event, limit int) ([]trail.Item, error) {
	decided, err := list(ctx, db.r, one[news.ArticleID], `SELECT article FROM verdicts WHERE event = $1 GROUP BY article`, e.ID)
	if err != nil {
		return nil, fmt.Errorf("list the articles of event %d: %w", e.ID, err)
	}
	ids := decided
	for _, src := range e.Sources {
		ids = append(ids, src.Article)
	}
	return db.newest(ctx, ids, limit)
}

// DropVerdicts forgets what was decided before a time, and why.
func (db *DB) DropVerdicts(ctx context.Context, before time.Time) error {
	for _, query := range []string{`DELETE FROM verdicts WHERE at < $1`, `DELETE FROM placements WHERE at < $1`} {
		if _, err := db.w.ExecContext(ctx, query, milli(before).Int64); err != nil {
			return fmt.Errorf("drop old verdicts: %w", err)
		}
	}
	return nil
}
