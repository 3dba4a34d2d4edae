package bot

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"newsdesk/bot/message"
	"newsdesk/news"
)

// Budgets of an alert, far below Discord's limits so that a channel stays
// readable.
const (
	alertContent = 200  // the line above the embed, which a phone's notification shows
	alertEmbed   = 1500 // all texts of the embed, addresses of links included
	alertFacts   = 5    // most facts
	alertTitle   = 150
	factText     = 160 // one fact as readers see it
	nameText     = 40  // an outlet, a person or a place
)

// AlertOptions say how an alert looks.
type AlertOptions struct {
	Topic   Topic  // the event's topic
	Changed bool   // marks the facts of the latest revision with ▲; for edits
	Loud    bool   // arrives with a notification: for breaking events only
	Role    string // Discord's id of the role that a breaking event pings; "" for none
	Other   string // address of the message of the event that this one was parted from last; "" where there is none
}

// Alert renders an event as the message that its channel shows: a line with
// marker and headline, an embed with the facts, each cited, and buttons. A
// breaking event has the red marker and colour, may notify, and names the role
// it pings; all others are sent silently. Where the texts pass the budget, links go first, then the
// least important facts; a fact whose article is not among the event's sources
// is never shown.
func Alert(e news.Event, o AlertOptions) message.Message {
	topic := o.Topic
	if topic.Name == "" {
		topic = Topics(nil).Named(e.Topic)
	}
	facts := cited(e)
	facts = facts[:min(len(facts), alertFacts)]
	var embed message.Embed
	for _, f := range forms(len(facts)) {
		f.changed, f.other = o.Changed, o.Other
		embed = alertEmbedOf(e, facts[:f.facts], f)
		if message.EmbedLen(embed) <= alertEmbed {
			break
		}
	}
	marker, ping := topic.Emoji, ""
	embed.Color = topic.Color
	breaking := e.Class == news.ClassBreaking
	if breaking {
		marker, ping, embed.Color = breakingEmoji, mention(o.Role), breakingColor
	}
	m := message.Message{
		Content: strings.TrimSpace(marker+" "+message.EscapeTo(headline(e), alertContent-message.Len(marker)-1-message.Len(ping))) + ping,
		Embeds:  []message.Embed{embed},
		Silent:  !breaking || !o.Loud,
	}
	if ping != "" {
		m.PingRoles = []string{o.Role}
	}
	if e.ID != 0 {
		buttons := []message.Button{{Style: message.Secondary, Label: "Details", ID: eventCustom(verbStory, e.ID)}}
		if e.Revision > 1 { // before, there is nothing to look back on
			buttons = append(buttons, message.Button{Style: message.Secondary, Label: "Timeline", ID: eventCustom(verbTimeline, e.ID)})
		}
		m.Components = []message.Row{{Buttons: append(buttons, message.Button{Style: message.Secondary, Label: "Sources", ID: eventCustom(verbSources, e.ID)})}}
	}
	return message.Fit(m)
}

// form is one way to write an alert's embed, from the fullest to the barest.
type form struct {
	facts   int  // how many
	sources bool // the list of sources is linked
	repeats bool // a source cited twice is linked twice
	links   int  // how many citations are linked
	changed bool
	other   string // see AlertOptions
}

// forms lists the forms of an alert of n facts in the order they are tried.
func forms(n int) []form {
	fs := []form{{facts: n, sources: true, repeats: true, links: n}, {facts: n, repeats: true, links: n}, {facts: n, links: n}}
	least := min(n, 3)
	for k := n - 1; k >= least; k-- {
		fs = append(fs, form{facts: k, links: k})
	}
	for links := least - 1; links >= 0; links-- {
		fs = append(fs, form{facts: least, links: links})
	}
	for k := least - 1; k >= 0; k-- {
		fs = append(fs, form{facts: k})
	}
	return fs
}

// numbered is the end of a footer that names a story which is stored.
func numbered(e news.Event) string {
	if e.ID == 0 {
		return ""
	}
	return " · " + ShortID(e.ID)
}

func alertEmbedOf(e news.Event, facts []news.Fact, f form) message.Embed {
	var lines []string
	if s := circumstances(e, 2); s != "" {
		lines = append(lines, s)
	}
	linked := map[int]bool{}
	for i, fact := range facts {
		n := e.Citation(fact.Article)
		link := i < f.links && (f.repeats || !linked[n])
		linked[n] = true
		lines = append(lines, factLine(e, fact, citing{link: link}, f.changed))
	}
	if len(lines) == 0 {
		lines = append(lines, "The article gave no key facts: follow the headline to read it.")
	}
	if s := partedNote(e, f.other, f.changed); s != "" {
		lines = append(lines, s)
	}
	out := message.Embed{
		Author:      byline(e),
		Title:       message.EscapeTo(headline(e), alertTitle),
		URL:         firstLink(e),
		Description: strings.Join(lines, "\n"),
		Image:       message.LinkURL(e.Image),
		Footer:      status(e) + " · " + made(e) + checkedNote(e, len(facts)) + numbered(e),
		Timestamp:   e.First,
	}
	if s := sourceLine(e, facts, f.sources); s != "" {
		out.Fields = []message.Field{{Name: "Sources", Value: s}}
	}
	return out
}

// status says in one word what the event's latest revision was.
func status(e news.Event) string {
	switch {
	case slices.ContainsFunc(e.Facts, func(f news.Fact) bool { return f.New && f.Was != (news.Version{}) }):
		return "corrected"
	case e.Revision > 1:
		return "updated"
	}
	return "developing"
}

// checkedNote says that the facts shown were looked for in their articles, and
// how many were not found there and left out. It is "" where none were looked for.
func checkedNote(e news.Event, shown int) string {
	switch {
	case e.Checked == 0 || shown == 0:
		return ""
	case e.Dropped > 0:
		return " · " + plural(shown+e.Dropped, "fact") + " checked, " + strconv.Itoa(e.Dropped) + " dropped"
	}
	return " · " + plural(shown, "fact") + " checked"
}

// headline is never blank, so that every message has its first line.
func headline(e news.Event) string {
	if strings.TrimSpace(message.Plain(e.Headline)) != "" {
		return e.Headline
	}
	if t := earliest(e).Title; strings.TrimSpace(message.Plain(t)) != "" {
		return t
	}
	return "News without a headline"
}

// cited returns the facts that can be shown: those with text and a source.
func cited(e news.Event) []news.Fact {
	var out []news.Fact
	for _, f := range e.Facts {
		if e.Citation(f.Article) > 0 && message.Plain(f.Text) != "" {
			out = append(out, f)
		}
	}
	return out
}

// byline says how many outlets report the event, of how many owners where these
// are fewer, and who was first. A single source, which outlets of one owner are
// as well, is named as such. Discord shows no markdown here.
func byline(e news.Event) string {
	first := message.Cut(message.Plain(earliest(e).Outlet), nameText)
	if first == "" {
		first = "unnamed"
	}
	switch outlets, owners := e.Outlets(), e.Owners(); {
	case len(e.Sources) == 0:
		return ""
	case outlets <= 1:
		return "single source: " + first
	case owners <= 1:
		return plural(outlets, "outlet") + " of one owner · first: " + first + " · single source"
	case owners < outlets:
		return plural(outlets, "source") + " of " + plural(owners, "owner") + " · first: " + first
	default:
		return plural(outlets, "source") + " · first: " + first
	}
}

// earliest returns the first report of the event: the earliest of known time,
// copies and opinion only where there is nothing else.
func earliest(e news.Event) news.Source {
	var best news.Source
	better := func(a, b news.Source) bool {
		if e.Reports(a) != e.Reports(b) {
			return e.Reports(a)
		}
		return !a.Published.IsZero() && (b.Published.IsZero() || a.Published.Before(b.Published))
	}
	for i, s := range e.Sources {
		if i == 0 || better(s, best) {
			best = s
		}
	}
	return best
}

// firstLink is the address of the earliest report that has one that works.
func firstLink(e news.Event) string {
	linked := news.Event{}
	for _, s := range e.Sources {
		if message.LinkURL(s.URL) != "" {
			linked.Sources = append(linked.Sources, s)
		}
	}
	return message.LinkURL(earliest(linked).URL)
}

// circumstances is the line of who, where and when, at most n names each.
func circumstances(e news.Event, n int) string {
	var parts []string
	add := func(what string, names []string) {
		var out []string
		for _, s := range names {
			if s = message.EscapeTo(s, nameText); s != "" && len(out) < n {
				out = append(out, s)
			}
		}
		if len(out) > 0 {
			parts = append(parts, "**"+what+"** "+strings.Join(out, ", "))
		}
	}
	add("Who", e.Who)
	add("Where", e.Where)
	if w := e.When; !w.IsZero() {
		parts = append(parts, "**When** "+when(w))
	}
	return strings.Join(parts, " · ")
}

// when writes the time of the happening. Midnight UTC means that only the day
// is known: it is written as noon, so that readers from UTC-11 to UTC+11 all
// see that day.
func when(t time.Time) string {
	if u := t.UTC(); u.Hour() == 0 && u.Minute() == 0 && u.Second() == 0 {
		return stamp(u.Add(12*time.Hour), "D")
	}
	return stamp(t, "R")
}
