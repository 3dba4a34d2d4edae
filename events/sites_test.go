package events

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSites(t *testing.T) {
	t.Parallel()
	for title, want := range map[string][]string{
		"Tram drivers in Arden vote to strike over pay":      {"arden"},
		"Ferry sinks off Kestrel's coast near Port Velm":     {"kestrel", "port"},
		"Tram Drivers In Arden Vote To Strike":               nil, // capitals say nothing here
		"Prices fell in March for the first time":            nil,
		"Police hold two men after robbery at central bank":  nil,
		"In Arden, drivers walk out":                         {"arden"},
		"":                                                   nil,
		"Sechs Tote nach Unwetter in der Nähe von Hallstein": nil,
	} {
		if diff := cmp.Diff(want, sites(title)); diff != "" {
			t.Errorf("sites(%q) (-want +got):\n%s", title, diff)
		}
	}
}

// Two happenings of one kind in two places that no list of places holds stay
// two, and later reports find the right one.
func TestGrouper_LookAlikesInUnknownPlaces(t *testing.T) { // M8
	t.Parallel()
	g := New(Default())
	events := map[string]int64{}
	for i, d := range []Doc{
		{Title: "Tram drivers in Arden vote to strike over pay", Source: "A", Text: "Tram drivers in Arden have voted to walk out for three days from Monday in a dispute over pay, the union said. It wants a rise of 9 percent; the company has offered 4.5 percent. Arden Trams said it would run buses on the two busiest lines."},
		{Title: "Tram drivers in Brackwater end strike after pay deal", Source: "B", Text: "Tram drivers in Brackwater returned to work on Tuesday after accepting a pay rise of 6 percent, ending a strike that had lasted 12 days. The union said 71 percent voted for the deal. The company said a full timetable would run from noon."},
		{Title: "Arden faces three-day tram strike from Monday", Source: "C", Text: "Arden will be without most of its trams for three days from Monday after drivers voted for a strike. The union demands 9 percent more pay; Arden Trams has offered 4.5 percent."},
		{Title: "Brackwater trams run again as drivers accept 6 percent", Source: "D", Text: "Trams are running again in Brackwater after 12 days, as drivers accepted an offer of 6 percent more pay. The deal comes as drivers in Arden prepare to strike over their own pay."},
	} {
		d.ID = int64(i + 1)
		dec := g.Decide(d)
		if dec.Event == 0 {
			dec.Event = d.ID
		}
		g.Add(d, dec.Event, dec.DuplicateOf)
		events[d.Source] = dec.Event
	}
	if diff := cmp.Diff(map[string]int64{"A": 1, "B": 2, "C": 1, "D": 2}, events); diff != "" {
		t.Errorf("events (-want +got):\n%s", diff)
	}
}
