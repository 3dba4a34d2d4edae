package articles

import (
	"context"
	"net/http"
	"time"

	"newsdesk/news"
)

// How often a page is read again at most.
const (
	MostReadings  = 6 // of one page, after the first
	eventReadings = 3 // of those, for an event that goes on
	// feedGap, liveGap and eventGap are the least times between the first two
	// readings, by cause; each later one is twice as long as the one before.
	feedGap  = 5 * time.Minute
	liveGap  = 20 * time.Minute
	eventGap = time.Hour
)

// NextReading returns when a page that was read readings times again, the last
// time at last, may be read the next time for a cause; zero for never. What a
// feed says of a change is followed up sooner than what is only to be expected.
func NextReading(cause news.Cause, readings int, last time.Time) time.Time {
	gap, most := feedGap, MostReadings
	switch cause {
	case news.CauseLive:
		gap = liveGap
	case news.CauseEvent:
		gap, most = eventGap, eventReadings
	case news.CauseFeed:
	}
	if readings >= most || readings < 0 {
		return time.Time{}
	}
	return last.Add(gap << readings)
}

// Validators are what a page's server gave to recognise it by; they are sent
// back unchanged (RFC 9110, section 13.1).
type Validators struct {
	ETag         string
	LastModified string
}

// ReadAgain is Read for a page that may have been read before. It returns the
// page's validators, and unchanged where the server says that the page is still
// the one that had those given.
func (r *Reader) ReadAgain(ctx context.Context, it news.Item, v Validators) (a news.Article, now Validators, unchanged bool, err error) {
	return r.read(ctx, it, v)
}

// conditional asks for a page only where it has changed.
func conditional(req *http.Request, v Validators) {
	if v.ETag != "" {
		req.Header.Set("If-None-Match", v.ETag)
	}
	if v.LastModified != "" {
		req.Header.Set("If-Modified-Since", v.LastModified)
	}
}

// validatorsOf reads the validators of an answer; none where they are too long
// to be kept.
func validatorsOf(h http.Header) Validators {
	v := Validators{ETag: h.Get("ETag"), LastModified: h.Get("Last-Modified")}
	if len(v.ETag) > maxValidator || len(v.LastModified) > maxValidator {
		return Validators{}
	}
	return v
}

const maxValidator = 400 // bytes

// Same tells whether two texts are one article, changed in places, rather than
// two articles that stood at one address: half of the telling words of the
// shorter one are the other's.
func Same(a, b string) bool {
	x, y := telling(a), telling(b)
	n := shared(x, y)
	return n > 0 && 2*n >= min(len(x), len(y))
}
