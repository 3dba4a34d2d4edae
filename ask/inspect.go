package ask

import (
	"time"

	"newsdesk/news"
)

// Weights are the fitted numbers that answers are made with. See weights.go,
// which ask/train writes.
type Weights struct {
	Rank, RankUndated   [numFeatures]float64   // of the features of a hit
	Vote                [numVotes]float64      // of the features of a candidate answer
	Trust, TrustUndated [numConfidence]float64 // of the features of an answer's confidence
	TrustRecent         [numConfidence]float64 // the same where only the latest days were searched
	Threshold           float64                // confidence, 0 to 1, below which there is no answer
}

// Fitted returns the weights that answers are made with.
func Fitted() Weights { return fitted }

// Inspection is an answer with all that was weighed for it.
type Inspection struct {
	Docs       []InspectedDoc       // best first
	Candidates []InspectedCandidate // best first
	Evidence   []float64            // the features of the confidence
	Dated      bool                 // closeness to the day of the question counted
	Quotes     []string             // what would be quoted if the confidence were enough
	Short      string
	Score      float64 // the confidence
}

// InspectedDoc is an article with the features it was ranked by.
type InspectedDoc struct {
	Article  news.ArticleID
	Features []float64
}

// InspectedCandidate is an answer that the articles may give.
type InspectedCandidate struct {
	Text     string
	Features []float64
}

// Inspect answers a question from hits with the given weights, as an Answerer
// does with the fitted ones, and shows what was weighed. It is what the
// weights are fitted from.
func Inspect(text string, hits []Hit, asked, since time.Time, w *Weights) Inspection {
	q := read(text)
	q.fitted = w
	if len(q.terms) == 0 || len(hits) == 0 {
		return Inspection{Evidence: make([]float64, numConfidence)}
	}
	r := q.answer(hits, asked, since)
	out := Inspection{Dated: q.daysCount(asked), Short: r.short, Score: r.score}
	for i := range r.docs {
		out.Docs = append(out.Docs, InspectedDoc{Article: r.docs[i].Article, Features: r.docs[i].features[:]})
	}
	for i := range r.candidates {
		out.Candidates = append(out.Candidates, InspectedCandidate{Text: r.candidates[i].text, Features: r.candidates[i].features[:]})
	}
	out.Evidence = r.evidence[:]
	for _, at := range r.quotes {
		out.Quotes = append(out.Quotes, r.passages[at].text)
	}
	return out
}
