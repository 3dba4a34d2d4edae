package store_test

import (
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsdesk/feeds"
	"newsdesk/news"
	"newsdesk/store"
)

// TestSearch_RareWordsFirst: among many articles a common word does not drown a
// rare one, is found where the rare one is not, and alone finds the newest.
func TestSearch_RareWordsFirst(t *testing.T) {
	t.Parallel()
	t.Run("SQLite", func(t *testing.T) { t.Parallel(); rareWordsFirst(t, openNew(t)) })
	t.Run("Postgres", func(t *testing.T) { t.Parallel(); rareWordsFirst(t, openServer(t)) })
}

func rareWordsFirst(t *testing.T, db *store.DB) {
	t.Helper()
	const n = 350
	db.SetRarity(100, 50)
	start := time.Date(2025, time.June, 3, 12, 0, 0, 0, time.UTC)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(db.SyncFeeds(t.Context(), []news.Feed{{URL: "https://one.example/feed", Topic: "world"}}, start))
	items := make([]news.Item, n)
	for i := range items {
		items[i] = news.Item{GUID: strconv.Itoa(i), Title: "common"}
	}
	items[5].Title, items[7].Title = "common needle", "needle"
	fetch := func(at time.Time, items ...news.Item) []news.ArticleID {
		ids, err := db.SaveFetch(t.Context(), 1, feeds.Result{FetchedAt: at, Items: items})
		must(err)
		for i, id := range ids {
			condense(t, db, id, items[i].Title, "")
		}
		return ids
	}
	old := fetch(start, items[:n-10]...)
	fresh := fetch(start.Add(time.Hour), items[n-10:]...)
	// The clock goes back: what arrives then is found all the same.
	late := fetch(start.Add(time.Minute), news.Item{GUID: "late", Title: "late"})
	for _, tc := range []struct {
		query string
		since time.Time
		limit int
		want  []news.ArticleID
	}{
		{"common needle", time.Time{}, 5, []news.ArticleID{old[7], old[5]}},
		{"common", start.Add(time.Hour), 2, fresh[:2]},
		{"needle", start.Add(time.Hour), 5, nil},
		{"late", start.Add(time.Minute), 5, late},
		{"late", start.Add(2 * time.Hour), 5, nil},
	} {
		hits, err := db.Search(t.Context(), tc.query, tc.since, tc.limit)
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
		hits, err := db.Search(t.Context(), query, time.Time{}, 1)
		must(err)
		if len(hits) != 1 || hits[0].Article < fresh[0]-2*100 {
			t.Errorf("%q: got %v, want one of the newest", query, hits)
		}
	}
}
