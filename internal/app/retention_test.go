package app

import (
	"context"
	"log/slog"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"newsdesk/events"
	"newsdesk/feeds"
	"newsdesk/news"
	"newsdesk/store"
)

// The delivery log is forgotten after 30 days: at the start, and every day.
func TestForget_KeepsThirtyDays(t *testing.T) { // M23
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, stop := context.WithCancel(context.Background())
		defer stop()
		db, err := store.Open(ctx, filepath.Join(t.TempDir(), "news.db"), slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		a := &App{db: db, opts: Options{Now: time.Now, Log: slog.New(slog.DiscardHandler)}}
		if err := db.SyncFeeds(ctx, []news.Feed{{URL: "https://harbour.example/feed", Topic: "world"}}, time.Now()); err != nil {
			t.Fatal(err)
		}
		decided := func(guid string, days int) news.EventID {
			t.Helper()
			at := time.Now().Add(-time.Duration(days) * 24 * time.Hour)
			ids, err := db.SaveFetch(ctx, 1, feeds.Result{FetchedAt: at, Items: []news.Item{{GUID: guid, Title: guid}}})
			if err != nil {
				t.Fatal(err)
			}
			art := news.Article{ID: ids[0], Title: guid}
			ch := events.Change{Article: art.ID, Event: news.Event{Headline: guid}}
			id, _, err := db.Apply(ctx, art, news.Summary{}, ch, events.Plan{Verdicts: []news.Verdict{{At: at, Article: art.ID, Outcome: "quiet"}}})
			if err != nil {
				t.Fatal(err)
			}
			return id
		}
		kept := func(id news.EventID) bool {
			t.Helper()
			v, err := db.Verdicts(ctx, id, 5)
			if err != nil {
				t.Fatal(err)
			}
			return len(v) > 0
		}
		old, lately := decided("old", 31), decided("lately", 29)
		done := make(chan error)
		go func() { done <- a.forget(ctx) }()
		synctest.Wait()
		if kept(old) || !kept(lately) {
			t.Errorf("at the start: of 31 days kept %v, of 29 days kept %v", kept(old), kept(lately))
		}
		time.Sleep(2*24*time.Hour + time.Minute)
		synctest.Wait()
		if kept(lately) {
			t.Error("two days later that of 31 days is kept")
		}
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
		ctx = context.Background()
	})
}
