package app_test

import (
	"log/slog"
	"strings"
	"testing"
	"time"

	"newsdesk/feeds/feedstest"
	"newsdesk/internal/app"
	"newsdesk/store"
)

// What an outlet prints on every page is no part of its articles, also where the
// program was started anew in between.
func TestPipeline_LeavesOutWhatAnOutletRepeats(t *testing.T) {
	t.Parallel()
	s := newSystem(t)
	const plea = "The Daily Ledger has been independent since 1921. Help us to stay so with a gift of your choice, however small."
	ledger := s.outlet("Ledger")
	stories := [][3]string{
		{"Bridge at Oskvale falls into river", "A road bridge at Oskvale fell into the river on Monday morning, an hour after it had been closed, police said.", "Three people were hurt when they jumped off a lorry that had stopped on the eastern ramp. The county wants a new bridge within two years."},
		{"Kestrin museum gives bronze mask back", "The museum of Kestrin gave a bronze mask back on Monday to the village from which collectors took it in 1931.", "Six more objects are to follow before winter, the director said. A court had ruled in March that the purchase was void from the start."},
		{"Teachers of Tollerby call off strike", "Teachers in Tollerby accepted an offer of 5.2 percent and called off a walkout that was to begin on Thursday.", "The vote was 3,410 to 1,102, their union said. Exams for the leaving certificate now take place as they had been announced in January."},
		{"Lynx caught after three days on the loose", "Keepers of the zoo in Perlow found an animal asleep in a barn that had been missing since the fence broke in a storm.", "The barn is four kilometres away from the enclosure. The owner had taken the visitor for a neighbour's cat, he told the local radio."},
		{"Drought halves output of Lisker brewery", "The largest brewery in Lisker will halve its output until the autumn because its wells have fallen by four metres.", "None of the 230 employees is to lose work. The water board had asked all factories along the river to save a fifth of what they use."},
	}
	var items []feedstest.Item
	poll := func(from, to int) {
		for i := from; i < to; i++ {
			st := stories[i]
			slug := "/story-" + string(rune('a'+i))
			s.news.Page(slug, page("Ledger", st[0], []string{st[1], st[2], plea}))
			items = append(items, feedstest.Item{Title: st[0], Link: s.news.URL(slug), GUID: slug, Published: s.at.Add(time.Duration(i) * time.Second), Summary: st[1]})
		}
		ledger.SetRSS("Ledger", items...)
		a, err := app.OpenBatch(t.Context(), app.Options{Config: s.config, Version: "test", Now: time.Now, Log: slog.New(slog.DiscardHandler)})
		if err != nil {
			t.Fatal(err)
		}
		if stats, err := a.PollOnce(t.Context(), true, func(string, int, int) {}); err != nil || stats.Articles != to-from {
			t.Fatalf("%d articles, %v", stats.Articles, err)
		}
		if err := a.Close(); err != nil {
			t.Fatal(err)
		}
	}
	poll(0, 3)
	poll(3, 5)
	db, err := store.Open(t.Context(), s.config.Database.Path, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var recent []store.Stored
	err = db.EachRecent(t.Context(), time.Time{}, func(s store.Stored) error { recent = append(recent, s); return nil })
	if err != nil || len(recent) != len(stories) {
		t.Fatalf("%d articles, %v", len(recent), err)
	}
	for i, r := range recent {
		if has, want := strings.Contains(r.Article.Body, plea), i < 3; has != want || !strings.Contains(r.Article.Body, stories[i][2]) {
			t.Errorf("article %d has the plea: %v, want %v:\n%s", i, has, want, r.Article.Body)
		}
	}
}
