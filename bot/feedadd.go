package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"newsdesk/bot/message"
	"newsdesk/news"
)

// previewItems is how many of a feed's newest items a preview names.
const previewItems = 3

const feedsOff = "Adding feeds is switched off. Whoever runs me can allow it (`discord.feeds_per_server`)."

// feedAdd looks for the feeds of an address, and shows the one that there is, or
// a menu of several.
func (c *Commands) feedAdd(ctx context.Context, in message.Interaction) (message.Reply, error) {
	if c.feedsMost == 0 {
		return say(feedsOff), nil
	}
	ch := news.ChannelID(strings.TrimSpace(in.Options["channel"]))
	if ch != "" {
		if sentence := c.cannotGet(ctx, in, ch); sentence != "" {
			return say(sentence), nil
		}
	}
	address := strings.Trim(strings.TrimSpace(in.Options["address"]), "<>")
	if address == "" || message.Len(address) > explainQuery {
		return say("Give an address: `/feed add address:example.org`."), nil
	}
	list, err := c.feeds.GuildFeeds(ctx, news.GuildID(in.Guild))
	if err != nil {
		return message.Reply{}, err
	}
	if f := known(list, address); f != nil { // whether it can be read or not
		return c.feedKnown(ctx, in, *f, ch)
	}
	if sentence := c.costly(in); sentence != "" {
		return say(sentence), nil
	}
	found, problem, err := c.finder.Find(ctx, address)
	if err != nil {
		return message.Reply{}, err
	}
	if len(found) == 0 {
		return say("I found no feed there: " + message.EscapeTo(lowerFirst(strings.TrimRight(problem, ". ")), 300) + "."), nil
	}
	if len(found) == 1 {
		if f := known(list, found[0].URL); f != nil {
			return c.feedKnown(ctx, in, *f, ch)
		}
	}
	offers := make([]news.FeedOffer, 0, len(found))
	for _, f := range found[:min(len(found), message.MaxOptions)] {
		offers = append(offers, news.FeedOffer{URL: f.URL, Title: message.Cut(message.Plain(f.Title), 100), Channel: ch})
	}
	if offers, err = c.feeds.OfferFeeds(ctx, news.GuildID(in.Guild), offers, c.now()); err != nil {
		return message.Reply{}, err
	}
	if len(offers) == 1 {
		return c.feedPreview(ctx, in, offers[0].ID)
	}
	menu := message.Menu{ID: verbFeed + ":" + feedPick, Placeholder: "Choose a feed"}
	for i, o := range offers {
		what := plural(found[i].Items, "item")
		if !found[i].Newest.IsZero() {
			what += " · newest " + age(max(0, c.now().Sub(found[i].Newest))) + " old"
		}
		if known(list, o.URL) != nil {
			what = "followed already · " + what
		}
		name := o.Title
		if name == "" {
			name = feedAddress(o.URL)
		}
		menu.Options = append(menu.Options, message.Choice{
			Name: message.Cut(name, message.MaxOptionText), Value: strconv.FormatInt(o.ID, 10),
			Description: message.Cut(what+" · "+feedAddress(o.URL), message.MaxOptionText),
		})
	}
	reply := say(fmt.Sprintf("There are %d feeds. Which one?", len(offers)))
	reply.Message.Components = []message.Row{{Menu: &menu}}
	return reply, nil
}

// cannotGet says why a channel can get no news, "" where it can.
func (c *Commands) cannotGet(ctx context.Context, in message.Interaction, ch news.ChannelID) string {
	missing, err := c.missing(ctx, in, string(ch))
	if err != nil {
		c.log.WarnContext(ctx, "permissions not read", "channel", string(ch), "error", err)
		return "I could not look up what I may do in " + channelName(ch) + ". Check that it still exists and that I can see it, then try again."
	}
	if len(missing) > 0 {
		return lacking(ch, missing)
	}
	return ""
}

// feedKnown says that the server follows a feed already, and lets the channel
// follow it that was named.
func (c *Commands) feedKnown(ctx context.Context, in message.Interaction, f news.GuildFeed, ch news.ChannelID) (message.Reply, error) {
	text := "This server follows **" + message.EscapeTo(feedName(f.Feed), 100) + "** already"
	switch {
	case ch != "" && !slices.Contains(f.Channels, ch):
		if err := c.followFeed(ctx, in, f.Feed.ID, ch); err != nil {
			return message.Reply{}, err
		}
		text += "; " + channelName(ch) + " gets its news from now on."
	case len(f.Channels) > 0:
		text += "; its news go to " + channelNames(f.Channels) + ". Nothing changed."
	default:
		text += ". Nothing changed."
	}
	if !f.Paused.IsZero() || !f.Feed.Disabled.IsZero() {
		text += " It is not read at the moment: `/feed resume` goes on with it."
	}
	return say(text), nil
}

func channelNames(list []news.ChannelID) string {
	var names []string
	for _, ch := range list {
		names = append(names, channelName(ch))
	}
	return strings.Join(names, ", ")
}

const offerGone = "That offer is too old. Run `/feed add` again."

// feedPreview shows a feed that was found, with a button that adds it.
func (c *Commands) feedPreview(ctx context.Context, in message.Interaction, offer int64) (message.Reply, error) {
	o, err := c.feeds.FeedOffer(ctx, news.GuildID(in.Guild), offer)
	if errors.Is(err, news.ErrNotFound) {
		return say(offerGone), nil
	}
	if err != nil {
		return message.Reply{}, err
	}
	list, err := c.feeds.GuildFeeds(ctx, news.GuildID(in.Guild))
	if err != nil {
		return message.Reply{}, err
	}
	if f := known(list, o.URL); f != nil {
		return c.feedKnown(ctx, in, *f, o.Channel)
	}
	look, err := c.finder.Look(ctx, o.URL, false)
	if err != nil {
		return message.Reply{}, err
	}
	if look.Problem != "" {
		return say("`" + feedAddress(o.URL) + "` can't be read: " + message.EscapeTo(strings.TrimRight(look.Problem, ". "), 300) + "."), nil
	}
	label := "Add"
	if o.Channel != "" {
		label = "Add and post it"
	}
	lines := []string{"`" + feedAddress(look.URL) + "`", feedFacts(look)}
	lines = append(lines, newestItems(look)...)
	end := "What stands in it now is not posted, only what comes next"
	if o.Channel != "" {
		end += ", in " + channelName(o.Channel)
	}
	return message.Reply{Ephemeral: true, Message: message.Message{
		Embeds: []message.Embed{{
			Title: message.EscapeTo(lookTitle(look), alertTitle), Description: strings.Join(lines, "\n") + "\n\n" + end + ".", Color: plainColor,
		}},
		Components: []message.Row{{Buttons: []message.Button{{Style: message.Primary, Label: label, ID: feedCustom(feedAdd, offer)}}}},
	}}, nil
}

func lookTitle(l FeedLook) string {
	if message.Plain(l.Title) == "" {
		return feedAddress(l.URL)
	}
	return l.Title
}

// feedFacts is a line on a feed: how much it holds, how often it has news, in
// which language.
func feedFacts(l FeedLook) string {
	parts := []string{plural(l.Items, "item")}
	if l.Rhythm != "" {
		parts = append(parts, message.EscapeTo(l.Rhythm, 60))
	}
	if l.Lang != "" {
		parts = append(parts, languageName(l.Lang))
	}
	return strings.Join(parts, " · ")
}

func newestItems(l FeedLook) []string {
	var out []string
	for _, it := range l.Newest[:min(len(l.Newest), previewItems)] {
		title := it.Title
		if message.Plain(title) == "" {
			title = it.Summary
		}
		line := "• " + message.MaskedLink(title, it.URL, 100)
		if t := stamp(it.Published, "R"); t != "" {
			line += " · " + t
		}
		out = append(out, line)
	}
	return out
}

// languageName names the languages that feeds mostly are in; others keep their
// code.
func languageName(code string) string {
	names := map[string]string{
		"en": "English", "de": "German", "fr": "French", "es": "Spanish", "pt": "Portuguese", "it": "Italian", "nl": "Dutch", "sv": "Swedish",
		"da": "Danish", "no": "Norwegian", "nb": "Norwegian", "fi": "Finnish", "pl": "Polish", "cs": "Czech", "hu": "Hungarian", "ro": "Romanian",
		"el": "Greek", "tr": "Turkish", "ru": "Russian", "uk": "Ukrainian", "ar": "Arabic", "he": "Hebrew", "fa": "Persian", "hi": "Hindi",
		"zh": "Chinese", "ja": "Japanese", "ko": "Korean", "vi": "Vietnamese", "th": "Thai", "id": "Indonesian",
	}
	if name, ok := names[code]; ok {
		return name
	}
	return message.EscapeTo(code, 10)
}

// feedAdded adds a feed that was offered.
func (c *Commands) feedAdded(ctx context.Context, in message.Interaction, offer int64) (message.Reply, error) {
	guild := news.GuildID(in.Guild)
	o, err := c.feeds.FeedOffer(ctx, guild, offer)
	if errors.Is(err, news.ErrNotFound) {
		return say(offerGone), nil
	}
	if err != nil {
		return message.Reply{}, err
	}
	id, added, err := c.feeds.AddGuildFeed(ctx, guild, news.Feed{URL: o.URL, Name: o.Title}, c.feedsMost, c.now())
	if errors.Is(err, news.ErrFull) {
		return say(fmt.Sprintf("This server has its %s already. `/feed remove` makes room.", plural(c.feedsMost, "feed"))), nil
	}
	if err != nil {
		return message.Reply{}, err
	}
	name := o.Title
	if name == "" {
		name = feedAddress(o.URL)
	}
	if added {
		c.log.InfoContext(ctx, "feed added by a server", "guild", in.Guild, "feed", int64(id))
	}
	name = "**" + message.EscapeTo(name, 100) + "**"
	if o.Channel == "" {
		reply := say("This server now follows " + name + ". `/latest` and `/search` show its news to its members. Which channel shall get them?")
		if !added {
			reply = say("This server follows " + name + " already. Which channel shall get its news?")
		}
		reply.Message.Components = []message.Row{{Menu: &message.Menu{Kind: message.MenuChannels, ID: feedCustom(feedPost, int64(id)), Placeholder: "Choose a channel"}}}
		return reply, nil
	}
	if err := c.followFeed(ctx, in, id, o.Channel); err != nil {
		return message.Reply{}, err
	}
	return c.feedFollowed(ctx, name, o.Channel)
}

// followFeed lets a channel follow a feed, from its next news on.
func (c *Commands) followFeed(ctx context.Context, in message.Interaction, id news.FeedID, ch news.ChannelID) error {
	sub := news.Subscription{Guild: news.GuildID(in.Guild), Channel: ch, Topic: news.FeedTopic(id)}
	if _, err := c.subs.Subscribe(ctx, sub); err != nil {
		return err
	}
	if c.first == nil {
		return nil
	}
	return c.first.Skip(ctx, sub)
}

// feedFollowed says what a channel gets of a feed from now on.
func (c *Commands) feedFollowed(ctx context.Context, name string, ch news.ChannelID) (message.Reply, error) {
	text := channelName(ch) + " now follows " + name + ". The first message comes with its next news. To stop: `/feed pause` or `/feed remove`."
	if c.channels == nil {
		return say(text), nil
	}
	set, err := c.channels.Channel(ctx, ch)
	if err != nil {
		return message.Reply{}, err
	}
	if set.Least.Rank() > news.ClassNormal.Rank() {
		text += "\n⚠️ That channel takes " + string(set.Least) + " news only, which a single feed hardly ever has: `/channel edit importance:Everything` changes that."
	}
	if gap := c.tagGap(ctx, ch); gap != "" {
		text += "\n" + gap
	}
	return say(text), nil
}

// feedPosted lets the channel that was chosen follow a feed.
func (c *Commands) feedPosted(ctx context.Context, in message.Interaction, id news.FeedID) (message.Reply, error) {
	if len(in.Values) != 1 {
		return say("Choose a channel from the menu."), nil
	}
	list, err := c.feeds.GuildFeeds(ctx, news.GuildID(in.Guild))
	if err != nil {
		return message.Reply{}, err
	}
	i := slices.IndexFunc(list, func(f news.GuildFeed) bool { return f.Feed.ID == id })
	if i < 0 {
		return goneFeed(news.ErrNotFound)
	}
	ch := news.ChannelID(in.Values[0])
	if sentence := c.cannotGet(ctx, in, ch); sentence != "" {
		reply := say(sentence)
		reply.Message.Components = []message.Row{{Menu: &message.Menu{Kind: message.MenuChannels, ID: feedCustom(feedPost, int64(id)), Placeholder: "Choose a channel"}}}
		return reply, nil
	}
	if err := c.followFeed(ctx, in, id, ch); err != nil {
		return message.Reply{}, err
	}
	return c.feedFollowed(ctx, "**"+message.EscapeTo(feedName(list[i].Feed), 100)+"**", ch)
}
