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
	cLong            // length of the question, 1 for thirty telling words: a share of many words is seldom held by chance
	cFresh           // the best of an article's share and its nearness in weeks together
	cBurst           // share of what fits the question that is of the best article's days
	cSupport         // what that has in common with it
	cClose           // how near the question's words stand to the best answer
	cGap             // share of a short question that no single place holds
	cNeed            // share of what is no name that the best place lacks, in a short question
	numConfidence
)

// unionDocs are the articles that a question over several may need.
const unionDocs = 4

// confidence says how likely it is that the articles hold an answer, 0 to 1.
func (q *question) confidence(f *[numConfidence]float64, docs []doc, asked, since time.Time) float64 {
	w := &q.fitted.TrustUndated
	switch {
	case recent(asked, since):
		w = &q.fitted.TrustRecent
	case q.daysCount(asked):
		w = &q.fitted.Trust
	}
	sum := 0.
	if q.unmet(docs) {
		sum = -unmetCost
	}
	for i := range f {
		sum += f[i] * w[i]
	}
	return 1 / (1 + math.Exp(-sum))
}

const (
	fewTerms  = 6   // words of a question of which each one matters
	telling   = 2.5 // weight of a word that says what the question is about
	unmetCost = 2.5 // logits
)

// unmet reports whether a short question is about something that the articles
// which fit best do not tell of: they hold its names, and not the matter. Long
// questions say what they are about in more than one way.
func (q *question) unmet(docs []doc) bool {
	if len(q.terms) > fewTerms {
		return false
	}
	var held mask
	for i := range docs[:min(len(docs), unionDocs)] {
		held |= docs[i].place
	}
	most, met := 0., false
	for i, t := range q.terms {
		if t.name || t.class || t.canon == q.canon(q.count) {
			continue
		}
		if t.weight > most {
			most, met = t.weight, held.has(i)
		}
	}
	return most >= telling && !met
}

// recent reports whether only the latest days were searched. There, that an
// article is of the day of the question says nothing.
func recent(asked, since time.Time) bool {
	return !asked.IsZero() && !since.IsZero() && asked.Sub(since) <= 31*24*time.Hour
}

func (q *question) evidence(docs []doc, ps []passage, cs []candidate) (f [numConfidence]float64) {
	f[cOne] = 1
	if len(docs) == 0 {
		return f
	}
	d := &docs[0]
	f[cCover], f[cAll], f[cNames], f[cPlain] = d.features[fBest], d.features[fAll], d.features[fNames], d.features[fPlain]
	f[cPairs], f[cDay], f[cWeek] = d.features[fPairs], d.features[fDay], d.features[fWeek]
	f[cBurst], f[cSupport] = d.features[fBurst], d.features[fSupport]
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
	short := 1 / (1 + float64(len(q.terms))/6)
	f[cGap], f[cNeed] = short*(1-f[cCover]), short*(1-f[cPlain])
	for i := range docs {
		f[cFresh] = max(f[cFresh], docs[i].cover*docs[i].features[fWeek])
	}
	for i := 1; i < min(len(docs), readDocs); i++ {
		if docs[i].cover >= 0.85*d.cover {
			f[cAgree] += 1. / (readDocs - 1)
		}
	}
	if len(cs) > 0 {
		f[cShare], f[cClose] = cs[0].share, cs[0].features[vClose]
		f[cVotes] = float64(cs[0].docs) / float64(min(len(docs), readDocs))
	}
	return f
}
