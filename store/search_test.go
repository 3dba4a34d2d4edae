package store_test

import (
	"testing"
	"time"
	"unicode/utf8"

	"newsdesk/events"
	"newsdesk/feeds"
	"newsdesk/news"
	"newsdesk/store"
)

// condense makes a waiting article an event of its own, with an alert for
// channel c.
func condense(tb testing.TB, db *store.DB, id news.ArticleID, title, body string) news.EventID {
	tb.Helper()
	_, _, a, err := db.Pending(tb.Context(), id)
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
	now := time.Date(2025, time.June, 3, 12, 0, 0, 0, time.UTC)
	if err := db.SyncFeeds(f.Context(), []news.Feed{{URL: "https://one.example/feed", Topic: "world"}}, now); err != nil {
		f.Fatal(err)
	}
	ids, err := db.SaveFetch(f.Context(), 1, feeds.Result{FetchedAt: now, Items: []news.Item{{GUID: "a"}}})
	if err != nil {
		f.Fatal(err)
	}
	condense(f, db, ids[0], "Earthquake in 東京", "The U.S. ambassador felt it. แผ่นดินไหว")
	f.Fuzz(func(t *testing.T, query string) {
		hits, err := db.Search(t.Context(), query, time.Time{}, 5)
		if err != nil {
			t.Fatalf("search %q: %v", query, err)
		}
		for _, h := range hits {
			if !utf8.ValidString(h.Title) || h.Score < 0 {
				t.Errorf("search %q: %+v", query, h)
			}
		}
		if _, _, err := db.SearchEvents(t.Context(), query, query, time.Time{}, 5, 0); err != nil {
			t.Fatalf("search events %q: %v", query, err)
		}
		if _, err := db.SuggestEvents(t.Context(), query, 5); err != nil {
			t.Fatalf("suggest %q: %v", query, err)
		}
		// Whatever else the text says, the words beside it are found.
		if hits, err := db.Search(t.Context(), "earthquake\n"+query, time.Time{}, 5); err != nil || len(hits) != 1 {
			t.Fatalf("search for earthquake with %q: %d hits, %v", query, len(hits), err)
		}
	})
}
