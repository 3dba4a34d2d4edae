package events

import (
	"testing"
	"time"

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
