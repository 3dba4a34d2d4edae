package feeds

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"newsdesk/news"
)

// Bounds on how long a failing feed is left alone.
const (
	firstBackOff  = 15 * time.Minute // where no interval is configured
	maxBackOff    = 6 * time.Hour
	maxRetryAfter = 24 * time.Hour // a server that asks for more is asked again after a day
)

// MaxFailures is how many failures in a row end the polling of a feed: about
// four days of them.
const MaxFailures = 20

// failure decides what follows from a poll that failed: when to try again, and
// whether at all. asked is the address that was polled: that a feed is gone from
// one that it is about to move to says nothing of its own.
func (p *Poller) failure(feed news.Feed, asked string, cause error) *Failure {
	now := p.now()
	wait := p.backOff(feed.Failures)
	out := &Failure{Reason: Reason(cause), Why: "failed " + inARow(feed.Failures+1)}
	gone := false
	if h, ok := errors.AsType[*HTTPError](cause); ok {
		gone = h.Status == http.StatusGone && asked == feed.URL
		if h.RetryAfter > 0 {
			out.Hold = now.Add(h.RetryAfter)
			if h.RetryAfter > wait {
				wait, out.Why = h.RetryAfter, "the server asks to be left alone for "+inWords(h.RetryAfter)
			}
		}
	}
	out.Next = now.Add(wait)
	if answers(cause) {
		p.heard(now)
	}
	if gone || feed.Failures+1 >= MaxFailures && p.online(now) {
		out.Disable, out.Why = now, "not polled any more"
	}
	return out
}

// answers says whether a failure shows that a server was reached: then it is
// not our own connection that is down.
func answers(cause error) bool {
	if _, ok := errors.AsType[*HTTPError](cause); ok {
		return true
	}
	for _, kind := range []error{ErrNotFeed, ErrEmpty, ErrTooLarge, ErrBroken, ErrHostile} {
		if errors.Is(cause, kind) {
			return true
		}
	}
	return false
}

// heard notes that a server answered.
func (p *Poller) heard(now time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.answered = now
}

// online says whether any server answered of late. Without a connection of our
// own every feed fails, and none is to blame.
func (p *Poller) online(now time.Time) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return !p.answered.IsZero() && now.Sub(p.answered) <= maxBackOff
}

func inARow(n int) string {
	if n == 1 {
		return "once"
	}
	return fmt.Sprintf("%d times in a row", n)
}

// backOff returns how long to wait after one more failure: the interval after
// the first, twice as long after each that follows in a row, at most six hours
// (or the interval, where that is longer). Up to a tenth is added by chance, so
// that feeds of one host do not come back together.
func (p *Poller) backOff(failuresBefore int) time.Duration {
	wait := p.o.Interval
	if wait <= 0 {
		wait = firstBackOff
	}
	limit := max(maxBackOff, wait)
	for range failuresBefore {
		if wait *= 2; wait >= limit {
			break
		}
	}
	wait = min(wait, limit)
	return min(wait+time.Duration(0.1*p.chance()*float64(wait)), limit)
}

// maxReason bounds the sentence that is stored, in runes.
const maxReason = 300

// Reason makes the sentence that operators read from an error.
func Reason(err error) string {
	text := err.Error()
	for _, prefix := range []string{"fetch feed: ", "read feed: "} {
		text = strings.TrimPrefix(text, prefix)
	}
	text = fold(text)
	if text == "" {
		return "unknown"
	}
	first, size := firstUpper(text)
	return cut(first+text[size:], maxReason)
}
