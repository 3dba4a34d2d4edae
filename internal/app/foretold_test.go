package app_test

import (
	"log/slog"
	"testing"

	"newsdesk/internal/app"
	"newsdesk/internal/config"
	"newsdesk/news"
)

// M11, B11: what a channel would have got, said from the stored events, is what
// it gets.
func TestReplay_FiltersGiveWhatIsForetold(t *testing.T) {
	t.Parallel()
	day := readDay(t, "hoax")
	play := func(set news.Settings) app.ReplayStats {
		c := config.Default()
		stats, err := app.Replay(t.Context(), app.ReplayOptions{
			Config: c, Version: "test", Log: slog.New(slog.DiscardHandler), Articles: day.articles, Settings: set, Progress: func(string, int, int) {},
		})
		if err != nil {
			t.Fatal(err)
		}
		return stats
	}
	all := play(news.Settings{})
	for name, set := range map[string]news.Settings{
		"exclude": {Filters: []news.Filter{{Exclude: true, Kind: news.FilterPattern, Text: "fire|flood|storm|police"}}},
		"include": {Filters: []news.Filter{{Kind: news.FilterPattern, Text: "fire|flood|storm|police"}}},
	} {
		got := play(set)
		if got.Messages != got.Foretold {
			t.Errorf("%s: %d messages, %d foretold", name, got.Messages, got.Foretold)
		}
		if got.Messages == 0 || got.Messages >= all.Messages {
			t.Errorf("%s: %d messages of %d: the filter is no test", name, got.Messages, all.Messages)
		}
	}
}
