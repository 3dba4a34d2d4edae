package app

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"

	"newsdesk/news"
)

// B2: a fact that its article does not say is dropped, counted and explained,
// and nothing is checked twice.
func TestPipeline_DropsFactsThatTheirArticleDoesNotSay(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	p := &Pipeline{log: slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))}
	arts := []news.Article{
		{ID: 1, Lang: "en", Body: "Mill Bridge may open in May."},
		{ID: 2, Lang: "en", Body: "Repairs cost 62 million crowns."},
	}
	s := news.Summary{Facts: []news.Fact{
		{Article: 2, Text: "Repairs cost 62 million crowns.", Span: news.Span{End: 31}},
		{Article: 1, Text: "Mill Bridge opens in May.", Span: news.Span{End: 28}},
		{Article: 2, Text: "Repairs cost 26 million crowns.", Span: news.Span{End: 31}},
		{Article: 3, Text: "Repairs cost 62 million crowns.", Span: news.Span{End: 31}},
	}}
	got := p.checked(t.Context(), s, verdicts{}, checkers{}, arts...)
	if len(got.Facts) != 1 || got.Facts[0].Text != s.Facts[0].Text || got.Checked != 4 || got.Dropped != 3 {
		t.Errorf("kept %v of %d, dropped %d; want the first of 4", got.Facts, got.Checked, got.Dropped)
	}
	p.checked(t.Context(), got, verdicts{}, checkers{}, arts...)
	if c, d := p.factsChecked.Load(), p.factsDropped.Load(); c != 4 || d != 3 {
		t.Errorf("counted %d checked, %d dropped, want 4 and 3", c, d)
	}
	for _, want := range []string{"hedge dropped", "26 million", "span not in the article"} {
		if !strings.Contains(log.String(), want) {
			t.Errorf("the log does not say %q:\n%s", want, log.String())
		}
	}
}
