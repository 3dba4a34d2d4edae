package summarize_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"newsdesk/news"
	"newsdesk/summarize"
	"newsdesk/verify"
)

// The first sentence of a report tells its news: where it is too long in every
// gentler wording, it is told without what stands behind the news.
func TestStatements_LongFirstSentence(t *testing.T) { // B1
	t.Parallel()
	for body, want := range map[string]string{
		"The former head of the harbour board was sentenced to six years in prison on Monday for gross neglect of duty that led to the sinking of the ferry Tarn Maiden and the deaths of eleven people.":       "The former head of the harbour board was sentenced to six years in prison on Monday for gross neglect of duty.",
		"Works minister Ottmar Brandel resigned on Monday, hours after a court jailed the former roads chief over the Tolm tunnel fire and opposition parties demanded to see what the ministry had known.":     "Works minister Ottmar Brandel resigned on Monday.",
		"Shares in Corbel Foods closed 7% lower on Tuesday, their worst day in two years, after it agreed to buy the oat miller Brannock and then saw another bidder appear on the horizon.":                    "Shares in Corbel Foods closed 7% lower on Tuesday.",
		"The opposition Renewal party of the former central banker Nadja Brenner has come first in Ostmark's election with 38% of the vote, according to an exit poll released as the polling stations closed.": "The opposition Renewal party of the former central banker Nadja Brenner has come first in Ostmark's election with 38% of the vote, according to an exit poll.",
		"Ostmark's Prime Minister Viktor Hallam conceded defeat late on Sunday after nearly complete results put the opposition Alliance for Renewal four points ahead of his Civic Union.":                     "Ostmark's Prime Minister Viktor Hallam conceded defeat late on Sunday.",
		"A labour court on Wednesday forbade the drivers to strike at Norrail on May 2 because the notice had been two hours late in coming, but allowed the walkouts on April 30, May 4 and May 5.":            "A labour court on Wednesday forbade the drivers to strike at Norrail on May 2, but allowed the walkouts on April 30, May 4 and May 5.",
		"Corbel Foods is in advanced talks to buy the cereal maker Brannock Mills, three people familiar with the matter told the Ledger, in what would be the largest takeover of its kind in ten years.":      "Corbel Foods is in advanced talks to buy the cereal maker Brannock Mills, three people familiar with the matter told the Ledger.",
	} {
		a := news.Article{ID: 7, Lang: "en", Body: body}
		got := statements(a)
		if len(got) == 0 {
			t.Errorf("no statement of %q", body)
			continue
		}
		if got[0].Text != want {
			t.Errorf("told as\n  %q, not\n  %q", got[0].Text, want)
		}
		if found := verify.New(a).Check(got[0]); !found.Supported() {
			t.Errorf("%q is not supported by its own sentence: %+v", got[0].Text, found)
		}
		facts := summarize.New(summarize.Default).Article(a).Facts
		if len(facts) == 0 || utf8.RuneCountInString(facts[0].Text) > summarize.Default.MaxFactRunes {
			t.Errorf("no fact of %q: %v", body, facts)
		}
	}
}

// What a long sentence makes its statement depend on is not cut.
func TestStatements_LongSentenceKeepsCondition(t *testing.T) {
	t.Parallel()
	for body, must := range map[string]string{
		"The ministry of transport will let the two largest ferries of the northern line leave again on Thursday morning after both have passed an inspection of their hulls, engines and lifeboats in Velmora.": "after both",
		"The steelworks in Tarnow may close its oldest furnace and dismiss about three hundred workers in the spring unless the government extends a tax relief on electricity that runs out in December.":       "unless",
		"The coastguard did not find any sign of the trawler that left Velmora on Sunday morning with a crew of nine people, two of them trainees, and was last heard of some forty miles off the cape.":         "that left",
	} {
		for _, f := range statements(news.Article{ID: 7, Lang: "en", Body: body}) {
			if !strings.Contains(f.Text, must) {
				t.Errorf("%q was cut: %q", must, f.Text)
			}
		}
	}
}

// Who is told by a relation and then by name is told by name.
func TestStatements_NameForRelation(t *testing.T) {
	t.Parallel()
	body := "Osk was found guilty on Monday.\n\nHis co-defendant, the contractor Pell & Sons, was acquitted of falsifying inspection records."
	want := "The contractor Pell & Sons was acquitted of falsifying inspection records."
	var got []string
	for _, f := range statements(news.Article{ID: 7, Lang: "en", Body: body}) {
		got = append(got, f.Text)
	}
	if !strings.Contains(strings.Join(got, "\n"), want) {
		t.Errorf("%q is not among %q", want, got)
	}
}
