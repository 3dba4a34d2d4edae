package bot

import (
	"context"
	"strings"

	"newsdesk/bot/message"
	"newsdesk/news"
)

// suggest completes the option being typed. An unknown one gets no
// suggestions.
func (c *Commands) suggest(ctx context.Context, in message.Interaction) ([]message.Choice, error) {
	typed := message.Cut(message.Plain(in.Options[in.Focused]), message.MaxChoiceText)
	switch {
	case in.Command == "story" && in.Focused == "event", in.Command == "why" && in.Focused == "about":
		events, err := c.events.SuggestEvents(ctx, strings.TrimSuffix(typed, "…"), message.MaxChoices)
		if err != nil {
			return nil, err
		}
		l := list{topics: c.topics}
		var out []message.Choice
		for _, e := range events {
			out = append(out, l.choice(e))
		}
		return out, nil
	case in.Command == "unsubscribe" && in.Focused == "topic":
		slugs, err := c.subs.ChannelTopics(ctx, channelOf(in))
		if err != nil {
			return nil, err
		}
		var out []message.Choice
		for _, s := range slugs {
			out = append(out, message.Choice{Name: c.topics.Named(s).Name, Value: s})
		}
		return matching(out, typed), nil
	case in.Command == "filter remove" && in.Focused == "filter":
		return c.suggestFilters(ctx, in, typed)
	case in.Focused == "feed":
		return c.suggestFeeds(ctx, in, typed)
	case in.Focused == "importance":
		return c.suggestImportance(ctx, in)
	case in.Command == "channel tag" && in.Focused == "tag":
		return c.suggestTags(ctx, in, typed), nil
	case in.Focused == "zone":
		return suggestZones(strings.TrimSuffix(typed, "…"), c.now()), nil
	case in.Focused == "topic":
		return matching(c.topicChoices(in.Command == "subscribe" || in.Command == "channel add" || in.Command == "channel tag"), typed), nil
	}
	return nil, nil
}

// matching keeps the choices whose name or value holds what was typed.
func matching(choices []message.Choice, typed string) []message.Choice {
	typed = strings.ToLower(typed)
	var out []message.Choice
	for _, ch := range choices {
		if strings.Contains(strings.ToLower(ch.Name), typed) || strings.Contains(strings.ToLower(ch.Value), typed) {
			out = append(out, ch)
		}
	}
	return out
}

// channelOf is the channel that a command is about: the one named, else the
// one it was run in.
func channelOf(in message.Interaction) news.ChannelID {
	if ch := strings.TrimSpace(in.Options["channel"]); ch != "" {
		return news.ChannelID(ch)
	}
	return news.ChannelID(in.Channel)
}
