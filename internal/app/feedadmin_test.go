package app

import (
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"newsdesk/feeds"
	"newsdesk/feeds/feedstest"
	"newsdesk/internal/config"
	"newsdesk/news"
	"newsdesk/store"
)

// M4: a probe tells the dead, the moved and the stale, and of what has moved how
// it is there.
func TestFeedAdmin_Check(t *testing.T) {
	t.Parallel()
	s := feedstest.New(t)
	now := time.Date(2026, 3, 14, 12, 0, 0, 0, time.UTC)
	var list []news.Feed
	for path, age := range map[string]time.Duration{"/live.xml": time.Hour, "/stale.xml": 60 * 24 * time.Hour, "/moved.xml": time.Hour, "/left.xml": 60 * 24 * time.Hour} {
		s.Feed(path).SetRSS("Harbour Post", feedstest.Item{Title: "Ferry runs again", Link: s.URL("/a"), GUID: "a", Published: now.Add(-age)})
	}
	s.Feed("/moved.xml").SetFault(feedstest.MovedForGood)
	s.Feed("/left.xml").SetFault(feedstest.MovedForGood)
	want := map[string]string{
		"/live.xml": "ok 1 item", "/stale.xml": "stale its newest item is of 2026-01-13", "/none.xml": "dead The server answered 404: there is nothing at this address",
		"/moved.xml": "moved moved for good to " + s.URL("/moved.xml/moved") + "; 1 item",
		"/left.xml":  "moved moved for good to " + s.URL("/left.xml/moved") + "; its newest item is of 2026-01-13",
	}
	for path := range want {
		list = append(list, news.Feed{URL: s.URL(path)})
	}
	c := config.Default()
	c.Database.Path = filepath.Join(t.TempDir(), "news.db")
	c.HTTP.AllowPrivate = nil
	for _, p := range s.Loopback() {
		c.HTTP.AllowPrivate = append(c.HTTP.AllowPrivate, config.Prefix{Prefix: p})
	}
	a, err := OpenFeeds(t.Context(), Options{Config: c, Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = a.Close() }()
	told := 0
	probes, err := a.Check(t.Context(), list, func(done, of int) { told = max(told, done*100/of) })
	if err != nil || told != 100 {
		t.Fatalf("progress to %d %%, %v", told, err)
	}
	for i, p := range probes {
		path := strings.TrimPrefix(list[i].URL, s.URL(""))
		if got := string(p.Health) + " " + p.Text; got != want[path] {
			t.Errorf("%s: %q, want %q", path, got, want[path])
		}
	}
}

// Why a feed cannot be removed names what is to be done, also where nobody chose
// it.
func TestFeedAdmin_RemoveSaysWhereAFeedComesFrom(t *testing.T) {
	t.Parallel()
	world, err := feeds.Catalogue("world")
	if err != nil {
		t.Fatal(err)
	}
	for want, change := range map[string]func(*config.Config){
		"while the configuration names neither": func(*config.Config) {},
		"take it out there":                     func(c *config.Config) { c.Catalogue.Topics = []string{"world"} },
	} {
		c := config.Default()
		c.Database.Path = filepath.Join(t.TempDir(), "news.db")
		change(&c)
		a, err := OpenFeeds(t.Context(), Options{Config: c, Log: slog.New(slog.DiscardHandler), Now: time.Now})
		if err != nil {
			t.Fatal(err)
		}
		if err := a.Remove(t.Context(), world[0].URL); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestFeedAdmin_AddTakesAddressesOfOneFeedForOne(t *testing.T) {
	t.Parallel()
	c := config.Default()
	c.Database.Path = filepath.Join(t.TempDir(), "news.db")
	a, err := OpenFeeds(t.Context(), Options{Config: c, Log: slog.New(slog.DiscardHandler), Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = a.Close() }()
	for _, step := range []struct {
		add  []string
		want []store.Added
	}{
		{[]string{"http://a.example/feed", "https://www.a.example/feed/", "http://ann:pw@a.example/feed"}, []store.Added{store.AddedNew, store.AddedAlready, store.AddedNew}},
		{[]string{"https://a.example/feed?utm_source=x", "https://b.example/feed"}, []store.Added{store.AddedAlready, store.AddedNew}},
	} {
		var list []news.Feed
		for _, url := range step.add {
			list = append(list, news.Feed{URL: url, Topic: "news"})
		}
		if got, err := a.Add(t.Context(), list); err != nil || !slices.Equal(got, step.want) {
			t.Errorf("adding %v: %v, %v; want %v", step.add, got, err, step.want)
		}
	}
}
