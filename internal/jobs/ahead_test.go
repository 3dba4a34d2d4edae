package jobs_test

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"newsdesk/internal/jobs"
	"newsdesk/news"
)

// backlog is articles that wait, the most urgent first.
type backlog struct {
	*table
	mu      sync.Mutex
	waiting []news.ArticleID
	began   map[news.ArticleID]time.Time
}

func (b *backlog) DueArticles(_ context.Context, _ time.Time, limit int) ([]news.ArticleID, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.waiting[:min(limit, len(b.waiting))]), nil
}

// condense takes a second.
func (b *backlog) condense(_ context.Context, id news.ArticleID) error {
	b.mu.Lock()
	b.began[id] = time.Now()
	b.mu.Unlock()
	time.Sleep(time.Second)
	b.mu.Lock()
	defer b.mu.Unlock()
	b.waiting = slices.DeleteFunc(b.waiting, func(a news.ArticleID) bool { return a == id })
	return nil
}

// What has just come is not kept waiting by the hundreds of old articles of a
// feed that was added a moment ago.
func TestLocal_NewsGoesBeforeABacklog(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := &backlog{table: newTable(), began: map[news.ArticleID]time.Time{}}
		for i := range 200 {
			b.waiting = append(b.waiting, news.ArticleID(i+1))
		}
		r := jobs.NewLocal(b, jobs.Steps{Poll: b.poll, Condense: b.condense, Reread: b.reread, Digest: b.digest},
			jobs.Options{Articles: 2}, slog.New(slog.DiscardHandler), time.Now)
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- r.Run(ctx) }()
		came := map[news.ArticleID]time.Time{}
		for i := range 8 {
			time.Sleep(3300 * time.Millisecond)
			id := news.ArticleID(1000 + i)
			came[id] = time.Now()
			b.mu.Lock()
			b.waiting = append([]news.ArticleID{id}, b.waiting...)
			b.mu.Unlock()
			r.Wake()
		}
		time.Sleep(3 * time.Second)
		cancel()
		if err := <-ended; err != nil {
			t.Fatal(err)
		}
		b.mu.Lock()
		defer b.mu.Unlock()
		for id, at := range came {
			if began, ok := b.began[id]; !ok || began.Sub(at) > 2*time.Second {
				t.Errorf("article %d was begun %v after it came, want within two steps", id, began.Sub(at))
			}
		}
		if len(b.began) < 40 { // 58 fit; which goroutine goes first decides how many places stay empty for a look
			t.Errorf("only %d articles were begun in 29.4 s, two at once", len(b.began))
		}
	})
}

// What is not its turn waits without being asked all the time, lets others pass, and
// is taken as soon as a step of its kind ends.
func TestLocal_LetsOthersPassWhatIsNotItsTurn(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := &backlog{table: newTable(), began: map[news.ArticleID]time.Time{}}
		for i := range 11 {
			b.waiting = append(b.waiting, news.ArticleID(i+1))
		}
		const other = 11
		var mu sync.Mutex
		inWork, asked := false, 0
		ended := map[news.ArticleID]time.Time{}
		condense := func(_ context.Context, id news.ArticleID) error {
			mu.Lock()
			asked++
			if id != other && inWork {
				mu.Unlock()
				return jobs.ErrLater
			}
			inWork = inWork || id != other
			mu.Unlock()
			work := 1100 * time.Millisecond // so that no look of the schedule falls on an end
			if id == other {
				work = 0
			}
			time.Sleep(work)
			mu.Lock()
			inWork = inWork && id == other
			ended[id] = time.Now()
			mu.Unlock()
			b.mu.Lock()
			defer b.mu.Unlock()
			b.waiting = slices.DeleteFunc(b.waiting, func(a news.ArticleID) bool { return a == id })
			return nil
		}
		start := time.Now()
		r := jobs.NewLocal(b, jobs.Steps{Poll: b.poll, Condense: condense, Reread: b.reread, Digest: b.digest},
			jobs.Options{Articles: 3}, slog.New(slog.DiscardHandler), time.Now)
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() { done <- r.Run(ctx) }()
		time.Sleep(20 * time.Second)
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
		if len(ended) != 11 || ended[other].Sub(start) > 100*time.Millisecond {
			t.Errorf("%d of 11 ended, the one of another host after %v, want at once", len(ended), ended[other].Sub(start))
		}
		for id, at := range ended {
			if took := at.Sub(start); took > 10*1100*time.Millisecond {
				t.Errorf("%d ended after %v: it waited though nothing was in work", id, took)
			}
		}
		if asked > 250 {
			t.Errorf("asked %d times whose turn it is", asked)
		}
	})
}

// Behind thousands that wait for one site nobody looks each time: that would take
// longer than to read them.
func TestLocal_LooksPastSomeWhoseTurnHasNotCome(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := &backlog{table: newTable(), began: map[news.ArticleID]time.Time{}}
		for i := range 5000 {
			b.waiting = append(b.waiting, news.ArticleID(i+1))
		}
		const near, looks = 20, 6 // a look each two seconds, and at the start
		var mu sync.Mutex
		asked, read := 0, false
		condense := func(_ context.Context, id news.ArticleID) error {
			mu.Lock()
			defer mu.Unlock()
			asked++
			if id != near {
				return jobs.ErrLater
			}
			read = true
			b.mu.Lock()
			defer b.mu.Unlock()
			b.waiting = slices.DeleteFunc(b.waiting, func(a news.ArticleID) bool { return a == id })
			return nil
		}
		r := jobs.NewLocal(b, jobs.Steps{Poll: b.poll, Condense: condense, Reread: b.reread, Digest: b.digest},
			jobs.Options{Articles: 3}, slog.New(slog.DiscardHandler), time.Now)
		ctx, cancel := context.WithTimeout(t.Context(), (looks-1)*2*time.Second+time.Second)
		defer cancel()
		if err := r.Run(ctx); err != nil {
			t.Error(err)
		}
		if !read {
			t.Errorf("the %dth was not read, whose turn it was", near)
		}
		if asked > looks*60 {
			t.Errorf("asked %d times in %d looks whose turn it is", asked, looks)
		}
	})
}
