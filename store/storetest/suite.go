// Package storetest holds the promises of package store as tests: whatever
// database lies beneath, it must pass them.
//
//	func TestSuite(t *testing.T) {
//		storetest.Run(t, func(t *testing.T) *store.DB { ... })
//	}
//
// Each test gets a database of its own and talks to it through exported methods
// only. What is particular to one database (its file, its errors, its speed)
// is tested beside it.
package storetest

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsdesk/events"
	"newsdesk/feeds"
	"newsdesk/news"
	"newsdesk/store"
)

// Run runs the suite. open returns an empty database that is closed when the
// test ends.
func Run(t *testing.T, open func(t *testing.T) *store.DB) {
	t.Helper()
	groups := map[string]map[string]func(*testing.T, *desk){
		"Feeds":         feedTests,
		"Fetch":         fetchTests,
		"Articles":      articleTests,
		"Recurring":     recurringTests,
		"Revisits":      revisitTests,
		"Apply":         applyTests,
		"Events":        eventTests,
		"Merge":         mergeTests,
		"Part":          partTests,
		"Outbox":        outboxTests,
		"Order":         orderTests,
		"Pauses":        pauseTests,
		"Subscriptions": subscriptionTests,
		"Channels":      channelTests,
		"Publications":  publicationTests,
		"Digests":       digestTests,
		"Search":        searchTests,
		"Concurrent":    concurrentTests,
		"Model":         modelTests,
		"Waits":         waitTests,
		"Trail":         trailTests,
		"Timeline":      timelineTests,
		"Notices":       noticeTests,
		"Hubs":          hubTests,
		"Guilds":        guildTests,
		"GuildFeeds":    guildFeedTests,
	}
	for group, tests := range groups {
		t.Run(group, func(t *testing.T) {
			t.Parallel()
			for name, test := range tests {
				t.Run(name, func(t *testing.T) {
					t.Parallel()
					test(t, &desk{t: t, DB: open(t)})
				})
			}
		})
	}
}

// noon is when the tests take place.
var noon = time.Date(2025, time.June, 3, 12, 0, 0, 0, time.UTC)

// desk is a database with short ways to fill it. They fail the test on an
// error.
type desk struct {
	*store.DB
	t     *testing.T
	items int
}

// feed adds a feed and returns its id.
func (d *desk) feed(url, topic string) news.FeedID {
	d.t.Helper()
	all, err := d.Feeds(d.t.Context())
	d.must(err)
	all = append(all, news.Feed{URL: url, Name: "Harbour Post", Topic: topic})
	// Feeds gives back the shown name and place; the tests here configure both.
	d.must(d.SyncFeeds(d.t.Context(), all, noon))
	all, err = d.Feeds(d.t.Context())
	d.must(err)
	return all[len(all)-1].ID
}

// fetch stores items as the result of one poll at noon.
func (d *desk) fetch(feed news.FeedID, items ...news.Item) []news.ArticleID {
	d.t.Helper()
	ids, err := d.SaveFetch(d.t.Context(), feed, result(items...))
	d.must(err)
	return ids
}

// waiting adds one article that waits to be condensed.
func (d *desk) waiting(feed news.FeedID) news.ArticleID {
	d.t.Helper()
	d.items++
	return d.fetch(feed, item(fmt.Sprintf("item-%d", d.items)))[0]
}

// event condenses a fresh article into a new event and returns both.
func (d *desk) event(feed news.FeedID, title, body string, at time.Time) (news.EventID, news.ArticleID) {
	d.t.Helper()
	a := d.condensed(d.waiting(feed), title, body, at)
	id, _, err := d.Apply(d.t.Context(), a, summary(a), begin(a), events.Plan{})
	d.must(err)
	return id, a.ID
}

// condensed is a waiting article as it looks when its page was read.
func (d *desk) condensed(id news.ArticleID, title, body string, at time.Time) news.Article {
	d.t.Helper()
	_, a, err := d.Pending(d.t.Context(), id)
	d.must(err)
	a.Title, a.Body, a.Published, a.Lang, a.Method, a.Kind = title, body, at, "en", news.MethodPage, news.KindLive
	a.Updated = at.Add(time.Hour)
	return a
}

func (d *desk) must(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

// recent returns the condensed articles since a time.
func (d *desk) recent(since time.Time) []store.Stored {
	d.t.Helper()
	var out []store.Stored
	d.must(d.EachRecent(d.t.Context(), since, func(s store.Stored) error { out = append(out, s); return nil }))
	return out
}

// sameText compares texts as databases keep them: of bytes that it cannot
// store, PostgreSQL gives back blanks.
var sameText = cmp.Comparer(func(a, b string) bool {
	return strings.ReplaceAll(a, "\x00", " ") == strings.ReplaceAll(b, "\x00", " ")
})

func item(guid string) news.Item {
	return news.Item{GUID: guid, URL: "https://harbour.example/" + guid, Title: "Item " + guid, Published: noon.Add(-time.Hour)}
}

func result(items ...news.Item) feeds.Result {
	return feeds.Result{Status: 200, Items: items, FetchedAt: noon, NextPoll: noon.Add(15 * time.Minute)}
}

func summary(a news.Article) news.Summary {
	return news.Summary{
		Article: a.ID, Headline: a.Title, Method: "lead/1", Who: []string{"Port authority"}, Where: []string{"Harbour"}, When: noon,
		Facts: []news.Fact{{Text: a.Title, Article: a.ID, Span: news.Span{End: len(a.Body)}, Score: 0.5, New: true}},
	}
}

// begin is the change by which an article starts an event.
func begin(a news.Article) events.Change {
	return events.Change{
		Article: a.ID, Reason: events.ReasonNew, Visible: true,
		Event: news.Event{
			Version: 1, Revision: 1, Topic: a.Topic, Headline: a.Title, First: a.When(), Last: a.When(),
			Sources: []news.Source{{
				Article: a.ID, Outlet: a.Outlet, Title: a.Title, URL: a.URL, Published: a.Published, Updated: a.Updated,
				Publisher: news.Publisher{Owner: "Harbour Press", Country: "GB", Kind: "newspaper"},
			}},
			Facts: summary(a).Facts, Who: []string{"Port authority"}, Where: []string{"Harbour"}, When: noon, Image: a.Image, Checked: 5, Dropped: 1,
			Class: news.ClassMajor, Weight: 0.31, Terms: []news.Term{{Name: "independent owners", Value: 2, Gives: 0.13}},
		},
	}
}

// grow is the change by which an article joins an event.
func grow(base news.Event, a news.Article) events.Change {
	ev := base
	ev.Version++
	ev.Revision++
	ev.Last = a.When()
	ev.Class, ev.Weight = news.ClassBreaking, 0.52
	ev.Sources = append(append([]news.Source(nil), base.Sources...),
		news.Source{Article: a.ID, Outlet: a.Outlet, Title: a.Title, URL: a.URL, Published: a.Published})
	return events.Change{Base: base, Event: ev, Article: a.ID, Reason: events.ReasonNewFacts, Visible: true}
}

// post is something to be done in a channel for an event.
func post(ch news.ChannelID, kind news.PostKind, event news.EventID, revision int) news.Post {
	return news.Post{
		Key: fmt.Sprintf("%s:%d:%d:%s", ch, event, revision, kind), Channel: ch, Kind: kind,
		Event: news.Event{ID: event, Version: revision, Revision: revision, Headline: "Ferry runs again", First: noon, Last: noon},
	}
}

// fail records a poll that failed.
func (d *desk) fail(feed news.FeedID, next time.Time, reason string) error {
	return d.SavePolls(d.t.Context(), []feeds.Polled{{Feed: feed, Failure: &feeds.Failure{Reason: reason, Next: next}}})[0].Err
}
