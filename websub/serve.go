package websub

import (
	"context"
	"crypto/hmac"
	"crypto/sha1" //nolint:gosec // as a MAC, and because hubs sign with nothing newer
	"crypto/sha256"
	"crypto/sha512"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"
	"time"

	"newsdesk/internal/safehttp"
	"newsdesk/news"
)

const (
	atOnce       = 8           // documents that are taken at once; the hub sends others again
	tokenLength  = 43          // of base64url
	maxChallenge = 4 << 10     // bytes of what a hub asks back with
	minLease     = time.Minute // the shortest that is believed
	maxLease     = 30 * 24 * time.Hour
)

// ServeHTTP answers hubs: it confirms what the bot has asked for, and takes
// documents that are signed with the lease's secret. The last part of the path
// is the lease's token.
func (s *Subscriber) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("X-Content-Type-Options", "nosniff")
	token := path.Base(r.URL.Path)
	if len(token) != tokenLength {
		http.Error(w, "no such subscription", http.StatusNotFound)
		return
	}
	l, err := s.store.Lease(r.Context(), token)
	switch {
	case errors.Is(err, news.ErrNotFound):
		s.stranger(w, r)
	case err != nil:
		s.o.Log.ErrorContext(r.Context(), "lease not read", "error", err)
		http.Error(w, "try again later", http.StatusServiceUnavailable)
	case r.Method == http.MethodGet:
		s.confirm(w, r, l)
	case r.Method == http.MethodPost:
		s.take(w, r, l)
	default:
		http.Error(w, "GET and POST are answered", http.StatusMethodNotAllowed)
	}
}

// stranger answers a hub about a lease that the bot does not have: it may stop,
// and need not send.
func (s *Subscriber) stranger(w http.ResponseWriter, r *http.Request) {
	if q := r.URL.Query(); r.Method == http.MethodGet && q.Get("hub.mode") == "unsubscribe" {
		echo(w, q)
		return
	}
	http.Error(w, "no such subscription", http.StatusGone)
}

// confirm answers a hub that asks whether the bot wants what it asked for.
func (s *Subscriber) confirm(w http.ResponseWriter, r *http.Request, l Lease) {
	q := r.URL.Query()
	if q.Get("hub.topic") != l.Topic {
		http.Error(w, "that was not asked for", http.StatusNotFound)
		return
	}
	now := s.o.Now()
	switch q.Get("hub.mode") {
	case "subscribe":
		d := lease(q.Get("hub.lease_seconds"))
		l.State, l.Until, l.Failures, l.Reason = StateActive, now.Add(d), 0, ""
		l.Next = l.Until.Add(-max(d/10, min(d/2, 10*time.Minute)))
		s.o.Log.InfoContext(r.Context(), "hub pushes", "feed", int64(l.Feed), "hub", safehttp.Redacted(l.Hub), "until", l.Until)
	case "denied":
		l.State, l.Until, l.Next = StateDenied, time.Time{}, now.Add(again)
		l.Failures++
		l.Reason = cut("the hub refused: " + q.Get("hub.reason"))
		s.o.Log.InfoContext(r.Context(), "hub refused", "feed", int64(l.Feed), "hub", safehttp.Redacted(l.Hub), "error", l.Reason)
	default: // "unsubscribe": the bot wants it
		http.Error(w, "that was not asked for", http.StatusNotFound)
		return
	}
	if err := s.store.SaveLease(r.Context(), l); err != nil {
		s.o.Log.ErrorContext(r.Context(), "lease not stored", "feed", int64(l.Feed), "error", err)
		http.Error(w, "try again later", http.StatusServiceUnavailable)
		return
	}
	echo(w, q)
}

// echo sends the challenge back.
func echo(w http.ResponseWriter, q url.Values) {
	challenge := q.Get("hub.challenge")
	if len(challenge) > maxChallenge {
		http.Error(w, "the challenge is too long", http.StatusBadRequest)
		return
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = io.WriteString(w, challenge) //nolint:gosec // as plain text that is not to be sniffed; a hub that has left asks again
}

// lease reads for how long a hub pushes; one that does not say pushes for as
// long as it was asked to.
func lease(seconds string) time.Duration {
	n, err := strconv.ParseInt(seconds, 10, 64)
	if err != nil || n <= 0 {
		return asksFor
	}
	return min(max(time.Duration(min(n, int64(maxLease/time.Second)))*time.Second, minLease), maxLease)
}

// take takes a document. One that is not signed, or not with the lease's
// secret, is dropped without a word: whoever sends such is not to learn that.
func (s *Subscriber) take(w http.ResponseWriter, r *http.Request, l Lease) {
	select {
	case s.places <- struct{}{}:
		defer func() { <-s.places }()
	default:
		w.Header().Set("Retry-After", "10")
		http.Error(w, "busy", http.StatusServiceUnavailable)
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, s.o.MaxBody))
	if _, tooLarge := errors.AsType[*http.MaxBytesError](err); tooLarge {
		http.Error(w, "the document is too large", http.StatusRequestEntityTooLarge)
		return
	}
	if err != nil {
		http.Error(w, "the document broke off", http.StatusBadRequest)
		return
	}
	if !signed(body, r.Header.Get("X-Hub-Signature"), l.Secret) {
		s.o.Log.WarnContext(r.Context(), "push without the right signature dropped", "feed", int64(l.Feed))
		w.WriteHeader(http.StatusAccepted)
		return
	}
	// A hub that hangs up early has handed over all the same.
	if err := s.receive(context.WithoutCancel(r.Context()), l.Feed, r.Header.Get("Content-Type"), body); err != nil {
		s.o.Log.ErrorContext(r.Context(), "push not stored", "feed", int64(l.Feed), "error", err)
		http.Error(w, "try again later", http.StatusServiceUnavailable)
		return
	}
	w.WriteHeader(http.StatusAccepted)
}

// signed tells whether a header such as "sha256=ab12" signs the body.
// Source: https://www.w3.org/TR/websub/#signature-validation
func signed(body []byte, header, secret string) bool {
	method, digits, _ := strings.Cut(header, "=")
	var algorithm func() hash.Hash
	switch strings.ToLower(strings.TrimSpace(method)) {
	case "sha1":
		algorithm = sha1.New
	case "sha256":
		algorithm = sha256.New
	case "sha384":
		algorithm = sha512.New384
	case "sha512":
		algorithm = sha512.New
	default:
		return false
	}
	sum, err := hex.DecodeString(strings.TrimSpace(digits))
	if err != nil || secret == "" {
		return false
	}
	mac := hmac.New(algorithm, []byte(secret))
	mac.Write(body)
	return hmac.Equal(sum, mac.Sum(nil))
}
