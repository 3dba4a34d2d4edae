package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"newsdesk/digest"
	"newsdesk/events"
	"newsdesk/news"
)

// Volumes returns, for the channels that are not zero in it, how many new
// messages each was given at since or later, and whether a digest told it the
// event, 0 for a new one.
func (db *DB) Volumes(ctx context.Context, event news.EventID, since time.Time) (map[news.ChannelID]events.Volume, error) {
	type count struct {
		ch news.ChannelID
		n  int
	}
	recent, err := list(ctx, db.r, func(s scanner) (c count, err error) { return c, s.Scan(&c.ch, &c.n) },
		`SELECT channel, count(*) FROM verdicts WHERE at >= $1 AND outcome = $2 GROUP BY channel`,
		milli(since).Int64, string(news.OutcomePosted))
	if err != nil {
		return nil, fmt.Errorf("count recent messages: %w", err)
	}
	out := make(map[news.ChannelID]events.Volume, len(recent))
	for _, c := range recent {
		out[c.ch] = events.Volume{Recent: c.n}
	}
	if event == 0 {
		return out, nil
	}
	type memory struct {
		ch    news.ChannelID
		class news.Class
		at    int64
	}
	told, err := list(ctx, db.r, func(s scanner) (m memory, err error) { return m, s.Scan(&m.ch, &m.class, &m.at) },
		`SELECT channel, class, at FROM told WHERE event = $1 AND named = 1`, event)
	if err != nil {
		return nil, fmt.Errorf("list who was told of event %d: %w", event, err)
	}
	for _, m := range told {
		v := out[m.ch]
		v.Told, v.ToldAs, v.ToldAt = true, m.class, time.UnixMilli(m.at).UTC()
		out[m.ch] = v
	}
	elsewhere, err := list(ctx, db.r, one[news.ChannelID], `SELECT DISTINCT channel FROM verdicts WHERE event = $1 AND outcome = $2`,
		event, string(news.OutcomeWithOther))
	if err != nil {
		return nil, fmt.Errorf("list who was told of event %d with another: %w", event, err)
	}
	for _, ch := range elsewhere {
		v := out[ch]
		v.Elsewhere = true
		out[ch] = v
	}
	return out, nil
}

// BeginPoll notes that a feed is about to be read: where none was for longer
// than gap, that was a gap, and it ends now.
func (db *DB) BeginPoll(ctx context.Context, at time.Time, gap time.Duration) error {
	_, err := db.w.ExecContext(ctx, `UPDATE pulse SET gap_from = at, gap_to = $1 WHERE at < $2`,
		milli(at).Int64, milli(at.Add(-gap)).Int64)
	if err != nil {
		return fmt.Errorf("note a gap: %w", err)
	}
	return nil
}

// pulseStep spares a write for each of many polls.
const pulseStep = 30 * time.Second

// EndPoll notes that a feed was read, to about half a minute.
func (db *DB) EndPoll(ctx context.Context, at time.Time) error {
	_, err := db.w.ExecContext(ctx, `INSERT INTO pulse (id, at) VALUES (1, $1)
		ON CONFLICT (id) DO UPDATE SET at = excluded.at WHERE pulse.at < $2`, milli(at).Int64, milli(at.Add(-pulseStep)).Int64)
	if err != nil {
		return fmt.Errorf("note that a feed was read: %w", err)
	}
	return nil
}

// Sleep makes a time until which no feed was read one in which none was due. It
// is for replays, whose clock skips what a recording is silent of.
func (db *DB) Sleep(ctx context.Context, until time.Time) error {
	err := db.write(ctx, func(tx *transaction) error {
		if _, err := tx.ExecContext(ctx, `UPDATE feeds SET next_poll = $1 WHERE next_poll < $1`, milli(until).Int64); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `UPDATE pulse SET at = $1 WHERE at < $1`, milli(until).Int64)
		return err
	})
	if err != nil {
		return fmt.Errorf("skip to %s: %w", until.Format(time.RFC3339), err)
	}
	return nil
}

// LastPoll returns when a feed was last read, to about half a minute; zero where
// none ever was.
func (db *DB) LastPoll(ctx context.Context) (time.Time, error) {
	var at sql.NullInt64
	err := db.r.QueryRowContext(ctx, `SELECT max(at) FROM pulse`).Scan(&at)
	if err != nil {
		return time.Time{}, fmt.Errorf("find out when a feed was last read: %w", err)
	}
	return moment(at), nil
}

// Gap returns when the last time began and ended in which no feed was read;
// both are zero where there was none.
func (db *DB) Gap(ctx context.Context) (from, to time.Time, err error) {
	var a, b int64
	err = db.r.QueryRowContext(ctx, `SELECT gap_from, gap_to FROM pulse WHERE id = 1`).Scan(&a, &b)
	if errors.Is(err, sql.ErrNoRows) || err == nil && b == 0 {
		return time.Time{}, time.Time{}, nil
	}
	if err != nil {
		return time.Time{}, time.Time{}, fmt.Errorf("load the last gap: %w", err)
	}
	return time.UnixMilli(a).UTC(), time.UnixMilli(b).UTC(), nil
}

// digestDepth is how many events a digest is chosen from: those of most weight.
const digestDepth = 300

// DigestMaterial returns what a digest of a channel can be chosen from: of a
// planned one or, with channel "", one that somebody asked for, the events of
// the topics that were reported in the period; of a catch-up, those that wait.
// No topics are all but those of guilds' own feeds.
func (db *DB) DigestMaterial(ctx context.Context, d news.DueDigest, topics []string, until time.Time) (digest.Material, error) {
	m, err := db.material(ctx, d, topics, until)
	if err != nil {
		return m, fmt.Errorf("gather the digest of channel %q: %w", string(d.Channel), err)
	}
	return m, nil
}

func (db *DB) material(ctx context.Context, d news.DueDigest, topics []string, until time.Time) (digest.Material, error) {
	var m digest.Material
	where, args := inTopics(topics, 3, articlesBy)
	args = append([]any{milli(d.Since).Int64, milli(until).Int64}, args...)
	err := db.r.QueryRowContext(ctx, `SELECT count(*) FROM articles WHERE state = 'done' AND dated >= $1 AND dated <= $2`+where, args...).Scan(&m.Articles)
	if err != nil {
		return m, err
	}
	where, _ = inTopics(topics, 3, eventsBy)
	if err := db.r.QueryRowContext(ctx, `SELECT count(*) FROM events WHERE last_at >= $1 AND last_at <= $2 AND `+standing+where, args...).Scan(&m.Events); err != nil {
		return m, err
	}
	feedsOf, feedArgs := inTopics(topics, 1, feedsBy)
	err = db.r.QueryRowContext(ctx, `SELECT count(*), count(CASE WHEN failures > 0 THEN 1 END) FROM feeds WHERE retired = 0`+feedsOf, feedArgs...).
		Scan(&m.Feeds, &m.Failing)
	if err != nil {
		return m, err
	}
	held, err := db.Held(ctx, d.Channel)
	if err != nil {
		return m, err
	}
	why := make(map[news.EventID]news.Outcome, len(held))
	ids := make([]news.EventID, len(held))
	for i, h := range held {
		ids[i], why[h.Event] = h.Event, h.Outcome
	}
	waiting, err := db.events(ctx, ids)
	if err != nil {
		return m, err
	}
	candidates := waiting
	var late belated
	if d.Kind == news.DigestPlanned {
		found, err := list(ctx, db.r, scanEvent, `SELECT `+eventColumns+` FROM events WHERE last_at >= $1 AND last_at <= $2 AND `+standing+where+
			` ORDER BY weight DESC, last_at DESC, id DESC LIMIT `+strconv.Itoa(digestDepth), args...)
		if err != nil {
			return m, err
		}
		if late, err = db.late(ctx, d, topics, until); err != nil {
			return m, err
		}
		m.Articles, m.Events = m.Articles+late.count, m.Events+len(late.events)
		for _, e := range append(found, late.events...) {
			if why[e.ID] == "" {
				candidates = append(candidates, e)
			}
		}
	}
	known, err := db.known(ctx, d.Channel, candidates)
	if err != nil {
		return m, err
	}
	for _, e := range candidates {
		c := known[e.ID]
		c.Event, c.Held, c.Began, c.Came = e, why[e.ID], late.began[e.ID], late.articles[e.ID]
		m.Candidates = append(m.Candidates, c)
	}
	return m, nil
}

// belated is what came in during the period of a digest and is dated before it.
type belated struct {
	events   []news.Event // those whose latest report is such a one, heaviest first
	began    map[news.EventID]bool
	articles map[news.EventID][]news.ArticleID
	count    int
}

// belatedFor is how long after its date a report still is news.
const belatedFor = 24 * time.Hour

// late returns what came in during the period of a digest and is dated before
// it: the last digest could not tell it, as it was not there yet.
func (db *DB) late(ctx context.Context, d news.DueDigest, topics []string, until time.Time) (belated, error) {
	out := belated{began: map[news.EventID]bool{}, articles: map[news.EventID][]news.ArticleID{}}
	if d.Channel == "" { // one that somebody asked for follows no other
		return out, nil
	}
	type report struct {
		article news.ArticleID
		event   news.EventID
		reason  string
	}
	where, args := inTopics(topics, 4, "a."+articlesBy)
	since := milli(d.Since).Int64
	args = append([]any{since, milli(until).Int64, milli(d.Since.Add(-belatedFor)).Int64}, args...)
	// The signs keep SQLite from going through all that came in since: the
	// articles of a day are fewer.
	reports, err := list(ctx, db.r, func(s scanner) (r report, err error) { return r, s.Scan(&r.article, &r.event, &r.reason) },
		`SELECT a.id, a.event, p.reason FROM placements p JOIN articles a ON a.id = p.article
		WHERE +p.at >= $1 AND +p.at <= $2 AND a.dated < $1 AND a.dated >= $3 AND a.state = 'done' AND a.quiet = 0`+where, args...)
	if err != nil {
		return out, err
	}
	var ids []news.EventID
	for _, r := range reports {
		if len(out.articles[r.event]) == 0 {
			ids = append(ids, r.event)
		}
		out.articles[r.event] = append(out.articles[r.event], r.article)
		out.began[r.event] = out.began[r.event] || r.reason == string(events.ReasonNew)
	}
	out.count = len(reports)
	all, err := db.events(ctx, ids)
	if err != nil {
		return out, err
	}
	for _, e := range all {
		if e.Last.Before(d.Since) { // else it is found by its date
			out.events = append(out.events, e)
		}
	}
	slices.SortStableFunc(out.events, func(a, b news.Event) int { return cmp.Compare(b.Weight, a.Weight) })
	out.events = out.events[:min(len(out.events), digestDepth)]
	return out, nil
}

// known returns which of some events, or of those with ids between theirs, a
// channel was told of, by messages and by digests.
func (db *DB) known(ctx context.Context, ch news.ChannelID, among []news.Event) (map[news.EventID]digest.Candidate, error) {
	out := map[news.EventID]digest.Candidate{}
	if ch == "" || len(among) == 0 {
		return out, nil
	}
	first, last := among[0].ID, among[0].ID
	for _, e := range among {
		first, last = min(first, e.ID), max(last, e.ID)
	}
	posted, err := list(ctx, db.r, one[news.EventID], `SELECT event FROM messages WHERE channel = $1 AND event BETWEEN $2 AND $3
		UNION SELECT event FROM posts WHERE channel = $1 AND event BETWEEN $2 AND $3 AND kind = $4 AND state IN ('pending', 'sent')`,
		ch, first, last, string(news.PostAlert))
	if err != nil {
		return nil, err
	}
	for _, id := range posted {
		out[id] = digest.Candidate{Posted: true}
	}
	told, err := list(ctx, db.r, one[news.EventID], `SELECT event FROM told WHERE channel = $1 AND event BETWEEN $2 AND $3 AND named = 1
		UNION SELECT event FROM verdicts WHERE channel = $1 AND event BETWEEN $2 AND $3 AND outcome = $4`,
		ch, first, last, string(news.OutcomeWithOther))
	if err != nil {
		return nil, err
	}
	for _, id := range told {
		c := out[id]
		c.Told = true
		out[id] = c
	}
	return out, nil
}

// inTopics writes the condition that a row's topic is one of topics, with
// placeholders from first on; by says how a row is found by a feed's topic. No
// topics are all, and all are those that are no feed's own.
func inTopics(topics []string, first int, by string) (string, []any) {
	var named, parts []string
	for _, t := range topics {
		if t != news.AllTopics {
			named = append(named, t)
		}
	}
	if len(named) < len(topics) || len(topics) == 0 {
		parts = append(parts, forAll("topic"))
	}
	marks, args := marksOf(named, first)
	if len(named) > 0 {
		parts = append(parts, `topic IN (`+marks+`)`)
	}
	for _, t := range named {
		if feed, ok := news.TopicFeed(t); ok {
			parts = append(parts, fmt.Sprintf(by, int64(feed)))
		}
	}
	return ` AND (` + strings.Join(parts, " OR ") + `)`, args
}

// How rows of articles, events and feeds are found by a feed, for inTopics.
const (
	articlesBy = `feed = %d`
	eventsBy   = `id IN (SELECT event FROM articles WHERE feed = %d)`
	feedsBy    = `id = %d`
)

// marksOf returns placeholders for values from first on, and the values.
func marksOf[T any](values []T, first int) (string, []any) {
	marks, args := make([]string, len(values)), make([]any, len(values))
	for i, v := range values {
		marks[i], args[i] = "$"+strconv.Itoa(first+i), v
	}
	return strings.Join(marks, ", "), args
}
