package summarize

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"newsdesk/internal/pattern"
)

const (
	maxNames   = 5    // bounds who and where
	whoShare   = 0.12 // of the heaviest name's weight, that one of who has at least
	whereShare = 0.2  // the same of where
)

// tally weighs names.
type tally map[string]float64

// best returns the heaviest names, heaviest first, that weigh at least so much,
// and at least a share of the heaviest.
func (t tally) best(n int, least, share float64) []string {
	ks := slices.SortedFunc(maps.Keys(t), func(a, b string) int {
		if c := cmp.Compare(t[b], t[a]); c != 0 {
			return c
		}
		return cmp.Compare(a, b)
	})
	var out []string
	for _, k := range ks {
		if len(out) == n || t[k] < max(least, share*t[ks[0]]) {
			break
		}
		out = append(out, k)
	}
	return out
}

// prominent weighs who acts and where: each mention counts by its place in the
// article, more where it opens a sentence or stands in the title too.
func (d *document) prominent() (who, where tally) {
	who, where = make(tally), make(tally)
	if d.dateline.name != "" {
		d.locate(where, name{place: d.dateline}, 1)
	}
	located := make(map[string]float64) // mentions of an unlisted name after "in", less those as an actor
	ins := make(map[string]int)         // those after "in" alone
	sited := make(map[string]bool)      // names of streets, rivers, and of what lies in a listed place
	outlet := strings.ToLower(d.article.Outlet)
	inTitle := " " + strings.ToLower(d.article.Title) + " "
	for i := range d.sents {
		s := &d.sents[i]
		weight := 1 / (1 + 0.3*float64(i))
		if len(s.names) == 0 || s.quoted || !s.plain && boilerplate(s.Text) || strings.HasSuffix(s.Text, "—") || strings.HasSuffix(s.Text, "–") { // a dateline of its own
			continue
		}
		for _, n := range s.names {
			w := weight
			switch n.kind {
			case locus:
				if full := d.fullName(n.text); full != n.text && !n.in && !n.place.adjective { // a person's last name is a town's, too
					who[full] += w
					continue
				}
				d.locate(where, n, w)
				if n.actor {
					who[n.text] += 0.5 * w
				}
				continue
			case other:
				if !n.inner {
					w *= 0.8 // it may be a word that is capital by its place
				}
			}
			if n.lead || n.actor {
				w *= 1.4
			}
			if n.kind == person {
				w *= 1.2
			}
			text, named := bearer(n, d.fullName(n.text))
			if !named {
				continue
			}
			if lower := strings.ToLower(text); outlet != "" && (strings.HasSuffix(outlet, " "+lower) || strings.HasPrefix(outlet, lower+".") || lower == outlet) ||
				len(text) > 3 && strings.Contains(d.article.Byline, text) {
				continue // the paper or its writer speaks of itself
			}
			switch {
			case n.kind == person:
				located[text] -= 3
			case n.site:
				located[text] += 3
				sited[text] = true
			case n.in:
				located[text]++
				ins[text]++
				sited[text] = sited[text] || placeFollows(s.names, n)
			case n.actor:
				located[text]--
			default:
				located[text] -= 0.25
			}
			if strings.Contains(inTitle, strings.ToLower(lastName(text))) {
				w *= 1.5
			}
			who[text] += w
		}
	}
	for text, n := range located {
		if n <= 0 {
			continue
		}
		last := text[strings.LastIndexByte(text, ' ')+1:]
		if sited[text] || !orgEnds.Has(last) && (ins[text] > 1 || strings.Contains(inTitle, strings.ToLower(text))) {
			where[text] += who[text]
		}
		delete(who, text)
	}
	if d.lang == "en" {
		d.bodiesThatSpeak(who)
	}
	d.foldNames(who)
	return who, where
}

// placeFollows tells a name that a place of the gazetteer follows after a comma:
// "Fall River, Massachusetts".
func placeFollows(names []name, n name) bool {
	for _, m := range names {
		if m.kind == locus && !m.place.adjective && m.start > n.end && m.start <= n.end+2 {
			return true
		}
	}
	return false
}

// speakers are bodies without a name of their own that say something: "the
// civil defence agency said".
var speakers = pattern.MustCompile(`\b[Tt]he ((?:[a-z]+ ){1,3}(?:agency|ministry|institute|council|guard|service|police|commission|authority|department|league|office|union|hospital|court)) (?:said|says|announced|warned|confirmed|ruled|told|reported)\b`)

// speakersIn finds their last words; the expression is slow.
var speakersIn = newPhrases(strings.Fields("agency ministry institute council guard service police commission authority department league office union hospital court"))

// bodiesThatSpeak adds bodies whose names are common nouns.
func (d *document) bodiesThatSpeak(who tally) {
	for i := range min(len(d.sents), maxSentences) {
		s := &d.sents[i]
		if s.quoted || len(s.Text) > maxSentence || !speakersIn.find(s.Text, func(string) bool { return true }) {
			continue
		}
		for _, m := range speakers.FindAllStringSubmatch(s.Text, 3) {
			who[m[1]] += 1 / (1 + 0.3*float64(i))
		}
	}
}

// locate adds a mention of a place: most where something is said to be in it,
// least where it only marks a nation. A city speaks for its country too.
func (d *document) locate(where tally, n name, w float64) {
	switch {
	case n.in:
		w *= 2
	case n.place.adjective:
		w *= 0.5
	case n.actor:
		w *= 0.3
	}
	where[n.place.name] += w
	if n.place.country != "" {
		where[n.place.country] += 0.5 * w
	}
}

// foldNames adds the weight of a part of a name to the whole: "Hezbollah" to
// "Kataib Hezbollah", where no second whole that has it comes near.
func (d *document) foldNames(who tally) {
	const heaviest = 60 // of the names are looked at
	ks := who.best(heaviest, 0, 0)
	slices.Sort(ks)
	for _, k := range ks { // "Houthi" and "Houthis"
		if one, many := who[k], who[k+"s"]; many > 0 && one > 0 {
			from, to := k, k+"s"
			if one > many {
				from, to = to, from
			}
			who[to] += who[from]
			delete(who, from)
		}
	}
	for _, k := range ks {
		if who[k] == 0 || strings.Contains(k, " ") && len(k) > 30 {
			continue
		}
		whole, next := "", 0.0
		for _, l := range ks {
			if l == k || len(l) < len(k) || !strings.HasSuffix(l, " "+k) && !strings.HasPrefix(l, k+" ") {
				continue
			}
			if whole == "" || who[l] > who[whole] {
				whole, next = l, who[whole]
			} else {
				next = max(next, who[l])
			}
		}
		if next*2 > who[whole] {
			continue // two may be meant
		}
		if whole != "" {
			who[whole] += who[k]
			delete(who, k)
		}
	}
}
