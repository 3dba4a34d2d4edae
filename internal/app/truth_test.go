package app_test

import (
	"strings"
	"testing"
	"time"

	"newsdesk/internal/app"
	"newsdesk/news"
)

// articlesOf makes a recording of one happening: minutes after eight, outlet,
// title, paragraphs.
func articlesOf(rows ...[]string) recordedDay {
	at := time.Date(2031, 5, 3, 8, 0, 0, 0, time.UTC)
	var day recordedDay
	for _, r := range rows {
		after, err := time.ParseDuration(r[0])
		if err != nil {
			panic(err)
		}
		day.articles = append(day.articles, app.Recorded{Outlet: r[1], Topic: "world", Title: r[2], Published: at.Add(after), Paragraphs: r[3:], Happening: "one"})
	}
	return day
}

var blackout = [][]string{
	{
		"0m", "Ledger", "Storm leaves 32,000 homes without power in Tarvek", "The storm left 32,000 homes without power in Tarvek on Saturday, the grid operator said.",
		"Trees fell across the coast road and two schools lost their roofs.", "Repair crews from three counties are on their way to Tarvek, the operator said.",
	},
	{
		"20m", "Post", "Tarvek storm cuts power to 28,000 homes", "About 28,000 homes are without power in Tarvek after the storm, the energy ministry said.",
		"The storm tore the roofs off two schools.", "The ministry said that repairs would take until Monday.",
	},
}

// Two outlets that give different numbers at about the same time are shown side
// by side, each with its source. // B3
func TestReplay_ShowsDisagreement(t *testing.T) {
	t.Parallel()
	_, posts, shown := articlesOf(blackout...).play(t, 0)
	if !strings.Contains(shown, "28,000 homes") || !strings.Contains(shown, "another source says 32,000 [1] ⚠") && !strings.Contains(shown, "another source says 32,000 [[1]]") {
		t.Errorf("the message does not show both numbers:\n%s", shown)
	}
	for _, p := range posts {
		for _, f := range p.Event.Facts {
			for _, v := range f.Differs {
				if p.Event.Citation(v.Article) == 0 {
					t.Errorf("%q of %q has no source", v.Value, f.Text)
				}
			}
		}
	}
}

// An outlet that gives another number for what cannot have changed has corrected
// itself: the message and its thread say so, and what was wrong. // B4
func TestReplay_TellsCorrections(t *testing.T) {
	t.Parallel()
	day := articlesOf(
		[]string{
			"0m", "Ledger", "Strong quake shakes Velmora", "An earthquake of magnitude 6.6 shook the port of Velmora on Saturday, the seismology centre said.",
			"Walls fell in the old harbour and the ferry terminal was closed.", "Residents ran into the streets in their night clothes.",
		},
		[]string{
			"30m", "Post", "Velmora port shut after earthquake", "The earthquake closed the port of Velmora and cut the railway to the north.",
			"Engineers are looking at three bridges before trains may run again.", "The mayor asked residents to stay out of the old harbour.",
		},
		[]string{
			"90m", "Ledger", "Velmora quake was of magnitude 6.1", "The earthquake that shook the port of Velmora on Saturday had a magnitude of 6.1, the seismology centre said.",
			"The first reading came from one station only, the centre said.", "The ferry terminal in Velmora stays closed.",
		},
	)
	_, posts, shown := day.play(t, 0)
	lines := 0
	for _, p := range posts {
		if p.Kind == news.PostLine && strings.Contains(p.Line, "6.1") {
			lines++
		}
	}
	if lines != 1 {
		t.Errorf("%d lines tell of the correction, want 1", lines)
	}
	for _, want := range []string{"✏️", "corrected: The earthquake that shook the port of Velmora on Saturday had a magnitude of 6.1", "not 6.6", "corrected · extracted"} {
		if !strings.Contains(shown, want) {
			t.Errorf("the channel does not show %q:\n%s", want, shown)
		}
	}
}
