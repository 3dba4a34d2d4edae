package feeds_test

import (
	"strings"
	"testing"
	"time"

	"newsdesk/feeds"
	"newsdesk/feeds/feedstest"
	"newsdesk/news"
)

// M5: a redirect for good is stored once several polls over some hours have seen
// it; one for now never is, and a loop ends. In between the feed is read where it
// has moved to, without asking the old address. What the server gave to recognise
// the document by is sent all the while, so that nothing is fetched twice.
func TestPoller_FollowsAPermanentRedirectInTheEnd(t *testing.T) {
	t.Parallel()
	s, f, fetcher := sample(t)
	now := day
	m := &memory{feed: news.Feed{ID: 1, URL: f.URL()}, known: map[string]bool{}}
	p := feeds.NewPoller(fetcher, m, feeds.Options{}, func() time.Time { return now })
	old, moved := f.URL(), f.URL()+"/moved"
	for i, step := range []struct {
		after time.Duration
		fault feedstest.Fault
		asked bool   // the old address
		url   string // it is fetched at, afterwards
		left  int    // polls until it has moved; -1 where it is not about to
		fails bool
	}{
		{0, feedstest.None, true, old, -1, false},
		{time.Hour, feedstest.MovedForGood, true, old, 2, false},
		{time.Hour, feedstest.MovedForGood, false, old, 2, false}, // it has just said so
		{time.Hour, feedstest.MovedForGood, true, old, 1, false},
		{2 * time.Hour, feedstest.MovedForNow, true, old, -1, false}, // not in a row
		{time.Hour, feedstest.MovedForGood, true, old, 2, false},
		{2 * time.Hour, feedstest.Loop, true, old, -1, true},
		{time.Hour, feedstest.MovedForGood, true, old, 2, false},
		{time.Minute, feedstest.None, false, old, -1, true}, // nothing there any more
		{time.Minute, feedstest.None, true, old, -1, false},
		{time.Hour, feedstest.MovedForGood, true, old, 2, false},
		{2 * time.Hour, feedstest.MovedForGood, true, old, 1, false},
		{time.Minute, feedstest.MovedForGood, false, old, 1, false},
		{2 * time.Hour, feedstest.MovedForGood, true, moved, -1, false},
		{time.Hour, feedstest.MovedForGood, false, moved, -1, false},
	} {
		now = now.Add(step.after)
		f.SetFault(step.fault)
		before := s.Requests("/news.xml")
		out, err := p.Poll(t.Context(), 1)
		if err != nil {
			t.Fatal(err)
		}
		left := -1
		if m.feed.Moving.To != "" {
			left = m.feed.Moving.Left
		}
		if m.feed.URL != step.url || left != step.left || (out.Failure != nil) != step.fails {
			t.Errorf("step %d (%s): fetched at %s, %d polls left, failure %v; want %s and %d", i, step.fault, m.feed.URL, left, out.Failure, step.url, step.left)
		}
		if asked := s.Requests("/news.xml") > before; asked != step.asked {
			t.Errorf("step %d (%s): the old address was asked: %v", i, step.fault, asked)
		}
		if i > 0 && !step.fails && !out.NotModified {
			t.Errorf("step %d (%s): the document was sent again", i, step.fault)
		}
	}
}

// A feed whose address holds a password is never moved to one that does not.
func TestPoller_KeepsTheAddressWithAPassword(t *testing.T) {
	t.Parallel()
	_, f, fetcher := sample(t)
	now := day
	m := &memory{feed: news.Feed{ID: 1, URL: strings.Replace(f.URL(), "://", "://ann:secret@", 1)}, known: map[string]bool{}}
	p := feeds.NewPoller(fetcher, m, feeds.Options{}, func() time.Time { return now })
	f.SetFault(feedstest.MovedForGood)
	for range 6 {
		if out, err := p.Poll(t.Context(), 1); err != nil || out.Failure != nil {
			t.Fatal(err, out.Failure)
		}
		now = now.Add(2 * time.Hour)
	}
	if !strings.Contains(m.feed.URL, "secret") || m.feed.Moving != (news.Moving{}) {
		t.Errorf("fetched at %s, moving %+v", m.feed.URL, m.feed.Moving)
	}
}

// That a feed is gone from where it was about to move to says nothing of the old
// address, which is asked next.
func TestPoller_GoneWhereItWasToMoveIsNotGone(t *testing.T) {
	t.Parallel()
	s, f, fetcher := sample(t)
	there := s.Feed("/news.xml/moved")
	there.SetRSS("The Harbour Post", feedstest.Item{Title: "First", Link: "/1", GUID: "g1", Published: day})
	now := day
	m := &memory{feed: news.Feed{ID: 1, URL: f.URL()}, known: map[string]bool{}}
	p := feeds.NewPoller(fetcher, m, feeds.Options{}, func() time.Time { return now })
	poll := func() feeds.Outcome {
		t.Helper()
		now = now.Add(20 * time.Minute)
		out, err := p.Poll(t.Context(), 1)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	f.SetFault(feedstest.MovedForGood)
	if out := poll(); out.Failure != nil || m.feed.Moving.To != there.URL() {
		t.Fatalf("moving %+v, failure %v; want it about to move", m.feed.Moving, out.Failure)
	}
	f.SetFault(feedstest.None)
	there.SetFault(feedstest.Gone)
	if out := poll(); out.Failure == nil || out.Disabled {
		t.Errorf("failure %v, given up: %v; want a failure, and no end", out.Failure, out.Disabled)
	}
	if out := poll(); out.Failure != nil || m.feed.URL != f.URL() {
		t.Errorf("at the old address: failure %v", out.Failure)
	}
	f.SetFault(feedstest.Gone)
	if out := poll(); !out.Disabled {
		t.Error("a feed that is gone from its own address was not given up")
	}
}
