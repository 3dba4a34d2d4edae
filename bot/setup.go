package bot

import (
	"context"
	"fmt"
	"strings"

	"newsdesk/bot/message"
	"newsdesk/news"
)

// The steps of /setup, as they stand in custom ids: setup:<step>:<channel>, for
// some with what was chosen behind it. What is chosen is stored at each step, so
// the wizard can be left and taken up again.
const (
	stepStart   = "start"   // page 1: what is missing, the channel, its topics
	stepChannel = "channel" // the menu of channels
	stepTopics  = "topics"  // the menu of topics
	stepVolume  = "volume"  // page 2: how much
	stepLeast   = "least"   // its buttons, :<class>
	stepWhen    = "when"    // page 3: when it comes
	stepZone    = "zone"    // the menu of time zones
	stepPace    = "pace"    // its buttons, :<pace>
	stepPing    = "ping"    // page 4: the role
	stepRole    = "role"    // the menu of roles
	stepNoRole  = "norole"
	stepLook    = "look" // page 5: how it looks
	stepTest    = "test"
	stepDrill   = "drill"
	stepPlain   = "drillplain"
	stepLoud    = "drillloud"
	stepFinish  = "finish"
)

// setupPages are the steps that are pages, in their order.
func setupPages() []string { return []string{stepStart, stepVolume, stepWhen, stepPing, stepLook} }

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
	arg := ""
	if len(parts) == 4 {
		arg = parts[3]
	}
	ch := news.ChannelID(parts[2])
	if parts[1] == stepChannel && len(in.Values) == 1 {
		ch = news.ChannelID(in.Values[0])
	}
	set, err := c.channels.Channel(ctx, ch)
	if err != nil {
		return message.Reply{}, true, err
	}
	if set.Guild != "" && string(set.Guild) != in.Guild {
		return say(otherServer), true, nil
	}
	if reply, ok, err = c.setupDo(ctx, in, set, parts[1], arg); !ok {
		return message.Reply{}, false, nil
	}
	reply.Update = err == nil
	return reply, true, err
}

func (c *Commands) setupDo(ctx context.Context, in message.Interaction, set news.Channel, step, arg string) (reply message.Reply, ok bool, err error) {
	ok = true
	switch step {
	case stepStart, stepChannel:
		reply, err = c.setupStart(ctx, in, set.ID)
	case stepTopics:
		reply, err = c.setupTopics(ctx, in, set.ID)
	case stepVolume:
		reply, err = c.setupVolume(ctx, set)
	case stepLeast:
		reply, err = c.setupLeast(ctx, in, set.ID, news.Class(arg))
	case stepWhen:
		reply, err = c.setupWhen(set)
	case stepZone:
		reply, err = c.setupZone(ctx, in, set)
	case stepPace:
		reply, err = c.setupPace(ctx, in, set, arg)
	case stepPing:
		reply = c.setupPing(set, "")
	case stepRole, stepNoRole:
		reply, err = c.setupRole(ctx, in, set, step == stepNoRole)
	case stepLook:
		reply, err = c.setupLook(ctx, set, "")
	case stepDrill:
		reply = c.setupDrill(set)
	case stepPlain, stepLoud:
		reply, err = c.setupDrilled(ctx, in, set, step == stepLoud)
	case stepTest, stepFinish:
		reply, err = c.setupEnd(ctx, in, set, step == stepTest)
	default:
		ok = false
	}
	return reply, ok, err
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

// setupPage is a page of the wizard as it is shown.
func setupPage(step, text string, rows ...message.Row) message.Reply {
	n := 1
	for i, s := range setupPages() {
		if s == step {
			n = i + 1
		}
	}
	return message.Reply{Ephemeral: true, Message: message.Message{
		Embeds:     []message.Embed{{Title: fmt.Sprintf("Set-up · %d/%d", n, len(setupPages())), Description: text, Color: plainColor}},
		Components: rows,
	}}
}

// turn is the row that leads to the page before, and to the one behind, which
// keeps what is set.
func turn(step string, ch news.ChannelID, more ...message.Button) message.Row {
	pages := setupPages()
	row := message.Row{Buttons: more}
	for i, s := range pages {
		if s != step {
			continue
		}
		if i > 0 {
			row.Buttons = append(row.Buttons, message.Button{Style: message.Secondary, Label: "Back", ID: stepID(pages[i-1], ch)})
		}
		if i < len(pages)-1 {
			row.Buttons = append(row.Buttons, message.Button{Style: message.Secondary, Label: "Next", ID: stepID(pages[i+1], ch)})
		}
	}
	return row
}
