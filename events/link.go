package events

import (
	"cmp"
	"math"
	"slices"
)

// What is compared of a document and an event.
const (
	maxMembers = 6 // members of an event that a document is compared with
	lastKept   = 6 // latest members of an event, of two that may be one
	maxEvents  = 10
	farAway    = 30   // days; gaps beyond are all the same
	someOther  = 0.25 // cosine of the nearest other event, where there is none in view yet
)

// The features of a document and an event: the columns of the model. Members
// that tell of many things or of none in particular (roundups, opinion, live
// accounts, copies) are not compared. The outlet is no feature: labelled news
// has its own habits there.
const (
	featTitle1   = iota // cosine of the titles, nearest member
	featTitle2          // the same, second nearest; as the first in an event of one
	featTitleAll        // mean over the members compared
	featFull1           // cosine of titles and texts, nearest member
	featFull2
	featFullAll
	featCover1   // share of each title's weight that stands in the other article, mean of both ways
	featCoverAll //
	featSupport  // share of the title's weight that stands in the members' titles, mean over members
	featRare     // idf of the rarest word that the nearest member's title shares
	featForeign  // idf of the rarest word of the title that no member has
	featShared   // words that the titles share, nearest member
	featWords    // words in the title
	featSize     // logarithm of one more than the members in view
	featAlone    // 1 where the event has one member
	featGap      // days to the nearest member in time
	featGapBest  // days to the nearest member in words
	featAge      // days to the event's first member
	featNumbers  // share of members whose titles have other numbers, where both have some
	featApart    // share of members that name places which cannot be one
	featElsewhere
	featStrange // share of members with no rare word of either title in the other article
	featBare    // 1 where the document has no text, 2 where nor has the nearest member
	featMargin  // cosine of the nearest member less that of the nearest one of another event
	featOpinion // 1 where the document is opinion, or a live account
	featExplain // 1 where it explains
	featMarkets // 1 where it tells of the day's prices
	featKinds   // share of members that are of its kind
	featPlain1  // cosine of titles and texts without names, nearest member
	featPlainAll
	featDeeds1 // share of each title's weight without names that stands in the other article, mean of both ways
	featDeedsAll
	featRest1 // cosine of titles and texts without the two terms that count most in it, nearest member
	featRestAll
	features
)

// featureNames are what the model's file calls its columns.
var featureNames = [features]string{
	"title1", "title2", "title_all", "full1", "full2", "full_all", "cover1", "cover_all", "support", "rare", "foreign", "shared", "words",
	"size", "alone", "gap", "gap_best", "age", "numbers", "apart", "elsewhere", "strange", "bare", "margin",
	"opinion", "explains", "markets", "kinds", "plain1", "plain_all", "deeds1", "deeds_all", "rest1", "rest_all",
}

// group is an event as the grouper keeps it.
type group struct {
	size  int     // members in view that may draw others in
	first float64 // day of its first member
	slots []int32 // its latest members, at most splitMost
}

// latest returns the latest members, as far as documents are compared with them.
func (gr *group) latest() []int32 { return gr.slots[max(0, len(gr.slots)-lastKept):] }

// pair is what a document and a member of an event have in common.
type pair struct {
	title, full, cover, rare, gap, alike       float64
	plain, deeds, rest                         float64
	cast                                       float64 // share of the weight of the lesser cast that both have; 1 where there are too few names to say
	shared                                     int
	bare, numbers, apart, elsewhere, strangers bool
	others                                     bool // their titles name others
}

// naming is what the names of a document and of the members of an event say.
type naming struct {
	others bool    // the titles of all members name others than the document's
	cast   float64 // most that it shares of a cast with one of them; see [pair]
}

// Candidate is an event that a document may belong to.
type Candidate struct {
	Event    int64
	Features []float64 // in the order of [Features]; nil where no member is in the document's language
	Score    float64   // likelihood, 0 to 1, that the document tells of it
}

// like is the cosine with the nearest member in the document's language.
func (c Candidate) like() float64 {
	if c.Features == nil {
		return 0
	}
	return c.Features[featFull1]
}

// Features returns the names of the features that events are weighed by.
func Features() []string { return featureNames[:] }

// Candidates returns the events in view that are most like a document, the
// likeliest first. It changes nothing.
func (g *Grouper) Candidates(d Doc) []Candidate {
	e := g.analyse(d)
	return g.weigh(e, g.nearest(e))
}

// weigh compares a document with the events of its nearest documents.
func (g *Grouper) weigh(e *entry, found []near) []Candidate {
	if e.kind == kindRoundup {
		return nil
	}
	var out []Candidate
	var tops []float64
	var named []naming
	for i, n := range found {
		old := g.entry(n.slot)
		if !old.draws() || slices.ContainsFunc(out, func(c Candidate) bool { return c.Event == old.event }) {
			continue
		}
		if len(out) == maxEvents {
			break
		}
		members := make([]int32, 0, maxMembers)
		for _, m := range found[i:] {
			if o := g.entry(m.slot); o.event == old.event && o.draws() && len(members) < maxMembers {
				members = append(members, m.slot)
			}
		}
		gr := g.groups[old.event]
		for k := len(gr.slots) - 1; k >= 0 && len(members) < maxMembers; k-- {
			if !slices.Contains(members, gr.slots[k]) {
				members = append(members, gr.slots[k])
			}
		}
		c := Candidate{Event: old.event, Score: g.scoreAcross(e, members)}
		top, names := 0.0, naming{cast: 1}
		// The model knows one language: what is said in others is left to the rule for that.
		members = slices.DeleteFunc(members, func(m int32) bool { return g.entry(m).tongue != e.tongue })
		if len(members) > 0 {
			c.Features = make([]float64, features)
			names = g.describe(c.Features, e, gr, members)
			top = max(c.Features[featTitle1], c.Features[featFull1])
		}
		out = append(out, c)
		tops = append(tops, top)
		named = append(named, names)
	}
	for i := range out {
		f := out[i].Features
		if f == nil {
			continue
		}
		other := someOther
		for j, t := range tops {
			if j != i {
				other = max(other, t)
			}
		}
		f[featMargin] = tops[i] - other
		against := against(f, named[i])
		if sameHeadline(f) {
			against -= forSameHeadline
		}
		score := g.opt.Model.Score(f, against)
		if score > doubtful && g.developing(f, e, out[i].Event) {
			score = g.opt.Model.Score(f, against-forOwnNames)
		}
		out[i].Score = max(out[i].Score, score)
	}
	slices.SortStableFunc(out, func(a, b Candidate) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(b.like(), a.like()))
	})
	return out
}

// What speaks against one happening, in the logarithm of the odds. The labelled
// news holds few happenings that merely look alike, so these are not fitted:
// to merge two of them misleads more than to post one twice.
const (
	againstApart     = 4
	againstApartText = 3 // on top of it, where both have a text that could name the other place
	againstElsewhere = 10
	againstStrange   = 3  // only where both have a text in which a name could stand
	againstOthers    = 8  // one happening after the other by one rule: two companies fined, two teams beaten
	againstNumbers   = 4  // only where one of the others speaks against it too
	againstCast      = 12 // the same told of other people and places, where hardly a name is in both
)

func against(f []float64, names naming) float64 {
	x := againstApart*f[featApart] + againstElsewhere*f[featElsewhere]*f[featElsewhere] // a storm is at many places
	other := max(f[featApart], f[featElsewhere])
	if f[featBare] == 0 && f[featStrange] == 1 { // a name shared with one member will do
		x += againstStrange
		other = 1
	}
	if f[featBare] == 0 {
		x += againstApartText * f[featApart]
	}
	if names.others {
		x += againstOthers
		other = 1
	}
	x += againstCast * miscast(names.cast, f[featPlain1])
	return x + againstNumbers*f[featNumbers]*other
}

// What speaks for one happening that goes on, in the logarithm of the odds: the
// labelled news holds few reports that follow each other for days in ever other
// words, so this is not fitted either.
const (
	forOwnNames = 2
	doubtful    = 0.08 // likelihood from which it may decide
	ownNames    = 6    // names that are the event's own
	ownPostings = 64   // documents that a name may stand in to be looked at
	ownGap      = 1    // days since the event's latest report
)

// What speaks for one happening where a headline comes again. In the labelled news
// two stories may have the same headline, so that the model learned little from it:
// of 21 titles that came again within headlineGap and stayed apart, the events of 17
// held their story.
const (
	forSameHeadline = 3
	headlineAlike   = 0.9 // cosine of the titles: "UPDATE 2-" may stand before one
	headlineWords   = 5
	headlineGap     = 1.5 // days
)

// sameHeadline says whether a document repeats the headline of a member, which may
// stand among others that tell of it in other words. Prices of the day and numbers
// that change come under the same words each day.
func sameHeadline(f []float64) bool {
	return f[featTitle1] >= headlineAlike && f[featShared] >= headlineWords && f[featGapBest] <= headlineGap && f[featNumbers] == 0 && f[featMarkets] == 0
}

// developing says whether a document shows by its names that it tells how an
// event went on: they stand in no other event in view.
func (g *Grouper) developing(f []float64, e *entry, event int64) bool {
	if f[featBare] > 0 || f[featGap] > ownGap {
		return false
	}
	names := 0
	for _, t := range e.full {
		if int(t.id) >= len(g.index) || !g.vocab.rare(t.id) || !g.vocab.capital(t.id) {
			continue
		}
		list := g.index[t.id]
		if list = list[firstIn(list, g.base):]; len(list) == 0 || len(list) > ownPostings {
			continue
		}
		if !slices.ContainsFunc(list, func(p posting) bool { return g.entry(p.slot).event != event }) {
			names++
		}
	}
	return names >= ownNames
}

// describe fills in the features of a document and an event, but for the one
// that depends on other events. It returns what the names say.
func (g *Grouper) describe(f []float64, e *entry, gr *group, members []int32) naming {
	var inTitle, inAll [maxTitleTerms]float64
	pairs := make([]pair, 0, maxMembers)
	for _, slot := range members {
		pairs = append(pairs, g.vocab.compare(e, g.entry(slot), &inTitle, &inAll))
	}
	slices.SortStableFunc(pairs, func(a, b pair) int { return cmp.Compare(b.alike, a.alike) })
	n := float64(len(pairs))
	best := pairs[0]
	second := pairs[min(1, len(pairs)-1)]
	f[featTitle1], f[featTitle2], f[featFull1], f[featFull2] = best.title, second.title, best.full, second.full
	f[featCover1], f[featRare], f[featShared] = best.cover, best.rare, float64(best.shared)
	f[featGap] = farAway
	f[featPlain1], f[featDeeds1], f[featRest1] = best.plain, best.deeds, best.rest
	names := naming{others: true, cast: truth(g.opt.AnyCast)}
	for _, p := range pairs {
		names.others = names.others && p.others
		names.cast = max(names.cast, p.cast)
		f[featTitleAll] += p.title / n
		f[featFullAll] += p.full / n
		f[featCoverAll] += p.cover / n
		f[featPlainAll] += p.plain / n
		f[featDeedsAll] += p.deeds / n
		f[featRestAll] += p.rest / n
		f[featNumbers] += truth(p.numbers) / n
		f[featApart] += truth(p.apart) / n
		f[featElsewhere] += truth(p.elsewhere) / n
		f[featStrange] += truth(p.strangers) / n
		f[featGap] = min(f[featGap], p.gap)
	}
	for i, t := range e.title[:min(len(e.title), maxTitleTerms)] {
		w := float64(t.w) * float64(t.w)
		f[featSupport] += w * inTitle[i] / n
		if inAll[i] == 0 {
			f[featForeign] = max(f[featForeign], g.vocab.idf(t.id))
		}
	}
	f[featWords] = float64(len(e.title))
	f[featSize] = math.Log1p(float64(gr.size))
	f[featAlone] = truth(gr.size == 1)
	f[featGapBest] = min(best.gap, farAway)
	f[featAge] = min(math.Abs(e.day-gr.first), farAway)
	f[featBare] = truth(!e.hasText) + truth(!e.hasText && best.bare)
	f[featOpinion] = truth(e.kind == kindOpinion || e.kind == kindLive)
	f[featExplain] = truth(e.kind == kindExplainer)
	f[featMarkets] = truth(e.kind == kindMarkets)
	for _, slot := range members {
		f[featKinds] += truth(g.entry(slot).kind == e.kind) / n
	}
	return names
}
