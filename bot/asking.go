package bot

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"newsdesk/bot/message"
	"newsdesk/news"
)

// Answerer answers questions from the stored articles of a period, in quoted
// sentences and titles only. Articles from the days about asked are preferred;
// where it is zero, no day is.
type Answerer interface {
	Answer(ctx context.Context, question string, asked, since time.Time) (Answer, error)
}

// The bounds of an answer as it is shown.
const (
	askQuotes    = 5   // quotations
	askQuote     = 400 // one quotation
	askShort     = 120 // the span that answers
	askQuestion  = 300 // a question
	askedTitle   = 250
	askLookBack  = 7 * 24 * time.Hour
	askNothing   = "I found nothing on this"
	askNoCorpus  = "I have read no articles"
	closestTitle = 100
)

// coverage is what an answer was looked for in.
type coverage struct {
	articles int
	newest   time.Time
	since    time.Time
	now      time.Time
}

// asked renders an answer: the question, what the articles say word for word
// with a citation each, and what was looked through. Without a quotation there
// is no answer, whatever a says: then it names the closest article.
func asked(a Answer, c coverage) message.Message {
	e := message.Embed{Title: message.EscapeTo("Q: "+a.Question, askedTitle), Color: plainColor}
	quotes := quotable(a)
	if !a.Found || len(quotes) == 0 {
		e.Description = notFound(a, c)
		return message.Fit(message.Message{Embeds: []message.Embed{e}})
	}
	var lines, sources []string
	var seen []news.ArticleID
	for i, q := range quotes {
		n := slices.Index(seen, q.Article) + 1
		if n == 0 {
			seen = append(seen, q.Article)
			n = len(seen)
			sources = append(sources, sourceOf(q, n))
		}
		cite := message.CitationLink(strconv.Itoa(n), q.URL)
		if short := strings.TrimSpace(message.Plain(a.Short)); i == 0 && short != "" && strings.Contains(message.Plain(q.Text), short) {
			lines = append(lines, "**"+message.EscapeTo(short, askShort)+"** "+cite)
		}
		lines = append(lines, "“"+message.Escape(message.Cut(message.Plain(q.Text), askQuote))+"” "+cite)
	}
	e.Description = strings.Join(lines, "\n") + "\n\n" + strings.Join(sources, "   ")
	e.Footer = lookedIn(c)
	return message.Fit(message.Message{Embeds: []message.Embed{e}})
}

// quotable returns the quotations that can be shown.
func quotable(a Answer) []Quote {
	var out []Quote
	for _, q := range a.Quotes {
		if message.Plain(q.Text) != "" && len(out) < askQuotes {
			out = append(out, q)
		}
	}
	return out
}

func sourceOf(q Quote, n int) string {
	outlet := message.Plain(q.Outlet)
	if outlet == "" {
		outlet = q.Title
	}
	s := `\[` + strconv.Itoa(n) + `\] ` + message.MaskedLink(outlet, q.URL, nameText)
	if t := stamp(q.Published, "R"); t != "" {
		s += " " + t
	}
	return s
}

// lookedIn says how much was looked through. It stands in a footer, where
// Discord shows no times.
func lookedIn(c coverage) string {
	s := "Looked in " + plural(c.articles, "article")
	if !c.since.IsZero() {
		s += " of the last " + period(c.now.Sub(c.since))
	}
	if !c.newest.IsZero() {
		s += ", newest " + age(c.now.Sub(c.newest)) + " old"
	}
	return s + "."
}

// notFound says so, and what comes closest.
func notFound(a Answer, c coverage) string {
	since := " since " + stamp(c.since, "D") + "."
	if c.articles == 0 {
		return askNoCorpus + since + " Ask again once news has come in."
	}
	s := askNothing + " in " + plural(c.articles, "article") + since
	if len(a.Docs) > 0 {
		d := a.Docs[0]
		s += " Closest: " + message.MaskedLink(d.Title, d.URL, closestTitle)
		if o := message.EscapeTo(d.Outlet, nameText); o != "" {
			s += " (" + o + ")"
		}
		s += "."
	}
	return s
}

// askedEvent is the event that the answer's first quotation belongs to, 0
// where it is not known.
func askedEvent(a Answer) news.EventID {
	if !a.Found || len(a.Quotes) == 0 {
		return 0
	}
	for _, d := range a.Docs {
		if d.Article == a.Quotes[0].Article {
			return d.Event
		}
	}
	return 0
}
