package events

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsdesk/news"
)

// What readers see of an article that its outlet changed. // B4
func TestRevise(t *testing.T) {
	t.Parallel()
	const hurt = "Three people were hurt when a bridge collapsed at Oskvale, police said."
	later := noon.Add(time.Hour)
	quiet := bridge()
	quiet.Revision = 0
	copied := bridge()
	copied.Sources[0].CopyOf = 99
	was := func(s news.Summary, value string) news.Summary {
		s.Facts[0].Was = news.Version{Value: value, Article: Former(1)}
		return s
	}
	for _, c := range []struct {
		name    string
		base    news.Event
		article news.Article
		own     news.Summary
		reason  Reason
		visible bool
		facts   []string // as the event then has them
		was     string
	}{
		{
			name: "nothing but a span moved", base: bridge(), own: summary("Bridge at Oskvale collapses, 3 hurt", 1, hurt),
			reason: ReasonRepeats, facts: []string{hurt},
		},
		{
			name: "other words", base: bridge(), own: summary("Bridge at Oskvale collapses, 3 hurt", 1, "Three people have been hurt as a bridge collapsed at Oskvale, the police said."),
			reason: ReasonRepeats, facts: []string{"Three people have been hurt as a bridge collapsed at Oskvale, the police said."},
		},
		{
			name: "a higher toll", base: bridge(), own: summary("Bridge at Oskvale collapses, 5 hurt", 1, "Five people were hurt when a bridge collapsed at Oskvale, police said."),
			reason: ReasonNewFacts, visible: true, facts: []string{"Five people were hurt when a bridge collapsed at Oskvale, police said."},
		},
		{
			name: "a value taken back", base: bridge(), own: was(summary("Bridge at Oskvale collapses, 2 hurt", 1, "Two people were hurt when a bridge collapsed at Oskvale, police said."), "Three"),
			reason: ReasonCorrected, visible: true, facts: []string{"Two people were hurt when a bridge collapsed at Oskvale, police said."}, was: "Three",
		},
		{
			name: "a fact taken out", base: bridge(), own: summary("Bridge at Oskvale closed", 1),
			reason: ReasonRevised, visible: true,
		},
		{
			name: "never shown", base: quiet, own: summary("Bridge at Oskvale collapses, 5 hurt", 1, "Five people were hurt when a bridge collapsed at Oskvale, police said."),
			reason: ReasonRepeats, facts: []string{"Five people were hurt when a bridge collapsed at Oskvale, police said."},
		},
		{
			name: "a copy", base: copied, own: summary("Bridge at Oskvale collapses, 5 hurt", 1, "Five people were hurt when a bridge collapsed at Oskvale, police said."),
			reason: ReasonRepeats, facts: []string{hurt},
		},
		{
			name: "none of its sources", base: bridge(), article: article(9, "post", "Bridge", noon), own: summary("Bridge", 9, "Five people were hurt when a bridge collapsed at Oskvale, police said."),
			reason: ReasonRepeats, facts: []string{hurt},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			a := c.article
			if a.ID == 0 {
				a = article(1, "ledger", "Bridge at Oskvale collapses", noon)
			}
			for i := range c.own.Facts {
				c.own.Facts[i].Span = news.Span{Start: 40, End: 90}
			}
			ch := Revise(c.base, a, c.own, c.own, later)
			if ch.Reason != c.reason || ch.Visible != c.visible {
				t.Errorf("got %s, visible %v; want %s, %v", ch.Reason, ch.Visible, c.reason, c.visible)
			}
			var facts []string
			for _, f := range ch.Event.Facts {
				facts = append(facts, f.Text)
				if c.reason != ReasonRepeats && f.Span.Start != 40 {
					t.Errorf("%q has its old place", f.Text)
				}
				if f.Was.Value != c.was || c.was != "" && f.Was.Article != 1 {
					t.Errorf("takes back %+v, want %q of article 1", f.Was, c.was)
				}
			}
			if diff := cmp.Diff(facts, c.facts); diff != "" {
				t.Errorf("facts (-got +want)\n%s", diff)
			}
			if seen := ch.Event.Revision > c.base.Revision; seen != c.visible || ch.Event.Version != c.base.Version+1 {
				t.Errorf("revision %d, version %d", ch.Event.Revision, ch.Event.Version)
			}
			if again := Revise(ch.Event, a, c.own, c.own, later); again.Visible {
				t.Errorf("the same reading is shown again: %s", again.Reason)
			}
			if c.visible {
				for _, m := range Moments(ch) {
					if !m.At.Equal(later) {
						t.Errorf("the timeline has it at %v, want when it was found", m.At)
					}
				}
			}
		})
	}
}
