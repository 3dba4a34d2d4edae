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
	type step struct{ id, parent, unused, detail any }
	steps, err := list(t.Context(), db.r, func(s scanner) (v step, err error) {
		return v, s.Scan(&v.id, &v.parent, &v.unused, &v.detail)
	}, `EXPLAIN QUERY PLAN `+db.engine.texts().known, 1, "[1]", "[1]")
	if err != nil {
		t.Fatal(err)
	}
	var plan strings.Builder
	for _, s := range steps {
		if text, ok := s.detail.(string); ok {
			plan.WriteString(text + "\n")
		}
	}
	for _, want := range []string{"(feed=? AND guid_key=?)", "(feed=? AND url_key=?)"} {
		if !strings.Contains(plan.String(), want) {
			t.Errorf("the plan lacks %s:\n%s", want, plan.String())
		}
	}
}
