package app

import (
	"time"

	"newsdesk/events"
	"newsdesk/news"
)

// circles keep articles apart that must not be put together. Those for all are
// grouped with each other. Those of a feed that guilds added, and the operator
// does not follow, are grouped with articles of the same feed only: an event has
// either none of them or nothing else, so that it is shown whole or not at all,
// and how many outlets tell of a public event says nothing of what a guild
// reads. An article's topic says which circle it is in. They are not safe for
// concurrent use.
type circles struct {
	all *events.Grouper
	own map[news.FeedID]*events.Grouper
}

func newCircles() *circles {
	return &circles{all: events.New(events.Default()), own: map[news.FeedID]*events.Grouper{}}
}

// of returns the grouper of an article.
func (c *circles) of(a news.Article) *events.Grouper {
	feed, own := news.TopicFeed(a.Topic)
	if !own {
		return c.all
	}
	g := c.own[feed]
	if g == nil {
		g = events.New(events.Default())
		c.own[feed] = g
	}
	return g
}

// prune forgets the articles of before a time in an article's circle, and the
// circles in which none is left.
func (c *circles) prune(a news.Article, before time.Time) {
	feed, own := news.TopicFeed(a.Topic)
	if !own {
		c.all.Prune(before)
		return
	}
	for id, g := range c.own {
		if g.Prune(before); g.Len() == 0 && id != feed {
			delete(c.own, id)
		}
	}
}
