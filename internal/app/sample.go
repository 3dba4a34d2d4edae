package app

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"newsdesk/digest"
	"newsdesk/events"
	"newsdesk/news"
)

// A channel that starts to follow a topic gets the topic's newest event, so
// that its admin sees at once how an alert looks and that posting works. Where
// there is no event yet, as at the very first start, it gets the first one that
// is stored, which the baseline would otherwise keep from being posted.

const (
	// sampled is how many events are looked at for one to post.
	sampled = 10
	// sampleTries are the tries to post one while events are put together.
	sampleTries = 3
)

// announcer samples the subscriptions that are made in Discord.
type announcer struct{ *App }

// Newest queues the newest event, and reports whether there was one that the
// channel does not have.
func (a announcer) Newest(ctx context.Context, sub news.Subscription) (bool, error) {
	return a.sample(ctx, sub)
}

// Skip marks a subscription as one that needs no sample.
func (a announcer) Skip(ctx context.Context, sub news.Subscription) error {
	return a.db.Sampled(ctx, sub)
}

// drills are posted at once, past the outbox.
type drills struct{ *App }

// Drill posts a drill.
func (d drills) Drill(ctx context.Context, ch news.ChannelID, topic, role string) error {
	return d.poster.Drill(ctx, ch, topic, role)
}

// sampleNew gives their sample to the subscriptions that still wait for it, once
// every feed was read and no article is left to be condensed: the newest story of
// the feeds that happened to be first need not be the newest.
func (a *App) sampleNew(ctx context.Context) error {
	subs, err := a.db.Unsampled(ctx)
	if err != nil || len(subs) == 0 {
		return err
	}
	if unread, err := a.db.Unread(ctx, a.opts.Now()); err != nil || unread {
		return err
	}
	due, err := a.db.DueArticles(ctx, a.opts.Now(), 1)
	if err != nil || len(due) > 0 {
		return err
	}
	for _, sub := range subs {
		if !a.surface.owns(sub.Channel) {
			continue
		}
		c, err := a.db.Channel(ctx, sub.Channel)
		if err != nil {
			return err
		}
		if _, quiet := events.QuietEnd(c.Quiet, a.opts.Now(), digest.ZoneOr(c.Zone)); quiet {
			continue // it can wait
		}
		if _, err := a.sample(ctx, sub); err != nil {
			return err
		}
	}
	return nil
}

// sample queues the newest event of a subscription's topic, and reports whether
// there was one that the channel does not have. Where that was put into another
// one in the meantime, it looks again.
func (a *App) sample(ctx context.Context, sub news.Subscription) (bool, error) {
	queued, err := a.sampleNewest(ctx, sub)
	for try := 1; try < sampleTries && errors.Is(err, news.ErrConflict); try++ {
		queued, err = a.sampleNewest(ctx, sub)
	}
	return queued, err
}

func (a *App) sampleNewest(ctx context.Context, sub news.Subscription) (bool, error) {
	topic, seen := sub.Topic, a.db.SeenBy("") // all topics are none of a server's own
	if topic == news.AllTopics {
		topic = ""
	}
	if _, ok := news.TopicFeed(topic); ok {
		seen = a.db.SeenBy(sub.Guild)
	}
	latest, _, err := seen.Latest(ctx, topic, time.Time{}, sampled, 0)
	if err != nil {
		return false, fmt.Errorf("find the newest event: %w", err)
	}
	latest = slices.DeleteFunc(latest, events.Lists)
	if len(latest) == 0 {
		return false, nil
	}
	e := latest[0]
	alerted, err := a.db.Alerted(ctx, e.ID)
	if err != nil {
		return false, fmt.Errorf("load the channels of event %d: %w", e.ID, err)
	}
	if !alerted[sub.Channel] {
		post := news.Post{
			Key:     events.Key(sub.Channel, e.ID, e.Revision, news.PostAlert),
			Channel: sub.Channel, Kind: news.PostAlert, Event: e, NotBefore: a.opts.Now(),
		}
		if err := a.db.Enqueue(ctx, []news.Post{post}); err != nil {
			return false, fmt.Errorf("queue the newest event: %w", err)
		}
		a.relay.Wake()
	}
	if err := a.db.Sampled(ctx, sub); err != nil {
		return false, err
	}
	return !alerted[sub.Channel], nil
}
