package app_test

import (
	"testing"

	"newsdesk/news"
)

// topClass returns the highest class that a post shows.
func topClass(posts []news.Post) news.Class {
	top := news.ClassNormal
	for _, p := range posts {
		if p.Event.Class.Rank() > top.Rank() {
			top = p.Event.Class
		}
	}
	return top
}

// What an editor would call the gravest event of a recorded day.
func TestReplays_Classes(t *testing.T) { // M12
	t.Parallel()
	for _, r := range []struct {
		name        string
		least, most news.Class
	}{
		{"court", news.ClassMajor, news.ClassBreaking},
		{"storm", news.ClassMajor, news.ClassBreaking},
		{"match", news.ClassNormal, news.ClassMajor},
		{"quiet", news.ClassNormal, news.ClassNormal},
	} {
		t.Run(r.name, func(t *testing.T) {
			t.Parallel()
			_, day := playDay(t, r.name, 0)
			stats, posts := day.stats, day.posts
			if top := topClass(posts); top.Rank() < r.least.Rank() || top.Rank() > r.most.Rank() {
				t.Errorf("the gravest event is %s, want %s to %s", top, r.least, r.most)
			}
			if stats.Breaking > 1 || stats.Major > 5 {
				t.Errorf("%d breaking and %d major, want at most 1 and 5", stats.Breaking, stats.Major)
			}
		})
	}
}

// The article of a second owner makes the quake breaking, in the same poll, and
// what readers have seen as breaking stays so.
func TestReplays_BreakingWithTheSecondOwner(t *testing.T) { // B1, B5
	t.Parallel()
	_, day := playDay(t, "quake", 0)
	was := map[news.EventID]news.Class{}
	risen := 0
	for _, p := range day.posts {
		e := p.Event
		if e.Class.Rank() < was[e.ID].Rank() {
			t.Errorf("%q fell from %s to %s", e.Headline, was[e.ID], e.Class)
		}
		if e.Class == news.ClassBreaking && was[e.ID] != news.ClassBreaking {
			risen++
			last := e.Sources[len(e.Sources)-1]
			if e.Owners() != 2 || last.CopyOf != 0 {
				t.Errorf("breaking by %d owners, copy of %d; want it with the second owner's own words", e.Owners(), last.CopyOf)
			}
		}
		was[e.ID] = e.Class
	}
	if risen != 1 {
		t.Errorf("%d events became breaking, want 1", risen)
	}
}
