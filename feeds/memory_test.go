package feeds_test

import (
	"errors"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"newsdesk/feeds"
	"newsdesk/internal/bodies"
	"newsdesk/news"
)

// endless is a body that goes on for ever once it is told to.
type endless struct {
	taken *atomic.Int64
	stop  int64
	goOn  chan struct{}
	given int64
}

func (e *endless) Read(p []byte) (int, error) {
	if e.given >= e.stop {
		<-e.goOn
	}
	e.given += int64(len(p))
	e.taken.Add(int64(len(p)))
	return len(p), nil
}

func (e *endless) Close() error { return nil }

// What feeds that are fetched at once take together is bounded, and each is read.
func TestFetcher_BoundsTheMemoryOfAll(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const n, budget, most = 30, 8 << 20, 2 << 20
		var taken atomic.Int64
		goOn := make(chan struct{})
		doer := answering(func(int) *http.Response {
			return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, ContentLength: -1, Body: &endless{taken: &taken, stop: most - 1, goOn: goOn}}
		})
		fetcher := feeds.NewFetcher(doer, feeds.FetchOptions{MaxBody: most, Memory: bodies.New(budget)})
		var all sync.WaitGroup
		for range n {
			all.Go(func() {
				if _, err := fetcher.Fetch(t.Context(), news.Feed{URL: "http://a.example/"}); !errors.Is(err, feeds.ErrTooLarge) {
					t.Errorf("err = %v, want %v", err, feeds.ErrTooLarge)
				}
			})
		}
		synctest.Wait()
		if got := taken.Load(); got > budget+most+n*bodies.Small {
			t.Errorf("%d bytes are held of %d feeds", got, n)
		}
		close(goOn)
		all.Wait()
	})
}
