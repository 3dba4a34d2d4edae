package ask

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"
)

const (
	maxQuotes     = 3
	maxQuoteRunes = 300 // of all quotes together, with a blank between them
	maxPool       = 24  // passages that quotes are chosen from
	minOwn        = 0.55
)

// pick is a passage that may be quoted.
type pick struct {
	at    int
	runes int
	holds uint64  // candidates that stand in it
	score float64 // how much it is about the question
}

// choose returns the passages to be quoted, best first: those that together
// hold most of the likely answers, and are most about the question, within
// maxQuoteRunes. A passage that adds nothing is not among them.
func (q *question) choose(docs []doc, ps []passage, cs []candidate) []int {
	pool := q.pool(docs, ps, cs)
	if len(pool) == 0 {
		return nil
	}
	value := func(picks ...int) float64 {
		var holds uint64
		var terms mask
		about, alone := 0., 0.
		for _, i := range picks {
			p := &ps[pool[i].at]
			holds |= pool[i].holds
			terms |= p.terms
			about, alone = max(about, pool[i].score), max(alone, p.own)
		}
		about += moreWeight * max(0, q.weigh(terms)/max(q.total, 1e-9)-alone)
		v := aboutWeight*about - quoteCost*float64(len(picks)-1)
		for ; holds != 0; holds &= holds - 1 {
			v += cs[bits.TrailingZeros64(holds)].share
		}
		return v
	}
	var best []int
	bestValue := -1.
	try := func(picks ...int) {
		if v := value(picks...); v > bestValue+1e-12 {
			best, bestValue = slices.Clone(picks), v
		}
	}
	for i := range pool {
		try(i)
		for j := range i {
			if pool[i].runes+pool[j].runes+1 > maxQuoteRunes || alike(&ps[pool[i].at], &ps[pool[j].at]) {
				continue
			}
			try(i, j)
			for k := range j {
				if pool[i].runes+pool[j].runes+pool[k].runes+2 <= maxQuoteRunes &&
					!alike(&ps[pool[i].at], &ps[pool[k].at]) && !alike(&ps[pool[j].at], &ps[pool[k].at]) {
					try(i, j, k)
				}
			}
		}
	}
	slices.SortStableFunc(best, func(a, b int) int { return cmp.Compare(value(b), value(a)) })
	out := make([]int, len(best))
	for k, i := range best {
		out[k] = pool[i].at
	}
	return out
}

const (
	aboutWeight = 0.5  // of how much a quotation is about the question, against the share of the answers it holds
	moreWeight  = 0.3  // of the part of the question that only a further quotation holds
	quoteCost   = 0.03 // what a further quotation must add
	titleWorth  = 0.85 // of a title, against a sentence that is as good
)

// pool returns the sentences worth quoting. Those that alone are longer than
// all quotes may be together stand back for others.
func (q *question) pool(docs []doc, ps []passage, cs []candidate) []pick {
	weights := docWeights(docs)
	var long, fits []pick
	for at := range ps {
		p := &ps[at]
		if p.own == 0 && p.score < minOwn {
			continue
		}
		k := pick{at: at, runes: utf8.RuneCountInString(p.text), score: p.score * (0.5 + 0.5*weights[p.doc])}
		if p.title {
			k.score *= titleWorth
		}
		for c := range cs {
			if strings.Contains(p.plain, " "+cs[c].key+" ") {
				k.holds |= 1 << c
			}
		}
		if k.runes > maxQuoteRunes {
			long = append(long, k)
		} else {
			fits = append(fits, k)
		}
	}
	if len(fits) == 0 {
		fits = long
	}
	worth := func(k pick) float64 {
		v := aboutWeight * k.score
		for h := k.holds; h != 0; h &= h - 1 {
			v += cs[bits.TrailingZeros64(h)].share
		}
		return v
	}
	slices.SortStableFunc(fits, func(a, b pick) int { return cmp.Compare(worth(b), worth(a)) })
	return fits[:min(len(fits), maxPool)]
}

// alike reports whether two passages say the same: most of the words of the
// shorter one stand in the other.
func alike(a, b *passage) bool {
	if len(a.tokens) > len(b.tokens) {
		a, b = b, a
	}
	if len(a.tokens) == 0 {
		return true
	}
	same := 0
	for w := range strings.FieldsSeq(a.plain) {
		if strings.Contains(b.plain, " "+w+" ") {
			same++
		}
	}
	return same*10 >= len(a.tokens)*8
}

func contains(p *passage, text string) bool { return strings.Contains(p.text, text) }
