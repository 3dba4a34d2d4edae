package feeds_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"newsdesk/feeds"
	"newsdesk/feeds/feedstest"
	"newsdesk/internal/safehttp"
	"newsdesk/news"
)

// every makes n items, the newest `since` before day, with a gap between two.
func every(n int, gap, since time.Duration) []feedstest.Item {
	out := make([]feedstest.Item, n)
	for i := range out {
		out[i] = feedstest.Item{Title: fmt.Sprint("t", i), GUID: fmt.Sprint("g", i), Published: day.Add(-since - time.Duration(i)*gap)}
	}
	return out
}

// M5
func TestPoller_FollowsTheFeedsRhythm(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		items []feedstest.Item
		wait  time.Duration
		why   string
	}{
		{every(30, 4*time.Minute, 0), 5 * time.Minute, "360 items a day on average"},
		{every(30, 40*time.Minute, 10*time.Minute), 10 * time.Minute, "36 items a day on average"},
		{every(10, 8*time.Hour, time.Hour), 2 * time.Hour, "3 items a day on average"},
		{every(5, 24*time.Hour, time.Hour), 6 * time.Hour, "an item a day on average"},
		{every(5, 4*24*time.Hour, time.Hour), 6 * time.Hour, "an item every 4 days on average"},
		{every(30, 10*time.Minute, 36*time.Hour), 4*time.Hour + 30*time.Minute, "nothing new for 36 hours"},
		{every(30, 10*time.Minute, 90*24*time.Hour), 6 * time.Hour, "nothing new for 90 days"},
		{nil, time.Hour, "nothing is known of its rhythm yet"},
		{every(1, 0, 90*24*time.Hour), time.Hour, "nothing is known of its rhythm yet"}, // one item
		{every(5, 0, time.Hour), time.Hour, "nothing is known of its rhythm yet"},       // the time that the server made the document
		{[]feedstest.Item{{Title: "t1", GUID: "g1"}, {Title: "t2", GUID: "g2"}}, time.Hour, "nothing is known of its rhythm yet"},
	} {
		f, m, p := polled(t, feeds.Options{})
		f.SetRSS("Rhythm", tc.items...)
		if _, err := p.Poll(t.Context(), 1); err != nil {
			t.Fatal(err)
		}
		if got := m.next.Sub(day); got.Round(time.Minute) != tc.wait || m.why != tc.why {
			t.Errorf("next poll in %s: %s; want %s: %s", got, m.why, tc.wait, tc.why)
		}
		if _, err := p.Poll(t.Context(), 1); err != nil || m.next.Sub(day).Round(time.Minute) != tc.wait {
			t.Errorf("after a 304: in %s, want %s (%v)", m.next.Sub(day), tc.wait, err)
		}
	}
}

// A feed whose items have no dates is known by how long its document stands
// unchanged.
//
// M5
func TestPoller_FollowsTheRhythmOfAnUndatedFeed(t *testing.T) {
	t.Parallel()
	_, f, fetcher := sample(t)
	now := day
	m := &memory{feed: news.Feed{ID: 1, URL: f.URL()}, known: map[string]bool{}}
	p := feeds.NewPoller(fetcher, m, feeds.Options{}, func() time.Time { return now })
	for i, step := range []struct {
		after   time.Duration
		changed bool
		wait    time.Duration
		why     string
	}{
		{0, true, time.Hour, "nothing is known of its rhythm yet"},
		{time.Hour, false, time.Hour, "nothing is known of its rhythm yet"},
		{3 * time.Hour, true, time.Hour, "6 items a day on average"},
		{time.Hour, true, 46*time.Minute + 30*time.Second, "8 items a day on average"},
		{time.Hour, false, 46*time.Minute + 30*time.Second, "8 items a day on average"},
		{3 * 24 * time.Hour, false, 6 * time.Hour, "nothing new for 3 days"},
	} {
		now = now.Add(step.after)
		if step.changed {
			f.SetRSS("Undated", feedstest.Item{Title: fmt.Sprint("t", i), GUID: fmt.Sprint("g", i)})
		}
		if _, err := p.Poll(t.Context(), 1); err != nil {
			t.Fatal(err)
		}
		if got := m.next.Sub(now); got != step.wait || m.why != step.why {
			t.Errorf("poll %d: next in %s: %s; want %s: %s", i, got, m.why, step.wait, step.why)
		}
	}
}

// What a feed and its server ask for is the least wait, up to six hours.
//
// M5
func TestPoller_ObeysWhatIsAsked(t *testing.T) {
	t.Parallel()
	rss := func(channel string) string {
		return `<rss version="2.0"><channel><title>T</title>` + channel + `<item><guid>1</guid><title>One</title></item></channel></rss>`
	}
	var hours strings.Builder
	for h := range 24 {
		fmt.Fprintf(&hours, "<hour>%d</hour>", h)
	}
	for name, tc := range map[string]struct {
		channel, cache string
		wait           time.Duration
		why            string
	}{
		"nothing":              {"", "", 10 * time.Minute, "every 10 minutes, as configured"},
		"ttl":                  {"<ttl>45</ttl>", "", 45 * time.Minute, "the feed asks for 45 minutes between polls (ttl)"},
		"an odd ttl":           {"<ttl>90</ttl>", "", 90 * time.Minute, "the feed asks for 90 minutes between polls (ttl)"},
		"nearly hours":         {"<ttl>122</ttl>", "", 122 * time.Minute, "the feed asks for 2 hours between polls (ttl)"},
		"hours":                {"<ttl>200</ttl>", "", 200 * time.Minute, "the feed asks for 3 hours between polls (ttl)"},
		"a shorter ttl":        {"<ttl>5</ttl>", "", 10 * time.Minute, "every 10 minutes, as configured"},
		"max-age":              {"<ttl>45</ttl>", "public, max-age=7200", 2 * time.Hour, "the server says that its answer holds for 2 hours (Cache-Control)"},
		"no-cache":             {"", "no-cache, max-age=7200", 10 * time.Minute, "every 10 minutes, as configured"},
		"a year":               {"", "max-age=31536000", 6 * time.Hour, "the server says that its answer holds for 24 hours (Cache-Control)"},
		"more than a number":   {"", "max-age=99999999999999999999", 6 * time.Hour, "the server says that its answer holds for 24 hours (Cache-Control)"},
		"skipHours":            {"<skipHours><hour>8</hour><hour>9</hour></skipHours>", "", 2 * time.Hour, "the feed asks not to be polled before (skipHours, skipDays)"},
		"skipDays":             {"<skipDays><day>Monday</day><day>Tuesday</day></skipDays>", "", 40 * time.Hour, "the feed asks not to be polled before (skipHours, skipDays)"},
		"every hour skipped":   {"<skipHours>" + hours.String() + "</skipHours>", "", 10 * time.Minute, "every 10 minutes, as configured"},
		"nonsense":             {"<ttl>-5</ttl><skipHours><hour>99</hour><hour>x</hour></skipHours>", "max-age=x", 10 * time.Minute, "every 10 minutes, as configured"},
		"skipHours in another": {"<skipHours><hour>3</hour></skipHours>", "", 10 * time.Minute, "every 10 minutes, as configured"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			doer := answering(func(int) *http.Response { return feedAnswer(rss(tc.channel), tc.cache) })
			m := &memory{feed: news.Feed{ID: 1, URL: "http://a.example/", Polled: true}, known: map[string]bool{}}
			p := feeds.NewPoller(feeds.NewFetcher(doer, feeds.FetchOptions{}), m, feeds.Options{Interval: 10 * time.Minute}, func() time.Time { return day })
			if _, err := p.Poll(t.Context(), 1); err != nil {
				t.Fatal(err)
			}
			if got := m.next.Sub(day); got != tc.wait || m.why != tc.why {
				t.Errorf("next poll in %s: %s; want %s: %s", got, m.why, tc.wait, tc.why)
			}
		})
	}
}

// answering is a client that no server is behind.
type answering func(n int) *http.Response

func (a answering) Do(req *http.Request) (*http.Response, error) {
	resp := a(0)
	resp.Request = req
	return resp, nil
}

func feedAnswer(body, cache string) *http.Response {
	h := http.Header{"Content-Type": {"application/rss+xml"}}
	if cache != "" {
		h.Set("Cache-Control", cache)
	}
	return &http.Response{StatusCode: http.StatusOK, Header: h, Body: readCloser{strings.NewReader(body)}, ContentLength: -1}
}

type readCloser struct{ *strings.Reader }

func (readCloser) Close() error { return nil }

// A feed is given up after a bounded run of failures, at once after a 410, and
// not at all while it may be our own connection that is down.
//
// M5
func TestPoller_GivesUp(t *testing.T) {
	t.Parallel()
	f, m, p := polled(t, feeds.Options{})
	f.SetFault(feedstest.NotFound)
	for n := 1; n <= feeds.MaxFailures; n++ {
		out, err := p.Poll(t.Context(), 1)
		if err != nil || out.Failure == nil {
			t.Fatal(out, err)
		}
		if last := n == feeds.MaxFailures; out.Disabled != last || m.feed.Disabled.IsZero() == last {
			t.Fatalf("after failure %d: disabled %v", n, out.Disabled)
		}
	}
	if m.feed.LastError != "The server answered 404: there is nothing at this address" {
		t.Errorf("reason %q", m.feed.LastError)
	}

	f, m, p = polled(t, feeds.Options{})
	f.SetFault(feedstest.Gone)
	if out, err := p.Poll(t.Context(), 1); err != nil || !out.Disabled || m.feed.LastError != "The server answered 410: the feed was taken down for good" {
		t.Errorf("after a 410: %+v, %v, %q", out, err, m.feed.LastError)
	}

	s := feedstest.New(t)
	m = &memory{feed: news.Feed{ID: 1, URL: "http://127.0.0.1:1/", Failures: 10 * feeds.MaxFailures}, known: map[string]bool{}}
	p = feeds.NewPoller(feeds.NewFetcher(client(t, s, safehttp.Options{}), feeds.FetchOptions{}), m, feeds.Options{}, func() time.Time { return day })
	if out, err := p.Poll(t.Context(), 1); err != nil || out.Failure == nil || out.Disabled {
		t.Errorf("without any connection: %+v, %v", out, err)
	}
}

// Whatever the feed's rhythm, every wait of a day lies within the bounds, and
// each item is found within one wait of its publication.
//
// M5
func TestPoller_ADayOfPolls(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		gap := time.Duration(rapid.IntRange(1, 48*60).Draw(t, "gap in minutes")) * time.Minute
		now := day
		body := func() string {
			var b strings.Builder
			b.WriteString(`<rss version="2.0"><channel><title>T</title>`)
			n := int(now.Sub(day.Add(-30*24*time.Hour)) / gap)
			for i := n; i > max(0, n-4); i-- {
				at := day.Add(-30*24*time.Hour + time.Duration(i)*gap)
				fmt.Fprintf(&b, `<item><guid>%d</guid><title>%d</title><pubDate>%s</pubDate></item>`, i, i, at.Format(time.RFC1123Z))
			}
			return b.String() + `</channel></rss>`
		}
		m := &memory{feed: news.Feed{ID: 1, URL: "http://a.example/"}, known: map[string]bool{}}
		doer := answering(func(int) *http.Response { return feedAnswer(body(), "") })
		p := feeds.NewPoller(feeds.NewFetcher(doer, feeds.FetchOptions{}), m, feeds.Options{}, func() time.Time { return now })
		for polls := 0; now.Before(day.Add(24 * time.Hour)); polls++ {
			if _, err := p.Poll(t.Context(), 1); err != nil {
				t.Fatal(err)
			}
			wait := m.next.Sub(now)
			if wait < feeds.MinInterval || wait > feeds.MaxInterval {
				t.Fatalf("a wait of %s", wait)
			}
			if polls > 0 && wait > max(gap, feeds.MinInterval) {
				t.Fatalf("a wait of %s with an item every %s", wait, gap)
			}
			now = m.next
		}
	})
}

// Polls that run at the same time are saved together, and one alone at once.
func TestPoller_SavesTogether(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m := &memory{feed: news.Feed{ID: 1, URL: "http://a.example/"}, known: map[string]bool{}}
		gate := make(chan struct{})
		close(gate)
		doer := answering(func(int) *http.Response {
			<-gate
			return feedAnswer(`<rss version="2.0"><channel><title>T</title></channel></rss>`, "")
		})
		p := feeds.NewPoller(feeds.NewFetcher(doer, feeds.FetchOptions{}), m, feeds.Options{}, func() time.Time { return day })
		start := time.Now()
		if _, err := p.Poll(t.Context(), 1); err != nil || !time.Now().Equal(start) {
			t.Errorf("a poll alone waited %s, %v", time.Since(start), err)
		}
		gate = make(chan struct{})
		var polls sync.WaitGroup
		for range 200 {
			polls.Go(func() {
				if _, err := p.Poll(t.Context(), 1); err != nil {
					t.Error(err)
				}
			})
		}
		synctest.Wait()
		close(gate)
		polls.Wait()
		total := 0
		for _, n := range m.batches {
			total += n
		}
		if total != 201 || len(m.batches) > 20 || slices.Max(m.batches) > 200 {
			t.Errorf("batches %v", m.batches)
		}
	})
}

// conditional is a server of a feed that has a new item every gap. It gives the
// validators that headers sets, and answers conditional requests as net/http does.
type conditional struct {
	gap     time.Duration
	dated   bool // sends Last-Modified
	headers func(h http.Header, edition, requests int)

	now      *time.Time
	requests int
}

func (c *conditional) Do(req *http.Request) (*http.Response, error) {
	c.requests++
	first := day.Add(-30 * 24 * time.Hour)
	edition := int(c.now.Sub(first) / c.gap)
	var b strings.Builder
	for i := edition; i > edition-10; i-- {
		fmt.Fprintf(&b, `<item><guid>%d</guid><title>%d</title><pubDate>%s</pubDate></item>`, i, i, first.Add(time.Duration(i)*c.gap).Format(time.RFC1123Z))
	}
	w := httptest.NewRecorder()
	w.Header().Set("Content-Type", "application/rss+xml")
	c.headers(w.Header(), edition, c.requests)
	modified := time.Time{}
	if c.dated {
		modified = first.Add(time.Duration(edition) * c.gap)
	}
	http.ServeContent(w, req, "", modified, strings.NewReader(`<rss version="2.0"><channel><title>T</title>`+b.String()+`</channel></rss>`))
	resp := w.Result()
	resp.Request = req
	return resp, nil
}

// M5: over a day of feeds, of the polls that find nothing new at least four in
// five are answered 304. One server in six gives nothing to ask by.
func TestPoller_UnchangedPollsAreAnsweredSo(t *testing.T) {
	t.Parallel()
	none := func(http.Header, int, int) {}
	strong := func(h http.Header, edition, _ int) { h.Set("ETag", fmt.Sprintf(`"%d"`, edition)) }
	weak := func(h http.Header, edition, _ int) { h.Set("ETag", fmt.Sprintf(`W/"%d"`, edition)) }
	changing := func(h http.Header, _, requests int) { h.Set("ETag", fmt.Sprintf(`"%d"`, requests)) }
	unchanged, spared := 0, 0
	for i, server := range []*conditional{
		{gap: 40 * time.Minute, headers: strong},
		{gap: 3 * time.Hour, headers: weak},
		{gap: 3 * time.Hour, headers: none, dated: true},
		{gap: 3 * time.Hour, headers: strong, dated: true},
		{gap: 40 * time.Minute, headers: weak, dated: true},
		{gap: 3 * time.Hour, headers: changing},
	} {
		now := day
		server.now = &now
		m := &memory{feed: news.Feed{ID: 1, URL: "http://a.example/"}, known: map[string]bool{}}
		p := feeds.NewPoller(feeds.NewFetcher(server, feeds.FetchOptions{}), m, feeds.Options{}, func() time.Time { return now })
		for ; now.Before(day.Add(24 * time.Hour)); now = m.next {
			first := !m.feed.Polled
			out, err := p.Poll(t.Context(), 1)
			switch {
			case err != nil || out.Failure != nil:
				t.Fatalf("server %d: %v, %v", i, err, out.Failure)
			case !first && out.New == 0:
				unchanged++
				if m.last().NotModified {
					spared++
				}
			}
		}
	}
	if unchanged < 100 || 5*spared < 4*unchanged {
		t.Errorf("%d of %d polls that found nothing were answered 304, want four in five", spared, unchanged)
	}
	t.Logf("%d of %d", spared, unchanged)
}
