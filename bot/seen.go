package bot

import (
	"context"
	"strings"

	"newsdesk/bot/message"
	"newsdesk/news"
)

// Seen is what one server may see: what is for all, and what the feeds that it
// added brought.
type Seen struct {
	Events    Events
	Timelines Timelines
	Answerer  Answerer
	Trails    Trails
	Schedules Schedules
	Overview  Overview
}

// seenBy returns the commands as a server has them: they look at nothing that it
// may not see, and the feeds that it added are topics beside the others. All
// interactions are answered by such commands, so that none can forget it.
func (c *Commands) seenBy(ctx context.Context, guild news.GuildID) (*Commands, error) {
	if c.seen == nil && c.feeds == nil {
		return c, nil
	}
	scoped := *c
	if c.seen != nil {
		s := c.seen(guild)
		scoped.events, scoped.timelines, scoped.answers = s.Events, s.Timelines, s.Answerer
		scoped.trails, scoped.schedules, scoped.console.Overview = s.Trails, s.Schedules, s.Overview
	}
	if c.feeds != nil && guild != "" {
		list, err := c.feeds.GuildFeeds(ctx, guild)
		if err != nil {
			return c, err
		}
		scoped.topics = c.topics.with(list)
	}
	return &scoped, nil
}

// with returns the topics and, behind them, those of a server's feeds, each
// under a name that no other has.
func (t Topics) with(list []news.GuildFeed) Topics {
	out := append(Topics(nil), t...)
	for _, f := range list {
		out = append(out, out.feed(f.Feed))
	}
	return out
}

// feed returns a feed's topic, whose name differs from those in the table.
func (t Topics) feed(f news.Feed) Topic {
	name := message.Cut(message.Plain(feedName(f)), 60)
	if _, taken := t.Find(name); taken || name == "" || strings.EqualFold(name, AllTopics) {
		name = message.Cut(name, 30) + " (" + message.Cut(feedAddress(f.URL), 50) + ")"
	}
	if _, taken := t.Find(name); taken {
		name = message.Cut(name, 70) + " " + news.FeedTopic(f.ID)
	}
	return Topic{Slug: news.FeedTopic(f.ID), Name: name, Color: plainColor, Emoji: plainEmoji}
}
