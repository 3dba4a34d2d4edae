package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"newsdesk/bot/message"
	"newsdesk/news"
)

// classChoice is a least importance that can be chosen.
type classChoice struct {
	class news.Class
	name  string
}

// classes are the choices of a least importance, the highest first.
var classes = []classChoice{
	{news.ClassBreaking, "Breaking only"},
	{news.ClassMajor, "Major and breaking"},
	{news.ClassNormal, "Everything"},
}

const (
	on  = "on"
	off = "off"
)

// channelCommand is /channel.
func channelCommand(topic, channel message.Option) message.Command {
	importance := message.Option{
		Name: "importance", Description: "The least important stories it gets; the list says how many those were", Kind: message.OptionString, Autocomplete: true,
	}
	return message.Command{
		Name: "channel", Description: "The channels that get news, and what is set for each", ManageGuild: true, GuildOnly: true,
		Subcommands: []message.Command{
			{Name: "add", Description: "Post a topic in a channel, from an importance on", Slow: true, Options: []message.Option{topic, channel, importance}},
			{Name: "edit", Description: "Set up a channel; without options it says what is set", Slow: true, Options: []message.Option{
				channel, importance,
				{Name: "breaking_role", Description: "The role that is notified of breaking news", Kind: message.OptionRole},
				{Name: "roles", Description: "Take the role off again", Kind: message.OptionString, Choices: []message.Choice{{Name: "off: notify nobody", Value: off}}},
				{Name: "publish", Description: "In an announcement channel: from which importance on messages are published to its followers", Kind: message.OptionString, Choices: []message.Choice{
					{Name: "Breaking only", Value: string(news.ClassBreaking)},
					{Name: "Major and breaking", Value: string(news.ClassMajor)},
					{Name: "Everything, up to 10 an hour", Value: string(news.ClassNormal)},
					{Name: "off: publish nothing", Value: off},
				}},
				{Name: "threads", Description: "Whether updates are told in a thread as well, not only by editing", Kind: message.OptionString, Choices: []message.Choice{
					{Name: "on: each story gets a thread once it develops", Value: on}, {Name: "off: messages are edited only", Value: off},
				}},
			}},
			tagCommand(topic, channel),
			{Name: "list", Description: "All channels of this server that get news"},
			{Name: "remove", Description: "Stop all news in a channel and forget what is set for it", Options: []message.Option{channel}},
		},
	}
}

// channel answers the subcommands of /channel.
func (c *Commands) channel(ctx context.Context, in message.Interaction) (message.Reply, error) {
	if in.Guild == "" || channelOf(in) == "" {
		return say(serverOnly), nil
	}
	switch in.Command {
	case "channel add":
		return c.channelAdd(ctx, in)
	case "channel list":
		return c.channelList(ctx, in)
	case "channel remove":
		return c.channelRemove(ctx, in)
	case "channel tag":
		return c.channelTag(ctx, in)
	}
	return c.channelEdit(ctx, in)
}

// channelAdd is /subscribe with an importance. The sample that a new subscription
// posts may be below it: it is there to be seen.
func (c *Commands) channelAdd(ctx context.Context, in message.Interaction) (message.Reply, error) {
	change, sentence := settingsOf(in)
	if sentence != "" {
		return say(sentence), nil
	}
	reply, err := c.subscribe(ctx, in)
	if err != nil || strings.TrimSpace(in.Options["importance"]) == "" {
		return reply, err
	}
	topics, err := c.subs.ChannelTopics(ctx, channelOf(in))
	if err != nil || len(topics) == 0 { // it could not be subscribed
		return reply, err
	}
	set, err := c.channels.EditChannel(ctx, news.GuildID(in.Guild), channelOf(in), change)
	if errors.Is(err, news.ErrNotFound) {
		return say(otherServer), nil
	}
	if err != nil {
		return message.Reply{}, err
	}
	volume, err := c.volume(ctx, set)
	reply.Message.Content += "\n" + volume
	return reply, err
}

// settingsOf reads the options of /channel into a change of settings.
func settingsOf(in message.Interaction) (change func(*news.Settings) error, sentence string) {
	option := func(name string) string { return strings.TrimSpace(in.Options[name]) }
	least := news.Class(strings.ToLower(option("importance")))
	if least != "" && !slices.ContainsFunc(classes, func(x classChoice) bool { return x.class == least }) {
		return nil, "`importance` is one of `breaking`, `major` and `normal`. Run the command again with one."
	}
	role := option("breaking_role")
	if role != "" && role == in.Guild {
		return nil, "I do not notify everyone. Choose a role that people can take and leave."
	}
	publish := option("publish")
	if publish != "" && publish != off && in.ChannelKinds[string(channelOf(in))] != message.AnnouncementChannel {
		return nil, channelName(channelOf(in)) + " is no announcement channel, so nothing can be published there. The channel's settings in Discord can make it one."
	}
	return func(s *news.Settings) error {
		switch publish {
		case "":
		case off:
			s.Publish = ""
		default:
			s.Publish = news.Class(publish)
		}
		switch least {
		case "":
		case news.ClassNormal:
			s.Least = ""
		default:
			s.Least = least
		}
		if option("roles") == off {
			s.Roles = nil
		}
		if role != "" {
			if s.Roles == nil {
				s.Roles = map[news.Class]string{}
			}
			s.Roles[news.ClassBreaking] = role
		}
		if t := option("threads"); t != "" {
			s.NoThreads = t == off
		}
		return nil
	}, ""
}

func (c *Commands) channelEdit(ctx context.Context, in message.Interaction) (message.Reply, error) {
	ch := channelOf(in)
	change, sentence := settingsOf(in)
	if sentence != "" {
		return say(sentence), nil
	}
	set, err := c.channels.EditChannel(ctx, news.GuildID(in.Guild), ch, change)
	if errors.Is(err, news.ErrNotFound) {
		return say(otherServer), nil
	}
	if err != nil {
		return message.Reply{}, err
	}
	topics, err := c.subs.ChannelTopics(ctx, ch)
	if err != nil {
		return message.Reply{}, err
	}
	volume, err := c.volume(ctx, set)
	text := c.describe(set, topics) + "\n" + volume
	if strings.TrimSpace(in.Options["breaking_role"]) != "" {
		// Discord notifies a role only where this is granted (Message
		// Formatting, allowed mentions).
		text += "\nDiscord notifies the role only if **Allow anyone to @mention this role** is on for it: Server settings > Roles."
	}
	if how := c.tagGap(ctx, ch); how != "" {
		text += "\n" + how
	}
	return say(text), err
}

// describe says in a few lines what is set for a channel.
func (c *Commands) describe(set news.Channel, topics []string) string {
	names := make([]string, len(topics))
	for i, t := range topics {
		names[i] = message.EscapeTo(c.topics.Named(t).Name, 60)
	}
	head := channelName(set.ID) + ": **" + strings.Join(names, ", ") + "**"
	if len(topics) == 0 {
		head = channelName(set.ID) + ": no topic yet"
	}
	least := "everything"
	if set.Least.Rank() > 0 {
		least = string(set.Least)
		if set.Least != news.ClassBreaking {
			least += " and above"
		}
	}
	parts := []string{least}
	if role := set.Roles[news.ClassBreaking]; role != "" {
		parts = append(parts, "notifies "+roleName(role)+" of breaking news")
	}
	switch set.Publish {
	case "":
	case news.ClassNormal:
		parts = append(parts, "publishes everything")
	default:
		parts = append(parts, "publishes what is at least "+string(set.Publish))
	}
	if set.NoThreads {
		parts = append(parts, "no threads")
	}
	parts = append(parts, times(set.Settings)...)
	if n := len(set.Tags); n > 0 {
		parts = append(parts, plural(n, "chosen tag"))
	}
	if n := len(set.Filters); n > 0 {
		parts = append(parts, plural(n, "filter"))
	}
	return head + " · " + strings.Join(parts, " · ")
}

// roleName shows a role; mentions are switched off in every reply.
func roleName(id string) string {
	if strings.Trim(id, "0123456789") == "" {
		return "<@&" + id + ">"
	}
	return message.EscapeTo("@"+id, 60)
}

// volume says how many messages each importance would have given.
func (c *Commands) volume(ctx context.Context, set news.Channel) (string, error) {
	counts, topics, err := c.counts(ctx, set)
	if err != nil {
		return "", err
	}
	if topics == 0 {
		return "`/channel add` gives it a topic.", nil
	}
	now := 0
	parts := make([]string, len(classes))
	for i, x := range classes {
		parts[i] = lowerFirst(x.name) + " " + strconv.Itoa(counts[i])
		if set.Least.Rank() == x.class.Rank() {
			now = counts[i]
		}
	}
	return fmt.Sprintf("In the last 24 hours this would have been **%s** (%s).", plural(now, "message"), strings.Join(parts, ", ")), nil
}

// counts returns the messages that a channel would have got in the last 24
// hours, by the least importance in the order of classes, and the number of its
// topics.
func (c *Commands) counts(ctx context.Context, set news.Channel) (counts []int, topics int, err error) {
	r, err := c.rehearse(ctx, set)
	if err != nil {
		return nil, 0, err
	}
	for _, x := range classes {
		set.Least = x.class
		r.use(set)
		counts = append(counts, r.posted())
	}
	return counts, len(r.topics), nil
}

// suggestImportance completes an importance, with how many messages it would
// have given.
func (c *Commands) suggestImportance(ctx context.Context, in message.Interaction) ([]message.Choice, error) {
	set, err := c.channels.Channel(ctx, channelOf(in))
	if err != nil || set.Guild != "" && string(set.Guild) != in.Guild {
		return nil, err
	}
	r, err := c.rehearse(ctx, set)
	if err != nil {
		return nil, err
	}
	if t, ok := c.topics.Find(in.Options["topic"]); ok { // the topic that is about to be added
		if err := c.widen(ctx, r, t.Slug); err != nil {
			return nil, err
		}
	} else if strings.EqualFold(strings.TrimSpace(in.Options["topic"]), AllTopics) {
		if err := c.widen(ctx, r, AllTopics); err != nil {
			return nil, err
		}
	}
	var out []message.Choice
	for _, x := range classes {
		name := x.name
		if len(r.topics) > 0 {
			set.Least = x.class
			r.use(set)
			name += ": " + plural(r.posted(), "message") + " in the last 24 hours"
		}
		out = append(out, message.Choice{Name: name, Value: string(x.class)})
	}
	return out, nil
}

func (c *Commands) channelList(ctx context.Context, in message.Interaction) (message.Reply, error) {
	places, err := c.channels.GuildPlaces(ctx, news.GuildID(in.Guild))
	if err != nil {
		return message.Reply{}, err
	}
	if len(places) == 0 {
		return say("No channel of this server gets news yet. `/channel add` starts one."), nil
	}
	var lines []string
	for _, p := range places {
		line := "- " + c.describe(p.Channel, p.Topics)
		if p.Unreachable {
			line += " · ⚠️ gets nothing at present: `/status` says why"
		}
		lines = append(lines, line)
	}
	return say(joinWithin(lines, message.MaxContent, func(left int) string { return "…and " + plural(left, "channel") + " more" })), nil
}

func (c *Commands) channelRemove(ctx context.Context, in message.Interaction) (message.Reply, error) {
	ch := channelOf(in)
	removed, err := c.channels.RemoveChannel(ctx, news.GuildID(in.Guild), ch)
	switch {
	case errors.Is(err, news.ErrNotFound):
		return say(otherServer), nil
	case err != nil:
		return message.Reply{}, err
	case !removed:
		return say(channelName(ch) + " gets no news. Nothing changed."), nil
	}
	return say(channelName(ch) + " gets no more news, and what was set for it is forgotten. What I posted stays. `/channel add` starts anew."), nil
}
