package app

import (
	"context"
	"fmt"

	"newsdesk/bot"
	"newsdesk/feeds"
	"newsdesk/internal/config"
	"newsdesk/news"
	"newsdesk/store"
)

// sync stores what the configuration says of feeds and subscriptions, and notes the
// topics of its feeds.
func (a *App) sync(ctx context.Context) error {
	list, err := FeedList(a.opts.Config)
	if err != nil {
		return err
	}
	noted := map[string]bool{}
	for _, f := range list {
		if !noted[f.Topic] {
			noted[f.Topic] = true
			a.topics = append(a.topics, f.Topic)
		}
	}
	if err := a.db.SyncFeeds(ctx, list, a.opts.Now()); err != nil {
		return fmt.Errorf("store the list of feeds: %w", err)
	}
	if a.opts.Config.WebSub.CallbackURL == "" {
		if err := a.db.StopPushes(ctx); err != nil {
			return err
		}
	}
	for _, s := range a.opts.Config.Subscriptions {
		for _, t := range s.Topics {
			if _, err := a.db.Subscribe(ctx, news.Subscription{Channel: news.ChannelID(s.Channel), Topic: t}); err != nil {
				return fmt.Errorf("store the subscriptions: %w", err)
			}
		}
	}
	return nil
}

// FeedList returns the feeds that a configuration follows: its own, and those
// of the catalogue's topics. With neither, it is the catalogue's world news.
func FeedList(c config.Config) ([]news.Feed, error) {
	out, seen := make([]news.Feed, 0, len(c.Feeds)), make(map[string]bool, len(c.Feeds))
	add := func(f news.Feed) {
		if !seen[f.URL] {
			seen[f.URL] = true
			out = append(out, f)
		}
	}
	for _, f := range c.Feeds {
		add(news.Feed{URL: f.URL, Name: f.Name, Topic: f.Topic})
	}
	topics := c.Catalogue.Topics
	if len(topics) == 0 {
		if len(out) > 0 {
			return out, nil
		}
		topics = []string{"world"}
	}
	list, err := feeds.Catalogue(topics...)
	if err != nil {
		return nil, fmt.Errorf("catalogue.topics: %w", err)
	}
	for _, f := range list {
		add(f)
	}
	return out, nil
}

// followable returns the topics that everybody can follow: those of the feeds in
// use, in their order, less those of guilds' own feeds.
func followable(ctx context.Context, db *store.DB) (bot.Topics, error) {
	list, err := db.SharedTopics(ctx)
	if err != nil {
		return nil, err
	}
	var out bot.Topics
	looks := bot.DefaultTopics()
	for _, t := range list {
		if _, known := out.Find(t); !known {
			out = append(out, looks.Named(t))
		}
	}
	return out, nil
}
