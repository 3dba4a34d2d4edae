package app

import (
	"testing"
	"time"
)

// After a start feeds are read before the index of events is rebuilt; the first
// article that is placed finds it whole.
func TestRebuild_PollsDoNotWait(t *testing.T) {
	t.Parallel()
	n := newNight(t, at(t, "2026-06-01T10:00:00Z"))
	n.config.Poll.InitialPosts = 0
	n.open()
	n.publish(n.now())
	n.until(n.now().Add(10*time.Minute), 10*time.Minute)
	n.open()
	n.publish(n.now())
	list, err := n.app.db.Feeds(t.Context())
	n.must(err)
	p := n.app.pipeline
	p.mu.Lock() // as while it is rebuilt
	err = p.Poll(t.Context(), list[0].ID)
	stale := p.stale
	p.mu.Unlock()
	n.must(err)
	due, err := n.app.db.DueArticles(t.Context(), n.now(), 9)
	n.must(err)
	if len(due) != 1 || !stale {
		t.Fatalf("%d articles wait, and the index was rebuilt before: %v; want 1, false", len(due), !stale)
	}
	n.must(p.Condense(t.Context(), due[0]))
	if got := p.circles.all.Len(); got != 2 {
		t.Errorf("%d articles are in view, want that of before and the new one", got)
	}
	n.must(p.Rebuild(t.Context())) // nothing is left to do
	if got := p.circles.all.Len(); got != 2 {
		t.Errorf("after that %d articles are in view", got)
	}
}
