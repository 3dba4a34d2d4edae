package app_test

import (
	"log/slog"
	"strings"
	"testing"
	"time"

	"newsdesk/bot/discordtest"
	"newsdesk/feeds/feedstest"
	"newsdesk/store"
)

// reappears is an article that comes back in its feed in another guise.
type reappears struct {
	how   string
	place string // where its story happens: no other story has the name
	title string
	text  []string

	feed  *feedstest.Feed
	first feedstest.Item
	again func(it *feedstest.Item)
	with  []feedstest.Item // what stands beside it at first
}

// An article is posted once, whatever becomes of it in its feed, and whenever
// the program is stopped.
func TestSystem_SameArticleNeverTwice(t *testing.T) { // M7
	t.Parallel()
	s := newSystem(t)
	s.config.Subscriptions = append(s.config.Subscriptions, subscription(s.channel.ID, "world"))
	cases := []*reappears{
		{
			how: "edited title", place: "Orvale", title: "Ferry between Orvale and the islands runs again after engine fire",
			text: []string{
				"The ferry between Orvale and the outer islands sailed again on Tuesday, nine days after a fire in its engine room, the harbour office said.",
				"Some 400 islanders had been carried by fishing boats meanwhile. The shipping line put the damage at two million crowns and said nobody was hurt.",
			},
			again: func(it *feedstest.Item) { it.Title = "Orvale ferry sails again, nine days after fire" },
		},
		{
			how: "bumped date", place: "Kestrin", title: "Kestrin museum returns bronze mask to village that lost it in 1931",
			text: []string{
				"The museum of Kestrin gave a bronze mask back on Monday to the village from which collectors took it in 1931, its director said.",
				"Six more objects will follow before winter. A court had ruled in March that the purchase was void because the seller did not own the mask.",
			},
			again: func(it *feedstest.Item) { it.Published = it.Published.Add(40 * time.Minute) },
		},
		{
			how: "tracking parameters", place: "Dunmarrow", title: "Dunmarrow council bans cars from old town at weekends",
			text: []string{
				"Cars may no longer enter the old town of Dunmarrow at weekends from June, the council decided by 17 votes to 14 on Monday night.",
				"Residents and doctors are exempt. Shopkeepers said they would appeal; a trial last summer had cut noise by a third, according to the city engineer.",
			},
			again: func(it *feedstest.Item) {
				it.GUID, it.Link = "", it.Link+"?utm_source=rss&utm_campaign=daily&fbclid=x1"
			},
		},
		{
			how: "https and www", place: "Lisker", title: "Drought forces Lisker brewery to halve its output",
			text: []string{
				"The largest brewery in Lisker will halve its output until the autumn because its wells have fallen by four metres, the owner said on Tuesday.",
				"None of the 230 employees is to lose work. The water board had asked all factories along the river to save a fifth of what they use.",
			},
			again: func(it *feedstest.Item) {
				it.GUID, it.Link = "", strings.Replace(it.Link, "http://", "https://www.", 1)
			},
		},
		{
			how: "AMP copy", place: "Tollerby", title: "Tollerby teachers accept pay offer and call off strike",
			text: []string{
				"Teachers in Tollerby accepted an offer of 5.2 percent more pay and called off a strike that was to begin on Thursday, their union said.",
				"The vote was 3,410 to 1,102. Schools had planned to close for a week; exams for the leaving certificate now take place as announced.",
			},
			again: func(it *feedstest.Item) { it.GUID, it.Link = "", it.Link+"/amp" },
		},
		{
			how: "deleted neighbour", place: "Havrin", title: "Rare vulture hatches in Havrin gorge for first time since 1958",
			text: []string{
				"A bearded vulture has hatched in the gorge of Havrin for the first time since 1958, the park's rangers said on Tuesday.",
				"The nest is watched by camera and may not be approached within 500 metres. The parents were released eleven years ago as part of a breeding scheme.",
			},
			again: func(*feedstest.Item) {},
			with: []feedstest.Item{
				{Title: "Chess club elects a new chair", Link: "/old-chess-club", GUID: "the-same", Published: s.at.AddDate(0, -2, 0)},
				{Title: "Bakery prize goes to a beginner", Link: "/old-bakery-prize", GUID: "the-same", Published: s.at.AddDate(0, -2, -1)},
			},
		},
		{
			how: "changed GUID", place: "Ostwick", title: "Ostwick court frees baker held for eight months over mistaken identity",
			text: []string{
				"A court in Ostwick freed a baker on Tuesday who had spent eight months in custody because he was taken for another man, his lawyer said.",
				"The judge spoke of a chain of errors. The baker is to have 96,000 crowns in damages; the prosecutor's office has opened an inquiry of its own.",
			},
			again: func(it *feedstest.Item) { it.GUID = "https://example.invalid/?p=99812" },
		},
		{
			how: "restart in the middle", place: "Perlow", title: "Perlow zoo recaptures lynx after three days on the loose",
			text: []string{
				"Keepers of the zoo in Perlow caught a lynx on Tuesday that had been on the loose for three days, the zoo's director said.",
				"The animal was found asleep in a barn four kilometres away. A branch that fell in a storm had torn the fence of the enclosure on Saturday.",
			},
			again: func(*feedstest.Item) {},
		},
	}
	stories := len(cases) + 1 // and one at the end
	for i, c := range cases {
		stories += len(c.with)
		slug := "2026/03/" + strings.ToLower(c.place) + "-story-" + string(rune('1'+i)) + "0417"
		s.news.Page("/"+slug, page("Desk", c.title, c.text))
		c.feed = s.outlet("Desk" + string(rune('A'+i)))
		c.first = feedstest.Item{Title: c.title, Link: s.news.URL("/" + slug), GUID: slug, Published: s.at.Add(-time.Duration(i) * time.Minute), Summary: c.text[0]}
		switch c.how {
		case "tracking parameters", "https and www", "AMP copy":
			c.first.GUID = "" // known by its address alone
		case "deleted neighbour":
			c.first.GUID = "the-same"
		}
	}
	last := cases[len(cases)-1] // comes once the others are posted
	s.start()
	for _, c := range cases[:len(cases)-1] {
		c.feed.SetRSS("Desk", append([]feedstest.Item{c.first}, c.with...)...)
	}
	s.wait("the alerts", func() bool { return s.tells(cases[:len(cases)-1]) })
	last.feed.SetRSS("Desk", last.first)
	polled := last.feed.Requests()
	s.wait("the poll that brings the last article", func() bool { return last.feed.Requests() > polled })
	s.stop() // its article is stored, read or posted, or none of it yet
	for _, c := range cases {
		it := c.first
		c.again(&it)
		c.feed.SetRSS("Desk", it)
	}
	s.start()
	before := make([]int, len(cases))
	for i, c := range cases {
		before[i] = c.feed.Requests()
	}
	s.wait("two more polls of every feed", func() bool {
		for i, c := range cases {
			if c.feed.Requests() < before[i]+2 {
				return false
			}
		}
		return true
	})
	// Articles are taken in their order: when this one is posted, any other that
	// was taken for new would have been.
	end := &reappears{place: "Wendleigh"}
	s.at = time.Now()
	s.publish(cases[0].feed, "Desk", "wendleigh-lighthouse-20417", "Wendleigh lighthouse lit again after a century",
		"The lighthouse of Wendleigh shone again on Tuesday night for the first time since 1926, after volunteers had repaired its lamp for four years.",
		"It serves no ship any more; the coast guard asked that it be switched off at midnight. Some two thousand people watched from the beach.")
	s.wait("the end", func() bool { return s.tells(append(cases, end)) })
	for _, c := range cases {
		var found []string
		for _, m := range s.channel.Messages() {
			if mentions(m, c.place) {
				found = append(found, text(m))
			}
		}
		if len(found) != 1 {
			t.Errorf("%s: %d messages, want one:\n%s", c.how, len(found), strings.Join(found, "\n---\n"))
		}
	}
	// What came back is not even another article of the same event.
	s.stop()
	db, err := store.Open(t.Context(), s.config.Database.Path, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if n, _, err := db.CountArticles(t.Context(), time.Time{}); err != nil || n != stories {
		t.Errorf("%d articles are stored, err %v; want one for each of %d stories", n, err, stories)
	}
	if n := len(s.channel.Messages()); n != stories {
		t.Errorf("%d messages in all, want one for each of %d stories", n, stories)
	}
}

// tells reports whether the channel has a message about each of the stories.
func (s *system) tells(stories []*reappears) bool {
	messages := s.channel.Messages()
	for _, c := range stories {
		found := false
		for _, m := range messages {
			found = found || mentions(m, c.place)
		}
		if !found {
			return false
		}
	}
	return true
}

func mentions(m discordtest.Message, name string) bool { return strings.Contains(text(m), name) }
