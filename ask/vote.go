package ask

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// candidate is an answer that one or more articles may give.
type candidate struct {
	key, text string
	form      form
	words     int
	score     float64
	docs      int     // articles that vote for it
	bestScore float64 // its best vote
	bestAt    int     // passage of that vote
	share     float64 // of all candidates' scores, after rivals were merged
	byDoc     [readDocs]float64
	atDoc     [readDocs]int
	features  [numVotes]float64
}

// The features of a candidate.
const (
	vVotes   = iota // logarithm of the votes
	vBest           // logarithm of the best vote
	vDocs           // share of the articles read that vote for it
	vFit            // logarithm of how well its form suits
	vClose          // how near the question's words stand
	vScore          // share of the question in its best passage
	vTitle          // it stands in a title
	vRare           // how rare its rarest word is
	vWords          // a lone word
	vWords3         // three words or more
	vName           // it is a name
	vQuoted         // stands in quotation marks
	vPlain          // in lower case
	vShorter        // share of its votes that a longer form of it has
	vTop            // the first article votes for it
	vOwned          // with a possessive ending
	vUnit           // a number with its unit
	vTold           // how near what is no name stands
	numVotes
)

const maxCandidates = 48

// vote collects the spans of all passages and orders them, best first. Each
// article votes once for an answer, with its best passage: agreement of several
// articles says more than a repeated word in one.
func (q *question) vote(docs []doc, ps []passage) []candidate {
	byKey := map[string]int{}
	var all []candidate
	weights := docWeights(docs)
	for k := range ps {
		p := &ps[k]
		for _, s := range q.spans(p) {
			fit := q.fit(p, s)
			if fit <= 0 || q.asked(p, s) {
				continue
			}
			if agencies.Has(s.key) || s.key == strings.ToLower(docs[p.doc].Outlet) {
				fit *= 0.35
			}
			near, told := q.closeness(p, s)
			v := weights[p.doc] * fit * p.score * p.score * (0.3 + near + 0.5*told)
			if p.title {
				v *= 0.9
			}
			i, ok := byKey[s.key]
			if !ok {
				i = len(all)
				byKey[s.key] = i
				all = append(all, candidate{key: s.key, text: s.text, form: s.form, words: s.words, bestAt: k})
			}
			c := &all[i]
			f := &c.features
			f[vFit], f[vClose], f[vScore] = max(f[vFit], fit), max(f[vClose], near), max(f[vScore], p.score)
			f[vTold] = max(f[vTold], told)
			if p.title {
				f[vTitle] = 1
			}
			if v > c.byDoc[p.doc] {
				if c.byDoc[p.doc] == 0 {
					c.docs++
				}
				c.score += v - c.byDoc[p.doc]
				c.byDoc[p.doc], c.atDoc[p.doc] = v, k
			}
			if v > c.bestScore {
				c.bestScore, c.bestAt, c.text, c.form = v, k, s.text, s.form
			}
		}
	}
	slices.SortStableFunc(all, byScore)
	all = all[:min(len(all), maxCandidates)]
	q.weighVotes(all, min(len(docs), readDocs))
	return all
}

// weighVotes turns the votes into shares, which add up to one.
func (q *question) weighVotes(all []candidate, read int) {
	if len(all) == 0 {
		return
	}
	sum := 0.
	for i := range all {
		c := &all[i]
		f := &c.features
		f[vVotes], f[vBest] = logRatio(c.score, all[0].score), logRatio(c.bestScore, all[0].score)
		f[vDocs], f[vFit] = float64(c.docs)/float64(read), math.Log(f[vFit])
		for w := range strings.FieldsSeq(c.key) {
			f[vRare] = max(f[vRare], weight(q.canon(w))/weightOther)
		}
		f[vWords], f[vWords3] = flag(c.words == 1), flag(c.words >= 3)
		f[vName], f[vQuoted], f[vPlain] = flag(c.form == formName), flag(c.form == formQuoted), flag(c.form == formWords)
		f[vTop] = flag(c.byDoc[0] > 0)
		f[vOwned], f[vUnit] = flag(strings.HasSuffix(c.key, owned)), flag(c.form == formUnit)
		for j := range all {
			if b := &all[j]; c.score > 0 && b.words > c.words && b.form == c.form && strings.Contains(" "+b.key+" ", " "+c.key+" ") {
				f[vShorter] = max(f[vShorter], min(1, b.score/c.score))
			}
		}
	}
	for i := range all {
		c := &all[i]
		w := 0.
		for k, v := range c.features {
			w += q.fitted.Vote[k] * v
		}
		c.share = math.Exp(w)
		sum += c.share
	}
	for i := range all {
		all[i].share /= sum
	}
	slices.SortStableFunc(all, func(a, b candidate) int { return cmp.Or(cmp.Compare(b.share, a.share), cmp.Compare(a.key, b.key)) })
}

// logRatio is the logarithm of a vote against the best one. A vote may be 0,
// which counts as a very small one.
func logRatio(v, best float64) float64 {
	const least = 1e-9
	return math.Log(max(v, least) / max(best, least))
}

func flag(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

func byScore(a, b candidate) int {
	return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.key, b.key))
}

// docWeights says how much each article's word counts.
func docWeights(docs []doc) (out [readDocs]float64) {
	for i := range min(len(docs), readDocs) {
		out[i] = math.Exp(0.6 * (docs[i].rank - docs[0].rank))
	}
	return out
}

// asked reports whether a span only repeats the question.
func (q *question) asked(p *passage, s span) bool {
	if q.listed && s.form == formName {
		return false
	}
	for i := s.a; i < s.b; i++ {
		t := p.tokens[i]
		w := p.text[t.start:t.end]
		if t.term < 0 && !q.words[q.canon(w)] && !joins.Has(w) && !stop.Has(strings.ToLower(w)) {
			return false
		}
	}
	return true
}

// closeness says how near the question's words stand to a span, 0 to 1. A
// number of the same kind between the two parts them. told is the same for the
// words that are no names: what is told of them.
func (q *question) closeness(p *passage, s span) (near, told float64) {
	var sum, all, plain, plainAll float64
	measured := s.form == formNumber || s.form == formUnit || s.form == formTime
	counted := q.canon(q.count)
	for k, t := range q.terms {
		tells := !t.name && !t.class && t.canon != counted
		if !p.terms.has(k) {
			w := q.pull(t, measured)
			all += w
			if tells {
				plainAll += w
			}
			continue
		}
		between, reach := 0.3, 7.
		switch {
		case t.name && !t.place:
			between = 0.7 // what a sentence is about stands far from most of its numbers
		case !t.name && measured:
			reach = 4
		}
		best := 0.
		for i, tok := range p.tokens {
			if tok.term != k || i >= s.a && i < s.b {
				continue
			}
			from, to := s.b-1, i
			if i < s.a {
				from, to = i, s.a
			}
			c := 1 / (1 + float64(to-from)/reach)
			for j := from + 1; j <= to; j++ {
				switch p.tokens[j].gap {
				case gapStop:
					c *= 0.6
				case gapComma:
					c *= 0.85
				}
			}
			if measured {
				for j := from + 1; j < to; j++ {
					if p.tokens[j].digit || numerals.Has(strings.ToLower(p.text[p.tokens[j].start:p.tokens[j].end])) {
						c *= between
						break
					}
				}
			}
			best = max(best, c)
		}
		w := q.pull(t, measured)
		sum += best * w
		all += w
		if tells {
			plain += best * w
			plainAll += w
		}
	}
	return sum / max(all, 1e-9), plain / max(plainAll, 1e-9)
}

// pull is how much it counts that a term stands near: what is told of a number
// or a time, and where, more than whom it is told of.
func (q *question) pull(t term, measured bool) float64 {
	switch {
	case measured && t.place:
		return 2 * t.weight
	case measured && !t.name && !t.class && t.canon != q.canon(q.count):
		return 3 * t.weight
	}
	return t.weight
}
