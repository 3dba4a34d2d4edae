package outlets_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"newsdesk/feeds"
	"newsdesk/internal/outlets"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var start = time.Date(2026, 3, 3, 12, 0, 0, 0, time.UTC)

// The outlets publish as time goes by, and answer conditional requests.
func TestServer_PublishesOverTime(t *testing.T) {
	t.Parallel()
	var elapsed atomic.Int64
	now := func() time.Time { return start.Add(time.Duration(elapsed.Load())) }
	s, err := outlets.NewServer(t.Context(), []outlets.Article{
		{Outlet: "Wire", Topic: "world", Title: "Bridge closed", Paragraphs: []string{"The bridge is closed."}, At: time.Second, Path: "bridge"},
		{Outlet: "Wire", Topic: "sport", Title: "Cup final drawn", Paragraphs: []string{"The final ended 1-1."}, At: 2 * time.Second, Path: "final"},
		{Outlet: "The Évening Post", Topic: "world", Title: "Bridge & road closed", Paragraphs: []string{"Both are closed."}, At: time.Minute, Path: "bridge"},
	}, start, 1, now)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- s.Serve(ctx, slog.New(slog.DiscardHandler)) }()
	transport := &http.Transport{}
	client := &http.Client{Transport: transport}
	get := func(url, etag string) (int, string, string) {
		t.Helper()
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("If-None-Match", etag)
		res, err := client.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		b, err := io.ReadAll(res.Body)
		if err != nil {
			t.Fatal(err)
		}
		return res.StatusCode, res.Header.Get("ETag"), string(b)
	}
	count := func() (items int, last string) {
		for _, f := range s.Feeds() {
			_, _, body := get(f.URL, "")
			doc, err := feeds.Parse([]byte(body), "application/rss+xml", f.URL)
			if err != nil {
				t.Fatal(err)
			}
			items += len(doc.Items)
			if len(doc.Items) > 0 {
				last = doc.Items[0].URL
			}
		}
		return items, last
	}
	if n, _ := count(); n != 0 {
		t.Errorf("%d articles at the start, want none", n)
	}
	_, etag, _ := get(s.Feeds()[0].URL, "")
	if code, _, _ := get(s.Feeds()[0].URL, etag); code != http.StatusNotModified {
		t.Errorf("an unchanged feed answered %d, want 304", code)
	}
	elapsed.Store(int64(s.Length()))
	n, last := count()
	if n != s.Count() {
		t.Errorf("%d articles at the end, want %d", n, s.Count())
	}
	if code, _, body := get(last, ""); code != http.StatusOK || !strings.Contains(body, "<article>") {
		t.Errorf("a page answered %d: %s", code, body)
	}
	transport.CloseIdleConnections()
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
}
