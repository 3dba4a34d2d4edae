package store

import (
	"context"
	"strings"

	"newsdesk/ask"
	"newsdesk/news"
)

// The word index on SQLite is an FTS5 table that triggers keep in step with
// condensed articles.

// ranks: an article takes about two microseconds.
func (sqliteFile) ranks() int64 { return 8000 }

// index stores the text with words parted where FTS5 could not part it; else
// it reads the title and the body themselves.
func (sqliteFile) index(ctx context.Context, tx *transaction, a news.Article) error {
	title, body := parted(a.Title), parted(a.Body)
	if title == nil && body == nil {
		return nil
	}
	_, err := tx.ExecContext(ctx, `UPDATE articles SET title_words = $2, body_words = $3 WHERE id = $1 AND state = 'new'`, a.ID, title, body)
	return err
}

// reindex is index for an article that counts already; the triggers do the rest.
func (sqliteFile) reindex(ctx context.Context, tx *transaction, a news.Article) error {
	_, err := tx.ExecContext(ctx, `UPDATE articles SET title_words = $2, body_words = $3
		WHERE id = $1 AND state = 'done' AND (title_words IS NOT NULL OR body_words IS NOT NULL OR $2 IS NOT NULL OR $3 IS NOT NULL)`,
		a.ID, parted(a.Title), parted(a.Body))
	return err
}

func (sqliteFile) count(ctx context.Context, q querier, t term, after int64) (n int64, err error) {
	err = q.QueryRowContext(ctx, `SELECT count(*) FROM articles_fts WHERE articles_fts MATCH $1 AND rowid > $2`,
		match([]term{t}, ""), after).Scan(&n)
	return n, err
}

func (sqliteFile) search(ctx context.Context, q querier, guild news.GuildID, ts []term, first, since int64, limit int) ([]ask.Hit, error) {
	return list(ctx, q, scanHit, `SELECT a.id, coalesce(a.event, 0), a.title, a.outlet, a.url, a.body,
			coalesce(a.published, a.seen), -f.rank
		FROM articles_fts f JOIN articles a ON a.id = f.rowid
		WHERE f.articles_fts MATCH $1 AND f.rowid >= $2 AND a.dated >= $3 AND `+visible("a.topic", 5)+` ORDER BY f.rank LIMIT $4`,
		match(ts, " OR "), first, since, limit, guild)
}

func (sqliteFile) searchEvents(ctx context.Context, q querier, guild news.GuildID, ts []term, all bool, topic string, first, since int64) ([]news.EventID, error) {
	op := " OR "
	if all {
		op = " AND "
	}
	return list(ctx, q, one[news.EventID], `
		WITH hits AS MATERIALIZED (SELECT rowid AS id, rank AS score FROM articles_fts WHERE articles_fts MATCH $1 AND rowid >= $2)
		SELECT a.event FROM hits h JOIN articles a ON a.id = h.id JOIN events e ON e.id = a.event
		WHERE a.dated >= $3 AND ($4 = '' OR e.topic = $4 OR 'feed:' || a.feed = $4) AND `+visible("e.topic", 5)+`
		GROUP BY a.event ORDER BY min(h.score), max(a.dated) DESC, a.event DESC`, match(ts, op), first, since, topic, guild)
}

// match writes terms as an FTS5 expression: quoted, joined by op, which is
// " OR " or " AND ".
func match(terms []term, op string) string {
	var b strings.Builder
	for i, t := range terms {
		if i > 0 {
			b.WriteString(op)
		}
		b.WriteByte('"')
		b.WriteString(strings.ReplaceAll(t.text, `"`, ``))
		b.WriteByte('"')
		if t.prefix {
			b.WriteByte('*')
		}
	}
	return b.String()
}

// parted returns the text with runs of unspaced scripts cut into pairs, for
// the index; nil where there are none, and the text serves as it is.
func parted(text string) any {
	if strings.IndexFunc(text, unspaced) < 0 {
		return nil
	}
	var b strings.Builder
	b.Grow(2 * len(text))
	for rest := text; rest != ""; {
		i := strings.IndexFunc(rest, unspaced)
		if i < 0 {
			b.WriteString(rest)
			break
		}
		b.WriteString(rest[:i])
		rest = rest[i:]
		end := strings.IndexFunc(rest, func(r rune) bool { return !unspaced(r) })
		if end < 0 {
			end = len(rest)
		}
		run := letters(rest[:end])
		for j := range run {
			b.WriteByte(' ')
			b.WriteString(string(run[j:min(j+2, len(run))])) // the last character stands alone
		}
		b.WriteByte(' ')
		rest = rest[end:]
	}
	return b.String()
}
