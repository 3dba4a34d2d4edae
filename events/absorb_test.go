package events

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"newsdesk/news"
)

func TestSurvivor(t *testing.T) { // B1
	t.Parallel()
	at := time.Date(2026, time.March, 3, 6, 0, 0, 0, time.UTC)
	older := news.Event{ID: 9, First: at, Revision: 1}
	newer := news.Event{ID: 4, First: at.Add(time.Hour), Revision: 1}
	unseen := news.Event{ID: 2, First: at.Add(-time.Hour)}
	for _, tt := range []struct {
		name     string
		a, b     news.Event
		ofA, ofB int // channels with a message
		want     news.EventID
	}{
		{"both have messages: the older", newer, older, 3, 1, 9},
		{"none has: the older", older, newer, 0, 0, 9},
		{"the one with messages", older, newer, 0, 1, 4},
		{"the same, turned round", newer, older, 1, 0, 4},
		{"what readers may see before what they never will", unseen, newer, 0, 0, 4},
		{"of one time, the first stored", older, news.Event{ID: 5, First: at, Revision: 1}, 0, 0, 5},
	} {
		kept, gone := Survivor(tt.a, tt.b, tt.ofA, tt.ofB)
		if kept.ID != tt.want || gone.ID == tt.want {
			t.Errorf("%s: %d is kept and %d goes, want %d", tt.name, kept.ID, gone.ID, tt.want)
		}
		if again, _ := Survivor(tt.b, tt.a, tt.ofB, tt.ofA); again.ID != tt.want {
			t.Errorf("%s: asked the other way round, %d is kept", tt.name, again.ID)
		}
	}
}

func TestSettle(t *testing.T) { // B1, M8
	t.Parallel()
	want := map[Stand][4]Settlement{ // by what the channel got of the one that is gone
		StandNone:    {SettleNothing, SettleAdopt, SettleAdopt, SettleAdopt},
		StandWaiting: {SettleNothing, SettleDrop, SettleAdopt, SettleAdopt},
		StandHanded:  {SettleNothing, SettleDrop, SettleRetire, SettleRetire},
		StandShown:   {SettleNothing, SettleDrop, SettleRetire, SettleRetire},
	}
	for kept := StandNone; kept <= StandShown; kept++ {
		for gone := StandNone; gone <= StandShown; gone++ {
			if got := Settle(kept, gone); got != want[kept][gone] {
				t.Errorf("Settle(%d, %d) = %s, want %s", kept, gone, got, want[kept][gone])
			}
		}
	}
}

// reef is an event as the harbour tells it, and the same as the coast guard does.
func reef() (kept, gone news.Event) {
	at := time.Date(2026, time.March, 3, 6, 0, 0, 0, time.UTC)
	kept = news.Event{
		ID: 7, Version: 2, Revision: 2, Topic: "world", Headline: "Ferry Meltemi runs aground near Nisyra", First: at, Last: at.Add(time.Hour),
		Sources: []news.Source{{Article: 1, Outlet: "Courier", Title: "Ferry aground", Published: at, Topic: "world"}},
		Facts:   []news.Fact{{Text: "The ferry Meltemi ran aground on a reef near Nisyra.", Article: 1, New: true}}, Class: news.ClassNormal,
	}
	gone = news.Event{
		ID: 8, Version: 1, Revision: 1, Topic: "travel", Headline: "Coast guard takes 140 off ship", First: at.Add(-time.Minute), Last: at.Add(2 * time.Hour), Image: "https://radio.example/a.jpg",
		Sources: []news.Source{{Article: 2, Outlet: "Radio", Title: "Rescue", Published: at.Add(-time.Minute), Topic: "travel"}},
		Facts:   []news.Fact{{Text: "The coast guard took 140 passengers off a stricken ship.", Article: 2, New: true}}, Class: news.ClassMajor,
	}
	return kept, gone
}

func TestAbsorb(t *testing.T) { // B1
	t.Parallel()
	kept, gone := reef()
	merged := news.Summary{Headline: "Another headline of the ferry", Facts: append(slices.Clone(gone.Facts), kept.Facts...), Checked: 4, Dropped: 1}
	by := news.Grouping{Score: 0.95, Nearest: 2}
	now := kept.Last.Add(3 * time.Hour)
	ch := Absorb(kept, gone, merged, 3, by, now)
	want := kept
	want.Version, want.Revision, want.First, want.Last, want.Image = 3, 3, gone.First, gone.Last, gone.Image
	want.Sources = append(slices.Clone(kept.Sources), gone.Sources...)
	want.Facts = []news.Fact{
		{Text: gone.Facts[0].Text, Article: 2, New: true},
		{Text: kept.Facts[0].Text, Article: 1},
	}
	want.Checked, want.Dropped = 4, 1
	want.Absorbed = []news.Absorbed{{Event: 8, Headline: gone.Headline, Topics: []string{"travel"}, At: now, By: 3, Grouping: by}}
	if diff := cmp.Diff(want, ch.Event); diff != "" {
		t.Errorf("the event (-want +got):\n%s", diff)
	}
	if ch.Reason != ReasonMerged || !ch.Visible || ch.Article != 3 || ch.Absorbed.ID != 8 || len(ch.Novel) != 1 {
		t.Errorf("the change: %+v", ch)
	}
	if under := FiledUnder(ch.Event); !slices.Contains(under, "travel") {
		t.Errorf("filed under %q: those who follow the topic of the one that is gone may have its message", under)
	}
	if ranked := Rank(ch, Bars{Major: 0.9, Breaking: 0.95}); ranked.Event.Class != news.ClassMajor {
		t.Errorf("the class fell to %q, which readers have seen to be major", ranked.Event.Class)
	}

	gone.Revision = 0 // nobody saw it, and nobody may
	if ch = Absorb(kept, gone, merged, 3, by, now); ch.Visible || ch.Event.Revision != kept.Revision || ch.Event.Facts[0].Text != kept.Facts[0].Text || len(ch.Event.Sources) != 2 {
		t.Errorf("of one that was never shown: %+v", ch)
	}
}

// Each article of two events is in the one that they become, as long as there is
// room; what readers knew of either stays cited.
func TestAbsorb_LosesNothing(t *testing.T) { // B1
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		kept, gone := reef()
		n := rapid.IntRange(1, 2*MaxSources).Draw(t, "articles")
		kept.Sources, gone.Sources, kept.Facts, gone.Facts = nil, nil, nil, nil
		var merged news.Summary
		for i := range n {
			id := news.ArticleID(i + 1)
			src := news.Source{Article: id, Outlet: fmt.Sprint("Outlet ", id), Title: fmt.Sprint("Title ", id), Topic: "world"}
			to := &kept
			if rapid.Bool().Draw(t, "of the other") {
				to = &gone
			}
			if len(to.Sources) < MaxSources {
				to.Sources = append(to.Sources, src)
				merged.Facts = append(merged.Facts, news.Fact{Text: fmt.Sprintf("Fact %d tells of the matter.", id), Article: id})
			}
		}
		ch := Absorb(kept, gone, merged, 1, news.Grouping{}, kept.Last)
		if want := min(MaxSources, len(kept.Sources)+len(gone.Sources)); len(ch.Event.Sources) != want {
			t.Fatalf("%d sources, want %d", len(ch.Event.Sources), want)
		}
		for i, s := range kept.Sources {
			if ch.Event.Sources[i].Article != s.Article {
				t.Fatalf("citation %d is of article %d, was of %d", i+1, ch.Event.Sources[i].Article, s.Article)
			}
		}
		for _, f := range ch.Event.Facts {
			if ch.Event.Citation(f.Article) == 0 {
				t.Fatalf("%q has no source", f.Text)
			}
		}
	})
}

func TestRoute_OfTwoEventsThatAreOne(t *testing.T) { // B1, M12
	t.Parallel()
	kept, gone := reef()
	ch := Absorb(kept, gone, news.Summary{Facts: append(slices.Clone(gone.Facts), kept.Facts...)}, 3, news.Grouping{}, kept.Last)
	ch.Event.Class = news.ClassBreaking
	place := func(id news.ChannelID, topic string, alerted, other bool) Place {
		return Place{Channel: news.Channel{ID: id, Guild: "g", Settings: news.Settings{Roles: map[news.Class]string{news.ClassBreaking: "5"}}}, Topics: []string{topic}, Alerted: alerted, Other: other}
	}
	plan := Route(ch, []Place{
		place("both", "world", true, true), place("one", "world", true, false), place("new", "world", false, false),
		place("other", "travel", true, true), place("neither", "travel", false, false),
	}, kept.Last)
	var got []string
	for _, p := range append(slices.Clone(plan.Posts), plan.Onward...) {
		got = append(got, p.Key)
		if p.Loud || p.Kind == news.PostRise || p.Kind == news.PostAlert && p.Role != "" {
			t.Errorf("%s pings somebody", p.Key)
		}
	}
	want := []string{
		"both:7:3:edit", "one:7:3:edit", "one:7:3:line", "new:7:3:alert", "other:7:3:edit",
		"both:8:2:edit", "both:8:2:line", "other:8:2:edit", "other:8:2:line",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("posts (-want +got):\n%s", diff)
	}
	for _, p := range plan.Onward {
		if p.Event.ID != 8 || p.Event.Into != 7 || p.Line != kept.Headline || p.Guild != "g" {
			t.Errorf("%s: %+v", p.Key, p)
		}
	}
}
