package summarize

import (
	"testing"
	"unicode/utf8"

	"newsdesk/news"
)

// An outlet's title that is too long loses what stands beside what happened, and
// nothing that limits, negates or attributes it.
func TestHeadline_OfLongTitles(t *testing.T) { // M9
	t.Parallel()
	s := New(Options{})
	for title, want := range map[string]string{
		"UPDATE 2-Norvik bank to sell its shipping arm to a rival for 40 million crowns":       "Norvik bank to sell its shipping arm to a rival for 40 million crowns",
		"Halden bridge collapse: Second pillar of the old crossing is taken down by the army":  "Second pillar of the old crossing is taken down by the army",
		"Ida Moe - Ida Moe wins a third term as mayor of the old harbour town":                 "Ida Moe wins a third term as mayor of the old harbour town",
		"HALDEN (AP) — Two bridges of the old town were closed to traffic on Monday":           "Two bridges of the old town were closed to traffic on Monday",
		"Mayor closes both bridges of the old harbour town: 'We could not wait any longer'":    "Mayor closes both bridges of the old harbour town",
		"Norvik Condemns Arrest of Two Reporters in the North After Ferry Is Forced To Land":   "Norvik Condemns Arrest of Two Reporters in the North",
		"Harbour workers reject the offer of the port company, raising fears of a long strike": "Harbour workers reject the offer of the port company",
		"Union leads march through the old town as the council is to vote on the budget today": "Union leads march through the old town",
		// These stay as they are.
		"Rising levels of salt will make the water of the harbour undrinkable, say researchers": "",
		"No deaths were reported from the flooding of three villages in the north of Halden":    "",
		"First woman to be elected mayor of a harbour town is sworn in at a ceremony in Halden": "",
		"Shops of the old town may stay open until midnight if the council votes for the plan":  "",
		"Fully trained pilots can fly the new ferry planes of the company by May – regulator":   "",
		"Court frees two after 12 years in which they were kept in the prison of the old town":  "",
		"Ida Moe named as the next head of the northern ferry company and of its harbour":       "",
	} {
		sum := s.Article(news.Article{Title: title, Body: "The council of Halden met on Monday. It spoke of the harbour and of the bridges of the town.", Lang: "en"})
		if want == "" {
			want = title
		}
		if sum.Headline != want {
			t.Errorf("%q\n got %q\nwant %q", title, sum.Headline, want)
		}
		if n := utf8.RuneCountInString(sum.Headline); want != title && n > headlineWant {
			t.Errorf("%q has %d characters", sum.Headline, n)
		}
	}
}
