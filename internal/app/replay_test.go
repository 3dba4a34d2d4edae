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
