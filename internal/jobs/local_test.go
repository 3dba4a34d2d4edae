package jobs_test

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"newsdesk/internal/jobs"
	"newsdesk/news"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// table is due rows in memory: feed i is due at feeds[i].
type table struct {
	mu       sync.Mutex
	feeds    map[news.FeedID]time.Time
	articles map[news.ArticleID]time.Time
	running  map[news.FeedID]int
	worst    int // most steps at once for one row
	most     int // most steps at once in all
	polls    map[news.FeedID]int
	fail     map[news.FeedID]int // how often the next polls fail
	pages    map[news.ArticleID]time.Time
	read     int // pages that were read again
	digests  map[news.DigestID]time.Time
	made     []time.Time // when digests were made
}

func newTable() *table {
	return &table{
		feeds: map[news.FeedID]time.Time{}, articles: map[news.ArticleID]time.Time{},
		digests: map[news.DigestID]time.Time{}, pages: map[news.ArticleID]time.Time{},
		running: map[news.FeedID]int{}, polls: map[news.FeedID]int{}, fail: map[news.FeedID]int{},
	}
}

func due[K comparable](m map[K]time.Time, now time.Time, limit int) []K {
	var out []K
	for id, at := range m {
		if !at.After(now) && len(out) < limit {
			out = append(out, id)
		}
	}
	return out
}

func (t *table) DueFeeds(_ context.Context, now time.Time, limit int) ([]news.FeedID, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return due(t.feeds, now, limit), nil
}

func (t *table) DueDigests(_ context.Context, now time.Time, limit int) ([]news.DigestID, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return due(t.digests, now, limit), nil
}

// digest notes when it was made; the next one is due a day later.
func (t *table) digest(_ context.Context, id news.DigestID) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.made = append(t.made, time.Now())
	t.digests[id] = t.digests[id].AddDate(0, 0, 1)
	return nil
}

func (t *table) DueRevisits(_ context.Context, now time.Time, limit int) ([]news.ArticleID, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return due(t.pages, now, limit), nil
}

// reread puts the next reading off for an hour.
func (t *table) reread(_ context.Context, id news.ArticleID) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.read++
	t.pages[id] = t.pages[id].Add(time.Hour)
	return nil
}

func (t *table) DueArticles(_ context.Context, now time.Time, limit int) ([]news.ArticleID, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return due(t.articles, now, limit), nil
}

// poll takes a second and finds one article.
func (t *table) poll(ctx context.Context, id news.FeedID) error {
	t.mu.Lock()
	t.running[id]++
	t.worst = max(t.worst, t.running[id])
	all := 0
	for _, n := range t.running {
		all += n
	}
	t.most = max(t.most, all)
	t.mu.Unlock()
	defer func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		t.running[id]--
	}()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(time.Second):
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.polls[id]++
	if t.fail[id] > 0 {
		t.fail[id]--
		return errors.New("database is busy")
	}
	t.feeds[id] = time.Now().Add(10 * time.Minute)
	t.articles[news.ArticleID(id)] = time.Now()
	return nil
}

func (t *table) condense(_ context.Context, id news.ArticleID) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.articles, id)
	return nil
}

func run(t *testing.T, rows *table, o jobs.Options, d time.Duration) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	local := jobs.NewLocal(rows, jobs.Steps{Poll: rows.poll, Condense: rows.condense, Reread: rows.reread, Digest: rows.digest}, o, slog.New(slog.DiscardHandler), time.Now)
	done := make(chan error, 1)
	go func() { done <- local.Run(ctx) }()
	<-time.After(d) // fake time
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func TestLocal_WorksEachDueRow(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		rows := newTable()
		for id := range news.FeedID(100) {
			rows.feeds[id+1] = time.Now().Add(time.Duration(id) * time.Second)
		}
		run(t, rows, jobs.Options{Polls: 7}, 9*time.Minute)
		for id, n := range rows.polls {
			if n != 1 {
				t.Errorf("feed %d polled %d times, want once", id, n)
			}
		}
		if len(rows.polls) != 100 || len(rows.articles) != 0 {
			t.Errorf("%d feeds polled, %d articles left; want 100 and 0", len(rows.polls), len(rows.articles))
		}
		if rows.worst != 1 || rows.most > 7 {
			t.Errorf("%d steps at once for a row and %d in all, want 1 and at most 7", rows.worst, rows.most)
		}
	})
}

func TestLocal_TakesUpAFailedStepAgain(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		rows := newTable()
		rows.feeds[1], rows.fail[1] = time.Now(), 2
		run(t, rows, jobs.Options{}, time.Minute)
		if rows.polls[1] != 3 {
			t.Errorf("polled %d times, want two failures and a success", rows.polls[1])
		}
	})
}

func TestLocal_FollowsTheScheduleForADay(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		rows := newTable()
		rows.feeds[1] = time.Now()
		run(t, rows, jobs.Options{}, 24*time.Hour)
		if n := rows.polls[1]; n < 142 || n > 145 {
			t.Errorf("polled %d times in a day at an interval of ten minutes, want about 144", n)
		}
	})
}

// M14
func TestLocal_MakesDigestsWhenTheyAreDue(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		rows := newTable()
		first := time.Now().Add(8 * time.Hour)
		rows.digests[1] = first
		run(t, rows, jobs.Options{}, 33*time.Hour)
		if len(rows.made) != 2 {
			t.Fatalf("made %d digests in 33 hours, want those of hours 8 and 32", len(rows.made))
		}
		for i, at := range rows.made {
			if late := at.Sub(first.AddDate(0, 0, i)); late < 0 || late > 3*time.Second {
				t.Errorf("digest %d was made %s after it was due", i+1, late)
			}
		}
	})
}

func TestLocal_ReadsPagesAgainWhenTheyAreDue(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		rows := newTable()
		rows.pages[1] = time.Now().Add(time.Hour)
		run(t, rows, jobs.Options{}, 3*time.Hour+time.Minute)
		if rows.read != 3 {
			t.Errorf("a page that is due every hour was read %d times in three hours", rows.read)
		}
	})
}

func TestLocal_StopWaitsForSteps(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		rows := newTable()
		rows.feeds[1] = time.Now()
		run(t, rows, jobs.Options{}, 500*time.Millisecond) // in the middle of the poll
		if rows.running[1] != 0 {
			t.Error("a step was still running when Run returned")
		}
	})
}

func TestLocal_RefusesANonsenseSchedule(t *testing.T) {
	t.Parallel()
	local := jobs.NewLocal(newTable(), jobs.Steps{}, jobs.Options{Schedule: "now and then"}, slog.New(slog.DiscardHandler), time.Now)
	if err := local.Run(t.Context()); err == nil {
		t.Error("Run accepted a schedule that is none")
	}
}
