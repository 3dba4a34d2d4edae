package feeds_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsdesk/feeds"
	"newsdesk/feeds/feedstest"
	"newsdesk/internal/safehttp"
	"newsdesk/news"
)

// memory is a Store that keeps its promises: it saves an item once.
type memory struct {
	mu      sync.Mutex
	feed    news.Feed
	known   map[string]bool
	results []feeds.Result
	next    time.Time
	why     string
	batches []int // sizes
	broken  error
}

func (m *memory) Feed(_ context.Context, id news.FeedID) (news.Feed, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if id != m.feed.ID {
		return news.Feed{}, news.ErrNotFound
	}
	return m.feed, nil
}

func (m *memory) SavePolls(_ context.Context, polls []feeds.Polled) []feeds.Saved {
	m.mu.Lock()
	defer m.mu.Unlock()
	out := make([]feeds.Saved, len(polls))
	m.batches = append(m.batches, len(polls))
	for i, poll := range polls {
		if out[i].Err = m.broken; m.broken != nil {
			continue
		}
		if f := poll.Failure; f != nil {
			m.next, m.why = f.Next, f.Why
			m.feed.Failures++
			m.feed.NextPoll = f.Next
			m.feed.Moving = news.Moving{}
			m.feed.LastError, m.feed.HoldUntil, m.feed.Disabled = f.Reason, f.Hold, f.Disable
			continue
		}
		r := poll.Result
		m.results = append(m.results, r)
		m.next, m.why = r.NextPoll, r.NextReason
		m.feed.NextPoll = r.NextPoll
		if m.feed.Moving = r.Moving; r.MovedTo != "" {
			m.feed.URL = r.MovedTo
		}
		m.feed.Polled, m.feed.Failures, m.feed.LastError, m.feed.Pace = true, 0, "", r.Pace
		m.feed.ETag, m.feed.LastModified, m.feed.BodyHash = r.Validators.ETag, r.Validators.LastModified, r.BodyHash
		for _, it := range r.Items {
			if !m.known[it.GUID] {
				m.known[it.GUID] = true
				out[i].Articles = append(out[i].Articles, news.ArticleID(len(m.known)))
			}
		}
	}
	return out
}

func (m *memory) last() feeds.Result { return m.results[len(m.results)-1] }

func polled(tb testing.TB, o feeds.Options) (*feedstest.Feed, *memory, *feeds.Poller) {
	tb.Helper()
	_, f, fetcher := sample(tb)
	m := &memory{feed: news.Feed{ID: 1, URL: f.URL()}, known: map[string]bool{}}
	return f, m, feeds.NewPoller(fetcher, m, o, func() time.Time { return day })
}

func TestPoller_FirstPollIsQuietButForTheNewest(t *testing.T) {
	t.Parallel()
	f, m, p := polled(t, feeds.Options{Interval: time.Hour, InitialPosts: 1})
	out, err := p.Poll(t.Context(), 1)
	if err != nil || out.New != 3 || out.NotModified || out.Bytes == 0 {
		t.Fatalf("outcome %+v, %v", out, err)
	}
	if diff := cmp.Diff([]bool{false, true, true}, m.last().Quiet); diff != "" {
		t.Error(diff)
	}
	if m.last().FetchedAt != day || m.next != day.Add(time.Hour) {
		t.Errorf("fetched at %s, next poll %s", m.last().FetchedAt, m.next)
	}

	out, err = p.Poll(t.Context(), 1) // again: nothing happens
	if err != nil || out.New != 0 || !out.NotModified {
		t.Errorf("second poll: %+v, %v", out, err)
	}

	f.SetRSS("The Harbour Post", feedstest.Item{Title: "Fourth", GUID: "g4"}, feedstest.Item{Title: "Third", GUID: "g3"})
	out, err = p.Poll(t.Context(), 1)
	if err != nil || out.New != 1 || slices.Contains(m.last().Quiet, true) {
		t.Errorf("third poll: %+v, quiet %v, %v", out, m.last().Quiet, err)
	}
}

func TestPoller_NewestByDateNotByPlace(t *testing.T) {
	t.Parallel()
	f, m, p := polled(t, feeds.Options{InitialPosts: 2})
	f.SetRSS("Oldest first",
		feedstest.Item{Title: "1", GUID: "1", Published: day.Add(-3 * time.Hour)},
		feedstest.Item{Title: "2", GUID: "2", Published: day.Add(-2 * time.Hour)},
		feedstest.Item{Title: "3", GUID: "3", Published: day.Add(-time.Hour)})
	if _, err := p.Poll(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]bool{true, false, false}, m.last().Quiet); diff != "" {
		t.Error(diff)
	}
}

func TestPoller_BelievesNoAbsurdDate(t *testing.T) {
	t.Parallel()
	f, m, p := polled(t, feeds.Options{})
	f.SetRSS("Clocks",
		feedstest.Item{Title: "next year", GUID: "a", Published: day.AddDate(1, 0, 0)},
		feedstest.Item{Title: "this evening", GUID: "b", Published: day.Add(10 * time.Hour)},
		feedstest.Item{Title: "the clock's zero", GUID: "c", Published: time.Unix(0, 0)},
		feedstest.Item{Title: "an old one", GUID: "d", Published: day.AddDate(-20, 0, 0)})
	if _, err := p.Poll(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	items := m.last().Items
	var got []time.Time
	for _, it := range items {
		got = append(got, it.Published)
	}
	if diff := cmp.Diff([]time.Time{{}, day.Add(10 * time.Hour), {}, day.AddDate(-20, 0, 0)}, got); diff != "" {
		t.Errorf("dates (-want +got):\n%s", diff)
	}
}

func TestPoller_TellsApartWhatSharesAGUID(t *testing.T) {
	t.Parallel()
	f, m, p := polled(t, feeds.Options{})
	f.SetRSS("One GUID", feedstest.Item{Title: "A", Link: "/a", GUID: "g"}, feedstest.Item{Title: "B", Link: "/b", GUID: "g"})
	out, err := p.Poll(t.Context(), 1)
	if err != nil || out.New != 2 || len(m.last().Quiet) != 2 {
		t.Errorf("%+v, %v", out, err)
	}
}

func TestPoller_BacksOff(t *testing.T) {
	t.Parallel()
	f, m, p := polled(t, feeds.Options{Interval: 15 * time.Minute})
	f.SetFault(feedstest.ServerError)
	var waits, reasons []string
	for range 7 {
		if out, err := p.Poll(t.Context(), 1); err != nil || out.Failure == nil {
			t.Fatalf("a 500 is no failure: %v, %v", out.Failure, err)
		}
		waits, reasons = append(waits, m.next.Sub(day).String()), append(reasons, m.why)
	}
	if reasons[0] != "failed once" || reasons[1] != "failed 2 times in a row" {
		t.Errorf("reasons of the next polls: %q", reasons[:2])
	}
	want := []string{"15m0s", "30m0s", "1h0m0s", "2h0m0s", "4h0m0s", "6h0m0s", "6h0m0s"}
	if diff := cmp.Diff(want, waits); diff != "" {
		t.Error(diff)
	}
	if want := "The server answered 500: Internal Server Error"; m.feed.LastError != want {
		t.Errorf("reason = %q, want %q", m.feed.LastError, want)
	}
	f.SetFault(feedstest.None)
	if _, err := p.Poll(t.Context(), 1); err != nil || m.next != day.Add(15*time.Minute) {
		t.Errorf("after it came back: next poll %s, %v", m.next, err)
	}
}

func TestPoller_ObeysRetryAfter(t *testing.T) {
	t.Parallel()
	f, m, p := polled(t, feeds.Options{Interval: 15 * time.Minute})
	for _, fault := range []feedstest.Fault{feedstest.TooManyRequests, feedstest.Unavailable} {
		f.SetFault(fault)
		for asked, want := range map[time.Duration]time.Duration{3 * time.Hour: 3 * time.Hour, 10 * 24 * time.Hour: 24 * time.Hour} {
			f.SetRetryAfter(asked)
			out, err := p.Poll(t.Context(), 1)
			if h, ok := errors.AsType[*feeds.HTTPError](out.Failure); err != nil || !ok || h.RetryAfter != want {
				t.Errorf("%s: %v, %v", fault, out.Failure, err)
			}
			if got := m.next.Sub(day); got < want || got > max(want, 6*time.Hour) {
				t.Errorf("%s after %s: next poll in %s", fault, asked, got)
			}
		}
	}
}

// M5: what was polled together is not polled together for ever. What is late because
// there is much to do is not polled the more often for it.
func TestPoller_SpreadsButNeverLengthens(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		known bool
		due   time.Duration // before the poll, which is an hour after the program began
		least time.Duration // of the wait after it
	}{
		"the first poll":        {false, 0, 6 * time.Minute},
		"on time":               {true, 0, 54 * time.Minute},
		"late":                  {true, 59 * time.Minute, 54 * time.Minute},
		"due while it was down": {true, 61 * time.Minute, 6 * time.Minute},
		"ahead of its time":     {true, -time.Minute, 6 * time.Minute},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, f, fetcher := sample(t)
			now := day
			m := &memory{known: map[string]bool{}}
			p := feeds.NewPoller(fetcher, m, feeds.Options{Interval: time.Hour, Rand: rand.New(rand.NewPCG(1, 2))}, func() time.Time { return now })
			now = now.Add(time.Hour)
			shortest, longest := time.Hour, time.Duration(0)
			for range 40 {
				m.feed = news.Feed{ID: 1, URL: f.URL(), Polled: tc.known, NextPoll: now.Add(-tc.due)}
				if _, err := p.Poll(t.Context(), 1); err != nil {
					t.Fatal(err)
				}
				wait := m.next.Sub(now)
				shortest, longest = min(shortest, wait), max(longest, wait)
			}
			if half := tc.least + (time.Hour-tc.least)/2; shortest < tc.least || shortest > half || longest < half || longest > time.Hour {
				t.Errorf("the next in %s to %s, want from %s to an hour", shortest, longest, tc.least)
			}
		})
	}
}

func TestPoller_EndsWithItsContext(t *testing.T) {
	t.Parallel()
	f, m, p := polled(t, feeds.Options{})
	f.SetFault(feedstest.Slow)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	go func() {
		_, err := p.Poll(ctx, 1)
		done <- err
	}()
	for f.Requests() == 0 { // wait until the server has the request
		select {
		case err := <-done:
			t.Fatalf("ended early: %v", err)
		default:
		}
	}
	cancel()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Errorf("err = %v", err)
	}
	if m.feed.Failures != 0 || !m.next.IsZero() {
		t.Errorf("a poll that was called off counts as a failure: %+v", m.feed)
	}
}

func TestPoller_SaysWhatTheStoreSays(t *testing.T) {
	t.Parallel()
	f, m, p := polled(t, feeds.Options{})
	if _, err := p.Poll(t.Context(), 99); !errors.Is(err, news.ErrNotFound) {
		t.Errorf("an unknown feed: %v", err)
	}
	m.broken = errors.New("the disk is full")
	if _, err := p.Poll(t.Context(), 1); !errors.Is(err, m.broken) {
		t.Errorf("a result that is not saved: %v", err)
	}
	f.SetFault(feedstest.Gone)
	_, err := p.Poll(t.Context(), 1)
	if _, ok := errors.AsType[*feeds.HTTPError](err); !ok || !errors.Is(err, m.broken) {
		t.Errorf("a failure that is not saved: %v", err)
	}
}

func TestPoller_ManyAtOnce(t *testing.T) {
	t.Parallel()
	_, f, _ := sample(t)
	s := feedstest.New(t)
	fetcher := feeds.NewFetcher(client(t, s, safehttp.Options{}), feeds.FetchOptions{})
	var wg sync.WaitGroup
	for range 16 {
		wg.Go(func() {
			m := &memory{feed: news.Feed{ID: 1, URL: f.URL()}, known: map[string]bool{}}
			p := feeds.NewPoller(fetcher, m, feeds.Options{}, func() time.Time { return day })
			if out, err := p.Poll(t.Context(), 1); err != nil || out.New != 3 {
				t.Errorf("%+v, %v", out, err)
			}
		})
	}
	wg.Wait()
}

// M16: of a feed that a server added nothing old is posted, whatever is
// configured for the others.
func TestPoller_FirstPollOfAServersFeedIsQuiet(t *testing.T) {
	t.Parallel()
	_, m, p := polled(t, feeds.Options{InitialPosts: 5})
	m.feed.Own = true
	if _, err := p.Poll(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]bool{true, true, true}, m.last().Quiet); diff != "" {
		t.Error(diff)
	}
}
