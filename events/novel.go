package events

import (
	"slices"

	"newsdesk/news"
)

// When a fact counts as known. Shares are of its own words that another
// sentence has as well.
const (
	knownShare   = 0.6  // of one known fact: said before, if its numbers were
	knownUnion   = 0.68 // of all known facts together: the same
	knownTitles  = 20   // latest titles that are compared
	relatedShare = 0.34 // of one known fact: speaks of the same thing, so another number is a change
)

// held is the share of c's stems, by weight, that all of others together have.
func (c content) held(others ...content) float64 {
	all, n := 0.0, 0.0
	for _, s := range c.stems {
		all += s.weight
		if slices.ContainsFunc(others, func(o content) bool { return o.has(s.stem) }) {
			n += s.weight
		}
	}
	if all == 0 {
		return 1
	}
	return n / all
}

// differs says whether c has a number that none of others has.
func (c content) differs(others ...content) bool {
	return slices.ContainsFunc(c.numbers, func(n string) bool {
		return !slices.ContainsFunc(others, func(o content) bool { return slices.Contains(o.numbers, n) })
	})
}

// shares says whether both have a number.
func (c content) shares(o content) bool {
	return slices.ContainsFunc(c.numbers, func(n string) bool { return slices.Contains(o.numbers, n) })
}

// turns says whether c has a turn that none of known has. One that was only to
// come is not known yet, nor is one of something else.
func (c content) turns(known []content) bool { return c.takes(roleTurn, known) }

// takes says whether c has a stem of a role that none of known has, as turns has
// it.
func (c content) takes(of role, known []content) bool {
	return slices.ContainsFunc(c.stems, func(s stemmed) bool {
		return s.role&of != 0 && !slices.ContainsFunc(known, func(k content) bool {
			o, ok := k.find(s.stem)
			return ok && (s.ahead || !o.ahead) && c.meets(k, s.stem)
		})
	})
}

// tells says whether a sentence has a stem of a role.
func (c content) tells(of role) bool {
	return slices.ContainsFunc(c.stems, func(s stemmed) bool { return s.role&of != 0 })
}

// meetsIn says whether two sentences have a stem of a role in common.
func (c content) meetsIn(o content, of role) bool {
	return slices.ContainsFunc(c.stems, func(s stemmed) bool { return s.role&of != 0 && o.has(s.stem) })
}

// outcome says whether c has a turn, or deaths, and the numbers of k, which has
// the same: "jailed for seven years" in other words.
func (c content) outcome(k content) bool {
	if len(c.numbers) == 0 || len(c.numbers) != len(k.numbers) || c.differs(k) {
		return false
	}
	return c.has("die") && k.has("die") || c.meetsIn(k, roleTurn)
}

// meets says whether two sentences have something in common beside a stem, as
// far as one of them has anything else.
func (c content) meets(k content, but string) bool {
	return len(c.stems) < 3 || len(k.stems) < 3 ||
		slices.ContainsFunc(c.stems, func(s stemmed) bool { return s.stem != but && k.has(s.stem) })
}

// novelty says how a fact is new.
type novelty uint8

const (
	notNovel    novelty = iota
	novelFact           // speaks of something else than all that is known
	novelNumber         // gives another number for something that is known
)

// novel compares a fact with all that is known.
func novel(fact content, known []content) novelty {
	if len(fact.stems) == 0 {
		return notNovel
	}
	var related []content // a number that stands elsewhere counts something else
	for _, k := range known {
		if len(k.numbers) > 0 && fact.held(k) >= relatedShare {
			related = append(related, k)
		}
	}
	if len(related) > 0 && fact.differs(related...) {
		return novelNumber
	}
	if fact.turns(known) {
		return novelFact
	}
	if slices.ContainsFunc(known, fact.outcome) {
		return notNovel
	}
	for _, k := range known {
		if fact.held(k) >= knownShare {
			return notNovel
		}
	}
	if fact.held(known...) >= knownUnion && !fact.differs(known...) {
		return notNovel
	}
	return novelFact
}

// knownTo collects what readers of an event know before an article: its facts,
// its sources' titles, and what the article before it had said.
func (cs *contents) knownTo(base news.Event, merged []news.Fact, newcomer news.ArticleID) []content {
	known := make([]content, 0, len(base.Facts)+len(base.Sources)+len(merged)+1)
	for _, f := range base.Facts {
		known = append(known, cs.of(f.Text))
	}
	for _, f := range merged {
		if f.Article != newcomer {
			known = append(known, cs.of(f.Text))
		}
	}
	known = append(known, cs.of(base.Headline))
	for _, s := range base.Sources[max(0, len(base.Sources)-knownTitles):] {
		if s.Article != newcomer {
			known = append(known, cs.of(s.Title))
		}
	}
	return known
}
