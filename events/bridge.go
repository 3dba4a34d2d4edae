package events

import (
	"cmp"
	"math"
	"slices"
	"sync"
)

// Articles in different languages share few words. What they share are names,
// numbers, and words whose meaning the table of tongues knows: each such term
// has a canonical one, and only these are compared.

// noCanon is the canonical term of a word of one language alone.
const noCanon = ^term(0)

// tongue numbers languages, 0 for English and what is not known.
func tongue(lang string) uint8 {
	switch n := tongueOf[lang]; {
	case n != 0:
		return uint8(n)
	case lang == "" || lang == "en":
		return 0
	}
	h := hash(lang)
	return uint8(8 + h%248)
}

// concepts maps the stem of each English word of the table of tongues to the
// stem of the first of its line.
var concepts = sync.OnceValue(func() map[string]string {
	m := make(map[string]string, 400)
	for w, concept := range meanings()[0] {
		m[stem(w, "en")] = stem(concept, "en")
	}
	return m
})

// canonOf returns the canonical term of a stem that has the number id.
func (v *vocab) canonOf(s string, id term) term {
	if c, ok := concepts()[s]; ok {
		if c == s {
			return id
		}
		return v.intern(c)
	}
	if isDigit(s[0]) || placeEnds.Has(s) {
		return id
	}
	return noCanon
}

// written counts how a word was written within sentences.
type written struct{ capital, small uint16 }

// written notes how a word is written. German capitalises every noun, so that
// nothing is learned from it: a name is seen there once another language has it.
// The canonical term of a name is the one that it has in English.
func (v *vocab) written(k known, form form, lang string) {
	if form&(formFirst|formNumber) != 0 || !k.rare || lang == "de" {
		return
	}
	const most = 60_000
	name := form&formName != 0
	switch s := &v.seen[k.id]; {
	case !name && s.small < most:
		s.small++
	case name && s.capital < most:
		s.capital++
	}
	if name && v.canon[k.id] == noCanon {
		c := v.intern(stem(v.byWord.raw(k), "en"))
		v.canon[k.id], v.canon[c] = c, c
		v.seen[c].capital = max(v.seen[c].capital, 1)
	}
}

// smallOften is how many times as often a name must be written with a capital
// letter as without.
const smallOften = 4

// capital says whether a term is written with a capital letter within sentences.
func (v *vocab) capital(id term) bool {
	s := v.seen[id]
	return s.capital > 0 && s.capital >= smallOften*s.small
}

// means returns the canonical term of a term, noCanon for a word of one language
// alone.
func (v *vocab) means(id term) term {
	c := v.canon[id]
	if c == noCanon || !v.isName(c) {
		return c
	}
	if s := v.seen[c]; s.small > 0 && s.capital < smallOften*s.small {
		return noCanon
	}
	return c
}

// bridge returns what of a document's vector can be compared across languages,
// sorted by canonical term, with length 1.
func (v *vocab) bridge(full []weighted) []weighted {
	out := make([]weighted, 0, len(full))
	for _, t := range full {
		if c := v.means(t.id); c != noCanon {
			out = append(out, weighted{c, t.w})
		}
	}
	slices.SortFunc(out, func(a, b weighted) int { return cmp.Compare(a.id, b.id) })
	n := 0
	for i, t := range out {
		if i > 0 && out[n-1].id == t.id {
			out[n-1].w = max(out[n-1].w, t.w)
			continue
		}
		out[n] = t
		n++
	}
	return unit(out[:n])
}

// isName says whether a canonical term is a name, of no place that a list holds.
func (v *vocab) isName(canon term) bool {
	s := v.stems[canon]
	if isDigit(s[0]) || placeEnds.Has(s) {
		return false
	}
	_, concept := concepts()[s]
	return !concept
}

// otherSubjects says whether two documents with texts name others in their
// titles: each has names there, and none of them stands in the other. So two
// reports of one kind are told apart, such as of two fines by one authority. What
// stands only further down in the other is not what that is about: a report on one
// strike may end with another one. On the labelled streams this holds for 1 of 665
// documents that join their own event. Across languages the whole text counts.
func (v *vocab) otherSubjects(a, b *entry) bool {
	if !a.hasText || !b.hasText {
		return false
	}
	return v.strange(a, b) && v.strange(b, a)
}

// strange says whether a title has names, of which the other document has none.
func (v *vocab) strange(a, b *entry) bool {
	some := false
	for _, t := range a.title {
		name := v.means(t.id)
		if name == noCanon || !v.isName(name) {
			continue
		}
		some = true
		if slices.ContainsFunc(b.title, func(w weighted) bool { return v.canon[w.id] == name }) ||
			a.tongue == b.tongue && slices.ContainsFunc(b.lead, func(id term) bool { return v.canon[id] == name }) ||
			a.tongue != b.tongue && slices.ContainsFunc(b.full, func(w weighted) bool { return v.canon[w.id] == name }) {
			return false
		}
	}
	return some
}

// across is what two documents in different languages have in common.
type across struct {
	like    float64 // cosine of what can be compared
	names   int     // names and numbers that both have
	meaning int     // other words that both have
	gap     float64 // days
	apart   float64 // 1 where they name places which cannot be one
	others  float64 // 1 where their titles name others
}

// The rule by which documents in different languages tell of one event, in the
// logarithm of the odds. It is not fitted: there is no labelled news in several
// languages.
const (
	acrossBias   = -5.5
	acrossLike   = 12.0
	acrossNames  = 0.5 // for each name or number, up to acrossMost
	acrossMost   = 4
	acrossGap    = 0.5 // for each day
	acrossApart  = 8   // where they name places which cannot be one
	acrossOthers = 6   // where their titles name others
)

// odds returns the logarithm of the odds that two documents tell of one event.
func (x across) odds() float64 {
	if x.names == 0 || x.names+x.meaning < 3 {
		return -acrossLike
	}
	return acrossBias + acrossLike*x.like + acrossNames*float64(min(x.names, acrossMost)) - acrossGap*x.gap - acrossApart*x.apart - acrossOthers*x.others
}

// compareAcross compares documents in two languages. own is the bridge of a.
func (v *vocab) compareAcross(a, b *entry, own []weighted) across {
	other := v.bridge(b.full)
	x := across{gap: gap(a, b), apart: truth(apart(a.inTitle, a.inAll, b.inTitle, b.inAll)), others: truth(v.otherSubjects(a, b))}
	for i, j := 0, 0; i < len(own) && j < len(other); {
		switch {
		case own[i].id < other[j].id:
			i++
		case own[i].id > other[j].id:
			j++
		default:
			x.like += float64(own[i].w) * float64(other[j].w)
			if s := v.stems[own[i].id]; concepts()[s] != "" {
				x.meaning++
			} else {
				x.names++
			}
			i++
			j++
		}
	}
	return x
}

// scoreAcross returns how likely a document tells of an event, by the members in
// other languages, 0 where there is none.
func (g *Grouper) scoreAcross(e *entry, members []int32) float64 {
	var own []weighted
	best := math.Inf(-1)
	for _, slot := range members {
		m := g.entry(slot)
		if m.tongue == e.tongue {
			continue
		}
		if own == nil {
			own = g.vocab.bridge(e.full)
		}
		best = max(best, g.vocab.compareAcross(e, m, own).odds())
	}
	if math.IsInf(best, -1) {
		return 0
	}
	return 1 / (1 + math.Exp(-best))
}
