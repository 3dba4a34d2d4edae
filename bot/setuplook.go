package bot

import (
	"context"
	"strings"

	"newsdesk/bot/message"
	"newsdesk/news"
)

// setupLook shows what is set and how a story will look; note is what came of the
// step before, "" for nothing.
func (c *Commands) setupLook(ctx context.Context, set news.Channel, note string) (message.Reply, error) {
	r, err := c.rehearse(ctx, set)
	if err != nil {
		return message.Reply{}, err
	}
	row := message.Row{Buttons: []message.Button{{Style: message.Primary, Label: "Post the newest story", ID: stepID(stepTest, set.ID)}}}
	if c.drills != nil {
		row.Buttons = append(row.Buttons, message.Button{Style: message.Secondary, Label: "Test breaking", ID: stepID(stepDrill, set.ID)})
	}
	row = turn(stepLook, set.ID, append(row.Buttons, message.Button{Style: message.Secondary, Label: "Finish", ID: stepID(stepFinish, set.ID)})...)
	lines := []string{c.describe(set, r.topics)}
	if note != "" {
		lines = append(lines, note)
	}
	if how := c.tagGap(ctx, set.ID); how != "" {
		lines = append(lines, how)
	}
	e, ok := r.newest()
	if !ok {
		lines = append(lines, "No story of the last 24 hours would have been posted, so there is none to show.")
		return setupPage(stepLook, strings.Join(lines, "\n"), row), nil
	}
	reply := setupPage(stepLook, strings.Join(append(lines, "This is how a story looks:"), "\n"), row)
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
	lines = append(lines, "`/setup` or `/channel edit` changes it, `/schedule` its times; `/filter add` keeps stories out, `/channel remove` ends it.")
	return message.Reply{Ephemeral: true, Message: message.Message{Embeds: []message.Embed{{
		Title: "Set-up", Description: strings.Join(lines, "\n"), Color: plainColor,
	}}}}, nil
}
