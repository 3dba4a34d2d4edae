package events

import (
	"slices"
	"testing"
	"time"

	"newsdesk/news"
)

// What is told of a grouping is true: the nearest article of the event, words
// that both have as the newcomer writes them, the time between them.
func TestBecause(t *testing.T) { // B6
	t.Parallel()
	g := New(Default())
	quake := Doc{
		ID: 1, Title: "Strong earthquake shakes Velmora, two killed", Source: "wire", Published: noon,
		Text: "A magnitude 6.4 earthquake struck the port city of Velmora early on Tuesday, killing two people and injuring 31, the civil defence agency said. About 18,000 homes were without electricity.",
	}
	toll := Doc{
		ID: 2, Title: "Velmora earthquake: death toll rises to five", Source: "courier", Published: noon.Add(3 * time.Hour),
		Text: "Five people are now known to have died in the earthquake that struck the port city of Velmora on Tuesday, and 64 were injured, hospitals said. Rescuers searched the old harbour.",
	}
	if got := g.Because(quake, g.Decide(quake)); got.Nearest != 0 || got.Shared != nil {
		t.Errorf("the first article is grouped with %+v", got)
	}
	g.Add(quake, 7, 0)
	d := g.Decide(toll)
	got := g.Because(toll, d)
	if d.Event != 7 || got.Nearest != 1 || got.Score != d.Score || got.Gap != 3*time.Hour {
		t.Errorf("decided %+v because %+v", d, got)
	}
	if !slices.Contains(got.Shared, "Velmora") || slices.Contains(got.Shared, "hospitals") || len(got.Shared) > sharedShown {
		t.Errorf("both speak of %q", got.Shared)
	}
	if again := g.Decide(toll); again != d {
		t.Errorf("asking changed the decision: %+v, then %+v", d, again)
	}
	g.Add(toll, 7, 0)
	same := quake
	same.ID, same.Source = 3, "ledger"
	if d := g.Decide(same); d.DuplicateOf == 0 || g.Because(same, d).Nearest != news.ArticleID(d.DuplicateOf) {
		t.Errorf("a copy: %+v because %+v", d, g.Because(same, d))
	}
	// Scripts without blanks are told in pairs of characters.
	g = New(Default())
	a := Doc{ID: 1, Title: "東京湾岸で大規模地震、津波警報を発表", Lang: "ja", Published: noon}
	b := Doc{ID: 2, Title: "東京湾岸で大規模地震、津波警報は解除", Lang: "ja", Published: noon.Add(time.Hour)}
	g.Add(a, 1, 0)
	for _, w := range g.Because(b, Decision{Event: 1}).Shared {
		if n := len([]rune(w)); n > 2 {
			t.Errorf("shared %q", w)
		}
	}
}
