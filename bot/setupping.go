package bot

import (
	"context"
	"errors"

	"newsdesk/bot/message"
	"newsdesk/news"
)

// setupPing asks which role breaking news shall ping; note stands above, "" for
// nothing.
func (c *Commands) setupPing(set news.Channel, note string) message.Reply {
	text := "Shall breaking news ping a role? Nobody is pinged unless you choose one, and nothing but breaking news pings."
	if note != "" {
		text = note + "\n" + text
	}
	menu := message.Menu{Kind: message.MenuRoles, ID: stepID(stepRole, set.ID), Placeholder: "The role that breaking news pings"}
	none := message.Button{Style: message.Primary, Label: "No role", ID: stepID(stepNoRole, set.ID)}
	if role := set.Roles[news.ClassBreaking]; role != "" {
		text += "\nSet now: " + roleName(role) + "."
		menu.Selected, none.Style = []string{role}, message.Secondary
	}
	return setupPage(stepPing, text, message.Row{Menu: &menu}, turn(stepPing, set.ID, none))
}

// setupRole sets the role, or takes it off, and shows how a story looks, with
// whether the role will be notified.
func (c *Commands) setupRole(ctx context.Context, in message.Interaction, set news.Channel, none bool) (message.Reply, error) {
	in.Options = map[string]string{"roles": off}
	if !none {
		if len(in.Values) != 1 {
			return c.setupPing(set, ""), nil
		}
		in.Options = map[string]string{"breaking_role": in.Values[0]}
	}
	change, sentence := settingsOf(in)
	if sentence != "" {
		return c.setupPing(set, "❌ "+sentence), nil
	}
	set, err := c.channels.EditChannel(ctx, news.GuildID(in.Guild), set.ID, change)
	if errors.Is(err, news.ErrNotFound) {
		return say(otherServer), nil
	}
	if err != nil {
		return message.Reply{}, err
	}
	note := ""
	if !none {
		note, _ = c.reach(ctx, set.ID, set.Roles[news.ClassBreaking])
	}
	return c.setupLook(ctx, set, note)
}
