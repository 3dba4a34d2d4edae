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
// then its sentences are looked for. What is not kept is in the memory of a weigher.
func statementOf(a news.Article, v *vocabulary, r *Reading, w *weigher) *statement {
	st := &statement{document: &document{article: a, lang: language(a.Lang, a.Body), vocab: v}}
	if st.lang != "en" {
		return st
	}
	revised := revisedWords.MatchString(a.Title)
	ps := appendPieces(w.pieces[:0], a.Title)
	names := capitals(w.names[:0], ps)
	claims := w.claims[:0]
	for _, s := range sentencesOf(a, r) {
		if len(s) > maxSentence {
			continue
		}
		ps = appendPieces(ps[:0], s)
		w.pieces = ps[:max(len(ps), len(w.pieces))]
		before := len(names)
		names = capitals(names, ps)
		if !countable(s) {
			continue
		}
		at := len(claims)
		claims = st.claimsIn(claims, s, ps, bagOf(slices.Clone(names[before:])))
		for i := at; i < len(claims); i++ {
			claims[i].revised = claims[i].revised || revised
		}
		if len(claims) > at {
			if st.of == nil {
				st.of = make(map[string][2]int)
			}
			st.of[s] = [2]int{at, len(claims)}
		}
	}
	w.names, w.claims = names[:max(len(names), len(w.names))], claims[:max(len(claims), len(w.claims))]
	st.claims, st.names = slices.Clone(claims), slices.Clone(bagOf(names))
	return st
}
