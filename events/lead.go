package events

import (
	"regexp"
	"slices"
	"time"

	"newsdesk/news"
)

// leadFacts is how many of an article's own facts may be its news.
const leadFacts = 3

// lull is how long an event must have been silent for a plain further fact to
// count as a development once it has had its share of revisions.
const lull = 45 * time.Minute

// development returns the fact that is the news of an article, where readers of
// the event did not know it: one of its first facts, the one nearest to its
// title, which must tell of something new as well, and a changed number first. The facts of all articles
// together are ranked by how many tell them, so that what a later article alone
// has to tell may stand behind what every earlier one said.
func development(base news.Event, a news.Article, own, facts []news.Fact) (news.Fact, bool) {
	if base.Revision == 0 || tease(a.Title) || kindOf(a.Title) != kindNews {
		return news.Fact{}, false
	}
	known := knownTo(base, facts, a.ID)
	title := contentOf(a.Title)
	if novel(title, known) == notNovel {
		return news.Fact{}, false
	}
	var best news.Fact
	most := 0.0
	for _, f := range own[:min(len(own), leadFacts)] {
		c := contentOf(f.Text)
		n := novel(c, known)
		if f.Text == "" || n == notNovel || n == novelFact && base.Revision >= patience && !c.turns(known) && a.When().Sub(base.Last) < lull {
			continue
		}
		near := title.held(c)
		if n == novelNumber && near > 0 {
			near++ // a toll that rose is the news before all else
		}
		if near > most {
			best, most = f, near
		}
	}
	return best, most > 0
}

// led puts a fact in front of others; other wordings of its sentence give way,
// and so does the last one where there are too many.
func led(f news.Fact, facts []news.Fact) []news.Fact {
	rest := slices.DeleteFunc(slices.Clone(facts), func(o news.Fact) bool { return o.Article == f.Article && o.Span == f.Span })
	out := append([]news.Fact{f}, rest...)
	return out[:min(len(out), MaxFacts)]
}

var (
	aheadTitle = regexp.MustCompile(`(?i)\b(expected|awaits?|awaited|due|set (for|to)|ahead of|in talks|poised|today|tonight|tomorrow|will|to (vote|decide|hit|meet|open|face|begin|start|rule|deliver|launch)|decides? (tonight|today)|polls open|turnout|goes to the polls|votes for|warning issued)\b`)
	undone     = regexp.MustCompile(`(?i)\b(hoax|fake|staged|untrue|false alarm|retracts?|retracted|withdraws?|withdrawn|corrects?|correction|never happened|was not|were not|overturned|acquitted|cleared|lifted|cancelled|canceled|called off)\b`)
)

// outdated says whether a headline looks ahead to what another reports, or was
// undone by it.
func outdated(headline, title string) bool {
	return aheadTitle.MatchString(headline) && !aheadTitle.MatchString(title) || undone.MatchString(title) && !undone.MatchString(headline)
}
