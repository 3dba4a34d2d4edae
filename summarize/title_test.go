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

// A title goes without what stands before or behind what happened, and without
// first names of people whom the article calls by their last; what says who said
// it, or would leave nothing of the news, stays.
func TestHeadline_OfPartsThatMayGo(t *testing.T) { // M9
	t.Parallel()
	s := New(Options{})
	body := "The council of Halden met on Monday. It spoke of the harbour and of the bridges of the town. Ida Moe, its mayor, spoke first. Moe said that the bridges were old. The union voiced its doubts."
	for title, want := range map[string]string{
		"‘It was time’: Council of Halden approves plan for a new bridge over the harbour":     "Council of Halden approves plan for a new bridge over the harbour",
		"Norvik calls for new study of the harbour and voices concern over its bridges":        "Norvik calls for new study of the harbour",
		"Norvik announces 40 million crowns for harbour, Halden will build a second bridge":    "Norvik announces 40 million crowns for harbour",
		"Ahead of the summer season, Halden closes both bridges of the old harbour to lorries": "Halden closes both bridges of the old harbour to lorries",
		"Norvik cancels second harbour bridge paid for by ferry funds and by harbour fees":     "Norvik cancels second harbour bridge",
		"More ferries are coming to Halden harbour. Here's what that means for its bridges":    "More ferries are coming to Halden harbour",
		"Ida Moe elected to replace Per Lund as head of the northern ferry company":            "Moe elected to replace Per Lund as head of the northern ferry company",
		"WHO warns of old bridges in harbour towns":                                            "WHO warns of old bridges in harbour towns",
		"Ministers of the north meet the ferry unions of Halden at the":                        "Ministers of the north meet the ferry unions of Halden",
		// These stay as they are.
		"Halden's ban on ferries of the northern company is legal, court rules in second case":  "",
		"Former harbour commander: films of the company claimed that its old bridges were safe": "",
		"Harbour faces a setback after the council of Halden closes both of its old bridges":    "",
		"Norvik urges council to allow ferry companies to build their own bridges in harbour":   "",
		"Norvik will not rebuild harbour bridges of the old town with money of ferry company":   "",
		"Bridge collapse near harbour of Halden: one of the pillars was weak, says engineer":    "",
	} {
		got := s.Article(news.Article{Title: title, Body: body, Lang: "en"}).Headline
		if want == "" {
			want = title
		}
		if got != want {
			t.Errorf("%q\n got %q\nwant %q", title, got, want)
		}
	}
}

// Where nothing may go from a long title, a fact or what the article opens with
// takes its place if it tells the same, with the same verb.
func TestHeadline_OfAFact(t *testing.T) { // M9
	t.Parallel()
	s := New(Options{})
	body := "The council of Halden banned lorries from both bridges of the harbour on Monday. " + "The repairs will cost 40 million crowns, and engineers from three towns will look at every pillar."
	for title, want := range map[string]string{
		"The council of Halden bans all lorries from bridges of old harbour that are its pride and joy":            "The council of Halden banned lorries from both bridges of the harbour",
		"The council of Halden condemns use of lorries on bridges of harbour that were its pride and joy for long": "",
	} {
		got := s.Article(news.Article{Title: title, Body: body, Lang: "en"}).Headline
		if want == "" {
			want = title
		}
		if got != want {
			t.Errorf("%q\n got %q\nwant %q", title, got, want)
		}
	}
}

func TestVagueEnd(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"The company suffered one of its biggest setbacks": true,
		"The company suffered a setback on Monday":         true,
		"The mayor signed an order late Friday":            true,
		"The mayor signed the bill":                        true,
		"The mayor signed the harbour bill":                false,
		"The company suffered a loss of 40 million crowns": false,
		"The council closed both bridges":                  false,
		"":                                                 false,
	} {
		if got := vagueEnd(text); got != want {
			t.Errorf("vagueEnd(%q) = %v", text, got)
		}
	}
}
