package events

import (
	"testing"
	"time"

	"newsdesk/news"
)

// A list of headlines, told as such by its page, draws nothing into its event
// and joins none: what it lists stays apart. // M8
func TestGrouper_HeadlineListsGlueNothing(t *testing.T) {
	t.Parallel()
	fire := "A grain mill in Kestrin burned down on Monday night and four firefighters were hurt, the district said. The roof fell in after two hours."
	vote := "The council of Lisker voted on Monday to close the old town to cars from June, with 17 votes against 14. Shopkeepers said that they would appeal."
	for _, c := range []struct {
		name string
		kind news.Kind
		glue bool
	}{{"as a report", news.KindReport, true}, {"as a list", news.KindRoundup, false}} {
		g := New(Options{})
		list := Doc{ID: 1, Title: "Kestrin mill burns down, Lisker council closes the old town to cars", Text: fire + " " + vote, Kind: c.kind, Source: "courier", Published: noon}
		g.Add(list, 1, 0)
		d := g.Decide(Doc{ID: 2, Title: "Kestrin mill burns down, four firefighters hurt", Text: fire, Source: "ledger", Published: noon.Add(time.Hour)})
		if glued := d.Event == 1; glued != c.glue {
			t.Errorf("%s: a report of one of its happenings joins event %d", c.name, d.Event)
		}
	}
	g := New(Options{})
	g.Add(Doc{ID: 1, Title: "Kestrin mill burns down, four firefighters hurt", Text: fire, Source: "ledger", Published: noon}, 1, 0)
	if d := g.Decide(Doc{ID: 2, Title: "Kestrin mill burns down, four firefighters hurt", Text: fire + " " + vote, Kind: news.KindRoundup, Source: "courier", Published: noon}); d.Event != 0 {
		t.Errorf("a list joins event %d", d.Event)
	}
}

// What a page is known to be goes before what its title looks like, but where
// the title says something else of it.
func TestKindOf_Known(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		known news.Kind
		title string
		want  kind
	}{
		{"", "Storm nears the coast", kindNews},
		{news.KindLive, "Storm nears the coast", kindLive},
		{news.KindLive, "Your Friday briefing", kindRoundup},
		{news.KindLive, "Opinion: the storm is our fault", kindOpinion},
		{news.KindRoundup, "Storm nears the coast", kindRoundup},
		{news.KindGallery, "Storm nears the coast", kindNews},
		{news.KindVideo, "Analysis: why storms turn", kindExplainer},
	} {
		if got := kindOf(c.known, c.title); got != c.want {
			t.Errorf("%q, %q: got %d, want %d", c.known, c.title, got, c.want)
		}
	}
}

// A list of headlines is kept and never shown, neither as a story of its own nor
// as news of another. // M8
func TestDevelop_NeverShowsAList(t *testing.T) {
	t.Parallel()
	list := article(1, "courier", "Monday at a glance", noon)
	list.Kind = news.KindRoundup
	sum := summary("Monday at a glance", 1, "A mill burned down at Kestrin and four firefighters were hurt.")
	ch := Develop(news.Event{}, list, sum, sum, Decision{}, noon)
	if ch.Visible || ch.Reason != ReasonRoundup || ch.Event.Revision != 0 || len(Route(ch, []Place{{Topics: []string{"world"}}}, noon).Posts) != 0 {
		t.Errorf("a list is shown: %+v", ch)
	}
	list.ID = 2
	sum = summary("Monday at a glance", 2, "Forty people were taken to hospital from the bridge at Oskvale.")
	if ch := Develop(bridge(), list, sum, sum, Decision{Event: 7}, noon); ch.Visible || ch.Reason != ReasonRoundup {
		t.Errorf("a list is shown as news of another event: %+v", ch)
	}
}

// What is opinion is known by the title, or by where an outlet keeps it.
func TestOpinion(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		address, title string
		want           bool
	}{
		{"https://ledger.example/world/1", "Opinion: the harbour deal stinks", true},
		{"https://ledger.example/opinion/2031/the-harbour-deal", "The harbour deal stinks", true},
		{"https://ledger.example/commentisfree/2031/the-harbour-deal", "The harbour deal stinks", true},
		{"https://ledger.example/meinung/hafen", "Der Hafen stinkt", true},
		{"https://ledger.example/world/court-opinion/", "Court gives its opinion on harbour deal", false},
		{"https://ledger.example/world?from=/opinion/", "Harbour deal signed", false},
		{"", "Harbour deal signed", false},
	} {
		if got := Opinion(news.Source{URL: tt.address, Title: tt.title}); got != tt.want {
			t.Errorf("Opinion(%q, %q) = %t", tt.address, tt.title, got)
		}
	}
}

// An article from an outlet's pages of opinion is noted as that, and no update.
func TestDevelop_OpinionByItsAddress(t *testing.T) { // B5
	t.Parallel()
	later := noon.Add(time.Hour)
	a := article(2, "post", "The bridge that nobody wanted", later)
	a.URL = "https://post.test/opinion/bridge"
	fact := news.Fact{Text: "Nine people were hurt when a bridge collapsed at Oskvale.", Article: 2}
	s := news.Summary{Headline: a.Title, Facts: []news.Fact{fact}}
	ch := Develop(bridge(), a, s, s, Decision{Event: 7}, later)
	if ch.Visible || ch.Reason != ReasonOpinion || !ch.Event.Sources[1].Opinion || ch.Event.Outlets() != 1 {
		t.Errorf("visible %t, %s, %d outlets, %+v", ch.Visible, ch.Reason, ch.Event.Outlets(), ch.Event.Sources)
	}
}
