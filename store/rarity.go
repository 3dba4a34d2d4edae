package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"slices"
	"time"
)

// Ranking an article costs microseconds (see engine.ranks), so a word that half
// of 100,000 articles hold costs a tenth of a second or more, and it says next
// to nothing about which of them is wanted. The words of a query are therefore
// taken from the rarest on, as long as the articles they are expected to find
// stay within DB.ranked; the rest are only looked for where those find nothing.
// A word that alone is expected in more than that is looked for in the newest
// articles. How rare a word is shows in the newest articles as well.

// sampled is how many articles rarity is estimated from.
const sampled = 1000

// window is the part of the index that a search has to look at.
type window struct {
	first, last int64 // ids; rows before first are too old
	since       int64 // what articles.dated must reach
}

// window finds the ids that a search since then has to look at. No article
// counts from a time after it arrived, and arrival times never fall as ids
// rise: so the first id that arrived in time bounds them all.
func (db *DB) window(ctx context.Context, since time.Time) (window, error) {
	w := window{first: 1, since: milli(since).Int64}
	if err := db.r.QueryRowContext(ctx, `SELECT coalesce(max(id), 0) FROM articles`).Scan(&w.last); err != nil {
		return w, err
	}
	if w.since <= 0 {
		return w, nil
	}
	err := db.r.QueryRowContext(ctx, `SELECT id FROM articles WHERE arrived >= $1 ORDER BY arrived, id LIMIT 1`, w.since).Scan(&w.first)
	if errors.Is(err, sql.ErrNoRows) {
		w.first, err = w.last+1, nil
	}
	return w, err
}

// group is a set of terms to be looked for together, in articles from first on.
type group struct {
	terms []term
	first int64
}

// rarestFirst parts terms into groups to be tried one after the other, until
// one finds something. Mostly there is one group.
func (db *DB) rarestFirst(ctx context.Context, ts []term, w window) ([]group, error) {
	span := w.last - w.first + 1
	if span*int64(len(ts)) <= db.ranked {
		return []group{{ts, w.first}}, nil
	}
	type counted struct {
		term
		expected int64 // articles in the window
	}
	all := make([]counted, len(ts))
	for i, t := range ts {
		n, err := db.engine.count(ctx, db.r, t, w.last-db.sample)
		if err != nil {
			return nil, err
		}
		all[i] = counted{t, n * span / min(db.sample, w.last)}
	}
	slices.SortStableFunc(all, func(a, b counted) int { return cmp.Compare(a.expected, b.expected) })
	var groups []group
	room := int64(0)
	for _, t := range all {
		if len(groups) == 0 || t.expected > room {
			newest := span * db.ranked / max(t.expected, db.ranked)
			groups, room = append(groups, group{first: w.last - newest + 1}), db.ranked
		}
		g := &groups[len(groups)-1]
		g.terms = append(g.terms, t.term)
		room -= t.expected
	}
	return groups, nil
}
