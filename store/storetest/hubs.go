package storetest

import (
	"errors"
	"testing"
	"time"

	"newsdesk/feeds"
	"newsdesk/news"
	"newsdesk/websub"
)

const (
	hubURL   = "https://hub.example/"
	callback = "https://news.example.org/websub"
)

// announce stores a poll whose document names a hub.
func (d *desk) announce(feed news.FeedID, hub news.Hub) {
	d.t.Helper()
	r := result()
	r.Hub = hub
	_, err := d.SaveFetch(d.t.Context(), feed, r)
	d.must(err)
}

// dueLeases returns what is due at a time.
func (d *desk) dueLeases(at time.Time) []websub.Lease {
	d.t.Helper()
	due, err := d.DueLeases(d.t.Context(), callback, at, 10)
	d.must(err)
	return due
}

// lease has the hub of a feed push for a day.
func (d *desk) lease(l websub.Lease) websub.Lease {
	d.t.Helper()
	l.Token, l.Secret, l.Callback, l.State = "token-of-"+l.Topic, "secret", callback, websub.StateActive
	l.Until, l.Next = noon.Add(24*time.Hour), noon.Add(20*time.Hour)
	d.must(d.SaveLease(d.t.Context(), l))
	return l
}

var hubTests = map[string]func(*testing.T, *desk){
	"AHubIsAskedOnceAndAgainWhenItsLeaseEnds": func(t *testing.T, d *desk) {
		ctx := t.Context()
		id := d.feed("https://one.example/feed", "world")
		d.feed("https://two.example/feed", "world") // names none
		d.announce(id, news.Hub{URL: hubURL, Topic: "https://one.example/self"})
		due := d.dueLeases(noon)
		if len(due) != 1 || due[0].Feed != id || due[0].Hub != hubURL || due[0].Topic != "https://one.example/self" || due[0].Token != "" {
			t.Fatalf("due: %+v", due)
		}
		l := d.lease(due[0])
		if got := d.dueLeases(noon.Add(19 * time.Hour)); len(got) != 0 {
			t.Errorf("due while it lasts: %+v", got)
		}
		if got := d.dueLeases(noon.Add(20 * time.Hour)); len(got) != 1 || got[0] != l {
			t.Errorf("due before it ends: %+v, want %+v", got, l)
		}
		if other, err := d.DueLeases(ctx, "https://elsewhere.example", noon, 10); err != nil || len(other) != 1 || other[0].Token != l.Token {
			t.Errorf("due at another address of ours: %+v, %v", other, err)
		}
		if got, err := d.Lease(ctx, l.Token); err != nil || got != l {
			t.Errorf("by its token: %+v, %v", got, err)
		}
		if _, err := d.Lease(ctx, "nobody's"); !errors.Is(err, news.ErrNotFound) {
			t.Errorf("an unknown token: %v", err)
		}
		f, err := d.Feed(ctx, id)
		d.must(err)
		if f.Hub != (news.Hub{URL: hubURL, Topic: "https://one.example/self", Until: l.Until}) {
			t.Errorf("the feed's hub: %+v", f.Hub)
		}
		d.must(d.StopPushes(ctx))
		if f, err = d.Feed(ctx, id); err != nil || !f.Hub.Until.IsZero() {
			t.Errorf("after nobody listens any more: %+v, %v", f.Hub, err)
		}
	},
	"AnUnchangedFeedKeepsItsHubAndAChangedOneMayLoseIt": func(t *testing.T, d *desk) {
		ctx := t.Context()
		id := d.feed("https://one.example/feed", "world")
		d.announce(id, news.Hub{URL: hubURL})
		l := d.lease(d.dueLeases(noon)[0])
		if l.Topic != "https://one.example/feed" {
			t.Errorf("a feed without an address of its own is known as %q", l.Topic)
		}
		same := result()
		same.NotModified = true
		_, err := d.SaveFetch(ctx, id, same)
		d.must(err)
		if left, err := d.LeftLeases(ctx, 10); err != nil || len(left) != 0 {
			t.Errorf("left after a 304: %+v, %v", left, err)
		}
		d.announce(id, news.Hub{URL: "https://other.example/"})
		if due := d.dueLeases(noon); len(due) != 1 || due[0].Token != "" || !due[0].Until.IsZero() || due[0].Hub != "https://other.example/" {
			t.Errorf("due at the new hub: %+v", due)
		}
		d.announce(id, news.Hub{})
		if left, err := d.LeftLeases(ctx, 10); err != nil || len(left) != 1 || left[0].Token != l.Token {
			t.Errorf("left without a hub: %+v, %v", left, err)
		}
		d.must(d.DropLease(ctx, id))
		if left, err := d.LeftLeases(ctx, 10); err != nil || len(left) != 0 {
			t.Errorf("left after it was dropped: %+v, %v", left, err)
		}
	},
	"ARetiredFeedLeavesItsHub": func(t *testing.T, d *desk) {
		ctx := t.Context()
		id := d.feed("https://one.example/feed", "world")
		d.announce(id, news.Hub{URL: hubURL})
		d.lease(d.dueLeases(noon)[0])
		d.must(d.SyncFeeds(ctx, nil, noon))
		if left, err := d.LeftLeases(ctx, 10); err != nil || len(left) != 1 || left[0].Feed != id {
			t.Errorf("left: %+v, %v", left, err)
		}
	},
	"APushStoresItemsAndLeavesTheFeedAsItIs": func(t *testing.T, d *desk) { // M7
		ctx := t.Context()
		id := d.feed("https://one.example/feed", "world")
		d.fetch(id, item("a"))
		before, err := d.Feed(ctx, id)
		d.must(err)
		push := func() int {
			r := feeds.Result{Items: []news.Item{item("a"), item("b")}, FetchedAt: noon.Add(time.Minute)}
			s := d.SavePolls(ctx, []feeds.Polled{{Feed: id, Result: r, Pushed: true}})[0]
			d.must(s.Err)
			return len(s.Articles)
		}
		if n := push(); n != 1 {
			t.Errorf("the push made %d rows, want 1", n)
		}
		if n := push(); n != 0 {
			t.Errorf("the same again made %d rows", n)
		}
		if got := d.fetch(id, item("a"), item("b")); len(got) != 0 {
			t.Errorf("the poll after it made rows %v", got)
		}
		d.must(d.PollSoon(ctx, id, noon.Add(-time.Hour)))
		after, err := d.Feed(ctx, id)
		d.must(err)
		if !after.NextPoll.Equal(noon.Add(-time.Hour)) {
			t.Errorf("due at %s", after.NextPoll)
		}
		after.NextPoll = before.NextPoll
		if after != before {
			t.Errorf("the feed is %+v, want %+v", after, before)
		}
	},
}
