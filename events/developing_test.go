package events

import (
	"testing"
	"time"
)

// A report on how a happening went on joins it by the names that are the
// happening's own, whatever its title says; one that shares a place or two with
// it does not.
func TestGrouper_Developing(t *testing.T) { // M8
	t.Parallel()
	g := New(Default())
	for i, d := range []Doc{
		{Title: "Storm Brunhild to hit west coast on Saturday", Text: "Forecasters issued a red warning for the west coast as Storm Brunhild nears, with gusts of 150 km/h. The centre will pass Cape Orrin at noon, close to high tide. Ferries to the Falken islands were cancelled, and the school at Gannet Sands is a shelter. Forecaster Maud Eriksen told people at Gannet Sands to go inland."},
		{Title: "Brunhild tears roof off school in Gannet Sands", Text: "Storm Brunhild has reached the west coast, cutting power to 20,000 homes and tearing the roof off a school at Gannet Sands. A gust of 161 km/h was measured at Cape Orrin. The freighter Mira Dahl lost its engine off the Falken islands and drifts towards Tolver Reef with 14 sailors."},
		{Title: "Storm Brunhild: crew of Mira Dahl saved, thousands without power", Text: "A lifeboat took all 14 sailors from the freighter Mira Dahl before it ran aground on Tolver Reef. Captain Ivo Brand praised the volunteers of the Falken islands. Power was restored to some homes around Gannet Sands, and the warning at Cape Orrin was lifted as Storm Brunhild moved east."},
	} {
		d.ID, d.Lang, d.Published = int64(i+1), "en", noon.Add(time.Duration(5*i)*time.Hour)
		g.Add(d, 1, 0)
	}
	for name, tc := range map[string]struct {
		doc  Doc
		want int64
	}{
		"went on":        {Doc{Title: "Body of missing angler found, toll now three", Text: "The body of an angler missing since Saturday was found on rocks near Gannet Sands on Sunday, which brings the number of people killed by Brunhild to three. He had been seen near Cape Orrin before high tide. The Mira Dahl was towed off Tolver Reef overnight, and ferries to the Falken islands run again, said captain Ivo Brand."}, 1},
		"another matter": {Doc{Title: "Falken islands council to close village school", Text: "The council of the Falken islands will close the smaller of its two schools in spring because only four children are left. Teacher Ada Lunt, who has taught there for thirty years, will move to Gannet Sands. Parents said the boat takes forty minutes in good weather and does not sail in bad."}, 0},
		"later":          {Doc{Title: "Museum buys painting of a wreck", Text: "The museum in Vantry has bought a painting of the Mira Dahl on Tolver Reef by Ivo Brand, who was its captain when Brunhild struck Gannet Sands and Cape Orrin and who has painted ships of the Falken islands since."}, 0},
	} {
		tc.doc.ID, tc.doc.Lang, tc.doc.Published = 9, "en", noon.Add(24*time.Hour)
		if name == "later" {
			tc.doc.Published = noon.Add(6 * 24 * time.Hour)
		}
		if got := g.Decide(tc.doc); got.Event != tc.want {
			t.Errorf("%s: event %d (%.2f), want %d", name, got.Event, got.Score, tc.want)
		}
	}
}

// A happening that is at several places already may be at one more; one that is
// elsewhere than all of an event's reports is another.
func TestAgainst_Elsewhere(t *testing.T) {
	t.Parallel()
	some, all := make([]float64, features), make([]float64, features)
	some[featElsewhere], all[featElsewhere] = 1.0/3, 1
	if a, b := against(some, naming{cast: 1}), against(all, naming{cast: 1}); a > 2 || b < 8 {
		t.Errorf("against one in three places: %.1f, against all: %.1f", a, b)
	}
}
