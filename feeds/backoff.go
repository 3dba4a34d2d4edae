package feeds

import (
	"strings"
	"time"
)

// Bounds on how long a failing feed is left alone.
const (
	maxBackOff    = 6 * time.Hour
	maxRetryAfter = 24 * time.Hour // a server that asks for more is asked again after a day
)

// backOff returns how long to wait after one more failure: the interval after
// the first, twice as long after each that follows in a row, at most six hours
// (or the interval, where that is longer). Up to a tenth is added by chance, so
// that feeds of one host do not come back together.
func (p *Poller) backOff(failuresBefore int) time.Duration {
	limit := max(maxBackOff, p.o.Interval)
	wait := p.o.Interval
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
