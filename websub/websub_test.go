package websub_test

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"newsdesk/feeds"
	"newsdesk/news"
	"newsdesk/store"
	"newsdesk/store/storetest"
	"newsdesk/websub"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var noon = time.Date(2026, time.March, 3, 12, 0, 0, 0, time.UTC)

// hub is a hub without a network: it answers what it is asked, and asks back
// at once where it agrees.
type hub struct {
	answer int // status
	mode   string
	lease  string
	asked  []url.Values
	bot    *websub.Subscriber
	echoed []string // what the bot answered when it was asked back
}

func (h *hub) Do(req *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(req.Body)
	if err != nil {
		return nil, err
	}
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return nil, err
	}
	h.asked = append(h.asked, form)
	if h.mode != "" {
		q := url.Values{"hub.mode": {h.mode}, "hub.topic": form["hub.topic"], "hub.challenge": {"c-1"}, "hub.reason": {"not  here"}}
		if h.lease != "" {
			q.Set("hub.lease_seconds", h.lease)
		}
		rec := httptest.NewRecorder()
		h.bot.ServeHTTP(rec, httptest.NewRequest(http.MethodGet, form.Get("hub.callback")+"?"+q.Encode(), http.NoBody))
		h.echoed = append(h.echoed, http.StatusText(rec.Code)+" "+rec.Body.String())
	}
	return &http.Response{StatusCode: h.answer, Body: io.NopCloser(strings.NewReader("said\nby the hub"))}, nil
}

// desk is a Subscriber between a hub and a real database with one feed that
// names it.
type desk struct {
	*websub.Subscriber
	t     *testing.T
	db    *store.DB
	hub   *hub
	feed  news.FeedID
	now   time.Time
	fails error // of the receiver

	mu    sync.Mutex
	taken []string // documents
}

// blank is the empty database that a desk starts with.
var blank storetest.Template

func newDesk(t *testing.T) *desk {
	t.Helper()
	db, err := store.Open(t.Context(), blank.New(t), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	d := &desk{t: t, db: db, hub: &hub{answer: http.StatusAccepted}, now: noon}
	if err := db.SyncFeeds(t.Context(), []news.Feed{{URL: "https://x.example/feed", Name: "x", Topic: "world"}}, noon); err != nil {
		t.Fatal(err)
	}
	list, err := db.Feeds(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	d.feed = list[0].ID
	d.announce("https://hub.example/")
	chance := byte(0)
	d.Subscriber = websub.New(db, d.hub, d.receive, websub.Options{
		Callback: "https://news.example.org/websub", MaxBody: 1000, Log: slog.New(slog.DiscardHandler),
		Random: func(b []byte) { chance++; copy(b, bytes.Repeat([]byte{chance}, len(b))) },
		Now:    func() time.Time { return d.now },
	})
	d.hub.bot = d.Subscriber
	return d
}

func (d *desk) announce(address string) {
	d.t.Helper()
	r := feeds.Result{FetchedAt: noon, NextPoll: noon.Add(time.Hour), Hub: news.Hub{URL: address, Topic: "https://x.example/self"}}
	if _, err := d.db.SaveFetch(d.t.Context(), d.feed, r); err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) receive(_ context.Context, feed news.FeedID, kind string, body []byte) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if feed != d.feed || kind != "application/rss+xml" {
		d.t.Errorf("received feed %d as %q", feed, kind)
	}
	if d.fails == nil {
		d.taken = append(d.taken, string(body))
	}
	return d.fails
}

func (d *desk) ask() {
	d.t.Helper()
	if err := d.Ask(d.t.Context()); err != nil {
		d.t.Fatal(err)
	}
}

// pushes says until when the feed's hub pushes.
func (d *desk) pushes() time.Time {
	d.t.Helper()
	f, err := d.db.Feed(d.t.Context(), d.feed)
	if err != nil {
		d.t.Fatal(err)
	}
	return f.Hub.Until
}

// send sends what a hub would to the address it was given when last asked.
func (d *desk) send(method, query string, body []byte, header ...string) *httptest.ResponseRecorder {
	d.t.Helper()
	return d.sendTo(d.hub.asked[len(d.hub.asked)-1].Get("hub.callback"), method, query, body, header...)
}

func (d *desk) sendTo(address, method, query string, body []byte, header ...string) *httptest.ResponseRecorder {
	d.t.Helper()
	req := httptest.NewRequest(method, address+query, bytes.NewReader(body)).WithContext(d.t.Context())
	req.Header.Set("Content-Type", "application/rss+xml")
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	rec := httptest.NewRecorder()
	d.ServeHTTP(rec, req)
	return rec
}

func sign(name string, algorithm func() hash.Hash, secret string, body []byte) string {
	mac := hmac.New(algorithm, []byte(secret))
	mac.Write(body)
	return name + "=" + hex.EncodeToString(mac.Sum(nil))
}

func TestAsk_AgreesAndRenews(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.hub.mode, d.hub.lease = "subscribe", "86400"
	d.ask()
	d.ask() // nothing is due
	if len(d.hub.asked) != 1 {
		t.Fatalf("the hub was asked %d times", len(d.hub.asked))
	}
	form := d.hub.asked[0]
	callback, secret := form.Get("hub.callback"), form.Get("hub.secret")
	if !strings.HasPrefix(callback, "https://news.example.org/websub/") || len(secret) < 40 || strings.Contains(callback, secret) ||
		form.Get("hub.topic") != "https://x.example/self" || form.Get("hub.mode") != "subscribe" || form.Get("hub.lease_seconds") != "864000" {
		t.Errorf("asked: %v", form)
	}
	if d.hub.echoed[0] != "OK c-1" {
		t.Errorf("asked back, the bot said %q", d.hub.echoed[0])
	}
	if want := noon.Add(24 * time.Hour); !d.pushes().Equal(want) {
		t.Errorf("pushed until %s, want %s", d.pushes(), want)
	}
	d.now = noon.Add(22 * time.Hour)
	d.ask()
	if len(d.hub.asked) != 2 || d.hub.asked[1].Get("hub.callback") != callback || d.hub.asked[1].Get("hub.secret") != secret {
		t.Errorf("renewed: %v", d.hub.asked)
	}
	if want := d.now.Add(24 * time.Hour); !d.pushes().Equal(want) {
		t.Errorf("after the renewal pushed until %s, want %s", d.pushes(), want)
	}
}

func TestAsk_BacksOff(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		answer int
		mode   string
		want   []time.Duration // between two askings
	}{
		"the hub refuses":          {http.StatusForbidden, "", []time.Duration{time.Hour, 2 * time.Hour, 4 * time.Hour, 8 * time.Hour, 16 * time.Hour, 24 * time.Hour, 24 * time.Hour}},
		"the hub never asks back":  {http.StatusAccepted, "", []time.Duration{time.Hour, 2 * time.Hour, 4 * time.Hour, 8 * time.Hour, 16 * time.Hour, 24 * time.Hour}},
		"the hub says no":          {http.StatusAccepted, "denied", []time.Duration{24 * time.Hour, 24 * time.Hour}},
		"it refuses and says no":   {http.StatusBadRequest, "denied", []time.Duration{24 * time.Hour, 24 * time.Hour}},
		"it agrees for one minute": {http.StatusAccepted, "subscribe", []time.Duration{30 * time.Second, 30 * time.Second}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			d.hub.answer, d.hub.mode, d.hub.lease = c.answer, c.mode, "1"
			d.ask()
			for i, wait := range c.want {
				d.now = d.now.Add(wait - time.Second)
				d.ask()
				if len(d.hub.asked) != i+1 {
					t.Fatalf("asked again before %s", wait)
				}
				d.now = d.now.Add(time.Second)
				d.ask()
				if len(d.hub.asked) != i+2 {
					t.Fatalf("not asked again after %s", wait)
				}
			}
			if c.mode != "subscribe" && !d.pushes().IsZero() {
				t.Errorf("pushed until %s", d.pushes())
			}
		})
	}
}

func TestAsk_LeavesAHubThatIsNotNamedAnyMore(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.hub.mode = "subscribe"
	d.ask()
	d.announce("")
	d.hub.mode = "unsubscribe"
	d.ask()
	d.ask()
	if len(d.hub.asked) != 2 || d.hub.asked[1].Get("hub.mode") != "unsubscribe" || d.hub.echoed[1] != "OK c-1" {
		t.Errorf("asked %v, answered %q", d.hub.asked, d.hub.echoed)
	}
	if rec := d.send(http.MethodPost, "", []byte("x")); rec.Code != http.StatusGone {
		t.Errorf("what it sends all the same is answered %d, want 410", rec.Code)
	}
	if !d.pushes().IsZero() {
		t.Errorf("pushed until %s", d.pushes())
	}
}

func TestAsk_AnotherHubGetsAnotherAddress(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.hub.mode = "subscribe"
	d.ask()
	d.announce("https://other.example/")
	d.ask()
	if a, b := d.hub.asked[0], d.hub.asked[1]; a.Get("hub.callback") == b.Get("hub.callback") || a.Get("hub.secret") == b.Get("hub.secret") {
		t.Errorf("both know %v", a)
	}
	if rec := d.sendTo(d.hub.asked[0].Get("hub.callback"), http.MethodPost, "", []byte("x")); rec.Code != http.StatusGone {
		t.Errorf("what the old hub sends is answered %d, want 410", rec.Code)
	}
}

// Nobody but the hub that was asked can make the bot take anything.
func TestServe_TakesWhatIsSigned(t *testing.T) { // M6
	t.Parallel()
	d := newDesk(t)
	d.hub.mode = "subscribe"
	d.ask()
	secret := d.hub.asked[0].Get("hub.secret")
	body := []byte("<rss/>")
	for name, c := range map[string]struct {
		signature string
		taken     bool
	}{
		"sha1":              {sign("sha1", sha1.New, secret, body), true},
		"sha256":            {sign("sha256", sha256.New, secret, body), true},
		"sha384":            {sign("sha384", sha512.New384, secret, body), true},
		"sha512":            {sign("SHA512", sha512.New, secret, body), true},
		"none":              {"", false},
		"no method":         {sign("", sha256.New, secret, body), false},
		"md5":               {"md5=d41d8cd98f00b204e9800998ecf8427e", false},
		"no hex":            {"sha256=zz", false},
		"empty":             {"sha256=", false},
		"another secret":    {sign("sha256", sha256.New, "guess", body), false},
		"no secret":         {sign("sha256", sha256.New, "", body), false},
		"another document":  {sign("sha256", sha256.New, secret, []byte("<html/>")), false},
		"half a signature":  {sign("sha256", sha256.New, secret, body)[:40], false},
		"of another method": {"sha512" + strings.TrimPrefix(sign("sha256", sha256.New, secret, body), "sha256"), false},
	} {
		d.taken = nil
		rec := d.send(http.MethodPost, "", body, "X-Hub-Signature", c.signature)
		if rec.Code != http.StatusAccepted || (len(d.taken) == 1) != c.taken {
			t.Errorf("%s: answered %d, taken %q", name, rec.Code, d.taken)
		}
	}
}

func TestServe_Refuses(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.ask() // asked, and not agreed yet
	long := bytes.Repeat([]byte("x"), 1001)
	address := d.hub.asked[0].Get("hub.callback")
	for name, c := range map[string]struct {
		address, method, query string
		body                   []byte
		want                   int
	}{
		"no token":                {"/websub", http.MethodPost, "", nil, http.StatusNotFound},
		"a short token":           {"/websub/abc", http.MethodGet, "", nil, http.StatusNotFound},
		"an unknown token":        {"/websub/" + strings.Repeat("A", 43), http.MethodPost, "", nil, http.StatusGone},
		"another topic":           {address, http.MethodGet, "?hub.mode=subscribe&hub.topic=https://evil.example/&hub.challenge=x", nil, http.StatusNotFound},
		"an end nobody asked for": {address, http.MethodGet, "?hub.mode=unsubscribe&hub.topic=https://x.example/self&hub.challenge=x", nil, http.StatusNotFound},
		"no mode":                 {address, http.MethodGet, "?hub.topic=https://x.example/self", nil, http.StatusNotFound},
		"another method":          {address, http.MethodDelete, "", nil, http.StatusMethodNotAllowed},
		"too large":               {address, http.MethodPost, "", long, http.StatusRequestEntityTooLarge},
		"a long challenge":        {address, http.MethodGet, "?hub.mode=subscribe&hub.topic=https://x.example/self&hub.challenge=" + strings.Repeat("x", 5000), nil, http.StatusBadRequest},
	} {
		if rec := d.sendTo(c.address, c.method, c.query, c.body); rec.Code != c.want {
			t.Errorf("%s: answered %d, want %d", name, rec.Code, c.want)
		}
	}
	if len(d.taken) > 0 {
		t.Errorf("taken: %q", d.taken)
	}
}

// What cannot be stored is sent again by the hub.
func TestServe_AsksForWhatWasNotStored(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.hub.mode = "subscribe"
	d.ask()
	body := []byte("<rss/>")
	signature := sign("sha256", sha256.New, d.hub.asked[0].Get("hub.secret"), body)
	d.fails = errors.New("the disk is full")
	if rec := d.send(http.MethodPost, "", body, "X-Hub-Signature", signature); rec.Code != http.StatusServiceUnavailable || strings.Contains(rec.Body.String(), "disk") {
		t.Errorf("answered %d %s", rec.Code, rec.Body)
	}
	d.fails = nil
	if rec := d.send(http.MethodPost, "", body, "X-Hub-Signature", signature); rec.Code != http.StatusAccepted || len(d.taken) != 1 {
		t.Errorf("answered %d, taken %q", rec.Code, d.taken)
	}
}

// The server ends when it is told to, and not before it has answered.
func TestServe_Ends(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	var lc net.ListenConfig
	l, err := lc.Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- d.Serve(ctx, l) }()
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+l.Addr().String()+"/websub/x", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	if resp.StatusCode != http.StatusNotFound {
		t.Errorf("answered %d", resp.StatusCode)
	}
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

func FuzzServe(f *testing.F) {
	f.Add("GET", "/websub/AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE", "hub.mode=subscribe&hub.topic=https://x.example/self&hub.challenge=x&hub.lease_seconds=-5", "", []byte(""))
	f.Add("POST", "/AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE", "", "sha256=00", []byte("<rss/>"))
	db, err := store.Open(context.Background(), filepath.Join(f.TempDir(), "news.db"), slog.New(slog.DiscardHandler))
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { _ = db.Close() })
	s := websub.New(db, nil, func(context.Context, news.FeedID, string, []byte) error {
		f.Error("something was taken")
		return nil
	}, websub.Options{Callback: "https://news.example.org", MaxBody: 1000, Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return noon }})
	f.Fuzz(func(t *testing.T, method, path, query, signature string, body []byte) {
		req := &http.Request{
			Method: method, URL: &url.URL{Path: path, RawQuery: query}, Header: http.Header{"X-Hub-Signature": {signature}},
			Body: io.NopCloser(bytes.NewReader(body)),
		}
		rec := httptest.NewRecorder()
		s.ServeHTTP(rec, req.WithContext(t.Context()))
		if rec.Code == http.StatusOK && !strings.Contains(query, "unsubscribe") && strings.TrimSpace(rec.Body.String()) != "" {
			t.Errorf("%s %s?%s was answered %q", method, path, query, rec.Body)
		}
	})
}
