package events

import (
	"slices"

	"newsdesk/news"
)

// Stating says where an article states a fact of another. states is false where
// it does not; read is false where the article is not at hand, so that nothing
// can be said of it.
type Stating func(f news.Fact, id news.ArticleID) (at news.Place, states, read bool)

// Second returns facts with the places where other sources of an event say the
// same: one of each owner, in order of arrival. Copies and opinion second
// nothing, nor does an article that gives another value in a fact's place.
//
// shown are the facts as they were before. Of one that was among them what is known
// stands, and the newcomer is asked, and those of whose owner nothing is known:
// there may have been too many to ask. All others are asked of every source. A
// newcomer of 0 means that nothing is known.
func Second(sources []news.Source, shown, facts []news.Fact, newcomer news.ArticleID, read Stating) []news.Fact {
	out := slices.Clone(facts)
	reports := reportsOf(sources)
	for i := range out {
		f := out[i]
		at := slices.IndexFunc(shown, func(o news.Fact) bool { return o.Article == f.Article && o.Text == f.Text })
		var known []news.Place
		if at >= 0 {
			known = shown[at].Also
		}
		spoken := map[string]bool{}
		for _, s := range sources {
			if newcomer != 0 && slices.ContainsFunc(known, func(p news.Place) bool { return p.Article == s.Article }) {
				spoken[s.Voice()] = true
			}
		}
		from := slices.IndexFunc(sources, func(s news.Source) bool { return s.Article == f.Article })
		if from < 0 {
			out[i].Also = nil
			continue
		}
		out[i].Also = seconders(reports, sources[from].Voice(), f, known, func(s news.Source) bool { return s.Article == newcomer || !spoken[s.Voice()] }, read)
	}
	return out
}

// seconders returns where reports of others than the one whose voice a fact has say the
// same.
func seconders(reports []news.Source, voice string, f news.Fact, known []news.Place, asked func(news.Source) bool, read Stating) []news.Place {
	heard := map[string]bool{voice: true}
	var out []news.Place
	for _, s := range reports {
		if heard[s.Voice()] ||
			slices.ContainsFunc(f.Differs, func(v news.Version) bool { return v.Article == s.Article }) {
			continue
		}
		at := slices.IndexFunc(known, func(p news.Place) bool { return p.Article == s.Article })
		if asked(s) {
			if p, states, ok := read(f, s.Article); ok {
				if states {
					heard[s.Voice()] = true
					out = append(out, p)
				}
				continue
			}
		}
		if at >= 0 {
			heard[s.Voice()] = true
			out = append(out, known[at])
		}
	}
	return out
}
