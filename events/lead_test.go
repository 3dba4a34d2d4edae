package events

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsdesk/news"
)

// What a later article alone tells is told, though all articles together rank
// it behind what every one of them said; and a headline gives way to one that
// has overtaken it.
func TestDevelop_NewsOfALaterArticle(t *testing.T) { // M13, B1
	t.Parallel()
	noon := time.Date(2031, 5, 20, 12, 0, 0, 0, time.UTC)
	known := []string{
		"Judges in Selborg are expected to rule on Friday in the trial over the fall of the Hallow footbridge.",
		"Eleven people died when the footbridge fell two years ago.",
		"The former head of works, Marten Osk, denies that he was warned.",
	}
	base := news.Event{
		ID: 1, Version: 2, Revision: 2, Headline: "Ruling expected today in Hallow footbridge trial", First: noon, Last: noon,
		Sources: []news.Source{{Article: 1, Outlet: "Courier", Title: "Ruling expected today in Hallow footbridge trial"}},
	}
	merged := news.Summary{Headline: base.Headline}
	for _, k := range known {
		base.Facts = append(base.Facts, news.Fact{Text: k, Article: 1})
		merged.Facts = append(merged.Facts, news.Fact{Text: k, Article: 1})
	}
	for name, tc := range map[string]struct {
		outlet, title, fact string
		visible             bool
		headline            string
	}{
		"a turn": {
			"Ledger", "Former works chief jailed for seven years over bridge collapse", "A court in Selborg sentenced Marten Osk to seven years in prison.",
			true, "Former works chief jailed for seven years over bridge collapse",
		},
		"a repeat": {
			"Courier", "Judges expected to rule today in Hallow footbridge trial", "Judges in Selborg are expected to rule on Friday in the trial over the Hallow footbridge.",
			false, base.Headline,
		},
		"opinion": {
			"Ledger", "Opinion: The sentence that the bridge deserved", "A court in Selborg sentenced Marten Osk to seven years in prison.",
			false, base.Headline,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := news.Article{ID: 2, Outlet: tc.outlet, Title: tc.title, Published: noon.Add(time.Hour)}
			own := news.Summary{Headline: tc.title, Facts: []news.Fact{{Text: tc.fact, Article: 2}}}
			ch := Develop(base, a, own, merged, Decision{}, noon.Add(2*time.Hour))
			told := len(ch.Event.Facts) > 0 && ch.Event.Facts[0].Text == tc.fact
			if told != tc.visible || ch.Event.Headline != tc.headline {
				t.Errorf("%s: told first %v, headline %q; want %v, %q", ch.Reason, told, ch.Event.Headline, tc.visible, tc.headline)
			}
			if len(ch.Event.Facts) > MaxFacts {
				t.Errorf("%d facts", len(ch.Event.Facts))
			}
		})
	}
}

// What a headline says stands among the facts for as long as the headline does,
// also when a further article brings something else. // B1, M9
func TestDevelop_KeepsTheFactOfTheHeadline(t *testing.T) {
	t.Parallel()
	const (
		toll    = "The death toll from the quake off Iquique rose to nine, the interior ministry said."
		depth   = "The quake struck at a depth of 33 kilometres off Iquique."
		homes   = "Power is out in 32,000 homes in Tarapaca, the interior ministry said."
		mended  = "Power is out in 28,000 homes in Tarapaca, and not in 32,000, the grid operator said."
		later   = "The death toll from the quake off Iquique rose to 14, the interior ministry said."
		rescued = "Rescue teams pulled three miners out of a shaft at Pica, the army said."
	)
	base := news.Event{
		ID: 1, Version: 2, Revision: 2, Headline: "Death toll from quake off Iquique rises to nine", First: noon, Last: noon,
		Sources: []news.Source{{Article: 1, Outlet: "Courier"}, {Article: 2, Outlet: "Ledger"}},
		Facts:   []news.Fact{{Text: toll, Article: 2, New: true}, {Text: depth, Article: 1}, {Text: homes, Article: 1}},
	}
	for name, tc := range map[string]struct {
		title, fact string
		want        []string
	}{
		"something else":  {"Power out in 28,000 homes after quake off Iquique", mended, []string{mended, toll, depth, homes}},
		"further news":    {"Three miners rescued after quake off Iquique", rescued, []string{rescued, toll, depth, homes}},
		"a higher number": {"Death toll from quake off Iquique rises to 14", later, []string{later, depth, homes}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := news.Article{ID: 3, Outlet: "Post", Title: tc.title, Published: noon.Add(time.Hour)}
			own := news.Summary{Headline: tc.title, Facts: []news.Fact{{Text: tc.fact, Article: 3}}}
			merged := news.Summary{Headline: tc.title, Facts: []news.Fact{{Text: depth, Article: 1}, {Text: homes, Article: 1}}}
			got := Develop(base, a, own, merged, Decision{}, noon.Add(2*time.Hour)).Event
			var facts []string
			for _, f := range got.Facts {
				facts = append(facts, f.Text)
				if f.New != (f.Article == 3) {
					t.Errorf("%q is marked as new: %v", f.Text, f.New)
				}
			}
			if diff := cmp.Diff(tc.want, facts); diff != "" {
				t.Errorf("under the headline %q (-want +got):\n%s", got.Headline, diff)
			}
		})
	}
}

// A headline that looks ahead, or was undone, is told from one that holds. // B1, B4
func TestOutdated(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		headline, title string
		want            bool
	}{
		{"Thousands told to leave coast as Storm Odile nears", "Odile makes landfall: power cuts spread", true},
		{"Thousands told to leave coast as Storm Odile nears", "Ports close as Storm Odile approaches", false},
		{"Train drivers vote to strike on three days", "Rail strike off: drivers and Norrail agree", true},
		{"Train drivers vote to strike on three days", "Norrail raises offer to 5%", false},
		{"Rail strike off: drivers and Norrail agree", "Rail strike averted, minister says", false},
		{"Minister takes a new approach to rail", "Drivers reject the plan", false},
	} {
		if got := outdated(tt.headline, tt.title); got != tt.want {
			t.Errorf("%q after %q: outdated %t", tt.headline, tt.title, got)
		}
	}
}

// A headline gives way where the news is that what it tells never was, whatever
// words the title has for that. // B4
func TestDevelop_HeadlineIsBelied(t *testing.T) {
	t.Parallel()
	later := noon.Add(time.Hour)
	for text, want := range map[string]string{
		"The bridge at Oskvale stands, and the collapse never happened, police said.":  "Bridge at Oskvale was a film set",
		"Police closed the road to the bridge that collapsed at Oskvale on Wednesday.": bridge().Headline,
	} {
		fact := news.Fact{Text: text, Article: 2}
		own := news.Summary{Headline: "Bridge at Oskvale was a film set", Facts: []news.Fact{fact}}
		merged := news.Summary{Headline: bridge().Headline, Facts: []news.Fact{fact, bridge().Facts[0]}}
		ch := Develop(bridge(), article(2, "post", own.Headline, later), own, merged, Decision{Event: 7}, later)
		if ch.Event.Headline != want || !ch.Visible {
			t.Errorf("%s: headline %q, %s; want %q", text, ch.Event.Headline, ch.Reason, want)
		}
	}
}
