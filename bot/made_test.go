package bot

import (
	"strings"
	"testing"

	"newsdesk/news"
)

// The footer says who wrote what readers see.
func TestAlert_SaysWhoWrote(t *testing.T) { // M10
	t.Parallel()
	event := func(method string, model ...bool) news.Event {
		e := news.Event{ID: 1, Revision: 1, Headline: "A headline", Method: method}
		for i, m := range model {
			id := news.ArticleID(i%2 + 1)
			e.Facts = append(e.Facts, news.Fact{Text: "A fact.", Article: id, Model: m})
		}
		e.Sources = []news.Source{{Article: 1, Outlet: "A"}, {Article: 2, Outlet: "B"}}
		return e
	}
	for _, tc := range []struct {
		name  string
		event news.Event
		want  string
	}{
		{"extracted", event("extract/1", false, false), " · extracted, no AI · "},
		{"before there was a method", event("", false), " · extracted, no AI · "},
		{"model, one article", event("llm/1 small", true), " · AI-condensed, checked against 1 article · "},
		{"model, two articles", event("llm/1 small", true, true, true), " · AI-condensed, checked against 2 articles · "},
		{"mixed", event("extract/1", true, false, false), " · partly AI-condensed, checked against 2 articles · "},
		{"headline alone", event("llm/1 small", false), " · headline AI-condensed, facts extracted · "},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			for _, footer := range []string{Alert(tc.event, AlertOptions{}).Embeds[0].Footer, Story(tc.event, Topic{Name: "World"}).Embeds[0].Footer} {
				if !strings.Contains(footer, tc.want) {
					t.Errorf("footer %q, want %q in it", footer, tc.want)
				}
			}
		})
	}
}
