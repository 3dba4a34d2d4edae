package summarize

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"newsdesk/news"
)

// Where a statement is vague by itself, the clause that tells the news is not cut,
// but may stand for it where it can stand by itself.
func TestCarried(t *testing.T) {
	t.Parallel()
	for sentence, want := range map[string]string{
		"Tesa Rail suffered one of its biggest setbacks in years when a judge in Norvik ruled that the company had to sell its ferries, a decision that may cost it millions.": "A judge in Norvik ruled that Tesa Rail had to sell its ferries.",
		"The mayor faced a blow on Tuesday after the council of Halden voted to close both bridges of the harbour, officials said.":                                            "The council of Halden voted to close both bridges of the harbour, officials said.",
		// What leans on what stands before it, has not happened, or belongs to a statement that tells something.
		"The mayor faced a blow on Tuesday after he was fined by the council of Halden for closing both bridges.":                "",
		"The mayor said the town suffered a setback when the council of Halden voted to close both bridges of the harbour.":      "",
		"The mayor will face a test on Tuesday when the council of Halden votes on both bridges of the harbour.":                 "",
		"The mayor did not see it as a blow when the council of Halden voted to close both bridges of the harbour.":              "",
		"The mayor resigned on Tuesday after the council of Halden voted to close both bridges of the harbour.":                  "",
		"Tesa Rail suffered a setback when Arn Ferries said on Monday that the company had not paid for its new ferries.":        "",
		"It was a turning point for the club when the president of Halden voted to close both bridges of the harbour in winter.": "",
	} {
		if got := carried(sentence); got != want {
			t.Errorf("%q\n got %q\nwant %q", sentence, got, want)
		}
	}
}

func TestShortened_KeepsTheNewsOfAVagueStatement(t *testing.T) {
	t.Parallel()
	for _, s := range []string{
		"Tesa Rail suffered one of its biggest setbacks on Monday when a judge in Norvik ruled that it had broken the law by keeping the other ferry companies of the north out of the harbour, and ordered it to sell half of its ferries within a year.",
		"The talks in the old town reached a turning point on Monday after both sides agreed to stop the shelling of towns along the river and to exchange more than two hundred prisoners by the end of the week.",
		"The government of Norvik took the first step on Friday, announcing that it would close its old power plant on the river and move the work of its four hundred people to a new hall in Halden by next spring.",
	} {
		for _, got := range slices.Concat(shortened(s), shortenings(s, true), fitted(s, 160), []string{briefed(s, 160)}) {
			if got != "" && vagueEnd(got) {
				t.Errorf("%q became %q", s, got)
			}
		}
	}
	body := "Tesa Rail suffered one of its biggest setbacks in years on Monday when a judge in Norvik ruled that the company had broken the law by keeping others out of the harbour, a decision that may cost it millions of crowns. " +
		"The hearing took three days. Ferry tickets will stay at their old price until the summer."
	sum := New(Default).Article(news.Article{Title: "Judge rules against Tesa Rail", Body: body, Lang: "en"})
	if !slices.ContainsFunc(sum.Facts, func(f news.Fact) bool {
		return strings.Contains(f.Text, "ruled that Tesa Rail had broken the law") && utf8.RuneCountInString(f.Text) <= 160
	}) {
		t.Errorf("the ruling is not among the facts: %v", sum.Facts)
	}
}
