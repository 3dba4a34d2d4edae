package articles

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"newsdesk/news"
)

// Pages are read into the memory of those before them, whatever their size: each
// is its own all the same, also where nobody waits for an extraction any longer: of
// that only the race detector can tell, since what was found is not seen then.
func TestReader_PagesDoNotMix(t *testing.T) {
	t.Parallel()
	client := doer(func(req *http.Request) (*http.Response, error) {
		var n int
		if _, err := fmt.Sscanf(req.URL.Path, "/%d", &n); err != nil {
			return nil, err
		}
		var page strings.Builder
		_, _ = fmt.Fprintf(&page, "<html><title>%s</title><body>", headline)
		paras := 8
		if n%4 == 0 {
			paras = usualPage/len(paragraphs[0]) + 1
		}
		for i := range paras {
			_, _ = fmt.Fprintf(&page, "<p>Tide %d.%d at gate %d: %s</p>", n, i, n, paragraphs[i%4])
		}
		return &http.Response{
			StatusCode: http.StatusOK, Request: req, Header: http.Header{"Content-Type": {"text/html"}},
			Body: io.NopCloser(strings.NewReader(page.String())),
		}, nil
	})
	for _, budget := range []time.Duration{time.Minute, time.Nanosecond} {
		r := NewReader(client, ReaderOptions{Workers: 3, Budget: budget})
		var all sync.WaitGroup
		for worker := range 4 {
			all.Go(func() {
				for i := range 6 {
					n := 10*worker + i + 100
					a, err := r.Read(t.Context(), itemAt(fmt.Sprintf("https://example.org/%d", n)))
					if err != nil {
						t.Error(err)
					}
					if a.Method == news.MethodFeed && budget < time.Minute {
						continue
					}
					if want, got := strings.Count(a.Body, "Tide "), strings.Count(a.Body, fmt.Sprintf(" at gate %d: ", n)); got == 0 || got != want {
						t.Errorf("page %d: %d paragraphs of its own, want %d", n, got, want)
					}
				}
			})
		}
		all.Wait()
		r.Close()
	}
}
