package summarize_test

import (
	"strings"
	"testing"

	"newsdesk/news"
	"newsdesk/summarize"
)

// M9: of two sentences that say much the same, under a budget of words, the one
// with the day and the place is told, though it comes later.
func TestArticle_TellsWhenAndWhere(t *testing.T) {
	t.Parallel()
	a := news.Article{ID: 1, Title: "Ferry runs aground with 300 on board", Lang: "en", Body: `A ferry with 300 people on board ran aground after its engines failed. ` +
		`Rescuers took everyone off safely with the help of two small boats. ` +
		`Rescuers took everyone off safely near Bergen in Norway on Tuesday.`}
	var texts []string
	for _, f := range summarize.New(summarize.Options{Words: 30}).Article(a).Facts {
		texts = append(texts, f.Text)
	}
	if got := strings.Join(texts, " "); !strings.Contains(got, "Tuesday") || !strings.Contains(got, "Norway") {
		t.Errorf("neither when nor where: %q", got)
	}
}

// TermRows is what the weights are fitted on: a word and a pair are told if the
// summary has them, inflected or not.
func TestTermRows_MarkWhatTheSummaryTells(t *testing.T) {
	t.Parallel()
	a := news.Article{ID: 1, Lang: "en", Body: "Two boats sank off Lima. Rescuers searched the harbour for hours."}
	words, pairs := summarize.TermRows(a, []string{"A boat sinks off Lima"})
	count := func(rows []summarize.TermRow) (n int) {
		for _, r := range rows {
			if r.Told {
				n++
			}
		}
		return n
	}
	if got := count(words); got != 2 { // boat, Lima
		t.Errorf("%d words are told, want 2", got)
	}
	if got := count(pairs); got != 1 { // off Lima
		t.Errorf("%d pairs are told, want 1", got)
	}
}
