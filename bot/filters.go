package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"newsdesk/bot/message"
	"newsdesk/events"
	"newsdesk/news"
)

// Channels are the channels with what is set for them, and the events by which
// a change of that is tried out.
type Channels interface {
	Channel(ctx context.Context, ch news.ChannelID) (news.Channel, error)
	// EditChannel changes what is set. Another guild's channel is
	// news.ErrNotFound; an error of change is returned as it is.
	EditChannel(ctx context.Context, guild news.GuildID, ch news.ChannelID, change func(*news.Settings) error) (news.Channel, error)
	// RemoveChannel ends all that a channel follows and forgets what is set for
	// it. It reports whether there was something. Another guild's channel is
	// news.ErrNotFound.
	RemoveChannel(ctx context.Context, guild news.GuildID, ch news.ChannelID) (removed bool, err error)
	// GuildPlaces returns the guild's channels that follow something or have
	// something set.
	GuildPlaces(ctx context.Context, guild news.GuildID) ([]events.Place, error)
	// Started returns the events that could have become a message since a time,
	// in the order in which they came.
	Started(ctx context.Context, since time.Time, limit int) ([]events.Course, error)
}

// The values of the option mode.
const (
	modeExclude = "exclude"
	modeInclude = "include"
)

// filterCommand is /filter.
func filterCommand(channel message.Option) message.Command {
	mode := message.Option{Name: "mode", Description: "Keep these stories out, or let only such stories in", Kind: message.OptionString, Required: true, Choices: []message.Choice{
		{Name: "exclude: keep these stories out", Value: modeExclude}, {Name: "include: let only such stories in", Value: modeInclude},
	}}
	what := message.Option{
		Name: "what", Description: "Words, /regular expression/, outlet:…, topic:…, language:… or country:…", Kind: message.OptionString, Required: true,
	}
	trialMode, trialWhat := mode, what
	trialMode.Required, trialWhat.Required = false, false
	trialWhat.Description = "A filter to try out without setting it; the channel's own are tested if you leave it out"
	return message.Command{
		Name: "filter", Description: "Which stories a channel lets in", ManageGuild: true, GuildOnly: true,
		Subcommands: []message.Command{
			{Name: "add", Description: "Keep stories out of a channel, or let only some in", Slow: true, Options: []message.Option{mode, what, channel}},
			{Name: "list", Description: "The filters of a channel", Options: []message.Option{channel}},
			{Name: "remove", Description: "Take a filter away", Slow: true, Options: []message.Option{
				{Name: "filter", Description: "A filter of the channel", Kind: message.OptionString, Required: true, Autocomplete: true}, channel,
			}},
			{Name: "test", Description: "What the last 24 hours would have given, with the reason for each story", Slow: true, Options: []message.Option{trialWhat, trialMode, channel}},
		},
	}
}

// filter answers the subcommands of /filter.
func (c *Commands) filter(ctx context.Context, in message.Interaction) (message.Reply, error) {
	if in.Guild == "" || channelOf(in) == "" {
		return say(serverOnly), nil
	}
	switch in.Command {
	case "filter add":
		return c.filterAdd(ctx, in)
	case "filter list":
		return c.filterList(ctx, in)
	case "filter remove":
		return c.filterRemove(ctx, in)
	}
	return c.filterTest(ctx, in)
}

// chosenFilter reads a filter from the options mode and what.
func (c *Commands) chosenFilter(in message.Interaction) (f news.Filter, sentence string) {
	f, err := events.ParseFilter(in.Options["what"])
	switch {
	case errors.Is(err, events.ErrFilterEmpty):
		return f, "Say what to look for: words such as `horoscope`, a regular expression such as `/quake|tremor/`, `outlet:…`, `topic:…`, `language:…` or `country:…`."
	case errors.Is(err, events.ErrFilterLong):
		return f, fmt.Sprintf("That filter is too long: %d characters are the most. Use several short ones.", events.MaxFilterText)
	case errors.Is(err, events.ErrFilterPattern):
		return f, "I can't read that regular expression. It is in the RE2 syntax, without look-ahead and back-references: <https://github.com/google/re2/wiki/Syntax>."
	case errors.Is(err, events.ErrFilterCostly):
		return f, "That regular expression takes too many steps. Use smaller repetitions, or several short filters."
	case errors.Is(err, events.ErrFilterLanguage):
		return f, "I don't know that language. Use its code of two letters, such as `language:en` or `language:es`."
	case errors.Is(err, events.ErrFilterImportance):
		return f, "Importance is set for the channel as a whole: `/channel edit` with `importance`."
	case errors.Is(err, events.ErrFilterCountry):
		return f, "I don't know that country. Use its code of two letters, such as `country:GB` or `country:ES`."
	case err != nil:
		return f, "I can't read that filter. `/filter add` says which kinds there are."
	}
	if f.Kind == news.FilterTopic {
		t, ok := c.topics.Find(f.Text)
		if !ok {
			return f, c.unknownTopic(f.Text)
		}
		f.Text = t.Slug
	}
	f.Exclude = in.Options["mode"] != modeInclude
	return f, ""
}

// What a change of a channel's filters may meet. They never leave this file.
var (
	errKnown   = errors.New("the filter is there already")
	errFull    = errors.New("the channel has as many filters as it may have")
	errPattern = errors.New("the channel has as many patterns as it may have")
	errNone    = errors.New("there is no such filter")
)

func (c *Commands) filterAdd(ctx context.Context, in message.Interaction) (message.Reply, error) {
	ch := channelOf(in)
	f, sentence := c.chosenFilter(in)
	if sentence != "" {
		return say(sentence), nil
	}
	set, err := c.channels.EditChannel(ctx, news.GuildID(in.Guild), ch, func(s *news.Settings) error {
		patterns := 0
		for _, x := range s.Filters {
			if x == f {
				return errKnown
			}
			if x.Kind == news.FilterPattern {
				patterns++
			}
		}
		if len(s.Filters) >= events.MaxFilters {
			return errFull
		}
		if f.Kind == news.FilterPattern && patterns >= events.MaxPatterns {
			return errPattern
		}
		s.Filters = append(s.Filters, f)
		return nil
	})
	switch {
	case errors.Is(err, errKnown):
		return say(channelName(ch) + " has " + filterName(f) + " already. Nothing changed."), nil
	case errors.Is(err, errFull):
		return say(fmt.Sprintf("%s has %d filters, which is the most. Take one away with `/filter remove`, or put several words into one pattern: `/storm|flood/`.", channelName(ch), events.MaxFilters)), nil
	case errors.Is(err, errPattern):
		return say(fmt.Sprintf("%s has %d regular expressions, which is the most. Take one away with `/filter remove`, or use words.", channelName(ch), events.MaxPatterns)), nil
	case errors.Is(err, news.ErrNotFound):
		return say(otherServer), nil
	case err != nil:
		return message.Reply{}, err
	}
	before := set
	before.Filters = set.Filters[:len(set.Filters)-1]
	effect, err := c.effect(ctx, before, set)
	return say(filterName(f) + " is set for " + channelName(ch) + ". " + effect), err
}

const otherServer = "That channel is set up from another server. Run the command there."

// filterName shows a filter.
func filterName(f news.Filter) string { return "**" + message.Escape(f.String()) + "**" }

// effect says what a change would have made of the last 24 hours.
func (c *Commands) effect(ctx context.Context, before, after news.Channel) (string, error) {
	r, err := c.rehearse(ctx, before)
	if err != nil {
		return "", err
	}
	if len(r.topics) == 0 {
		return "The channel follows no topic yet: `/subscribe` adds one.", nil
	}
	if len(r.verdicts) == 0 {
		return "No new story on its topics came in within the last 24 hours, so there is none to try it on.", nil
	}
	was := r.posted()
	r.use(after)
	return fmt.Sprintf("Of %s on its topics in the last 24 hours, %d would have been posted, %d before this change. `/filter test` shows which.",
		storyCount(len(r.verdicts)), r.posted(), was), nil
}

func (c *Commands) filterList(ctx context.Context, in message.Interaction) (message.Reply, error) {
	ch := channelOf(in)
	set, err := c.channels.Channel(ctx, ch)
	if err != nil {
		return message.Reply{}, err
	}
	if set.Guild != "" && string(set.Guild) != in.Guild {
		return say(otherServer), nil
	}
	if len(set.Filters) == 0 {
		return say(channelName(ch) + " has no filters: it gets every story of its topics. `/filter add` sets one."), nil
	}
	lines := []string{channelName(ch) + " has " + plural(len(set.Filters), "filter") + ":"}
	including := false
	for _, f := range set.Filters {
		lines = append(lines, "- "+message.Escape(f.String()))
		including = including || !f.Exclude
	}
	if including {
		lines = append(lines, "A story must match one filter of each kind that includes, and none that excludes.")
	}
	text := joinWithin(lines, message.MaxContent, func(left int) string { return "…and " + plural(left, "line") + " more" })
	return say(text), nil
}

func (c *Commands) filterRemove(ctx context.Context, in message.Interaction) (message.Reply, error) {
	ch := channelOf(in)
	typed := strings.TrimSpace(in.Options["filter"])
	var gone news.Filter
	var before []news.Filter
	set, err := c.channels.EditChannel(ctx, news.GuildID(in.Guild), ch, func(s *news.Settings) error {
		before = slices.Clone(s.Filters)
		i := slices.IndexFunc(s.Filters, func(f news.Filter) bool {
			return strings.EqualFold(f.String(), typed) || strings.EqualFold(f.Typed(), typed)
		})
		if i < 0 {
			return errNone
		}
		gone = s.Filters[i]
		s.Filters = slices.Delete(s.Filters, i, i+1)
		return nil
	})
	switch {
	case errors.Is(err, errNone):
		return say(channelName(ch) + " has no filter “" + message.EscapeTo(typed, events.MaxFilterText) + "”. `/filter list` shows those it has."), nil
	case errors.Is(err, news.ErrNotFound):
		return say(otherServer), nil
	case err != nil:
		return message.Reply{}, err
	}
	was := set
	was.Filters = before
	effect, err := c.effect(ctx, was, set)
	return say(filterName(gone) + " is taken off " + channelName(ch) + ". " + effect), err
}

// suggestFilters completes the filter to be removed.
func (c *Commands) suggestFilters(ctx context.Context, in message.Interaction, typed string) ([]message.Choice, error) {
	set, err := c.channels.Channel(ctx, channelOf(in))
	if err != nil || set.Guild != "" && string(set.Guild) != in.Guild {
		return nil, err
	}
	var out []message.Choice
	for _, f := range set.Filters {
		out = append(out, message.Choice{Name: f.String(), Value: f.String()})
	}
	return matching(out, typed), nil
}
