package store

import (
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
)

// TestKnownItems_UsesItsIndexes: looking up thirty items must not read all of a
// feed's rows, which a condition on an index can bring about unnoticed.
func TestKnownItems_UsesItsIndexes(t *testing.T) {
	t.Parallel()
	db, err := Open(t.Context(), filepath.Join(t.TempDir(), "news.db"), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for query, want := range map[string]string{
		db.engine.texts().byGUID: "(feed=? AND guid_key=?)", db.engine.texts().byAddress: "(feed=? AND url_key=?)",
	} {
		if plan := planOf(t, db, query, 1, "[1]"); !strings.Contains(plan, want) {
			t.Errorf("the plan lacks %s:\n%s", want, plan)
		}
	}
}

// TestSavePolls_LooksAtNoFeedThatStays: what each batch asks of all feeds must not
// grow with their number.
func TestSavePolls_LooksAtNoFeedThatStays(t *testing.T) {
	t.Parallel()
	db, err := Open(t.Context(), filepath.Join(t.TempDir(), "news.db"), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if plan := planOf(t, db, feedsMoving, settled-1); !strings.Contains(plan, "INDEX feeds_moving") {
		t.Errorf("the plan does not use the index of feeds that move:\n%s", plan)
	}
}

// TestOpening_LooksAtFewFeeds: what every start asks must not grow with the number
// of feeds, nor with that of articles.
func TestOpening_LooksAtFewFeeds(t *testing.T) {
	t.Parallel()
	db, err := Open(t.Context(), filepath.Join(t.TempDir(), "news.db"), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for query, want := range map[string][]string{
		feedsUnread:     {"INDEX feeds_unread"},
		pushesStopped:   {"SEARCH feeds USING INTEGER PRIMARY KEY (rowid=?)"},
		revisitsDropped: {"SEARCH revisits USING INTEGER PRIMARY KEY (rowid<?)", "COVERING INDEX articles_arrived (arrived<?)"},
	} {
		var args []any
		if strings.Contains(query, "$1") {
			args = append(args, 1)
		}
		plan := planOf(t, db, query, args...)
		for _, step := range want {
			if !strings.Contains(plan, step) {
				t.Errorf("the plan of %s lacks %s:\n%s", query, step, plan)
			}
		}
	}
}

// TestCountArticles_ReadsNoArticle: what is asked with each question must not look
// at every article for its topic.
func TestCountArticles_ReadsNoArticle(t *testing.T) {
	t.Parallel()
	db, err := Open(t.Context(), filepath.Join(t.TempDir(), "news.db"), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	plan := planOf(t, db, countArticles(), 0, "g")
	for _, want := range []string{"COVERING INDEX articles_done", "COVERING INDEX articles_own"} {
		if !strings.Contains(plan, want) {
			t.Errorf("the plan lacks %s:\n%s", want, plan)
		}
	}
}

// planOf returns how SQLite means to answer a query.
func planOf(t *testing.T, db *DB, query string, args ...any) string {
	t.Helper()
	type step struct{ id, parent, unused, detail any }
	steps, err := list(t.Context(), db.r, func(s scanner) (v step, err error) {
		return v, s.Scan(&v.id, &v.parent, &v.unused, &v.detail)
	}, `EXPLAIN QUERY PLAN `+query, args...)
	if err != nil {
		t.Fatal(err)
	}
	var plan strings.Builder
	for _, s := range steps {
		if text, ok := s.detail.(string); ok {
			plan.WriteString(text + "\n")
		}
	}
	return plan.String()
}
