// Package websub has the hubs of feeds push what is new, so that it is there
// within seconds and not with the next poll. A [Subscriber] asks the hub that a
// feed names to send to an address of the bot's own, confirms that when the hub
// asks back, renews it before it lapses, and takes what the hub sends if it is
// signed. Polls go on, more seldom: a hub may forget.
//
// Source: https://www.w3.org/TR/websub/ (W3C Recommendation, 23 January 2018)
package websub

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"newsdesk/news"
)

// State says how far an agreement with a hub has come.
type State string

// The states, as they are stored.
const (
	StateAsked  State = "asked"  // the hub was asked, and has not asked back yet
	StateActive State = "active" // the hub pushes
	StateDenied State = "denied" // the hub said no
)

// Lease is what was agreed with the hub of one feed.
type Lease struct {
	Feed     news.FeedID
	Hub      string // the hub's address
	Topic    string // the address that the hub knows the feed by
	Callback string // the bot's own address, without the token
	Token    string // the last part of the address that the hub sends to; "" where the hub was never asked
	Secret   string // what the hub signs with
	State    State
	Until    time.Time // when it lapses; zero while it is not active
	Next     time.Time // when to ask, or to ask again
	Failures int       // refusals in a row
	Reason   string    // of the last refusal, one sentence
}

// Store keeps leases.
type Store interface {
	// DueLeases returns at most limit leases to ask for at now: of feeds in use
	// whose hub was never asked, or has to be asked again, or is another than it
	// was, as is the callback.
	DueLeases(ctx context.Context, callback string, now time.Time, limit int) ([]Lease, error)
	// LeftLeases returns at most limit leases of feeds that are no longer read, or
	// that name no hub any more.
	LeftLeases(ctx context.Context, limit int) ([]Lease, error)
	// Lease returns the lease with a token, or news.ErrNotFound.
	Lease(ctx context.Context, token string) (Lease, error)
	// SaveLease stores a feed's lease in place of the one it has.
	SaveLease(ctx context.Context, l Lease) error
	// DropLease forgets a feed's lease.
	DropLease(ctx context.Context, feed news.FeedID) error
}

// Doer sends a request, as internal/safehttp and http.Client do. It must refuse
// private addresses: hubs are named by strangers.
type Doer interface {
	Do(req *http.Request) (*http.Response, error)
}

// Receiver takes a document that the hub of a feed sent. What it returns nil for
// is stored; an error has the hub send again.
type Receiver func(ctx context.Context, feed news.FeedID, contentType string, body []byte) error

// Options of a Subscriber.
type Options struct {
	Callback string // the public address that leads to the Subscriber's ServeHTTP, without a "/" at its end
	MaxBody  int64  // bytes of a document that is taken
	Random   func(b []byte)
	Now      func() time.Time
	Log      *slog.Logger
}

// Subscriber keeps the leases, and is the HTTP handler that hubs talk to. It is
// safe for use by many goroutines.
type Subscriber struct {
	store   Store
	client  Doer
	receive Receiver
	o       Options
	places  chan struct{} // one for each document that is being taken
}

// New returns a Subscriber; nothing is asked before Run.
func New(s Store, client Doer, receive Receiver, o Options) *Subscriber {
	return &Subscriber{store: s, client: client, receive: receive, o: o, places: make(chan struct{}, atOnce)}
}
