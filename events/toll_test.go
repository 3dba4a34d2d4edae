package events

import (
	"testing"

	"newsdesk/news"
)

func TestToll(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{
		"Magnitude 6.4 earthquake hits port city of Velmora, killing two":               2,
		"Five people are now known to have died in the earthquake, and 64 were injured": 5,
		"The death toll of the earthquake has risen to nine, the agency said":           9,
		"Two more people have died of their injuries, bringing the death toll to 11":    11,
		"Death toll rises to five as rescuers search old harbour":                       5,
		"The toll rose from five to nine":                                               9,
		"The death toll has been revised down to 10 from 11":                            10,
		"The number of people killed by Storm Odile is now three, the coastguard said":  3,
		"The number of deaths rose from 11 to 14":                                       14,
		"The number of trams killed by budget cuts in 2019 was never told":              0,
		"The number of passengers is now 300":                                           0,
		"Velmora quake kills nine, port to stay shut until weekend":                     9,
		"Nine bodies have been found after the dam broke":                               9,
		"Two bodies of the federation met, and a third found no quorum":                 0,
		"At least 1,200 people were killed":                                             1200,
		"Eleven dead in bus crash":                                                      11,
		"The storm has claimed a second life, police said":                              2,
		"The body of a woman, the third person known to have died in the fire":          3,
		"He won a second term as mayor":                                                 0,
		"Two more people died":                                                          0, // how many in all is not said
		"About 18,000 homes were without power":                                         0,
		"The band played 12 songs and the crowd of 400 went home":                       0,
		"Killing time, 12 travellers waited":                                            0,
		"Former mayor Ana Ruiz, 81, dead at her home":                                   0,
	} {
		if got := toll(text); got != want {
			t.Errorf("toll(%q) = %d, want %d", text, got, want)
		}
	}
}

// A headline whose toll has risen is not kept.
func TestDevelop_HeadlineFollowsTheToll(t *testing.T) { // B1
	t.Parallel()
	base := news.Event{ID: 1, Revision: 1, Headline: "Earthquake hits Velmora, killing two"}
	risen := []news.Fact{{Text: "Two more people have died of their injuries, bringing the death toll to 11."}}
	if got := headline(base, "Velmora quake toll reaches eleven", risen); got != "Velmora quake toll reaches eleven" {
		t.Errorf("kept %q", got)
	}
	least := base
	least.Headline = "Earthquake hits Velmora, killing at least two"
	if got := headline(least, "Velmora had warned of cracks in walls", risen); got != least.Headline {
		t.Errorf("the headline that says what happened gave way to %q", got)
	}
	if got := headline(least, "Velmora quake toll reaches eleven", risen); got != "Velmora quake toll reaches eleven" {
		t.Errorf("kept %q", got)
	}
	if got := headline(base, "Velmora port reopens", []news.Fact{{Text: "The port of Velmora reopened on Friday."}}); got != base.Headline {
		t.Errorf("changed to %q without need", got)
	}
}
