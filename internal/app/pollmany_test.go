package app_test

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"newsdesk/internal/app"
	"newsdesk/internal/config"
)

// A refresh asks for each feed, and once, also where there are more than are loaded
// with one query.
func TestPollOnce_AsksForEachOfMany(t *testing.T) {
	t.Parallel()
	const feeds = 1100
	var mu sync.Mutex
	asked := make(map[string]int)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		asked[r.URL.Path]++
		w.Header().Set("Content-Type", "application/rss+xml")
		_, _ = fmt.Fprintf(w, `<rss version="2.0"><channel><title>Many</title><item><title>News</title><guid>%s</guid></item></channel></rss>`, r.URL.Path)
	}))
	defer server.Close()
	s := newSystem(t)
	for i := range feeds {
		s.config.Feeds = append(s.config.Feeds, config.Feed{URL: fmt.Sprintf("%s/%d", server.URL, i), Name: "Many", Topic: "world"})
	}
	a, err := app.OpenBatch(t.Context(), app.Options{Config: s.config, Version: "test", Now: time.Now, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	}()
	stats, err := a.PollOnce(t.Context(), false, func(string, int, int) {})
	if err != nil || stats.Feeds != feeds || stats.OK != feeds || stats.ItemsNew != feeds {
		t.Errorf("%+v, %v; want %d feeds with an item each", stats, err, feeds)
	}
	mu.Lock()
	defer mu.Unlock()
	for i := range feeds {
		if n := asked[fmt.Sprintf("/%d", i)]; n != 1 {
			t.Errorf("feed %d was asked for %d times", i, n)
		}
	}
}
