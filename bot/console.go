package bot

import (
	"context"
	"strconv"
	"strings"

	"newsdesk/bot/message"
)

// Console is what those who manage a server may see and do, beside their
// channels. Its zero value is a console without instruments.
type Console struct {
	Overview Overview // nil: nothing is told of how the whole stands
	Records  Records  // nil: nothing is told of what is stored
	Program  Program
	Quota    Quota
	// IDs returns the ids that Discord gave the commands, by name, so that /help
	// can be pressed; nil, or an empty map, where they are not known.
	IDs func() map[string]string
}

// consoleButton answers a button of the console; ours is false where it is none
// of these. Turning a page replaces the message.
func (c *Commands) consoleButton(ctx context.Context, in message.Interaction) (reply message.Reply, ours bool, err error) {
	verb, rest, _ := strings.Cut(in.Custom, ":")
	if verb == verbForget {
		reply, err = c.forget(ctx, in, rest)
		return reply, true, err
	}
	page := pageNumber(rest)
	switch {
	case page < 0:
		return reply, false, nil
	case verb == verbStatus:
		reply, err = c.status(ctx, in, page)
	case verb == verbPrivacy:
		reply, err = c.showRecords(ctx, in, page)
	default:
		return reply, false, nil
	}
	reply.Update = err == nil && reply.Message.Embeds != nil
	return reply, true, err
}

// pageNumber reads the number of a page, -1 where it is none.
func pageNumber(s string) int {
	page, err := strconv.Atoi(s)
	if err != nil || page < 0 || page > maxPage {
		return -1
	}
	return page
}

// turning is the row of buttons that turn the pages of a verb; there is none
// where there is one page.
func turning(verb string, page, pages int) []message.Row {
	var turn []message.Button
	if page > 0 {
		turn = append(turn, message.Button{Style: message.Secondary, Label: "◀", ID: verb + ":" + strconv.Itoa(page-1)})
	}
	if page < pages-1 {
		turn = append(turn, message.Button{Style: message.Secondary, Label: "▶", ID: verb + ":" + strconv.Itoa(page+1)})
	}
	if len(turn) == 0 {
		return nil
	}
	return []message.Row{{Buttons: turn}}
}

// costly books a question or search, and returns a sentence where the asker's
// quota is used up.
func (c *Commands) costly(in message.Interaction) string { return c.meter.take(in, c.now()) }
