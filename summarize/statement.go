package summarize

import (
	"slices"
	"time"

	"newsdesk/news"
)

// statement is what one article states, as far as a Ledger looks at it.
type statement struct {
	*document
	claims []claim
	of     map[string][2]int // by sentence: its part of the claims; only those with claims
	names  bag
	facts  map[string]stated
}

// stated is what a fact of an article states.
type stated struct {
	claims []claim
	day    time.Time // the one that it names
}

// mostStated bounds the facts of an article that are remembered. An event that is
// joined again shows most of its facts again.
const mostStated = 64

// in returns what a fact of the article states.
func (st *statement) in(text string) stated {
	out, known := st.facts[text]
	if known {
		return out
	}
	if at := st.article.When(); !at.IsZero() && mayDate(text) {
		out.day, _ = dateIn(plainWords(text), at)
	}
	if part, whole := st.of[text]; whole {
		out.claims = st.claims[part[0]:part[1]:part[1]]
	} else {
		out.claims = st.document.claims(text)
	}
	if st.facts == nil || len(st.facts) >= mostStated {
		st.facts = make(map[string]stated)
	}
	st.facts[text] = out
	return out
}

// sentencesOf returns the sentences of an article that are looked at.
func sentencesOf(a news.Article, r *Reading) []string {
	var out []string
	if r != nil {
		for _, p := range r.places {
			out = append(out, a.Body[p.start:p.end])
		}
		return out
	}
	for _, s := range Sentences(a.Body) {
		out = append(out, s.Text)
	}
	return out[:min(len(out), maxSentences)]
}

// statementOf reads one article. r is what a Dossier read of it, nil where it did not:
// then its sentences are looked for.
func statementOf(a news.Article, v *vocabulary, r *Reading) *statement {
	st := &statement{document: &document{article: a, lang: language(a.Lang, a.Body), vocab: v}}
	if st.lang != "en" {
		return st
	}
	revised := revisedWords.MatchString(a.Title)
	ps := pieces(a.Title)
	names := capitals(nil, ps)
	for _, s := range sentencesOf(a, r) {
		if len(s) > maxSentence {
			continue
		}
		ps = appendPieces(ps[:0], s)
		before := len(names)
		names = capitals(names, ps)
		if !countable(s) {
			continue
		}
		at := len(st.claims)
		for _, c := range st.claimsIn(s, ps, bagOf(slices.Clone(names[before:]))) {
			c.revised = c.revised || revised
			st.claims = append(st.claims, c)
		}
		if len(st.claims) > at {
			if st.of == nil {
				st.of = make(map[string][2]int)
			}
			st.of[s] = [2]int{at, len(st.claims)}
		}
	}
	st.claims, st.names = slices.Clip(st.claims), slices.Clone(bagOf(names))
	return st
}
