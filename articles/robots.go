package articles

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/hashicorp/golang-lru/v2/simplelru"
)

const (
	robotsKept     = 24 * time.Hour   // how long a robots.txt is believed, the longest that RFC 9309 allows
	robotsAgain    = time.Minute      // when one that could not be read is asked for again
	robotsPatience = 10 * time.Minute // how long one that cannot be read is hoped for
	robotsHosts    = 4096             // hosts remembered
	robotsMemory   = 8 << 20          // bytes of their rules
	// crawlWait is the longest that a page is waited for where a site asks for a
	// pause between pages; what would take longer is to be tried again later.
	crawlWait = 2 * time.Second
)

// robots knows what sites let a robot read. It asks each site for its
// robots.txt once a day and remembers a bounded number of them. It is safe for
// concurrent use.
type robots struct {
	client    Doer
	token     string
	now       func() time.Time
	permanent func(error) bool

	mu    sync.Mutex
	hosts *simplelru.LRU[string, *robotsHost]
	size  int // bytes of their rules
}

// robotsHost is one site. Who holds the token in turn may use the rest.
type robotsHost struct {
	origin  string
	turn    chan struct{}
	rules   *robotRules
	read    time.Time // when the rules were read, zero for never
	due     time.Time // when to read them again
	failing time.Time // since when they cannot be read, zero where they can
	next    time.Time // when the next page may be asked for
	size    int       // guarded by robots.mu
}

// refusedError says why a page may not be read.
type refusedError struct{ why string }

func (e *refusedError) Error() string { return e.why }

func newRobots(client Doer, token string, now func() time.Time, permanent func(error) bool) *robots {
	r := &robots{client: client, token: token, now: now, permanent: permanent}
	r.hosts, _ = simplelru.NewLRU(robotsHosts, func(_ string, h *robotsHost) { r.size -= h.size }) // fails for sizes below 1 only
	return r
}

// admit returns when the page may be asked for: a refusedError where it may
// not, a TemporaryError where that cannot be known yet or its turn comes too
// late to wait for.
func (r *robots) admit(ctx context.Context, u *url.URL) error {
	h, err := r.ask(ctx, u)
	if err != nil {
		return err
	}
	wait := time.Duration(0)
	if h.rules.delay > 0 {
		now := r.now()
		if wait = h.next.Sub(now); wait > crawlWait {
			<-h.turn
			return &TemporaryError{RetryAfter: wait, Err: fmt.Errorf("the site asks for %v between two pages", h.rules.delay)}
		}
		wait = max(wait, 0)
		h.next = now.Add(wait + h.rules.delay)
	}
	<-h.turn
	if wait == 0 {
		return nil
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// allowed is admit for a page that a redirect leads to: it waits for no turn.
func (r *robots) allowed(ctx context.Context, u *url.URL) error {
	h, err := r.ask(ctx, u)
	if err == nil {
		<-h.turn
	}
	return err
}

// ask returns the site of a page that it lets be read, and with it the turn,
// which the caller gives back.
func (r *robots) ask(ctx context.Context, u *url.URL) (*robotsHost, error) {
	h := r.host(strings.ToLower(u.Scheme + "://" + u.Host))
	select {
	case h.turn <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	err := r.judge(ctx, h, u)
	if err != nil {
		<-h.turn
		return nil, err
	}
	return h, nil
}

func (r *robots) judge(ctx context.Context, h *robotsHost, u *url.URL) error {
	now := r.now()
	if !now.Before(h.due) {
		rules, err := r.fetch(ctx, u)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err == nil:
			h.rules, h.read, h.due, h.failing = rules, now, now.Add(robotsKept), time.Time{}
			r.weigh(h)
		default:
			h.due = now.Add(robotsAgain)
			if h.failing.IsZero() {
				h.failing = now
			}
		}
	}
	switch {
	case h.read.IsZero() && now.Sub(h.failing) < robotsPatience:
		return &TemporaryError{RetryAfter: h.due.Sub(now), Err: errors.New("the site's robots.txt, which says what may be read, cannot be had")}
	case h.read.IsZero():
		return &refusedError{"the site's robots.txt, which says what may be read, cannot be had"}
	case !h.rules.allows(u.EscapedPath() + query(u)):
		return &refusedError{"the site asks robots not to read this page"}
	}
	return nil
}

func query(u *url.URL) string {
	if u.RawQuery == "" {
		return ""
	}
	return "?" + u.RawQuery
}

// fetch reads a site's robots.txt. It returns empty rules where the site has
// none, or where the page itself will tell what is wrong with the site, and an
// error where there may be rules that cannot be had.
func (r *robots) fetch(ctx context.Context, page *url.URL) (*robotRules, error) {
	at := url.URL{Scheme: page.Scheme, Host: page.Host, Path: "/robots.txt"}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, at.String(), nil)
	if err != nil {
		return &robotRules{}, nil // no such address: the page will say so
	}
	req.Header.Set("Accept", "text/plain,*/*;q=0.1")
	resp, err := r.client.Do(req)
	if err != nil {
		if r.permanent(err) {
			return &robotRules{}, nil
		}
		return nil, err
	}
	defer resp.Body.Close()
	switch s := resp.StatusCode; {
	case s == http.StatusTooManyRequests, s >= 500:
		return nil, fmt.Errorf("robots.txt answered %d", s)
	case s < 200 || s > 299:
		return &robotRules{}, nil
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxRobots))
	if err != nil && !r.permanent(err) {
		return nil, err
	}
	return parseRobots(body, r.token), nil
}

// host returns what is known of a site.
func (r *robots) host(origin string) *robotsHost {
	r.mu.Lock()
	defer r.mu.Unlock()
	h, ok := r.hosts.Get(origin)
	if !ok {
		h = &robotsHost{origin: origin, turn: make(chan struct{}, 1)}
		r.hosts.Add(origin, h)
	}
	return h
}

// weigh counts a site's rules, and forgets the sites that were not asked for
// longest where all of them are too many.
func (r *robots) weigh(h *robotsHost) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if known, ok := r.hosts.Peek(h.origin); !ok || known != h {
		return // forgotten meanwhile
	}
	r.size += h.rules.size - h.size
	h.size = h.rules.size
	for r.size > robotsMemory && r.hosts.Len() > 0 {
		r.hosts.RemoveOldest()
	}
}
