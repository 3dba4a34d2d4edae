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
	if at := st.article.When(); !at.IsZero() {
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

// statementOf reads one article.
func statementOf(a news.Article, v *vocabulary) *statement {
	st := &statement{document: &document{article: a, lang: language(a.Lang, a.Body), vocab: v}}
	if st.lang != "en" {
		return st
	}
	revised := revisedWords.MatchString(a.Title)
	ps := pieces(a.Title)
	names := capitals(nil, ps)
	sents := Sentences(a.Body)
	for _, s := range sents[:min(len(sents), maxSentences)] {
		if len(s.Text) > maxSentence {
			continue
		}
		ps = appendPieces(ps[:0], s.Text)
		before := len(names)
		names = capitals(names, ps)
		if !countable(s.Text) {
			continue
		}
		at := len(st.claims)
		for _, c := range st.claimsIn(s.Text, ps, bagOf(slices.Clone(names[before:]))) {
			c.revised = c.revised || revised
			st.claims = append(st.claims, c)
		}
		if len(st.claims) > at {
			if st.of == nil {
				st.of = make(map[string][2]int)
			}
			st.of[s.Text] = [2]int{at, len(st.claims)}
		}
	}
	st.claims, st.names = slices.Clip(st.claims), slices.Clone(bagOf(names))
	return st
}
