package feedstest

import (
	"bytes"
	"io"
	"net/http"
	"testing"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// get asks once, without following redirects.
func get(t *testing.T, url, etag string) (status int, tag string, body []byte) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	if etag != "" {
		req.Header.Set("If-None-Match", etag)
	}
	tr := &http.Transport{DisableKeepAlives: true}
	resp, err := tr.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	body, err = io.ReadAll(io.LimitReader(resp.Body, 1<<20))
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, resp.Header.Get("ETag"), body
}

func TestServer_ServesFeedsPagesAndCounts(t *testing.T) {
	t.Parallel()
	s := New(t)
	s.Page("/a", "<h1>Ferry</h1>")
	f := s.Feed("/f.xml")
	f.SetRSS("Harbour", Item{Title: "Ferry & more", Link: "/a", GUID: "g1", Published: time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)})

	_, tag, body := get(t, f.URL(), "")
	for _, want := range []string{"<title>Ferry &amp; more</title>", s.URL("/a"), "Sun, 01 Mar 2026 08:00:00 +0000", `isPermaLink="false"`} {
		if !bytes.Contains(body, []byte(want)) {
			t.Errorf("feed lacks %q:\n%s", want, body)
		}
	}
	if again, _, _ := get(t, f.URL(), tag); again != http.StatusNotModified {
		t.Errorf("conditional request: status %d, want 304", again)
	}
	if _, _, page := get(t, s.URL("/a"), ""); string(page) != "<h1>Ferry</h1>" {
		t.Errorf("page = %q", page)
	}
	if got := f.Requests(); got != 2 {
		t.Errorf("requests = %d, want 2", got)
	}
	if none, _, _ := get(t, s.URL("/nothing"), ""); none != http.StatusNotFound {
		t.Errorf("unknown path: status %d", none)
	}
}

func TestServer_Faults(t *testing.T) {
	t.Parallel()
	for fault, status := range map[Fault]int{
		NotModified: 304, TooManyRequests: 429, Unavailable: 503, ServerError: 500, NotFound: 404, Gone: 410,
		Truncated: 200, WrongCharset: 200, UndeclaredGzip: 200, HTMLInstead: 200, Empty: 200, NewETag: 200,
		MovedForGood: 301, MovedForNow: 302, PrivateRedirect: 302, FileRedirect: 302, Loop: 302, EndlessRedirect: 302,
		EntityBomb: 200,
	} {
		t.Run(string(fault), func(t *testing.T) {
			t.Parallel()
			s := New(t)
			s.Feed("/f").SetFault(fault)
			if got, _, _ := get(t, s.URL("/f"), ""); got != status {
				t.Errorf("status = %d, want %d", got, status)
			}
		})
	}
}
