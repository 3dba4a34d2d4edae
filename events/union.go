package events

import (
	"math"
	"slices"
	"time"

	"newsdesk/news"
)

// When two events turn out to be one. The bars were measured on the labelled
// streams, with what each document that joined an event has in common with the
// next best one. From unionLinked on, and where the articles are alike enough,
// 2 of 2 pairs of events are one happening. From 0.85 on 9 of 11 are, and from 0.75
// on 15 of 22. Pairs that one document alone links, as it tells of two
// happenings, had 0.003 at most without it when that was measured, and those that
// are one 0.05 and 0.5; by the model of today the four pairs that come so far have
// 0.12 to 0.66, and two reports of one wreck that share hardly more than names,
// which a test has, 0.025.
const (
	unionLinked = 0.9                // likelihood, 0 to 1, that the document that joined one event tells of the other
	unionAlike  = 0.4                // the same of the articles of each for the other, mean, the document among them
	unionOwn    = 0.02               // the same without the document
	unionSpan   = 4 * 24 * time.Hour // from the first report of either to the document: what lasts longer is a thread of happenings
)

// Bond names what there is between two events.
type Bond string

// The bonds. Only BondOne makes two events one.
const (
	BondNone   Bond = "none"   // the document tells of no other event with enough likelihood
	BondKind   Bond = "kind"   // the document, or one of the articles, is of a kind that never glues events together
	BondLong   Bond = "long"   // one of the events began too long ago
	BondApart  Bond = "apart"  // articles of both name places that cannot be one
	BondUnlike Bond = "unlike" // the document tells of both, but their articles are not alike enough
	BondOne    Bond = "one"    // both are one happening
)

// Union says whether a document shows that the event it belongs to and another
// one are one happening.
type Union struct {
	Bond     Bond
	Event    int64         // the other event; 0 with BondNone
	Alike    float64       // likelihood, 0 to 1, that the articles of each event tell of the other, mean; 0 where it was not asked
	Grouping news.Grouping // what the document has in common with the other event
}

// Union says what the document that was added last shows of an event beside its
// own. It changes nothing. A copy shows nothing that its original did not, and
// nothing is concluded across languages.
func (g *Grouper) Union(d Doc) Union {
	if len(g.docs) == 0 || g.added != d {
		return Union{Bond: BondNone}
	}
	e, found := g.docs[len(g.docs)-1], g.addedTo
	at := slices.IndexFunc(found, func(c Candidate) bool { return c.Event != e.event && c.Features != nil })
	if e.copyOf != 0 || at < 0 || found[at].Score < unionLinked {
		return Union{Bond: BondNone}
	}
	u, other := Union{Event: found[at].Event}, someOther
	for _, c := range found {
		if c.Event != u.Event && c.Event != e.event && c.Features != nil {
			other = max(other, c.Features[featTitle1], c.Features[featFull1])
		}
	}
	here, there := g.groups[e.event], g.groups[u.Event]
	switch {
	case e.kind != kindNews || here == nil || here.size == 1 || there == nil || !g.plain(here.latest()) || !g.plain(there.latest()):
		u.Bond = BondKind
		return u
	case e.day-min(here.first, there.first) > unionSpan.Hours()/24:
		u.Bond = BondLong
		return u
	}
	without := *here
	without.slots = here.latest()[:len(here.latest())-1] // the document is the latest
	without.size--
	var apart bool
	u.Alike, apart = g.alike(here, there, other)
	own, _ := g.alike(&without, there, other)
	switch {
	case apart:
		u.Bond = BondApart
		return u
	case u.Alike < unionAlike || own < unionOwn:
		u.Bond = BondUnlike
		return u
	}
	u.Bond = BondOne
	u.Grouping = g.linked(d, e, there, found[at].Score)
	return u
}

// linked says what a document has in common with the nearest article of another
// event.
func (g *Grouper) linked(d Doc, e *entry, there *group, score float64) news.Grouping {
	var inTitle, inAll [maxTitleTerms]float64
	best, most := there.latest()[0], -1.0
	for _, s := range there.latest() {
		if p := g.vocab.compare(e, g.entry(s), &inTitle, &inAll); p.alike > most {
			best, most = s, p.alike
		}
	}
	old := g.entry(best)
	return news.Grouping{
		Score: score, Nearest: news.ArticleID(old.doc), Shared: g.shared(d, old),
		Gap: time.Duration(math.Round(math.Abs(e.day-old.day)*24*60)) * time.Minute,
	}
}

// plain says whether articles of an event are all reports or background: prices
// of the day are alike each day.
func (g *Grouper) plain(slots []int32) bool {
	return len(slots) > 0 && !slices.ContainsFunc(slots, func(s int32) bool {
		k := g.entry(s).kind
		return k != kindNews && k != kindExplainer
	})
}

// alike returns how likely the articles of two events tell of the other one, the
// mean of both ways, and whether one of them names a place that cannot be that of
// one of the others; next is how alike the next event is.
func (g *Grouper) alike(a, b *group, next float64) (mean float64, apart bool) {
	one, apart := g.alikeTo(a, b, next)
	two, apartToo := g.alikeTo(b, a, next)
	return (one + two) / 2, apart || apartToo
}

func (g *Grouper) alikeTo(from, to *group, next float64) (mean float64, apart bool) {
	sum := 0.0
	for _, s := range from.latest() {
		e := g.entry(s)
		members := slices.DeleteFunc(slices.Clone(to.latest()), func(m int32) bool { return g.entry(m).tongue != e.tongue })
		if len(members) == 0 {
			continue
		}
		f := make([]float64, features)
		names := g.describe(f, e, to, members)
		f[featMargin] = max(f[featTitle1], f[featFull1]) - next
		sum += g.opt.Model.Score(f, against(f, names))
		apart = apart || f[featApart] > 0 || f[featElsewhere] > 0
	}
	return sum / float64(len(from.latest())), apart
}

// Unite puts all documents of an event into another one. Where the first is not
// in view nothing happens.
func (g *Grouper) Unite(from, into int64) {
	if from == into {
		return
	}
	for _, e := range g.docs {
		if e.event == from {
			e.event = into
		}
	}
	g.last, g.addedTo = nil, nil
	gone := g.groups[from]
	if gone == nil {
		return
	}
	delete(g.groups, from)
	kept := g.groups[into]
	if kept == nil {
		g.groups[into] = gone
		return
	}
	kept.size += gone.size
	kept.first = min(kept.first, gone.first)
	slots := append(slices.Clone(kept.slots), gone.slots...)
	slices.Sort(slots)
	kept.slots = slots[max(0, len(slots)-splitMost):]
}
