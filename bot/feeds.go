package bot

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"newsdesk/bot/message"
	"newsdesk/news"
)

// GuildFeeds are the feeds that servers follow by themselves.
type GuildFeeds interface {
	GuildFeeds(ctx context.Context, guild news.GuildID) ([]news.GuildFeed, error)
	// AddGuildFeed reports whether the feed is new to the server; news.ErrFull
	// says that it has limit feeds already.
	AddGuildFeed(ctx context.Context, guild news.GuildID, f news.Feed, limit int, now time.Time) (id news.FeedID, added bool, err error)
	PauseGuildFeed(ctx context.Context, guild news.GuildID, id news.FeedID, now time.Time) error
	ResumeGuildFeed(ctx context.Context, guild news.GuildID, id news.FeedID, now time.Time) error
	RemoveGuildFeed(ctx context.Context, guild news.GuildID, id news.FeedID) error
	// OfferFeeds keeps what was found for a server until a button is pressed.
	OfferFeeds(ctx context.Context, guild news.GuildID, offers []news.FeedOffer, now time.Time) ([]news.FeedOffer, error)
	FeedOffer(ctx context.Context, guild news.GuildID, id int64) (news.FeedOffer, error)
}

// FeedFinder looks at feeds where they are.
type FeedFinder interface {
	// Find returns the feeds of an address, the likeliest first, or a sentence
	// that says why there are none. A feed that is followed already has the
	// address that it is followed by.
	Find(ctx context.Context, address string) (found []FoundFeed, problem string, err error)
	// Look reads a feed now. With post, the page of its newest item is read too.
	Look(ctx context.Context, address string, post bool) (FeedLook, error)
}

// FeedFiles reads and writes lists of feeds as files (OPML).
type FeedFiles interface {
	// ReadFeeds returns the feeds of a file that somebody attached, in their order,
	// or a sentence that says why there are none.
	ReadFeeds(ctx context.Context, f message.File) (list []ListedFeed, problem string, err error)
	// WriteFeeds writes feeds, each in the folder that its Topic names.
	WriteFeeds(list []news.Feed) ([]byte, error)
}

// ListedFeed is a feed of a list that was read. Nobody has looked at it yet.
type ListedFeed struct {
	URL     string // by which it is followed already, if it is
	Name    string
	Folder  string // "" for none
	Problem string // why it cannot be followed, "" where it may be
}

// FoundFeed is a feed that was found at an address.
type FoundFeed struct {
	URL    string
	Title  string
	Items  int
	Newest time.Time // zero where its items have no dates
}

// FeedLook is what a look at a feed showed.
type FeedLook struct {
	Problem string // one sentence on why it could not be read, "" where it was
	Status  int    // of the answer, 0 where there was none
	URL     string // where it was read, after redirects for good
	Title   string
	Lang    string      // ISO 639-1, "" where unknown
	Rhythm  string      // how often items come, such as "3 items a day on average"; "" where unknown
	Items   int         // how many it holds
	Newest  []news.Item // the newest of them
	Event   news.Event  // what would be posted of the newest; the zero event where that was not asked for
	Page    string      // why the page of the newest could not be read, "" where it was
}

// The custom ids of /feed. Those with an offer are on messages that only the
// asker sees, for a day.
const (
	verbFeed  = "feed"  // feed:<what>[:<id>]
	verbFeeds = "feeds" // feeds:<page>, of /feed list

	feedPick = "pick" // a menu whose value is an offer
	feedAdd  = "add"  // :<offer>
	feedPost = "post" // :<feed>, a menu of channels
	feedDrop = "drop" // :<feed>
)

func feedCustom(what string, id int64) string {
	return verbFeed + ":" + what + ":" + strconv.FormatInt(id, 10)
}

// feedCommand is /feed.
func feedCommand() message.Command {
	feed := []message.Option{{Name: "feed", Description: "One of this server's feeds", Kind: message.OptionString, Required: true, Autocomplete: true}}
	return message.Command{
		Name: "feed", Description: "Feeds of this server's own", ManageGuild: true, GuildOnly: true,
		Subcommands: []message.Command{
			{Name: "add", Description: "Follow the feed of a site, a channel, a subreddit, a project, …", Slow: true, Options: []message.Option{
				{Name: "address", Description: "Of the feed, a site or page, or one of YouTube, Reddit, Mastodon, GitHub or Google News", Kind: message.OptionString, Required: true},
				{Name: "channel", Description: "The channel that shall get its news", Kind: message.OptionChannel},
			}},
			{Name: "list", Description: "This server's feeds and how they do"},
			{Name: "import", Description: "Follow the feeds of an OPML file, as feed readers export it", Slow: true, Options: []message.Option{
				{Name: "file", Description: "The OPML file, at most 512 KB", Kind: message.OptionFile, Required: true},
				{Name: "channel", Description: "The channel that shall get their news", Kind: message.OptionChannel},
			}},
			{Name: "export", Description: "This server's feeds as an OPML file, for feed readers and other servers"},
			{Name: "pause", Description: "Post nothing more of a feed for now", Options: feed},
			{Name: "resume", Description: "Go on with a feed that was paused or given up", Options: feed},
			{Name: "remove", Description: "Stop following a feed", Options: feed},
			{Name: "test", Description: "Read a feed now and show what comes", Slow: true, Options: feed},
		},
	}
}

const noOwnFeeds = "Servers can't have feeds of their own here. `/subscribe` follows a topic."

// feed answers the subcommands of /feed.
func (c *Commands) feed(ctx context.Context, in message.Interaction) (message.Reply, error) {
	switch {
	case in.Guild == "":
		return say(serverOnly), nil
	case c.feeds == nil || c.finder == nil || c.files == nil:
		return say(noOwnFeeds), nil
	case in.Command == "feed add":
		return c.feedAdd(ctx, in)
	case in.Command == "feed list":
		return c.feedList(ctx, in, 0)
	case in.Command == "feed import":
		return c.feedImport(ctx, in)
	case in.Command == "feed export":
		return c.feedExport(ctx, in)
	}
	f, sentence, err := c.chosenFeed(ctx, in)
	if err != nil || sentence != "" {
		return say(sentence), err
	}
	switch in.Command {
	case "feed pause":
		return c.feedPause(ctx, in, f)
	case "feed resume":
		return c.feedResume(ctx, in, f)
	case "feed remove":
		return c.feedAsk(f), nil
	}
	return c.feedTest(ctx, in, f)
}

// feedButton answers the buttons and menus of /feed; ours is false where it is
// none of these.
func (c *Commands) feedButton(ctx context.Context, in message.Interaction) (reply message.Reply, ours bool, err error) {
	verb, rest, _ := strings.Cut(in.Custom, ":")
	if c.feeds == nil || c.finder == nil || c.files == nil || in.Guild == "" || verb != verbFeed && verb != verbFeeds {
		return reply, false, nil
	}
	if verb == verbFeeds {
		page := pageNumber(rest)
		if page < 0 {
			return reply, false, nil
		}
		reply, err = c.feedList(ctx, in, page)
		reply.Update = err == nil && reply.Message.Embeds != nil
		return reply, true, err
	}
	what, number, _ := strings.Cut(rest, ":")
	if what == feedPick && len(in.Values) == 1 {
		number = in.Values[0]
	}
	id, err := strconv.ParseInt(number, 10, 64)
	if err != nil {
		return reply, false, nil //nolint:nilerr // it is no button of ours
	}
	switch what {
	case feedPick:
		if sentence := c.costly(in); sentence != "" {
			return say(sentence), true, nil
		}
		reply, err = c.feedPreview(ctx, in, id)
	case feedAdd:
		reply, err = c.feedAdded(ctx, in, id)
	case feedPost:
		reply, err = c.feedPosted(ctx, in, news.FeedID(id))
	case feedDrop:
		reply, err = c.feedDropped(ctx, in, news.FeedID(id))
	default:
		return reply, false, nil
	}
	reply.Update = err == nil
	return reply, true, err
}

// chosenFeed is the server's feed that an option names: by its id, as
// autocompletion sends it, else by its name or address.
func (c *Commands) chosenFeed(ctx context.Context, in message.Interaction) (f news.GuildFeed, sentence string, err error) {
	list, err := c.feeds.GuildFeeds(ctx, news.GuildID(in.Guild))
	if err != nil {
		return f, "", err
	}
	if len(list) == 0 {
		return f, "This server has no feeds of its own. `/feed add` adds one.", nil
	}
	typed := strings.TrimSpace(in.Options["feed"])
	var found []news.GuildFeed
	for _, f := range list {
		switch {
		case strconv.FormatInt(int64(f.Feed.ID), 10) == typed, f.Feed.URL == typed, strings.EqualFold(feedName(f.Feed), typed), strings.EqualFold(c.topics.Named(news.FeedTopic(f.Feed.ID)).Name, typed):
			return f, "", nil
		case typed != "" && strings.Contains(strings.ToLower(feedName(f.Feed)+" "+feedAddress(f.Feed.URL)), strings.ToLower(typed)):
			found = append(found, f)
		}
	}
	switch len(found) {
	case 1:
		return found[0], "", nil
	case 0:
		return f, "This server has no feed “" + message.EscapeTo(typed, 80) + "”. `/feed list` shows those it has.", nil
	}
	return f, plural(len(found), "feed") + " of this server match “" + message.EscapeTo(typed, 80) + "”. Pick one from the list that opens while you type.", nil
}

// suggestFeeds completes the option that names one of the server's feeds.
func (c *Commands) suggestFeeds(ctx context.Context, in message.Interaction, typed string) ([]message.Choice, error) {
	if c.feeds == nil || in.Guild == "" {
		return nil, nil
	}
	list, err := c.feeds.GuildFeeds(ctx, news.GuildID(in.Guild))
	if err != nil {
		return nil, err
	}
	typed = strings.ToLower(strings.TrimSuffix(typed, "…"))
	var out []message.Choice
	for _, f := range list {
		address := feedAddress(f.Feed.URL)
		if !strings.Contains(strings.ToLower(feedName(f.Feed)+" "+address), typed) {
			continue
		}
		if in.Command == "feed pause" && !f.Paused.IsZero() || in.Command == "feed resume" && f.Paused.IsZero() && f.Feed.Disabled.IsZero() {
			continue
		}
		name := c.topics.Named(news.FeedTopic(f.Feed.ID)).Name
		if !strings.Contains(name, address) {
			name += " · " + address
		}
		out = append(out, message.Choice{Name: message.Cut(message.Plain(name), message.MaxChoiceText), Value: strconv.FormatInt(int64(f.Feed.ID), 10)})
	}
	return out, nil
}

// known is the server's feed with an address, nil where it has none.
func known(list []news.GuildFeed, address string) *news.GuildFeed {
	i := slices.IndexFunc(list, func(f news.GuildFeed) bool { return f.Feed.URL == address || f.Feed.MovedFrom == address })
	if i < 0 {
		return nil
	}
	return &list[i]
}

// gone is said of a feed that the server no longer follows.
func goneFeed(err error) (message.Reply, error) {
	if errors.Is(err, news.ErrNotFound) {
		return say("This server does not follow that feed any more. `/feed list` shows those it does."), nil
	}
	return message.Reply{}, err
}
