package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"newsdesk/bot/message"
	"newsdesk/news"
)

// setupStart shows what may be done in the channel, and the topics.
func (c *Commands) setupStart(ctx context.Context, in message.Interaction, ch news.ChannelID) (message.Reply, error) {
	again := message.Row{Buttons: []message.Button{{Style: message.Primary, Label: "Check again", ID: stepID(stepStart, ch)}}}
	missing, err := c.missing(ctx, in, string(ch))
	if err != nil {
		c.log.WarnContext(ctx, "permissions not read", "channel", string(ch), "error", err)
		return setupPage(stepStart, unseen(ch), channelMenu(ch), again), nil
	}
	if len(missing) > 0 {
		lines := []string{"I can't post in " + channelName(ch) + " yet:"}
		for _, m := range missing {
			lines = append(lines, "❌ **"+message.EscapeTo(m, 60)+"**")
		}
		return setupPage(stepStart, strings.Join(append(lines, "Grant it in Server settings > Roles > Newsdesk, or in the channel's permissions."), "\n"), channelMenu(ch), again), nil
	}
	followed, err := c.subs.ChannelTopics(ctx, ch)
	if err != nil {
		return message.Reply{}, err
	}
	menu := message.Menu{ID: stepID(stepTopics, ch), Placeholder: "Choose one or several topics"}
	for _, t := range c.setupChoices() {
		t.Chosen = slices.Contains(followed, t.Value)
		menu.Options = append(menu.Options, t)
	}
	menu.Most = min(len(menu.Options), message.MaxOptions)
	rows := []message.Row{channelMenu(ch), {Menu: &menu}}
	if len(followed) > 0 {
		rows = append(rows, turn(stepStart, ch))
	}
	own := ""
	if c.feeds != nil && c.feedsMost > 0 {
		own = "\n`/feed add` brings in a feed of your own."
	}
	return setupPage(stepStart, "✅ I may post in "+channelName(ch)+".\nWhich topics shall it get? Nothing old is posted."+own, rows...), nil
}

// setupChoices are the topics that the menu has room for.
func (c *Commands) setupChoices() []message.Choice {
	all := c.topicChoices(true)
	return all[:min(len(all), message.MaxOptions)]
}

// channelMenu lets another channel be chosen.
func channelMenu(ch news.ChannelID) message.Row {
	return message.Row{Menu: &message.Menu{Kind: message.MenuChannels, ID: stepID(stepChannel, ch), Placeholder: "Another channel", Selected: []string{string(ch)}}}
}

// setupTopics makes the channel follow what was chosen, and asks how much of it.
func (c *Commands) setupTopics(ctx context.Context, in message.Interaction, ch news.ChannelID) (message.Reply, error) {
	var chosen []string
	for _, v := range in.Values {
		if _, ok := c.topics.Find(v); ok || v == AllTopics {
			chosen = append(chosen, v)
		}
	}
	if slices.Contains(chosen, AllTopics) {
		chosen = []string{AllTopics}
	}
	if len(chosen) == 0 {
		return c.setupStart(ctx, in, ch)
	}
	followed, err := c.subs.ChannelTopics(ctx, ch)
	if err != nil {
		return message.Reply{}, err
	}
	guild := news.GuildID(in.Guild)
	offered := func(t string) bool {
		return slices.ContainsFunc(c.setupChoices(), func(x message.Choice) bool { return x.Value == t })
	}
	for _, t := range followed {
		if !slices.Contains(chosen, t) && offered(t) {
			if _, err := c.subs.Unsubscribe(ctx, news.Subscription{Guild: guild, Channel: ch, Topic: t}); err != nil {
				return message.Reply{}, err
			}
		}
	}
	for _, t := range chosen {
		sub := news.Subscription{Guild: guild, Channel: ch, Topic: t}
		if slices.Contains(followed, t) {
			continue
		}
		if _, err := c.subs.Subscribe(ctx, sub); err != nil {
			return message.Reply{}, err
		}
		if c.first != nil {
			if err := c.first.Skip(ctx, sub); err != nil {
				return message.Reply{}, err
			}
		}
	}
	set, err := c.channels.Channel(ctx, ch)
	if err != nil {
		return message.Reply{}, err
	}
	return c.setupVolume(ctx, set)
}

// setupVolume asks how much the channel shall get.
func (c *Commands) setupVolume(ctx context.Context, set news.Channel) (message.Reply, error) {
	counts, _, err := c.counts(ctx, set)
	if err != nil {
		return message.Reply{}, err
	}
	var row message.Row
	for i, x := range classes {
		style := message.Secondary
		if set.Least.Rank() == x.class.Rank() {
			style = message.Primary
		}
		row.Buttons = append(row.Buttons, message.Button{
			Style: style, Label: fmt.Sprintf("%s · %d", x.name, counts[i]), ID: stepID(stepLeast, set.ID, string(x.class)),
		})
	}
	return setupPage(stepVolume, "How much of it? The numbers are the messages that each choice would have given in the last 24 hours.", row, turn(stepVolume, set.ID)), nil
}

// setupLeast sets the importance.
func (c *Commands) setupLeast(ctx context.Context, in message.Interaction, ch news.ChannelID, least news.Class) (message.Reply, error) {
	in.Options = map[string]string{"importance": string(least)}
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
	return c.setupWhen(set)
}
