package events

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// An article that is changed in place shows what it tells of now: that its event
// is two, or one with another.
func TestReplace(t *testing.T) { // B1, B4
	t.Parallel()
	t.Run("split", func(t *testing.T) {
		t.Parallel()
		docs := torvik
		before := docs[4]
		docs[4].Title, docs[4].Text = "Torvik: adviser Bremer and mayor Lund before the grand jury", torvik[1].Text+"\n\n"+torvik[2].Text
		g, all := oneEvent(docs[:])
		if s := g.Split(all[4]); s.Parts[0] != nil {
			t.Fatalf("parted before: %v", s.Parts)
		}
		now := all[4]
		now.Title, now.Text = before.Title, before.Text
		g.Replace(now)
		if diff := cmp.Diff([2][]int64{{1, 2, 4}, {3, 5}}, g.Split(now).Parts); diff != "" {
			t.Errorf("parts (-want +got):\n%s", diff)
		}
	})
	t.Run("union", func(t *testing.T) {
		t.Parallel()
		g, all := oneEvent([]Doc{wreck[0], {Title: wreck[0].Title, Text: "The ferry Meltemi ran aground in fog near Nisyra, the harbour office says.", Source: "Archipelago"}})
		other := wreck[1]
		other.ID, other.Lang, other.Published = 9, "en", all[1].Published.Add(20*time.Minute)
		g.Add(other, 9, 0)
		now := all[1]
		now.Title, now.Text = wreck[2].Title, wreck[2].Text
		g.Replace(now)
		if u := g.Union(now); u.Bond != BondOne || u.Event != 9 {
			t.Errorf("union: %+v", u)
		}
	})
}

// What an article no longer says draws no others to it, and all else is as if it
// had come now.
func TestReplace_LeavesNothingOfWhatItWas(t *testing.T) {
	t.Parallel()
	g, all := oneEvent([]Doc{torvik[0], torvik[1], {Title: wreck[0].Title, Text: wreck[0].Text, Source: "Courier"}})
	now := all[2]
	now.Title, now.Text = torvik[3].Title, torvik[3].Text
	g.Replace(now)
	anew, _ := oneEvent([]Doc{torvik[0], torvik[1]})
	anew.Add(now, 1, 0)
	if got, want := g.groups[1], anew.groups[1]; got.size != want.size || len(got.slots) != len(want.slots) || got.first != want.first {
		t.Errorf("the event is %+v, and filled anew %+v", *got, *want)
	}
	for _, probe := range []Doc{torvik[2], torvik[4], wreck[1], wreck[2], all[2]} {
		probe.ID, probe.Published, probe.Lang = 77, now.Published.Add(time.Hour), "en"
		if got, want := g.Decide(probe), anew.Decide(probe); got.Event != want.Event || got.DuplicateOf != want.DuplicateOf {
			t.Errorf("%q: %+v, and filled anew %+v", probe.Title, got, want)
		}
	}
	for _, list := range g.index {
		for _, p := range list {
			if g.entry(p.slot).doc == 0 {
				t.Fatal("a word leads to what the article was")
			}
		}
	}
	n := g.Len()
	g.Replace(Doc{ID: 500, Title: "Not in view", Published: now.Published})
	if g.Len() != n {
		t.Error("what is not in view was put in view")
	}
	g.Prune(now.Published.Add(time.Hour))
	if g.Len() != 0 || len(g.groups) != 0 {
		t.Errorf("%d documents and %d events stay in view", g.Len(), len(g.groups))
	}
}
