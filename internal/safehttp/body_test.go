package safehttp

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
)

func packed(t *testing.T, text string) []byte {
	t.Helper()
	return packedAs(t, "gzip", text)
}

func packedAs(t *testing.T, coding, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := packer(coding, &b)
	if _, err := io.WriteString(w, text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func packer(coding string, w io.Writer) io.WriteCloser {
	switch coding {
	case "br":
		return brotli.NewWriterLevel(w, brotli.BestSpeed)
	case "zlib":
		return zlib.NewWriter(w)
	case "flate":
		deflate, err := flate.NewWriter(w, flate.BestSpeed)
		if err != nil {
			panic(err)
		}
		return deflate
	}
	return gzip.NewWriter(w)
}

func TestBody_UnpacksAndCounts(t *testing.T) {
	t.Parallel()
	text := strings.Repeat("tide table ", 1000)
	for _, coding := range []string{"gzip", "br"} {
		wire := packedAs(t, coding, text)
		c, s := fixture(t, Options{}, func(w http.ResponseWriter, r *http.Request) {
			if !strings.Contains(r.Header.Get("Accept-Encoding"), coding) {
				t.Errorf("Accept-Encoding = %q", r.Header.Get("Accept-Encoding"))
			}
			w.Header().Set("Content-Encoding", coding)
			_, _ = w.Write(wire)
		})
		resp, body, err := fetch(t, c, s.URL)
		if err != nil || body != text {
			t.Fatalf("%s: %d bytes, err = %v", coding, len(body), err)
		}
		if got := resp.Received; got != int64(len(wire)) {
			t.Errorf("%s: received %d, want %d", coding, got, len(wire))
		}
		if resp.Header.Get("Content-Encoding") != "" || !resp.Uncompressed {
			t.Errorf("%s: the response still says that it is packed", coding)
		}
	}
}

// Servers name a coding that was not asked for, or one that they do not use.
func TestBody_UnpacksWhatWasNotAskedFor(t *testing.T) {
	t.Parallel()
	text := "<rss>" + strings.Repeat("tide table ", 1000)
	for named, sent := range map[string][]byte{
		"x-gzip": packedAs(t, "gzip", text), "deflate": packedAs(t, "zlib", text), "Deflate": packedAs(t, "flate", text),
		"gzip": []byte(text), "br": []byte(text), " deflate": []byte(text), " br": []byte("\xef\xbb\xbf" + text),
	} {
		c, s := fixture(t, Options{}, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", named)
			_, _ = w.Write(sent)
		})
		if _, body, err := fetch(t, c, s.URL); err != nil || strings.TrimPrefix(body, "\ufeff") != text {
			t.Errorf("%q: %d bytes, err = %v", named, len(body), err)
		}
	}
	c, s := fixture(t, Options{}, func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Content-Encoding", "br") })
	if _, body, err := fetch(t, c, s.URL); err != nil || body != "" {
		t.Errorf("a packed body of no bytes: %q, %v", body, err)
	}
}

// M6
func TestBody_Bounds(t *testing.T) {
	t.Parallel()
	const limit = 64 << 10
	blanks := strings.Repeat(" ", 1<<20)
	c, s := fixture(t, Options{MaxBody: limit, Timeout: 5 * time.Minute}, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/exact":
			_, _ = io.WriteString(w, blanks[:limit])
		case "/over":
			_, _ = io.WriteString(w, blanks[:limit+1])
		case "/announced":
			w.Header().Set("Content-Length", "999999999")
			_, _ = io.WriteString(w, blanks)
		case "/bomb", "/brbomb": // 256 MB of blanks, should anybody read on
			coding := map[string]string{"/bomb": "gzip", "/brbomb": "br"}[r.URL.Path]
			w.Header().Set("Content-Encoding", coding)
			packed := packer(coding, w)
			for range 256 {
				if _, err := io.WriteString(packed, blanks); err != nil {
					return
				}
			}
			_ = packed.Close()
		case "/hollow": // gzip members without content, for ever
			w.Header().Set("Content-Encoding", "gzip")
			member := bytes.Repeat(packed(t, ""), 1000)
			for range 1000 {
				if _, err := w.Write(member); err != nil {
					return
				}
			}
		case "/brhollow": // brotli's blocks without content, for ever
			w.Header().Set("Content-Encoding", "br")
			_, _ = w.Write([]byte{0x0c})
			blocks := bytes.Repeat([]byte{0x06}, 64<<10)
			for range 1000 {
				if _, err := w.Write(blocks); err != nil {
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
		"/brbomb": {ErrTooLarge, limit}, "/brhollow": {ErrTooLarge, 0},
	} {
		_, body, err := fetch(t, c, s.URL+path)
		if !errors.Is(err, want.err) || len(body) != want.size {
			t.Errorf("%s: %d bytes, err = %v; want %d, %v", path, len(body), err, want.size, want.err)
		}
	}
}

func TestBody_DamagedBrotli(t *testing.T) {
	t.Parallel()
	whole := "tide table " + strings.Repeat("high water ", 100)
	c, s := fixture(t, Options{}, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Encoding", "br")
		b := packedAs(t, "br", whole)
		if r.URL.Path == "/cut" {
			b = b[:len(b)-5]
		} else {
			b = []byte("\xff\xffthis is not brotli at all")
		}
		_, _ = w.Write(b)
	})
	for _, path := range []string{"/cut", "/noise"} {
		if _, body, err := fetch(t, c, s.URL+path); err == nil || !strings.HasPrefix(whole, body) {
			t.Errorf("%s: %q, err = %v; want an error, and nothing that was not sent", path, body, err)
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
