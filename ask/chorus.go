package ask

import (
	"math"
	"slices"
	"strings"
)

// What many outlets tell in the same days is an event, and a question is mostly
// about one. An article that stands among others which fit the question, in
// time and in words, is likelier the right one than one that stands alone.

const (
	chorusDays  = 5.  // a neighbour in time counts 1/e at this distance
	chorusSteep = 12. // how much more a closer fit counts
)

// chorus fills in the features that compare a hit with the others.
func chorus(docs []doc) {
	top := 0.
	for i := range docs {
		top = max(top, docs[i].cover)
	}
	votes := make([]float64, len(docs))
	all := 0.
	for i := range docs {
		votes[i] = math.Exp(chorusSteep * (docs[i].cover - top))
		all += votes[i]
	}
	for i := range docs {
		others := all - votes[i]
		if others <= 1e-9 {
			continue
		}
		burst, support := 0., 0.
		for j := range docs {
			if i == j {
				continue
			}
			if !docs[i].Published.IsZero() && !docs[j].Published.IsZero() {
				days := docs[i].Published.Sub(docs[j].Published).Hours() / 24
				burst += votes[j] * math.Exp(-math.Abs(days)/chorusDays)
			}
			support += votes[j] * overlap(docs[i].words, docs[j].words)
		}
		f := &docs[i].features
		sure := others / (others + 1) // one weak neighbour says little
		f[fBurst], f[fSupport] = burst/others*sure, support/others*sure
	}
}

// fingerprint returns hashes of the telling words of a text, sorted.
func fingerprint(text string, ts []token, out []uint32) []uint32 {
	for _, t := range ts {
		w := text[t.start:t.end]
		if len(w) < 4 || stop.Has(w) {
			continue
		}
		h := uint32(2166136261) // FNV-1a
		for _, c := range []byte(strings.ToLower(w)) {
			h = (h ^ uint32(c)) * 16777619
		}
		out = append(out, h)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// overlap is the cosine of two sorted sets.
func overlap(a, b []uint32) float64 {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	same := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			same, i, j = same+1, i+1, j+1
		case a[i] < b[j]:
			i++
		default:
			j++
		}
	}
	return float64(same) / math.Sqrt(float64(len(a))*float64(len(b)))
}
