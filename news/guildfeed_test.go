package news_test

import (
	"slices"
	"testing"

	"newsdesk/news"
)

func TestTopicFeed(t *testing.T) {
	t.Parallel()
	if id, ok := news.TopicFeed(news.FeedTopic(42)); !ok || id != 42 {
		t.Errorf("feed %d, %v", id, ok)
	}
	for _, topic := range []string{"", "world", "all", "feed", "feed:", "feed:x", "feed:0", "feed:-1", "xfeed:1"} {
		if id, ok := news.TopicFeed(topic); ok {
			t.Errorf("%q is the topic of feed %d", topic, id)
		}
	}
}

func TestEvent_Under(t *testing.T) {
	t.Parallel()
	public := news.Event{Topic: "world", Sources: []news.Source{{Feed: 3}, {Feed: 5}, {Feed: 3}, {}}}
	own := news.Event{Topic: news.FeedTopic(7), Sources: []news.Source{{Feed: 7}}}
	for _, tt := range []struct {
		event news.Event
		topic string
		want  bool
	}{
		{public, "world", true},
		{public, news.AllTopics, true},
		{public, "sport", false},
		{public, "feed:3", true},
		{public, "feed:4", false},
		{public, "feed:0", false},
		{own, "feed:7", true},
		{own, "feed:3", false},
		{own, news.AllTopics, false},
		{own, "world", false},
	} {
		if got := tt.event.Under(tt.topic); got != tt.want {
			t.Errorf("%s under %s: %v", tt.event.Topic, tt.topic, got)
		}
	}
	if got := public.Topics(); !slices.Equal(got, []string{"world", news.AllTopics, "feed:3", "feed:5"}) {
		t.Errorf("%q", got)
	}
	if got := own.Topics(); !slices.Equal(got, []string{"feed:7"}) {
		t.Errorf("%q", got)
	}
	for _, e := range []news.Event{public, own} {
		for _, topic := range e.Topics() {
			if !e.Under(topic) {
				t.Errorf("%s is not told under %s", e.Topic, topic)
			}
		}
	}
}
