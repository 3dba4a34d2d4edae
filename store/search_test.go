package store_test

import (
	"context"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"newsdesk/events"
	"newsdesk/feeds"
	"newsdesk/news"
	"newsdesk/store"
)

// condense makes a waiting article an event of its own, with an alert for
// channel c.
func condense(tb testing.TB, db *store.DB, id news.ArticleID, title, body string) news.EventID {
	tb.Helper()
	_, a, err := db.Pending(tb.Context(), id)
	if err != nil {
		tb.Fatal(err)
	}
	a.Title, a.Body = title, body
	e := news.Event{
		Version: 1, Revision: 1, Topic: a.Topic, Headline: title, First: a.When(), Last: a.When(),
		Sources: []news.Source{{Article: id, Outlet: a.Outlet, Title: title, URL: a.URL}},
	}
	event, _, err := db.Apply(tb.Context(), a, news.Summary{Article: id, Headline: title}, events.Change{Event: e, Article: id},
		events.Plan{Posts: []news.Post{{Channel: "c", Kind: news.PostAlert, Event: e}}})
	if err != nil {
		tb.Fatal(err)
	}
	return event
}

// FuzzSearch: no text is an error, none is syntax, and a text of which a
// stored article consists finds that article.
func FuzzSearch(f *testing.F) {
	for _, s := range []string{
		"earthquake", `"`, `a" OR "b`, "NEAR(a b)", "title:x", "a*", "^a", "-a", "(", "{a b}:", "a AND NOT b", "地震", "米", "แผ่นดินไหว",
		"दिल्ली", "U.S.", "😀", "\x00", "\xff", "a\u0301", "ﬁ", "Ⅷ", "x.y.z", "ー", "ㄅㄆ", "\U0001F1E8\U0001F1F1", "'; --", "𠀀𠀁",
	} {
		f.Add(s)
	}
	db := openNew(f)
	shelve(f, db)
	f.Fuzz(func(t *testing.T, query string) { searchAnything(t.Context(), t, db, query) })
}

// TestSearch_AnyTextOnPostgres is FuzzSearch on PostgreSQL, in short; any text
// can be stored there, too.
func TestSearch_AnyTextOnPostgres(t *testing.T) {
	t.Parallel()
	db := openServer(t)
	shelve(t, db)
	c := openSQL(t, server.Address("postgres", nil))
	ctx := t.Context()
	check := func(t rapid.TB, text string) {
		searchAnything(ctx, t, db, text)
		var size int
		if err := c.QueryRowContext(ctx, `SELECT length($1::tsvector)`, store.Vector(text, text)).Scan(&size); err != nil {
			t.Fatalf("index %q: %v", text, err)
		}
		for _, q := range store.Queries(text) {
			if err := c.QueryRowContext(ctx, `SELECT numnode($1::tsquery)`, q).Scan(&size); err != nil || size == 0 {
				t.Fatalf("query %q for %q: %d nodes, %v", q, text, size, err)
			}
		}
	}
	for _, text := range []string{
		"", "'", `\`, `'\'':1A`, "a:1,2B", "!a & b | c <-> d", "\x00a", "\xff'", strings.Repeat("long", 2000), strings.Repeat("again ", 30_000),
		strings.Repeat("地震", 40_000), "地'震", "U.S.A.", "ﬁ Ⅷ \u0301 e\u0301", "का ก็ ー",
	} {
		check(t, text)
	}
	rapid.Check(t, func(t *rapid.T) { check(t, rapid.String().Draw(t, "text")) })
}

// shelve stores one article.
func shelve(tb testing.TB, db *store.DB) {
	tb.Helper()
	now := time.Date(2025, time.June, 3, 12, 0, 0, 0, time.UTC)
	if err := db.SyncFeeds(tb.Context(), []news.Feed{{URL: "https://one.example/feed", Topic: "world"}}, now); err != nil {
		tb.Fatal(err)
	}
	ids, err := db.SaveFetch(tb.Context(), 1, feeds.Result{FetchedAt: now, Items: []news.Item{{GUID: "a"}}})
	if err != nil {
		tb.Fatal(err)
	}
	condense(tb, db, ids[0], "Earthquake in 東京", "The U.S. ambassador felt it. แผ่นดินไหว")
}

// searchAnything searches the one article for any text.
func searchAnything(ctx context.Context, t rapid.TB, db *store.DB, query string) {
	t.Helper()
	hits, err := db.Search(ctx, query, time.Time{}, 5)
	if err != nil {
		t.Fatalf("search %q: %v", query, err)
	}
	for _, h := range hits {
		if !utf8.ValidString(h.Title) || h.Score < 0 {
			t.Errorf("search %q: %+v", query, h)
		}
	}
	if _, _, err := db.SearchEvents(ctx, query, query, time.Time{}, 5, 0); err != nil {
		t.Fatalf("search events %q: %v", query, err)
	}
	if _, err := db.SuggestEvents(ctx, query, 5); err != nil {
		t.Fatalf("suggest %q: %v", query, err)
	}
	// Whatever else the text says, the words beside it are found.
	if hits, err := db.Search(ctx, "earthquake\n"+query, time.Time{}, 5); err != nil || len(hits) != 1 {
		t.Fatalf("search for earthquake with %q: %d hits, %v", query, len(hits), err)
	}
}
