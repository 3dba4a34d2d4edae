package events

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"time"

	"newsdesk/internal/wordset"
	"newsdesk/news"
)

// The names of the terms of a weight, as readers are told them. The grave
// words found follow behind TermGrave.
const (
	TermOwners    = "independent owners"
	TermCountries = "countries"
	TermEarly     = "owners within two hours"
	TermFurther   = "further reports by the same owners"
	TermGrave     = "grave words"
	TermDead      = "people killed"
	TermHarmed    = "people hurt, missing or driven out"
	TermMoney     = "billions in money"
	TermTalk      = "reports that are opinion, background or a running account"
	TermRoundup   = "is a roundup of many things"
	TermPlay      = "grave words said of a game or a show"
)

// The formula. What a term gives is bounded, and the bounds of all that add
// make 1.
const (
	ownersDoubled = 0.13 // for each doubling of the independent owners …
	ownersMost    = 0.36 // … up to seven of them
	countryGives  = 0.04 // for each country beyond the first
	countriesMost = 0.08
	earlyGives    = 0.04 // for each owner beyond the first within early of the first report
	earlyMost     = 0.10
	furtherGives  = 0.02 // for each doubling of the reports beyond one an owner: who keeps telling of it finds it worth it
	furtherMost   = 0.08
	deadGives     = 0.05 // for one who was killed …
	deadTenfold   = 0.04 // … and for each ten times as many
	deadMost      = 0.14
	harmedTenfold = 0.015
	harmedMost    = 0.04 // hurt, missing or driven out
	moneyTenfold  = 0.02 // for one billion, and again for each ten times as much
	moneyMost     = 0.04
	roundupTakes  = 0.50
	talkTakes     = 0.15 // where at least half of the reports are talk
	early         = 2 * time.Hour
)

// graveGives is what the gravest words of the titles give, by their degree.
var graveGives = [4]float64{0, 0.06, 0.11, 0.16}

// playTopics are those in which attacks, shots and defeats are part of the
// game: grave words give a third there.
var playTopics = wordset.Of(`sports entertainment`)

// weigh returns how much an event matters, from 0 to 1, and the terms whose sum
// that is, largest first. Only independent reports count: no copies, no
// opinion, and outlets of one owner once.
//
//	weight = 0.13 · log2(owners)                             at most 0.36
//	       + 0.04 · (countries − 1)                          at most 0.08
//	       + 0.04 · (owners in the first two hours − 1)      at most 0.10
//	       + 0.02 · log2(1 + reports beyond one an owner)    at most 0.08
//	       + 0.06, 0.11 or 0.16 for grave words              a third of it in sports and entertainment
//	       + 0.05 + 0.04 · log10(killed)                     at most 0.14
//	       + 0.015 · (1 + log10(hurt, missing, driven out))  at most 0.04
//	       + 0.02 · (1 + log10(billions))                    at most 0.04
//	       − 0.15 where half of it is talk, − 0.50 where it is a roundup
func weigh(e news.Event) (float64, []news.Term) {
	reports := reportsOf(e.Sources)
	var terms []news.Term
	add := func(name string, value, gives float64) {
		if gives = stepped(gives); gives != 0 {
			terms = append(terms, news.Term{Name: name, Value: value, Gives: gives})
		}
	}
	owners, countries, quick := spread(reports)
	if owners > 0 {
		add(TermOwners, float64(owners), min(ownersMost, ownersDoubled*math.Log2(float64(owners))))
	}
	add(TermCountries, float64(countries), min(countriesMost, countryGives*float64(max(0, countries-1))))
	add(TermEarly, float64(quick), min(earlyMost, earlyGives*float64(max(0, quick-1))))
	if further := len(reports) - owners; further > 0 {
		add(TermFurther, float64(further), min(furtherMost, furtherGives*math.Log2(1+float64(further))))
	}

	degree, words := grave(e.Headline, reports)
	gives := graveGives[degree]
	name := TermGrave
	if playTopics.Has(e.Topic) {
		gives, name = gives/3, TermPlay
	}
	if degree > 0 {
		add(name+": "+strings.Join(words[:min(len(words), 4)], ", "), float64(degree), gives)
	}
	dead, harmed, billions := numbers(e, reports)
	if dead > 0 {
		add(TermDead, float64(dead), min(deadMost, deadGives+deadTenfold*math.Log10(float64(dead))))
	}
	if harmed > 0 {
		add(TermHarmed, float64(harmed), min(harmedMost, harmedTenfold*(1+math.Log10(float64(harmed)))))
	}
	if billions >= 1 {
		add(TermMoney, billions, min(moneyMost, moneyTenfold*(1+math.Log10(billions))))
	}
	switch talk := talkIn(e.Sources); {
	case titleKind(e.Headline) == kindRoundup, Lists(e):
		add(TermRoundup, 1, -roundupTakes)
	case 2*talk >= len(e.Sources) && talk > 0:
		add(TermTalk, float64(talk), -talkTakes)
	}
	slices.SortStableFunc(terms, func(a, b news.Term) int { return cmp.Compare(b.Gives, a.Gives) })
	sum := 0.0
	for _, t := range terms {
		sum += t.Gives
	}
	return stepped(min(1, max(0, sum))), terms
}

// stepped rounds a weight to its step.
func stepped(w float64) float64 { return math.Round(w/weightStep) * weightStep }

// reportsOf returns the sources that count: no copies, no opinion.
func reportsOf(sources []news.Source) []news.Source {
	var out []news.Source
	for _, s := range sources {
		if s.CopyOf == 0 && !opines(s) {
			out = append(out, s)
		}
	}
	return out
}

// spread counts the independent owners of reports, their countries, and the
// owners that reported within early of the first report. A report of which only
// the day is known tells nothing of speed.
func spread(reports []news.Source) (owners, countries, quick int) {
	seen, lands, soon := map[string]bool{}, map[string]bool{}, map[string]bool{}
	var first time.Time
	for _, s := range reports {
		if timed(s.Published) && (first.IsZero() || s.Published.Before(first)) {
			first = s.Published
		}
	}
	for _, s := range reports {
		seen[s.Voice()] = true
		if s.Publisher.Country != "" {
			lands[s.Publisher.Country] = true
		}
		if timed(s.Published) && s.Published.Sub(first) <= early {
			soon[s.Voice()] = true
		}
	}
	return len(seen), len(lands), len(soon)
}

// timed says whether the hour of a report is known.
func timed(t time.Time) bool { return !t.IsZero() && t.Unix()%(24*60*60) != 0 }

// grave returns the gravest degree that the headline, or a third of the titles,
// has, and the words that have it.
func grave(headline string, reports []news.Source) (degree int, words []string) {
	degree, words = graveIn(headline)
	var with [4]int
	found := [4][]string{}
	for _, s := range reports {
		d, w := graveIn(s.Title)
		found[d] = append(found[d], w...)
		for i := 1; i <= d; i++ {
			with[i]++
		}
	}
	for d := 3; d > degree; d-- {
		if 3*with[d] >= len(reports) && with[d] > 0 && len(found[d]) > 0 {
			degree, words = d, nil
		}
	}
	for _, w := range found[degree] {
		if degree > 0 && !slices.Contains(words, w) {
			words = append(words, w)
		}
	}
	return degree, words
}

// numbers returns what the headline, the titles and the first two facts say of
// the killed, the harmed and of money: the largest of each.
func numbers(e news.Event, reports []news.Source) (dead, harmed int, billions float64) {
	texts := []string{e.Headline}
	for _, s := range reports {
		texts = append(texts, s.Title)
	}
	for _, f := range e.Facts[:min(len(e.Facts), 2)] {
		texts = append(texts, f.Text)
	}
	for _, t := range texts {
		if !elsewhen.MatchString(t) {
			words := countable(t)
			dead, harmed, billions = max(dead, tollIn(words)), max(harmed, harmIn(words)), max(billions, money(t))
		}
	}
	return dead, harmed, billions
}

// talkIn counts the sources that are no reports of a happening.
func talkIn(sources []news.Source) int {
	n := 0
	for _, s := range sources {
		switch kindOf(s.Kind, s.Title) {
		case kindOpinion, kindLive, kindExplainer, kindMarkets:
			n++
		}
	}
	return n
}
