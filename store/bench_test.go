package store_test

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
	"time"

	"newsdesk/feeds"
	"newsdesk/news"
	"newsdesk/store"
)

var benchTime = time.Date(2025, time.June, 3, 12, 0, 0, 0, time.UTC)

// prose makes texts whose words are as unevenly frequent as those of a
// language: word n turns up about 1/n as often as the first.
type prose struct {
	rng  *rand.Rand
	zipf *rand.Zipf
}

func newProse() prose {
	rng := rand.New(rand.NewPCG(1, 2)) // benchmarks repeat
	return prose{rng: rng, zipf: rand.NewZipf(rng, 1.1, 8, 30_000)}
}

func word(n uint64) string {
	const syllables = "bacedifogulamenirotusavekilomupaderisotunave"
	var b strings.Builder
	for n += 7; n > 0; n /= 22 {
		i := 2 * (n % 22)
		b.WriteString(syllables[i : i+2])
	}
	return b.String()
}

func (p prose) words(n int) string {
	out := make([]string, n)
	for i := range out {
		out[i] = word(p.zipf.Uint64())
	}
	return strings.Join(out, " ")
}

// items makes n items, the first published longest ago.
func (p prose) items(from, n int) []news.Item {
	out := make([]news.Item, n)
	for i := range out {
		out[i] = news.Item{
			GUID: fmt.Sprintf("https://one.example/%d", from+i), URL: fmt.Sprintf("https://one.example/%d", from+i),
			Title: p.words(10), Summary: p.words(40), Published: benchTime.Add(time.Duration(from+i) * time.Millisecond),
		}
	}
	return out
}

func withFeeds(b *testing.B, n int) (*store.DB, []news.Feed) {
	b.Helper()
	db := openNew(b)
	list := make([]news.Feed, n)
	for i := range list {
		list[i] = news.Feed{URL: fmt.Sprintf("https://%d.example/feed", i), Name: "One", Topic: "world"}
	}
	if err := db.SyncFeeds(b.Context(), list, benchTime); err != nil {
		b.Fatal(err)
	}
	list, err := db.Feeds(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	return db, list
}

// library returns a database of n condensed articles of 250 words.
func library(b *testing.B, n int) *store.DB {
	b.Helper()
	db, list := withFeeds(b, 1)
	p := newProse()
	for from := 0; from < n; from += 1000 {
		at := benchTime.Add(time.Duration(from) * time.Millisecond) // when the first of them is published
		ids, err := db.SaveFetch(b.Context(), list[0].ID, feeds.Result{FetchedAt: at, Items: p.items(from, 1000)})
		if err != nil {
			b.Fatal(err)
		}
		for _, id := range ids {
			condense(b, db, id, p.words(10), p.words(250))
		}
	}
	return db
}

// BenchmarkSaveFetch stores the result of one poll of 30 items.
func BenchmarkSaveFetch(b *testing.B) {
	for _, fresh := range []int{30, 3, 0} {
		b.Run(fmt.Sprintf("new=%d", fresh), func(b *testing.B) {
			db, list := withFeeds(b, 1)
			p := newProse()
			items := p.items(0, 30)
			from := 30
			save := func() {
				if _, err := db.SaveFetch(b.Context(), list[0].ID, feeds.Result{FetchedAt: benchTime, Items: items}); err != nil {
					b.Fatal(err)
				}
			}
			save()
			b.ReportAllocs()
			for b.Loop() {
				b.StopTimer()
				items = append(items[fresh:], p.items(from, fresh)...)
				from += fresh
				b.StartTimer()
				save()
			}
		})
	}
	b.Run("304", func(b *testing.B) {
		db, list := withFeeds(b, 1)
		b.ReportAllocs()
		for b.Loop() {
			r := feeds.Result{Status: 304, NotModified: true, FetchedAt: benchTime, NextPoll: benchTime}
			if _, err := db.SaveFetch(b.Context(), list[0].ID, r); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkApply condenses one article of 250 words into an event, with a post.
func BenchmarkApply(b *testing.B) {
	db, list := withFeeds(b, 1)
	p := newProse()
	var waiting []news.ArticleID
	from := 0
	b.ReportAllocs()
	for b.Loop() {
		b.StopTimer()
		if len(waiting) == 0 {
			var err error
			waiting, err = db.SaveFetch(b.Context(), list[0].ID, feeds.Result{FetchedAt: benchTime, Items: p.items(from, 1000)})
			if err != nil {
				b.Fatal(err)
			}
			from += 1000
		}
		title, body := p.words(10), p.words(250)
		b.StartTimer()
		condense(b, db, waiting[0], title, body)
		waiting = waiting[1:]
	}
}

// BenchmarkSyncFeeds is that of a start with the 5,000 feeds of the one before.
func BenchmarkSyncFeeds(b *testing.B) {
	db, stored := withFeeds(b, 5000)
	list := make([]news.Feed, len(stored))
	for i, f := range stored {
		list[i] = news.Feed{URL: f.URL, Name: f.Name, Topic: f.Topic}
	}
	b.ReportAllocs()
	for b.Loop() {
		if err := db.SyncFeeds(b.Context(), list, benchTime); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkSearch looks in 20,000 articles.
func BenchmarkSearch(b *testing.B) {
	db := library(b, 20_000)
	for name, query := range map[string]string{
		"rare":     word(9000),
		"three":    word(40) + " " + word(300) + " " + word(3000),
		"common":   word(2) + " " + word(5) + " " + word(9),
		"question": "who is the " + word(100) + " of " + word(60) + " that " + word(700) + " " + word(1500) + " in " + word(20),
	} {
		for _, since := range []time.Time{{}, benchTime.Add(19 * time.Second)} {
			suffix := "/all"
			if !since.IsZero() {
				suffix = "/newest20th"
			}
			b.Run(name+suffix, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if _, err := db.Search(b.Context(), query, since, 20); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
	b.Run("events", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, _, err := db.SearchEvents(b.Context(), word(40)+" "+word(300), "", time.Time{}, 5, 0); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("suggest", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := db.SuggestEvents(b.Context(), "zzz", 25); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("latest", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, _, err := db.Latest(b.Context(), "", benchTime.Add(-24*time.Hour), 5, 0); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("recent", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if err := db.EachRecent(b.Context(), time.Time{}, func(store.Stored) error { return nil }); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkDueFeeds looks for what is due among 10,000 feeds.
func BenchmarkDueFeeds(b *testing.B) {
	db, _ := withFeeds(b, 10_000)
	b.ReportAllocs()
	for b.Loop() {
		if ids, err := db.DueFeeds(b.Context(), benchTime, 128); err != nil || len(ids) != 128 {
			b.Fatal(len(ids), err)
		}
	}
}

// BenchmarkDueChannels looks for channels to serve among 10,000 posts that
// wait in 50 channels, as after a long outage.
func BenchmarkDueChannels(b *testing.B) {
	db := openNew(b)
	posts := make([]news.Post, 10_000)
	for i := range posts {
		posts[i] = news.Post{Channel: news.ChannelID(strconv.Itoa(i % 50)), Kind: news.PostAlert, Event: news.Event{ID: news.EventID(i)}}
	}
	if err := db.Enqueue(b.Context(), posts); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if found, err := db.DueChannels(b.Context(), benchTime); err != nil || len(found) != 50 {
			b.Fatal(len(found), err)
		}
	}
}
