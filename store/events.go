package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"newsdesk/events"
	"newsdesk/news"
)

const eventColumns = `id, version, revision, topic, headline, first_at, last_at, happened_at, image, who, places, facts, sources,
	facts_checked, facts_dropped, method, class, weight, terms, absorbed, parted, merged_into`

func scanEvent(s scanner) (news.Event, error) {
	var e news.Event
	var first, last, happened sql.NullInt64
	var who, places, facts, sources, terms, absorbed, parted string
	err := s.Scan(&e.ID, &e.Version, &e.Revision, &e.Topic, &e.Headline, &first, &last, &happened, &e.Image,
		&who, &places, &facts, &sources, &e.Checked, &e.Dropped, &e.Method, &e.Class, &e.Weight, &terms, &absorbed, &parted, &e.Into)
	if err != nil {
		return e, err
	}
	e.First, e.Last, e.When = moment(first), moment(last), moment(happened)
	return e, errors.Join(decode("who", who, &e.Who), decode("places", places, &e.Where),
		decode("facts", facts, &e.Facts), decode("sources", sources, &e.Sources), decode("terms", terms, &e.Terms), decode("absorbed", absorbed, &e.Absorbed),
		decode("parted", parted, &e.Parted))
}

// standing is the condition that an event stands by itself: it did not turn out
// to be another one.
const standing = `merged_into = 0`

// Event returns one event as its latest article left it, or news.ErrNotFound. In
// the place of one that turned out to be another it returns that one, whose ID
// differs.
func (db *DB) Event(ctx context.Context, id news.EventID) (news.Event, error) {
	e, err := scanEvent(db.r.QueryRowContext(ctx, `SELECT `+eventColumns+` FROM events
		WHERE id = (SELECT CASE merged_into WHEN 0 THEN id ELSE merged_into END FROM events WHERE id = $1)`, id))
	if errors.Is(err, sql.ErrNoRows) {
		err = news.ErrNotFound
	}
	if err != nil {
		return news.Event{}, fmt.Errorf("load event %d: %w", id, err)
	}
	return e, nil
}

// events loads events in the order of ids.
func (db *DB) events(ctx context.Context, ids []news.EventID) ([]news.Event, error) {
	return byID(ctx, db.r, ids, scanEvent, func(e news.Event) news.EventID { return e.ID },
		`SELECT `+eventColumns+` FROM events WHERE id IN `)
}

// Latest returns the events for all, of a topic ("" is every topic), whose latest
// report is of since or later: at most limit of them after the first offset
// ones, newest first, and how many there are in all.
func (db *DB) Latest(ctx context.Context, topic string, since time.Time, limit, offset int) ([]news.Event, int, error) {
	return db.SeenBy("").Latest(ctx, topic, since, limit, offset)
}

// Latest is DB.Latest for what the guild may see.
func (v View) Latest(ctx context.Context, topic string, since time.Time, limit, offset int) ([]news.Event, int, error) {
	where, args := ` WHERE last_at >= $1 AND `+standing+` AND `+visible("topic", 2), []any{milli(since).Int64, v.guild}
	if topic != "" {
		in, more := inTopics([]string{topic}, 3, eventsBy)
		where, args = where+in, append(args, more...)
	}
	var total int
	if err := v.r.QueryRowContext(ctx, `SELECT count(*) FROM events`+where, args...).Scan(&total); err != nil {
		return nil, 0, fmt.Errorf("count latest events: %w", err)
	}
	found, err := list(ctx, v.r, scanEvent, fmt.Sprintf(`SELECT %s FROM events%s ORDER BY last_at DESC, id DESC LIMIT %d OFFSET %d`,
		eventColumns, where, max(limit, 0), max(offset, 0)), args...)
	if err != nil {
		return nil, 0, fmt.Errorf("list latest events: %w", err)
	}
	return found, total, nil
}

// startedReach is how far before since an event may have been reported first to
// be told from one that started since: that far back articles are grouped.
const startedReach = 8 * 24 * time.Hour

// Started returns the events whose first article that may cause a post came in
// at since or later, in the order in which they came: at most limit of them,
// the newest. They are what a channel would have got a message of, had it
// followed everything since then.
func (db *DB) Started(ctx context.Context, since time.Time, limit int) ([]events.Course, error) {
	type start struct {
		event news.EventID
		first news.ArticleID
	}
	started, err := list(ctx, db.r, func(s scanner) (v start, err error) { return v, s.Scan(&v.event, &v.first) },
		`SELECT event, min(id) AS first FROM articles
		WHERE state = 'done' AND quiet = 0 AND arrived >= $1 GROUP BY event HAVING min(arrived) >= $2
		ORDER BY first DESC LIMIT $3`,
		milli(since.Add(-startedReach)).Int64, milli(since).Int64, max(limit, 0))
	if err != nil {
		return nil, fmt.Errorf("list events that started: %w", err)
	}
	slices.Reverse(started)
	ids, firsts := make([]news.EventID, len(started)), make([]news.ArticleID, len(started))
	for i, s := range started {
		ids[i], firsts[i] = s.event, s.first
	}
	found, err := db.events(ctx, ids)
	if err != nil {
		return nil, fmt.Errorf("load events that started: %w", err)
	}
	summaries, err := db.Summaries(ctx, firsts)
	if err != nil {
		return nil, fmt.Errorf("load how events started: %w", err)
	}
	if len(found) != len(ids) || len(summaries) != len(ids) {
		return nil, fmt.Errorf("load events that started: %w", news.ErrNotFound)
	}
	out := make([]events.Course, len(found))
	for i, e := range found {
		out[i] = events.Begun(e, summaries[i])
	}
	return out, nil
}

// Weights returns how much the events for all whose latest report is of since or
// later weigh, and when the oldest of these reports came; zero where there is none.
func (db *DB) Weights(ctx context.Context, since time.Time) (weights []float64, oldest time.Time, err error) {
	type weighed struct {
		last   sql.NullInt64
		weight float64
	}
	rows, err := list(ctx, db.r, func(s scanner) (w weighed, err error) { return w, s.Scan(&w.last, &w.weight) },
		`SELECT last_at, weight FROM events WHERE last_at >= $1 AND `+standing+` AND `+forAll("topic")+` ORDER BY last_at`, milli(since).Int64)
	if err != nil {
		return nil, time.Time{}, fmt.Errorf("list the weights of events: %w", err)
	}
	for i, r := range rows {
		if i == 0 {
			oldest = moment(r.last)
		}
		weights = append(weights, r.weight)
	}
	return weights, oldest, nil
}

// suggestDepth is how many of the newest events a suggestion is looked for in:
// it is asked for at each key stroke, and must take milliseconds.
const suggestDepth = 3000

// SuggestEvents returns at most limit events for an autocompletion, newest
// first: each word typed begins a word of the headline, whatever its case and
// accents. Without a word it returns the newest events. Only the newest 3,000
// events are looked at, of those for all.
func (db *DB) SuggestEvents(ctx context.Context, words string, limit int) ([]news.Event, error) {
	return db.SeenBy("").SuggestEvents(ctx, words, limit)
}

// SuggestEvents is DB.SuggestEvents for what the guild may see.
func (v View) SuggestEvents(ctx context.Context, words string, limit int) ([]news.Event, error) {
	limit = max(limit, 0)
	typed := strings.FieldsFunc(fold(cut(words)), func(r rune) bool { return !wordRune(r) })
	type headline struct {
		id   news.EventID
		text string
	}
	rows, err := list(ctx, v.r, func(s scanner) (h headline, err error) { return h, s.Scan(&h.id, &h.text) },
		`SELECT id, headline FROM events WHERE `+standing+` AND `+visible("topic", 2)+` ORDER BY last_at DESC, id DESC LIMIT $1`, suggestDepthFor(len(typed), limit), v.guild)
	if err != nil {
		return nil, fmt.Errorf("suggest events: %w", err)
	}
	var ids []news.EventID
	for _, h := range rows {
		if len(ids) == limit {
			break
		}
		if begins(fold(h.text), typed) {
			ids = append(ids, h.id)
		}
	}
	found, err := v.events(ctx, ids)
	if err != nil {
		return nil, fmt.Errorf("suggest events: %w", err)
	}
	return found, nil
}

func suggestDepthFor(words, limit int) int {
	if words == 0 || limit == 0 {
		return limit
	}
	return suggestDepth
}

// begins reports whether each word typed begins a word of the text. In scripts
// without blanks any place in a run of letters may begin a word.
func begins(text string, typed []string) bool {
	for _, w := range typed {
		if !beginsWord(text, w) {
			return false
		}
	}
	return true
}

func beginsWord(text, w string) bool {
	for from := 0; ; {
		i := strings.Index(text[from:], w)
		if i < 0 {
			return false
		}
		at := from + i
		before, _ := lastRune(text[:at])
		first, size := firstRune(text[at:])
		if at == 0 || !wordRune(before) || unspaced(first) {
			return true
		}
		from = at + size
	}
}

// fold makes texts comparable: lower case, without accents.
func fold(s string) string {
	ascii := true
	for i := range len(s) {
		if s[i] >= 0x80 {
			ascii = false
			break
		}
	}
	if ascii {
		return strings.ToLower(s)
	}
	return norm.NFC.String(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) && !unspaced(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(s)))
}
