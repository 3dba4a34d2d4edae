package ask

import (
	"math"
	"time"
)

// The features of an answer from which its confidence is made.
const (
	cOne      = iota // always 1
	cCover           // share of the question in the best article's best place
	cAll             // share of the question in all of the best article
	cNames           // share of its names in the best article
	cPlain           // share of what is no name in the best article's best place
	cSentence        // the best sentence's share, neighbours helping
	cOwn             // the best sentence's share
	cPairs           // pairs of the question near each other in the best article
	cShare           // the best answer's share of the votes
	cVotes           // articles that vote for it, of those read
	cDay             // nearness in days of the best article
	cWeek            // the same in weeks
	cAgree           // articles nearly as good as the best
	cMissing         // weight of the rarest word that no good article holds in one place
	cTitle           // share of the question in the best article's title
	cLead            // and in its beginning
	cUnion           // share of the question in the best places of the best four articles together
	cLong            // length of the question: 1 for thirty telling words
	numConfidence
)

// unionDocs are the articles that a question over several may need.
const unionDocs = 4

// confidence says how likely it is that the articles hold an answer, 0 to 1.
func (q *question) confidence(docs []doc, ps []passage, cs []candidate, asked time.Time) float64 {
	f := q.evidence(docs, ps, cs)
	w := &trust
	if asked.IsZero() || q.dated(asked) {
		w = &trustUndated
	}
	sum := 0.
	for i := range f {
		sum += f[i] * w[i]
	}
	return 1 / (1 + math.Exp(-sum))
}

func (q *question) evidence(docs []doc, ps []passage, cs []candidate) (f [numConfidence]float64) {
	f[cOne] = 1
	if len(docs) == 0 {
		return f
	}
	d := &docs[0]
	f[cCover], f[cAll], f[cNames], f[cPlain] = d.features[fBest], d.features[fAll], d.features[fNames], d.features[fPlain]
	f[cPairs], f[cDay], f[cWeek] = d.features[fPairs], d.features[fDay], d.features[fWeek]
	f[cTitle], f[cLead] = d.features[fTitle], d.features[fLead]
	var held mask
	for i := range ps {
		p := &ps[i]
		f[cSentence] = max(f[cSentence], p.score)
		f[cOwn] = max(f[cOwn], p.own)
		if p.score > 0.4 {
			held |= p.terms
		}
	}
	for i, t := range q.terms {
		if !held.has(i) && !t.class {
			f[cMissing] = max(f[cMissing], t.weight/weightOther)
		}
	}
	var union mask
	for i := range docs[:min(len(docs), unionDocs)] {
		union |= docs[i].place
	}
	f[cUnion] = q.weigh(union) / max(q.total, 1e-9)
	f[cLong] = min(1, float64(len(q.terms))/30)
	for i := 1; i < min(len(docs), readDocs); i++ {
		if docs[i].cover >= 0.85*d.cover {
			f[cAgree] += 1. / (readDocs - 1)
		}
	}
	if len(cs) > 0 {
		f[cShare] = cs[0].share
		f[cVotes] = float64(cs[0].docs) / float64(min(len(docs), readDocs))
	}
	return f
}
