package app_test

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"html"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"

	"newsdesk/internal/config"
)

// hub is a WebSub hub on loopback.
type hub struct {
	*system
	http *httptest.Server

	mu     sync.Mutex
	agreed url.Values // what the bot asked for, once it has confirmed that
}

func newHub(s *system) *hub {
	h := &hub{system: s}
	var asking sync.WaitGroup
	h.http = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := r.ParseForm(); err != nil || r.Method != http.MethodPost {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		form := r.PostForm
		w.WriteHeader(http.StatusAccepted)
		asking.Go(func() { h.verify(form) }) //nolint:contextcheck // it outlives the request
	}))
	s.Cleanup(func() { asking.Wait(); h.http.Close() })
	return h
}

// verify asks back whether what was asked for is wanted.
func (h *hub) verify(form url.Values) {
	q := url.Values{"hub.mode": form["hub.mode"], "hub.topic": form["hub.topic"], "hub.challenge": {"prove it"}, "hub.lease_seconds": {"3600"}}
	status, body := h.request(http.MethodGet, form.Get("hub.callback")+"?"+q.Encode(), "", "")
	if status != http.StatusOK || body != "prove it" {
		h.Errorf("asked back, the bot answered %d %q", status, body)
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.agreed = form
}

func (h *hub) request(method, address, body, signature string) (status int, answer string) {
	h.Helper()
	req, err := http.NewRequestWithContext(context.WithoutCancel(h.Context()), method, address, strings.NewReader(body))
	if err != nil {
		h.Error(err)
		return 0, ""
	}
	req.Header.Set("Content-Type", "application/rss+xml")
	req.Header.Set("X-Hub-Signature", signature)
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	resp, err := client.Do(req)
	if err != nil {
		h.Error(err)
		return 0, ""
	}
	defer resp.Body.Close()
	said, err := io.ReadAll(resp.Body)
	if err != nil {
		h.Error(err)
	}
	return resp.StatusCode, string(said)
}

func (h *hub) terms() url.Values {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.agreed
}

// document is a feed that names the hub, with one item.
func (h *hub) document(slug, title, text string) string {
	return fmt.Sprintf(`<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Harbour Post</title>
<atom:link rel="hub" href="%s/"/><atom:link rel="self" href="%s"/>
<item><title>%s</title><link>%s</link><guid isPermaLink="false">%s</guid><pubDate>%s</pubDate><description>%s</description></item></channel></rss>`,
		h.http.URL, h.news.URL("/post.xml"), html.EscapeString(title), h.news.URL("/"+slug), slug, h.at.Format("Mon, 02 Jan 2006 15:04:05 -0700"), html.EscapeString(text))
}

// A feed's hub sends what is new: it is posted although no poll is due for
// hours, and once. What somebody else sends is not.
func TestSystem_AHubPushes(t *testing.T) { // M5, M6, M7
	t.Parallel()
	s := newSystem(t)
	h := newHub(s)
	first := []string{"The ferry Vestland ran aground off Skagen on Monday with 40 people on board, the coast guard said.", "All were taken off by two lifeboats before noon, and nobody was hurt."}
	second := []string{"The port of Aalborg will close its east basin for dredging on Friday, the harbour office said.", "Freight goes over the west quay until the end of May, which costs the port 3 million kroner."}
	s.news.Page("/ferry", page("Harbour Post", "Ferry Vestland runs aground off Skagen", first))
	s.news.Page("/basin", page("Harbour Post", "Aalborg closes its east basin for dredging", second))
	feed := s.news.Feed("/post.xml")
	feed.SetBody("application/rss+xml", []byte(h.document("ferry", "Ferry Vestland runs aground off Skagen", first[0])))
	s.config.Feeds = append(s.config.Feeds, config.Feed{URL: feed.URL(), Name: "Harbour Post", Topic: "world"})
	s.config.Poll.Interval = 0
	s.config.Subscriptions = []config.Subscription{subscription(s.channel.ID, "world")}
	var lc net.ListenConfig
	// Of an address where nobody else listens, or is called from, while the port is free.
	l, err := lc.Listen(t.Context(), "tcp", "127.73.0.1:0")
	if err != nil { // not everywhere
		l, err = lc.Listen(t.Context(), "tcp", "127.0.0.1:0")
	}
	if err != nil {
		t.Fatal(err)
	}
	s.config.WebSub.Listen = l.Addr().String()
	s.config.WebSub.CallbackURL = "http://" + s.config.WebSub.Listen + "/websub/"
	_ = l.Close() // the port is the program's now
	s.start()
	s.wait("the first post", func() bool { return len(s.channel.Messages()) == 1 })
	polls := feed.Requests()
	// The program looks for hubs when it starts, and this feed was read after that.
	s.stop()
	s.start()
	s.wait("the agreement", func() bool { return h.terms() != nil })

	pushed := h.document("basin", "Aalborg closes its east basin for dredging", second[0])
	address := h.terms().Get("hub.callback")
	forged := strings.ReplaceAll(strings.ReplaceAll(pushed, "Aalborg", "Atlantis"), "basin", "flood")
	if status, _ := h.request(http.MethodPost, address, forged, "sha256="+strings.Repeat("00", 32)); status != http.StatusAccepted {
		t.Errorf("what is not signed was answered %d", status)
	}
	mac := hmac.New(sha256.New, []byte(h.terms().Get("hub.secret")))
	mac.Write([]byte(pushed))
	for range 2 { // hubs repeat themselves
		if status, _ := h.request(http.MethodPost, address, pushed, "sha256="+hex.EncodeToString(mac.Sum(nil))); status != http.StatusAccepted {
			t.Errorf("the push was answered %d", status)
		}
	}
	s.wait("the pushed post", func() bool { return len(s.channel.Messages()) == 2 })
	s.shows(s.channel.Messages()[1], "Aalborg", "east basin")
	s.stop()
	if n := len(s.channel.Messages()); n != 2 {
		t.Errorf("%d messages, want 2", n)
	}
	if n := feed.Requests(); n != polls {
		t.Errorf("the feed was polled %d times, want %d: the second story came by itself", n, polls)
	}
}
