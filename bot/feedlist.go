package bot

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"newsdesk/bot/message"
	"newsdesk/news"
)

// feedsRoom is how much of the list of feeds a page shows.
const feedsRoom = 3000

// feedList shows a page of the server's feeds.
func (c *Commands) feedList(ctx context.Context, in message.Interaction, page int) (message.Reply, error) {
	list, err := c.feeds.GuildFeeds(ctx, news.GuildID(in.Guild))
	if err != nil {
		return message.Reply{}, err
	}
	if len(list) == 0 {
		return say("This server has no feeds of its own. `/feed add` adds one; `/status` tells of those that everybody has."), nil
	}
	pages := paginate(feedSections(list), feedsRoom)
	page = min(page, len(pages)-1)
	e := message.Embed{Title: "This server's feeds", Color: plainColor, Footer: fmt.Sprintf("room for %d", c.feedsMost)}
	if len(pages) > 1 {
		e.Title += fmt.Sprintf(" · %d/%d", page+1, len(pages))
	}
	e.Description = pages[page]
	return message.Reply{Ephemeral: true, Message: message.Message{Embeds: []message.Embed{e}, Components: turning(verbFeeds, page, len(pages))}}, nil
}

// feedSections lists feeds by their folders, those without one first.
func feedSections(list []news.GuildFeed) []section {
	all := []section{{title: plural(len(list), "feed")}}
	at := map[string]int{"": 0}
	for _, f := range list {
		i, ok := at[f.Folder]
		if !ok {
			i = len(all)
			at[f.Folder] = i
			all = append(all, section{title: message.EscapeTo(f.Folder, folderName)})
		}
		all[i].lines = append(all[i].lines, feedRow(f))
	}
	return slices.DeleteFunc(all, func(s section) bool { return len(s.lines) == 0 })
}

// feedTitle names a feed and says where it is.
func feedTitle(f news.Feed) string {
	title := "**" + message.EscapeTo(feedName(f), 100) + "**"
	if message.Plain(f.Name) == "" {
		return title
	}
	return title + " · `" + message.Cut(feedAddress(f.URL), 100) + "`"
}

// feedRow tells of a server's feed: how it is, when it is read next and why, and
// where its news go.
func feedRow(f news.GuildFeed) string {
	var mark, state string
	next := func(t string) string { return "next look " + t }
	switch {
	case !f.Paused.IsZero():
		mark, state = "⏸️", "paused "+stamp(f.Paused, "R")
	case !f.Feed.Disabled.IsZero():
		mark, state = "🔴", "given up "+stamp(f.Feed.Disabled, "R")+": "+message.EscapeTo(deadCause(f.Feed), 200)+" `/feed resume` tries again"
	case f.Feed.Failures > 0:
		mark, state = "🟠", "can't be read: "+message.EscapeTo(strings.TrimRight(f.Feed.LastError, ". "), 200)+"; "+next(stamp(f.Feed.NextPoll, "R"))
	case !f.Feed.Polled:
		mark, state = "⚪", "not read yet; "+next(stamp(f.Feed.NextPoll, "R"))
	default:
		mark = "🟢"
		state = next(stamp(f.Feed.NextPoll, "R"))
		if why := message.EscapeTo(f.Feed.NextReason, 100); why != "" {
			state += ": " + why
		}
		state += movingTo(f.Feed.Moving)
	}
	where := "in no channel"
	if len(f.Channels) > 0 {
		where = "in " + channelNames(f.Channels)
	}
	if !f.Feed.Own {
		where += "; everybody's, topic " + message.EscapeTo(titled(f.Feed.Topic), nameText)
	}
	return mark + " " + feedTitle(f.Feed) + "\n" + state + " · " + where
}

// movingTo says where a feed is about to move, and when that is believed.
func movingTo(m news.Moving) string {
	if m.To == "" {
		return ""
	}
	return "; moved to `" + message.Cut(feedAddress(m.To), 100) + "`, for good after " + plural(m.Left, "more poll") + " of the old address"
}

func (c *Commands) feedPause(ctx context.Context, in message.Interaction, f news.GuildFeed) (message.Reply, error) {
	name := "**" + message.EscapeTo(feedName(f.Feed), 100) + "**"
	if !f.Paused.IsZero() {
		return say(name + " is paused already, " + stamp(f.Paused, "R") + ". `/feed resume` goes on with it."), nil
	}
	if err := c.feeds.PauseGuildFeed(ctx, news.GuildID(in.Guild), f.Feed.ID, c.now()); err != nil {
		return goneFeed(err)
	}
	return say(name + " is paused: nothing of it is posted or brought up to date here. `/feed resume` goes on with it; what came in between is not posted."), nil
}

func (c *Commands) feedResume(ctx context.Context, in message.Interaction, f news.GuildFeed) (message.Reply, error) {
	name := "**" + message.EscapeTo(feedName(f.Feed), 100) + "**"
	if f.Paused.IsZero() && f.Feed.Disabled.IsZero() {
		return say(name + " is neither paused nor given up. Nothing changed. `/feed test` shows how it does."), nil
	}
	if err := c.feeds.ResumeGuildFeed(ctx, news.GuildID(in.Guild), f.Feed.ID, c.now()); err != nil {
		return goneFeed(err)
	}
	return say(name + " goes on. It is read within a minute, and its next news are posted."), nil
}

// feedAsk asks before a feed is removed.
func (c *Commands) feedAsk(f news.GuildFeed) message.Reply {
	text := "Stop following **" + message.EscapeTo(feedName(f.Feed), 100) + "**?"
	if len(f.Channels) > 0 {
		text += " " + channelNames(f.Channels) + " will get nothing more of it."
	}
	if f.Feed.Own {
		text += " Its stories are no longer found here; messages that I posted stay."
	}
	reply := say(text)
	reply.Message.Components = []message.Row{{Buttons: []message.Button{{Style: message.Danger, Label: "Remove", ID: feedCustom(feedDrop, int64(f.Feed.ID))}}}}
	return reply
}

func (c *Commands) feedDropped(ctx context.Context, in message.Interaction, id news.FeedID) (message.Reply, error) {
	guild := news.GuildID(in.Guild)
	list, err := c.feeds.GuildFeeds(ctx, guild)
	if err != nil {
		return message.Reply{}, err
	}
	i := slices.IndexFunc(list, func(f news.GuildFeed) bool { return f.Feed.ID == id })
	if i < 0 {
		return goneFeed(news.ErrNotFound)
	}
	name := feedName(list[i].Feed)
	if err := c.feeds.RemoveGuildFeed(ctx, guild, id); err != nil {
		return goneFeed(err)
	}
	c.log.InfoContext(ctx, "feed removed by a server", "guild", in.Guild, "feed", int64(id))
	return say("**" + message.EscapeTo(name, 100) + "** is no longer followed. `/feed add` brings it back."), nil
}

// feedTest reads a feed now and says what came.
func (c *Commands) feedTest(ctx context.Context, in message.Interaction, f news.GuildFeed) (message.Reply, error) {
	if sentence := c.costly(in); sentence != "" {
		return say(sentence), nil
	}
	look, err := c.finder.Look(ctx, f.Feed.URL, true)
	if err != nil {
		return message.Reply{}, err
	}
	name := feedTitle(f.Feed)
	if look.Problem != "" {
		text := "❌ " + name + "\nIt can't be read now: " + message.EscapeTo(strings.TrimRight(look.Problem, ". "), 300) + "."
		if !f.Feed.Disabled.IsZero() {
			text += " It was given up " + stamp(f.Feed.Disabled, "R") + "; `/feed resume` tries again once it works."
		}
		return say(text), nil
	}
	lines := []string{fmt.Sprintf("✅ %s\nThe server answered %d · %s", name, look.Status, feedFacts(look))}
	lines = append(lines, newestItems(look)...)
	if !f.Feed.Disabled.IsZero() {
		lines = append(lines, "It was given up "+stamp(f.Feed.Disabled, "R")+" and works again: `/feed resume` goes on with it.")
	}
	reply := say(strings.Join(lines, "\n"))
	if len(look.Event.Sources) > 0 {
		reply.Message.Content += "\n\nA post on its newest item would look like this"
		if look.Page != "" {
			reply.Message.Content += ", made of the feed's own text: its page can't be read (" + message.EscapeTo(strings.TrimRight(look.Page, ". "), 150) + ")"
		}
		post := Alert(look.Event, AlertOptions{Topic: c.topics.Named(news.FeedTopic(f.Feed.ID))})
		reply.Message.Content += ":\n" + post.Content
		reply.Message.Embeds = post.Embeds
	}
	return reply, nil
}
