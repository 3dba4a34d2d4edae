package articles

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"newsdesk/news"
)

// A page is asked for again with its own validators, and an answer that it is
// unchanged is no article.
func TestReader_ReadAgain(t *testing.T) {
	t.Parallel()
	body := pageOf("", article())
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("If-None-Match") == `"one"` && r.Header.Get("If-Modified-Since") == "Sat, 03 May 2031 12:00:00 GMT" {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		if r.URL.Path == "/liar" {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Header().Set("Content-Type", "text/html")
		w.Header().Set("ETag", `"one"`)
		w.Header().Set("Last-Modified", "Sat, 03 May 2031 12:00:00 GMT")
		if r.URL.Path == "/long" {
			w.Header().Set("ETag", `"`+strings.Repeat("x", 1000)+`"`)
		}
		_, _ = w.Write(body)
	}))
	defer srv.Close()
	r := reader(t, srv.Client(), ReaderOptions{})
	it := news.Item{URL: srv.URL + "/a", Title: headline, Summary: paragraphs[0]}
	a, v, unchanged, err := r.ReadAgain(t.Context(), it, Validators{})
	if err != nil || unchanged || a.Method != news.MethodPage || v.ETag != `"one"` || v.LastModified == "" {
		t.Fatalf("the first time: %+v, %+v, %v, %v", a, v, unchanged, err)
	}
	again, kept, unchanged, err := r.ReadAgain(t.Context(), it, v)
	if err != nil || !unchanged || again.Body != "" || kept != v {
		t.Errorf("unchanged: %+v, %+v, %v, %v", again, kept, unchanged, err)
	}
	if a, _, unchanged, err := r.ReadAgain(t.Context(), it, Validators{ETag: `"old"`}); err != nil || unchanged || a.Method != news.MethodPage {
		t.Errorf("changed: %+v, %v, %v", a, unchanged, err)
	}
	it.URL = srv.URL + "/long"
	if _, v, _, err := r.ReadAgain(t.Context(), it, Validators{}); err != nil || v != (Validators{}) {
		t.Errorf("a validator of 1000 bytes is kept: %v", err)
	}
	it.URL = srv.URL + "/liar"
	if a, err := r.Read(t.Context(), it); err != nil || a.Method != news.MethodFeed {
		t.Errorf("a 304 that nobody asked for is an article: %+v, %v", a, err)
	}
}

// Readings of one page are few, and ever further apart.
func TestNextReading(t *testing.T) {
	t.Parallel()
	for cause, most := range map[news.Cause]int{news.CauseFeed: 6, news.CauseLive: 6, news.CauseEvent: 3} {
		at, gap := time.Date(2031, 5, 3, 12, 0, 0, 0, time.UTC), time.Duration(0)
		n := 0
		for ; n < 100; n++ {
			next := NextReading(cause, n, at)
			if next.IsZero() {
				break
			}
			if next.Sub(at) < 5*time.Minute || n > 0 && next.Sub(at) != 2*gap {
				t.Errorf("%s: reading %d after %v, the one before after %v", cause, n+1, next.Sub(at), gap)
			}
			gap, at = next.Sub(at), next
		}
		if n != most {
			t.Errorf("%s: read %d times, want %d", cause, n, most)
		}
	}
}

func TestSame(t *testing.T) {
	t.Parallel()
	text := strings.Join(paragraphs, "\n\n")
	for _, c := range []struct {
		name, a, b string
		want       bool
	}{
		{"a number changed", text, strings.Replace(text, "nine hundred", "seven hundred", 1), true},
		{"cut to its beginning", text, paragraphs[0], true},
		{"another article", text, "A comet stands low in the east before dawn until Thursday; then the moon is too bright, an observatory said.", false},
		{"nothing", text, "", false},
	} {
		if got := Same(c.a, c.b); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}
