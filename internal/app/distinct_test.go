package app

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsdesk/news"
	"newsdesk/summarize"
)

// Of facts that say one thing with the same figures an event has one: what readers
// know, else what ranks higher; what is in dispute or takes something back stays.
func TestDistinct(t *testing.T) {
	t.Parallel()
	union := news.Fact{Article: 1, Text: "The union said 87 percent of its 1,150 members at the harbour backed the strike."}
	league := news.Fact{Article: 2, Text: "The Ferrymen's League said 87 percent of its members had voted in favour."}
	shops := news.Fact{Article: 2, Text: "Shops of the old town expect to lose two million crowns a day."}
	arts := []news.Article{{ID: 1, Lang: "en", Outlet: "a", Title: "Ferrymen vote", Body: union.Text}, {ID: 2, Lang: "en", Outlet: "b", Title: "Ferries stop", Body: league.Text + " " + shops.Text}}
	s := summarize.New(summarize.Default)
	d := s.Dossier()
	d.Merge(arts, []news.Summary{s.Article(arts[0]), s.Article(arts[1])})
	differs, takes := league, league
	differs.Differs = []news.Version{{Article: 1, Value: "1,150", Instead: "87"}}
	takes.Was = news.Version{Article: 1, Value: "78 percent", Instead: "87 percent"}
	for _, tt := range []struct {
		name                string
		shown, merged, own  []news.Fact
		wantFacts, wantOwns []news.Fact
	}{
		{"what ranks higher stays", nil, []news.Fact{union, league, shops}, []news.Fact{league, shops}, []news.Fact{union, shops}, []news.Fact{shops}},
		{"what readers know stays", []news.Fact{union}, []news.Fact{league, union, shops}, []news.Fact{shops, league}, []news.Fact{union, shops}, []news.Fact{shops}},
		{"what readers know and no article says any longer counts for nothing", []news.Fact{union}, []news.Fact{league}, []news.Fact{league}, []news.Fact{league}, []news.Fact{league}},
		{"what differs stays", nil, []news.Fact{union, differs}, nil, []news.Fact{union, differs}, nil},
		{"what takes something back stays", nil, []news.Fact{union, takes}, nil, []news.Fact{union, takes}, nil},
	} {
		facts, own := distinct(d, tt.shown, tt.merged, tt.own)
		if diff := cmp.Diff(tt.wantFacts, facts); diff != "" {
			t.Errorf("%s: facts (-want +got):\n%s", tt.name, diff)
		}
		if diff := cmp.Diff(tt.wantOwns, own); diff != "" {
			t.Errorf("%s: statements (-want +got):\n%s", tt.name, diff)
		}
	}
}
