package events

import (
	"testing"
	"time"
)

// Two studies of one day are two events, however alike their headlines are; one
// study at two outlets is one.
func TestGrouper_Studies(t *testing.T) {
	t.Parallel()
	walk := Doc{
		ID: 1, Title: "Evening walks linked to deeper sleep in over-50s, study finds", Source: "Courier", Published: noon,
		Text: "People over 50 who walk for half an hour in the evening sleep more deeply, according to a study of 900 people from the University of Terrach.\n\n" +
			"Their deep sleep lasted 18 minutes longer on average, said Dr Olla Brandvik, who led the work. It appears in the Annals of Rest.",
	}
	again := Doc{
		ID: 2, Title: "Walk in the evening for deeper sleep after 50, study says", Source: "Ledger", Published: noon.Add(time.Hour),
		Text: "An evening walk of half an hour gives people over 50 some 18 minutes more of deep sleep, researchers of the University of Terrach found.\n\n" +
			"The study followed 900 people, and its author, Olla Brandvik, walks every evening. The Annals of Rest printed it.",
	}
	tea := Doc{
		ID: 3, Title: "Evening tea linked to lighter sleep in over-50s, study says", Source: "Gull", Published: noon.Add(2 * time.Hour),
		Text: "People over 50 who drink black tea in the evening sleep less deeply, a study by the Wexholm Institute suggests.\n\n" +
			"Deep sleep was 11 minutes shorter on average, said Professor Ivo Sandreth, one of its authors. It is published in the journal Night Letters.",
	}
	for _, tt := range []struct {
		name string
		doc  Doc
		want int64
	}{{"the same study", again, 1}, {"another study", tea, 0}} {
		g := New(Default())
		g.Add(walk, 1, 0)
		if d := g.Decide(tt.doc); d.Event != tt.want {
			t.Errorf("%s: joins %d with %.3f, want %d", tt.name, d.Event, d.Score, tt.want)
		}
	}
}
