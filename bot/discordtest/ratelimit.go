package discordtest

import (
	"crypto/sha256"
	"encoding/hex"
	"math"
	"net/http"
	"slices"
	"strconv"
	"time"
)

const (
	globalLimit = 50 // requests a second, interaction routes aside
	banWindow   = 10 * time.Minute
)

// limits is the state of the rate limits; Server.mu guards it.
type limits struct {
	buckets     map[string]*bucket
	global      []time.Time
	globalUntil time.Time // a global 429 asked for by a fault
	shutUntil   time.Time // an HTML 429 asked for by a fault, or a ban
	invalid     []time.Time
}

// bucket is the allowance of one route and top-level id.
type bucket struct {
	id        string
	limit     int
	window    time.Duration
	remaining int
	reset     time.Time
	until     time.Time // refused until then, asked for by a fault
	shared    bool
}

// wall is the real clock, which the short limits run on: a client really
// sleeps for them.
func wall() time.Time { return time.Now() }

// bucketOf returns the bucket of a request, refilled where its window is over.
func (s *Server) bucketOf(c *call) *bucket {
	top := c.params["channel_id"] + c.params["guild_id"] + c.params["webhook_id"] + c.params["webhook_token"] + c.params["interaction_token"]
	key := c.method + " " + c.pattern + " " + top
	b, found := s.buckets[key]
	if !found {
		sum := sha256.Sum256([]byte(c.method + " " + c.pattern))
		b = &bucket{id: hex.EncodeToString(sum[:16]), limit: c.limit, window: c.window, remaining: c.limit}
		s.buckets[key] = b
	}
	if now := wall(); !now.Before(b.reset) {
		b.remaining, b.reset = b.limit, now.Add(b.window)
	}
	return b
}

// spend takes one request out of its bucket and the global allowance. It
// returns the 429 where there is none left.
func (s *Server) spend(c *call) *answer {
	now := wall()
	b := s.bucketOf(c)
	if !c.exempt {
		if now.Before(s.globalUntil) {
			return s.globalAnswer(s.globalUntil.Sub(now))
		}
		s.global = slices.DeleteFunc(s.global, func(t time.Time) bool { return now.Sub(t) >= time.Second })
		if len(s.global) >= globalLimit && !s.o.NoRateLimits {
			return s.globalAnswer(time.Second - now.Sub(s.global[0]))
		}
		s.global = append(s.global, now)
	}
	if now.Before(b.until) {
		return s.bucketAnswer(b, b.until.Sub(now), b.shared)
	}
	if s.o.NoRateLimits {
		b.remaining = max(b.remaining-1, 1)
		return nil
	}
	if b.remaining == 0 {
		return s.bucketAnswer(b, b.reset.Sub(now), false)
	}
	b.remaining--
	return nil
}

// limitHeader holds the headers that every answer has.
func (s *Server) limitHeader(c *call) http.Header {
	b := s.bucketOf(c)
	return b.header(b.reset.Sub(wall()))
}

func (b *bucket) header(after time.Duration) http.Header {
	reset := wall().Add(after)
	h := http.Header{}
	h.Set("X-RateLimit-Limit", strconv.Itoa(b.limit))
	h.Set("X-RateLimit-Remaining", strconv.Itoa(b.remaining))
	h.Set("X-RateLimit-Reset", strconv.FormatFloat(float64(reset.UnixMilli())/1000, 'f', 3, 64))
	h.Set("X-RateLimit-Reset-After", seconds(after))
	h.Set("X-RateLimit-Bucket", b.id)
	return h
}

// bucketAnswer is the 429 of one bucket.
func (s *Server) bucketAnswer(b *bucket, after time.Duration, shared bool) *answer {
	h := b.header(after)
	h.Set("X-RateLimit-Remaining", "0")
	h.Set("X-RateLimit-Scope", "user")
	if shared {
		h.Set("X-RateLimit-Scope", "shared")
	} else {
		s.countInvalid()
	}
	h.Set("Retry-After", wholeSeconds(after))
	return &answer{status: http.StatusTooManyRequests, header: h, body: map[string]any{
		"message": "You are being rate limited.", "retry_after": roundSeconds(after), "global": false,
	}}
}

// globalAnswer is the 429 of all routes together: it has no bucket's headers.
func (s *Server) globalAnswer(after time.Duration) *answer {
	s.countInvalid()
	h := http.Header{}
	h.Set("Retry-After", wholeSeconds(after))
	h.Set("X-RateLimit-Global", "true")
	h.Set("X-RateLimit-Scope", "global")
	return &answer{status: http.StatusTooManyRequests, header: h, body: map[string]any{
		"message": "You are being rate limited.", "retry_after": roundSeconds(after), "global": true,
	}}
}

// shutOut answers everything with Cloudflare's page while an address is
// banned, for its invalid requests or by a fault.
func (s *Server) shutOut() (answer, bool) {
	now := wall()
	if after := s.shutUntil.Sub(now); after > 0 {
		h := http.Header{}
		h.Set("Content-Type", "text/html; charset=UTF-8")
		h.Set("Retry-After", wholeSeconds(after))
		h.Set("Server", "cloudflare")
		return answer{status: http.StatusTooManyRequests, header: h, raw: []byte("<!DOCTYPE html>\n<html><head><title>Access denied</title></head><body><h1>Error 1015</h1><p>You are being rate limited.</p></body></html>\n")}, true
	}
	return answer{}, false
}

// ShutOut bans the address for d, from now on: everything is answered with
// Cloudflare's page.
func (s *Server) ShutOut(d time.Duration) {
	s.set(func() { s.shutUntil = wall().Add(d) })
}

// countInvalid counts answers 401, 403 and 429; too many shut the address out.
func (s *Server) countInvalid() {
	now := wall()
	s.invalid = append(slices.DeleteFunc(s.invalid, func(t time.Time) bool { return now.Sub(t) > banWindow }), now)
	if len(s.invalid) >= s.o.BanAfter && now.After(s.shutUntil) {
		s.shutUntil = now.Add(time.Hour)
		s.problem("too many answers 401, 403 and 429 in 10 minutes: Discord would ban this address")
	}
}

// InvalidRequests counts the answers 401, 403 and 429 (those of a shared
// limit aside) of the last ten minutes; 10,000 are a ban.
func (s *Server) InvalidRequests() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.invalid)
}

func seconds(d time.Duration) string {
	return strconv.FormatFloat(roundSeconds(d), 'f', 3, 64)
}

func roundSeconds(d time.Duration) float64 {
	return math.Ceil(max(d.Seconds(), 0)*1000) / 1000
}

func wholeSeconds(d time.Duration) string {
	return strconv.Itoa(int(math.Ceil(max(d.Seconds(), 0))))
}
