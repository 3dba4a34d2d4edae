package bot

import (
	"context"
	"strings"
	"time"

	"newsdesk/bot/message"
	"newsdesk/digest"
	"newsdesk/news"
)

// Spans of a digest that is asked for, in hours.
const (
	digestToday = 24
	digestWeek  = 7 * 24
)

// digested answers /digest: the digest of this channel's topics, all topics
// where it follows none, as it would be posted now.
func (c *Commands) digested(ctx context.Context, in message.Interaction) (message.Reply, error) {
	hours := digestToday
	switch typed := strings.ToLower(strings.TrimSpace(in.Options["period"])); typed {
	case "", "today":
	case "week":
		hours = digestWeek
	default:
		return say("`period` is today or week. Run the command again with one of these."), nil
	}
	return c.showDigest(ctx, in, view{verb: verbDigest, span: hours}, false)
}

func (c *Commands) showDigest(ctx context.Context, in message.Interaction, v view, shared bool) (message.Reply, error) {
	if c.schedules == nil {
		return say("There are no digests here. `/latest` lists the newest stories."), nil
	}
	ch := news.ChannelID(in.Channel)
	set, err := c.schedules.Channel(ctx, ch)
	if err != nil {
		return message.Reply{}, err
	}
	topics, err := c.subs.ChannelTopics(ctx, ch)
	if err != nil {
		return message.Reply{}, err
	}
	now := c.now()
	// It is nobody's: what waits for the channel's own digest goes on waiting.
	due := news.DueDigest{Kind: news.DigestPlanned, Since: now.Add(-time.Duration(v.span) * time.Hour)}
	m, err := c.schedules.DigestMaterial(ctx, due, topics, now)
	if err != nil {
		return message.Reply{}, err
	}
	page := Digest(digest.Compose(due, news.Settings{Zone: set.Zone, Filters: set.Filters}, topics, now, m), c.topics)
	page.Silent = false
	if !shared {
		page.Components = append(page.Components, message.Row{Buttons: shareButton(v)})
	}
	return message.Reply{Message: page, Ephemeral: !shared}, nil
}
