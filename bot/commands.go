package bot

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"newsdesk/bot/message"
	"newsdesk/news"
)

// Events are the stored stories. Lists are newest or best first; int is the
// number of all that match.
type Events interface {
	Event(ctx context.Context, id news.EventID) (news.Event, error)
	Latest(ctx context.Context, topic string, since time.Time, limit, offset int) ([]news.Event, int, error)
	SuggestEvents(ctx context.Context, words string, limit int) ([]news.Event, error)
	SearchEvents(ctx context.Context, words, topic string, since time.Time, limit, offset int) ([]news.Event, int, error)
	CountArticles(ctx context.Context, since time.Time) (n int, newest time.Time, err error)
}

// Subscriptions are the topics that channels follow.
type Subscriptions interface {
	Subscribe(ctx context.Context, s news.Subscription) (added bool, err error)
	Unsubscribe(ctx context.Context, s news.Subscription) (removed bool, err error)
	ChannelTopics(ctx context.Context, ch news.ChannelID) ([]string, error)
}

// Permissions says what the bot may do in a channel.
type Permissions interface {
	// Missing names what it may not do there though it must, as Discord's
	// settings name it.
	// threads says that messages get threads there.
	Missing(ctx context.Context, channel string, threads bool) ([]string, error)
	// Notifies says whether a role exists, and whether those who have it are
	// notified where the bot names it there.
	Notifies(ctx context.Context, channel, role string) (exists, notified bool, err error)
}

// Announcer makes a new subscription show itself.
type Announcer interface {
	// Skip lets a new subscription begin without showing itself.
	Skip(ctx context.Context, sub news.Subscription) error
	// Newest posts the newest story of the last 24 hours that the subscription
	// covers, and reports whether there was one.
	Newest(ctx context.Context, sub news.Subscription) (posted bool, err error)
}

// Options are what the commands work with.
type Options struct {
	Events        Events
	Subscriptions Subscriptions
	Channels      Channels
	Answerer      Answerer
	Timelines     Timelines          // nil: stories have none
	Permissions   Permissions        // nil: not checked unless the interaction says them
	Forums        Forums             // nil: nothing is known of tags
	Mended        func(news.GuildID) // told that paused channels of a server may be mended; nil: nobody is
	Announcer     Announcer          // nil: nothing is posted at once
	Drills        Drills             // nil: there are none
	Trails        Trails             // nil: no delivery log is kept
	Schedules     Schedules          // nil: there are no digests
	Feeds         GuildFeeds         // nil: servers have no feeds of their own
	Finder        FeedFinder         // nil: the same
	Files         FeedFiles          // nil: the same
	FeedsMost     int                // feeds that a server may have; 0: none can be added
	// Seen returns what a server may see, "" being direct messages; nil: everybody
	// sees the same.
	Seen    func(news.GuildID) Seen
	Console Console
	Topics  Topics // nil: DefaultTopics
	Now     func() time.Time
	Log     *slog.Logger // nil: nothing is logged
}

// Commands are the bot's slash commands, buttons and menus. It keeps no state
// but who asked how much in the last minute, and is safe for concurrent use.
type Commands struct {
	events    Events
	timelines Timelines
	subs      Subscriptions
	channels  Channels
	answers   Answerer
	perms     Permissions
	first     Announcer
	drills    Drills
	forums    Forums
	mended    func(news.GuildID)
	trails    Trails
	console   Console
	meter     *meter
	topics    Topics
	now       func() time.Time
	log       *slog.Logger

	schedules Schedules
	feeds     GuildFeeds
	finder    FeedFinder
	files     FeedFiles
	feedsMost int
	seen      func(news.GuildID) Seen
}

// NewCommands returns the commands.
func NewCommands(o Options) *Commands {
	c := &Commands{
		events: o.Events, timelines: o.Timelines, subs: o.Subscriptions, channels: o.Channels, answers: o.Answerer, perms: o.Permissions,
		first: o.Announcer, trails: o.Trails, console: o.Console, meter: newMeter(o.Console.Quota), topics: o.Topics, now: o.Now, log: o.Log,
		feeds: o.Feeds, finder: o.Finder, files: o.Files, feedsMost: o.FeedsMost, seen: o.Seen,
		schedules: o.Schedules, drills: o.Drills, forums: o.Forums, mended: o.Mended,
	}
	if c.topics == nil {
		c.topics = DefaultTopics()
	}
	if c.log == nil {
		c.log = slog.New(slog.DiscardHandler)
	}
	return c
}

// Bounds and defaults of the options.
const (
	latestHours    = 24
	latestHoursMax = 7 * 24
	searchDays     = 30
	searchDaysMax  = 365
	searchWords    = 55 // so that they fit into a button beside the rest
)

// List returns the commands as they are registered.
func (c *Commands) List() []message.Command {
	topic := func(description string, required, all bool) message.Option {
		o := message.Option{Name: "topic", Description: description, Kind: message.OptionString, Required: required}
		o.Choices = c.topicChoices(all)
		if len(o.Choices) > message.MaxChoices || c.feeds != nil { // each server has its own
			o.Choices, o.Autocomplete = nil, true
		}
		return o
	}
	channel := message.Option{Name: "channel", Description: "The channel; this one if you leave it out", Kind: message.OptionChannel}
	list := []message.Command{
		{Name: "latest", Description: "The newest stories", Options: []message.Option{
			topic("Only this topic", false, false),
			{Name: "hours", Description: "How far back, 24 hours if you leave it out", Kind: message.OptionInteger, Min: 1, Max: latestHoursMax},
		}},
		{Name: "story", Description: "One story in full: every fact and every source", Options: []message.Option{
			{Name: "event", Description: "Type words of the headline and pick the story", Kind: message.OptionString, Required: true, Autocomplete: true},
		}},
		{Name: "search", Description: "Find stories by words", Options: []message.Option{
			{Name: "words", Description: "What to look for", Kind: message.OptionString, Required: true},
			topic("Only this topic", false, false),
			{Name: "days", Description: "How far back, 30 days if you leave it out", Kind: message.OptionInteger, Min: 1, Max: searchDaysMax},
		}},
		{Name: "ask", Description: "Ask the news of the last 7 days; answers are quoted, each with its source", Slow: true, Options: []message.Option{
			{Name: "question", Description: "Your question", Kind: message.OptionString, Required: true},
		}},
		{Name: "why", Description: "Why a story was posted, put together, or not posted: by link, story or words", Options: []message.Option{
			{Name: "about", Description: "A link, a story's id, or words of its headline", Kind: message.OptionString, Required: true, Autocomplete: true},
		}},
		{
			Name: "setup", Description: "Set up a channel step by step", ManageGuild: true, GuildOnly: true, Slow: true,
			Options: []message.Option{channel},
		},
		{Name: "subscribe", Description: "Post the stories of a topic in a channel", ManageGuild: true, GuildOnly: true, Slow: true, Options: []message.Option{
			topic("The topic to follow", true, true), channel,
		}},
		{Name: "unsubscribe", Description: "Stop posting a topic in a channel", ManageGuild: true, GuildOnly: true, Options: []message.Option{
			{Name: "topic", Description: "A topic that the channel follows", Kind: message.OptionString, Required: true, Autocomplete: true}, channel,
		}},
		channelCommand(topic("The topic to follow", true, true), channel),
		filterCommand(channel),
		{Name: "status", Description: "How the feeds, this server's channels and I are doing", ManageGuild: true, GuildOnly: true},
		privacyCommand(),
		{Name: "digest", Description: "The most important stories of the day or the week", Options: []message.Option{
			{Name: "period", Description: "Today if you leave it out", Kind: message.OptionString, Choices: []message.Choice{
				{Name: "Today: the last 24 hours", Value: "today"}, {Name: "This week: the last 7 days", Value: "week"},
			}},
		}},
		scheduleCommand(channel),
		{Name: "help", Description: "What I can do"},
	}
	if c.feeds != nil {
		at := slices.IndexFunc(list, func(cmd message.Command) bool { return cmd.Name == "filter" })
		list = slices.Insert(list, at, feedCommand())
	}
	return list
}

func (c *Commands) topicChoices(all bool) []message.Choice {
	var out []message.Choice
	if all {
		out = append(out, message.Choice{Name: "All topics", Value: AllTopics})
	}
	for _, t := range c.topics {
		if t.Slug != AllTopics {
			out = append(out, message.Choice{Name: message.Cut(message.Plain(c.topics.Named(t.Slug).Name), message.MaxChoiceText), Value: t.Slug})
		}
	}
	return out
}

// Handle answers a command, a button, a menu or an autocompletion. The reply
// is always fit to be shown, beside an error as well; the error is for the log.
// Handle does not panic.
func (c *Commands) Handle(ctx context.Context, in message.Interaction) (reply message.Reply, err error) {
	defer func() {
		if p := recover(); p != nil {
			reply, err = c.trouble(in), fmt.Errorf("%s %s%s: panic: %v", in.Kind, in.Command, in.Custom, p)
		}
		if in.Kind == message.KindAutocomplete {
			reply.Choices = message.FitChoices(reply.Choices)
			return
		}
		reply.Message = message.Fit(reply.Message)
	}()
	seen, err := c.seenBy(ctx, news.GuildID(in.Guild))
	if err != nil {
		return c.trouble(in), fmt.Errorf("answer %s %s%s: %w", in.Kind, in.Command, in.Custom, err)
	}
	switch in.Kind {
	case message.KindAutocomplete:
		reply.Choices, err = seen.suggest(ctx, in)
	case message.KindComponent:
		reply, err = seen.component(ctx, in)
	case message.KindCommand:
		reply, err = seen.command(ctx, in)
	default:
		return say("I don't know what to do with that. Try `/help`."), nil
	}
	if err != nil {
		return c.trouble(in), fmt.Errorf("answer %s %s%s: %w", in.Kind, in.Command, in.Custom, err)
	}
	return reply, nil
}

// trouble is what a person sees when something on our side is broken.
func (c *Commands) trouble(in message.Interaction) message.Reply {
	if in.Kind == message.KindAutocomplete {
		return message.Reply{}
	}
	return say("Something on my side is not working, so I have no answer. Try again in a minute.")
}

func (c *Commands) command(ctx context.Context, in message.Interaction) (message.Reply, error) {
	switch in.Command {
	case "latest":
		return c.latest(ctx, in)
	case "story":
		return c.story(ctx, in)
	case "search":
		return c.search(ctx, in)
	case "ask":
		return c.ask(ctx, in)
	case "why":
		return c.why(ctx, in)
	case "status":
		return c.status(ctx, in, 0)
	case "subscribe":
		return c.subscribe(ctx, in)
	case "unsubscribe":
		return c.unsubscribe(ctx, in)
	case "setup":
		return c.setup(ctx, in)
	case "channel add", "channel edit", "channel list", "channel remove", "channel tag":
		return c.channel(ctx, in)
	case "filter add", "filter list", "filter remove", "filter test":
		return c.filter(ctx, in)
	case "feed add", "feed list", "feed import", "feed export", "feed pause", "feed resume", "feed remove", "feed test":
		return c.feed(ctx, in)
	case "privacy show":
		return c.showRecords(ctx, in, 0)
	case "privacy delete":
		return c.askToForget(ctx, in)
	case "digest":
		return c.digested(ctx, in)
	case "schedule digest", "schedule quiet", "schedule limit", "schedule show":
		return c.schedule(ctx, in)
	case "help":
		return c.help(in), nil
	}
	return say("I have no command " + message.EscapeTo("/"+in.Command, 40) + ". `/help` lists those I have."), nil
}

// say is a sentence that only the asker sees.
func say(text string) message.Reply {
	return message.Reply{Message: message.Message{Content: text}, Ephemeral: true}
}
