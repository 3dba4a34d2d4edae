package summarize

import (
	"testing"

	"newsdesk/news"
)

// Facts of two articles with the same figures for the same things, and hardly
// anything beside them, say one thing.
func TestDossier_Restating(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		fact, known string
		want        bool
	}{
		{"The Ferrymen's League said 87 percent of its members had voted in favour.", "The union said 87 percent of its 1,150 members at the harbour backed the strike.", true},
		{"About 32,000 homes have no power, the ministry said.", "The storm left 32,000 homes in Tarvek without power on Saturday.", true},
		// Another number, another thing, or more than the number.
		{"The union said 78 percent of its members had voted in favour.", "The union said 87 percent of its 1,150 members at the harbour backed the strike.", false},
		{"The union said 87 percent of its 1,150 members at the harbour backed the strike.", "The Ferrymen's League said 87 percent of its members had voted in favour.", false},
		{"Fares rose by 87 percent in ten years.", "The union said 87 percent of its members had backed the strike.", false},
		{"About 32,000 homes have no power and the harbour bridge fell onto a ferry near Arn, where two schools burned down.", "The storm left 32,000 homes without power.", false},
		{"Power is back in 32,000 homes, the ministry said.", "The storm left 32,000 homes without power.", false},
		{"Three people slept in the hall.", "The strike lasted three days.", false},
		{"The mayor thanked the drivers.", "The union said 87 percent of its members had backed the strike.", false},
	} {
		arts := []news.Article{{ID: 1, Lang: "en", Outlet: "a", Title: "News of the harbour", Body: tt.known}, {ID: 2, Lang: "en", Outlet: "b", Title: "More of the harbour", Body: tt.fact}}
		s := New(Default)
		d := s.Dossier()
		d.Merge(arts, []news.Summary{s.Article(arts[0]), s.Article(arts[1])})
		if got := d.Restating()(news.Fact{Text: tt.fact, Article: 2}, news.Fact{Text: tt.known, Article: 1}); got != tt.want {
			t.Errorf("%q restates %q: %v", tt.fact, tt.known, got)
		}
	}
	if New(Default).Dossier().Restating()(news.Fact{Text: "a", Article: 1}, news.Fact{Text: "b", Article: 2}) {
		t.Error("facts of no articles restate each other")
	}
}
