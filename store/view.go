package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"time"

	"newsdesk/ask"
	"newsdesk/digest"
	"newsdesk/news"
	"newsdesk/trail"
)

// forAll is the condition that the topic of a column is no guild's own feed: it
// may be shown to everybody.
func forAll(column string) string { return `substr(` + column + `, 1, 5) <> 'feed:'` }

// visible is the condition that the topic of a column may be shown in the guild
// of a placeholder.
func visible(column string, n int) string {
	return `(` + forAll(column) + ` OR ` + column + ` IN (SELECT 'feed:' || feed FROM guild_feeds WHERE guild = $` + strconv.Itoa(n) + `))`
}

// View is what one guild may see: what is for all, and what the feeds that it
// follows by itself brought. Its methods are those of the DB with that bound;
// those that it does not replace tell nothing of stories. The view of guild "",
// and so a direct message's, is what is for all.
type View struct {
	*DB
	guild news.GuildID
}

var _ ask.Index = View{}

// SeenBy returns the view of a guild.
func (db *DB) SeenBy(guild news.GuildID) View { return View{db, guild} }

// Event is DB.Event; what the guild may not see is news.ErrNotFound.
func (v View) Event(ctx context.Context, id news.EventID) (news.Event, error) {
	e, err := v.DB.Event(ctx, id)
	if err != nil {
		return e, err
	}
	ok, err := v.may(ctx, e.Topic)
	if err != nil {
		return news.Event{}, fmt.Errorf("load event %d: %w", id, err)
	}
	if !ok {
		return news.Event{}, fmt.Errorf("load event %d: %w", id, news.ErrNotFound)
	}
	return e, nil
}

// may reports whether the guild may see what has a topic.
func (v View) may(ctx context.Context, topic string) (bool, error) {
	feed, own := news.TopicFeed(topic)
	if !own {
		return true, nil
	}
	var n int
	err := v.r.QueryRowContext(ctx, `SELECT 1 FROM guild_feeds WHERE guild = $1 AND feed = $2`, v.guild, feed).Scan(&n)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

// Timeline is DB.Timeline; that of an event which the guild may not see is
// empty.
func (v View) Timeline(ctx context.Context, event news.EventID, since time.Time, limit int) ([]news.Moment, error) {
	if _, err := v.Event(ctx, event); err != nil {
		if errors.Is(err, news.ErrNotFound) {
			return nil, nil
		}
		return nil, err
	}
	return v.DB.Timeline(ctx, event, since, limit)
}

// Feeds returns the feeds in use that are for all or followed by the guild.
func (v View) Feeds(ctx context.Context) ([]news.Feed, error) {
	out, err := list(ctx, v.r, scanFeed, `SELECT `+feedColumns+` FROM feeds WHERE retired = 0 AND (own = 0 OR id IN (SELECT feed FROM guild_feeds WHERE guild = $1)) ORDER BY id`, v.guild)
	if err != nil {
		return nil, fmt.Errorf("list feeds: %w", err)
	}
	return out, nil
}

// DigestMaterial is DB.DigestMaterial; no topics are all that the guild may
// see.
func (v View) DigestMaterial(ctx context.Context, d news.DueDigest, topics []string, until time.Time) (digest.Material, error) {
	var kept []string
	for _, t := range topics {
		ok, err := v.may(ctx, t)
		if err != nil {
			return digest.Material{}, fmt.Errorf("gather a digest: %w", err)
		}
		if ok {
			kept = append(kept, t)
		}
	}
	if len(topics) == 0 {
		kept = append(kept, news.AllTopics)
		own, err := list(ctx, v.r, one[news.FeedID], `SELECT feed FROM guild_feeds WHERE guild = $1 ORDER BY feed`, v.guild)
		if err != nil {
			return digest.Material{}, fmt.Errorf("gather a digest: %w", err)
		}
		for _, id := range own {
			kept = append(kept, news.FeedTopic(id))
		}
	}
	return v.DB.DigestMaterial(ctx, d, kept, until)
}

// trailDepth is how many articles are looked through for those that the guild
// may see.
const trailDepth = 200

// ItemsAt is DB.ItemsAt, without what the guild may not see.
func (v View) ItemsAt(ctx context.Context, address string, limit int) ([]trail.Item, error) {
	found, err := v.DB.ItemsAt(ctx, address, trailDepth)
	if err != nil {
		return nil, err
	}
	return v.seen(ctx, found, limit)
}

// WaitingItems is DB.WaitingItems, without what the guild may not see.
func (v View) WaitingItems(ctx context.Context, words string, limit int) ([]trail.Item, error) {
	found, err := v.DB.WaitingItems(ctx, words, trailDepth)
	if err != nil {
		return nil, err
	}
	return v.seen(ctx, found, limit)
}

// EventItems is DB.EventItems, without what the guild may not see.
func (v View) EventItems(ctx context.Context, e news.Event, limit int) ([]trail.Item, error) {
	found, err := v.DB.EventItems(ctx, e, limit)
	if err != nil {
		return nil, err
	}
	return v.seen(ctx, found, limit)
}

// seen keeps at most limit of the items that the guild may see.
func (v View) seen(ctx context.Context, items []trail.Item, limit int) ([]trail.Item, error) {
	var out []trail.Item
	known := map[string]bool{}
	for _, it := range items {
		topic := it.Article.Topic
		ok, asked := known[topic]
		if !asked {
			var err error
			if ok, err = v.may(ctx, topic); err != nil {
				return nil, fmt.Errorf("load the trail of article %d: %w", it.Article.ID, err)
			}
			known[topic] = ok
		}
		if ok && len(out) < limit {
			out = append(out, it)
		}
	}
	return out, nil
}
