package bot

import (
	"context"
	"errors"
	"maps"
	"strings"

	"newsdesk/bot/message"
	"newsdesk/news"
)

// tagByName in place of a tag takes a choice back.
const tagByName = "auto"

// tagCommand is /channel tag.
func tagCommand(topic, channel message.Option) message.Command {
	topic.Description = "The topic whose posts get the tag; All topics is for those that have none else"
	return message.Command{Name: "tag", Description: "In a forum: which tag the posts of a topic get", Options: []message.Option{
		topic,
		{Name: "tag", Description: "A tag of the forum, none, or auto: the one named like the topic", Kind: message.OptionString, Required: true, Autocomplete: true},
		channel,
	}}
}

func (c *Commands) channelTag(ctx context.Context, in message.Interaction) (message.Reply, error) {
	ch := channelOf(in)
	slug, sentence := c.chosenTopic(in)
	if sentence != "" {
		return say(sentence), nil
	}
	if c.forums == nil {
		return say("There are no forums here."), nil
	}
	about, err := c.forums.About(ctx, string(ch))
	if err != nil {
		c.log.WarnContext(ctx, "forum not read", "channel", string(ch), "error", err)
		return say(unseen(ch)), nil
	}
	if about.Kind != message.ForumChannel {
		return say(channelName(ch) + " is no forum, so what I post there has no tags."), nil
	}
	id, what := chosenTag(about, in.Options["tag"])
	if what == "" {
		return say(noSuchTag(ch, about, in.Options["tag"])), nil
	}
	set, err := c.channels.EditChannel(ctx, news.GuildID(in.Guild), ch, func(s *news.Settings) error {
		s.Tags = maps.Clone(s.Tags)
		if id == "" {
			delete(s.Tags, slug)
			return nil
		}
		if s.Tags == nil {
			s.Tags = map[string]string{}
		}
		s.Tags[slug] = id
		return nil
	})
	if errors.Is(err, news.ErrNotFound) {
		return say(otherServer), nil
	}
	if err != nil {
		return message.Reply{}, err
	}
	text := "New posts of **" + message.EscapeTo(c.topics.Named(slug).Name, 60) + "** in " + channelName(ch) + " get " + what + "."
	followed, err := c.subs.ChannelTopics(ctx, ch)
	if err != nil {
		return message.Reply{}, err
	}
	if names := c.topics.untagged(set.Settings, about, followed); len(names) > 0 {
		text += "\n" + tagWarning(ch, names)
	} else if c.mended != nil {
		c.mended(news.GuildID(in.Guild))
	}
	return say(text), nil
}

// chosenTag reads what was typed for a tag: its id or name, or one of the two
// words. what names it in a sentence, "" where there is none like it; id is ""
// where the choice is taken back.
func chosenTag(about message.Channel, typed string) (id, what string) {
	typed = strings.TrimSpace(typed)
	for _, match := range []func(message.Tag) bool{
		func(t message.Tag) bool { return t.ID == typed },
		func(t message.Tag) bool { return strings.EqualFold(t.Name, typed) },
	} {
		for _, t := range about.Tags {
			if match(t) {
				return t.ID, "the tag **" + message.EscapeTo(t.Name, 60) + "**"
			}
		}
	}
	switch strings.ToLower(typed) {
	case news.NoTag:
		return news.NoTag, "no tag"
	case tagByName:
		return "", "the tag that is named like the topic, where the forum has one"
	}
	return "", ""
}

func noSuchTag(ch news.ChannelID, about message.Channel, typed string) string {
	var names []string
	for _, t := range about.Tags {
		names = append(names, message.EscapeTo(t.Name, 60))
	}
	text := channelName(ch) + " has no tag “" + message.EscapeTo(typed, 40) + "” that I may give."
	if len(names) == 0 {
		return text + " Add one in the forum's settings that is not for moderators only."
	}
	return text + " It has: " + strings.Join(names, ", ") + "."
}

// suggestTags completes a tag. It suggests nothing where the channel is no forum.
func (c *Commands) suggestTags(ctx context.Context, in message.Interaction, typed string) []message.Choice {
	if c.forums == nil {
		return nil
	}
	about, err := c.forums.About(ctx, string(channelOf(in)))
	if err != nil || about.Kind != message.ForumChannel {
		return nil
	}
	var out []message.Choice
	for _, t := range about.Tags {
		out = append(out, message.Choice{Name: t.Name, Value: t.ID})
	}
	out = append(out, message.Choice{Name: "None", Value: news.NoTag}, message.Choice{Name: "Auto: the tag named like the topic", Value: tagByName})
	return matching(out, typed)
}

// tagGap says which topics of a forum have no tag though it wants one, "" where
// all is well or nothing is known.
func (c *Commands) tagGap(ctx context.Context, ch news.ChannelID) string {
	if c.forums == nil {
		return ""
	}
	about, err := c.forums.About(ctx, string(ch))
	if err != nil || !about.TagRequired {
		return ""
	}
	set, err := c.channels.Channel(ctx, ch)
	if err != nil {
		return ""
	}
	followed, err := c.subs.ChannelTopics(ctx, ch)
	if err != nil {
		return ""
	}
	if names := c.topics.untagged(set.Settings, about, followed); len(names) > 0 {
		return tagWarning(ch, names)
	}
	return ""
}

func tagWarning(ch news.ChannelID, names []string) string {
	return "⚠️ I can't post all of it in " + channelName(ch) + " yet: " + untaggedHow(names) + "."
}
