package summarize

import (
	"slices"
	"strings"
	"testing"
	"time"

	"newsdesk/news"
)

func TestClean(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"11:05 Soldiers have reached the lower town.":                                              "Soldiers have reached the lower town.",
		"9.40am GMT: The ferry terminal is closed.":                                                "The ferry terminal is closed.",
		"11:05 Uhr begann die Sitzung im Rathaus von Halden.":                                      "11:05 Uhr begann die Sitzung im Rathaus von Halden.",
		"9.40 Crown banknotes were printed for each resident.":                                     "9.40 Crown banknotes were printed for each resident.",
		"11:05 was when the wall broke, the office said.":                                          "11:05 was when the wall broke, the office said.",
		`BAGHDAD (AP) — Two bridges were closed on Monday night.`:                                  `Two bridges were closed on Monday night.`,
		`(CNN)Two bridges were closed on Monday night.`:                                            `Two bridges were closed on Monday night.`,
		`(The Harbour Post)Two bridges were closed on Monday night.`:                               `Two bridges were closed on Monday night.`,
		`(3 a.m. ET) in Halden, a port city in the north of Norvik.`:                               `(3 a.m. ET) in Halden, a port city in the north of Norvik.`,
		`LONDON, England (CNN) -- Two bridges were closed on Monday night.`:                        `Two bridges were closed on Monday night.`,
		`NEW DELHI: Two bridges were closed on Monday night.`:                                      `Two bridges were closed on Monday night.`,
		`But the bridges were opened again on Tuesday.`:                                            `The bridges were opened again on Tuesday.`,
		`However, the bridges were opened again on Tuesday.`:                                       `The bridges were opened again on Tuesday.`,
		`Halden CNN Business — Two bridges were closed on Monday night.`:                           `Two bridges were closed on Monday night.`,
		`CNN — Two bridges were closed on Monday night.`:                                           `Two bridges were closed on Monday night.`,
		`Ida Moe Associated Press/Report for Norvik HALDEN, Norv. — Two bridges were closed.`:      `Two bridges were closed.`,
		`Ida Moe Special to THE LEDGER Two bridges were closed on Monday night.`:                   `Two bridges were closed on Monday night.`,
		`Ida Moe and Anna Lund of the council — both engineers — closed two bridges.`:              `Ida Moe and Anna Lund of the council — both engineers — closed two bridges.`,
		`The court, however, agreed to hear the case in May.`:                                      `The court agreed to hear the case in May.`,
		`As the bridge opened, however, the crowd was gone.`:                                       `As the bridge opened, the crowd was gone.`,
		`There were, however, 83 members who did not vote.`:                                        `There were 83 members who did not vote.`,
		`Staff cannot give advice, however, they are glad to help.`:                                `Staff cannot give advice, however, they are glad to help.`,
		`Not surprisingly, the bridges were closed on Monday.`:                                     `The bridges were closed on Monday.`,
		`Meanwhile, the bridges were opened again on Tuesday`:                                      `The bridges were opened again on Tuesday.`,
		`• The Halden Bridge Authority (HBA) closed two bridges.`:                                  `The Halden Bridge Authority closed two bridges.`,
		`The Halden Bridge Authority (which may yet appeal) closed two.`:                           `The Halden Bridge Authority (which may yet appeal) closed two.`,
		`It was 32 degrees (90 Fahrenheit) in the shade at noon.`:                                  `It was 32 degrees (90 Fahrenheit) in the shade at noon.`,
		`The agency (NATO) said the bridges would stay closed.`:                                    `The agency said the bridges would stay closed.`,
		`Sin embargo, los puentes siguen cerrados hasta el lunes.`:                                 `Los puentes siguen cerrados hasta el lunes.`,
		`(Photo: Ida Moe, Example Images) Two bridges were closed on Monday.`:                      `Two bridges were closed on Monday.`,
		`Two bridges shut By Ida Moe HALDEN, Nov 6 (Reuters) - Two bridges were closed on Monday.`: `Two bridges were closed on Monday.`,
		`Caption Two bridges of the old town were closed on Monday.`:                               `Two bridges of the old town were closed on Monday.`,
		`The mayor  said "top notch? work was done on the bridges and I?ve seen it all.`:           `The mayor said "top notch" work was done on the bridges and I've seen it all.`,
	} {
		if got := clean(in, true); got != want {
			t.Errorf("clean(%q)\n got %q\nwant %q", in, got, want)
		}
	}
}

func TestShortened(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"The council closed two bridges on Monday, which angered shop owners in the old town.":       "The council closed two bridges on Monday.",
		"The firm, which moved to Oslo last spring, has closed two of its factories there.":          "The firm has closed two of its factories there.",
		"In a rare show of unity, the council voted for the budget on Monday.":                       "The council voted for the budget on Monday.",
		"The council closed two bridges on Monday, angering shop owners, police said.":               "The council closed two bridges on Monday, police said.",
		"The army destroyed the depot in response to 60 attacks carried out by rebels in the north.": "The army destroyed the depot in response to 60 attacks.",
	} {
		if got := shortened(in); !slices.Contains(got, want) {
			t.Errorf("shortened(%q)\n got %q\nwant %q among them", in, got, want)
		}
	}
}

// What limits a statement or says whose it is survives every shortening.
func TestShortened_KeepsMeaning(t *testing.T) {
	t.Parallel()
	for in, keep := range map[string]string{
		"The council will close two bridges on Monday, unless the court forbids it.":                        "unless",
		"The mayor took money from two firms, according to court papers seen on Monday.":                    "according to",
		"The mayor took money from two firms in the old town, prosecutors said.":                            "prosecutors said",
		"Two former aides are accused of forging permits, which may cost them their posts.":                 "may",
		"The firm closed two factories in the north, leaving nobody to run the third one.":                  "nobody",
		"If the river rises again, the council will close two bridges in the old town.":                     "If",
		"The main witness, who allegedly took money, has left the country with his family.":                 "allegedly",
		"The firm sold 3 of 9 ships to a rival, adding 40 million dollars to its income.":                   "40 million",
		"The mayor was guilty of fraud when he took the money in May, a court in Halden has ruled.":         "ruled",
		"The minister said, in a letter to the council, that the bridge would not be closed.":               "not",
		"The strike will go on in the north, although the union has promised to end it before long.":        "although",
		"Two firms reported losses for the year, while the third, which nobody had expected, made a profit": "nobody",
	} {
		for _, got := range shortened(in) {
			if !strings.Contains(got, keep) {
				t.Errorf("shortened(%q) lost %q: %q", in, keep, got)
			}
		}
	}
	for _, in := range []string{
		"The council closed two bridges on Monday in the old town, police said, during the visit of the king.",
		"A gunman wounded five people in Halden on Monday and fled in a car, the mayor told reporters.",
	} {
		for _, got := range shortenings(in, true) {
			if !strings.Contains(got, "said") && !strings.Contains(got, "told") {
				t.Errorf("shortenings(%q) lost its source: %q", in, got)
			}
		}
	}
}

func TestStands(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]bool{
		"The council of Halden closed two bridges on Monday.":                               true,
		"There was a fire in the old town of Halden on Monday.":                             true,
		"He closed two bridges in Halden on Monday.":                                        false,
		"These bridges were closed in Halden on Monday.":                                    false,
		"The group closed two bridges in Halden on Monday.":                                 false,
		"The group of seven closed two bridges in Halden.":                                  true,
		"But the council of Halden closed two bridges.":                                     false,
		"\"We closed two bridges in Halden,\" he said.":                                     false,
		"\"The bridges of Halden will be closed.\"":                                         false,
		"The mayor said \"two bridges are closed to traffic.":                               false,
		"Why were two bridges closed in Halden on Monday?":                                  false,
		"The views expressed in this article are those of the author alone.":                false,
		"Sign up for our daily newsletter to get the news of Halden.":                       false,
		"Copyright 2024 Example News. All rights reserved in every country.":                false,
		"Read more about the bridges of Halden and their history.":                          false,
		"One River Bank closed two bridges in Halden on Monday.":                            true,
		"One closed two bridges in Halden on Monday, the other three.":                      false,
		"Although the council of Halden closed two bridges, a third is open.":               true,
		"Although he closed two bridges in Halden, a third one is open.":                    false,
		"Us Weekly closed two offices in Halden on Monday.":                                 true,
		"According to the mayor, who closed two bridges,.":                                  false,
		"Example's Ida Moe and Anna Lund reported from Halden.":                             false,
		"Example's mayor Ida Moe said two bridges were closed in Halden.":                   true,
		"(3 a.m. ET) in Halden, a port city in the north of Norvik.":                        false,
		"[The council] closed two bridges in Halden on Monday.":                             false,
		"Two bridges are shut — Halden Council (@halden) March 3, 2026 The mayor said so.":  false,
		"Two bridges are shut for good @halden 3 de marzo de 2026 and a third will follow.": false,
		"Two bridges are shut for good @halden, 3. März 2026 and a third one will follow.":  false,
		"The mayor wrote under the name @halden on Monday that two bridges are shut.":       true,
		"Two bridges (the old one and the new one) were closed in Halden on Monday.":        true,
		"Ida Moe is a senior fellow at the Halden Institute for Bridges.":                   false,
		"See how guests dressed for the wedding of the mayor of Halden on Monday.":          false,
		"Get the best of Example News delivered directly to your inbox.":                    false,
		"The council of Halden did not immediately respond to a request for comment.":       false,
		"In high school, he was a keen swimmer and he played chess.":                        false,
		"In Norway, she opened two bridges on Monday.":                                      false,
		"Until now, they had found no cracks in the two bridges.":                           false,
		"When Ida Moe opened the bridge, she wore a red hat.":                               true,
		"Not in Halden, where two bridges are closed, the mayor said.":                      false,
		"Not even after he had closed two bridges in Halden.":                               false,
		"Not even the mayor of Halden knew that two bridges were closed.":                   true,
		"Related":                    false,
		"Ida Moe/Example Images":     false,
		"So far two bridges closed.": false,
	} {
		if got := stands(s, "en", true, false); got != want {
			t.Errorf("stands(%q) = %v", s, got)
		}
	}
}

func article(body string) *document {
	a := news.Article{Body: body}
	return newDocument(a, newVocabulary("en", nil), "en", new(weigher))
}

func TestResolve(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ before, sentence, want string }{
		"the one person named":    {"Mayor Ida Moe opened the bridge on Monday.", "She called it a great day for Halden.", "Ida Moe called it a great day for Halden."},
		"full name of a last one": {"Anna Moe is mayor of Halden. Moe said on Monday the bridge was safe.", "She called it a great day.", "Anna Moe called it a great day."},
		"two persons":             {"Mayor Ida Moe met Governor Anna Lund on Monday.", "She called it a great day for Halden.", ""},
		"two, one of whom fits":   {"Mayor Anna Moe met Governor Peter Lund on Monday.", "She called it a great day for Halden.", "Anna Moe called it a great day for Halden."},
		"wrong gender":            {"Mayor Peter Voss opened the bridge on Monday.", "She called it a great day for Halden.", ""},
		"an organisation":         {"Norvik Foods closed two factories on Monday.", "The company employs 600 people in Halden.", "Norvik Foods employs 600 people in Halden."},
		"no organisation":         {"Two factories were closed on Monday.", "The company employs 600 people in Halden.", ""},
		"a thing, not it":         {"Norvik Foods made a profit of 3 million dollars.", "It was the highest in ten years in Halden.", ""},
		"demonstrative":           {"The army reported U.S. airstrikes south of the town on Monday.", "These airstrikes destroyed two bridges.", "The U.S. airstrikes destroyed two bridges."},
		"one and a noun":          {"A fair opened.", "One person fell from the bridge in Halden on Monday.", "A person fell from the bridge in Halden on Monday."},
		"one of several":          {"A fair opened.", "One of them fell from the bridge in Halden.", ""},
		"one that does":           {"Two fairs opened.", "One closed again on Monday after rain in Halden.", ""},
		"some and a number":       {"A fair opened.", "Some 3,000 people came to the fair in Halden.", "About 3,000 people came to the fair in Halden."},
		"a time first":            {"A fair opened.", "Earlier this week, the council closed two bridges.", "The council closed two bridges earlier this week."},
		"a speaker last":          {"A fair opened.", `"We closed two bridges," Ida Moe said on Monday.`, `Ida Moe said on Monday: "We closed two bridges."`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := article(c.before + " " + c.sentence)
			got, ok := d.resolve(len(d.sents)-1, c.sentence)
			if !ok {
				got = ""
			}
			if got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// M9: a plain statement for a headline.
func TestHeadline(t *testing.T) {
	t.Parallel()
	facts := []string{"The council of Halden closed two bridges on Monday."}
	for title, want := range map[string]string{
		"Halden council closes two bridges | Example News":      "Halden council closes two bridges",
		"Halden council closes two bridges - The Example Times": "Halden council closes two bridges",
		"Halden council closes two bridges - for good":          "Halden council closes two bridges - for good",
		"BREAKING: Halden council closes two bridges":           "Halden council closes two bridges",
		"Correction: Halden council closes one bridge":          "Halden council closes one bridge",
		"CORRECTED - Halden council closes one bridge":          "Halden council closes one bridge",
		"Rectificatif : le conseil de Halden ferme un pont":     "Le conseil de Halden ferme un pont",
		"Korrektur: Rat von Halden sperrt nur eine Brücke":      "Rat von Halden sperrt nur eine Brücke",
		"Correction of the Halden river takes eight years":      "Correction of the Halden river takes eight years",
		"“Halden council closes two bridges”":                   "Halden council closes two bridges",
		"Why did Halden close two bridges?":                     "The council of Halden closed two bridges on Monday",
		"Five things to know about the bridges of Halden":       "The council of Halden closed two bridges on Monday",
		"":                                    "The council of Halden closed two bridges on Monday",
		"Halden council \"closes two bridges": "The council of Halden closed two bridges on Monday",
		"Halden Council Condemns Closing of Two Bridges by Regional Government as \"Dangerous Precedent\" for Towns": "Halden Council Condemns Closing of Two Bridges by Regional Government as \"Dangerous Precedent\" for Towns",
	} {
		d := newDocument(news.Article{Title: title, Body: facts[0]}, newVocabulary("en", nil), "en", new(weigher))
		if got := d.headline(facts); got != want {
			t.Errorf("headline of %q\n got %q\nwant %q", title, got, want)
		}
	}
}

func TestWhen(t *testing.T) {
	t.Parallel()
	at := time.Date(2023, 11, 22, 21, 37, 0, 0, time.UTC) // a Wednesday
	for body, want := range map[string]string{
		"The statement was released on November 20.":                   "2023-11-20",
		"The statement was released on 20 November 2023.":              "2023-11-20",
		"The bridge was closed on Tuesday.":                            "2023-11-21",
		"The bridge was closed yesterday.":                             "2023-11-21",
		"The bridge has been closed since Monday.":                     "2023-11-22",
		"The bridge was built in 1987.":                                "2023-11-22",
		"The bridge was closed on January 3, 2019.":                    "2023-11-22",
		"El puente se cerró el 20 de noviembre de 2023 por la noche.":  "2023-11-20",
		"Die Brücke wurde am Montag gesperrt.":                         "2023-11-20",
		"The bridge may close in May, the council said on Monday.":     "2023-11-20",
		"The bridge opens on December 24 after a year of renovations.": "2023-11-22",

		"The bridge will close on Friday after engineers found a crack, the council said on Tuesday.": "2023-11-21",
		"The trial of the driver is due to begin on Monday.":                                          "2023-11-22",
		"The bridge will close, the council said in a statement to its members in town on Tuesday.":   "2023-11-21",
	} {
		d := newDocument(news.Article{Body: body, Published: at}, newVocabulary("en", nil), "en", new(weigher))
		if got := d.when().Format(time.DateOnly); got != want {
			t.Errorf("when of %q: got %s, want %s", body, got, want)
		}
	}
	if got := article("The bridge was closed on Tuesday.").when(); !got.IsZero() {
		t.Errorf("without a day of publication: got %v", got)
	}
	if got := article("The bridge was closed on May 3, 2021.").when(); got.Format(time.DateOnly) != "2021-05-03" {
		t.Errorf("with a whole date: got %v", got)
	}
}

func TestProminent(t *testing.T) {
	t.Parallel()
	d := article("BAGHDAD (AP) — The Iraqi government on Monday condemned the strikes in Iraq. U.S. forces killed two members of Kataib Nasr, Prime Minister Omar Said said. " +
		"Kataib Nasr is based south of Baghdad. The United States has troops in Syria.")
	who, where := d.prominent()
	if got := where.best(2, 0, 0); !slices.Equal(got, []string{"Iraq", "Baghdad"}) {
		t.Errorf("where: got %q", got)
	}
	got := who.best(5, 0, 0)
	for _, n := range []string{"Iraqi government", "Kataib Nasr", "United States", "Omar Said"} {
		if !slices.Contains(got, n) {
			t.Errorf("who: %q is not among %q", n, got)
		}
	}
}

// Where a writer speaks of himself now and then, what he says of the world is
// told; an essay has nothing else.
func TestArticle_WhoSpeaksOfHimself(t *testing.T) {
	t.Parallel()
	world := "The council of Halden closed two bridges on Monday. The repairs will cost 40 million crowns. The ferry runs twice an hour until May. " +
		"The army will lend the town a bridge of steel. The mayor expects long queues at the ferry in the morning. " +
		"Shop owners in the old town fear for their trade. "
	mine := "Every day as a child I crossed the bridge of Halden, which my father built. "
	told := func(body string) bool {
		sum := New(Options{}).Article(news.Article{Title: "Halden closes two bridges", Body: body, Lang: "en"})
		return slices.ContainsFunc(sum.Facts, func(f news.Fact) bool { return strings.Contains(f.Text, "my father") })
	}
	if told(mine + world) {
		t.Error("a report tells of its writer")
	}
	if !told(mine + "I have never forgotten the smell of its tar, and I never will. My mother kept a shop at its northern end.") {
		t.Error("an essay tells nothing of its writer")
	}
	if sum := New(Options{}).Article(news.Article{Body: "A street of Halden is called after World War I. Two of its bridges were closed on Monday. It has 40 houses.", Lang: "en"}); len(sum.Facts) == 0 || !strings.Contains(sum.Facts[0].Text, "World War I") {
		t.Errorf("a number of kings and wars is taken for the writer: %v", sum.Facts)
	}
}

// A shortening never loses the verb of the sentence, nor ends within a phrase.
func TestShortened_StaysWhole(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		sentence string
		broken   []string // what no wording of it is
	}{
		{"In the hours after 50 guests had landed on the island in two planes hired by the mayor, the village – still short of food – rushed to help the guests.", []string{"planes hired by the mayor.", "the village."}},
		{"By sending two planes of guests to the quiet island of Norrholm on Monday, the mayor of Halden has thrust the town into a long quarrel between the islands and the court of Norvik over the ferry and its prices in the summer.", []string{"has thrust the town."}},
		{"The 50 guests — men, women and children as young as three — who had spent the night in a church after arriving late on Monday on two planes, walked between the church and the harbour.", []string{"in a church."}},
		{"During the spring, the mayor of Halden used her place in a quarrel with members of the council that helped rivals win seats and, with it, raised the chances of the opposition.", []string{"win seats and."}},
	} {
		for _, got := range slices.Concat(shortened(tt.sentence), shortenings(tt.sentence, true), fitted(tt.sentence, 160)) {
			for _, b := range tt.broken {
				if strings.HasSuffix(got, b) {
					t.Errorf("%q became %q", tt.sentence, got)
				}
			}
		}
	}
}

// What a picture shows on a day with its year is a caption, and no fact.
func TestArticle_Captions(t *testing.T) {
	t.Parallel()
	body := "Ida Moe, the mayor of Halden, speaks in a meeting of the council in the old town hall on March 3, 2026. " +
		"The council of Halden closed two bridges on Monday. The law on bridges was passed on March 3, 2026, after a vote of the council. The repairs will cost 40 million crowns."
	sum := New(Options{}).Article(news.Article{Title: "Halden closes two bridges", Body: body, Lang: "en"})
	var b strings.Builder
	for _, f := range sum.Facts {
		b.WriteString(f.Text + "\n")
	}
	text := b.String()
	if strings.Contains(text, "speaks in a meeting") || !strings.Contains(text, "closed two bridges") {
		t.Errorf("facts:\n%s", text)
	}
}
