package bot

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"newsdesk/bot/message"
	"newsdesk/news"
)

// Records are what is stored of servers.
type Records interface {
	GuildRecords(ctx context.Context, guild news.GuildID) (news.Records, error)
	// ForgetGuild deletes all of them.
	ForgetGuild(ctx context.Context, guild news.GuildID) error
}

// The custom ids of /privacy.
const (
	verbPrivacy = "privacy" // privacy:<page>
	verbForget  = "forget"  // forget:<guild>
)

// privacyText is what is said to everybody.
const privacyText = "I read news feeds and store what they publish. Of this server I store ids and settings only: which channel follows what, " +
	"what is set for it, which feeds were added and what a language model cost for them, and the ids of the messages I posted, so that I can bring them up to date. " +
	"I store no messages, names or ids of people; I cannot read what you write here. What you ask me is answered and not kept.\n" +
	"All of it is deleted 30 days after I am removed from a server. Those who manage the server see it with `/privacy show`, and delete it at once with `/privacy delete`."

func privacyCommand() message.Command {
	return message.Command{Name: "privacy", Description: "What is stored of this server, and how to delete it", Subcommands: []message.Command{
		{Name: "show", Description: "What is stored of this server"},
		{Name: "delete", Description: "Delete all that is stored of this server"},
	}}
}

// recordsRoom is how much of the records, as JSON, a page shows.
const recordsRoom = 2500

// showRecords answers /privacy show and its page buttons.
func (c *Commands) showRecords(ctx context.Context, in message.Interaction, page int) (message.Reply, error) {
	if in.Guild == "" || !in.Manage || c.console.Records == nil {
		return say(privacyText), nil
	}
	r, err := c.console.Records.GuildRecords(ctx, news.GuildID(in.Guild))
	if err != nil {
		return message.Reply{}, err
	}
	if len(r.Channels) == 0 && len(r.Feeds) == 0 {
		return say(privacyText + "\n\nNothing is stored of this server."), nil
	}
	pages, err := recordPages(r)
	if err != nil {
		return message.Reply{}, err
	}
	page = min(page, len(pages)-1)
	e := message.Embed{Title: "What is stored of this server", Color: plainColor, Footer: plural(len(r.Channels), "channel")}
	if len(r.Feeds) > 0 {
		e.Footer += ", " + plural(len(r.Feeds), "feed")
	}
	if len(pages) > 1 {
		e.Title += fmt.Sprintf(" · %d/%d", page+1, len(pages))
	}
	e.Description = privacyText + "\n```json\n" + pages[page] + "\n```"
	m := message.Message{Embeds: []message.Embed{e}}
	m.Components = turning(verbPrivacy, page, len(pages))
	return message.Reply{Message: m, Ephemeral: true}, nil
}

// recordPages writes records as JSON, as many channels, and behind them feeds, a
// page as fit; each page is a document of its own.
func recordPages(r news.Records) ([]string, error) {
	channels := len(r.Channels)
	write := func(from, to int) (string, error) {
		part := news.Records{Guild: r.Guild, Channels: r.Channels[min(from, channels):min(to, channels)]}
		if to > channels {
			part.Feeds = r.Feeds[max(from, channels)-channels : to-channels]
		}
		b, err := json.MarshalIndent(part, "", " ")
		if err != nil {
			return "", fmt.Errorf("write the records of server %s: %w", r.Guild, err)
		}
		return unfenced(string(b)), nil
	}
	var pages []string
	all := channels + len(r.Feeds)
	for from := 0; from < all; {
		to := from + 1
		text, err := write(from, to)
		for err == nil && to < all {
			var longer string
			if longer, err = write(from, to+1); message.Len(longer) > recordsRoom {
				break
			}
			text = longer
			to++
		}
		if err != nil {
			return nil, err
		}
		pages = append(pages, message.Cut(text, recordsRoom))
		from = to
	}
	return pages, nil
}

// unfenced keeps a text from ending the code block that it stands in.
func unfenced(s string) string { return strings.ReplaceAll(s, "`", "\\u0060") }

// askToForget answers /privacy delete.
func (c *Commands) askToForget(ctx context.Context, in message.Interaction) (message.Reply, error) {
	if sentence := c.mayForget(in); sentence != "" {
		return say(sentence), nil
	}
	r, err := c.console.Records.GuildRecords(ctx, news.GuildID(in.Guild))
	if err != nil {
		return message.Reply{}, err
	}
	if len(r.Channels) == 0 && len(r.Feeds) == 0 {
		return say("Nothing is stored of this server."), nil
	}
	what := plural(len(r.Channels), "channel") + " with what they follow and what is set for them, "
	if len(r.Feeds) > 0 {
		what += plural(len(r.Feeds), "feed") + " of its own, "
	}
	reply := say("This deletes all that I store of this server: " + what + "and the ids of my messages. " +
		"I then post nothing here any more and bring nothing up to date. My messages stay; delete them as any other. It cannot be undone.")
	reply.Message.Components = []message.Row{{Buttons: []message.Button{{Style: message.Danger, Label: "Delete all of it", ID: verbForget + ":" + in.Guild}}}}
	return reply, nil
}

// forget deletes what is stored of the server that a button names.
func (c *Commands) forget(ctx context.Context, in message.Interaction, guild string) (message.Reply, error) {
	if sentence := c.mayForget(in); sentence != "" {
		return say(sentence), nil
	}
	if guild != in.Guild {
		return say("That button is of another server. Run `/privacy delete` here."), nil
	}
	if err := c.console.Records.ForgetGuild(ctx, news.GuildID(guild)); err != nil {
		return message.Reply{}, err
	}
	c.log.InfoContext(ctx, "all records of a server deleted on request", "guild", guild)
	reply := say("Deleted: nothing is stored of this server any more. `/subscribe` begins anew.")
	reply.Update = true
	return reply, nil
}

// mayForget says why a person may not delete records, "" where they may.
func (c *Commands) mayForget(in message.Interaction) string {
	switch {
	case in.Guild == "":
		return "Nothing is stored of direct messages."
	case !in.Manage:
		return "Only those who may manage this server can delete what is stored of it."
	case c.console.Records == nil:
		return "Nothing is stored of this server."
	}
	return ""
}
