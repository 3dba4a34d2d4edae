package bot

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"newsdesk/bot/message"
	"newsdesk/news"
)

// missing lists the permissions that the bot lacks in a channel: from the
// interaction where Discord sent them along, which costs no request, else by
// asking.
func (c *Commands) missing(ctx context.Context, in message.Interaction, ch string) ([]string, error) {
	threads := true
	if c.channels != nil {
		set, err := c.channels.Channel(ctx, news.ChannelID(ch))
		if err != nil {
			return nil, err
		}
		threads = !set.NoThreads
	}
	if has, ok := in.ChannelPermissions[ch]; ok {
		return message.Missing(in.ChannelKinds[ch], has, threads), nil
	}
	if c.perms == nil {
		return nil, nil
	}
	return c.perms.Missing(ctx, ch, threads)
}

// channelName writes a channel as Discord shows it. Ids come from Discord; the
// preview page's are names, which are escaped.
func channelName(ch news.ChannelID) string {
	if s := string(ch); s != "" && strings.Trim(s, "0123456789") == "" {
		return "<#" + s + ">"
	}
	return message.EscapeTo("#"+strings.TrimPrefix(string(ch), "#"), 100)
}

const serverOnly = "This works in a server's channel, not here. Run it in the channel that shall get the news."

func (c *Commands) subscribe(ctx context.Context, in message.Interaction) (message.Reply, error) {
	ch := channelOf(in)
	if in.Guild == "" || ch == "" {
		return say(serverOnly), nil
	}
	slug, sentence := c.chosenTopic(in)
	if sentence != "" {
		return say(sentence), nil
	}
	missing, err := c.missing(ctx, in, string(ch))
	if err != nil {
		c.log.WarnContext(ctx, "permissions not read", "channel", string(ch), "error", err)
		return say("I could not look up what I may do in " + channelName(ch) + ". Check that it still exists and that I can see it, then run the command again."), nil
	}
	if len(missing) > 0 {
		return say(lacking(ch, missing)), nil
	}
	topics, err := c.subs.ChannelTopics(ctx, ch)
	if err != nil {
		return message.Reply{}, err
	}
	topic := c.topics.Named(slug)
	name := "**" + message.EscapeTo(topic.Name, 60) + "**"
	if slices.Contains(topics, slug) || slices.Contains(topics, AllTopics) {
		followed := name
		if !slices.Contains(topics, slug) {
			followed = "**All topics**, so it gets " + name + " already"
		}
		return say(channelName(ch) + " already follows " + followed + ". Nothing changed."), nil
	}
	sub := news.Subscription{Guild: news.GuildID(in.Guild), Channel: ch, Topic: slug}
	if _, err := c.subs.Subscribe(ctx, sub); err != nil {
		return message.Reply{}, err
	}
	begins, gap := c.announce(ctx, sub, name), c.tagGap(ctx, ch)
	if gap != "" {
		begins, gap = "What comes waits for a tag.", "\n"+gap
	}
	return say(channelName(ch) + " now follows " + name + ". " + storyBecomes(in.ChannelKinds[string(ch)]) + " " + begins +
		" To stop: `/unsubscribe`." + gap), nil
}

// storyBecomes says what a story becomes in a kind of channel.
func storyBecomes(kind message.ChannelKind) string {
	what, then := "message", "edit that message and add a line to its thread"
	switch kind {
	case message.ForumChannel:
		what, then = "post", "edit that post and add a line to it"
	case message.ThreadChannel:
		then = "edit that message and add a line below"
	case message.TextChannel, message.AnnouncementChannel:
	}
	return "Each new story becomes one " + what + " there, and only breaking ones notify; as it develops I " + then + "."
}

// announce posts the topic's newest story and says what came of it. The
// subscription stands either way.
func (c *Commands) announce(ctx context.Context, sub news.Subscription, name string) string {
	const none = "The first message comes with the next story."
	if c.first == nil {
		return none
	}
	posted, err := c.first.Newest(ctx, sub)
	switch {
	case err != nil:
		c.log.WarnContext(ctx, "newest story not posted", "channel", string(sub.Channel), "topic", sub.Topic, "error", err)
		return none
	case posted:
		return "The newest one is on its way, so that you see how it looks."
	}
	return "There is no story of " + name + " from the last 24 hours to show, so the first message comes with the next one."
}

// lacking says what is missing in a channel and where to grant it.
func lacking(ch news.ChannelID, missing []string) string {
	list, verb := permissionList(missing)
	return fmt.Sprintf("I can't post in %s: %s %s missing. Server settings > Roles > Newsdesk, or the channel's permissions. Then run the command again.",
		channelName(ch), list, verb)
}

// permissionList writes the names of at least one permission, and the verb
// that agrees with their number.
func permissionList(missing []string) (list, verb string) {
	names := make([]string, len(missing))
	for i, m := range missing {
		names[i] = "**" + message.EscapeTo(m, 60) + "**"
	}
	if n := len(names); n > 1 {
		return strings.Join(names[:n-1], ", ") + " and " + names[n-1], "are"
	}
	return names[0], "is"
}

// chosenTopic reads a topic that must be there.
func (c *Commands) chosenTopic(in message.Interaction) (slug, sentence string) {
	s := strings.TrimSpace(in.Options["topic"])
	if s == "" {
		return "", "Choose a topic: all topics, " + c.topics.names() + "."
	}
	if strings.EqualFold(s, AllTopics) || strings.EqualFold(s, c.topics.Named(AllTopics).Name) {
		return AllTopics, ""
	}
	if t, ok := c.topics.Find(s); ok {
		return t.Slug, ""
	}
	return "", c.unknownTopic(s)
}

func (c *Commands) unsubscribe(ctx context.Context, in message.Interaction) (message.Reply, error) {
	ch := channelOf(in)
	if in.Guild == "" || ch == "" {
		return say(serverOnly), nil
	}
	topics, err := c.subs.ChannelTopics(ctx, ch)
	if err != nil {
		return message.Reply{}, err
	}
	if len(topics) == 0 {
		return say(channelName(ch) + " follows no topic. `/subscribe` adds one."), nil
	}
	var names []string
	slug, typed := "", strings.TrimSpace(in.Options["topic"])
	for _, t := range topics {
		name := c.topics.Named(t).Name
		names = append(names, message.EscapeTo(name, 60))
		if strings.EqualFold(t, typed) || strings.EqualFold(name, typed) {
			slug = t
		}
	}
	follows := channelName(ch) + " follows: " + strings.Join(names, ", ") + "."
	if slug == "" {
		return say(follows + " Name one of these to stop it."), nil
	}
	removed, err := c.subs.Unsubscribe(ctx, news.Subscription{Guild: news.GuildID(in.Guild), Channel: ch, Topic: slug})
	if err != nil {
		return message.Reply{}, err
	}
	if !removed {
		return say(follows + " Nothing changed: that topic was taken off a moment ago, or is followed from another server."), nil
	}
	return say(channelName(ch) + " no longer follows **" + message.EscapeTo(c.topics.Named(slug).Name, 60) + "**. What I posted stays. `/subscribe` brings it back."), nil
}

// help lists the commands that the asker can use.
func (c *Commands) help(in message.Interaction) message.Reply {
	lines := []string{"I read news feeds, put together what tells of one event, and post it once, with its key facts and their sources.", ""}
	cmds := message.Usable(c.List())
	var ids map[string]string
	if c.console.IDs != nil {
		ids = c.console.IDs()
	}
	line := func(cmd message.Command) string { return pressable(cmd, ids) + " " + lowerFirst(cmd.Description) }
	for _, cmd := range cmds {
		if cmd.Name == "help" || cmd.ManageGuild {
			continue
		}
		lines = append(lines, line(cmd))
	}
	if in.Manage {
		lines = append(lines, "", "**For those who manage this server**")
		for _, cmd := range cmds {
			if cmd.ManageGuild {
				lines = append(lines, line(cmd))
			}
		}
	}
	lines = append(lines, "", "Only you see my answers; **Share here** shows one to everybody.")
	return message.Reply{Message: message.Message{Embeds: []message.Embed{{
		Title: "Newsdesk", Description: strings.Join(lines, "\n"), Color: plainColor,
	}}}, Ephemeral: true}
}

func lowerFirst(s string) string { return strings.ToLower(s[:1]) + s[1:] }

// pressable writes a command as Discord's clients let people press it, with its
// options behind it; as it is typed where its id is not known.
// Source: https://discord.com/developers/docs/reference#message-formatting
func pressable(cmd message.Command, ids map[string]string) string {
	base, _, _ := strings.Cut(cmd.Name, " ")
	id := ids[base]
	if id == "" {
		return "`" + usage(cmd) + "`"
	}
	text := "</" + cmd.Name + ":" + id + ">"
	if options := strings.TrimPrefix(usage(cmd), "/"+cmd.Name); options != "" {
		text += " `" + strings.TrimSpace(options) + "`"
	}
	return text
}

// usage writes a command as it is typed: "/search <words> [topic] [days]".
func usage(cmd message.Command) string {
	words := []string{"/" + cmd.Name}
	for _, o := range cmd.Options {
		if o.Required {
			words = append(words, "<"+o.Name+">")
		} else {
			words = append(words, "["+o.Name+"]")
		}
	}
	return strings.Join(words, " ")
}
