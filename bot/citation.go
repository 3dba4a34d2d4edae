package bot

import (
	"strconv"
	"strings"

	"newsdesk/bot/message"
	"newsdesk/news"
)

// shownCitations is how many sources of a fact are cited by number; the others
// are counted.
const shownCitations = 3

// citing says how a fact's citations are written.
type citing struct {
	link bool // the source whose words the fact is in is linked
	all  bool // those that say the same as well
}

// factLine writes a fact as a bullet with its citations.
func factLine(e news.Event, f news.Fact, c citing, changed bool) string {
	mark := "• "
	if changed && f.New {
		mark = "• ▲ "
	}
	return mark + told(e, f, c)
}

// citations writes who says a fact: "[1]", "[1] [3]", "[1] [3] [6] +2". The source
// whose words it is in comes first, others in the order in which they came.
func citations(e news.Event, f news.Fact, c citing) string {
	own := citation(e, f.Article, c.link)
	if own == "" {
		return ""
	}
	parts := []string{own}
	shown, more := seconds(e, f)
	for _, id := range shown {
		parts = append(parts, citation(e, id, c.link && c.all))
	}
	if more > 0 {
		parts = append(parts, "+"+strconv.Itoa(more))
	}
	return strings.Join(parts, " ")
}

// seconds are the articles that are cited as saying a fact as well, and how many
// more there are.
func seconds(e news.Event, f news.Fact) (shown []news.ArticleID, more int) {
	for _, p := range f.Also {
		switch {
		case e.Citation(p.Article) == 0 || p.Article == f.Article:
		case len(shown) < shownCitations-1:
			shown = append(shown, p.Article)
		default:
			more++
		}
	}
	return shown, more
}

// citation writes "[n]" for an article of the event.
func citation(e news.Event, id news.ArticleID, link bool) string {
	n := e.Citation(id)
	if n == 0 {
		return ""
	}
	address := ""
	if link {
		address = e.Sources[n-1].URL
	}
	return message.CitationLink(strconv.Itoa(n), address)
}
