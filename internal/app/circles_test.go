package app

import (
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
		if d := c.of(a(topic)).Decide(doc(int64(10 + i))); d.Event != 0 {
			t.Errorf("an article of %s joins event %d of another circle", topic, d.Event)
		}
		c.of(a(topic)).Add(doc(int64(10+i)), int64(100+i), 0)
	}
	for i, topic := range topics {
		if d := c.of(a(topic)).Decide(doc(int64(20 + i))); d.Event != int64(100+i) {
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
