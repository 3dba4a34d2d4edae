package app

import (
	"log/slog"
	"testing"
	"time"

	"newsdesk/news"
	"newsdesk/store"
)

// An article that was read after a gap is late, also where the gap came after one was
// looked for.
func TestLate_SeesAGapThatCameSince(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	db, err := store.Open(ctx, blank.New(t), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	now := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	p := &Pipeline{db: db, now: func() time.Time { return now }}
	late := func(published, seen time.Time) time.Time {
		t.Helper()
		at, err := p.late(ctx, news.Article{Published: published, Seen: seen})
		if err != nil {
			t.Fatal(err)
		}
		return at
	}
	if err := db.EndPoll(ctx, now); err != nil {
		t.Fatal(err)
	}
	if at := late(now.Add(-time.Hour), now); !at.IsZero() {
		t.Errorf("late without a gap: %v", at)
	}
	before := now
	now = now.Add(5 * time.Hour)
	if err := db.BeginPoll(ctx, now, gap); err != nil {
		t.Fatal(err)
	}
	end := now
	now = now.Add(time.Minute)
	for range 2 { // looked up, and known
		if at := late(end.Add(-time.Hour), end.Add(30*time.Second)); !at.Equal(end.Add(gapDigest)) {
			t.Errorf("late at %v, want %v", at, end.Add(gapDigest))
		}
	}
	if at := late(end.Add(-6*time.Hour), before); !at.IsZero() {
		t.Errorf("one that was seen before the gap is late: %v", at)
	}
}
