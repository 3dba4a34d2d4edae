package events

import (
	"testing"
	"time"

	"newsdesk/news"
)

// A headline that gives the number of the injured, missing or held gives way to one
// with the newer number of the same, and to no other. // B1, B4
func TestRecounted(t *testing.T) {
	t.Parallel()
	corrects := news.Version{Article: 1}
	for _, tt := range []struct {
		name, headline, proposed string
		novel                    news.Fact
		want                     bool
	}{
		{"more injured", "Train crash at Oskvale injures 20", "Oskvale train crash: 34 people hurt", news.Fact{Text: "The number of injured rose: 34 people were hurt, the hospital said."}, true},
		{"more injured, in words", "Twelve wounded in Oskvale market blast", "Oskvale blast wounds 15", news.Fact{Text: "Fifteen people were wounded in the blast, police said."}, true},
		{"fewer injured", "Train crash at Oskvale injures 20", "Oskvale train crash: 12 people hurt", news.Fact{Text: "Police said that 12 people were hurt."}, false},
		{"fewer injured by a correction", "Train crash at Oskvale injures 20", "Oskvale train crash: 12 people hurt", news.Fact{Text: "The hospital corrected its number: 12 people were hurt.", Was: corrects}, true},
		{"a correction says another number", "Train crash at Oskvale injures 20", "Oskvale train crash: 10 people hurt", news.Fact{Text: "The hospital corrected its number: 12 people were hurt.", Was: corrects}, false},
		{"the dead weigh more than the injured", "Train crash at Oskvale injures 20", "Oskvale train crash kills 34", news.Fact{Text: "The crash killed 34 people, police said."}, true},
		{"the first dead", "Strong earthquake shakes Sarrat valley, damage reported", "Quake in Sarrat valley: two dead in Ormela", news.Fact{Text: "Two people died in Ormela, the mayor said."}, true},
		{"the first dead, not in the news", "Strong earthquake shakes Sarrat valley, damage reported", "Quake in Sarrat valley: two dead in Ormela", news.Fact{Text: "The road to Ormela is cut."}, false},
		{"the first dead, disputed", "Strong earthquake shakes Sarrat valley", "Quake in Sarrat valley: two dead", news.Fact{Text: "Two people died in Ormela.", Differs: []news.Version{{Value: "none", Article: 1}}}, false},
		{"deaths of long ago", "Man on trial for murder of Ormela couple", "Man who killed two in Ormela jailed", news.Fact{Text: "He had killed two people in 2019."}, false},
		{"deaths without a number", "Deadly quake hits Sarrat valley", "Quake in Sarrat valley: two dead in Ormela", news.Fact{Text: "Two people died in Ormela, the mayor said."}, false},
		{"the injured are no dead", "Train crash at Oskvale kills 20", "Oskvale train crash injures 34", news.Fact{Text: "The crash injured 34 people, police said."}, false},
		{"the missing are no injured", "Train crash at Oskvale injures 20", "34 missing after Oskvale train crash", news.Fact{Text: "Police said 34 people were missing."}, false},
		{"more of both", "Train crash at Oskvale kills 2 and injures 20", "Oskvale train crash: two dead, 34 injured", news.Fact{Text: "Two people died and 34 were injured."}, true},
		{"the dead would be left out", "Train crash at Oskvale kills 2 and injures 20", "Oskvale train crash: 34 injured", news.Fact{Text: "Two people died and 34 were injured."}, false},
		{"fewer missing", "Ferry sinks off Tarnside, 12 missing", "Tarnside ferry: three still missing", news.Fact{Text: "Three people are still missing, the coastguard said."}, true},
		{"more held", "Police arrest 40 at Halden protest", "Halden protest: 65 people arrested", news.Fact{Text: "In all 65 people were arrested, police said."}, true},
		{"sources disagree", "Train crash at Oskvale injures 20", "Oskvale train crash: 34 people hurt", news.Fact{Text: "The ministry said 34 people were hurt.", Differs: []news.Version{{Value: "20", Article: 1}}}, false},
		{"only those that came since", "Train crash at Oskvale injures 20", "Train crash: 5 more hurt", news.Fact{Text: "Police said 5 more people were hurt."}, false},
		{"a headline that holds back", "Train crash at Oskvale injures 20", "What we know of the crash that hurt 34 people", news.Fact{Text: "Police said 34 people were hurt."}, false},
		{"no number before", "Train crash at Oskvale", "Oskvale train crash: 34 people hurt", news.Fact{Text: "Police said 34 people were hurt."}, false},
		{"fewer dead by a correction", "Quake kills 11 in Ormela", "Ormela quake toll revised down to 10", news.Fact{Text: "The death toll has been revised down to 10 from 11.", Was: corrects}, true},
		{"fewer dead", "Quake kills 11 in Ormela", "Ormela quake kills 10", news.Fact{Text: "The quake killed 10 people."}, false},
	} {
		got := recounted(tt.headline, []news.Fact{tt.novel}, tt.headline, tt.proposed)
		if want := map[bool]string{true: tt.proposed}[tt.want]; got != want {
			t.Errorf("%s: got %q, want %q", tt.name, got, want)
		}
	}
}

// The headline of an event follows the number of the injured by the title of the
// article that tells it.
func TestDevelop_HeadlineFollowsTheInjured(t *testing.T) { // B1
	t.Parallel()
	later := noon.Add(time.Hour)
	fact := news.Fact{Text: "Nine people were hurt when a bridge collapsed at Oskvale, the hospital said.", Article: 2}
	own := news.Summary{Headline: "Nine hurt in Oskvale bridge collapse", Facts: []news.Fact{fact}, Method: "m"}
	merged := news.Summary{Headline: "Bridge at Oskvale collapses, 3 hurt", Facts: []news.Fact{fact, bridge().Facts[0]}}
	ch := Develop(bridge(), article(2, "post", own.Headline, later), own, merged, Decision{Event: 7}, later)
	if ch.Event.Headline != own.Headline || ch.Event.Method != "m" || !ch.Visible {
		t.Errorf("headline %q by %q, %s", ch.Event.Headline, ch.Event.Method, ch.Reason)
	}
	a := article(2, "post", "Opinion: nine hurt, and who is to blame", later)
	if ch := Develop(bridge(), a, own, merged, Decision{Event: 7}, later); ch.Event.Headline != bridge().Headline {
		t.Errorf("the headline is that of an opinion: %q", ch.Event.Headline)
	}
}
