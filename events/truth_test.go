package events

import (
	"slices"
	"testing"
	"time"

	"newsdesk/news"
)

// A sentence that takes back what a report said is told from one that only has
// such words. // B4
func TestCorrecting(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"The death toll has been revised down to 10 from 11.":                           true,
		"One victim had been counted twice, the ministry said.":                         true,
		"The company said that its figure had been wrong.":                              true,
		"An earlier version of this article misspelt the mayor's name.":                 true,
		"The original article has been withdrawn.":                                      true,
		"The paper withdrew its report on the minister.":                                true,
		"Correction: the bridge is 40 metres long.":                                     true,
		"The government withdrew its troops from the valley.":                           false,
		"He was wrong to close the school, the opposition said.":                        false,
		"Forecasts were revised up after the harvest.":                                  true, // a figure was taken back, whatever it was for
		"The house of correction in Lindow holds 300 people.":                           false,
		"Police are looking for the man who left a false name.":                         false,
		"At the last election the exit poll was wrong by as much as three points.":      false,
		"The minister's statement that no ship had been warned was untrue, divers said": false,
	} {
		if got := correcting.MatchString(text); got != want {
			t.Errorf("correcting(%q) = %t", text, got)
		}
	}
}

// That a report was taken back stays in the message for an hour, marked, however
// often it changes; then it goes. // B4
func TestDevelop_RetractionStays(t *testing.T) {
	t.Parallel()
	at := noon.Add(time.Hour)
	back := news.Fact{Text: "The report that a lorry fell into the river was wrong, police said.", Article: 2}
	ev := bridge()
	merged := func(facts ...news.Fact) news.Summary {
		return news.Summary{Headline: "Oskvale bridge collapses", Facts: append(facts, bridge().Facts[0])}
	}
	ev = Develop(ev, article(2, "ledger", "No lorry in the river at Oskvale", at), news.Summary{Headline: "x", Facts: []news.Fact{back}}, merged(), Decision{Event: 7}, at).Event
	for i, step := range []struct {
		after time.Duration
		text  string
		stays bool
	}{
		{10 * time.Minute, "Divers searched the river for the driver's dog until dusk.", true},
		{50 * time.Minute, "Engineers closed two further bridges upstream of Oskvale.", true},
		{70 * time.Minute, "The transport minister ordered an inquiry into the collapse.", false},
	} {
		ev.ID = 7
		told := news.Fact{Text: step.text, Article: news.ArticleID(3 + i)}
		ch := Develop(ev, article(int64(3+i), "post", step.text, at.Add(step.after)), news.Summary{Headline: "x", Facts: []news.Fact{told}}, merged(told), Decision{Event: 7}, at.Add(step.after))
		ev = ch.Event
		if !ch.Visible || ev.Facts[0].Text != step.text {
			t.Fatalf("%s: %s, shown first: %q", step.after, ch.Reason, ev.Facts[0].Text)
		}
		marked := slices.ContainsFunc(ev.Facts, func(f news.Fact) bool {
			return f.Text == back.Text && f.Was.Article == 1 && !f.New
		})
		if marked != step.stays {
			t.Errorf("after %s: still said %t, want %t: %+v", step.after, marked, step.stays, ev.Facts)
		}
	}
}

// The title of a correction is told from one that only has the word. // B4
func TestCorrectingTitle(t *testing.T) {
	t.Parallel()
	for title, want := range map[string]bool{
		"Correction: no lorry in the river at Oskvale":       true,
		"CORRECTED-Two hurt as bridge falls at Oskvale":      true,
		"Corrección: no hubo ataque de tiburón en Penvarra":  true,
		"Rectificatif : pas de requin à Penvarra":            true,
		"Korrektur: Kein Hai in Penvarra":                    true,
		"Correção: não houve ataque de tubarão em Penvarra":  true,
		"Court finds correction came too late":               false,
		"Korrektur der Flüsse kostet Oskvale 40 Millionen":   false,
		"Errata nel libro di storia, il ministero si scusa":  false,
		"Corrección de los ríos costará 40 millones a Halda": false,
	} {
		if got := correctingTitle.MatchString(title); got != want {
			t.Errorf("correctingTitle(%q) = %t", title, got)
		}
	}
}

// What becomes of a fact that readers know when an article contradicts it, and
// when one takes it back. // B3, B4
func TestDevelop_DisputesAndCorrections(t *testing.T) {
	t.Parallel()
	later := noon.Add(time.Hour)
	shown := bridge().Facts[0]
	disputed := shown
	disputed.Differs = []news.Version{{Value: "Five", Article: 2, Instead: "Three"}}
	own := func(f news.Fact) news.Summary { return news.Summary{Headline: "x", Facts: []news.Fact{f}} }
	five := news.Fact{Text: "Five people were hurt when the bridge collapsed at Oskvale, the hospital said.", Article: 2}
	two := news.Fact{Text: "Two people were hurt when the bridge collapsed at Oskvale, police said.", Article: 2, Was: news.Version{Value: "Three", Article: 1, Instead: "Two"}}
	withdrawn := news.Fact{Text: "The report that a lorry fell into the river was wrong, police said.", Article: 2}
	tests := []struct {
		name    string
		article news.Article
		own     news.Summary
		merged  []news.Fact
		reason  Reason
		was     news.Version
	}{
		{"a known fact is contradicted", article(2, "post", "Oskvale bridge falls", later), news.Summary{}, []news.Fact{disputed}, ReasonDisputed, news.Version{}},
		{
			"a new number that another disputes",
			article(2, "post", "Oskvale bridge: five hurt", later),
			news.Summary{},
			[]news.Fact{{Text: five.Text, Article: 2, Differs: []news.Version{{Value: "Three", Article: 1, Instead: "Five"}}}, shown},
			ReasonDisputed,
			news.Version{},
		},
		{"an outlet takes a number back", article(2, "ledger", "Two hurt as Oskvale bridge collapses", later), own(two), []news.Fact{shown}, ReasonCorrected, two.Was},
		{"an outlet takes a report back", article(2, "ledger", "No lorry in the river at Oskvale", later), own(withdrawn), []news.Fact{shown}, ReasonCorrected, news.Version{Article: 1}},
		{
			"an article that is headed as a correction",
			article(2, "ledger", "Correction: no lorry in the river at Oskvale", later),
			own(news.Fact{Text: "Divers found no lorry in the river at Oskvale.", Article: 2}),
			[]news.Fact{shown},
			ReasonCorrected,
			news.Version{Article: 1},
		},
		{"another number alone", article(2, "post", "Oskvale bridge: five hurt", later), own(five), []news.Fact{five, shown}, ReasonNewFacts, news.Version{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			merged := news.Summary{Headline: "Oskvale bridge collapses", Facts: tt.merged}
			ch := Develop(bridge(), tt.article, tt.own, merged, Decision{Event: 7}, later)
			if ch.Reason != tt.reason || !ch.Visible {
				t.Fatalf("got %s, visible %t; want %s", ch.Reason, ch.Visible, tt.reason)
			}
			if got := ch.Novel[0].Was; got != tt.was {
				t.Errorf("takes back %+v, want %+v", got, tt.was)
			}
			if f := ch.Event.Facts[0]; !f.New || f.Was != tt.was {
				t.Errorf("shown first: %+v", f)
			}
			// The same article again, and readers already know: no second post.
			if ch.Event.ID = 7; Develop(ch.Event, tt.article, tt.own, merged, Decision{Event: 7}, later).Visible {
				t.Error("told twice")
			}
		})
	}
	known := bridge()
	known.Facts[0].Differs = disputed.Differs
	again := Develop(known, article(3, "echo", "Oskvale bridge falls", later), news.Summary{}, news.Summary{Facts: []news.Fact{disputed}}, Decision{Event: 7}, later)
	if again.Reason == ReasonDisputed {
		t.Error("a contradiction that readers know is told again")
	}
}
