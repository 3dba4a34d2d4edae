package articles_test

import (
	"context"
	"io"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"newsdesk/articles"
	"newsdesk/internal/bodies"
	"newsdesk/news"
)

// unended answers each request with a page that stops shortly before the bound, and
// goes no further until the request is given up.
type unended struct{ taken atomic.Int64 }

func (u *unended) Do(req *http.Request) (*http.Response, error) {
	return &http.Response{
		StatusCode: http.StatusOK, Request: req, Header: http.Header{"Content-Type": {"text/html"}},
		Body: io.NopCloser(io.MultiReader(strings.NewReader("<html><p>"), &page{ctx: req.Context(), of: u})),
	}, nil
}

type page struct {
	ctx   context.Context //nolint:containedctx // it is the request's
	of    *unended
	given int
}

func (p *page) Read(b []byte) (int, error) {
	if p.given >= 2<<20 {
		<-p.ctx.Done()
		return 0, p.ctx.Err()
	}
	p.given += len(b)
	p.of.taken.Add(int64(len(b)))
	return copy(b, strings.Repeat("a", len(b))), nil
}

// What pages that are read at once take together is bounded.
func TestReader_BoundsTheMemoryOfAllPages(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const n, budget, most = 24, 6 << 20, 4 << 20
		client := &unended{}
		r := articles.NewReader(client, articles.ReaderOptions{Memory: bodies.New(budget)})
		defer r.Close()
		ctx, giveUp := context.WithCancel(t.Context())
		var all sync.WaitGroup
		for range n {
			all.Go(func() {
				if _, err := r.Read(ctx, news.Item{URL: "https://a.example/"}); err == nil {
					t.Error("a page that was given up was read")
				}
			})
		}
		synctest.Wait()
		if got := client.taken.Load(); got > budget+most+n*bodies.Small {
			t.Errorf("%d bytes are held of %d pages", got, n)
		}
		giveUp()
		all.Wait()
	})
}
