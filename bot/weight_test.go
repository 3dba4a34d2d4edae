package bot_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsdesk/bot"
	"newsdesk/events"
	"newsdesk/news"
)

func TestWhyClass(t *testing.T) { // B6
	t.Parallel()
	for _, tt := range []struct {
		name  string
		event news.Event
		want  []string
	}{
		{
			"breaking",
			news.Event{Class: news.ClassBreaking, Weight: 0.521, Terms: []news.Term{
				{Name: events.TermOwners, Value: 4, Gives: 0.26},
				{Name: events.TermGrave + ": killed, quake", Value: 3, Gives: 0.16},
				{Name: events.TermMoney, Value: 4.1, Gives: 0.032},
				{Name: events.TermTalk, Value: 2, Gives: -0.15},
				{Name: events.TermBar + "breaking", Value: 0.45},
			}},
			[]string{
				"**Breaking**: it weighs 0.52 of 1, and breaking begins at 0.45.",
				"+0.26 independent owners: 4",
				"+0.16 grave words: killed, quake",
				"+0.03 billions in money: 4.1",
				"−0.15 reports that are opinion, background or a running account: 2",
			},
		},
		{
			"normal",
			news.Event{Class: news.ClassNormal, Weight: 0.13, Terms: []news.Term{
				{Name: events.TermOwners, Value: 2, Gives: 0.13}, {Name: events.TermBar + "major", Value: 0.28},
			}},
			[]string{"**Normal**: it weighs 0.13 of 1, and major begins at 0.28.", "+0.13 independent owners: 2"},
		},
		{
			"kept",
			news.Event{Class: news.ClassMajor, Weight: 0.25, Terms: []news.Term{
				{Name: events.TermOwners, Value: 4, Gives: 0.26}, {Name: events.TermBar + "major", Value: 0.28},
			}},
			[]string{"**Major**: it weighs 0.25 of 1, and major now begins at 0.28.", "+0.26 independent owners: 4"},
		},
		{
			"just below",
			news.Event{Class: news.ClassNormal, Weight: 0.2791, Terms: []news.Term{
				{Name: events.TermOwners, Value: 2, Gives: 0.13}, {Name: events.TermBar + "major", Value: 0.28},
			}},
			[]string{"**Normal**: it weighs 0.2791 of 1, and major begins at 0.2800.", "+0.13 independent owners: 2"},
		},
		{
			"nothing to it",
			news.Event{Class: news.ClassNormal, Terms: []news.Term{{Name: events.TermBar + "major", Value: 0.28}}},
			[]string{"**Normal**: it weighs 0.00 of 1, and major begins at 0.28.", "One owner tells of it so far, and nothing in it is grave."},
		},
		{"before weights", news.Event{}, []string{"It was stored before events were weighed: it counts as normal."}},
	} {
		if diff := cmp.Diff(tt.want, bot.WhyClass(tt.event)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

func TestLatest_ShowsImportance(t *testing.T) { // M21
	t.Parallel()
	for _, tt := range []struct {
		class  news.Class
		weight float64
		want   string
	}{
		{"", 0.9, ""},
		{news.ClassNormal, 0.05, "importance ●○○○"},
		{news.ClassNormal, 0.17, "importance ●●○○"},
		{news.ClassMajor, 0.4, "importance ●●●○"},
		{news.ClassBreaking, 0.4, "importance ●●●●"},
	} {
		e := quake()
		e.Class, e.Weight = tt.class, tt.weight
		reply, err := commands(&shelf{events: []news.Event{e}}).Handle(t.Context(), run("latest"))
		if err != nil {
			t.Fatal(err)
		}
		_, shown, _ := strings.Cut(reply.Message.Embeds[0].Description, ":R> · ")
		if got, _, _ := strings.Cut(shown, " · "); got != tt.want && (tt.want != "" || strings.Contains(shown, "importance")) {
			t.Errorf("%q, %v: %q, want %q", tt.class, tt.weight, shown, tt.want)
		}
	}
}

func TestWhy_TellsWhatAnEventWeighs(t *testing.T) { // B6
	t.Parallel()
	e := breaking()
	e.Terms = []news.Term{{Name: events.TermOwners, Value: 4, Gives: 0.26}, {Name: events.TermCountries, Value: 2, Gives: 0.04}, {Name: events.TermBar + "breaking", Value: 0.39}}
	s := &shelf{events: []news.Event{e}}
	reply := handle(t, bot.NewCommands(bot.Options{Events: s, Subscriptions: s, Trails: records(), Now: clock}), run("why", "about", "5726"))
	x := bot.Explanation{Event: e}
	for name, got := range map[string]string{"on Discord": reply.Message.Embeds[0].Description, "in a shell": x.Text(bot.DefaultTopics())} {
		for _, want := range []string{"it weighs 0.62 of 1, and breaking begins at 0.39.", "+0.26 independent owners: 4", "+0.04 countries: 2"} {
			if !strings.Contains(got, want) {
				t.Errorf("%s: lacks %q:\n%s", name, want, got)
			}
		}
	}
}
