package bot

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"newsdesk/bot/message"
	"newsdesk/news"
)

const (
	refusedShown = 8  // feeds of a file that are named because they were refused
	folderName   = 60 // characters
	// exportName is what the file of /feed export is called.
	exportName = "feeds.opml"
)

// imported is what became of the feeds of a file.
type imported struct {
	added, known int
	noRoom       int      // for which the server has no room
	refused      []string // a line each
}

// feedImport follows the feeds of a file. They are not looked at first: what is
// unreachable for an hour belongs to the list all the same, and the first poll,
// which is due at once, shows how each does.
func (c *Commands) feedImport(ctx context.Context, in message.Interaction) (message.Reply, error) {
	if c.feedsMost == 0 {
		return say(feedsOff), nil
	}
	file, ok := in.Files["file"]
	if !ok {
		return say("Attach the OPML file that your feed reader exports: `/feed import` with the file."), nil
	}
	ch := news.ChannelID(strings.TrimSpace(in.Options["channel"]))
	if ch != "" {
		if sentence := c.cannotGet(ctx, in, ch); sentence != "" {
			return say(sentence), nil
		}
	}
	if sentence := c.costly(in); sentence != "" {
		return say(sentence), nil
	}
	list, problem, err := c.files.ReadFeeds(ctx, file)
	if err != nil {
		return message.Reply{}, err
	}
	if problem != "" {
		return say("I can't use that file: " + message.EscapeTo(lowerFirst(strings.TrimRight(problem, ". ")), 300) + "."), nil
	}
	done, err := c.takeFeeds(ctx, in, list, ch)
	if err != nil {
		return message.Reply{}, err
	}
	c.log.InfoContext(ctx, "feeds imported by a server", "guild", in.Guild, "added", done.added, "known", done.known, "refused", len(done.refused)+done.noRoom)
	return say(done.tell(file.Name, len(list), c.feedsMost, ch)), nil
}

// takeFeeds follows each feed that may be followed; a second time it changes
// nothing.
func (c *Commands) takeFeeds(ctx context.Context, in message.Interaction, list []ListedFeed, ch news.ChannelID) (done imported, err error) {
	guild := news.GuildID(in.Guild)
	have, err := c.feeds.GuildFeeds(ctx, guild)
	if err != nil {
		return done, err
	}
	now := c.now()
	for i, f := range list {
		var id news.FeedID
		switch k := known(have, f.URL); {
		case f.Problem != "":
			done.refused = append(done.refused, "`"+message.Cut(feedAddress(f.URL), 100)+"`: "+message.EscapeTo(f.Problem, 150))
			continue
		case k != nil:
			id = k.Feed.ID
			done.known++
		case done.noRoom > 0:
			done.noRoom++
			continue
		default:
			feed := news.Feed{URL: f.URL, Name: message.Cut(message.Plain(f.Name), 100), Topic: message.Cut(message.Plain(f.Folder), folderName)}
			var added bool
			id, added, err = c.feeds.AddGuildFeed(ctx, guild, feed, c.feedsMost, now.Add(time.Duration(i)*time.Millisecond)) // so that they keep their order
			if errors.Is(err, news.ErrFull) {
				done.noRoom++
				continue
			}
			if err != nil {
				return done, err
			}
			if added {
				done.added++
			} else {
				done.known++
			}
			feed.ID = id
			have = append(have, news.GuildFeed{Feed: feed})
		}
		if ch != "" {
			if err := c.followFeed(ctx, in, id, ch); err != nil {
				return done, err
			}
		}
	}
	return done, nil
}

// tell says what became of a file.
func (d imported) tell(file string, of, room int, ch news.ChannelID) string {
	parts := []string{fmt.Sprintf("%d added", d.added)}
	if d.known > 0 {
		parts = append(parts, fmt.Sprintf("%d followed already", d.known))
	}
	if n := len(d.refused) + d.noRoom; n > 0 {
		parts = append(parts, fmt.Sprintf("%d refused", n))
	}
	lines := []string{"**" + message.EscapeTo(file, 60) + "** lists " + plural(of, "feed") + ": " + strings.Join(parts, ", ") + "."}
	for i, r := range d.refused {
		if i == refusedShown {
			lines = append(lines, fmt.Sprintf("• and %d more like these", len(d.refused)-i))
			break
		}
		lines = append(lines, "• "+r)
	}
	if d.noRoom > 0 {
		lines = append(lines, fmt.Sprintf("• %s: this server has its %d already. `/feed remove` makes room.", plural(d.noRoom, "feed"), room))
	}
	if d.added > 0 {
		lines = append(lines, "I read the new ones for the first time now; `/feed list` shows how each does.")
	}
	switch {
	case d.added+d.known == 0:
	case ch != "":
		lines = append(lines, channelName(ch)+" gets their news from now on; what stands in them already is not posted.")
	case d.added > 0:
		lines = append(lines, "No channel gets their news yet: `/subscribe` lets one follow a single feed, and this command again, with a channel, all of the file.")
	}
	return strings.Join(lines, "\n")
}

// feedExport gives the server's feeds as a file.
func (c *Commands) feedExport(ctx context.Context, in message.Interaction) (message.Reply, error) {
	all, err := c.feeds.GuildFeeds(ctx, news.GuildID(in.Guild))
	if err != nil {
		return message.Reply{}, err
	}
	if len(all) == 0 {
		return say("This server has no feeds of its own. `/feed add` adds one."), nil
	}
	list := make([]news.Feed, len(all))
	keys := false
	for i, f := range all {
		list[i] = news.Feed{URL: f.Feed.URL, Name: f.Feed.Name, Topic: folderOf(f)}
		keys = keys || strings.ContainsAny(f.Feed.URL, "?@")
	}
	data, err := c.files.WriteFeeds(list)
	if err != nil {
		return message.Reply{}, err
	}
	reply := say("This server's " + plural(len(list), "feed") + ". `/feed import` takes the file in another server, and so do feed readers.")
	if keys {
		reply.Message.Content += " It holds the addresses whole, with the keys that some may have: give it to nobody who shall not have them."
	}
	reply.Files = []message.File{{Name: exportName, Type: "text/x-opml", Data: data}}
	return reply, nil
}

// folderOf is where a feed stands in the list: its folder, or the topic of one
// that everybody has.
func folderOf(f news.GuildFeed) string {
	if f.Folder == "" && !f.Feed.Own {
		return f.Feed.Topic
	}
	return f.Folder
}
