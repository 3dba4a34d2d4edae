package feeds_test

import (
	"testing"
	"time"

	"newsdesk/feeds"
	"newsdesk/feeds/feedstest"
	"newsdesk/news"
)

// M5: a redirect for good is followed for good once several polls over some hours
// have seen it; one for now never is, and a loop ends. What the server gave to
// recognise the document by is sent all the while, so that nothing is fetched
// twice.
func TestPoller_FollowsAPermanentRedirectInTheEnd(t *testing.T) {
	t.Parallel()
	_, f, fetcher := sample(t)
	now := day
	m := &memory{feed: news.Feed{ID: 1, URL: f.URL()}, known: map[string]bool{}}
	p := feeds.NewPoller(fetcher, m, feeds.Options{}, func() time.Time { return now })
	old, moved := f.URL(), f.URL()+"/moved"
	for i, step := range []struct {
		after time.Duration
		fault feedstest.Fault
		url   string // it is fetched at, afterwards
		left  int    // polls until it moves; -1 where it is not about to
		fails bool
	}{
		{0, feedstest.None, old, -1, false},
		{time.Hour, feedstest.MovedForGood, old, 2, false},
		{time.Hour, feedstest.MovedForGood, old, 1, false},
		{time.Hour, feedstest.MovedForNow, old, -1, false}, // not in a row
		{time.Hour, feedstest.MovedForGood, old, 2, false},
		{time.Hour, feedstest.Loop, old, -1, true},
		{time.Hour, feedstest.MovedForGood, old, 2, false},
		{time.Hour, feedstest.None, old, -1, false}, // taken back
		{time.Hour, feedstest.MovedForGood, old, 2, false},
		{time.Minute, feedstest.MovedForGood, old, 1, false},
		{time.Minute, feedstest.MovedForGood, old, 0, false}, // often enough, but within minutes
		{2 * time.Hour, feedstest.MovedForGood, old, 0, false},
		{time.Hour, feedstest.MovedForGood, moved, -1, false},
		{time.Hour, feedstest.MovedForGood, moved, -1, false}, // and is asked there
	} {
		now = now.Add(step.after)
		f.SetFault(step.fault)
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
		if i > 0 && !step.fails && !out.NotModified {
			t.Errorf("step %d (%s): the document was sent again", i, step.fault)
		}
	}
}
