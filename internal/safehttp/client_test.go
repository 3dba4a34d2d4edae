package safehttp

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var loopback = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}

// fixture is a client and a server on loopback that it may reach.
func fixture(t *testing.T, o Options, h http.HandlerFunc) (*Client, *httptest.Server) {
	t.Helper()
	s := httptest.NewServer(h)
	if o.AllowPrivate == nil {
		o.AllowPrivate = loopback
	}
	c := New(o)
	t.Cleanup(func() {
		c.CloseIdleConnections()
		s.CloseClientConnections()
		s.Close()
	})
	return c, s
}

// benchFixture is the same for benchmarks; it returns the server's address.
func benchFixture(b *testing.B, h http.HandlerFunc) (*Client, string) {
	b.Helper()
	s := httptest.NewServer(h)
	c := New(Options{AllowPrivate: loopback})
	b.Cleanup(func() {
		c.CloseIdleConnections()
		s.Close()
	})
	return c, s.URL
}

// answer is what is left of a response once its body is read and closed.
type answer struct {
	StatusCode   int
	Header       http.Header
	Request      *http.Request
	Uncompressed bool
	Received     int64
}

// fetch sends one GET and reads all of its body.
func fetch(t *testing.T, c *Client, url string) (answer, string, error) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	return do(c, req)
}

func do(c *Client, req *http.Request) (answer, string, error) {
	resp, err := c.Do(req)
	if err != nil {
		return answer{}, "", err
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	a := answer{resp.StatusCode, resp.Header, resp.Request, resp.Uncompressed, resp.Body.(*Body).Received()}
	return a, string(body), err
}

func TestClient_FollowsRedirectsAndKeepsTheirStory(t *testing.T) {
	t.Parallel()
	c, s := fixture(t, Options{UserAgent: "newsdesk/test"}, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/a":
			http.Redirect(w, r, "/b", http.StatusMovedPermanently)
		case "/b":
			http.Redirect(w, r, "/c#top", http.StatusFound)
		default:
			_, _ = io.WriteString(w, r.UserAgent())
		}
	})
	resp, body, err := fetch(t, c, s.URL+"/a")
	if err != nil || body != "newsdesk/test" {
		t.Fatalf("body = %q, err = %v", body, err)
	}
	if got := resp.Request.URL.String(); got != s.URL+"/c" {
		t.Errorf("last address = %s", got)
	}
	var codes []int
	for r := resp.Request; r.Response != nil; r = r.Response.Request {
		codes = append(codes, r.Response.StatusCode)
	}
	if fmt.Sprint(codes) != "[302 301]" {
		t.Errorf("redirects, last first = %v", codes)
	}
}

// M6
func TestClient_BoundsRedirects(t *testing.T) {
	t.Parallel()
	var n atomic.Int64
	c, s := fixture(t, Options{MaxRedirects: 3}, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/loop":
			http.Redirect(w, r, "/loop", http.StatusFound)
		case "/endless":
			http.Redirect(w, r, fmt.Sprintf("/endless?%d", n.Add(1)), http.StatusFound)
		case "/file":
			w.Header().Set("Location", "file:///etc/hostname")
			w.WriteHeader(http.StatusFound)
		case "/garbage":
			w.Header().Set("Location", "http://[::1")
			w.WriteHeader(http.StatusFound)
		case "/nowhere":
			w.WriteHeader(http.StatusFound)
		}
	})
	for path, want := range map[string]error{
		"/loop": ErrTooManyRedirects, "/endless": ErrTooManyRedirects, "/file": ErrScheme, "/garbage": ErrBadAddress,
	} {
		if _, _, err := fetch(t, c, s.URL+path); !errors.Is(err, want) {
			t.Errorf("%s: err = %v, want %v", path, err, want)
		}
	}
	if n.Load() > 4 {
		t.Errorf("%d requests after a bound of 3 redirects", n.Load())
	}
	if resp, _, err := fetch(t, c, s.URL+"/nowhere"); err != nil || resp.StatusCode != http.StatusFound {
		t.Errorf("a redirect without Location: %v, %v", resp, err)
	}
	for _, u := range []string{"ftp://example.org/", "file:///etc/hostname", "gopher://127.0.0.1/"} {
		if _, _, err := fetch(t, c, u); !errors.Is(err, ErrScheme) {
			t.Errorf("%s: err = %v", u, err)
		}
	}
}

func TestClient_KeepsCredentialsToTheirHost(t *testing.T) {
	t.Parallel()
	var other atomic.Value
	other.Store("nothing came")
	_, second := fixture(t, Options{}, func(_ http.ResponseWriter, r *http.Request) {
		other.Store(r.Header.Get("Authorization") + r.Header.Get("Cookie"))
	})
	var same atomic.Value
	c, first := fixture(t, Options{}, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/here" {
			same.Store(r.Header.Get("Authorization"))
			http.Redirect(w, r, second.URL, http.StatusFound)
			return
		}
		http.Redirect(w, r, "/here", http.StatusFound)
	})
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, strings.Replace(first.URL, "http://", "http://ann:secret@", 1), nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Cookie", "session=1")
	if _, _, err := do(c, req); err != nil {
		t.Fatal(err)
	}
	if got := other.Load(); got != "" {
		t.Errorf("the other host got %q", got)
	}
	if got, _ := same.Load().(string); !strings.HasPrefix(got, "Basic ") {
		t.Errorf("the same host got %q", got)
	}
}

func TestClient_ErrorsAreSentencesWithoutCredentials(t *testing.T) {
	t.Parallel()
	c, s := fixture(t, Options{}, func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	s.Config.ErrorLog = nil
	closed := httptest.NewServer(http.NotFoundHandler())
	closed.Close()
	for name, tc := range map[string]struct{ url, want string }{
		"aborted": {s.URL, "closed the connection without an answer"},
		"refused": {closed.URL, "refused the connection"},
		"not tls": {strings.Replace(s.URL, "http:", "https:", 1), "does not speak https"},
		"private": {"http://10.0.0.1/", "the address leads into a private network"},
	} {
		_, _, err := fetch(t, c, strings.Replace(tc.url, "://", "://ann:secret@", 1))
		if err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: err = %v, want %q in it", name, err, tc.want)
		}
		if err != nil && (strings.Contains(err.Error(), "secret") || strings.Contains(err.Error(), "ann")) {
			t.Errorf("%s: credentials in %q", name, err)
		}
	}
}

func TestClient_PerHost(t *testing.T) {
	t.Parallel()
	const limit, requests = 2, 12
	var mu sync.Mutex
	now, most := 0, 0
	c, s := fixture(t, Options{PerHost: limit}, func(w http.ResponseWriter, _ *http.Request) {
		mu.Lock()
		now++
		most = max(most, now)
		mu.Unlock()
		_, _ = io.WriteString(w, "x")
		mu.Lock()
		now--
		mu.Unlock()
	})
	var wg sync.WaitGroup
	for range requests {
		wg.Go(func() {
			if _, _, err := fetch(t, c, s.URL); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if most > limit {
		t.Errorf("%d at once, want at most %d", most, limit)
	}
	c.hosts.mu.Lock()
	defer c.hosts.mu.Unlock()
	for name, h := range c.hosts.m {
		if h.users != 0 {
			t.Errorf("%s has %d users after the last request", name, h.users)
		}
	}
}

func TestClient_WaitForAPlaceEndsWithTheContext(t *testing.T) {
	t.Parallel()
	c, s := fixture(t, Options{PerHost: 1}, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "x") })
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	held, err := c.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := do(c, req.Clone(ctx)); !errors.Is(err, context.Canceled) {
		t.Errorf("while the place is taken: %v", err)
	}
	for range 2 { // a second Close gives nothing back
		if err := held.Body.Close(); err != nil {
			t.Error(err)
		}
	}
	if _, _, err := do(c, req); err != nil {
		t.Errorf("after the place was given back: %v", err)
	}
	if _, err := held.Body.Read(make([]byte, 1)); err == nil {
		t.Error("a closed body can be read")
	}
}

func TestClient_BoundsTime(t *testing.T) {
	t.Parallel()
	done := make(chan struct{})
	hangs := func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/body" {
			_, _ = io.WriteString(w, "begins")
			_ = http.NewResponseController(w).Flush()
		}
		select {
		case <-r.Context().Done():
		case <-done:
		}
	}
	defer close(done)
	c, s := fixture(t, Options{Timeout: 50 * time.Millisecond}, hangs)
	for _, path := range []string{"/head", "/body"} {
		_, _, err := fetch(t, c, s.URL+path)
		if !errors.Is(err, ErrTimeout) {
			t.Errorf("%s: %v", path, err)
		}
	}
	c, s = fixture(t, Options{}, hangs)
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, s.URL+"/head", nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := do(c, req); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("the caller's own deadline: %v", err)
	}
}

// Feeds of one host that all redirect, within it or to another one, do not run out
// of time because they wait for each other: together they take more than each has.
func TestClient_RedirectsWaitAsLongAsTheyMust(t *testing.T) {
	t.Parallel()
	const requests, timeout, work = 48, 3 * time.Second, 50 * time.Millisecond
	for name, target := range map[string]string{"the same host": "127.0.0.1", "another host": "localhost"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, s := fixture(t, Options{Timeout: timeout, PerHost: 1}, func(w http.ResponseWriter, r *http.Request) {
				if path, ok := strings.CutPrefix(r.URL.Path, "/old"); ok {
					http.Redirect(w, r, "http://"+strings.Replace(r.Host, "127.0.0.1", target, 1)+"/new"+path, http.StatusMovedPermanently)
					return
				}
				wait(r.Context(), work)
				_, _ = io.WriteString(w, r.URL.Path)
			})
			var wg sync.WaitGroup
			for i := range requests {
				wg.Go(func() {
					path := fmt.Sprint("/", i)
					if _, body, err := fetch(t, c, s.URL+"/old"+path); err != nil || body != "/new"+path {
						t.Errorf("%s: %q, %v", path, body, err)
					}
				})
			}
			wg.Wait()
		})
	}
}

// wait is how long a server takes for an answer.
func wait(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}

// What is used of a request's time before and after a pause counts together.
func TestAllotted(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, a := within(t.Context(), 10*time.Second)
		time.Sleep(6 * time.Second)
		a.pause()
		time.Sleep(time.Hour)
		a.goOn()
		time.Sleep(3 * time.Second)
		synctest.Wait()
		if err := context.Cause(ctx); err != nil {
			t.Fatalf("after 9 of 10 seconds: %v", err)
		}
		time.Sleep(time.Second)
		synctest.Wait()
		if err := context.Cause(ctx); !errors.Is(err, ErrTimeout) {
			t.Errorf("after 10 seconds: %v", err)
		}
		a.end()
		ctx, a = within(t.Context(), time.Second)
		a.end()
		if err := context.Cause(ctx); !errors.Is(err, context.Canceled) {
			t.Errorf("ended: %v", err)
		}
	})
}
