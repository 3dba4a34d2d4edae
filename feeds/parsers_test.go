package feeds

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"newsdesk/news"
)

// closing answers with a feed and notes that the answer was done with.
type closing struct {
	io.Reader
	closed atomic.Bool
}

func (c *closing) Close() error { c.closed.Store(true); return nil }

func (c *closing) Do(req *http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: http.StatusOK, Body: c, ContentLength: -1, Request: req}, nil
}

// Only so many documents are taken apart at once; those that wait hold neither a
// connection nor a place at their host.
func TestFetcher_ParsesBesideTheFetching(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		answer := &closing{Reader: strings.NewReader(`<rss version="2.0"><channel><title>T</title><item><title>One</title></item></channel></rss>`)}
		f := NewFetcher(answer, FetchOptions{})
		for range cap(f.parsers) {
			f.parsers <- struct{}{}
		}
		ctx, cancel := context.WithCancel(t.Context())
		type outcome struct {
			res Result
			err error
		}
		done := make(chan outcome, 1)
		fetch := func() {
			res, err := f.Fetch(ctx, news.Feed{URL: "http://a.example/"})
			done <- outcome{res, err}
		}
		go fetch()
		synctest.Wait()
		select {
		case out := <-done:
			t.Fatalf("parsed beside %d others: %+v", cap(f.parsers), out)
		default:
		}
		if !answer.closed.Load() {
			t.Error("the connection is kept while its document waits")
		}
		<-f.parsers
		if out := <-done; out.err != nil || len(out.res.Items) != 1 {
			t.Errorf("in its turn: %+v", out)
		}
		f.parsers <- struct{}{}
		answer.Reader = strings.NewReader("<rss/>")
		go fetch()
		synctest.Wait()
		cancel()
		if out := <-done; !errors.Is(out.err, context.Canceled) {
			t.Errorf("the caller has gone: %+v", out)
		}
	})
}
