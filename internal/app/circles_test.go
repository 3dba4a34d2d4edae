package app

import (
	"strings"
	"testing"
	"time"

	"newsdesk/events"
	"newsdesk/news"
)

// What a server's feed brings joins nothing but what the same feed brought.
func TestCircles(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 14, 12, 0, 0, 0, time.UTC)
	c := newCircles()
	a := func(topic string) news.Article { return news.Article{Topic: topic} }
	doc := func(id int64) events.Doc {
		return events.Doc{
			ID: id, Title: "Regatta of Velmora called off because of a storm", Source: "Paper", Published: now, Lang: "en",
			Text: "The regatta of Velmora was called off on Tuesday because of a storm over the harbour, the rowing club said. About 420 rowers from 31 clubs had come to Velmora for the regatta.",
		}
	}
	topics := []string{"world", news.FeedTopic(1), news.FeedTopic(2)}
	for i, topic := range topics {
		if d := c.decide(a(topic), doc(int64(10+i))); d.Event != 0 {
			t.Errorf("an article of %s joins event %d of another circle", topic, d.Event)
		}
		c.of(a(topic)).Add(doc(int64(10+i)), int64(100+i), 0)
	}
	for i, topic := range topics {
		if d := c.decide(a(topic), doc(int64(20+i))); d.Event != int64(100+i) {
			t.Errorf("an article of %s joins event %d, want %d", topic, d.Event, 100+i)
		}
	}
	if c.of(a("sport")) != c.of(a("world")) {
		t.Error("topics for all are apart")
	}
	c.prune(a(news.FeedTopic(1)), now.Add(time.Hour))
	if len(c.own) != 1 || c.own[1] == nil || c.own[1].Len() != 0 || c.all.Len() != 1 {
		t.Errorf("%d circles are kept", len(c.own))
	}
}

// Among all feeds an article may show that two stories are one; in a server's own
// feed it shows nothing.
func TestCircles_ServersOwnStoriesStayAsTheyAre(t *testing.T) { // B1
	t.Parallel()
	now := time.Date(2026, 3, 3, 6, 0, 0, 0, time.UTC)
	for topic, want := range map[string]events.Bond{"world": events.BondOne, news.FeedTopic(1): events.BondNone} {
		c, a := newCircles(), news.Article{Topic: topic}
		var last events.Union
		for i, p := range append(append([][]string{}, meltemi.others...), meltemi.aground, meltemi.rescue, meltemi.all) {
			doc := events.Doc{ID: int64(i + 1), Title: p[0], Text: strings.Join(p[1:], "\n\n"), Source: "Paper", Lang: "en", Published: now.Add(time.Duration(i) * 20 * time.Minute)}
			event := c.of(a).Decide(doc).Event
			if event == 0 {
				event = doc.ID
			}
			c.of(a).Add(doc, event, 0)
			last = c.union(a, doc)
		}
		if last.Bond != want {
			t.Errorf("%s: %+v, want %q", topic, last, want)
		}
	}
}

// What a project or a club publishes is alike in its words, and each piece is
// news: a feed's later items are not swallowed by its earlier ones.
func TestCircles_ItemsOfOneFeedAreApart(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 14, 12, 0, 0, 0, time.UTC)
	for name, docs := range map[string][][2]string{
		"releases": {
			{"v1.8.0", "What's changed: the importer reads compressed files. Fixes a crash when a folder is empty. Full changelog: v1.7.3...v1.8.0"},
			{"v1.8.1", "What's changed: fixes the sorting of dates in reports. Full changelog: v1.8.0...v1.8.1"},
			{"v1.9.0", "What's changed: a new command lists what is waiting. Full changelog: v1.8.1...v1.9.0"},
		},
		"a town's paper": {
			{"Bridge of Tolm closed for repairs", "The bridge of Tolm is closed for repairs until May, the council of Tolm said on Tuesday. Buses go round by Marrow."},
			{"Tower of Tolm closes to visitors", "The tower of Tolm is closed to visitors from Monday, the mayor Petra Lind said. Its stairs are worn and repairs cost 3 million crowns."},
			{"Council of Tolm raises the dog tax", "The council of Tolm raises the dog tax by four crowns from January. Shepherds go on paying nothing."},
		},
		"videos": {
			{"How to sharpen a plane iron | Workshop", "In this video I show how I sharpen a plane iron. Subscribe for more."},
			{"How to flatten a plane sole | Workshop", "In this video I show how I flatten the sole of an old plane. Subscribe for more."},
		},
	} {
		c := newCircles()
		a := news.Article{Topic: news.FeedTopic(1)}
		for i, d := range docs {
			doc := events.Doc{ID: int64(i + 1), Title: d[0], Text: d[1], Source: name, Published: now.Add(time.Duration(i) * 20 * time.Hour), Lang: "en"}
			if got := c.decide(a, doc); got.Event != 0 {
				t.Errorf("%s: %q joins that of %q (%.2f)", name, d[0], docs[got.Event-1][0], got.Score)
			}
			c.of(a).Add(doc, int64(i+1), 0)
		}
	}
}
