package main

import (
	"fmt"
	"html"
	"math/rand/v2"
	"strings"
	"time"

	"newsdesk/feeds/feedstest"
)

// story is a happening with a first report and a later one.
type story struct {
	id            int
	title, update string
	report, later []string
}

// shown is how many items a feed shows: more than come in while the program is
// killed again and again before it has read the feed.
const shown = 40

// publish puts a new story into one feed and a later report into the other: of
// the same story or, every third time, of the one before.
func (c *crash) publish() {
	c.Helper()
	before := c.last
	c.last = c.invent(before.id + 1)
	c.article(0, "Wire", fmt.Sprintf("/story-%d", c.last.id), c.last.title, c.last.report)
	if c.last.id%3 > 0 {
		before = c.last
	}
	c.article(1, "Courier", fmt.Sprintf("/later-%d-%d", before.id, c.last.id), before.update, before.later)
}

func (c *crash) article(feed int, outlet, path, title string, paragraphs []string) {
	c.news.Page(path, page(title, paragraphs))
	c.links = append(c.links, path)
	c.items[feed] = append([]feedstest.Item{{
		Title: title, Link: c.news.URL(path), GUID: path, Published: time.Now(), Summary: paragraphs[0],
	}}, c.items[feed]...)
	c.feeds[feed].SetRSS(outlet, c.items[feed][:min(len(c.items[feed]), shown)]...)
}

// page is an article's page.
func page(title string, paragraphs []string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<!doctype html><html lang="en"><head><title>%s</title></head><body><article><h1>%[1]s</h1>`, html.EscapeString(title))
	for _, p := range paragraphs {
		b.WriteString("<p>" + html.EscapeString(p) + "</p>\n")
	}
	b.WriteString("</article></body></html>")
	return b.String()
}

// reporter invents the news.
type reporter struct{ rand *rand.Rand }

// name invents a name that no other story has.
func (r reporter) name(id int) string {
	syllables := []string{"ba", "cor", "del", "fen", "gar", "hol", "jun", "kes", "lor", "mir", "nol", "pra", "quen", "ros", "sul", "tav", "vel", "wen", "yar", "zor"}
	var b strings.Builder
	for range 3 {
		b.WriteString(syllables[r.rand.IntN(len(syllables))])
	}
	s := b.String()
	return strings.ToUpper(s[:1]) + s[1:] + []string{"", "ville", "burg", "stad", "port"}[id%5]
}

// invent writes a story. Neighbours differ in subject, all in place and people.
func (r reporter) invent(id int) story {
	town, person, firm := r.name(id), r.name(id+1), r.name(id+2)
	n := 10 + r.rand.IntN(80)
	s := story{id: id}
	switch id % 5 {
	case 0:
		s.title = fmt.Sprintf("Ferry with %d people aboard runs aground near %s", n, town)
		s.report = []string{
			fmt.Sprintf("A ferry carrying %d people ran aground on a sandbank near %s on Tuesday, the coast guard said.", n, town),
			fmt.Sprintf("Captain %s told port radio that the rudder had jammed shortly after the ship left the harbour of %s.", person, town),
			"Two lifeboats reached the ship within half an hour, and nobody on board was hurt, according to the harbour office.",
		}
		s.update = fmt.Sprintf("All %d passengers taken off ferry stranded near %s", n, town)
		s.later = []string{
			fmt.Sprintf("All %d people on the ferry that ran aground near %s have been brought ashore, the coast guard said on Tuesday evening.", n, town),
			fmt.Sprintf("Tugs will try to pull the ferry off the sandbank near %s at high water on Wednesday, said captain %s.", town, person),
			fmt.Sprintf("The owner, %s Lines, has taken its other three ferries out of service to check their rudders.", firm),
		}
	case 1:
		s.title = fmt.Sprintf("%s Motors to close its %s plant with %d00 jobs", firm, town, n)
		s.report = []string{
			fmt.Sprintf("%s Motors will close its engine plant in %s by the end of the year, cutting %d00 jobs, the company said on Tuesday.", firm, town, n),
			fmt.Sprintf("Chief executive %s said demand for the engines built in %s had halved in two years.", person, town),
			"The metalworkers' union called the decision a breach of the wage deal that was signed in March.",
		}
		s.update = fmt.Sprintf("Workers occupy %s Motors plant in %s after closure plan", firm, town)
		s.later = []string{
			fmt.Sprintf("Some 300 workers occupied the engine plant of %s Motors in %s on Tuesday after the company said it would close it.", firm, town),
			fmt.Sprintf("The regional government offered %s Motors a loan of 40 million crowns to keep the plant in %s open until 2030.", firm, town),
			person + ", the chief executive, will meet the union's leaders on Friday.",
		}
	case 2:
		s.title = fmt.Sprintf("Court in %s jails former mayor %s for %d months", town, person, n)
		s.report = []string{
			fmt.Sprintf("A court in %s sentenced former mayor %s to %d months in prison on Tuesday for taking bribes from a builder.", town, person, n),
			fmt.Sprintf("Prosecutors said %s had received a house by the lake from the building firm %s in return for permits.", person, firm),
			"The defence said it would appeal, and that the house had been rented at the usual price.",
		}
		s.update = fmt.Sprintf("Former %s mayor %s appeals against prison sentence", town, person)
		s.later = []string{
			fmt.Sprintf("%s, the former mayor of %s who was sentenced to %d months in prison for bribery, has filed an appeal, the court said.", person, town, n),
			fmt.Sprintf("The building firm %s was fined 2 million crowns in the same trial in %s and accepted the verdict.", firm, town),
			"The appeal court is expected to hear the case in the spring, a spokeswoman said.",
		}
	case 3:
		s.title = fmt.Sprintf("Astronomers at %s find planet with %d-hour year", town, n)
		s.report = []string{
			fmt.Sprintf("Astronomers at the %s observatory have found a planet that circles its star in %d hours, they reported on Tuesday.", town, n),
			fmt.Sprintf("The planet, named %s b, is so hot that rock would melt on its day side, said lead author %s.", firm, person),
			"It was seen in the light of its star, which dims slightly each time the planet passes in front of it.",
		}
		s.update = fmt.Sprintf("Second telescope confirms %s b, planet with %d-hour year", firm, n)
		s.later = []string{
			fmt.Sprintf("A second telescope has confirmed the planet %s b, found at the %s observatory, which circles its star in %d hours.", firm, town, n),
			fmt.Sprintf("Its mass is about four times that of the Earth, measurements published on Tuesday by a team around %s show.", person),
			fmt.Sprintf("The team at %s will now look for traces of an atmosphere around %s b.", town, firm),
		}
	default:
		s.title = fmt.Sprintf("%s United beat %s Rovers with goal in minute %d to win cup", town, firm, n)
		s.report = []string{
			fmt.Sprintf("%s United won the national cup on Tuesday, beating %s Rovers 2-1 with a goal in minute %d.", town, firm, n),
			fmt.Sprintf("Striker %s scored the winning goal from a free kick in front of 41,000 people.", person),
			fmt.Sprintf("It is the first cup for %s United since the club was founded in 1911.", town),
		}
		s.update = fmt.Sprintf("%s United striker %s out for months after cup final", town, person)
		s.later = []string{
			fmt.Sprintf("%s, whose goal won %s United the national cup against %s Rovers, tore a ligament in the final and will be out for four months.", person, town, firm),
			town + " United's coach said the striker had played the last ten minutes of the cup final with the injury.",
			fmt.Sprintf("About 60,000 people greeted the cup winners in %s on Tuesday evening, the police said.", town),
		}
	}
	return s
}
