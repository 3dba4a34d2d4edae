package app_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"newsdesk/internal/app"
	"newsdesk/internal/config"
	"newsdesk/news"
)

// A day of fifteen happenings that outlets tell in five languages: one message a
// happening, told in one language, with the others among its sources. // B9, M8
func TestReplay_AcrossLanguages(t *testing.T) {
	t.Parallel()
	b, err := os.ReadFile(filepath.Join("..", "..", "events", "testdata", "languages.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	var day []app.Recorded
	for lines := bufio.NewScanner(bytes.NewReader(b)); lines.Scan(); {
		var a struct {
			Title, Text, Lang, Source, Event string
			Published                        time.Time
		}
		if err := json.Unmarshal(lines.Bytes(), &a); err != nil {
			t.Fatal(err)
		}
		day = append(day, app.Recorded{Outlet: a.Source, Topic: "news", Lang: a.Lang, Title: a.Title, Paragraphs: []string{a.Text}, Published: a.Published, Happening: a.Event})
	}
	c := config.Default()
	c.Posts.PerHour = 0
	last := map[news.EventID]news.Event{}
	stats, err := app.Replay(t.Context(), app.ReplayOptions{
		Config: c, Version: "test", Log: slog.New(slog.DiscardHandler), Articles: day, Progress: func(string, int, int) {},
		Sent: func(p news.Post, _ time.Time) { last[p.Event.ID] = p.Event },
	})
	if err != nil {
		t.Fatal(err)
	}
	if stats.Messages != 15 || stats.Duplicates != 0 || stats.Mixed != 0 || stats.Missing != 0 {
		t.Errorf("%d messages, %d duplicates, %d mixed, %d missing; want one for each of 15 happenings", stats.Messages, stats.Duplicates, stats.Mixed, stats.Missing)
	}
	for _, e := range last {
		in := map[string]bool{}
		for _, f := range e.Facts {
			in[e.Sources[e.Citation(f.Article)-1].Lang] = true
		}
		if len(in) != 1 || len(e.Sources) < 2 {
			t.Errorf("%q is told in %v, from %d sources", e.Headline, in, len(e.Sources))
		}
	}
}
