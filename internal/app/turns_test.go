package app

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"newsdesk/internal/jobs"
	"newsdesk/news"
)

// The articles of a slow host are in work a few at a time, and those of others
// meanwhile.
func TestTurns_OneHostTakesNotAll(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var asked atomic.Int32
		host := func(_ context.Context, id news.ArticleID) (string, error) {
			asked.Add(1)
			if id == 99 {
				return "", errors.New("no such article")
			}
			return fmt.Sprint("host ", id/10), nil
		}
		goOn := make(chan struct{})
		turns := newTurns(2, host, func(_ context.Context, id news.ArticleID) error {
			if id/10 == 1 {
				<-goOn
			}
			return nil
		})
		ended := make(chan error, 10)
		for id := range news.ArticleID(4) {
			go func() { ended <- turns.take(t.Context(), 10+id) }()
		}
		synctest.Wait()
		for range 2 {
			if err := turns.take(t.Context(), 14); !errors.Is(err, jobs.ErrLater) {
				t.Errorf("the fifth of a host: %v", err)
			}
		}
		for _, other := range []news.ArticleID{20, 99} {
			if err := turns.take(t.Context(), other); err != nil {
				t.Errorf("article %d of another host: %v", other, err)
			}
		}
		if n := asked.Load(); n != 4+1+2 {
			t.Errorf("asked for the host of an article %d times, want once for each", n)
		}
		close(goOn)
		for range 4 {
			if err := <-ended; err != nil {
				t.Error(err)
			}
		}
		if err := turns.take(t.Context(), 14); err != nil {
			t.Errorf("once the others have ended: %v", err)
		}
		if len(turns.inWork)+len(turns.waits) != 0 {
			t.Errorf("remembered when all is done: %v, %v", turns.inWork, turns.waits)
		}
	})
}
