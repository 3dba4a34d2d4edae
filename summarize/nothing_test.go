package summarize

import (
	"strings"
	"testing"

	"newsdesk/news"
)

// That nothing was said is no fact, whoever did not say it; what was refused, or did
// not happen, is one.
func TestSaysNothing(t *testing.T) {
	t.Parallel()
	for want, texts := range map[bool][]string{
		true: {
			"A spokesman for the Marlow Theatre repeated the figures but gave no further details.",
			"A spokesperson for Halden Foods confirmed the figures but gave no more details.",
			"The club refused to comment when contacted by the Courier over the arrest of Moe.",
			"He refused to comment further as he was awaiting his lawyer.",
			"The firm declined to comment.",
			"Halden Foods declined to comment on the report when contacted by the Courier.",
			"The company did not immediately respond to a request for comment.",
			"Ms Moe did not reply to several emailed questions.",
			"A call to her lawyers was not immediately returned.",
			"The mayor could not be reached for comment on Sunday.",
			"The authorities in Harmere were not available to answer questions when contacted.",
			"No further details were immediately available.",
		},
		false: {
			"The minister declined to say whether he would resign.",
			"The union refused to comment on the offer and called a strike for Monday.",
			"The pilot did not respond to three calls from the tower.",
			"The defendant refused to answer questions in court.",
			"Help was not available for two hours.",
			"The two climbers could not be reached by helicopter because of the wind.",
			"The drug was not available.",
			"The government has not responded.",
			"Three letters to the king were not answered.",
			"The drug was not available in rural clinics.",
			"Halden Foods, which had announced on Monday that it would close all three of its plants in the north and cut 1,200 jobs over two years, declined to comment.",
			"",
		},
	} {
		for _, text := range texts {
			if got := saysNothing(text); got != want {
				t.Errorf("%q: %v, want %v", text, got, want)
			}
		}
	}
}

// Of an article that has anything else to say, it is no key fact.
func TestSummarizer_LeavesOutThatNothingWasSaid(t *testing.T) {
	t.Parallel()
	sum := New(Default).Article(news.Article{ID: 1, Lang: "en", Title: "Marlow Theatre cuts ticket prices", Body: "The Marlow Theatre cut its ticket prices by a third on Monday.\n\n" +
		"A spokesman for the Marlow Theatre confirmed the figures but gave no further details.\n\nVisitors rose by 12 per cent in the first week."})
	for _, f := range sum.Facts {
		if strings.Contains(f.Text, "further details") {
			t.Errorf("fact: %q", f.Text)
		}
	}
	if len(sum.Facts) != 2 {
		t.Errorf("%d facts, want 2: %v", len(sum.Facts), sum.Facts)
	}
}
