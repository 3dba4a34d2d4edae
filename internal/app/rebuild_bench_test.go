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

	"newsdesk/articles"
	"newsdesk/events"
	"newsdesk/feeds"
	"newsdesk/news"
	"newsdesk/store"
)

// rebuiltArticles are those that the index of events is rebuilt from, where
// NEWSDESK_BENCH_ARTICLES does not say how many.
const rebuiltArticles = 5000

// BenchmarkRebuild rebuilds the index of events from the database, as a start
// does, and says what articles of 250 words cost in time and in memory. It keeps
// the database where NEWSDESK_BENCH_DB names a file, and takes it again.
func BenchmarkRebuild(b *testing.B) {
	n := rebuiltArticles
	if s := os.Getenv("NEWSDESK_BENCH_ARTICLES"); s != "" {
		var err error
		if n, err = strconv.Atoi(s); err != nil {
			b.Fatal(err)
		}
	}
	path := os.Getenv("NEWSDESK_BENCH_DB")
	if path == "" {
		path = filepath.Join(b.TempDir(), "bench.db")
	}
	db, err := store.Open(b.Context(), path, slog.New(slog.DiscardHandler))
	if err != nil {
		b.Fatal(err)
	}
	defer func() {
		if err := db.Close(); err != nil {
			b.Error(err)
		}
	}()
	start := time.Date(2031, 5, 1, 0, 0, 0, 0, time.UTC)
	if have, _, err := db.CountArticles(b.Context(), start); err != nil {
		b.Fatal(err)
	} else if have == 0 {
		fillForRebuild(b, db, start, n)
	}
	heap := func() uint64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before := heap()
	now := start.Add(time.Duration(n) * 5 * time.Second)
	var p *Pipeline
	b.ReportAllocs()
	for b.Loop() {
		p = &Pipeline{db: db, recurring: articles.NewRecurring(db), stale: true, log: slog.New(slog.DiscardHandler), now: func() time.Time { return now }}
		if err := p.Rebuild(b.Context()); err != nil {
			b.Fatal(err)
		}
		if got := p.circles.all.Len(); got != n {
			b.Fatalf("rebuilt from %d articles, want %d", got, n)
		}
	}
	took := b.Elapsed()
	b.ReportMetric(took.Seconds()/float64(b.N)/float64(n)*1e5, "s/100,000")
	b.ReportMetric(float64(heap()-before)/float64(n), "B/article")
	runtime.KeepAlive(p)
}

// fillForRebuild stores n articles of 200 outlets, five seconds apart, each an
// event of its own.
func fillForRebuild(b *testing.B, db *store.DB, start time.Time, n int) {
	b.Helper()
	if err := db.SyncFeeds(b.Context(), []news.Feed{{URL: "https://one.example/feed", Name: "One", Topic: "world"}}, start); err != nil {
		b.Fatal(err)
	}
	list, err := db.Feeds(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	rnd := rand.New(rand.NewPCG(1, 2)) // benchmarks repeat
	zipf := rand.NewZipf(rnd, 1.1, 8, 60_000)
	words := func(n int) string {
		var out strings.Builder
		for i := range n {
			const c, v = "bdfgklmnprstvz", "aeiou"
			rank := int(zipf.Uint64())
			for at := range 3 {
				first := c[rank%len(c)]
				if i%18 == 0 && at == 0 {
					first -= 'a' - 'A'
				}
				out.Write([]byte{first, v[rank/len(c)%len(v)]})
				rank /= len(c) * len(v)
			}
			switch {
			case i%90 == 89:
				out.WriteString(".\n\n")
			case i%18 == 17:
				out.WriteString(". ")
			default:
				out.WriteString(" ")
			}
		}
		return strings.TrimSpace(out.String())
	}
	for from := 0; from < n; from += 1000 {
		var items []news.Item
		for i := from; i < min(n, from+1000); i++ {
			items = append(items, news.Item{GUID: strconv.Itoa(i), URL: fmt.Sprintf("https://outlet%d.example/%d", i%200, i), Title: words(10), Published: start.Add(time.Duration(i) * 5 * time.Second)})
		}
		ids, err := db.SaveFetch(b.Context(), list[0].ID, feeds.Result{FetchedAt: start.Add(time.Duration(from) * 5 * time.Second), Items: items})
		if err != nil {
			b.Fatal(err)
		}
		for i, id := range ids {
			_, a, err := db.Pending(b.Context(), id)
			if err != nil {
				b.Fatal(err)
			}
			a.Body, a.Outlet = words(250), fmt.Sprintf("Outlet %d", i%200)
			e := news.Event{Version: 1, Topic: a.Topic, Headline: a.Title, First: a.When(), Last: a.When(), Sources: []news.Source{{Article: id, Outlet: a.Outlet, Title: a.Title, URL: a.URL}}}
			if _, _, err := db.Apply(b.Context(), a, news.Summary{Article: id, Headline: a.Title}, events.Change{Event: e, Article: id}, events.Plan{}); err != nil {
				b.Fatal(err)
			}
		}
	}
}
