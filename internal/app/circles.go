package app

import (
	"time"
	"unicode/utf8"

	"newsdesk/events"
	"newsdesk/news"
)

// ownThreshold is the likelihood from which an article joins an event of its own
// feed. It is higher than among all feeds: pieces of one outlet are alike in
// their words though they tell of different matters, and one that joins the wrong
// event is not posted, while one that joins none is a message too many. Measured
// on the labelled events, each outlet for itself in streams of 40: of 7,284
// titles 298 join the wrong event in place of 655, of 206 whole articles 3 in
// place of 10; of the right ones 1,049 in place of 1,560 join, and 29 of 33.
const ownThreshold = 0.8

// ownText is how long an article of a guild's own feed must be, in characters, to
// join another that it does not repeat word for word. Release notes, posts and
// videos of one author have too few words to tell by what they are about.
const ownText = 600

// circles keep articles apart that must not be put together. Those for all are
// grouped with each other. Those of a feed that guilds added, and the operator
// does not follow, are grouped with articles of the same feed only: an event has
// either none of them or nothing else, so that it is shown whole or not at all,
// and how many outlets tell of a public event says nothing of what a guild
// reads. An article's topic says which circle it is in. They are not safe for
// concurrent use.
type circles struct {
	all *events.Grouper // nil until it is asked for: a refresh without a new article has no use for its model
	own map[news.FeedID]*events.Grouper
}

func newCircles() *circles {
	return &circles{own: map[news.FeedID]*events.Grouper{}}
}

// of returns the grouper of an article.
func (c *circles) of(a news.Article) *events.Grouper {
	feed, own := news.TopicFeed(a.Topic)
	if !own {
		if c.all == nil {
			c.all = events.New(events.Default())
		}
		return c.all
	}
	g := c.own[feed]
	if g == nil {
		o := events.Default()
		o.Threshold = ownThreshold
		g = events.New(o)
		c.own[feed] = g
	}
	return g
}

// decide says which event of its circle an article tells of.
func (c *circles) decide(a news.Article, doc events.Doc) events.Decision {
	d := c.of(a).Decide(doc)
	if _, own := news.TopicFeed(a.Topic); own && d.DuplicateOf == 0 && utf8.RuneCountInString(doc.Text) < ownText {
		return events.Decision{Score: d.Score}
	}
	return d
}

// union says what the article that was added last shows of another event of its
// circle. In a guild's own feed it shows nothing: pieces of one outlet are alike,
// and what makes two of its stories one was measured among all feeds only.
func (c *circles) union(a news.Article, doc events.Doc) events.Union {
	if _, own := news.TopicFeed(a.Topic); own {
		return events.Union{Bond: events.BondNone}
	}
	return c.of(a).Union(doc)
}

// split says whether the article that was added last shows that its event is two;
// in a guild's own feed it shows nothing, as with union.
func (c *circles) split(a news.Article, doc events.Doc) events.Split {
	if _, own := news.TopicFeed(a.Topic); own {
		return events.Split{}
	}
	return c.of(a).Split(doc)
}

// prune forgets the articles of before a time in an article's circle, and the
// circles in which none is left.
func (c *circles) prune(a news.Article, before time.Time) {
	feed, own := news.TopicFeed(a.Topic)
	if !own {
		c.of(a).Prune(before)
		return
	}
	for id, g := range c.own {
		if g.Prune(before); g.Len() == 0 && id != feed {
			delete(c.own, id)
		}
	}
}
