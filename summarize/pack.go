package summarize

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"
)

// Bounds of packing.
const (
	packCandidates = 60
	packBest       = 40 // of those taken best first
	packWidth      = 64
)

// What packing weighs, in words that a summary is likely to have. They were set
// on a coarse grid, where most steps move no development set by more than 0.3
// of ROUGE: what matters is that there is a worth for the day and for a place,
// and a cost of scraps.
const (
	packSlope  = 1.5  // see loads
	pairWorth  = 1.2  // of a pair, by its chance
	scoreWorth = 0.05 // of a word, by the score of its sentence
	dayWorth   = 1.0  // of telling a day or month, once
	placeWorth = 1.0  // of telling where, once
	factCost   = 0.3  // of each fact: one sentence beats three scraps
	leanCost   = 0.3  // of a fact that leans on what was said before
	quoteCost  = 1.0  // of one that opens with a quotation
	lossCost   = 0.3  // of one cut at the price of a circumstance
	wordCost   = 0.05 // of each word, where no number of words bounds a summary
	alertLean  = 1.0  // there, what a leaning fact costs more
)

// packOverlap is maxOverlap where words alone bound an English summary.
const packOverlap = 0.33

// load is a candidate as packing weighs it.
type load struct {
	candidate
	tells  []int   // which words and pairs, each once
	sum    float64 // the worth of these
	own    float64 // the worth that nothing told before takes away
	beside []int   // its stems beside the theme of an event
}

// pack is a choice of loads, by their indices in order.
type pack struct {
	picked []int
	words  int
	worth  float64
	told   []uint64 // a bit for each word and pair
}

// untold sums the worth of what a pack does not tell yet.
func (p *pack) untold(tells []int, worth []float64) float64 {
	sum := 0.0
	for _, k := range tells {
		if p.told[k/64]&(1<<(k%64)) == 0 {
			sum += worth[k]
		}
	}
	return sum
}

// with returns the pack with another load, which makes it worth so much.
func (p *pack) with(i int, l *load, worth float64) pack {
	out := pack{append(slices.Clip(p.picked), i), p.words + l.words, worth, slices.Clone(p.told)}
	for _, k := range l.tells {
		out.told[k/64] |= 1 << (k % 64)
	}
	return out
}

// step is a pack left as it is, or with the present load.
type step struct {
	from  int // index of the pack
	adds  bool
	worth float64
}

// packed chooses, where words bound a summary, the candidates that together
// tell most of what a person's summary is likely to tell.
func (s *Summarizer) packed(cs []candidate, d *document, t *terms) []candidate {
	loads, worth := t.loads(cs, d)
	most := packOverlap
	if d.lang != "en" {
		most = maxOverlap
	}
	return s.pack(loads, worth, func(a, b *load) bool { return repeats(a.candidate, b.candidate, most) })
}

// pack chooses the loads that are together worth most, where what they tell
// counts once, and no two of them clash. It is a beam search, over the loads in
// their order. The best come first.
func (s *Summarizer) pack(loads []load, worth []float64, clash func(a, b *load) bool) []candidate {
	beam := []pack{{told: make([]uint64, (len(worth)+63)/64)}}
	const unknown, clashes, goes = 0, 1, 2
	known := make([]int8, len(loads)) // how each load before goes with the present one
	var next []step
	var after []pack
	for i := range loads {
		l := &loads[i]
		clear(known)
		clashing := func(j int) bool {
			if known[j] == unknown {
				if known[j] = goes; clash(&loads[j], l) {
					known[j] = clashes
				}
			}
			return known[j] == clashes
		}
		next = next[:0]
		for k, p := range beam {
			next = append(next, step{from: k, worth: p.worth})
		}
		for k, p := range beam {
			if s.o.Words > 0 && p.words+l.words > s.o.Words || s.o.MaxFacts > 0 && len(p.picked) >= s.o.MaxFacts || slices.ContainsFunc(p.picked, clashing) {
				continue
			}
			next = append(next, step{from: k, adds: true, worth: p.worth + l.own + p.untold(l.tells, worth)})
		}
		slices.SortStableFunc(next, func(a, b step) int { return cmp.Compare(b.worth, a.worth) })
		after = after[:0]
		for _, n := range next[:min(packWidth, len(next))] {
			p := beam[n.from]
			if n.adds {
				p = p.with(i, l, n.worth)
			}
			after = append(after, p)
		}
		beam, after = after, beam
	}
	best := beam[0]
	if len(best.picked) == 0 && len(beam) > 1 {
		best = beam[1] // one fact, however little it tells, rather than none
	}
	out := make([]candidate, 0, len(best.picked))
	for _, j := range best.picked {
		out = append(out, loads[j].candidate)
	}
	slices.SortStableFunc(out, byScore)
	return out
}

// What a candidate may tell beside its stems and pairs: the second of a pair
// whose first is no stem.
const (
	itself = 1<<30 + iota // a stem by itself
	aDay
	aPlace
)

// loads returns the candidates with most to tell for their length, those first,
// and what each word and pair in them is worth. The weights of terms are fitted
// on English: in other languages each word of a candidate is worth e to its
// score's distance from the best, times packSlope.
func (t *terms) loads(cs []candidate, d *document) (out []load, worth []float64) {
	ids := make(map[pair]int)
	out = make([]load, 0, len(cs))
	for _, c := range cs {
		if d.lang != "en" {
			out = append(out, load{candidate: c, own: float64(c.words) * math.Exp(packSlope*(c.score-cs[0].score))})
			continue
		}
		l := load{candidate: c, own: scoreWorth*float64(c.words)*c.score - factCost - leanCost*c.form[2] - quoteCost*c.form[3] - lossCost*c.form[4]}
		tell := func(p pair, w float64) {
			k, ok := ids[p]
			if !ok {
				k = len(worth)
				ids[p] = k
				worth = append(worth, w)
			}
			l.tells = append(l.tells, k)
		}
		ws := d.vocab.words(c.text)
		seq := t.sequence(ws)
		l.tells = make([]int, 0, 2*len(seq)+1)
		for i, k := range seq {
			if k >= 0 && int(k) < len(t.one) {
				tell(pair{k, itself}, t.one[k])
			}
			if i > 0 {
				if at, ok := t.at[pair{seq[i-1], k}]; ok {
					tell(pair{seq[i-1], k}, pairWorth*t.two[at])
				}
			}
			if ws[i].upper && calendar[capital(ws[i].lower)] {
				tell(pair{0, aDay}, dayWorth)
			}
		}
		if d.tellsPlace(c.sent, c.text) {
			tell(pair{0, aPlace}, placeWorth)
		}
		slices.Sort(l.tells)
		l.tells = slices.Compact(l.tells)
		for _, k := range l.tells {
			l.sum += worth[k]
		}
		out = append(out, l)
	}
	if d.lang != "en" {
		return out[:min(len(out), packBest)], nil
	}
	slices.SortStableFunc(out, func(a, b load) int {
		return cmp.Compare((b.sum+b.own)*float64(a.words), (a.sum+a.own)*float64(b.words))
	})
	return out[:min(len(out), packCandidates)], worth
}

// tellsDay tells a text that names a day or a month.
func (d *document) tellsDay(text string) bool {
	for w := range strings.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) }) {
		if calendar[w] {
			return true
		}
	}
	return false
}

// tellsPlace tells a wording of a sentence that says where.
func (d *document) tellsPlace(sent int, text string) bool {
	return slices.ContainsFunc(d.sents[sent].names, func(n name) bool { return n.kind == locus && n.in && strings.Contains(text, n.text) })
}

// repeats tells two candidates that cannot stand in one summary: more than a
// share of the stems of one is the other's too.
func repeats(a, b candidate, most float64) bool {
	return a.doc == b.doc && a.sent == b.sent || overlap(a.keys, b.keys) > most
}
