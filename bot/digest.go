package bot

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"newsdesk/bot/message"
	"newsdesk/digest"
	"newsdesk/news"
)

// digestText bounds all texts of a digest, addresses of links included.
const digestText = 3500

// Digest renders a digest: one embed that says what it was chosen from, then
// its events by topic, and a menu that opens them. It is sent silently. Where
// the texts pass the budget, facts are shortened, then links go, then facts.
func Digest(d news.Digest, topics Topics) message.Message {
	color := plainColor
	if len(d.Topics) == 1 {
		color = topics.Named(d.Topics[0]).Color
	}
	embed := message.Embed{Title: message.EscapeTo(digestTitle(d, topics), alertTitle), Color: color, Footer: digestFooter(d), Timestamp: d.To}
	head := digestHead(d)
	for _, f := range []digestForm{{factText, true}, {120, true}, {90, true}, {90, false}, {60, false}, {0, false}} {
		embed.Description = strings.Join(slices.Concat(head, digestLines(d, topics, f)), "\n")
		if message.EmbedLen(embed) <= digestText {
			break
		}
	}
	m := message.Message{Embeds: []message.Embed{embed}, Silent: true}
	menu := message.Menu{ID: verbOpen, Placeholder: "Open a story"}
	for _, list := range [][]news.DigestEntry{d.Entries, d.More} {
		for _, e := range list {
			menu.Options = append(menu.Options, digestChoice(e, topics))
		}
	}
	if len(menu.Options) > 0 {
		m.Components = []message.Row{{Menu: &menu}}
	}
	return message.Fit(m)
}

// digestForm is one way to write a digest's events.
type digestForm struct {
	fact  int  // characters of a fact, 0 for none
	links bool // the citation is a link
}

// digestTitle is "World · Tuesday 3 June".
func digestTitle(d news.Digest, topics Topics) string {
	parts := []string{digestTopics(d, topics), d.To.In(digest.ZoneOr(d.Zone)).Format("Monday 2 January")}
	switch {
	case d.Kind == news.DigestCatchUp:
		parts[0] = "Catch-up · " + parts[0]
	case overDays(d):
		parts[1] = "the week to " + parts[1]
	}
	return strings.Join(parts, " · ")
}

// digestTopics names up to three topics.
func digestTopics(d news.Digest, topics Topics) string {
	var names []string
	for _, slug := range d.Topics {
		if slug == AllTopics {
			names = nil
			break
		}
		names = append(names, topics.Named(slug).Name)
	}
	switch {
	case len(names) == 0:
		return topics.Named(AllTopics).Name
	case len(names) > 3:
		return fmt.Sprintf("%s, %s and %d more topics", names[0], names[1], len(names)-2)
	}
	return strings.Join(names, ", ")
}

// overDays reports whether a digest covers more than a day and the hours that
// one may be late.
func overDays(d news.Digest) bool { return d.To.Sub(d.From) > 48*time.Hour }

// sinceWord names when the digest before was.
func sinceWord(d news.Digest) string {
	if overDays(d) {
		return "a week ago"
	}
	return "yesterday"
}

func digestFooter(d news.Digest) string {
	var what string
	switch {
	case d.Kind == news.DigestCatchUp:
		what = "What had waited"
	case d.Every == news.Daily:
		what = "Daily digest"
	case d.Every == news.Weekly:
		what = "Weekly digest"
	case overDays(d):
		what = "The last 7 days"
	default:
		what = "The last 24 hours"
	}
	zone := d.Zone
	if zone == "" {
		zone = "UTC"
	}
	return what + " · " + zone
}

// digestHead says what the digest was chosen from, what had waited for it, and
// why it is short.
func digestHead(d news.Digest) []string {
	var lines []string
	if d.Kind != news.DigestCatchUp {
		lines = append(lines, fmt.Sprintf("%s, %s, %d shown.", plural(d.Articles, "article"), stories(d.Events), len(d.Entries)))
	}
	for _, w := range []struct {
		outcome news.Outcome
		why     string
	}{
		{news.OutcomeQuietHours, "came in the quiet hours"},
		{news.OutcomeCapped, "came above the limit of messages an hour"},
		{news.OutcomeLate, "came while I could read no feeds"},
		{news.OutcomeUnreachable, "came while I could not post here"},
	} {
		if n := d.Held[w.outcome]; n > 0 {
			lines = append(lines, fmt.Sprintf("%s %s.", stories(n), w.why))
		}
	}
	switch left := d.Unshown - len(d.More); {
	case d.Unshown > 0 && left > 0:
		lines = append(lines, fmt.Sprintf("%d of these are not below; the menu opens %d, `/latest` lists the rest.", d.Unshown, len(d.More)))
	case d.Unshown > 0:
		lines = append(lines, fmt.Sprintf("%d of these are not below; the menu opens them.", d.Unshown))
	}
	if s := digestNote(d); s != "" {
		lines = append(lines, s)
	}
	return lines
}

// digestNote is the sentence that says why a digest is short.
func digestNote(d news.Digest) string {
	switch d.Note {
	case news.NoteFew:
		period := "day"
		if overDays(d) {
			period = "week"
		}
		return fmt.Sprintf("A quiet %s: the other stories have one source or matter little.", period)
	case news.NoteFeedsDown:
		return fmt.Sprintf("Nothing to tell: %s be read at the last try. `newsdesk feeds list` tells the operator why.", noFeeds(d.Feeds))
	case news.NoteNothing:
		if d.Failing > 0 {
			return fmt.Sprintf("Nothing to tell: no article came, and %d of %s could not be read at the last try.", d.Failing, plural(d.Feeds, "feed"))
		}
		return "Nothing to tell: no article came."
	case news.NoteSingle:
		return "Nothing to tell: no story was reported by two sources. `/latest` lists what there is."
	case news.NoteFiltered:
		return "Nothing to tell: this channel's filters keep out every story. `/filter list` shows them."
	case news.NoteBelow:
		return "Nothing to tell: no story matters enough for a digest. `/latest` lists them all."
	}
	return ""
}

func noFeeds(n int) string {
	if n == 1 {
		return "the one feed there is could not"
	}
	return fmt.Sprintf("none of %d feeds could", n)
}

func stories(n int) string {
	if n == 1 {
		return "1 story"
	}
	return strconv.Itoa(n) + " stories"
}

// digestLines writes the events, each section and topic with its heading.
func digestLines(d news.Digest, topics Topics, f digestForm) []string {
	several := false
	for _, e := range d.Entries {
		several = several || e.Topic != d.Entries[0].Topic
	}
	var lines []string
	section, topic := news.SectionNew, ""
	for i, e := range d.Entries {
		heading := ""
		switch {
		case e.Section != section && e.Section == news.SectionCorrected:
			heading = "Corrected since " + sinceWord(d)
		case e.Section != section:
			heading = "Still developing"
		case e.Section == news.SectionNew && several && (i == 0 || e.Topic != topic):
			heading = topics.Named(e.Topic).Name
		}
		section, topic = e.Section, e.Topic
		lines = append(lines, "")
		if heading != "" {
			lines = append(lines, "__"+message.EscapeTo(heading, nameText)+"__")
		}
		lines = append(lines, digestLine(i+1, e, f))
	}
	return lines
}

// digestLine is "**1. Headline** — one fact [n] · 8 sources".
func digestLine(n int, e news.DigestEntry, f digestForm) string {
	mark := ""
	if e.Class == news.ClassBreaking {
		mark = "🔴 "
	}
	head := message.EscapeTo(e.Headline, alertTitle)
	fact := message.Cut(message.Plain(e.Fact), f.fact)
	if fact == "" || f.fact == 0 {
		if f.links {
			head = message.MaskedLink(e.Headline, e.Link, alertTitle)
		}
		fact = ""
	}
	line := fmt.Sprintf("%s**%d. %s**", mark, n, head)
	if fact != "" {
		text, address := message.Escape(fact), ""
		if e.Section == news.SectionCorrected {
			was := message.Cut(message.Plain(e.Was), nameText)
			text = corrected + message.Escape(correction(message.Plain(e.Fact), was, "", f.fact))
		}
		if f.links {
			address = e.Cited
		}
		line += " — " + text + " " + message.CitationLink(strconv.Itoa(e.Citation), address)
	}
	line += " · " + plural(e.Outlets, "source")
	if e.Posted && e.Section == news.SectionNew {
		line += " · posted before"
	}
	return line
}

func digestChoice(e news.DigestEntry, topics Topics) message.Choice {
	_, id, _ := strings.Cut(eventCustom(verbStory, e.Event), ":")
	return message.Choice{
		Name:        message.Cut(message.Plain(headline(news.Event{Headline: e.Headline})), message.MaxOptionText),
		Value:       id,
		Description: message.Cut(topics.Named(e.Topic).Name+" · "+plural(e.Outlets, "source"), message.MaxOptionText),
	}
}
