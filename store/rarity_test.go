package store

import (
	"log/slog"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsdesk/feeds"
	"newsdesk/news"
)

// TestRarestFirst: among many articles a common word does not drown a rare one,
// is found where the rare one is not, and alone finds the newest.
func TestRarestFirst(t *testing.T) {
	t.Parallel()
	const n = 350
	db := openFor(t)
	db.ranked, db.sample = 100, 50
	ctx, start := t.Context(), time.Date(2025, time.June, 3, 12, 0, 0, 0, time.UTC)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(db.SyncFeeds(ctx, []news.Feed{{URL: "https://one.example/feed", Topic: "world"}}, start))
	items := make([]news.Item, n)
	for i := range items {
		items[i] = news.Item{GUID: strconv.Itoa(i), Title: "common"}
	}
	items[5].Title, items[7].Title = "common needle", "needle"
	_, err := db.SaveFetch(ctx, 1, feeds.Result{FetchedAt: start, Items: items[:n-10]})
	must(err)
	_, err = db.SaveFetch(ctx, 1, feeds.Result{FetchedAt: start.Add(time.Hour), Items: items[n-10:]})
	must(err)
	// The clock goes back: what arrives then is found all the same.
	_, err = db.SaveFetch(ctx, 1, feeds.Result{FetchedAt: start.Add(time.Minute), Items: []news.Item{{GUID: "late", Title: "late"}}})
	must(err)
	_, err = db.w.ExecContext(ctx, `INSERT INTO events (id, version, revision, topic, headline, image, who, places, facts, sources)
		VALUES (1, 1, 1, 'world', '', '', '', '', '', '')`)
	must(err)
	_, err = db.w.ExecContext(ctx, `UPDATE articles SET state = 'done', event = 1`)
	must(err)
	for _, tc := range []struct {
		query string
		since time.Time
		limit int
		want  []news.ArticleID
	}{
		{"common needle", time.Time{}, 5, []news.ArticleID{8, 6}},
		{"common", start.Add(time.Hour), 2, []news.ArticleID{n - 9, n - 8}},
		{"needle", start.Add(time.Hour), 5, nil},
		{"late", start.Add(time.Minute), 5, []news.ArticleID{n + 1}},
		{"late", start.Add(2 * time.Hour), 5, nil},
	} {
		hits, err := db.Search(ctx, tc.query, tc.since, tc.limit)
		must(err)
		var got []news.ArticleID
		for _, h := range hits {
			got = append(got, h.Article)
		}
		if diff := cmp.Diff(got, tc.want); diff != "" {
			t.Errorf("%q since %v: got, want:\n%s", tc.query, tc.since, diff)
		}
	}
	for _, query := range []string{"common", "nowhere common"} {
		hits, err := db.Search(ctx, query, time.Time{}, 1)
		must(err)
		if len(hits) != 1 || hits[0].Article < n-2*100 {
			t.Errorf("%q: got %v, want one of the newest", query, hits)
		}
	}
}

func openFor(t *testing.T) *DB {
	t.Helper()
	db, err := Open(t.Context(), filepath.Join(t.TempDir(), "news.db"), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}
