package storetest

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsdesk/events"
	"newsdesk/news"
)

var timelineTests = map[string]func(*testing.T, *desk){
	"TimelineGrowsWithWhatReadersLearn": func(t *testing.T, d *desk) { // B4, B8
		ctx := t.Context()
		feed := d.feed("https://harbour.example/feed", "world")
		id, first := d.event(feed, "Ferry stops", "The ferry stops.", noon)
		for i, reason := range []events.Reason{events.ReasonNewFacts, events.ReasonRepeats, events.ReasonCorrected} {
			base, err := d.Event(ctx, id)
			d.must(err)
			a := d.condensed(d.waiting(feed), "Ferry", "The ferry runs.", noon.Add(time.Duration(i+1)*time.Hour))
			ch := grow(base, a)
			ch.Reason, ch.Visible = reason, reason != events.ReasonRepeats
			ch.Novel = []news.Fact{{Text: "Fact of " + string(reason), Article: a.ID, Day: noon.Truncate(24 * time.Hour)}, {Text: "More", Article: a.ID}}
			if reason == events.ReasonCorrected {
				ch.Novel[0].Was = news.Version{Value: "12", Article: first, Instead: "10"}
			}
			if !ch.Visible {
				ch.Event.Revision--
			}
			_, _, err = d.Apply(ctx, a, summary(a), ch, events.Plan{})
			d.must(err)
			_, _, err = d.Apply(ctx, a, summary(a), ch, events.Plan{}) // the step again
			d.must(err)
		}
		all, err := d.Timeline(ctx, id, time.Time{}, 10)
		d.must(err)
		var texts []string
		for _, m := range all {
			texts = append(texts, m.Text)
			if m.Event != id || m.Article == 0 || m.Outlet == "" || m.URL == "" {
				t.Errorf("incomplete: %+v", m)
			}
		}
		if diff := cmp.Diff([]string{"Fact of new_facts", "More", "Fact of corrected", "More"}, texts); diff != "" {
			t.Errorf("timeline (-want +got):\n%s", diff)
		}
		if m := all[0]; !m.At.Equal(noon.Add(time.Hour)) || !m.Day.Equal(noon.Truncate(24*time.Hour)) || m.Reason != "new_facts" || !all[1].Day.IsZero() {
			t.Errorf("got %+v", m)
		}
		later, err := d.Timeline(ctx, id, noon.Add(2*time.Hour), 1)
		d.must(err)
		if len(later) != 1 || later[0].Text != "More" || !later[0].At.Equal(noon.Add(3*time.Hour)) {
			t.Errorf("the latest one is %+v", later)
		}
		for since, want := range map[time.Duration]int{0: 1, 4 * time.Hour: 0} {
			found, err := d.Corrected(ctx, noon.Add(since))
			d.must(err)
			if len(found) != want || want == 1 && (found[0].Was != "12" || found[0].Text != "Fact of corrected") {
				t.Errorf("corrected since %s: %+v", since, found)
			}
		}
	},
}
