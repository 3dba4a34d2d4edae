package articles

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"newsdesk/news"
)

func TestMain(m *testing.M) {
	if os.Getenv(childEnv) != "" {
		if err := readHostilePages(os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	goleak.VerifyTestMain(m)
}

// server answers with an article at /article and with trouble elsewhere.
func server(t *testing.T) *httptest.Server {
	t.Helper()
	mux := http.NewServeMux()
	html := func(w http.ResponseWriter, body []byte) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write(body)
	}
	mux.HandleFunc("/article", func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasPrefix(r.Header.Get("Accept"), "text/html") {
			http.Error(w, "what do you want?", http.StatusNotAcceptable)
			return
		}
		html(w, pageOf(`<link rel=canonical href="/canonical"><meta property="og:image" content="/i.jpg"><meta name=author content="Mara Ellison"><meta property="og:site_name" content="Saltby Echo">`, article()))
	})
	mux.HandleFunc("/changed/", func(w http.ResponseWriter, r *http.Request) {
		html(w, pageOf(`<meta property="article:modified_time" content="`+strings.TrimPrefix(r.URL.Path, "/changed/")+`">`, article()))
	})
	mux.HandleFunc("/moved", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/article", http.StatusMovedPermanently)
	})
	mux.HandleFunc("/pdf", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/pdf")
		_, _ = w.Write([]byte("%PDF-1.7 binary"))
	})
	mux.HandleFunc("/empty", func(w http.ResponseWriter, _ *http.Request) { html(w, nil) })
	mux.HandleFunc("/wall", func(w http.ResponseWriter, _ *http.Request) {
		html(w, pageOf("", "<div><p>We and our partners use cookies. Accept all cookies or manage cookies to continue to the site.</p><p>Already a subscriber? Log in to continue.</p></div>"))
	})
	mux.HandleFunc("/short", func(w http.ResponseWriter, _ *http.Request) { html(w, pageOf("", "<p>"+paragraphs[0]+"</p>")) })
	mux.HandleFunc("/broken", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "100000")
		html(w, pageOf("", article()))
		panic(http.ErrAbortHandler)
	})
	mux.HandleFunc("/huge", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = fmt.Fprint(w, "<html><title>"+headline+"</title><body>")
		for i := range 22_000 {
			if _, err := fmt.Fprintf(w, "<p>Tide %d: %s</p>", i, paragraphs[i%4]); err != nil {
				return
			}
		}
	})
	mux.HandleFunc("/busy", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "120")
		w.WriteHeader(http.StatusTooManyRequests)
	})
	for _, s := range []int{403, 404, 410, 451, 500, 503} {
		mux.HandleFunc(fmt.Sprintf("/%d", s), func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(s) })
	}
	srv := httptest.NewServer(mux)
	t.Cleanup(srv.Close)
	return srv
}

func reader(t *testing.T, client Doer, o ReaderOptions) *Reader {
	t.Helper()
	o.Budget = time.Minute // a slow machine is no slow page
	r := NewReader(client, o)
	t.Cleanup(r.Close)
	return r
}

func itemAt(url string) news.Item {
	return news.Item{
		GUID: "g1", URL: url, Title: headline, Author: "Feed Author", Image: "https://feed.example/f.jpg",
		Summary:   "The harbour board closes the eastern basin until August.",
		Published: time.Date(2026, 3, 5, 9, 0, 0, 0, time.UTC),
	}
}

// M2: an article is read from its page, with what the page says about it.
func TestReader_ReadsThePage(t *testing.T) {
	t.Parallel()
	srv := server(t)
	r := reader(t, srv.Client(), ReaderOptions{})
	for _, path := range []string{"/article", "/moved"} {
		got, err := r.Read(t.Context(), itemAt(srv.URL+path))
		if err != nil {
			t.Fatal(err)
		}
		want := news.Article{
			GUID: "g1", URL: srv.URL + "/canonical", Title: headline, Outlet: "Saltby Echo", Byline: "Mara Ellison", Lang: "en",
			Image: srv.URL + "/i.jpg", Body: strings.Join(paragraphs, "\n\n"), Method: news.MethodPage,
			Published: time.Date(2026, 3, 5, 9, 0, 0, 0, time.UTC),
		}
		if diff := cmp.Diff(got, want); diff != "" {
			t.Errorf("%s (-got +want)\n%s", path, diff)
		}
	}
}

// A page that was changed the moment it was asked for tells when that was.
func TestReader_Updated(t *testing.T) {
	t.Parallel()
	srv := server(t)
	noon := time.Date(2026, 3, 5, 12, 0, 0, 0, time.UTC)
	r := reader(t, srv.Client(), ReaderOptions{Now: func() time.Time { return noon }})
	for at, want := range map[string]string{"2026-03-05T11:30:00Z": "11:30", "2026-03-05T11:59:40Z": "", "2026-03-06T10:00:00Z": ""} {
		a, err := r.Read(t.Context(), itemAt(srv.URL+"/changed/"+at))
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if !a.Updated.IsZero() {
			got = a.Updated.Format("15:04")
		}
		if got != want || a.Method != news.MethodPage {
			t.Errorf("changed at %s: kept %q, want %q (%s)", at, got, want, a.Method)
		}
	}
}

func TestReader_FallsBackToTheFeed(t *testing.T) {
	t.Parallel()
	srv := server(t)
	r := reader(t, srv.Client(), ReaderOptions{})
	for _, c := range []struct{ url, why string }{
		{srv.URL + "/403", "the page answered 403"},
		{srv.URL + "/404", "the page answered 404"},
		{srv.URL + "/410", "the page answered 410"},
		{srv.URL + "/451", "the page answered 451"},
		{srv.URL + "/pdf", "the page is a PDF, not a web page"},
		{srv.URL + "/empty", "the page is empty"},
		{srv.URL + "/wall", "the page shows a consent, login or bot check instead of the article"},
		{srv.URL + "/short", "the page holds no article: 30 words"},
		{"", "the feed gives no address for the page"},
		{"mailto:desk@example.org", "the feed gives no address for the page"},
		{"ftp://example.org/a", "the feed gives no address for the page"},
	} {
		got, err := r.Read(t.Context(), itemAt(c.url))
		if err != nil {
			t.Errorf("%s: %v", c.url, err)
			continue
		}
		if got.Why != c.why || got.Method != news.MethodFeed || got.Body != "The harbour board closes the eastern basin until August." || got.Title != headline {
			t.Errorf("%s: %+v", c.url, got)
		}
	}
}

func TestReader_TemporaryErrors(t *testing.T) {
	t.Parallel()
	srv := server(t)
	r := reader(t, srv.Client(), ReaderOptions{})
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	for _, c := range []struct {
		url   string
		after time.Duration
	}{
		{srv.URL + "/500", 0}, {srv.URL + "/503", 0}, {srv.URL + "/busy", 2 * time.Minute}, {srv.URL + "/broken", 0}, {gone.URL + "/a?token=secret", 0},
	} {
		_, err := r.Read(t.Context(), itemAt(c.url))
		var temporary *TemporaryError
		if !errors.As(err, &temporary) || temporary.RetryAfter != c.after {
			t.Errorf("%s: %v", c.url, err)
		}
		if err != nil && strings.Contains(err.Error(), "secret") {
			t.Errorf("the error tells the query: %v", err)
		}
	}
}

func TestReader_PermanentErrorsOfTheClient(t *testing.T) {
	t.Parallel()
	refused := errors.New("the address is private")
	client := doer(func(*http.Request) (*http.Response, error) { return nil, refused })
	r := reader(t, client, ReaderOptions{Permanent: func(err error) bool { return errors.Is(err, refused) }})
	got, err := r.Read(t.Context(), itemAt("http://10.0.0.1/a"))
	if err != nil || got.Method != news.MethodFeed || got.Why != "the page could not be fetched: the address is private" {
		t.Errorf("%+v, %v", got, err)
	}
}

type doer func(*http.Request) (*http.Response, error)

func (d doer) Do(r *http.Request) (*http.Response, error) { return d(r) }

func TestReader_CutsHugePages(t *testing.T) {
	t.Parallel()
	srv := server(t)
	got, err := reader(t, srv.Client(), ReaderOptions{}).Read(t.Context(), itemAt(srv.URL+"/huge"))
	if err != nil || got.Method != news.MethodPageCut || len(got.Body) > maxPage {
		t.Errorf("%q, %d bytes, %v", got.Method, len(got.Body), err)
	}
}

// A feed that carries the whole text beats a page that shows its beginning.
func TestReader_PrefersTheFullerFeed(t *testing.T) {
	t.Parallel()
	body := pageOf("", "<article><h1>"+headline+"</h1><p>"+strings.Join(paragraphs[:3], "</p><p>")+"</p></article>")
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = w.Write(body)
	}))
	t.Cleanup(srv.Close)
	it := itemAt(srv.URL + "/a")
	it.Content = "<p>" + strings.Join(paragraphs, "</p><p>") + "</p><p>" + strings.Join(paragraphs, " Also: ") + "</p>"
	got, err := reader(t, srv.Client(), ReaderOptions{}).Read(t.Context(), it)
	if err != nil || got.Method != news.MethodFeed || got.Why != "the feed holds more of the text than the page" || !strings.Contains(got.Body, paragraphs[3]) {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestReader_EndsWithItsContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	client := doer(func(r *http.Request) (*http.Response, error) {
		cancel()
		<-r.Context().Done()
		return nil, r.Context().Err()
	})
	_, err := reader(t, client, ReaderOptions{}).Read(ctx, itemAt("https://example.org/a"))
	var temporary *TemporaryError
	if !errors.Is(err, context.Canceled) || errors.As(err, &temporary) {
		t.Errorf("got %v", err)
	}
}

func TestReader_ClosedAndConcurrent(t *testing.T) {
	t.Parallel()
	srv := server(t)
	r := NewReader(srv.Client(), ReaderOptions{Workers: 2, Budget: time.Minute})
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if a, err := r.Read(t.Context(), itemAt(srv.URL+"/article")); err != nil || a.Method != news.MethodPage {
				t.Errorf("%q, %v", a.Method, err)
			}
		})
	}
	wg.Wait()
	r.Close()
	r.Close()
	if _, err := r.Read(t.Context(), itemAt(srv.URL+"/article")); !errors.Is(err, ErrClosed) {
		t.Errorf("after Close: %v", err)
	}
}

// An extraction that outlives its budget gives the feed's text, and Close waits
// for it.
func TestReader_SlowPage(t *testing.T) {
	t.Parallel()
	srv := server(t)
	r := NewReader(srv.Client(), ReaderOptions{Budget: time.Nanosecond})
	got, err := r.Read(t.Context(), itemAt(srv.URL+"/huge"))
	if err != nil || got.Method != news.MethodFeed || got.Why != "the page took longer than 1ns to read" {
		t.Errorf("%+v, %v", got, err)
	}
	r.Close()
	if len(r.pool.places) != 0 {
		t.Error("a place is still held after Close")
	}
}

func TestFromFeed(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		it   news.Item
		want string
	}{
		{"content before summary", news.Item{Content: "<p>" + paragraphs[0] + "</p><ul><li>one</li><li>two</li></ul>", Summary: "short"}, paragraphs[0] + "\n\n- one\n- two"},
		{"longer summary", news.Item{Content: "<p>short</p>", Summary: paragraphs[0]}, paragraphs[0]},
		{"furniture", news.Item{Title: headline, Content: "<h2>" + headline + "</h2><p>" + paragraphs[0] + "</p><p>The post <a href=x>Basin</a> appeared first on Saltby Echo.</p>"}, paragraphs[0]},
		{"cut off", news.Item{Summary: paragraphs[0] + " [&hellip;]"}, paragraphs[0]},
		{"read on", news.Item{Summary: paragraphs[0] + " Continue reading…"}, paragraphs[0]},
		{"scripts", news.Item{Content: "<script>alert(1)</script><p>" + paragraphs[0] + "</p><style>p{}</style>"}, paragraphs[0]},
		{"nothing", news.Item{}, ""},
		{"not text", news.Item{Summary: "a\xffb"}, "ab"},
	} {
		got := FromFeed(c.it, "the page answered 403")
		if diff := cmp.Diff(got.Body, c.want); diff != "" {
			t.Errorf("%s (-got +want)\n%s", c.name, diff)
		}
		if got.Method != news.MethodFeed || got.Why != "the page answered 403" {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
}

// TestRead_FeedTextThatMayBeFuller holds that no feed's text is passed over that
// could stand for the page's: markup makes no more text than is reckoned with.
func TestRead_FeedTextThatMayBeFuller(t *testing.T) {
	t.Parallel()
	for _, markup := range []string{
		strings.Repeat("<p>&nGt;", 400), strings.Repeat("<li>a", 600), strings.Repeat("a<br>", 700), strings.Repeat("&nGt;&acE;", 300), strings.Repeat("<p>The bridge is shut.</p>", 90),
		strings.Repeat("<td>a", 1100), strings.Repeat("plain words without end ", 80),
	} {
		it := news.Item{Content: markup}
		body := FromFeed(it, "").Body
		page := strings.Repeat("x", len(body)*2/3-1)
		if len(body) < enoughFeed {
			t.Errorf("%.20q made only %d bytes of text: it says nothing", markup, len(body))
		}
		if fuller(body, page) && !mayBeFuller(it, page) {
			t.Errorf("%.20q: %d bytes of markup made %d of text, and were passed over", markup, len(markup), len(body))
		}
	}
}

// A gallery is told by the feed's words; its captions are no text.
func TestReader_TakesTheFeedsWordsOfWhatIsShown(t *testing.T) {
	t.Parallel()
	mux := http.NewServeMux()
	mux.HandleFunc("/gallery/dredging", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write(pageOf(`<meta property="og:image" content="/i.jpg">`, article()))
	})
	srv := httptest.NewServer(mux)
	defer srv.Close()
	r := reader(t, srv.Client(), ReaderOptions{})
	for _, c := range []struct {
		name, summary, body string
		method              news.Method
	}{
		{"with words", "Dredgers at work in the eastern basin of Saltby.", "Dredgers at work in the eastern basin of Saltby.", news.MethodFeed},
		{"without", "", strings.Join(paragraphs, "\n\n"), news.MethodPage},
	} {
		a, err := r.Read(t.Context(), news.Item{URL: srv.URL + "/gallery/dredging", Title: headline, Summary: c.summary})
		if err != nil {
			t.Fatal(err)
		}
		if a.Kind != news.KindGallery || a.Method != c.method || a.Body != c.body || a.Image != srv.URL+"/i.jpg" {
			t.Errorf("%s: %+v", c.name, a)
		}
	}
}
