package app_test

import (
	"bytes"
	"log/slog"
	"testing"
	"time"

	"newsdesk/internal/app"
	"newsdesk/internal/config"
	"newsdesk/internal/demo"

	"github.com/google/go-cmp/cmp"
)

// A recorded day gives one message a happening, and the same ones each time.
func TestReplay_SameDaySamePosts(t *testing.T) { // M8, M13, B18
	t.Parallel()
	start := time.Date(2026, 3, 3, 6, 0, 0, 0, time.UTC)
	list, err := demo.Articles(start)
	if err != nil {
		t.Fatal(err)
	}
	var day []app.Recorded
	for _, a := range list {
		happening := "quake"
		for word, name := range map[string]string{"Copperline": "ferries", "Arden": "arden", "Brackwater": "brackwater"} {
			if bytes.Contains([]byte(a.Title), []byte(word)) {
				happening = name
			}
		}
		day = append(day, app.Recorded{
			Outlet: a.Outlet, Topic: a.Topic, Title: a.Title, Byline: a.Byline, Paragraphs: a.Paragraphs,
			Published: start.Add(a.At * 400), Happening: happening, // over some hours
		})
	}
	play := func() (app.ReplayStats, string) {
		var out bytes.Buffer
		s, err := app.Replay(t.Context(), app.ReplayOptions{
			Config: config.Default(), Version: "test", Log: slog.New(slog.DiscardHandler), Articles: day, Out: &out,
			Progress: func(string, int, int) {},
		})
		if err != nil {
			t.Fatal(err)
		}
		return s, out.String()
	}
	stats, text := play()
	if stats.Messages != 4 || stats.Duplicates != 0 || stats.Mixed != 0 || stats.Labelled != 4 {
		t.Errorf("%+v, want a message for each of the four happenings", stats)
	}
	if stats.Edits == 0 || stats.Lines == 0 || stats.Facts != stats.Cited {
		t.Errorf("%+v, want edits, lines in threads, and every fact cited", stats)
	}
	if limit := 1.5 * app.ReplayInterval.Minutes(); stats.DelayMax > limit {
		t.Errorf("the longest delay was %.1f minutes, want at most %.1f", stats.DelayMax, limit)
	}
	again, textAgain := play()
	if d := cmp.Diff(again, stats); d != "" {
		t.Errorf("a second replay differs (-second +first):\n%s", d)
	}
	if d := cmp.Diff(textAgain, text); d != "" {
		t.Errorf("a second replay posts other texts (-second +first):\n%s", d)
	}
}

// A recording that is silent for a year is played in a few steps, and what comes
// after the silence is news like any other. // B18
func TestReplay_SkipsSilence(t *testing.T) {
	t.Parallel()
	start := time.Date(2031, 5, 1, 8, 0, 0, 0, time.UTC)
	var day []app.Recorded
	for i, words := range []string{"Crane falls into the dock at Harvell port", "Ferry service to Corrin island starts again", "Museum of Arden opens its new north wing", "Mayor of Brackwater resigns over road contract"} {
		day = append(day, app.Recorded{
			Outlet: "Harvell Courier", Topic: "news", Title: words, Paragraphs: []string{words + ", officials said on the day. Work goes on for two weeks."},
			Published: start.AddDate(0, 0, 130*i).Add(time.Hour), Happening: words,
		})
	}
	steps := 0
	stats, err := app.Replay(t.Context(), app.ReplayOptions{
		Config: config.Default(), Version: "test", Log: slog.New(slog.DiscardHandler), Articles: day, Progress: func(string, int, int) { steps++ },
	})
	if err != nil {
		t.Fatal(err)
	}
	if steps > 600 {
		t.Errorf("%d steps for four articles in 390 days", steps)
	}
	if stats.Messages != 4 || stats.Digests != 0 {
		t.Errorf("%d messages and %d digests, want each article told when it comes", stats.Messages, stats.Digests)
	}
	if limit := 1.5 * app.ReplayInterval.Minutes(); stats.DelayMax > limit {
		t.Errorf("the longest delay was %.1f minutes, want at most %.1f", stats.DelayMax, limit)
	}
}
