package app_test

import (
	"strings"
	"testing"
)

var resignation = [][]string{
	{
		"0m", "Courier", "Minister Halda resigns over ferry contract", "Transport minister Greta Halda resigned on Monday over a ferry contract that went to her brother's company.",
		"Halda said that she had made a mistake but broken no law. Prime minister Ole Brandt named Finn Aas as her successor.", "The contract is worth 90 million crowns.",
	},
	{"2h", "Gazette", "Opinion: Halda was the best minister we had", "Greta Halda built three tunnels and never smiled for a camera. We shall miss her."},
	{
		"4h", "Post", "Who is Finn Aas, the new transport minister?",
		"Finn Aas, 44, has been mayor of Lindvik for eight years. He was named transport minister on Monday after Greta Halda resigned over a ferry contract.",
	},
	{
		"8h", "Courier", "Prosecutor looks into Halda's ferry contract", "The prosecutor has opened an inquiry into the ferry contract over which transport minister Greta Halda resigned on Monday.",
		"Two officials of the ministry were questioned, the prosecutor's office said.",
	},
}

// What somebody thinks of a happening is no fact of it, also where later reports
// bring the message up to date; and that an authority looks into what is known is
// news, though all other words of it were. // B1, M9
func TestReplay_OpinionIsNoFact(t *testing.T) {
	t.Parallel()
	stats, posts, shown := articlesOf(resignation...).play(t, 0)
	if stats.Messages != 1 || stats.Edits == 0 {
		t.Fatalf("%d messages and %d edits:\n%s", stats.Messages, stats.Edits, shown)
	}
	for _, p := range posts {
		for _, f := range p.Event.Facts {
			if strings.Contains(f.Text, "tunnels") {
				t.Errorf("revision %d shows what somebody thinks: %s", p.Event.Revision, f.Text)
			}
		}
	}
	if !strings.Contains(shown, "2 sources · first: Courier") || strings.Contains(shown, "3 sources") {
		t.Errorf("the opinion counts as a source:\n%s", shown)
	}
	if !strings.Contains(shown, "opened an inquiry into the ferry contract") {
		t.Errorf("the inquiry is not told:\n%s", shown)
	}
}
