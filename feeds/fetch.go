package feeds

import (
	"context"
	"fmt"
	"net/http"
	"runtime"

	"newsdesk/internal/bodies"
	"newsdesk/news"
)

// Doer sends a request, follows redirects and bounds what comes back, as
// internal/safehttp does and http.Client would. The response's Request is that
// of the last hop, and its Request.Response the redirect that led there.
type Doer interface {
	Do(req *http.Request) (*http.Response, error)
}

// FetchOptions of a Fetcher; the zero value has the defaults.
type FetchOptions struct {
	MaxBody int64  // bytes of a document, unpacked; 0 is MaxBody
	Accept  string // media types to ask for; "" is all kinds of feed
	// Memory is what documents share with others while they are read and parsed; nil
	// bounds nothing.
	Memory *bodies.Budget
}

// Fetcher gets feeds from servers. It is safe for use by many goroutines.
type Fetcher struct {
	client  Doer
	o       FetchOptions
	parsers chan struct{} // has one for each document that is being taken apart
}

// NewFetcher returns a Fetcher that sends its requests through client.
func NewFetcher(client Doer, o FetchOptions) *Fetcher {
	if o.MaxBody <= 0 || o.MaxBody > MaxBody {
		o.MaxBody = MaxBody
	}
	if o.Accept == "" {
		o.Accept = defaultAccept
	}
	return &Fetcher{client: client, o: o, parsers: make(chan struct{}, max(2, runtime.GOMAXPROCS(0)))}
}

// Fetch asks for a feed once and reads the answer. The feed's validators are
// sent along, so that an unchanged feed costs the server nothing
// (Result.NotModified); a 200 with the bytes of last time is not read again
// (Result.Unchanged). FetchedAt, NextPoll and Quiet are left to the Poller.
//
// An error is an *HTTPError for any other status, wraps one of this package's
// Err values for an answer that is no feed, and else is the client's.
func (f *Fetcher) Fetch(ctx context.Context, feed news.Feed) (Result, error) {
	req, err := f.request(ctx, feed)
	if err != nil {
		return Result{}, err
	}
	resp, err := f.client.Do(req)
	if err != nil {
		return Result{}, fmt.Errorf("fetch feed: %w", err)
	}
	// An error of Close tells nothing that reading has not told.
	defer func() { _ = resp.Body.Close() }()
	return f.answer(ctx, resp, feed)
}

// parse takes a document apart. Only as many are at once as there are processors,
// however many feeds are fetched: each may take many times its size.
func (f *Fetcher) parse(ctx context.Context, body []byte, contentType, address string) (Document, error) {
	select {
	case f.parsers <- struct{}{}:
	case <-ctx.Done():
		return Document{}, fmt.Errorf("parse feed: %w", ctx.Err())
	}
	defer func() { <-f.parsers }()
	return Parse(body, contentType, address)
}
