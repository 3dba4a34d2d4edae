package summarize

import (
	"cmp"
	"math"
	"slices"
)

// Bounds of packing, and how much a wording's worth for each of its words falls
// with its distance from the best: e to the distance times packSlope.
const (
	packCandidates = 40
	packWidth      = 64
	packSlope      = 1.5
)

// pack is a choice of candidates, by their indices in order.
type pack struct {
	picked []int
	words  int
	worth  float64
}

// packed chooses, where words bound a summary, the candidates that together
// are worth most: taken best first they leave words over that a slightly lesser
// fact would fill. It is a beam search; cs is best first.
func (s *Summarizer) packed(cs []candidate) []candidate {
	cs = cs[:min(len(cs), packCandidates)]
	beam := []pack{{}}
	for i, c := range cs {
		gain := float64(c.words) * math.Exp(packSlope*(c.score-cs[0].score))
		next := slices.Clone(beam)
		for _, p := range beam {
			if p.words+c.words > s.o.Words || s.o.MaxFacts > 0 && len(p.picked) >= s.o.MaxFacts ||
				slices.ContainsFunc(p.picked, func(j int) bool { return repeats(cs[j], c) }) {
				continue
			}
			next = append(next, pack{append(slices.Clone(p.picked), i), p.words + c.words, p.worth + gain})
		}
		slices.SortStableFunc(next, func(a, b pack) int { return cmp.Compare(b.worth, a.worth) })
		beam = next[:min(packWidth, len(next))]
	}
	var out []candidate
	for _, j := range beam[0].picked {
		out = append(out, cs[j])
	}
	return out
}

// repeats tells two candidates that cannot stand in one summary.
func repeats(a, b candidate) bool {
	return a.doc == b.doc && a.sent == b.sent || overlap(a.keys, b.keys) > maxOverlap
}
