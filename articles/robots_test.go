package articles

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"newsdesk/feeds/feedstest"
	"newsdesk/internal/safehttp"
	"newsdesk/news"
)

func TestRobots_RFC9309(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ why, text, allowed, refused string }{
		{"nothing is said", "", "/ /a", ""},
		{"nothing is said to us", "User-agent: Otherbot\nDisallow: /", "/a", ""},
		{"everybody is kept out", "User-agent: *\nDisallow: /", "", "/ /a /a?b=c"},
		{"everybody but us", "User-agent: *\nDisallow: /\n\nUser-agent: newsdesk\nDisallow: /private/", "/a", "/private/ /private/x"},
		{"our name with a version", "User-agent: NewsDesk/1.0 (+https://example.org)\nDisallow: /x", "/a", "/x"},
		{"a name that ours begins with is another's", "User-agent: news\nDisallow: /", "/a", ""},
		{"a name that begins with ours too", "User-agent: newsdesk-images\nDisallow: /", "/a", ""},
		{"two groups for us are one", "User-agent: newsdesk\nDisallow: /a\nUser-agent: b\nDisallow: /b\nUser-agent: newsdesk\nDisallow: /c", "/b", "/a /c"},
		{"one group for two", "User-agent: b\nUser-agent: newsdesk\nUser-agent: *\nDisallow: /a", "/b", "/a"},
		{"an empty rule forbids nothing", "User-agent: *\nDisallow:", "/a", ""},
		{"the longer rule decides", "User-agent: *\nAllow: /news/\nDisallow: /\nDisallow: /news/old/", "/news/a", "/ /b /news/old/a"},
		{"of equals the one that allows", "User-agent: *\nDisallow: /a\nAllow: /a", "/a", ""},
		{"wildcards", "User-agent: *\nDisallow: /*/print\nDisallow: /*.pdf$\nDisallow: /a*b*c", "/print.pdf?x /x.pdfs /ab /acb", "/x/print /x/y/printed /x.pdf /abc /axbyc/z"},
		{"an end", "User-agent: *\nDisallow: /$\nDisallow: /fish$", "/fishes /a", "/ /fish"},
		{"all by a star", "User-agent: *\nDisallow: *", "", "/ /a"},
		{"queries", "User-agent: *\nDisallow: /*?print=", "/a?x=1 /a", "/a?print=1 /b/c?print="},
		{"case counts in paths only", "USER-AGENT: *\nDISALLOW: /Fish", "/fish", "/Fish"},
		{"escapes compare", "User-agent: *\nDisallow: /caf%c3%a9\nDisallow: /%7Ejoe\nDisallow: /tür", "/cafe", "/caf%C3%A9 /~joe/x /t%C3%BCr"},
		{"an escaped star is none", "User-agent: *\nDisallow: /a%2Ab", "/axb", "/a%2ab"},
		{"comments, blanks, CRLF, a mark", "\ufeffUser-agent : * # all\r\n\r\n  Disallow : /a # this\r\n", "/b", "/a"},
		{"a slash left out", "User-agent: *\nDisallow: private", "/a", "/private"},
		{"one bad line spoils no other", "Disallow: /early\nnonsense\nUser-agent: *\nCrawl-delay: soon\nDisallow: /a\nSitemap: https://x.example/s.xml\nDisallow: /b", "/early", "/a /b"},
		{"a page in place of the file", "<!DOCTYPE html><html><body>Not: found</body></html>", "/a", ""},
	} {
		rules := parseRobots([]byte(c.text), "Newsdesk")
		for p := range strings.FieldsSeq(c.allowed) {
			if !rules.allows(p) {
				t.Errorf("%s: %s is refused", c.why, p)
			}
		}
		for p := range strings.FieldsSeq(c.refused) {
			if rules.allows(p) {
				t.Errorf("%s: %s is allowed", c.why, p)
			}
		}
	}
}

func TestRobots_CrawlDelay(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]time.Duration{
		"User-agent: *\nCrawl-delay: 10":   10 * time.Second,
		"User-agent: *\nCrawl-delay: 0.5":  500 * time.Millisecond,
		"User-agent: *\nCrawl-delay: 3600": 30 * time.Second,
		"User-agent: *\nCrawl-delay: -1":   0,
		"User-agent: *\nCrawl-delay: NaN":  0,
		"User-agent: b\nCrawl-delay: 10":   0,
	} {
		if got := parseRobots([]byte(text), "Newsdesk").delay; got != want {
			t.Errorf("%q: %v between pages, want %v", text, got, want)
		}
	}
}

// site is a feed server whose robots.txt can be set, seen by a Reader with a
// clock of its own.
type site struct {
	*feedstest.Server
	t      *testing.T
	robots *feedstest.Feed
	reader *Reader
	mu     sync.Mutex
	now    time.Time
}

func newSite(t *testing.T) *site {
	t.Helper()
	s := &site{Server: feedstest.New(t), t: t, now: time.Date(2026, 3, 5, 9, 0, 0, 0, time.UTC)}
	for _, p := range []string{"/a", "/b", "/private/c", "/go/moved"} {
		s.Page(p, string(pageOf("", article())))
	}
	s.robots = s.Feed("/robots.txt")
	s.says("")
	s.reader = reader(t, http.DefaultClient, ReaderOptions{Robot: "Newsdesk", Now: func() time.Time {
		s.mu.Lock()
		defer s.mu.Unlock()
		return s.now
	}})
	return s
}

func (s *site) says(robots string) { s.robots.SetBody("text/plain", []byte(robots)) }

func (s *site) later(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.now = s.now.Add(d)
}

// read reads a page, and returns why it was not taken from there, and whether
// it is to be tried again later.
func (s *site) read(path string) (why string, again *TemporaryError) {
	s.t.Helper()
	a, err := s.reader.Read(s.t.Context(), itemAt(s.URL(path)))
	if errors.As(err, &again) {
		return "", again
	}
	if err != nil {
		s.t.Fatal(err)
	}
	if (a.Method == news.MethodPage) != (a.Why == "") {
		s.t.Fatalf("%s: method %q, why %q", path, a.Method, a.Why)
	}
	return a.Why, nil
}

// M2: a page that its site asks robots not to read is not asked for; the
// feed's own text serves, and the article says why. The site is asked once.
func TestReader_ObeysRobots(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.says("User-agent: *\nDisallow: /private/\nDisallow: /go/moved")
	s.Feed("/go").SetFault(feedstest.MovedForNow)
	for range 3 {
		if why, _ := s.read("/a"); why != "" {
			t.Errorf("an allowed page is not read: %s", why)
		}
		if why, _ := s.read("/private/c"); why != "the site asks robots not to read this page" {
			t.Errorf("a refused page: why is %q", why)
		}
	}
	if why, _ := s.read("/go"); why != "the site asks robots not to read this page" {
		t.Errorf("a page that a redirect led to: why is %q", why)
	}
	if n := s.Requests("/private/c"); n != 0 {
		t.Errorf("the refused page was asked for %d times", n)
	}
	if n := s.robots.Requests(); n != 1 {
		t.Errorf("robots.txt was asked for %d times, want once", n)
	}
	open := reader(t, http.DefaultClient, ReaderOptions{})
	if a, err := open.Read(t.Context(), itemAt(s.URL("/private/c"))); err != nil || a.Why != "" {
		t.Errorf("a Reader that is no robot: %v, %q", err, a.Why)
	}
}

// One question for many articles of a site that come at once.
func TestReader_AsksForRobotsOnce(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() { _, _ = s.read("/a") })
	}
	wg.Wait()
	if n := s.robots.Requests(); n != 1 {
		t.Errorf("robots.txt was asked for %d times, want once", n)
	}
}

// RFC 9309, 2.3.1: what counts where there is no robots.txt to be had.
func TestReader_RobotsThatCannotBeHad(t *testing.T) {
	t.Parallel()
	for _, f := range []feedstest.Fault{feedstest.NotFound, feedstest.Gone, feedstest.Empty, feedstest.HTMLInstead, feedstest.Loop} {
		s := newSite(t)
		s.robots.SetFault(f)
		why, again := s.read("/a")
		if f == feedstest.Loop { // http.DefaultClient has no permanent errors; see app.refused
			if again == nil {
				t.Errorf("%s: not to be tried again", f)
			}
			continue
		}
		if why != "" || again != nil {
			t.Errorf("%s: why %q, again %v; want the page read", f, why, again)
		}
	}
	for _, f := range []feedstest.Fault{feedstest.ServerError, feedstest.Unavailable, feedstest.TooManyRequests, feedstest.Reset, feedstest.CutConnection} {
		s := newSite(t)
		s.says(strings.Repeat("# much to say\n", 1000))
		s.robots.SetFault(f)
		if _, again := s.read("/a"); again == nil || s.Requests("/a") != 0 {
			t.Errorf("%s: again %v, page asked for %d times; want it tried later", f, again, s.Requests("/a"))
		}
		_, _ = s.read("/b")
		if n := s.robots.Requests(); n > 2 { // net/http may repeat a request on a connection that was reset
			t.Errorf("%s: asked %d times within a minute", f, n)
		}
		s.later(robotsPatience)
		if why, again := s.read("/a"); again != nil || why == "" {
			t.Errorf("%s for ten minutes: why %q, again %v; want the feed's text", f, why, again)
		}
		s.robots.SetFault(feedstest.None)
		s.says("")
		s.later(robotsAgain)
		if why, again := s.read("/a"); why != "" || again != nil {
			t.Errorf("%s mended: why %q, again %v", f, why, again)
		}
	}
}

func TestReader_RobotsAreBelievedForADay(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.says("User-agent: *\nDisallow: /a")
	_, _ = s.read("/a")
	s.says("User-agent: *\nDisallow: /b")
	s.later(robotsKept - time.Second)
	if why, _ := s.read("/a"); why == "" {
		t.Error("forgotten before a day was over")
	}
	s.later(time.Second)
	if why, _ := s.read("/a"); why != "" {
		t.Errorf("not asked again after a day: %s", why)
	}
	s.robots.SetFault(feedstest.ServerError)
	s.later(robotsKept)
	a, _ := s.read("/a")
	b, again := s.read("/b")
	if a != "" || b == "" || again != nil {
		t.Errorf("while it cannot be had, what was read last counts: /a %q, /b %q, again %v", a, b, again)
	}
}

// A site may ask for a pause between two pages.
func TestReader_KeepsTheCrawlDelay(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.says("User-agent: *\nCrawl-delay: 10")
	if why, again := s.read("/a"); why != "" || again != nil {
		t.Fatalf("the first page: why %q, again %v", why, again)
	}
	s.later(3 * time.Second)
	if _, again := s.read("/b"); again == nil || again.RetryAfter != 7*time.Second || s.Requests("/b") != 0 {
		t.Errorf("the next page after 3 s: again %+v; want it tried in 7 s", again)
	}
	s.later(7 * time.Second)
	if why, again := s.read("/b"); why != "" || again != nil {
		t.Errorf("the next page after 10 s: why %q, again %v", why, again)
	}
	s.later(9990 * time.Millisecond)
	if why, again := s.read("/a"); why != "" || again != nil { // waits 10 ms
		t.Errorf("a page that is due at once: why %q, again %v", why, again)
	}
}

// What is remembered of sites is bounded in number and in bytes.
func TestRobots_AreBounded(t *testing.T) {
	t.Parallel()
	r := newRobots(http.DefaultClient, "Newsdesk", nil, nil)
	for i := range robotsHosts + 100 {
		h := r.host(fmt.Sprintf("https://%d.example", i))
		h.rules = &robotRules{size: 10_000}
		r.weigh(h)
		r.weigh(h) // read again
		if r.size > robotsMemory || r.hosts.Len() > robotsHosts || r.size != 10_000*r.hosts.Len() {
			t.Fatalf("%d bytes of %d sites", r.size, r.hosts.Len())
		}
	}
	old := r.host("https://first.example")
	r.hosts.Purge()
	old.rules = &robotRules{size: 500}
	if r.weigh(old); r.size != 0 {
		t.Errorf("%d bytes are counted of a site that is forgotten", r.size)
	}
	long := "User-agent: *\n" + strings.Repeat("Disallow: /a\n", maxRobots/13) + "Disallow: /beyond\n"
	if rules := parseRobots([]byte(long), "Newsdesk"); !rules.allows("/beyond") || rules.allows("/a") {
		t.Error("what is beyond 500 KB was read, or what is before it was not")
	}
}

func FuzzRobots(f *testing.F) {
	f.Add("User-agent: *\nDisallow: /*a$\nAllow: /%2", "/b?c=%zz")
	f.Add("User-agent: newsdesk\nCrawl-delay: 1e400\nDisallow: **$$", "")
	f.Fuzz(func(t *testing.T, text, path string) {
		rules := parseRobots([]byte(text), "Newsdesk")
		if rules.delay < 0 || rules.delay > maxCrawlDelay {
			t.Errorf("a delay of %v", rules.delay)
		}
		allowed := rules.allows(path)
		if u, err := url.Parse(path); err == nil && u.EscapedPath() == path && allowed != rules.allows(u.EscapedPath()) {
			t.Error("says two things of one path")
		}
		if len(rules.rules) == 0 && !allowed {
			t.Error("no rule, and refused")
		}
	})
}

// A page that its site asks robots not to read is not asked for where another site
// leads there, either; and many pages of one site that are led to at once do not
// hold the places at it that the question for its robots.txt needs.
func TestReader_AsksBeforeItFollowsARedirect(t *testing.T) {
	t.Parallel()
	var asked atomic.Int64
	outlet := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == "/robots.txt":
			_, _ = io.WriteString(w, "User-agent: *\nDisallow: /private/")
		case strings.HasPrefix(r.URL.Path, "/private/"):
			asked.Add(1)
		default:
			w.Header().Set("Content-Type", "text/html")
			_, _ = w.Write(pageOf("", article()))
		}
	}))
	defer outlet.Close()
	aggregator := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		http.Redirect(w, r, outlet.URL+r.URL.Path, http.StatusFound)
	}))
	defer aggregator.Close()
	client := safehttp.New(safehttp.Options{AllowPrivate: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}, PerHost: 1})
	defer client.CloseIdleConnections()
	r := reader(t, client, ReaderOptions{Robot: "Newsdesk", Now: time.Now})
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	var wg sync.WaitGroup
	for i := range 6 {
		wg.Go(func() {
			path, want := fmt.Sprint("/public/", i), ""
			if i%2 == 1 {
				path, want = fmt.Sprint("/private/", i), "the site asks robots not to read this page"
			}
			if a, err := r.Read(ctx, itemAt(aggregator.URL+path)); err != nil || a.Why != want {
				t.Errorf("%s: %q, %v; want %q", path, a.Why, err, want)
			}
		})
	}
	wg.Wait()
	if n := asked.Load(); n != 0 {
		t.Errorf("pages that are not to be read were asked for %d times", n)
	}
}
