package ask

import (
	"cmp"
	"math"
	"slices"
	"time"
)

const (
	maxBody = 16000 // bytes of an article that are read
	window  = 45    // words that count as one place of a text
	lead    = 90    // words that count as the beginning
)

// doc is a hit with what was measured on it.
type doc struct {
	Hit

	body     string // the part that is read
	features [numFeatures]float64
	cover    float64 // share of the question's weight in the best place, the title helping
	place    mask    // what that place and the title hold
	rank     float64
	words    []uint32 // fingerprint of the title and the beginning
	days     float64  // from the time of the question to the article
}

// The features of a hit. Shares are of the question's weight.
const (
	fIndex   = iota // the index's score, of the best hit's
	fAll            // share in title and text
	fTitle          // share in the title
	fWindow         // share in the best window of the text
	fBest           // share in the best window and the title together
	fLead           // share in the beginning and the title
	fNames          // share of the names in title and text
	fPairs          // share of neighbouring pairs that stand near each other
	fPlain          // share of what is no name in the best window and the title
	fBest2          // fBest squared
	fDay            // 1 on the day, falling with a half-life of days
	fWeek           // the same with weeks
	fSeason         // the same with months
	fAfter          // published later than the day after
	fOutlet         // the question names its outlet
	fBurst          // share of the hits that fit the question which were published in the same days
	fSupport        // share of their words that it has in common with them
	numFeatures
)

// seen is one word of a text that is a term.
type seen struct{ at, term int }

// measure fills in a hit's features.
func (q *question) measure(d *doc, top float64, asked time.Time, buf []token) []token {
	d.body = d.Body
	if len(d.body) > maxBody {
		d.body = d.body[:maxBody]
	}
	buf = tokens(d.Title, buf)
	q.find(d.Title, buf)
	var title mask
	for _, t := range buf {
		if t.term >= 0 {
			title.add(t.term)
		}
	}
	near := q.near(buf, nil)
	d.words = fingerprint(d.Title, buf, nil)
	buf = tokens(d.body, buf)
	q.find(d.body, buf)
	near = q.near(buf, near)
	d.words = fingerprint(d.body, buf[:min(len(buf), lead)], d.words)
	var all, first mask
	var hits []seen
	for i, t := range buf {
		if t.term >= 0 {
			hits = append(hits, seen{i, t.term})
			all.add(t.term)
			if i < lead {
				first.add(t.term)
			}
		}
	}
	best, alone := q.bestWindow(hits, title)
	f := &d.features
	total := max(q.total, 1e-9)
	if top > 0 {
		f[fIndex] = d.Score / top
	}
	f[fAll] = q.weigh(all|title) / total
	f[fTitle] = q.weigh(title) / total
	f[fWindow] = q.weigh(alone) / total
	f[fBest] = q.weigh(best|title) / total
	f[fLead] = q.weigh(first|title) / total
	f[fNames], f[fPlain] = q.split(all|title, best|title)
	f[fPairs] = q.pairShare(near)
	f[fBest2] = f[fBest] * f[fBest]
	d.cover, d.place = f[fBest], best|title
	f[fOutlet] = q.namesOutlet(d.Outlet)
	if q.daysCount(asked) && !d.Published.IsZero() {
		d.days = d.Published.Sub(asked).Hours() / 24
		a := math.Abs(d.days)
		f[fDay], f[fWeek], f[fSeason] = math.Exp(-a/4), math.Exp(-a/15), math.Exp(-a/90)
		if d.days > 1.5 {
			f[fAfter] = 1
		}
	}
	return buf
}

// namesOutlet returns the share of an outlet's name that the question holds,
// 0 where that is less than half.
func (q *question) namesOutlet(outlet string) float64 {
	got, all := 0., 0.
	for _, t := range tokens(outlet, nil) {
		w := outlet[t.start:t.end]
		if all++; q.words[q.canon(w)] {
			got++
		}
	}
	if all == 0 || got < all/2 {
		return 0
	}
	return got / all
}

// mask is a set of terms; maxTerms fits into it.
type mask uint64

func (m *mask) add(term int)     { *m |= 1 << term }
func (m mask) has(term int) bool { return m&(1<<term) != 0 }

func (q *question) weigh(m mask) float64 {
	sum := 0.
	for i := range q.terms {
		if m.has(i) {
			sum += q.terms[i].weight
		}
	}
	return sum
}

// split returns the share of the names in one set of terms and of everything
// else in another.
func (q *question) split(forNames, forRest mask) (names, rest float64) {
	var n, nAll, r, rAll float64
	for i, t := range q.terms {
		if t.name {
			nAll += t.weight
			if forNames.has(i) {
				n += t.weight
			}
		} else {
			rAll += t.weight
			if forRest.has(i) {
				r += t.weight
			}
		}
	}
	names, rest = 1, 1
	if nAll > 0 {
		names = n / nAll
	}
	if rAll > 0 {
		rest = r / rAll
	}
	return names, rest
}

// bestWindow returns the terms of the window that adds most to the title, and
// of the window that holds most by itself.
func (q *question) bestWindow(hits []seen, title mask) (with, alone mask) {
	var count [maxTerms]int
	var here mask
	a, bestWith, bestAlone := 0, -1., -1.
	for _, h := range hits {
		if count[h.term]++; count[h.term] == 1 {
			here.add(h.term)
		}
		for hits[a].at < h.at-window {
			if count[hits[a].term]--; count[hits[a].term] == 0 {
				here &^= 1 << hits[a].term
			}
			a++
		}
		if w := q.weigh(here); w > bestAlone {
			alone, bestAlone = here, w
		}
		if w := q.weigh(here | title); w > bestWith {
			with, bestWith = here, w
		}
	}
	return with, alone
}

// near notes which pairs of the question stand within three words of each
// other, in order.
func (q *question) near(ts []token, out []bool) []bool {
	if out == nil {
		out = make([]bool, len(q.pairs))
	}
	for i, t := range ts {
		if t.term < 0 {
			continue
		}
		for j := i + 1; j < len(ts) && j <= i+3; j++ {
			if ts[j].term < 0 || ts[j].term == t.term {
				continue
			}
			for k, p := range q.pairs {
				if p[0] == t.term && p[1] == ts[j].term {
					out[k] = true
				}
			}
		}
	}
	return out
}

func (q *question) pairShare(near []bool) float64 {
	if len(q.pairs) == 0 {
		return 0
	}
	got, all := 0., 0.
	for k, p := range q.pairs {
		w := q.terms[p[0]].weight + q.terms[p[1]].weight
		all += w
		if near[k] {
			got += w
		}
	}
	return got / all
}

// rank orders hits, best first. Where days count, closeness to the day of the
// question does.
func (q *question) rank(hits []Hit, asked time.Time) []doc {
	docs := make([]doc, len(hits))
	top := 0.
	for _, h := range hits {
		top = max(top, h.Score)
	}
	weights := &q.fitted.RankUndated
	if q.daysCount(asked) {
		weights = &q.fitted.Rank
	}
	var buf []token
	for i, h := range hits {
		docs[i].Hit = h
		buf = q.measure(&docs[i], top, asked, buf)
	}
	chorus(docs)
	for i := range docs {
		for k, f := range docs[i].features {
			docs[i].rank += weights[k] * f
		}
	}
	slices.SortStableFunc(docs, func(a, b doc) int {
		return cmp.Or(cmp.Compare(b.rank, a.rank), b.Published.Compare(a.Published), cmp.Compare(a.Article, b.Article))
	})
	return docs
}
