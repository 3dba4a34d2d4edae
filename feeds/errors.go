package feeds

import (
	"errors"
	"fmt"
	"net/http"
	"time"
)

// Why a document or an answer gave no items. Each error of this package that
// is not the network's wraps one of these or is an *HTTPError; its text is one
// sentence that says what came.
var (
	// ErrNotFeed says that something else than a feed came, such as a page.
	ErrNotFeed = errors.New("not a feed")
	// ErrEmpty says that nothing came.
	ErrEmpty = errors.New("the answer is empty")
	// ErrTooLarge says that the document is over the bound, as sent or unpacked.
	ErrTooLarge = errors.New("the document is too large")
	// ErrBroken says that a feed came that is damaged beyond repair.
	ErrBroken = errors.New("the feed is damaged")
	// ErrHostile says that the markup is built so as to exhaust its reader.
	ErrHostile = errors.New("the feed's markup is out of all proportion")
)

// refusal is a sentence of its own that still is one of the errors above.
type refusal struct {
	text string
	kind error
}

func (r *refusal) Error() string { return r.text }
func (r *refusal) Unwrap() error { return r.kind }

func refuse(kind error, format string, args ...any) error {
	return &refusal{text: fmt.Sprintf(format, args...), kind: kind}
}

// HTTPError is an answer that is neither a document nor "not modified".
type HTTPError struct {
	Status     int
	RetryAfter time.Duration // how long the server asks us to stay away, 0 where it does not
}

// Error says what the status means to the reader of a feed list.
func (e *HTTPError) Error() string {
	text := http.StatusText(e.Status)
	switch e.Status {
	case http.StatusNotFound:
		text = "there is nothing at this address"
	case http.StatusGone:
		text = "the feed was taken down for good"
	case http.StatusUnauthorized, http.StatusForbidden:
		text = "access is not allowed"
	case http.StatusNotModified:
		text = "that nothing has changed, though nothing was read before"
	case http.StatusTooManyRequests:
		text = "too many requests"
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther,
		http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		text = "a redirect that leads nowhere"
	}
	if text == "" {
		return fmt.Sprintf("the server answered %d", e.Status)
	}
	return fmt.Sprintf("the server answered %d: %s", e.Status, text)
}
