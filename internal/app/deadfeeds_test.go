package app

import (
	"strings"
	"testing"
	"time"

	"newsdesk/feeds"
	"newsdesk/feeds/feedstest"
	"newsdesk/internal/safehttp"
	"newsdesk/news"
)

// gone makes the keeper's database follow feeds of a topic whose server says
// that they are gone for good, and polls them.
func (x *kept) gone(topic string, names ...string) {
	x.t.Helper()
	srv := feedstest.New(x.t)
	client := safehttp.New(safehttp.Options{AllowPrivate: srv.Loopback()})
	x.t.Cleanup(client.CloseIdleConnections)
	poller := feeds.NewPoller(feeds.NewFetcher(client, feeds.FetchOptions{}), x.db, feeds.Options{}, func() time.Time { return x.at })
	for i, name := range names {
		f := srv.Feed("/" + topic + string(rune('a'+i)) + ".xml")
		f.SetFault(feedstest.Gone)
		address := strings.Replace(f.URL(), "http://", "http://reader:s3cret@", 1) + "?key=s3cret"
		_, err := x.db.AddFeeds(x.t.Context(), []news.Feed{{URL: address, Name: name, Topic: topic}}, x.at)
		x.must(err)
	}
	list, err := x.db.Feeds(x.t.Context())
	x.must(err)
	for _, f := range list {
		if f.Topic == topic && f.Disabled.IsZero() {
			out, err := poller.PollFeed(x.t.Context(), f)
			x.must(err)
			if !out.Disabled {
				x.t.Fatalf("%s is still polled: %v", f.Name, out.Failure)
			}
		}
	}
}

// M5: who manages a server is told once that a feed of a topic followed there
// was given up, why, and how it comes back.
func TestKeeper_TellsOfDeadFeeds(t *testing.T) {
	t.Parallel()
	x := newKept(t)
	x.gone("sport", "Nobody's Sport") // not followed
	x.must(x.tellOfFeeds(t.Context()))
	if told := x.told(); len(told) != 0 {
		t.Fatalf("told of a topic that is not followed: %s", told[0].Content)
	}
	x.gone("world", "Harbour Post", "**Free** [money](https://evil.example) @everyone")
	for range 3 {
		x.must(x.tellOfFeeds(t.Context()))
		x.at = x.at.Add(time.Hour)
	}
	told := x.told()
	if len(told) != 1 {
		t.Fatalf("the owner was told %d times, want once", len(told))
	}
	for _, want := range []string{"2 feeds", "**Harbour Post** (world)", "/worlda.xml", "taken down for good", "410", "`newsdesk feeds add`"} {
		if !strings.Contains(told[0].Content, want) {
			t.Errorf("the owner was not told %q:\n%s", want, told[0].Content)
		}
	}
	for _, not := range []string{"s3cret", "Sport", "](https://evil.example)"} {
		if strings.Contains(told[0].Content, not) {
			t.Errorf("the owner was told %q:\n%s", not, told[0].Content)
		}
	}
	if len(told[0].Notified) > 0 {
		t.Errorf("somebody was notified: %v", told[0].Notified)
	}
	x.gone("world", "Another")
	x.must(x.tellOfFeeds(t.Context()))
	if told := x.told(); len(told) != 2 || !strings.Contains(told[1].Content, "a feed of a topic") || strings.Contains(told[1].Content, "Harbour") {
		t.Errorf("told %d times; of a further one: %s", len(told), told[len(told)-1].Content)
	}
}

// M5: an owner who takes no messages is told in a channel, and one that cannot
// be told now is told later.
func TestKeeper_TellsOfDeadFeedsAllTheSame(t *testing.T) {
	t.Parallel()
	x := newKept(t)
	x.fake.CloseDMs(x.guild.OwnerID())
	x.gone("world", "Harbour Post")
	x.must(x.tellOfFeeds(t.Context()))
	x.must(x.tellOfFeeds(t.Context()))
	if m := x.ch.Messages(); len(m) != 1 || !strings.Contains(m[0].Content, "Harbour Post") {
		t.Errorf("the channel shows %d messages, want one notice", len(m))
	}
	if left, err := x.db.FeedNotices(t.Context()); err != nil || len(left) != 0 {
		t.Errorf("%d notices are left, err %v", len(left), err)
	}
}

// M5: a server that added the feed itself brings it back itself.
func TestKeeper_TellsWhoAddedADeadFeed(t *testing.T) {
	t.Parallel()
	x := newKept(t)
	srv := feedstest.New(t)
	client := safehttp.New(safehttp.Options{AllowPrivate: srv.Loopback()})
	t.Cleanup(client.CloseIdleConnections)
	poller := feeds.NewPoller(feeds.NewFetcher(client, feeds.FetchOptions{}), x.db, feeds.Options{}, func() time.Time { return x.at })
	f := srv.Feed("/club.xml")
	f.SetFault(feedstest.Gone)
	id, _, err := x.db.AddGuildFeed(t.Context(), news.GuildID(x.guild.ID), news.Feed{URL: f.URL(), Name: "Rowing Club"}, 5, x.at)
	x.must(err)
	_, err = poller.Poll(t.Context(), id)
	x.must(err)
	x.must(x.tellOfFeeds(t.Context()))
	told := x.told()
	if len(told) != 1 {
		t.Fatalf("the owner was told %d times, want once", len(told))
	}
	for _, want := range []string{"a feed that was added in your server", "**Rowing Club** (added here)", "taken down for good", "`/feed test`", "`/feed resume` brings a feed back"} {
		if !strings.Contains(told[0].Content, want) {
			t.Errorf("the owner was not told %q:\n%s", want, told[0].Content)
		}
	}
	if strings.Contains(told[0].Content, "newsdesk feeds") || strings.Contains(told[0].Content, "feed:") {
		t.Errorf("the owner was told what is not for them:\n%s", told[0].Content)
	}
}
