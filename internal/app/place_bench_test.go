package app

import (
	"bufio"
	"cmp"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"newsdesk/articles"
	"newsdesk/feeds"
	"newsdesk/internal/config"
	"newsdesk/internal/metrics"
	"newsdesk/news"
	"newsdesk/store"
)

// BenchmarkPlace condenses articles and finds their events, from their text to what
// is stored; pages are not read. The articles are those of our recordings, or of the
// file that NEWSDESK_BENCH_RECORDING names.
func BenchmarkPlace(b *testing.B) {
	rows := benchArticles(b)
	c := config.Default()
	own, err := newScale(nil)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		b.StopTimer()
		db, err := store.Open(b.Context(), filepath.Join(b.TempDir(), "bench.db"), slog.New(slog.DiscardHandler))
		if err != nil {
			b.Fatal(err)
		}
		now := rows[0].Published
		clock := func() time.Time { return now }
		p := &Pipeline{
			db: db, recurring: articles.NewRecurring(db), summarizer: newBuiltin(c), log: slog.New(slog.DiscardHandler),
			metrics: metrics.New("", nil, nil), now: clock, started: now, owns: func(news.ChannelID) bool { return true },
			circles: newCircles(), gathered: newGatherings(), stale: true, scale: &scale{db: db, owners: own.owners},
		}
		waiting := arrived(b, db, rows)
		b.StartTimer()
		for _, a := range waiting {
			now = a.Published
			if _, err := p.place(b.Context(), p.facts(b.Context(), a)); err != nil {
				b.Fatal(err)
			}
		}
		b.StopTimer()
		if err := db.Close(); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/float64(len(rows)), "µs/article")
}

type benchRow struct {
	Published          time.Time
	Source, Topic, URL string
	Title, Text, Lang  string
}

func benchArticles(b *testing.B) []benchRow {
	b.Helper()
	names := []string{os.Getenv("NEWSDESK_BENCH_RECORDING")}
	if names[0] == "" {
		names, _ = filepath.Glob("testdata/replays/*.jsonl")
	}
	var rows []benchRow
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			b.Fatal(err)
		}
		lines := bufio.NewScanner(f)
		lines.Buffer(nil, 1<<20)
		for lines.Scan() {
			var r benchRow
			if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
				b.Fatal(err)
			}
			r.URL = cmp.Or(r.URL, fmt.Sprintf("https://outlet.example/%d", len(rows)))
			rows = append(rows, r)
		}
		_ = f.Close()
	}
	return rows
}

// arrived stores the articles as a poll does, and returns them as their pages tell
// them.
func arrived(b *testing.B, db *store.DB, rows []benchRow) []news.Article {
	b.Helper()
	if err := db.SyncFeeds(b.Context(), []news.Feed{{URL: "https://one.example/feed", Name: "One", Topic: "world"}}, rows[0].Published); err != nil {
		b.Fatal(err)
	}
	list, err := db.Feeds(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	var items []news.Item
	for i, r := range rows {
		items = append(items, news.Item{GUID: strconv.Itoa(i), URL: r.URL, Title: r.Title, Published: r.Published})
	}
	ids, err := db.SaveFetch(b.Context(), list[0].ID, feeds.Result{FetchedAt: rows[0].Published, Items: items})
	if err != nil {
		b.Fatal(err)
	}
	out := make([]news.Article, len(ids))
	for i, id := range ids {
		_, a, err := db.Pending(b.Context(), id)
		if err != nil {
			b.Fatal(err)
		}
		r := rows[i]
		a.Body, a.Outlet, a.Lang, a.Published = r.Text, r.Source, r.Lang, r.Published
		a.Topic = cmp.Or(r.Topic, "world")
		out[i] = a
	}
	return out
}
