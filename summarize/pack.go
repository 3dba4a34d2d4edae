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

// pack is a choice of loads.
type pack struct {
	last  int32 // the load taken last, by its place in packer.taken counted from 1
	facts int
	words int
	worth float64
	told  int // which list of packer.told it has: a bit for each word and pair
}

// choice is a load of a pack, and the one before it.
type choice struct{ load, before int32 }

// step is a pack left as it is, or with the present load.
type step struct {
	from  int // index of the pack
	adds  bool
	worth float64
}

// packer is the memory of packing.
type packer struct {
	beam, after []pack
	adds, next  []step
	taken       []choice
	told        []uint64
	free        []int     // lists of told that no pack has
	kept        []bool    // whether the list of each pack of the beam is a pack's again
	mine        []float64 // what each thing that a load tells is worth
	known       []int8    // how each load before goes with the present one
}

// packed chooses, where words bound a summary, the candidates that together
// tell most of what a person's summary is likely to tell.
func (s *Summarizer) packed(cs []candidate, d *document, w *weigher) []candidate {
	loads, worth := w.load(cs, d)
	most := packOverlap
	if d.lang != "en" {
		most = maxOverlap
	}
	return s.packWith(&w.packer, loads, worth, func(a, b *load) bool { return a.repeats(&b.candidate, most) })
}

// pack chooses the loads that are together worth most, where what they tell
// counts once, and no two of them clash.
func (s *Summarizer) pack(loads []load, worth []float64, clash func(a, b *load) bool) []candidate {
	w := s.weigher()
	defer s.release(w)
	return s.packWith(&w.packer, loads, worth, clash)
}

// packWith is pack. It is a beam search, over the loads in their order. The best come
// first.
func (s *Summarizer) packWith(p *packer, loads []load, worth []float64, clash func(a, b *load) bool) []candidate {
	p.reset(len(loads), (len(worth)+63)/64)
	const unknown, clashes, goes = 0, 1, 2
	for i := range loads {
		l := &loads[i]
		clear(p.known)
		clashing := func(of *pack) bool {
			for at := of.last; at != 0; at = p.taken[at-1].before {
				j := p.taken[at-1].load
				if p.known[j] == unknown {
					if p.known[j] = goes; clash(&loads[j], l) {
						p.known[j] = clashes
					}
				}
				if p.known[j] == clashes {
					return true
				}
			}
			return false
		}
		all := 0.0
		p.mine = p.mine[:0]
		for _, k := range l.tells {
			p.mine = append(p.mine, worth[k])
			all += max(0, worth[k])
		}
		p.adds = p.adds[:0]
		for k := range p.beam {
			of := &p.beam[k]
			if len(p.beam) == packWidth && of.worth+l.own+all < p.beam[packWidth-1].worth {
				break // neither this pack nor a lesser one comes among the best with the load
			}
			if s.o.Words > 0 && of.words+l.words > s.o.Words || s.o.MaxFacts > 0 && of.facts >= s.o.MaxFacts || clashing(of) {
				continue
			}
			p.adds = append(p.adds, step{from: k, adds: true, worth: of.worth + l.own + p.untold(of, l)})
		}
		p.step(i, l)
	}
	best := p.beam[0]
	if best.facts == 0 && len(p.beam) > 1 {
		best = p.beam[1] // one fact, however little it tells, rather than none
	}
	out := make([]candidate, best.facts)
	for at, n := best.last, best.facts-1; at != 0; at, n = p.taken[at-1].before, n-1 {
		out[n] = loads[p.taken[at-1].load].candidate
	}
	slices.SortStableFunc(out, byScore)
	return out
}

// reset makes ready for so many loads that tell things in lists of so many words of
// bits, beginning with a pack of nothing.
func (p *packer) reset(loads, wide int) {
	p.known, p.told = zeroed(p.known, loads), zeroed(p.told, 2*packWidth*wide)
	p.beam, p.taken, p.free = append(p.beam[:0], pack{}), p.taken[:0], p.free[:0]
	for i := 1; i < 2*packWidth; i++ {
		p.free = append(p.free, i)
	}
}

// list returns list i of what packs tell.
func (p *packer) list(i int) []uint64 {
	wide := len(p.told) / (2 * packWidth)
	return p.told[i*wide : (i+1)*wide]
}

// untold sums the worth of what a pack does not tell yet of a load.
func (p *packer) untold(of *pack, l *load) float64 {
	sum, told := 0.0, p.list(of.told)
	for i, k := range l.tells {
		fresh := told[k/64]>>(k%64)&1 - 1                                // all bits, or none
		sum += math.Float64frombits(math.Float64bits(p.mine[i]) & fresh) // nothing of what is told
	}
	return sum
}

// step keeps the best packs with and without load i, those that are worth as much
// without it before those with it.
func (p *packer) step(i int, l *load) {
	slices.SortStableFunc(p.adds, func(a, b step) int { return cmp.Compare(b.worth, a.worth) })
	p.next = p.next[:0]
	adds := p.adds
	for k := 0; len(p.next) < packWidth && (k < len(p.beam) || len(adds) > 0); { // the beam is in order
		if k < len(p.beam) && (len(adds) == 0 || p.beam[k].worth >= adds[0].worth) {
			p.next = append(p.next, step{from: k, worth: p.beam[k].worth})
			k++
		} else {
			p.next, adds = append(p.next, adds[0]), adds[1:]
		}
	}
	p.after, p.kept = p.after[:0], zeroed(p.kept, len(p.beam))
	for _, n := range p.next {
		of := p.beam[n.from]
		if !n.adds {
			p.kept[n.from] = true
		} else {
			told := p.free[len(p.free)-1]
			p.free = p.free[:len(p.free)-1]
			list := p.list(told)
			copy(list, p.list(of.told))
			for _, k := range l.tells {
				list[k/64] |= 1 << (k % 64)
			}
			p.taken = append(p.taken, choice{int32(i), of.last})
			of = pack{last: int32(len(p.taken)), facts: of.facts + 1, words: of.words + l.words, worth: n.worth, told: told}
		}
		p.after = append(p.after, of)
	}
	for k := range p.beam {
		if !p.kept[k] {
			p.free = append(p.free, p.beam[k].told)
		}
	}
	p.beam, p.after = p.after, p.beam
}

// What a candidate may tell beside its stems and pairs: the second of a pair
// whose first is no stem.
const (
	itself = 1<<30 + iota // a stem by itself
	aDay
	aPlace
)

// load returns the candidates with most to tell for their length, those first,
// and what each word and pair in them is worth. The weights of terms are fitted
// on English: in other languages each word of a candidate is worth e to its
// score's distance from the best, times packSlope. What it returns lasts until the
// weigher is used again.
func (w *weigher) load(cs []candidate, d *document) ([]load, []float64) {
	w.loads = slices.Grow(w.loads[:0], len(cs))
	if d.lang != "en" {
		for _, c := range cs[:min(len(cs), packBest)] {
			w.loads = append(w.loads, load{candidate: c, own: float64(c.words) * math.Exp(packSlope*(c.score-cs[0].score))})
		}
		return w.loads, nil
	}
	w.ids.reset(0)
	w.worth, w.tells = w.worth[:0], w.tells[:0]
	ws := make([]word, 0, packWords)
	all := w.all[:0]
	for i := range cs {
		c := &cs[i]
		l := heavy{own: scoreWorth*float64(c.words)*c.score - factCost - leanCost*c.form[2] - quoteCost*c.form[3] - lossCost*c.form[4], from: len(w.tells)}
		ws = ws[:0]
		d.vocab.each(c.text, func(x word) { ws = append(ws, x) })
		w.seq = sequence(ws, w.seq)
		for j, k := range w.seq {
			if k >= 0 && int(k) < len(w.one) {
				w.tell(pair{k, itself}, func() float64 { return w.stem(k) })
			}
			if j > 0 {
				p := pair{w.seq[j-1], k}
				if at := w.at.of(p); at >= 0 {
					w.tell(p, func() float64 { return pairWorth * w.pair(at) })
				}
			}
			if ws[j].upper && dayWords.Has(d.vocab.lower(&ws[j])) {
				w.tell(pair{0, aDay}, func() float64 { return dayWorth })
			}
		}
		if d.tellsPlace(c.sent, c.text) {
			w.tell(pair{0, aPlace}, func() float64 { return placeWorth })
		}
		slices.Sort(w.tells[l.from:])
		w.tells = w.tells[:l.from+len(slices.Compact(w.tells[l.from:]))]
		l.to = len(w.tells)
		for _, k := range w.tells[l.from:] {
			l.sum += w.worth[k]
		}
		l.candidate = i
		all = append(all, l)
	}
	slices.SortStableFunc(all, func(a, b heavy) int {
		return cmp.Compare((b.sum+b.own)*float64(cs[a.candidate].words), (a.sum+a.own)*float64(cs[b.candidate].words))
	})
	w.all = all
	for _, l := range all[:min(len(all), packCandidates)] {
		w.loads = append(w.loads, load{candidate: cs[l.candidate], tells: w.tells[l.from:l.to], sum: l.sum, own: l.own})
	}
	return w.loads, w.worth
}

// heavy is a load before those with most to tell are chosen.
type heavy struct {
	candidate int
	from, to  int // of weigher.tells
	sum, own  float64
}

// packWords is more words than most wordings have.
const packWords = 64

// tell notes that the present candidate tells a thing, and what the thing is worth
// where it is the first to.
func (w *weigher) tell(p pair, worth func() float64) {
	k, fresh := w.ids.add(p)
	if fresh {
		w.worth = append(w.worth, worth())
	}
	w.tells = append(w.tells, int(k))
}

// tellsDay tells a text that names a day or a month.
func (d *document) tellsDay(text string) bool {
	for w := range strings.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) }) {
		if calendar.Has(w) {
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
func repeats(a, b candidate, most float64) bool { return a.repeats(&b, most) }

func (c *candidate) repeats(other *candidate, most float64) bool {
	return c.doc == other.doc && c.sent == other.sent || overlap(c.keys, other.keys) > most
}
