package bot_test

import (
	"fmt"
	"strings"
	"testing"

	"newsdesk/bot"
	"newsdesk/news"
)

// An opinion piece is among the sources, said to be one, and counts for nothing.
func TestSources_Opinion(t *testing.T) { // B7
	t.Parallel()
	e := news.Event{ID: 1, Headline: "Pool reopens", Sources: []news.Source{
		{Article: 1, Outlet: "Ledger", Title: "Pool reopens", Publisher: news.Publisher{Owner: "a", Country: "US", Kind: "newspaper"}},
		{Article: 2, Outlet: "Gazette", Title: "Who needs a pool?", Opinion: true, Publisher: news.Publisher{Owner: "b", Country: "FR", Kind: "newspaper"}},
	}}
	got := bot.Sources(e, bot.Topic{}).Embeds[0].Description
	for _, want := range []string{"**1 independent owner** · US · 1 opinion piece not counted", "⚠ Single source", "Who needs a pool? · Gazette (newspaper, FR, of b) · opinion"} {
		if !strings.Contains(got, want) {
			t.Errorf("lacks %q:\n%s", want, got)
		}
	}
	for _, f := range bot.Alert(e, bot.AlertOptions{}).Embeds[0].Fields {
		if strings.Contains(f.Value, "Gazette") {
			t.Errorf("the message names it: %s", f.Value)
		}
	}
}

// Who tells of an event is said, and said to be one-sided where it is.
func TestSources_Voices(t *testing.T) { // B7
	t.Parallel()
	us := func(owner string) news.Publisher {
		return news.Publisher{Owner: owner, Country: "US", Kind: "newspaper"}
	}
	state := func(owner, country string) news.Publisher {
		return news.Publisher{Owner: owner, Country: country, Kind: "state media"}
	}
	for _, tt := range []struct {
		name       string
		publishers []news.Publisher
		want       []string
		not        string
	}{
		{"single", []news.Publisher{us("a")}, []string{"**1 independent owner** · US", "⚠ Single source"}, "One-sided"},
		{"one house", []news.Publisher{us("a"), us("a")}, []string{"**1 independent owner** of 2 outlets · US", "⚠ One-sided: all outlets that tell of it have one owner."}, "Single"},
		{"one country", []news.Publisher{us("a"), us("b")}, []string{"**2 independent owners** · US", "⚠ One-sided: told from one country only."}, "Single"},
		{"a country unknown", []news.Publisher{us("a"), {Owner: "b.example"}}, []string{"**2 independent owners** · US"}, "⚠"},
		{"nothing known", []news.Publisher{{}, {}}, []string{"**2 independent owners**\n"}, "⚠"},
		{"two countries", []news.Publisher{us("a"), {Owner: "b", Country: "FR", Kind: "agency"}}, []string{"**2 independent owners** · 2 countries: FR, US", "(agency, FR, of b)"}, "⚠"},
		{"states", []news.Publisher{state("a", "RU"), state("b", "CN")}, []string{"⚠ One-sided: only governments and state media tell of it."}, "Single"},
	} {
		e := news.Event{ID: 1, Headline: "Pool reopens"}
		for i, p := range tt.publishers {
			e.Sources = append(e.Sources, news.Source{Article: news.ArticleID(i + 1), Outlet: fmt.Sprintf("Outlet %d", i+1), Title: "Pool reopens", Publisher: p})
		}
		e.Sources = append(e.Sources, news.Source{Article: 9, Outlet: "Copier", Title: "Pool reopens", CopyOf: 1, Publisher: news.Publisher{Owner: "x", Country: "DE", Kind: "website"}})
		got := bot.Sources(e, bot.Topic{}).Embeds[0].Description
		for _, want := range append(tt.want, "1 copy not counted") {
			if !strings.Contains(got, want) && (want != tt.want[0] || !strings.Contains(strings.Replace(got, " · 1 copy not counted", "", 1), want)) {
				t.Errorf("%s: lacks %q:\n%s", tt.name, want, got)
			}
		}
		if strings.Contains(got, tt.not) {
			t.Errorf("%s: has %q:\n%s", tt.name, tt.not, got)
		}
	}
}
