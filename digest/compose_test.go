package digest_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"newsdesk/digest"
	"newsdesk/news"

	"pgregory.net/rapid"
)

var noon = time.Date(2026, 6, 2, 12, 0, 0, 0, time.UTC)

// candidate is an event of two outlets that was first reported in the period.
func candidate(id int, topic string, weight float64) digest.Candidate {
	return digest.Candidate{Event: news.Event{
		ID: news.EventID(id), Topic: topic, Headline: fmt.Sprint("Event ", id), Weight: weight, Terms: []news.Term{{Name: "independent owners"}},
		First: noon.Add(-3 * time.Hour), Last: noon.Add(-time.Hour),
		Sources: []news.Source{
			{Article: 1, Outlet: "Harbour Post", URL: "https://harbour.example/1", Published: noon}, {Article: 2, Outlet: "Daily Ledger", URL: "https://ledger.example/2", Published: noon},
		},
		Facts: []news.Fact{{Text: "It rained.", Article: 1}, {Text: "It rained for 9 hours.", Article: 2}},
	}}
}

func compose(kind news.DigestKind, list ...digest.Candidate) news.Digest {
	due := news.DueDigest{Channel: "c", Kind: kind, Due: noon, Since: noon.AddDate(0, 0, -1)}
	return digest.Compose(due, news.Settings{}, []string{"world"}, noon, digest.Material{Candidates: list, Articles: 9, Events: len(list), Feeds: 3})
}

// told lists a digest's events: "2 3 | 1" with those that were told before
// behind the stroke.
func told(d news.Digest) string {
	var parts []string
	for i, e := range d.Entries {
		if e.Section == news.SectionDeveloping && (i == 0 || d.Entries[i-1].Section != e.Section) {
			parts = append(parts, "|")
		}
		parts = append(parts, fmt.Sprint(e.Event))
	}
	return strings.Join(parts, " ")
}

// M14
func TestCompose_Chooses(t *testing.T) {
	t.Parallel()
	change := func(c digest.Candidate, f func(*digest.Candidate)) digest.Candidate { f(&c); return c }
	var many []digest.Candidate
	for i := range 14 {
		many = append(many, candidate(i+1, "world", 0.9-float64(i)/100))
	}
	var mixed []digest.Candidate
	for i := range 6 {
		mixed = append(mixed, candidate(i+1, "world", 0.9-float64(i)/100))
	}
	mixed = append(mixed, candidate(21, "sports", 0.5), candidate(22, "sports", 0.4))
	held := func(c *digest.Candidate) { c.Held = news.OutcomeQuietHours }
	tests := []struct {
		name string
		kind news.DigestKind
		list []digest.Candidate
		want string
		note news.DigestNote
	}{
		{"the heaviest ten", news.DigestPlanned, many, "1 2 3 4 5 6 7 8 9 10", ""},
		{"four of a topic where there are two", news.DigestPlanned, mixed, "1 2 3 4 21 22", ""},
		{"a class goes before a weight", news.DigestPlanned, append(many[:3:3], change(candidate(9, "world", 0.3), func(c *digest.Candidate) { c.Event.Class = news.ClassMajor })), "9 1 2 3", ""},
		{"below the floor", news.DigestPlanned, []digest.Candidate{candidate(1, "world", 0.11), candidate(2, "world", 0.13)}, "2", news.NoteFew},
		{"one source", news.DigestPlanned, []digest.Candidate{change(candidate(1, "world", 0.9), func(c *digest.Candidate) { c.Event.Sources = c.Event.Sources[:1] })}, "", news.NoteSingle},
		{"one source, but major", news.DigestPlanned, []digest.Candidate{change(candidate(1, "world", 0.9), func(c *digest.Candidate) {
			c.Event.Sources, c.Event.Class = c.Event.Sources[:1], news.ClassMajor
		})}, "1", news.NoteFew},
		{"held needs no weight", news.DigestPlanned, []digest.Candidate{change(candidate(1, "world", 0), held)}, "1", news.NoteFew},
		{"told before, and begun before", news.DigestPlanned, []digest.Candidate{
			change(candidate(1, "world", 0.9), func(c *digest.Candidate) { c.Told = true }),
			change(candidate(2, "world", 0.8), func(c *digest.Candidate) { c.Event.First = noon.AddDate(0, 0, -2) }),
			candidate(3, "world", 0.7), change(candidate(4, "world", 0.6), func(c *digest.Candidate) { c.Posted = true }),
		}, "3 4 | 1 2", ""},
		{"a catch-up takes all of one topic", news.DigestCatchUp, mixed[:6], "1 2 3 4 5 6", ""},
		{"nothing", news.DigestPlanned, nil, "", news.NoteSingle},
	}
	for _, tt := range tests {
		d := compose(tt.kind, tt.list...)
		if got := told(d); got != tt.want || d.Note != tt.note {
			t.Errorf("%s: told %q with note %q, want %q with %q", tt.name, got, d.Note, tt.want, tt.note)
		}
	}
}

// B4: who was told something wrong is told so, however little it weighs; who was
// not is told what is right.
func TestCompose_Corrects(t *testing.T) {
	t.Parallel()
	wrong := candidate(1, "world", 0.01)
	wrong.Event.Sources[1].Published = noon.Add(-2 * time.Hour)
	wrong.Event.Facts[1].Was = news.Version{Value: "8", Article: 1, Instead: "9"}
	seen := wrong
	seen.Event.ID, seen.Posted = 2, true
	d := compose(news.DigestPlanned, wrong, seen, candidate(3, "world", 0.9))
	if len(d.Entries) != 2 || d.Entries[0].Event != 3 || d.Entries[1].Event != 2 {
		t.Fatalf("told %+v", d.Entries)
	}
	if e := d.Entries[1]; e.Section != news.SectionCorrected || e.Fact != "It rained for 9 hours." || e.Was != "8" || e.Citation != 2 {
		t.Errorf("the correction: %+v", e)
	}
	seen.Event.Sources = append([]news.Source(nil), seen.Event.Sources...)
	seen.Event.Sources[1].Published = noon.AddDate(0, 0, -2)
	if d := compose(news.DigestPlanned, seen); len(d.Entries) != 0 {
		t.Errorf("corrected long ago: %+v", d.Entries)
	}
}

// M11: what a channel's filters keep out is not in its digest either.
func TestCompose_KeepsToTheFilters(t *testing.T) {
	t.Parallel()
	waited := candidate(3, "world", 0.7)
	waited.Held = news.OutcomeCapped
	due := news.DueDigest{Channel: "c", Kind: news.DigestPlanned, Due: noon, Since: noon.AddDate(0, 0, -1)}
	s := news.Settings{Least: news.ClassMajor, Filters: []news.Filter{{Exclude: true, Kind: news.FilterWords, Text: "event 1"}, {Exclude: true, Kind: news.FilterWords, Text: "event 3"}}}
	d := digest.Compose(due, s, nil, noon, digest.Material{Candidates: []digest.Candidate{candidate(1, "world", 0.9), candidate(2, "world", 0.8), waited}})
	s.Filters = []news.Filter{{Exclude: true, Kind: news.FilterWords, Text: "event"}}
	none := digest.Compose(due, s, nil, noon, digest.Material{Candidates: []digest.Candidate{candidate(1, "world", 0.9)}, Articles: 9, Feeds: 2})
	if none.Note != news.NoteFiltered || len(none.Entries) > 0 { // B17
		t.Errorf("with all filtered: %+v", none)
	}
	if got := told(d); got != "2 3" {
		t.Errorf("told %s, want 2 3", got)
	}
}

// M14: a channel that gets nothing but its digest is told of what is below the
// floor too, where little is above, and of nothing twice.
func TestCompose_FillsUpWhereThereIsNothingElse(t *testing.T) {
	t.Parallel()
	due := news.DueDigest{Channel: "c", Kind: news.DigestPlanned, Due: noon, Since: noon.AddDate(0, 0, -1)}
	small := func(id int, weight float64, change func(*digest.Candidate)) digest.Candidate {
		c := candidate(id, "world", weight)
		c.Event.Sources = c.Event.Sources[:1]
		if change != nil {
			change(&c)
		}
		return c
	}
	list := []digest.Candidate{
		candidate(1, "world", 0.9),
		small(2, 0.02, nil), small(3, 0.04, nil), small(4, 0.03, nil), small(5, 0.01, nil),
		small(6, 0.05, func(c *digest.Candidate) { c.Told = true }),
		small(7, 0.05, func(c *digest.Candidate) { c.Posted = true }),
		small(8, 0.05, func(c *digest.Candidate) { c.Event.First = due.Since.Add(-time.Hour) }),
	}
	for _, tt := range []struct {
		settings news.Settings
		want     string
		note     news.DigestNote
	}{
		{news.Settings{DigestOnly: true}, "1 3 4 2", news.NoteFew},
		{news.Settings{}, "1", news.NoteFew},
		{news.Settings{DigestOnly: true, Least: news.ClassMajor}, "1", news.NoteFew},
	} {
		d := digest.Compose(due, tt.settings, []string{"world"}, noon, digest.Material{Candidates: list, Articles: 9, Events: len(list), Feeds: 3})
		if got := told(d); got != tt.want || d.Note != tt.note {
			t.Errorf("%+v: told %s with the note %q, want %s", tt.settings, got, d.Note, tt.want)
		}
	}
}

// A digest tells a fact with a number, and of what was told before, what is new.
func TestCompose_TellsAFact(t *testing.T) {
	t.Parallel()
	c := candidate(1, "world", 0.9)
	if e := compose(news.DigestPlanned, c).Entries[0]; e.Fact != "It rained for 9 hours." || e.Citation != 2 || e.Cited != "https://ledger.example/2" {
		t.Errorf("got %+v", e)
	}
	c.Told, c.Event.Facts[0].New = true, true
	if e := compose(news.DigestPlanned, c).Entries[0]; e.Fact != "It rained." {
		t.Errorf("developing: got %+v", e)
	}
	c.Event.Facts = []news.Fact{{Text: "No source says 1 this.", Article: 77}}
	if e := compose(news.DigestPlanned, c).Entries[0]; e.Fact != "" {
		t.Errorf("an uncited fact was told: %+v", e)
	}
}

// M15: of what waited, nothing is lost: it is told, named or counted.
func TestCompose_CountsWhatWaited(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.IntRange(0, 60).Draw(rt, "events")
		list := make([]digest.Candidate, n)
		waited := 0
		for i := range list {
			list[i] = candidate(i+1, rapid.SampledFrom([]string{"world", "sports", "asia"}).Draw(rt, "topic"), rapid.Float64Range(0, 1).Draw(rt, "weight"))
			list[i].Held = rapid.SampledFrom([]news.Outcome{"", news.OutcomeCapped, news.OutcomeQuietHours}).Draw(rt, "held")
			list[i].Told = rapid.Bool().Draw(rt, "told")
			if list[i].Held != "" {
				waited++
			}
		}
		d := compose(rapid.SampledFrom([]news.DigestKind{news.DigestPlanned, news.DigestCatchUp}).Draw(rt, "kind"), list...)
		if len(d.Entries) > digest.MaxEntries || len(d.Entries)+len(d.More) > 25 {
			rt.Fatalf("%d told, %d named", len(d.Entries), len(d.More))
		}
		seen := map[news.EventID]bool{}
		shown := 0
		for _, l := range [][]news.DigestEntry{d.Entries, d.More} {
			for _, e := range l {
				if seen[e.Event] {
					rt.Fatalf("event %d is there twice", e.Event)
				}
				seen[e.Event] = true
			}
		}
		for _, e := range d.Entries {
			if list[e.Event-1].Held != "" {
				shown++
			}
		}
		if shown+d.Unshown != waited || d.Held[news.OutcomeCapped]+d.Held[news.OutcomeQuietHours] != waited {
			rt.Fatalf("%d waited: %d told, %d said not to be, %v", waited, shown, d.Unshown, d.Held)
		}
	})
}
