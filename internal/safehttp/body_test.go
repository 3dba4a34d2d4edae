package safehttp

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
)

func packed(t *testing.T, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	gz := gzip.NewWriter(&b)
	if _, err := io.WriteString(gz, text); err != nil {
		t.Fatal(err)
	}
	if err := gz.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestBody_UnpacksAndCounts(t *testing.T) {
	t.Parallel()
	text := strings.Repeat("tide table ", 1000)
	wire := packed(t, text)
	c, s := fixture(t, Options{}, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Accept-Encoding") != "gzip" {
			t.Errorf("Accept-Encoding = %q", r.Header.Get("Accept-Encoding"))
		}
		w.Header().Set("Content-Encoding", "gzip")
		_, _ = w.Write(wire)
	})
	resp, body, err := fetch(t, c, s.URL)
	if err != nil || body != text {
		t.Fatalf("%d bytes, err = %v", len(body), err)
	}
	if got := resp.Received; got != int64(len(wire)) {
		t.Errorf("received %d, want %d", got, len(wire))
	}
	if resp.Header.Get("Content-Encoding") != "" || !resp.Uncompressed {
		t.Error("the response still says that it is packed")
	}
}

// M6
func TestBody_Bounds(t *testing.T) {
	t.Parallel()
	const limit = 64 << 10
	blanks := strings.Repeat(" ", 1<<20)
	c, s := fixture(t, Options{MaxBody: limit}, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/exact":
			_, _ = io.WriteString(w, blanks[:limit])
		case "/over":
			_, _ = io.WriteString(w, blanks[:limit+1])
		case "/announced":
			w.Header().Set("Content-Length", "999999999")
			_, _ = io.WriteString(w, blanks)
		case "/bomb": // 256 MB of blanks, should anybody read on
			w.Header().Set("Content-Encoding", "gzip")
			gz := gzip.NewWriter(w)
			for range 256 {
				if _, err := io.WriteString(gz, blanks); err != nil {
					return
				}
			}
			_ = gz.Close()
		case "/hollow": // gzip members without content, for ever
			w.Header().Set("Content-Encoding", "gzip")
			member := bytes.Repeat(packed(t, ""), 1000)
			for range 1000 {
				if _, err := w.Write(member); err != nil {
					return
				}
			}
		case "/damaged":
			w.Header().Set("Content-Encoding", "gzip")
			_, _ = io.WriteString(w, "this is not gzip at all")
		}
	})
	for path, want := range map[string]struct {
		err  error
		size int
	}{
		"/exact": {nil, limit}, "/over": {ErrTooLarge, limit}, "/announced": {ErrTooLarge, limit},
		"/bomb": {ErrTooLarge, limit}, "/hollow": {ErrTooLarge, 0}, "/damaged": {gzip.ErrHeader, 0},
	} {
		_, body, err := fetch(t, c, s.URL+path)
		if !errors.Is(err, want.err) || len(body) != want.size {
			t.Errorf("%s: %d bytes, err = %v; want %d, %v", path, len(body), err, want.size, want.err)
		}
	}
}

func TestBody_HeadHasNone(t *testing.T) {
	t.Parallel()
	c, s := fixture(t, Options{}, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
	})
	req, err := http.NewRequestWithContext(t.Context(), http.MethodHead, s.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, body, err := do(c, req); err != nil || body != "" {
		t.Errorf("body %q, err %v", body, err)
	}
}

func BenchmarkClient_NotModified(b *testing.B) {
	c, s := benchFixture(b, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotModified) })
	req, err := http.NewRequestWithContext(b.Context(), http.MethodGet, s, nil)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		resp, err := c.Do(req)
		if err != nil {
			b.Fatal(err)
		}
		if err := resp.Body.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
