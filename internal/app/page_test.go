package app

import (
	"log/slog"
	"slices"
	"testing"
	"time"

	"newsdesk/internal/config"
)

// The preview page has one channel a topic, which follows it once, however many feeds
// have the topic and however often the program starts.
func TestNewPage_HasAChannelForEachTopic(t *testing.T) {
	t.Parallel()
	c := config.Default()
	c.Database.Path = blank.New(t)
	for _, f := range [][2]string{{"one", "world"}, {"two", "europe"}, {"three", "world"}, {"four", "europe"}} {
		c.Feeds = append(c.Feeds, config.Feed{URL: "https://" + f[0] + ".example/feed", Topic: f[1]})
	}
	for range 2 {
		a, err := Open(t.Context(), Options{Config: c, Version: "test", Preview: true, AnyPort: true, Log: slog.New(slog.DiscardHandler), Now: time.Now})
		if err != nil {
			t.Fatal(err)
		}
		page := a.surface.(*pageSurface)
		var names, followed []string
		channels, _ := page.Channels()
		for _, ch := range channels {
			names = append(names, ch.Name)
		}
		subs, err := a.db.Subscriptions(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range subs {
			followed = append(followed, s.Topic)
		}
		slices.Sort(followed)
		if want := []string{"world", "europe"}; !slices.Equal(names, want) {
			t.Errorf("the page has channels %v, want %v", names, want)
		}
		if want := []string{"europe", "world"}; !slices.Equal(followed, want) {
			t.Errorf("the page follows %v, want %v", followed, want)
		}
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	}
}
