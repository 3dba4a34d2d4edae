package ask

import (
	"slices"
	"unicode/utf8"
)

// A count may change from report to report: two dead, then five, then eleven.
// The latest report counts, not the one that most outlets repeat.

const (
	sameStory = 0.3 // share of the best vote that an article's number needs to be about the same count
	sameCover = 0.85
)

// number is an answer as one article gives it.
type number struct {
	text string
	doc  int
	at   int // passage
}

// latest returns the number of the newest article among those that count the
// same thing, nil where the question is for no count or the articles agree.
func (q *question) latest(docs []doc, ps []passage, cs []candidate) *number {
	if q.kind != kindCount || counters.Has(q.count) {
		return nil
	}
	var best [readDocs]struct {
		raw       float64
		candidate int
	}
	top := 0.
	weights := docWeights(docs)
	for c := range cs {
		for d, v := range cs[c].byDoc {
			if v == 0 || vague.Has(cs[c].key) || cs[c].form != formNumber {
				continue
			}
			if raw := v / weights[d]; raw > best[d].raw {
				best[d].raw, best[d].candidate = raw, c
			}
			top = max(top, best[d].raw)
		}
	}
	var out *number
	for d := range min(len(docs), readDocs) {
		b := best[d]
		if b.raw < sameStory*top || b.raw == 0 || docs[d].cover < sameCover*docs[0].cover {
			continue
		}
		c := &cs[b.candidate]
		if out != nil && !docs[d].Published.After(docs[out.doc].Published) {
			continue
		}
		at := c.atDoc[d]
		for _, s := range q.spans(&ps[at]) {
			if s.key == c.key {
				out = &number{text: s.text, doc: d, at: at}
				break
			}
		}
	}
	return out
}

// newestFirst puts the passage of the latest number first, and lets go of what
// does not fit behind it.
func newestFirst(docs []doc, ps []passage, quotes []int, n *number) []int {
	at := n.at
	out := []int{at}
	runes := utf8.RuneCountInString(ps[at].text)
	rest := slices.DeleteFunc(slices.Clone(quotes), func(i int) bool { return i == at })
	slices.SortStableFunc(rest, func(a, b int) int {
		return docs[ps[b].doc].Published.Compare(docs[ps[a].doc].Published)
	})
	for _, i := range rest {
		n := utf8.RuneCountInString(ps[i].text) + 1
		if runes+n <= maxQuoteRunes && !alike(&ps[at], &ps[i]) {
			out, runes = append(out, i), runes+n
		}
	}
	return out
}
