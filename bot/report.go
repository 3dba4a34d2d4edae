package bot

import (
	"strings"
	"time"

	"newsdesk/bot/message"
	"newsdesk/news"
	"newsdesk/trail"
)

// plainVoice is how a terminal shows an explanation.
func plainVoice() voice {
	return voice{
		text: func(s string, n int) string { return message.Cut(message.Plain(s), n) },
		link: func(label, address string, n int) string {
			s := message.Cut(message.Plain(label), n)
			if address == "" || s == message.Plain(address) {
				return s
			}
			return s + " <" + message.Plain(address) + ">"
		},
		channel: func(ch trail.Channel) string {
			s := message.Plain(string(ch.ID))
			if ch.Guild != "" {
				s += " of server " + message.Plain(string(ch.Guild))
			}
			return s
		},
		when: func(t time.Time) string { return t.UTC().Format("2006-01-02 15:04 UTC") },
		bold: func(s string) string { return s },
		raw:  true,
	}
}

// Text renders the explanation for a terminal. It tells recorded causes as they
// are, which is for the operator only.
func (x Explanation) Text(topics Topics) string {
	v := plainVoice()
	if x.Event.ID == 0 && len(x.Items) == 0 {
		return x.nowhere(v) + "\n"
	}
	var b strings.Builder
	if x.Event.ID != 0 {
		b.WriteString(v.text(headline(x.Event), message.MaxTitle) + " (" + ShortID(x.Event.ID) + ", " + v.text(topics.Named(x.Event.Topic).Name, nameText) + ")\n")
	}
	for _, s := range x.sections(v, topics) {
		b.WriteString("\n" + s.title + "\n")
		for line := range strings.SplitSeq(strings.Join(s.lines, "\n"), "\n") {
			if !strings.HasPrefix(line, "•") && !strings.HasPrefix(line, "…") {
				line = "  " + line
			}
			b.WriteString("  " + line + "\n")
		}
	}
	return b.String()
}

// Report is an explanation as data.
type Report struct {
	Query    string          `json:"query"`
	Found    bool            `json:"found"`
	Event    string          `json:"event,omitempty"` // as readers see it
	Headline string          `json:"headline,omitempty"`
	Topic    string          `json:"topic,omitempty"`
	Articles []ArticleReport `json:"articles"`
	Channels []ChannelReport `json:"channels"`
	Merged   []MergedReport  `json:"merged,omitempty"`
	Parted   []PartedReport  `json:"parted,omitempty"`
}

// PartedReport is a story that the one asked about stood together with, until they
// turned out to be two.
type PartedReport struct {
	Event    string         `json:"event"` // as readers see it
	Headline string         `json:"headline"`
	At       time.Time      `json:"at"`
	By       news.ArticleID `json:"by"`     // the article that showed it
	Across   float64        `json:"across"` // likelihood, 0 to 1, that articles of both tell of one happening, mean
}

// MergedReport is a story that turned out to be part of the one asked about.
type MergedReport struct {
	Event    string         `json:"event"` // as readers see it
	Headline string         `json:"headline"`
	At       time.Time      `json:"at"`
	By       news.ArticleID `json:"by"` // the article that showed it
	Grouping news.Grouping  `json:"grouping"`
}

// ArticleReport is what an article did.
type ArticleReport struct {
	ID       news.ArticleID `json:"id"`
	Title    string         `json:"title"`
	URL      string         `json:"url"`
	Outlet   string         `json:"outlet,omitempty"`
	Feed     string         `json:"feed"`
	Seen     time.Time      `json:"seen"`
	Stage    trail.Stage    `json:"stage"`
	Reason   news.Outcome   `json:"reason,omitempty"`
	Detail   string         `json:"detail,omitempty"`
	CopyOf   news.ArticleID `json:"copy_of,omitempty"`
	Grouping news.Grouping  `json:"grouping,omitzero"`
	Method   news.Method    `json:"method,omitempty"`
}

// ChannelReport is what a channel got.
type ChannelReport struct {
	Channel news.ChannelID `json:"channel"`
	Guild   news.GuildID   `json:"guild,omitempty"`
	Stage   trail.Stage    `json:"stage"`
	Reason  news.Outcome   `json:"reason,omitempty"`
	Detail  string         `json:"detail,omitempty"`
	At      time.Time      `json:"at,omitzero"`
	Tries   int            `json:"tries,omitempty"`
	Message string         `json:"message,omitempty"`
	Thread  string         `json:"thread,omitempty"`
	Text    string         `json:"text"`
}

// Report returns the explanation as data.
func (x Explanation) Report(topics Topics) Report {
	v := plainVoice()
	r := Report{Query: x.Query, Found: x.Event.ID != 0 || len(x.Items) > 0, Articles: []ArticleReport{}, Channels: []ChannelReport{}}
	if x.Event.ID != 0 {
		r.Event, r.Headline, r.Topic = ShortID(x.Event.ID), headline(x.Event), x.Event.Topic
	}
	for _, gone := range x.Event.Absorbed {
		r.Merged = append(r.Merged, MergedReport{ShortID(gone.Event), gone.Headline, gone.At, gone.By, gone.Grouping})
	}
	for _, other := range x.Event.Partings() {
		r.Parted = append(r.Parted, PartedReport{ShortID(other.Event), other.Headline, other.At, other.By, other.Across})
	}
	for _, it := range x.Items {
		s, a := trail.Of(it), it.Article
		r.Articles = append(r.Articles, ArticleReport{
			ID: a.ID, Title: a.Title, URL: a.URL, Outlet: a.Outlet, Feed: it.FeedURL, Seen: a.Seen, Stage: s.Stage, Reason: s.Outcome,
			Detail: s.Detail, CopyOf: it.CopyOf, Grouping: it.Placed.Grouping, Method: a.Method,
		})
	}
	for _, ch := range x.Channels {
		s := trail.In(ch, x.Event)
		r.Channels = append(r.Channels, ChannelReport{
			Channel: ch.ID, Guild: ch.Guild, Stage: s.Stage, Reason: s.Outcome, Detail: s.Detail, At: s.At, Tries: s.Tries,
			Message: ch.Message, Thread: ch.Thread, Text: channelLine(v, ch, x.Event, topics),
		})
	}
	return r
}
