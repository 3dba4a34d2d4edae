package events

import (
	"cmp"
	"math"
	"slices"
	"time"
)

// Options are the grouper's settings. Start from [Default].
type Options struct {
	Window     time.Duration     // how far back a document looks for its event
	Threshold  float64           // likelihood, 0 to 1, from which a document joins
	Candidates int               // nearest documents that are compared in full
	Postings   int               // newest documents of a word that are looked at
	Pair       [features]float64 // of two documents
	Link       [links]float64    // of a document and an event
}

// Default returns the settings the product runs with. The weights are logistic
// regressions over labelled news items, but for featApart, featElsewhere and featStrange, which
// are set lower than fitted: the labelled items hold few happenings that merely
// look alike, and merging two of them misleads more than posting one twice.
func Default() Options {
	return Options{
		Window:     7 * 24 * time.Hour,
		Threshold:  0.3,
		Candidates: 16,
		Postings:   400,
		Pair: [features]float64{
			featBias: -3.88, featTitle: -3.78, featFull: 6.12, featCover: 5.80, featRare: 3.34, featGap: -2.93,
			featNumbers: -0.32, featApart: -4, featStrange: -2.5, featOutlet: -0.11, featBare: 0.40, featBareTitle: -4.88,
			featBareRare: 0.63, featBareGap: -1.06, featShared: 2.07, featElsewhere: -6,
		},
		Link: [links]float64{linkBias: 0.4, linkFirst: 0.76, linkSecond: 0.04, linkThird: 0.43, linkAlone: -0.65},
	}
}

// Grouper decides for each document of a stream which event it tells of. It is
// not safe for concurrent use.
type Grouper struct {
	opt    Options
	vocab  *vocab
	make   analyser
	frames *boilerplate
	docs   []*entry      // in order of arrival; the slot of a document is its place here
	index  [][]posting   // by term: the slots of documents it is heavy in, rising
	sizes  map[int64]int // members of an event that may draw others in
	latest float64       // day of the newest document
	last   *entry        // the last one decided, so that Add need not analyse it again
	lastD  Doc
	text   passage   // of the last one
	days   []float32 // by slot: day of the document, apart from it to be near in memory
	acc    []float32 // by slot: what the index search adds up
	seen   []int32   // slots with something in acc
}

type posting struct {
	slot int32
	w    float32
}

// near is a document in view and how much it is like the newcomer.
type near struct {
	slot  int32
	logit float64
}

// New returns a grouper that has seen nothing. Options with a zero field take
// that field from [Default].
func New(o Options) *Grouper {
	def := Default()
	o.Window = cmp.Or(o.Window, def.Window)
	o.Threshold = cmp.Or(o.Threshold, def.Threshold)
	o.Candidates = cmp.Or(max(o.Candidates, 0), def.Candidates)
	o.Postings = cmp.Or(max(o.Postings, 0), def.Postings)
	if o.Pair == [features]float64{} {
		o.Pair = def.Pair
	}
	if o.Link == [links]float64{} {
		o.Link = def.Link
	}
	v := newVocab()
	return &Grouper{opt: o, vocab: v, make: analyser{vocab: v}, frames: newBoilerplate(), sizes: map[int64]int{}}
}

// Len returns how many documents are in view.
func (g *Grouper) Len() int { return len(g.docs) }

// Decide says which event a document tells of. It changes nothing: the same
// question has the same answer until the next Add or Prune.
func (g *Grouper) Decide(d Doc) Decision {
	e := g.analyse(d)
	found := g.nearest(e)
	for _, n := range found {
		if old := g.docs[n.slot]; g.copyOf(e, old) {
			return Decision{Event: old.event, DuplicateOf: cmp.Or(old.copyOf, old.doc), Score: 1, Reason: ReasonCopy}
		}
	}
	event, score := g.best(e, found)
	if event == 0 || score < g.opt.Threshold {
		return Decision{Score: score, Reason: ReasonNew}
	}
	return Decision{Event: event, Score: score, Reason: ReasonSameEvent}
}

// Add puts a document in view, as a member of an event; duplicateOf names the
// document it repeats, 0 where it is its own.
func (g *Grouper) Add(d Doc, event, duplicateOf int64) {
	e := g.analyse(d)
	e.event, e.copyOf = event, duplicateOf
	slot := int32(len(g.docs))
	g.docs = append(g.docs, e)
	g.acc = append(g.acc, 0)
	g.days = append(g.days, float32(e.day))
	g.post(e, slot)
	g.vocab.count(e.full, 1)
	if e.draws() {
		g.sizes[event]++
	}
	g.latest = max(g.latest, e.day)
	if duplicateOf == 0 {
		g.frames.learn(sourceOf(d), g.text.hashes)
	}
	g.last = nil
}

// post puts a document into the index.
func (g *Grouper) post(e *entry, slot int32) {
	if more := len(g.vocab.stems) - len(g.index); more > 0 {
		g.index = append(g.index, make([][]posting, more)...)
	}
	if e.key == nil {
		e.key = heaviest(e.full, keyTerms)
	}
	for _, t := range e.key {
		g.index[t.id] = append(g.index[t.id], posting{slot, t.w})
	}
	e.key = nil // the index holds it now
}

// analyse returns the entry of a document, at most once for Decide and Add.
func (g *Grouper) analyse(d Doc) *entry {
	if g.last != nil && g.lastD == d {
		return g.last
	}
	when, bare := g.latest, false
	if !d.Published.IsZero() {
		when, bare = day(d.Published)
	}
	g.lastD = d
	g.text.read(d.Text)
	g.frames.strip(sourceOf(d), &g.text)
	g.last = g.make.entry(d, when, bare, &g.text)
	return g.last
}

// nearest finds the documents in the window that share the heaviest words, and
// compares the best of them in full; most alike first.
func (g *Grouper) nearest(e *entry) []near {
	window := g.opt.Window.Hours() / 24
	g.seen = g.seen[:0]
	for _, t := range e.key {
		if int(t.id) >= len(g.index) {
			continue // a word that no document in view has
		}
		list := g.index[t.id]
		for _, p := range list[max(0, len(list)-g.opt.Postings):] {
			if g.acc[p.slot] == 0 {
				g.seen = append(g.seen, p.slot)
			}
			g.acc[p.slot] += t.w * p.w
		}
	}
	top := make([]near, 0, g.opt.Candidates+1)
	for _, slot := range g.seen {
		s := float64(g.acc[slot])
		g.acc[slot] = 0
		if len(top) == g.opt.Candidates && s <= top[len(top)-1].logit {
			continue // age only lessens it; most documents end here
		}
		days := math.Abs(e.day - float64(g.days[slot]))
		if days > window {
			continue
		}
		s /= 1 + days/window
		top = insert(top, near{slot, s}, g.opt.Candidates)
	}
	for i := range top {
		f := g.vocab.compare(e, g.docs[top[i].slot])
		top[i].logit = 0
		for k, w := range g.opt.Pair {
			top[i].logit += w * f[k]
		}
	}
	slices.SortFunc(top, compareNear)
	return top
}

func compareNear(a, b near) int {
	switch {
	case a.logit > b.logit:
		return -1
	case a.logit < b.logit:
		return 1
	}
	return cmp.Compare(a.slot, b.slot)
}

// insert keeps the best n in order.
func insert(top []near, x near, n int) []near {
	if len(top) < n {
		top = append(top, x)
	} else if compareNear(x, top[n-1]) >= 0 {
		return top
	}
	i := len(top) - 1
	for ; i > 0 && compareNear(x, top[i-1]) < 0; i-- {
		top[i] = top[i-1]
	}
	top[i] = x
	return top
}

// draws says whether a document may draw others into its event.
func (e *entry) draws() bool { return e.kind == kindNews && e.copyOf == 0 }

// copyOf says whether a document repeats an older one.
func (g *Grouper) copyOf(e, old *entry) bool {
	if (e.kind == kindRoundup || old.kind == kindRoundup) && (e.headline != old.headline || gap(e, old) > 1.5) {
		return false // another edition under the same frame
	}
	if (e.thin || old.thin) && e.headline != old.headline {
		return false
	}
	return resembles(e, old)
}

// Prune forgets the documents published before a time. The words that only
// they used are forgotten with them.
func (g *Grouper) Prune(before time.Time) {
	limit, _ := day(before)
	kept := g.docs[:0]
	for _, e := range g.docs {
		if e.day < limit {
			g.vocab.count(e.full, -1)
			if e.draws() {
				if g.sizes[e.event]--; g.sizes[e.event] == 0 {
					delete(g.sizes, e.event)
				}
			}
			continue
		}
		kept = append(kept, e)
	}
	if len(kept) == len(g.docs) {
		return
	}
	clear(g.docs[len(kept):])
	g.docs = kept
	g.last = nil
	g.reindex()
}

// reindex numbers the words and the slots anew.
func (g *Grouper) reindex() {
	old := g.vocab
	g.vocab = newVocab()
	g.make.vocab = g.vocab
	g.index = nil
	g.acc = make([]float32, len(g.docs))
	g.days = g.days[:0]
	for slot, e := range g.docs {
		g.days = append(g.days, float32(e.day))
		for i := range e.rare {
			e.rare[i] = g.vocab.intern(old.stems[e.rare[i]])
		}
		slices.Sort(e.rare)
		for _, v := range [...][]weighted{e.full, e.title} {
			for i := range v {
				v[i].id = g.vocab.intern(old.stems[v[i].id])
			}
			slices.SortFunc(v, func(a, b weighted) int { return cmp.Compare(a.id, b.id) })
		}
		g.vocab.count(e.full, 1)
		g.post(e, int32(slot))
	}
}
