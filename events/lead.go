package events

import (
	"slices"
	"time"

	"newsdesk/internal/pattern"
	"newsdesk/internal/wordset"
	"newsdesk/news"
)

// Bounds of what one article may bring to the front of an event.
const (
	leadFacts = 3    // of an article's own facts that may be its news, whatever its title says
	leadNear  = 0.3  // share of the title that a later one must tell to be its news
	newsFacts = 3    // facts of one article that are shown as its news
	asideNear = 0.25 // share of the title that a further fact without a number must tell
)

// lull is how long an event must have been silent for a plain further fact to
// count as a development once it has had its share of revisions.
const lull = 45 * time.Minute

// development returns the facts that are the news of an article, where readers
// of the event did not know them: first the one nearest to its title, which must
// tell of something new as well, a changed number before all else; then others
// that readers do not know. The facts of all articles together are ranked by how
// many tell them, so that what a later article alone has to tell may stand behind
// what every earlier one said.
//
// certain says that the article is known to bring something: then its title need
// not tell of it.
func (cs *contents) development(base news.Event, a news.Article, own, facts []news.Fact, certain bool) []news.Fact {
	if base.Revision == 0 || tease(a.Title) || kindOf(a.Kind, a.Title) != kindNews {
		return nil
	}
	n := newsOf{read: cs, title: cs.of(a.Title), dead: toll(a.Title), known: cs.knownTo(base, facts, a.ID)}
	if !certain && novel(n.title, n.known) == notNovel && !n.title.takes(roleStep, n.known) && !correcting.MatchString(a.Title) && !outdated(base.Headline, a.Title) {
		return nil
	}
	tired := base.Revision >= patience && a.When().Sub(base.Last) < lull
	for _, f := range facts { // what ranks high among all articles' facts
		if f.Article == a.ID && !slices.ContainsFunc(own, func(o news.Fact) bool { return o.Text == f.Text }) {
			own = append(slices.Clone(own), f)
		}
	}
	lead := n.pick(own, func(i int, f news.Fact, c content, how novelty) bool {
		near := n.title.held(c)
		if correctingTitle.MatchString(a.Title) && correcting.MatchString(f.Text) {
			return true
		}
		return near > 0 && (near >= headTold || !quotes.MatchString(f.Text)) && (i < leadFacts || near >= leadNear || n.dead > 0 && toll(f.Text) == n.dead) && !(tired && how == novelFact && !c.turns(n.known))
	})
	if lead < 0 {
		return nil
	}
	front := []news.Fact{own[lead]}
	for len(front) < newsFacts {
		n.known = append(n.known, cs.of(front[len(front)-1].Text))
		i := n.pick(own, func(_ int, f news.Fact, c content, how novelty) bool {
			if quotes.MatchString(f.Text) || before(f.Text) && !c.turns(n.known) {
				return false
			}
			return how == novelNumber || c.turns(n.known) || c.tells(roleStep) || len(c.numbers) > 0 || n.title.held(c) >= asideNear
		})
		if i < 0 {
			break
		}
		front = append(front, own[i])
	}
	return front
}

// newsOf weighs the facts of an article by what readers do not know yet.
type newsOf struct {
	read  *contents
	title content
	dead  int // toll that the title states
	known []content
}

// pick returns the index of the fact that is most worth telling of those that
// are new and suit, -1 where there is none.
func (n *newsOf) pick(own []news.Fact, suits func(int, news.Fact, content, novelty) bool) int {
	best, most := -1, 0.0
	for i, f := range own {
		if f.Text == "" {
			continue
		}
		c := n.read.of(f.Text)
		how := novel(c, n.known)
		if how == notNovel && c.takes(roleStep, n.known) && c.meetsIn(n.title, roleStep) {
			how = novelFact // the step that the title tells
		}
		if how == notNovel || !suits(i, f, c, how) {
			continue
		}
		worth := 1 + 2*n.title.held(c) - 0.03*float64(i)
		if how == novelNumber && n.title.held(c) >= asideNear {
			worth++ // a toll that rose is the news before all else
		}
		if n.dead > 0 && toll(f.Text) == n.dead {
			worth++
		}
		if correcting.MatchString(f.Text) {
			worth++
		}
		switch {
		case c.turns(n.known):
			worth += 0.8
		case c.tells(roleStep):
			worth += 0.6
		}
		if len(c.numbers) > 0 {
			worth += 0.2
		}
		if c.shares(n.title) {
			worth += 0.5
		}
		if quotes.MatchString(f.Text) || before(f.Text) {
			worth--
		}
		if worth > most {
			best, most = i, worth
		}
	}
	return best
}

var (
	// quotes tells sentences that open with somebody's words.
	quotes = pattern.MustCompile(`^["“]`)
	// history tells sentences on what was before the happening.
	history = pattern.MustCompile(`(?i)\b(last (year|month|time|election|spring|summer|autumn|winter|season)|the last (\w+ ){0,2}(of|in|to)\b|years ago|decades ago|(in|since) (19|20)\d\d)\b`)
	// records tells sentences that set the happening against what was before.
	records = pattern.MustCompile(`(?i)\b(first|most|worst|best|\w{3,}est)\b[^.;]{0,50}\bsince\b`)
)

// before says whether a sentence tells only of what was before the happening.
func before(text string) bool { return history.MatchString(text) && !records.MatchString(text) }

// steps are stems of words for what authorities and people did about a
// happening: news also without a number.
var steps = wordset.Of(`declar evacu order ban close shut reopen rule approv reject resign quit appeal question lift warn admit conced apolog postpon cancel sue
	clear jail halt block probe investig inquiri prosecutor indict detain releas discharg step lower claim withdraw withdrew withdrawn`)

// led puts facts in front of others; other wordings of their sentences give
// way, and so do the last ones where there are too many.
func led(front, facts []news.Fact) []news.Fact {
	out := slices.Clone(front)
	for _, o := range facts {
		if !slices.ContainsFunc(front, func(f news.Fact) bool {
			return o.Article == f.Article && (o.Text == f.Text || o.Span == f.Span && f.Span != (news.Span{}))
		}) {
			out = append(out, o)
		}
	}
	return out[:min(len(out), MaxFacts)]
}

// headTold is the share of a headline that a fact must tell to be what it stands
// for.
const headTold = 0.5

// withHeadline keeps, behind the front, the fact of those shown before that tells
// an event's headline, where none of the others does: what one article alone told
// led the event with its revision, and would be gone with the next.
func (cs *contents) withHeadline(ev news.Event, shown, front, facts []news.Fact) []news.Fact {
	head := cs.of(ev.Headline)
	tells := func(f news.Fact) bool { return head.held(cs.of(f.Text)) >= headTold }
	if slices.ContainsFunc(facts, tells) {
		return facts
	}
	i := slices.IndexFunc(shown, func(f news.Fact) bool { return tells(f) && ev.Citation(f.Article) > 0 })
	if i < 0 {
		return facts
	}
	f := shown[i]
	f.Was = news.Version{} // told with its revision
	facts = slices.Insert(slices.Clone(facts), len(front), f)
	return facts[:min(len(facts), MaxFacts)]
}

// Words by which a headline tells that what was told never was. In the text of a fact
// only the first are sure to mean that.
const (
	neverSo = `hoax|false alarm|never (?:happened|took place|occurred)`
	notSo   = `fake|untrue|retracts?|retracted`
)

var (
	aheadTitle = pattern.MustCompile(`(?i)\b(expected|awaits?|awaited|due|set (for|to)|ahead of|in talks|poised|today|tonight|tomorrow|will|to (vote|decide|hit|meet|open|face|begin|start|rule|deliver|launch)|decides? (tonight|today)|polls open|turnout|goes to the polls|votes for|warning issued|nears|nearing|approaches|approaching|braces)\b`)
	undone     = pattern.MustCompile(`(?i)\b(` + neverSo + `|` + notSo + `|staged|withdraws?|withdrawn|corrects?|correction|was not|were not|overturned|acquitted|cleared|lifted|cancelled|canceled|called off)\b|\b(strikes?|walkouts?|talks|match|game|race|launch|merger|deal|sale) (is |are )?(off|averted|suspended|postponed)\b`)
)

// untrue tells headlines by which what was told never was.
var untrue = pattern.MustCompile(`(?i)\b(` + neverSo + `|` + notSo + `)\b`)

// neverWas tells a fact by which what was told never was.
var neverWas = pattern.MustCompile(`(?i)\b(` + neverSo + `)\b`)

// belied says whether the news is that what a headline tells never was.
func belied(headline string, front []news.Fact) bool {
	return len(front) > 0 && neverWas.MatchString(front[0].Text) && !untrue.MatchString(headline)
}

// Denies says whether a headline tells that what another one of its event told
// never was.
func Denies(headline, other string) bool {
	return untrue.MatchString(headline) && !untrue.MatchString(other)
}

// outdated says whether a headline looks ahead to what another reports, or was
// undone by it.
func outdated(headline, title string) bool {
	return aheadTitle.MatchString(headline) && !aheadTitle.MatchString(title) || undone.MatchString(title) && !undone.MatchString(headline)
}
