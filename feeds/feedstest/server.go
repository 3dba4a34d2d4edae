// Package feedstest is a web server on loopback that serves feeds and pages,
// and misbehaves on demand:
//
//	s := feedstest.New(t)
//	s.Page("/a1", "<html>...</html>")
//	f := s.Feed("/news.xml")
//	f.SetRSS("The Harbour Post", feedstest.Item{Title: "Ferry runs again", Link: "/a1", Published: now})
//	...poll s.URL("/news.xml")...
//	f.SetFault(feedstest.TooManyRequests)
//	...poll again...
//	s.Requests("/news.xml") // 2
//
// Feeds and pages answer conditional requests: a poll with the validators of the last
// answer gets a 304 as long as nothing changed. Clients that refuse loopback
// addresses must be told to allow Server.Loopback.
//
// A Server is safe for use by many goroutines and ends with its test.
package feedstest

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"
)

// Server serves what it was given and counts who asked.
type Server struct {
	http *httptest.Server
	done chan struct{} // closed at the end: slow answers give up

	mu       sync.Mutex
	feeds    map[string]*Feed
	pages    map[string]page
	requests map[string]int
	headers  map[string]http.Header // of the last request
}

type page struct {
	contentType string
	body        []byte
}

// New starts a server that ends with the test.
func New(tb testing.TB) *Server {
	tb.Helper()
	s := &Server{
		done:     make(chan struct{}),
		feeds:    make(map[string]*Feed),
		pages:    make(map[string]page),
		requests: make(map[string]int),
		headers:  make(map[string]http.Header),
	}
	s.http = httptest.NewServer(http.HandlerFunc(s.serve))
	tb.Cleanup(func() {
		close(s.done)
		s.http.CloseClientConnections()
		s.http.Close()
	})
	return s
}

// URL is the absolute address of a path.
func (s *Server) URL(path string) string { return s.http.URL + path }

// Loopback is what a client that refuses private addresses must allow to reach
// the server.
func (s *Server) Loopback() []netip.Prefix {
	return []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}
}

// Page serves an HTML page at a path.
func (s *Server) Page(path, html string) {
	s.Document(path, "text/html; charset=utf-8", []byte(html))
}

// Document serves anything at a path.
func (s *Server) Document(path, contentType string, body []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pages[path] = page{contentType, body}
}

// Feed returns the feed at a path, made on first use: an empty RSS document.
func (s *Server) Feed(path string) *Feed {
	s.mu.Lock()
	defer s.mu.Unlock()
	f := s.feeds[path]
	if f == nil {
		f = &Feed{server: s, path: path}
		s.feeds[path] = f
		f.set("application/rss+xml; charset=utf-8", f.rss("Untitled", nil))
	}
	return f
}

// Requests is how often a path was asked for.
func (s *Server) Requests(path string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.requests[path]
}

// LastHeader is the header of the last request for a path, nil before the first.
func (s *Server) LastHeader(path string) http.Header {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.headers[path].Clone()
}

func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	path := r.URL.Path
	s.requests[path]++
	s.headers[path] = r.Header.Clone()
	f, isFeed := s.feeds[path]
	if from, ok := strings.CutSuffix(path, "/moved"); ok && !isFeed {
		if old, known := s.feeds[from]; known && (old.answer.fault == MovedForGood || old.answer.fault == MovedForNow) {
			moved := *old // what moved is found there
			moved.answer.fault = None
			f, isFeed = &moved, true
		}
	}
	var a answer
	if isFeed {
		a = f.answer
	}
	p, isPage := s.pages[path]
	s.mu.Unlock()

	switch {
	case isFeed && a.fault != None:
		s.misbehave(w, r, a)
	case isFeed:
		a.serve(w, r)
	case isPage:
		answer{contentType: p.contentType, body: p.body, etag: etagOf(p.body)}.serve(w, r)
	default:
		http.NotFound(w, r)
	}
}

// answer is what a feed's path serves at one moment.
type answer struct {
	contentType string
	body        []byte
	etag        string
	modified    time.Time
	retryAfter  time.Duration
	fault       Fault
}

func (a answer) serve(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("ETag", a.etag)
	if !a.modified.IsZero() {
		h.Set("Last-Modified", a.modified.UTC().Format(http.TimeFormat))
	}
	if a.etag != "" && r.Header.Get("If-None-Match") == a.etag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	if a.contentType != "" {
		h.Set("Content-Type", a.contentType)
	}
	_, _ = w.Write(a.body) // the client may have gone
}

func etagOf(body []byte) string {
	sum := sha256.Sum256(body)
	return `"` + hex.EncodeToString(sum[:8]) + `"`
}
