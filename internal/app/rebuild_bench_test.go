package app

import (
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"newsdesk/events"
	"newsdesk/feeds"
	"newsdesk/news"
	"newsdesk/store"
)

// rebuiltArticles are those that the index of events is rebuilt from, where
// NEWSDESK_BENCH_ARTICLES does not say how many.
const rebuiltArticles = 5000

// BenchmarkRebuild rebuilds the index of events from the database, as a start
// does, and says what an article of 250 words costs in time and in memory.
func BenchmarkRebuild(b *testing.B) {
	n := rebuiltArticles
	if s := os.Getenv("NEWSDESK_BENCH_ARTICLES"); s != "" {
		var err error
		if n, err = strconv.Atoi(s); err != nil {
			b.Fatal(err)
		}
	}
	db, err := store.Open(b.Context(), filepath.Join(b.TempDir(), "bench.db"), slog.New(slog.DiscardHandler))
	if err != nil {
		b.Fatal(err)
	}
	defer func() {
		if err := db.Close(); err != nil {
			b.Error(err)
		}
	}()
	start := time.Date(2031, 5, 1, 0, 0, 0, 0, time.UTC)
	if err := db.SyncFeeds(b.Context(), []news.Feed{{URL: "https://one.example/feed", Name: "One", Topic: "world"}}, start); err != nil {
		b.Fatal(err)
	}
	list, err := db.Feeds(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	rnd := rand.New(rand.NewPCG(1, 2)) // benchmarks repeat
	zipf := rand.NewZipf(rnd, 1.1, 8, 30_000)
	words := func(n int) string {
		var out strings.Builder
		for range n {
			fmt.Fprintf(&out, "w%s ", strconv.FormatUint(zipf.Uint64(), 26))
		}
		return out.String()
	}
	for from := 0; from < n; from += 1000 {
		var items []news.Item
		for i := from; i < min(n, from+1000); i++ {
			items = append(items, news.Item{GUID: strconv.Itoa(i), URL: fmt.Sprintf("https://one.example/%d", i), Title: words(10), Published: start.Add(time.Duration(i) * time.Second)})
		}
		ids, err := db.SaveFetch(b.Context(), list[0].ID, feeds.Result{FetchedAt: start.Add(time.Duration(from) * time.Second), Items: items})
		if err != nil {
			b.Fatal(err)
		}
		for _, id := range ids {
			_, _, a, err := db.Pending(b.Context(), id)
			if err != nil {
				b.Fatal(err)
			}
			a.Body = words(250)
			e := news.Event{Version: 1, Topic: a.Topic, Headline: a.Title, First: a.When(), Last: a.When(), Sources: []news.Source{{Article: id, Outlet: a.Outlet, Title: a.Title, URL: a.URL}}}
			if _, _, err := db.Apply(b.Context(), a, news.Summary{Article: id, Headline: a.Title}, events.Change{Event: e, Article: id}, events.Plan{}); err != nil {
				b.Fatal(err)
			}
		}
	}
	p := &Pipeline{db: db, now: func() time.Time { return start.Add(time.Duration(n) * time.Second) }}
	heap := func() uint64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before := heap()
	b.ReportAllocs()
	for b.Loop() {
		recent, err := p.rebuild(b.Context())
		if err != nil {
			b.Fatal(err)
		}
		if len(recent) != n {
			b.Fatalf("rebuilt from %d articles, want %d", len(recent), n)
		}
	}
	took := b.Elapsed()
	b.ReportMetric(took.Seconds()/float64(b.N)/float64(n)*1e5, "s/100,000")
	b.ReportMetric(float64(heap()-before)/float64(n), "B/article")
	runtime.KeepAlive(p)
}
