package bot

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"newsdesk/bot/message"
	"newsdesk/events"
	"newsdesk/news"
	"newsdesk/trail"
)

// voice writes what is foreign in an explanation, for where it is shown.
type voice struct {
	text    func(s string, n int) string              // foreign text, cut to n units
	link    func(label, address string, n int) string // the same, leading somewhere
	channel func(ch trail.Channel) string
	when    func(t time.Time) string // a past or coming time, such as "2 hours ago"
	bold    func(s string) string
	raw     bool // recorded reasons are told as they are, too
}

// discordVoice is how Discord's readers see it.
var discordVoice = voice{
	text:    message.EscapeTo,
	link:    message.MaskedLink,
	channel: func(ch trail.Channel) string { return channelName(ch.ID) },
	when:    func(t time.Time) string { return stamp(t, "R") },
	bold:    func(s string) string { return "**" + s + "**" },
}

// section is a titled part of an explanation.
type section struct {
	title string
	lines []string // of which one may have several
}

// sections puts an explanation into words.
func (x Explanation) sections(v voice, topics Topics) []section {
	var out []section
	if x.Asked && len(x.Items) > 0 {
		title := "The article"
		if len(x.Items) > 1 {
			title = "The articles"
		}
		s := section{title: title}
		for _, it := range x.Items {
			s.lines = append(s.lines, itemLines(v, it))
		}
		out = append(out, s)
	}
	if x.Event.ID == 0 {
		return out
	}
	if !x.Asked {
		s := section{title: "Its articles, the newest first"}
		for _, it := range x.Items {
			s.lines = append(s.lines, itemLines(v, it))
		}
		if more := len(x.Event.Sources) - len(x.Items); more > 0 {
			s.lines = append(s.lines, "…and "+plural(more, "earlier source")+".")
		}
		out = append(out, s)
	}
	if len(x.Event.Absorbed) > 0 {
		s := section{title: "Put together with"}
		for _, gone := range x.Event.Absorbed {
			s.lines = append(s.lines, absorbedLine(v, gone))
		}
		out = append(out, s)
	}
	if from := x.Event.Partings(); len(from) > 0 {
		s := section{title: "Parted from"}
		for _, other := range from {
			s.lines = append(s.lines, partedLine(v, other))
		}
		out = append(out, s)
	}
	out = append(out, section{title: "How important it is", lines: importance(x.Event, v)})
	if s := filing(x.Event, v, topics); s != "" {
		out = append(out, section{title: "Its topic", lines: []string{s}})
	}
	if len(x.Channels) > 0 || x.Scope != (trail.Scope{}) {
		s := section{title: "In the channels"}
		switch {
		case x.Scope.Guild == "" && !x.Scope.All:
			s.title = "In this channel"
		case !x.Scope.All:
			s.title = "In this server's channels"
		}
		for _, ch := range x.Channels {
			s.lines = append(s.lines, channelLine(v, ch, x.Event, topics))
		}
		if len(s.lines) == 0 {
			s.lines = []string{"Nothing was posted: no topic is followed here. Those who manage the server let a channel follow one with /subscribe."}
		}
		out = append(out, s)
	}
	return out
}

// importance says how many tell of an event, and what it weighs for which
// reasons.
func importance(e news.Event, v voice) []string {
	if len(e.Terms) > 0 {
		return weighed(e, v)
	}
	n := max(1, e.Outlets())
	if n == 1 {
		return []string{"One outlet tells of it so far; copies of one text count once."}
	}
	return []string{fmt.Sprintf("%d outlets tell of it in their own words.", n)}
}

// filing says who files an event under which topic, "" where all agree.
func filing(e news.Event, v voice, topics Topics) string {
	votes := events.Votes(e.Sources)
	if len(votes) < 2 {
		return ""
	}
	said := make([]string, len(votes))
	for i, vote := range votes {
		said[i] = plural(vote.Voices, "outlet") + " under " + v.text(topics.Named(vote.Topic).Name, nameText)
	}
	return "It is filed under " + v.text(topics.Named(e.Topic).Name, nameText) + ": " + strings.Join(said, ", ") +
		". It moves where two agree on another topic and fewer stand by this one."
}

// itemLines says what became of an article, and why.
func itemLines(v voice, it trail.Item) string {
	a, step := it.Article, trail.Of(it)
	title := a.Title
	if message.Plain(title) == "" {
		title = a.URL
	}
	head := "• " + v.link(title, a.URL, 100)
	if a.Outlet != "" {
		head += " · " + v.text(a.Outlet, nameText)
	}
	if !a.Seen.IsZero() {
		head += " · came in " + v.when(a.Seen)
	}
	lines := []string{head}
	add := func(s string) {
		if s != "" {
			lines = append(lines, s)
		}
	}
	if step.Stage == trail.StageWaiting {
		add(waiting(v, step))
		return strings.Join(lines, "\n")
	}
	reason := articleReason(step.Outcome)
	switch {
	case reason == "" && step.At.IsZero():
		reason = "It is part of this story. Why is kept for 30 days, and it is older."
	case reason == "":
		reason = "It is part of this story."
	}
	if string(step.Outcome) == "copy" && it.Twin.Article != 0 {
		reason = "It repeats " + other(v, it.Twin) + " word for word, so it confirms nothing and adds nothing."
	}
	add(reason)
	add(grouped(v, it))
	if a.Method == news.MethodFeed && a.Why != "" {
		s := "Only the feed's own text of it was used: its page could not be read."
		if v.raw {
			s += " (" + v.text(a.Why, 200) + ")"
		}
		add(s)
	}
	return strings.Join(lines, "\n")
}

func other(v voice, o trail.Other) string {
	s := "“" + v.link(o.Title, o.URL, 80) + "”"
	if o.Outlet != "" {
		s += " (" + v.text(o.Outlet, nameText) + ")"
	}
	return s
}

// waiting says what keeps an article from being read.
func waiting(v voice, s trail.Step) string {
	if s.Tries == 0 {
		return "It waits to be read, which takes a minute or two."
	}
	line := "Its page could not be read yet, after " + plural(s.Tries, "try")
	if s.Tries > 1 {
		line = "Its page could not be read yet, after " + strconv.Itoa(s.Tries) + " tries"
	}
	if !s.Next.IsZero() {
		line += "; next " + v.when(s.Next)
	}
	line += ". After 3 minutes the feed's own text is taken."
	if v.raw && s.Detail != "" {
		line += " (" + v.text(s.Detail, 200) + ")"
	}
	return line
}

// grouped says what an article has in common with its story.
func grouped(v voice, it trail.Item) string {
	g := it.Placed.Grouping
	if g.Nearest == 0 || it.CopyOf != 0 {
		return ""
	}
	s := fmt.Sprintf("Grouped because it is %.0f %% likely to tell of the same as ", 100*g.Score)
	if it.Twin.Article == 0 {
		s += "an earlier article"
	} else {
		s += other(v, it.Twin)
	}
	return s + sharedWords(v, g) + "; " + apartBy(g.Gap) + "."
}

// sharedWords says what both articles of a grouping speak of, "" where that is
// not known.
func sharedWords(v voice, g news.Grouping) string {
	if len(g.Shared) == 0 {
		return ""
	}
	words := make([]string, len(g.Shared))
	for i, w := range g.Shared {
		words[i] = v.text(w, nameText)
	}
	return "; both speak of " + strings.Join(words, ", ")
}

// apartBy words the time between two articles.
func apartBy(d time.Duration) string {
	if d < time.Minute {
		return "both of the same minute"
	}
	return age(d) + " apart"
}

// nowhere says that nothing is known of what was asked about, and why.
func (x Explanation) nowhere(v voice) string {
	if x.Host == "" {
		return "I know of no story or article with these words: “" + v.text(x.Query, 200) + "”. Give its link, or type words of its headline."
	}
	host := v.text(x.Host, 100)
	if len(x.Site) == 0 {
		return "No feed that I follow has shown this link, and I follow no feed of " + host + "."
	}
	lines := []string{"No feed that I follow has shown this link. Of " + host + " I follow " + plural(len(x.Site), "feed") + ":"}
	for i, f := range x.Site {
		if i == 5 {
			lines = append(lines, "…and "+strconv.Itoa(len(x.Site)-i)+" more.")
			break
		}
		lines = append(lines, "• "+v.text(feedName(f), 100)+": "+feedState(v, f))
	}
	return strings.Join(lines, "\n")
}

// feedName is what a feed is called, else where it is.
func feedName(f news.Feed) string {
	if message.Plain(f.Name) != "" {
		return f.Name
	}
	return feedAddress(f.URL)
}

// feedState says in one line how a feed is.
func feedState(v voice, f news.Feed) string {
	switch {
	case !f.Disabled.IsZero():
		return "given up " + v.when(f.Disabled) + ": " + v.text(f.LastError, 200) + "."
	case f.Failures > 0:
		s := "it fails: " + v.text(f.LastError, 200)
		if !f.NextPoll.IsZero() {
			s += "; tried again " + v.when(f.NextPoll)
		}
		return s + "."
	case !f.Polled:
		return "it has not been read yet."
	}
	return "read without trouble; what is new is looked for " + v.when(f.NextPoll) + "."
}

// why answers /why.
func (c *Commands) why(ctx context.Context, in message.Interaction) (message.Reply, error) {
	query := strings.TrimSpace(in.Options["about"])
	if query == "" || message.Len(query) > explainQuery {
		return say("Give a link, a story's id such as `#E4F2`, or words of its headline: `/why about:https://example.org/news/1`."), nil
	}
	if c.trails == nil {
		return say("No delivery log is kept here."), nil
	}
	of := trail.Scope{Channel: news.ChannelID(in.Channel)}
	switch {
	case in.Guild == "":
		of = trail.Scope{}
	case in.Manage:
		of.Guild = news.GuildID(in.Guild)
	}
	x, err := Explain(ctx, c.trails, c.events, query, of)
	if err != nil {
		return message.Reply{}, err
	}
	return message.Reply{Message: x.Message(c.topics), Ephemeral: true}, nil
}

// Room of the parts of an explanation, in units of message.Len.
const (
	whySection = 1700
	whyAll     = 3900
)

// Message renders the explanation for Discord.
func (x Explanation) Message(topics Topics) message.Message {
	if x.Event.ID == 0 && len(x.Items) == 0 {
		return message.Fit(message.Message{Content: x.nowhere(discordVoice)})
	}
	e := message.Embed{Title: "Why", Color: plainColor}
	if x.Event.ID != 0 {
		topic := topics.Named(x.Event.Topic)
		e.Title = message.EscapeTo("Why: "+headline(x.Event), message.MaxTitle)
		e.URL, e.Color = firstLink(x.Event), topic.Color
		e.Footer = message.Plain(topic.Name) + " · " + ShortID(x.Event.ID) + " · decisions are kept for 30 days"
	}
	var parts []string
	room := whyAll
	for _, s := range x.sections(discordVoice, topics) {
		text := joinWithin(s.lines, min(whySection, room), func(left int) string { return "…and " + strconv.Itoa(left) + " more" })
		parts = append(parts, "**"+s.title+"**\n"+text)
		room -= message.Len(text) + message.Len(s.title) + 8
	}
	e.Description = strings.Join(parts, "\n\n")
	m := message.Message{Embeds: []message.Embed{e}}
	if x.Event.ID != 0 {
		m.Components = []message.Row{{Buttons: []message.Button{{Style: message.Secondary, Label: "Open story", ID: eventCustom(verbStory, x.Event.ID)}}}}
	}
	return message.Fit(m)
}
