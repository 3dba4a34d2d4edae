package feeds_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsdesk/feeds"
	"newsdesk/feeds/feedstest"
	"newsdesk/internal/safehttp"
	"newsdesk/news"
)

var day = time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)

// client reaches the server and nothing else that is private.
func client(tb testing.TB, s *feedstest.Server, o safehttp.Options) *safehttp.Client {
	tb.Helper()
	o.AllowPrivate = s.Loopback()
	c := safehttp.New(o)
	tb.Cleanup(c.CloseIdleConnections)
	return c
}

func titles(items []news.Item) (out []string) {
	for _, it := range items {
		out = append(out, it.Title)
	}
	return out
}

// sample is a server with one feed of three items.
func sample(tb testing.TB) (*feedstest.Server, *feedstest.Feed, *feeds.Fetcher) {
	tb.Helper()
	s := feedstest.New(tb)
	f := s.Feed("/news.xml")
	f.SetRSS("The Harbour Post",
		feedstest.Item{Title: "Third", Link: "/3", GUID: "g3", Published: day.Add(2 * time.Hour)},
		feedstest.Item{Title: "Second", Link: "/2", GUID: "g2", Published: day.Add(time.Hour)},
		feedstest.Item{Title: "First", Link: "/1", GUID: "g1", Published: day})
	return s, f, feeds.NewFetcher(client(tb, s, safehttp.Options{Timeout: 5 * time.Second}), feeds.FetchOptions{})
}

func TestFetcher_AsksConditionally(t *testing.T) {
	t.Parallel()
	s, f, fetcher := sample(t)
	f.SetModified(day)
	feed := news.Feed{URL: f.URL()}
	first, err := fetcher.Fetch(t.Context(), feed)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"Third", "Second", "First"}, titles(first.Items)); diff != "" {
		t.Error(diff)
	}
	if first.Status != 200 || first.Title != "The Harbour Post" || first.Bytes == 0 || first.BodyHash == "" || first.Validators.LastModified != "Mon, 02 Mar 2026 08:00:00 GMT" {
		t.Errorf("result = %+v", first)
	}

	feed.ETag, feed.LastModified, feed.BodyHash = first.Validators.ETag, first.Validators.LastModified, first.BodyHash
	second, err := fetcher.Fetch(t.Context(), feed)
	if err != nil {
		t.Fatal(err)
	}
	if !second.NotModified || second.Validators != first.Validators || second.BodyHash != first.BodyHash || len(second.Items) != 0 {
		t.Errorf("a 304: %+v", second)
	}
	h := s.LastHeader("/news.xml")
	if h.Get("If-None-Match") != first.Validators.ETag || h.Get("If-Modified-Since") != first.Validators.LastModified {
		t.Errorf("request header = %v", h)
	}

	f.SetFault(feedstest.NewETag)
	third, err := fetcher.Fetch(t.Context(), feed)
	if err != nil {
		t.Fatal(err)
	}
	if !third.Unchanged || third.NotModified || len(third.Items) != 0 || third.Validators.ETag == first.Validators.ETag {
		t.Errorf("the same bytes again: %+v", third)
	}
}

func TestFetcher_Redirects(t *testing.T) {
	t.Parallel()
	s, f, fetcher := sample(t)
	for fault, want := range map[feedstest.Fault]string{
		feedstest.MovedForGood: f.URL() + "/moved",
		feedstest.MovedForNow:  "",
	} {
		f.SetFault(fault)
		res, err := fetcher.Fetch(t.Context(), news.Feed{URL: f.URL()})
		if err != nil {
			t.Fatal(err)
		}
		if res.MovedTo != want || len(res.Items) != 3 {
			t.Errorf("%s: moved to %q, %d items; want %q", fault, res.MovedTo, len(res.Items), want)
		}
	}
	s.Feed("/mixed").SetFault(feedstest.MovedForGood)
	s.Feed("/mixed/moved").SetFault(feedstest.MovedForNow)
	if res, err := fetcher.Fetch(t.Context(), news.Feed{URL: s.URL("/mixed")}); err != nil || res.MovedTo != "" {
		t.Errorf("permanent, then temporary: moved to %q, %v", res.MovedTo, err)
	}
}

// M6
func TestFetcher_NamesEveryFailure(t *testing.T) {
	t.Parallel()
	for fault, tc := range map[feedstest.Fault]struct {
		err  error
		text string
	}{
		feedstest.HTMLInstead:     {feeds.ErrNotFeed, "this is an HTML page, not a feed: “Please log in” (sent as text/html)"},
		feedstest.Empty:           {feeds.ErrEmpty, "the answer is empty, not a feed"},
		feedstest.GzipBomb:        {safehttp.ErrTooLarge, "too large"},
		feedstest.DeepXML:         {feeds.ErrHostile, "nested more than 200 deep"},
		feedstest.Loop:            {safehttp.ErrTooManyRedirects, "in a circle"},
		feedstest.EndlessRedirect: {safehttp.ErrTooManyRedirects, "more than 8"},
		feedstest.PrivateRedirect: {safehttp.ErrPrivateAddress, "169.254.169.254"},
		feedstest.FileRedirect:    {safehttp.ErrScheme, `not "file"`},
		feedstest.Reset:           {nil, "closed the connection without an answer"},
		feedstest.Slow:            {safehttp.ErrTimeout, "no complete answer in time"},
		feedstest.Drip:            {safehttp.ErrTimeout, "no complete answer in time"},
	} {
		t.Run(string(fault), func(t *testing.T) {
			t.Parallel()
			s := feedstest.New(t)
			s.Feed("/f").SetFault(fault)
			timeout := 5 * time.Minute // no end to what a loaded machine takes for a bomb
			if errors.Is(tc.err, safehttp.ErrTimeout) {
				timeout = 100 * time.Millisecond
			}
			fetcher := feeds.NewFetcher(client(t, s, safehttp.Options{Timeout: timeout}), feeds.FetchOptions{})
			res, err := fetcher.Fetch(t.Context(), news.Feed{URL: s.URL("/f")})
			if err == nil {
				t.Fatalf("no error; %d items", len(res.Items))
			}
			if tc.err != nil && !errors.Is(err, tc.err) || !strings.Contains(err.Error(), tc.text) {
				t.Errorf("err = %v, want %q in it", err, tc.text)
			}
		})
	}
	for fault, want := range map[feedstest.Fault]feeds.HTTPError{
		feedstest.TooManyRequests: {Status: http.StatusTooManyRequests, RetryAfter: 90 * time.Second},
		feedstest.Unavailable:     {Status: http.StatusServiceUnavailable, RetryAfter: 90 * time.Second},
		feedstest.ServerError:     {Status: http.StatusInternalServerError},
		feedstest.NotFound:        {Status: http.StatusNotFound},
		feedstest.NotModified:     {Status: http.StatusNotModified}, // nothing is known that might have changed
		feedstest.Gone:            {Status: http.StatusGone},
	} {
		s := feedstest.New(t)
		f := s.Feed("/f")
		f.SetFault(fault)
		f.SetRetryAfter(90 * time.Second)
		_, err := feeds.NewFetcher(client(t, s, safehttp.Options{}), feeds.FetchOptions{}).Fetch(t.Context(), news.Feed{URL: f.URL()})
		got, ok := errors.AsType[*feeds.HTTPError](err)
		if !ok || *got != want {
			t.Errorf("%s: %v, want %+v", fault, err, want)
		}
	}
}

func TestFetcher_ReadsWhatItCan(t *testing.T) {
	t.Parallel()
	for fault, want := range map[feedstest.Fault]struct {
		items   int
		partial bool
		hash    bool
	}{
		feedstest.Truncated:      {2, true, true},
		feedstest.CutConnection:  {2, true, false}, // ask again: the next time it may be whole
		feedstest.Stalls:         {2, true, false},
		feedstest.Huge:           {feeds.MaxItems, false, true}, // asking again gives no more
		feedstest.Proxied:        {3, false, true},
		feedstest.UndeclaredGzip: {3, false, true},
		feedstest.WrongCharset:   {5, false, true},
		feedstest.EntityBomb:     {1, false, true},
	} {
		t.Run(string(fault), func(t *testing.T) {
			t.Parallel()
			s, f, fetcher := sample(t)
			f.SetFault(fault)
			if fault == feedstest.Stalls {
				fetcher = feeds.NewFetcher(client(t, s, safehttp.Options{Timeout: 3 * time.Second}), feeds.FetchOptions{})
			}
			res, err := fetcher.Fetch(t.Context(), news.Feed{URL: f.URL()})
			if err != nil {
				t.Fatal(err)
			}
			if len(res.Items) != want.items || res.Partial != want.partial || (res.BodyHash != "") != want.hash {
				t.Errorf("%d items, partial %v, hash %q; want %+v", len(res.Items), res.Partial, res.BodyHash, want)
			}
			if fault == feedstest.WrongCharset && (res.Title != "Погода" || res.Items[0].Title != "Погода Погода Погода Погода") {
				t.Errorf("title = %q, first item %q", res.Title, res.Items[0].Title)
			}
			for _, it := range res.Items {
				if len(it.Title) > 500 {
					t.Errorf("a title of %d bytes", len(it.Title))
				}
			}
		})
	}
}

func TestFetcher_BadAddressKeepsCredentials(t *testing.T) {
	t.Parallel()
	_, _, fetcher := sample(t)
	for _, u := range []string{"http://ann:secret@bad host/", "", "ftp://ann:secret@x.example/", "http://ann:secret@127.0.0.1:1/"} {
		_, err := fetcher.Fetch(t.Context(), news.Feed{URL: u})
		if err == nil || strings.Contains(err.Error(), "secret") {
			t.Errorf("%q: %v", u, err)
		}
	}
}
