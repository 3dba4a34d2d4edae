package bot

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"newsdesk/bot/message"
	"newsdesk/news"
	"newsdesk/trail"
)

// Overview tells how the whole stands.
type Overview interface {
	// Feeds returns the feeds in use.
	Feeds(ctx context.Context) ([]news.Feed, error)
	// Activity counts what came in since a time.
	Activity(ctx context.Context, since time.Time) (trail.Activity, error)
	// Standings returns how the channels of a scope stand.
	Standings(ctx context.Context, of trail.Scope, since time.Time) ([]trail.Standing, error)
	// ModelUse returns what a language model was used for on the day of at.
	ModelUse(ctx context.Context, at time.Time) (news.ModelUse, error)
	// GuildModelUse returns what of it was for a guild's own feeds.
	GuildModelUse(ctx context.Context, at time.Time, guild news.GuildID) (news.GuildModelUse, error)
}

// Program is what is told of the running program.
type Program struct {
	Version  string
	Started  time.Time // zero where unknown
	Model    string    // the language model's name, "" where there is none
	PerHour  int       // most new messages an hour in a channel that sets no number of its own; 0: no limit
	Cap      int64     // most that a day may cost, in billionths of the unit of the prices; 0: no cap
	GuildCap int64     // the same for a guild's own feeds
}

// statusDay is how far back /status counts.
const statusDay = 24 * time.Hour

// verbStatus begins the custom ids that turn the pages of /status.
const verbStatus = "status" // status:<page>

const managersOnly = "Only those who may manage this server can see that."

// status answers /status and its page buttons.
func (c *Commands) status(ctx context.Context, in message.Interaction, page int) (message.Reply, error) {
	switch {
	case c.console.Overview == nil:
		return say("Nothing is known here of how I do."), nil
	case in.Guild == "":
		return say(serverOnly), nil
	case !in.Manage:
		return say(managersOnly), nil
	}
	now := c.now()
	feeds, err := c.console.Overview.Feeds(ctx)
	if err != nil {
		return message.Reply{}, err
	}
	activity, err := c.console.Overview.Activity(ctx, now.Add(-statusDay))
	if err != nil {
		return message.Reply{}, err
	}
	channels, err := c.console.Overview.Standings(ctx, trail.Scope{Guild: news.GuildID(in.Guild), Channel: news.ChannelID(in.Channel)}, now.Add(-statusDay))
	if err != nil {
		return message.Reply{}, err
	}
	use, err := c.console.Overview.ModelUse(ctx, now)
	if err != nil {
		return message.Reply{}, err
	}
	own, err := c.console.Overview.GuildModelUse(ctx, now, news.GuildID(in.Guild))
	if err != nil {
		return message.Reply{}, err
	}
	sections := []section{
		{"This server's channels", channelStandings(channels, c.topics)},
		{"The last 24 hours", activityLines(activity)},
		{"Feeds", feedLines(feeds)},
		{"Language model", modelLines(c.console.Program, use, own)},
	}
	footer := "Newsdesk " + message.Plain(c.console.Program.Version)
	if !c.console.Program.Started.IsZero() {
		footer += " · up " + age(now.Sub(c.console.Program.Started))
	}
	return message.Reply{Message: statusPage(sections, page, footer), Ephemeral: true}, nil
}

// statusRoom is how much of the sections a page shows.
const statusRoom = 3500

// statusPage renders a page of sections.
func statusPage(sections []section, page int, footer string) message.Message {
	pages := paginate(sections, statusRoom)
	page = min(page, len(pages)-1)
	title := "Status"
	if len(pages) > 1 {
		title += fmt.Sprintf(" · %d/%d", page+1, len(pages))
	}
	m := message.Message{Embeds: []message.Embed{{Title: title, Description: pages[page], Color: plainColor, Footer: footer}}}
	m.Components = turning(verbStatus, page, len(pages))
	return message.Fit(m)
}

// paginate writes sections on as many pages of at most room units as it takes,
// at least one. A section that goes on on the next page has its title there
// too.
func paginate(sections []section, room int) []string {
	var pages []string
	var b strings.Builder
	next := func() {
		if b.Len() > 0 {
			pages = append(pages, strings.TrimSpace(b.String()))
			b.Reset()
		}
	}
	for _, s := range sections {
		title := "**" + s.title + "**"
		for i, line := range s.lines {
			line = message.Cut(line, room/2)
			if i > 0 && message.Len(b.String())+message.Len(line)+1 > room || i == 0 && message.Len(b.String())+message.Len(title)+message.Len(line)+4 > room {
				next()
			}
			switch {
			case i == 0:
				b.WriteString("\n\n" + title)
			case b.Len() == 0:
				b.WriteString(title + " (continued)")
			}
			b.WriteString("\n" + line)
		}
	}
	next()
	if len(pages) == 0 {
		pages = []string{"Nothing to tell."}
	}
	return pages
}

// channelStandings tells how each channel stands.
func channelStandings(channels []trail.Standing, topics Topics) []string {
	if len(channels) == 0 {
		return []string{"No channel follows anything. `/subscribe` lets one follow a topic."}
	}
	var lines []string
	for _, s := range channels {
		var names []string
		for _, t := range s.Topics {
			names = append(names, message.EscapeTo(topics.Named(t).Name, nameText))
		}
		line := "• " + channelName(s.ID) + ": " + strings.Join(names, ", ")
		if s.Least.Rank() > 0 {
			line += " · " + string(s.Least)
			if s.Least.Rank() < news.ClassBreaking.Rank() {
				line += " and above"
			}
		}
		if s.Last.IsZero() {
			line += " · nothing posted yet"
		} else {
			line += " · last posted " + stamp(s.Last, "R")
		}
		if s.Pending > 0 {
			line += " · waiting: " + strconv.Itoa(s.Pending)
		}
		if s.Held > 0 {
			line += " · held for a digest: " + strconv.Itoa(s.Held)
		}
		if !s.Pause.Since.IsZero() {
			line += "\n  ⚠️ paused " + stamp(s.Pause.Since, "R") + ": " + failure(s.Pause.Reason) + "."
		}
		out, later := keptOut(s.Decided)
		if out != "" {
			line += "\n  kept out in the last 24 hours: " + out
		}
		if later != "" {
			line += "\n  left to a digest in the last 24 hours: " + later
		}
		lines = append(lines, line)
	}
	return lines
}

// keptOut counts the events that were not posted, by the reason: those that the
// channel does not get, and those that a digest tells it.
func keptOut(decided map[news.Outcome]int) (out, later string) {
	var never, held []string
	for _, o := range slices.Sorted(maps.Keys(decided)) {
		what := channelReason(o, "")
		if o == news.OutcomePosted || o == news.OutcomeUpdated || decided[o] == 0 || what == "" {
			continue
		}
		part := strconv.Itoa(decided[o]) + " × " + strings.TrimPrefix(what, "it is ")
		if o.Waits() {
			held = append(held, part)
		} else {
			never = append(never, part)
		}
	}
	return strings.Join(never, "; "), strings.Join(held, "; ")
}

func activityLines(a trail.Activity) []string {
	lines := []string{plural(a.Articles, "article") + " came in, and began " + storyCount(a.Events) + "."}
	if a.Waiting > 0 {
		lines = append(lines, plural(a.Waiting, "article")+" to be read.")
	}
	if a.Pending > 0 {
		lines = append(lines, plural(a.Pending, "post")+" in the queue, over all servers.")
	}
	if a.Dead > 0 {
		lines = append(lines, plural(a.Dead, "post")+" given up, over all servers. `/why` tells the cause for each story.")
	}
	return lines
}

// feedLines counts the feeds and names those that give nothing.
func feedLines(feeds []news.Feed) []string {
	var ok, fresh int
	var failing, dead []string
	for _, f := range feeds {
		name := "• " + message.EscapeTo(feedName(f), 100) + ": "
		switch {
		case !f.Disabled.IsZero():
			mend := " Whoever runs me can bring it back with `newsdesk feeds add` and its address, or take it out."
			if f.Own {
				mend = " `/feed resume` tries again."
			}
			dead = append(dead, name+feedState(discordVoice, f)+mend)
		case f.Failures > 0:
			failing = append(failing, name+feedState(discordVoice, f))
		case !f.Polled:
			fresh++
		default:
			ok++
		}
	}
	if len(feeds) == 0 {
		return []string{"No feed is followed. Whoever runs me adds one with `newsdesk feeds add`."}
	}
	count := []string{fmt.Sprintf("%d of %d read without trouble", ok, len(feeds))}
	for _, p := range []struct {
		n    int
		what string
	}{{fresh, "not read yet"}, {len(failing), "failing"}, {len(dead), "given up"}} {
		if p.n > 0 {
			count = append(count, strconv.Itoa(p.n)+" "+p.what)
		}
	}
	return slices.Concat([]string{strings.Join(count, ", ") + "."}, dead, failing)
}

// modelLines tells what a language model cost today, and what of it was for the
// guild's own feeds.
func modelLines(p Program, use news.ModelUse, own news.GuildModelUse) []string {
	if p.Model == "" {
		return []string{"None: I write the key facts by myself."}
	}
	const billion = 1e9
	money := func(v int64) string { return strconv.FormatFloat(float64(v)/billion, 'f', 4, 64) }
	spent := message.EscapeTo(p.Model, 60) + ": " + money(use.Cost)
	if p.Cap > 0 {
		spent += " of " + money(p.Cap)
	}
	spent += " spent today (UTC), in the unit of the configured prices, for " + plural(use.Requests, "request") + "."
	lines := []string{spent}
	switch {
	case p.Cap > 0 && use.Capped > 0:
		lines = append(lines, "⚠️ The day's cap is reached: "+plural(use.Capped, "article")+" went without it. I write the key facts by myself until midnight UTC.")
	case p.Cap > 0 && use.Cost >= p.Cap:
		lines = append(lines, "⚠️ The day's cap is reached. I write the key facts by myself until midnight UTC.")
	case p.Cap == 0:
		lines = append(lines, "No daily cap is set.")
	}
	if own != (news.GuildModelUse{}) {
		line := "Of it, " + money(own.Cost) + " for the feeds that this server added by itself"
		if p.GuildCap > 0 {
			line += ", which may cost " + money(p.GuildCap) + " a day"
		}
		lines = append(lines, line+".")
	}
	if own.Capped > 0 {
		lines = append(lines, "⚠️ That is reached: "+plural(own.Capped, "article")+" of these feeds went without it. I write their key facts by myself until midnight UTC.")
	}
	if use.Dropped > 0 {
		lines = append(lines, fmt.Sprintf("Of its facts, %d passed the check against their article and %d did not.", use.Kept, use.Dropped))
	}
	return lines
}

// quietTopic says why a topic has no stories, "" where nothing explains it.
func quietTopic(feeds []news.Feed, slug string, topics Topics, now time.Time) string {
	name := "**" + message.EscapeTo(topics.Named(slug).Name, nameText) + "**"
	var all, unread int
	var down []string
	var newest time.Time
	for _, f := range feeds {
		if slug != "" && f.Topic != slug && news.FeedTopic(f.ID) != slug {
			continue
		}
		all++
		switch {
		case !f.Disabled.IsZero() || f.Failures > 0:
			down = append(down, "• "+message.EscapeTo(feedName(f), 100)+": "+feedState(discordVoice, f))
		case !f.Polled:
			unread++
		}
		if f.Pace.Newest.After(newest) && !f.Pace.Newest.After(now) {
			newest = f.Pace.Newest
		}
	}
	switch {
	case all == 0:
		return "No feed of " + name + " is followed."
	case len(down) == all:
		return "None of the " + plural(all, "feed") + " of " + name + " can be read at the moment:\n" +
			joinWithin(down, 800, func(left int) string { return "…and " + strconv.Itoa(left) + " more" })
	case len(down)+unread == all:
		return "The feeds of " + name + " have not been read yet. Try again in a few minutes."
	}
	s := fmt.Sprintf("The feeds of %s are read (%d of %d without trouble), but had nothing new", name, all-len(down)-unread, all)
	if !newest.IsZero() {
		s += " since " + stamp(newest, "R")
	}
	s += "."
	if len(down) > 0 {
		s += "\n" + joinWithin(down, 600, func(left int) string { return "…and " + strconv.Itoa(left) + " more" })
	}
	return s
}
