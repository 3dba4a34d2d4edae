package bot

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"newsdesk/bot/message"
	"newsdesk/news"
	"newsdesk/outbox"
)

// setupDrill asks whether a drill may ping.
func (c *Commands) setupDrill(set news.Channel) message.Reply {
	if c.drills == nil {
		return say("There are no drills here.")
	}
	text := "I post a made-up breaking story in " + channelName(set.ID) + ". Its first line, title and footer say that it is a drill, and nothing of it is kept."
	buttons := []message.Button{{Style: message.Primary, Label: "Post without ping", ID: stepID(stepPlain, set.ID)}}
	if role := set.Roles[news.ClassBreaking]; discordID(role) {
		text += "\nWith the ping, everybody who has " + roleName(role) + " is notified, as of real breaking news."
		buttons = append(buttons, message.Button{Style: message.Danger, Label: "Post with ping", ID: stepID(stepLoud, set.ID)})
	}
	buttons = append(buttons, message.Button{Style: message.Secondary, Label: "Back", ID: stepID(stepLook, set.ID)})
	return setupPage(stepLook, text, message.Row{Buttons: buttons})
}

// setupDrilled posts a drill and says what it showed.
func (c *Commands) setupDrilled(ctx context.Context, in message.Interaction, set news.Channel, ping bool) (message.Reply, error) {
	if c.drills == nil {
		return say("There are no drills here."), nil
	}
	missing, err := c.missing(ctx, in, string(set.ID))
	if err != nil {
		c.log.WarnContext(ctx, "permissions not read", "channel", string(set.ID), "error", err)
		return c.setupLook(ctx, set, unseen(set.ID))
	}
	if len(missing) > 0 {
		return c.setupLook(ctx, set, "❌ The drill was not posted. "+strings.TrimSuffix(lacking(set.ID, missing), "run the command again.")+"press **Test breaking** again.")
	}
	role := set.Roles[news.ClassBreaking]
	reach, exists := c.reach(ctx, set.ID, role)
	if ping && !exists {
		return c.setupLook(ctx, set, "❌ The drill was not posted. "+strings.TrimPrefix(reach, "❌ "))
	}
	pinged := ""
	if ping {
		pinged = role
	}
	topics, err := c.subs.ChannelTopics(ctx, set.ID)
	if err != nil {
		return message.Reply{}, err
	}
	topic := AllTopics
	if len(topics) > 0 {
		topic = topics[0]
	}
	if err := c.drills.Drill(ctx, set.ID, topic, pinged); err != nil {
		c.log.WarnContext(ctx, "drill not posted", "channel", string(set.ID), "error", err)
		return c.setupLook(ctx, set, undrilled(set.ID, err))
	}
	outcome := "✅ The drill arrived in " + channelName(set.ID) + ", "
	if ping {
		outcome += "with the ping."
	} else {
		outcome += "without a notification."
	}
	return c.setupLook(ctx, set, outcome+"\n"+reach)
}

// reach says whether the channel's role is notified of breaking news, and whether
// there is such a role that a message can name.
func (c *Commands) reach(ctx context.Context, ch news.ChannelID, role string) (sentence string, exists bool) {
	if role == "" {
		return "No role is set, so real breaking news notifies those who follow the channel, and pings nobody. `/channel edit` sets a role.", false
	}
	if c.perms == nil {
		return "", true
	}
	exists, notified, err := c.perms.Notifies(ctx, string(ch), role)
	switch {
	case err != nil:
		c.log.WarnContext(ctx, "role not looked up", "channel", string(ch), "role", role, "error", err)
		return "I could not look up whether " + roleName(role) + " can be pinged.", true
	case !exists:
		return "❌ The role that breaking news shall ping does not exist any more. `/channel edit` sets another, or `roles:off`.", false
	case !notified:
		return "❌ " + roleName(role) + " is not notified: Discord shows the name and pings nobody. Turn on **Allow anyone to @mention this role** in Server settings > Roles, " +
			"or grant me **Mention @everyone, @here, and All Roles**.", true
	}
	return "✅ Breaking news notifies " + roleName(role) + ".", true
}

// unseen says that a channel's permissions could not be read.
func unseen(ch news.ChannelID) string {
	return "❌ I could not look up what I may do in " + channelName(ch) + ". Check that it still exists and that I can see it."
}

// undrilled says why a drill did not arrive.
func undrilled(ch news.ChannelID, err error) string {
	wait, asked := outbox.Wait(err)
	switch {
	case errors.Is(err, ErrTagNeeded):
		return "❌ The drill was not posted: " + failure(err.Error()) + "."
	case errors.Is(err, ErrChannelGone):
		return "❌ The drill was not posted: " + channelName(ch) + " does not exist any more. `/setup` sets up another channel."
	case outbox.IsBlocked(err):
		return "❌ The drill was not posted: I may not post in " + channelName(ch) + ". Press **Test breaking** again: I then look up which permission is missing."
	case asked:
		return fmt.Sprintf("❌ The drill was not posted: Discord asks me to wait. Try again in %s.", plural(int(max(wait, time.Second).Round(time.Second)/time.Second), "second"))
	case outbox.IsPermanent(err):
		return "❌ The drill was not posted: Discord does not take it. What it said stands in my log, for those who run me."
	}
	return "❌ Discord gave no answer, so I don't know whether the drill arrived. Look into " + channelName(ch) + ", and try again in a minute."
}
