package events

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsdesk/news"
)

// Sources that say a fact as well are cited with it: each owner once, no copies
// and no opinion, none that gives another value, and each only where it was found
// to say so.
func TestSecond(t *testing.T) { // M10, B5
	t.Parallel()
	sources := []news.Source{
		{Article: 1, Outlet: "Ledger"},
		{Article: 2, Outlet: "Ledger"},
		{Article: 3, Outlet: "Post"},
		{Article: 4, Outlet: "Mirror", CopyOf: 3},
		{Article: 5, Outlet: "North", Publisher: news.Publisher{Owner: "Holding"}},
		{Article: 6, Outlet: "South", Publisher: news.Publisher{Owner: "Holding"}},
		{Article: 7, Outlet: "Faro", Title: "Opinion: too many floods"},
		{Article: 8, Outlet: "Echo"},
		{Article: 9, Outlet: "Wave"},
	}
	at := func(id news.ArticleID) news.Place {
		return news.Place{Article: id, Sentence: 2, Span: news.Span{End: 9}}
	}
	says := func(ids ...news.ArticleID) Stating {
		return func(_ news.Fact, id news.ArticleID) (news.Place, bool, bool) {
			if slices.Contains(ids, id) {
				return at(id), true, true
			}
			return news.Place{}, false, id != 9 // which is not at hand
		}
	}
	fact := news.Fact{Text: "Forty houses were flooded.", Article: 1}
	differs := fact
	differs.Differs = []news.Version{{Article: 8, Value: "30"}}
	shown := fact
	shown.Also = []news.Place{at(3), at(9), at(77)}
	for _, tt := range []struct {
		name     string
		shown    []news.Fact
		fact     news.Fact
		newcomer news.ArticleID
		read     Stating
		want     []news.ArticleID
	}{
		{"all are asked", nil, fact, 8, says(1, 2, 3, 4, 5, 6, 7, 8), []news.ArticleID{3, 5, 8}},
		{"the second outlet of an owner speaks for both", nil, fact, 8, says(6), []news.ArticleID{6}},
		{"none says so", nil, fact, 8, says(), nil},
		{"one gives another value", nil, differs, 8, says(3, 8), []news.ArticleID{3}},
		{"of a fact that was shown those are asked of whom nothing is known", []news.Fact{shown}, fact, 8, says(5, 8), []news.ArticleID{3, 5, 8, 9}},
		{"of an owner of whom one is known no other is asked", []news.Fact{{Text: fact.Text, Article: 1, Also: []news.Place{at(6)}}}, fact, 8, says(5), []news.ArticleID{6}},
		{"what is known stands", []news.Fact{shown}, fact, 8, says(), []news.ArticleID{3, 9}},
		{"the newcomer no longer says so", []news.Fact{shown}, fact, 3, says(), []news.ArticleID{9}},
		{"nothing is known of two events that become one, but what is not at hand", []news.Fact{shown}, fact, 0, says(5), []news.ArticleID{5, 9}},
		{"another wording is another fact", []news.Fact{shown}, news.Fact{Text: "40 houses were flooded.", Article: 1}, 8, says(5), []news.ArticleID{5}},
		{"a fact of no source", nil, news.Fact{Text: "It rained.", Article: 99}, 8, says(3), nil},
	} {
		got := Second(sources, tt.shown, []news.Fact{tt.fact}, tt.newcomer, tt.read)
		var ids []news.ArticleID
		for _, p := range got[0].Also {
			if p != at(p.Article) {
				t.Errorf("%s: %v is cited, want its place", tt.name, p)
			}
			ids = append(ids, p.Article)
		}
		if diff := cmp.Diff(tt.want, ids); diff != "" {
			t.Errorf("%s: cited (-want +got):\n%s", tt.name, diff)
		}
	}
	if fact.Also != nil {
		t.Error("the facts given were changed")
	}
}
