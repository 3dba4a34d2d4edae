package app_test

import (
	"log/slog"
	"testing"
	"time"

	"newsdesk/internal/app"
	"newsdesk/internal/config"
	"newsdesk/news"

	"github.com/google/go-cmp/cmp"
)

// A story that one feed files under the world, and two others under business, is
// told in both channels, once in each, and goes on in both. An article whose
// words are all of a match is told where matches are. // M8, M11
func TestReplay_StoryFollowsItsTopic(t *testing.T) {
	t.Parallel()
	start := time.Date(2031, 5, 1, 8, 0, 0, 0, time.UTC)
	at := func(minutes int, outlet, topic, title string, paragraphs ...string) app.Recorded {
		return app.Recorded{Outlet: outlet, Topic: topic, Title: title, Published: start.Add(time.Duration(minutes) * time.Minute), Paragraphs: paragraphs}
	}
	day := []app.Recorded{
		at(5, "Harvell Courier", "world", "Port of Harvell closed after crane falls into the dock",
			"The port of Harvell was closed on Thursday after a crane fell into the dock.",
			"Nobody was hurt, the harbour master Ida Brandt said. Eleven ships wait outside the port of Harvell."),
		at(35, "Corrin Ledger", "business", "Port of Harvell shut after crane falls into dock",
			"A crane fell into the dock at the port of Harvell, which was shut on Thursday, harbour master Ida Brandt said.",
			"The port handles 40 percent of the country's grain. Eleven ships are waiting outside Harvell."),
		at(65, "Trade Wire", "business", "Grain prices rise as crane accident closes port of Harvell",
			"The price of grain rose 6 percent on Thursday after a crane fell into the dock and closed the port of Harvell.",
			"Harbour master Ida Brandt said the port of Harvell will stay closed for nine days."),
		at(125, "Harvell Courier", "world", "Port of Harvell to open on Sunday after crane is lifted from the dock",
			"The port of Harvell will open again on Sunday, harbour master Ida Brandt said, after the crane was lifted from the dock.",
			"The fallen crane weighs 900 tonnes. Fourteen ships are waiting outside the port of Harvell."),
		at(15, "Harvell Courier", "world", "Corrin Town beat Arden United 3-1 to win the cup final",
			"Corrin Town beat Arden United 3-1 in the cup final, with two goals by striker Tomas Hale in the second half.",
			"The coach praised his players after the match. It is the team's first title of any league season, and the striker's ninth goal."),
		at(25, "Arden Sport", "sports", "Ferry rowers race for the harbour trophy", "Eleven crews of rowers race for the harbour trophy on Sunday in Arden Bay."),
	}
	var posts []news.Post
	c := config.Default()
	stats, err := app.Replay(t.Context(), app.ReplayOptions{
		Config: c, Version: "test", Log: slog.New(slog.DiscardHandler), Articles: day, Progress: func(string, int, int) {},
		Sent: func(p news.Post, _ time.Time) { posts = append(posts, p) },
	})
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(map[string]int{"world": 1, "business": 1, "sports": 2}, stats.Channels); d != "" {
		t.Errorf("messages, by channel (-want +got):\n%s", d)
	}
	last := map[news.ChannelID]news.Event{}
	for _, p := range posts {
		if p.Kind != news.PostLine {
			last[p.Channel] = p.Event
		}
	}
	delete(last, "preview-sports")
	for ch, e := range last {
		if len(e.Sources) != 4 || e.Topic != "business" {
			t.Errorf("channel %s shows %d sources under %s at the end, want 4 under business", ch, len(e.Sources), e.Topic)
		}
	}
}
