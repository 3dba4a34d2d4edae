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

// The steps of /setup, as they stand in custom ids: setup:<step>:<channel>, and
// for the importance setup:least:<channel>:<class>. What is chosen is stored at
// each step, so the wizard can be left and taken up again.
const (
	stepStart  = "start"
	stepTopics = "topics"
	stepLeast  = "least"
	stepLook   = "look"
	stepTest   = "test"
	stepDrill  = "drill"
	stepPlain  = "drillplain"
	stepLoud   = "drillloud"
	stepFinish = "finish"
)

func stepID(step string, ch news.ChannelID, arg ...string) string {
	return strings.Join(append([]string{verbSetup, step, string(ch)}, arg...), ":")
}

// setupStep answers a step of the wizard; ok is false where the custom id is
// none of its.
func (c *Commands) setupStep(ctx context.Context, in message.Interaction) (reply message.Reply, ok bool, err error) {
	parts := strings.SplitN(in.Custom, ":", 4)
	if len(parts) < 3 || parts[0] != verbSetup || parts[2] == "" || in.Guild == "" {
		return message.Reply{}, false, nil
	}
	ch := news.ChannelID(parts[2])
	set, err := c.channels.Channel(ctx, ch)
	if err != nil {
		return message.Reply{}, true, err
	}
	if set.Guild != "" && string(set.Guild) != in.Guild {
		return say(otherServer), true, nil
	}
	switch parts[1] {
	case stepStart:
		reply, err = c.setupStart(ctx, in, ch)
	case stepTopics:
		reply, err = c.setupTopics(ctx, in, ch)
	case stepLeast:
		if len(parts) != 4 {
			return message.Reply{}, false, nil
		}
		reply, err = c.setupLeast(ctx, in, ch, news.Class(parts[3]))
	case stepLook:
		reply, err = c.setupLook(ctx, set, "")
	case stepDrill:
		reply = c.setupDrill(set)
	case stepPlain, stepLoud:
		reply, err = c.setupDrilled(ctx, in, set, parts[1] == stepLoud)
	case stepTest, stepFinish:
		reply, err = c.setupEnd(ctx, in, set, parts[1] == stepTest)
	default:
		return message.Reply{}, false, nil
	}
	reply.Update = err == nil
	return reply, true, err
}

// setup begins the wizard.
func (c *Commands) setup(ctx context.Context, in message.Interaction) (message.Reply, error) {
	ch := channelOf(in)
	if in.Guild == "" || ch == "" {
		return say(serverOnly), nil
	}
	set, err := c.channels.Channel(ctx, ch)
	if err != nil {
		return message.Reply{}, err
	}
	if set.Guild != "" && string(set.Guild) != in.Guild {
		return say(otherServer), nil
	}
	return c.setupStart(ctx, in, ch)
}

// page is a step as it is shown.
func page(n int, text string, rows ...message.Row) message.Reply {
	return message.Reply{Ephemeral: true, Message: message.Message{
		Embeds:     []message.Embed{{Title: fmt.Sprintf("Set-up · %d/3", n), Description: text, Color: plainColor}},
		Components: rows,
	}}
}

// setupStart shows what may be done in the channel, and the topics.
func (c *Commands) setupStart(ctx context.Context, in message.Interaction, ch news.ChannelID) (message.Reply, error) {
	again := message.Row{Buttons: []message.Button{{Style: message.Primary, Label: "Check again", ID: stepID(stepStart, ch)}}}
	missing, err := c.missing(ctx, in, string(ch))
	if err != nil {
		c.log.WarnContext(ctx, "permissions not read", "channel", string(ch), "error", err)
		return page(1, "❌ I could not look up what I may do in "+channelName(ch)+". Check that it still exists and that I can see it.", again), nil
	}
	if len(missing) > 0 {
		lines := []string{"I can't post in " + channelName(ch) + " yet:"}
		for _, m := range missing {
			lines = append(lines, "❌ **"+message.EscapeTo(m, 60)+"**")
		}
		return page(1, strings.Join(append(lines, "Grant it in Server settings > Roles > Newsdesk, or in the channel's permissions."), "\n"), again), nil
	}
	followed, err := c.subs.ChannelTopics(ctx, ch)
	if err != nil {
		return message.Reply{}, err
	}
	menu := message.Menu{ID: stepID(stepTopics, ch), Placeholder: "Choose one or several topics"}
	for _, t := range c.topicChoices(true) {
		t.Chosen = slices.Contains(followed, t.Value)
		menu.Options = append(menu.Options, t)
	}
	menu.Most = min(len(menu.Options), message.MaxOptions)
	return page(1, "✅ I may post in "+channelName(ch)+".\nWhich topics shall it get? Nothing old is posted.", message.Row{Menu: &menu}), nil
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
		return slices.ContainsFunc(c.topicChoices(true), func(x message.Choice) bool { return x.Value == t })
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
			Style: style, Label: fmt.Sprintf("%s · %d", x.name, counts[i]), ID: stepID(stepLeast, ch, string(x.class)),
		})
	}
	return page(2, "How much of it? The numbers are the messages that each choice would have given in the last 24 hours.", row), nil
}

// setupLeast sets the importance and shows how a story will look.
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
	return c.setupLook(ctx, set, "")
}

// setupLook shows what is set, how a story will look, and, where there is one,
// what came of the step before.
func (c *Commands) setupLook(ctx context.Context, set news.Channel, outcome string) (message.Reply, error) {
	r, err := c.rehearse(ctx, set)
	if err != nil {
		return message.Reply{}, err
	}
	row := message.Row{Buttons: []message.Button{{Style: message.Primary, Label: "Post the newest story", ID: stepID(stepTest, set.ID)}}}
	if c.drills != nil {
		row.Buttons = append(row.Buttons, message.Button{Style: message.Secondary, Label: "Test breaking", ID: stepID(stepDrill, set.ID)})
	}
	row.Buttons = append(row.Buttons, message.Button{Style: message.Secondary, Label: "Finish", ID: stepID(stepFinish, set.ID)})
	text := c.describe(set, r.topics) + "\n"
	if outcome != "" {
		return page(3, text+outcome, row), nil
	}
	e, ok := r.newest()
	if !ok {
		return page(3, text+"No story of the last 24 hours would have been posted, so there is none to show.", row), nil
	}
	reply := page(3, text+"This is how a story looks:", row)
	reply.Message.Embeds = append(reply.Message.Embeds, Alert(e, AlertOptions{Topic: c.topics.Named(e.Topic)}).Embeds...)
	return reply, nil
}

// setupEnd ends the wizard, with a story where one is wanted.
func (c *Commands) setupEnd(ctx context.Context, in message.Interaction, set news.Channel, post bool) (message.Reply, error) {
	topics, err := c.subs.ChannelTopics(ctx, set.ID)
	if err != nil {
		return message.Reply{}, err
	}
	set.Guild = news.GuildID(in.Guild)
	lines := []string{"Done. " + c.describe(set, topics)}
	if post && len(topics) > 0 {
		posted := false
		for i := 0; i < len(topics) && !posted && c.first != nil; i++ {
			if posted, err = c.first.Newest(ctx, news.Subscription{Guild: set.Guild, Channel: set.ID, Topic: topics[i]}); err != nil {
				return message.Reply{}, err
			}
		}
		if posted {
			lines = append(lines, "The newest story is on its way.")
		} else {
			lines = append(lines, "There is no story that the channel does not have, so nothing was posted. The first message comes with the next one.")
		}
	}
	lines = append(lines, "`/channel edit` changes it, `/filter add` keeps stories out, `/channel remove` ends it.")
	return message.Reply{Ephemeral: true, Message: message.Message{Embeds: []message.Embed{{
		Title: "Set-up", Description: strings.Join(lines, "\n"), Color: plainColor,
	}}}}, nil
}
