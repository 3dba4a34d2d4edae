package summarize

import (
	"slices"
	"testing"

	"newsdesk/news"
)

// Names are those by which readers know somebody: no adjectives, number words,
// contractions, headings or halves of names.
func TestNames_BearersOnly(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		text       string
		who, where []string // at the front of what is found
		none       []string // nowhere in it
		noPlace    []string // not in where
	}{
		"number words and adjectives": {
			text: "Five Morvani fighters were shot dead on Friday. European observers confirmed the deaths. The Morvani fighters had crossed the border, Middle Eastern diplomats said.",
			who:  []string{"Morvani"}, none: []string{"Five Morvani", "European", "Middle Eastern"},
		},
		"contractions": {
			text: "I'm told that Greta Lindqvist will resign. I've seen her letter, and O'Brien has signed it. Greta Lindqvist said nothing.",
			who:  []string{"Greta Lindqvist", "O'Brien"}, none: []string{"I'm", "I've"},
		},
		"positions before a name": {
			text: "Winger Tomas Brandl has signed for Kolding. Rival Esbern was quick to say that Brandl had turned it down. Kolding paid two million.",
			who:  []string{"Tomas Brandl"}, none: []string{"Winger Tomas Brandl", "Rival Esbern"},
		},
		"an office of state": {
			text: "Secretary of State Karl Imhof resigned on Monday. The prime minister thanked Imhof for his work.",
			who:  []string{"Karl Imhof"}, none: []string{"of State", "of State Karl Imhof"},
		},
		"headings": {
			text: "WHAT YOU SHOULD KNOW BEFORE BUYING. Kestrel Motors recalled 4,000 cars on Monday. Kestrel Motors said that a belt can break.",
			who:  []string{"Kestrel Motors"}, none: []string{"WHAT YOU SHOULD KNOW BEFORE BUYING", "SHOULD KNOW BEFORE BUYING"},
		},
		"a town after which a person is called": {
			text: "Ben Ferguson told the panel that the law is wrong. Ferguson said he would appeal. Ferguson left the panel early.",
			who:  []string{"Ben Ferguson"}, none: []string{"Ferguson", "United States"},
		},
		"what only stands after in": {
			text: "Turnout fell in Whig heartlands, the Morning Ledger reported. The party lost a seat in Kettering, England, where Ada Crowe had won in the Harvest Cup year. Ada Crowe conceded.",
			who:  []string{"Ada Crowe"}, where: []string{"Kettering"}, noPlace: []string{"Whig", "Harvest Cup"},
		},
		"a nation that is half a name": {
			text: "Swiss Re said that storms had cost insurers 42 billion. Swiss Re expects more.",
			who:  []string{"Swiss Re"}, none: []string{"Re", "Switzerland"},
		},
	}
	s := New(Options{})
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sum := s.Article(news.Article{Body: tt.text, Lang: "en"})
			for _, want := range tt.who {
				if !slices.Contains(sum.Who, want) {
					t.Errorf("who %q lacks %q", sum.Who, want)
				}
			}
			for _, want := range tt.where {
				if !slices.Contains(sum.Where, want) {
					t.Errorf("where %q lacks %q", sum.Where, want)
				}
			}
			for _, bad := range tt.noPlace {
				if slices.Contains(sum.Where, bad) {
					t.Errorf("%q is among where %q", bad, sum.Where)
				}
			}
			for _, bad := range tt.none {
				if slices.Contains(sum.Who, bad) || slices.Contains(sum.Where, bad) {
					t.Errorf("%q is among who %q or where %q", bad, sum.Who, sum.Where)
				}
			}
		})
	}
}

// A paper and its writer are not who the news is about.
func TestNames_NeitherPaperNorWriter(t *testing.T) {
	t.Parallel()
	sum := New(Options{}).Article(news.Article{
		Outlet: "ledger.example", Byline: "Anna Lund", Lang: "en",
		Body: "Anna Lund reports from Halden. Ida Moe told Ledger that two bridges are closed. Ida Moe is the mayor, Ledger has learned. Anna Lund saw the cracks.",
	})
	if !slices.Contains(sum.Who, "Ida Moe") || slices.Contains(sum.Who, "Ledger") || slices.Contains(sum.Who, "Anna Lund") {
		t.Errorf("who %q", sum.Who)
	}
}
