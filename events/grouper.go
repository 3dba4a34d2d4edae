package events

import (
	"cmp"
	"math"
	"slices"
	"time"
)

// Options are the grouper's settings. Start from [Default].
type Options struct {
	Window     time.Duration // how far back a document looks for its event
	Threshold  float64       // likelihood, 0 to 1, from which a document joins
	Candidates int           // nearest documents whose events are weighed
	Postings   int           // newest documents of a word that are looked at
	Model      *Model        // weighs a document and an event
	AnyCast    bool          // the names of articles that are told alike need not be the same; for fitting, which then learns from the mistakes
}

// Default returns the settings the product runs with.
func Default() Options {
	m := fitted()
	return Options{Window: 7 * 24 * time.Hour, Threshold: m.Threshold, Candidates: 16, Postings: 400, Model: m}
}

// Grouper decides for each document of a stream which event it tells of. It is
// not safe for concurrent use.
type Grouper struct {
	opt      Options
	vocab    *vocab
	make     analyser
	frames   *boilerplate
	docs     []*entry    // in order of arrival; docs[0] is in the slot base
	base     int32       // slots count on from the first document ever seen
	ring     []slot      // by slot, modulo its length, a power of two
	index    [][]posting // by term: the slots of documents it is heavy in, rising
	groups   map[int64]*group
	latest   float64     // day of the newest document
	last     *entry      // the last one decided, so that Add need not analyse it again
	weighed  []Candidate // the events that it was compared with, nil where it was not
	added    Doc         // the last one in view
	addedTo  []Candidate // the events that it was compared with before
	own      Parsed      // for documents that nobody read before
	lastRead *Parsed     // of the last one decided
	found    []near      // the documents nearest to it, where it was decided
	seen     []int32     // slots that the index search has met
	sweep    int         // documents forgotten since words were last given up
}

// slot is what the index search reads of a document, apart from it to be near
// in memory.
type slot struct {
	sum float32 // what the search adds up
	day float32
}

type posting struct {
	slot int32
	w    float32
}

// near is a document in view and how much it is like the newcomer.
type near struct {
	slot int32
	like float64
}

// New returns a grouper that has seen nothing. Options with a zero field take
// that field from [Default].
func New(o Options) *Grouper {
	def := Default()
	o.Window = cmp.Or(o.Window, def.Window)
	o.Threshold = cmp.Or(o.Threshold, def.Threshold)
	o.Candidates = cmp.Or(max(o.Candidates, 0), def.Candidates)
	o.Postings = cmp.Or(max(o.Postings, 0), def.Postings)
	o.Model = cmp.Or(o.Model, def.Model)
	v := newVocab()
	return &Grouper{opt: o, vocab: v, make: analyser{vocab: v, places: placeFinder{words: &v.byWord}}, frames: newBoilerplate(), groups: map[int64]*group{}, ring: make([]slot, 64)}
}

// Len returns how many documents are in view.
func (g *Grouper) Len() int { return len(g.docs) }

func (g *Grouper) entry(slot int32) *entry { return g.docs[slot-g.base] }

// Decide says which event a document tells of. It changes nothing: the same
// question has the same answer until the next Add or Prune.
func (g *Grouper) Decide(d Doc) Decision {
	e := g.analyse(d)
	found := g.nearest(e)
	g.found = found
	for _, n := range found {
		if old := g.entry(n.slot); g.copyOf(e, old) {
			return Decision{Event: old.event, DuplicateOf: cmp.Or(old.copyOf, old.doc), Score: 1}
		}
	}
	events := g.weigh(e, found)
	g.weighed = events
	switch {
	case len(events) == 0:
		return Decision{}
	case events[0].Score < g.opt.Threshold:
		return Decision{Score: events[0].Score}
	}
	return Decision{Event: events[0].Event, Score: events[0].Score}
}

// Add puts a document in view, as a member of an event; duplicateOf names the
// document it repeats, 0 where it is its own.
func (g *Grouper) Add(d Doc, event, duplicateOf int64) {
	g.add(g.analyse(d), event, duplicateOf)
}

// AddParsed is Add for a document that was read already.
func (g *Grouper) AddParsed(r *Parsed, event, duplicateOf int64) {
	g.add(g.take(r), event, duplicateOf)
}

func (g *Grouper) add(e *entry, event, duplicateOf int64) {
	g.put(e, event, duplicateOf)
	if duplicateOf == 0 {
		g.frames.learn(sourceOf(g.added), g.lastRead.text.hashes)
	}
}

// put puts the document that was analysed last in view.
func (g *Grouper) put(e *entry, event, duplicateOf int64) {
	e.event, e.copyOf = event, duplicateOf
	at := g.base + int32(len(g.docs))
	if len(g.docs) == len(g.ring) {
		ring := make([]slot, 2*len(g.ring))
		for s := g.base; s < at; s++ {
			ring[int(s)&(len(ring)-1)] = g.ring[int(s)&(len(g.ring)-1)]
		}
		g.ring = ring
	}
	g.docs = append(g.docs, e)
	g.ring[int(at)&(len(g.ring)-1)] = slot{day: float32(e.day)}
	g.post(at)
	g.vocab.count(e.full, 1)
	if e.draws() {
		g.join(e, at)
	}
	g.latest = max(g.latest, e.day)
	g.added, g.addedTo = g.lastRead.doc, g.weighed
	g.last = nil
}

// join counts a document, the latest of them, as a member of its event.
func (g *Grouper) join(e *entry, at int32) {
	gr := g.groups[e.event]
	if gr == nil {
		gr = &group{first: e.day}
		g.groups[e.event] = gr
	}
	gr.size++
	gr.first = min(gr.first, e.day)
	if len(gr.slots) == splitMost {
		gr.slots = slices.Delete(gr.slots, 0, 1)
	}
	gr.slots = append(gr.slots, at)
}

// post puts the document that was analysed last into the index, and drops from the
// lists it touches the documents that are forgotten.
func (g *Grouper) post(at int32) {
	if more := len(g.vocab.stems) - len(g.index); more > 0 {
		g.index = append(g.index, make([][]posting, more)...)
	}
	for _, t := range g.make.key {
		list := g.index[t.id]
		if len(list) == cap(list) && len(list) > 0 && list[0].slot < g.base {
			list = list[:copy(list, list[firstIn(list, g.base):])]
		}
		if len(list) == cap(list) && len(list) >= 2*g.opt.Postings {
			list = list[:copy(list, list[len(list)-g.opt.Postings:])] // older ones are never looked at
		}
		g.index[t.id] = append(list, posting{at, t.w})
	}
}

// firstIn returns where the documents that are in view begin.
func firstIn(list []posting, base int32) int {
	i, _ := slices.BinarySearchFunc(list, base, func(p posting, s int32) int { return cmp.Compare(p.slot, s) })
	return i
}

// analyse returns the entry of a document, at most once for Decide and Add.
func (g *Grouper) analyse(d Doc) *entry {
	if g.last != nil && g.lastRead.doc == d {
		return g.last
	}
	g.own.Parse(d)
	return g.take(&g.own)
}

// take returns the entry of a document that was read.
func (g *Grouper) take(r *Parsed) *entry {
	when, bare := g.latest, false
	if !r.doc.Published.IsZero() {
		when, bare = day(r.doc.Published)
	}
	g.lastRead, g.weighed, g.found = r, nil, nil
	if g.frames.strip(sourceOf(r.doc), &r.text) {
		r.measure()
	}
	g.last = g.make.entry(r, when, bare)
	return g.last
}

// nearest finds the documents in the window that share the heaviest words with the
// document that was analysed last, most alike first.
func (g *Grouper) nearest(e *entry) []near {
	window := g.opt.Window.Hours() / 24
	mask := int32(len(g.ring) - 1)
	g.seen = g.seen[:0]
	for _, t := range g.make.key {
		if int(t.id) >= len(g.index) {
			continue // a word that no document in view has
		}
		list := g.index[t.id]
		list = list[max(0, len(list)-g.opt.Postings):]
		if len(list) > 0 && list[0].slot < g.base {
			list = list[firstIn(list, g.base):]
		}
		for _, p := range list {
			s := &g.ring[p.slot&mask]
			if s.sum == 0 {
				g.seen = append(g.seen, p.slot)
			}
			s.sum += t.w * p.w
		}
	}
	top := make([]near, 0, g.opt.Candidates+1)
	for _, at := range g.seen {
		s := &g.ring[at&mask]
		like := float64(s.sum)
		s.sum = 0
		if len(top) == g.opt.Candidates && like <= top[len(top)-1].like {
			continue // age only lessens it; most documents end here
		}
		days := math.Abs(e.day - float64(s.day))
		if days > window {
			continue
		}
		top = insert(top, near{at, like / (1 + days/window)}, g.opt.Candidates)
	}
	return top
}

func compareNear(a, b near) int {
	switch {
	case a.like > b.like:
		return -1
	case a.like < b.like:
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
func (e *entry) draws() bool {
	return (e.kind == kindNews || e.kind == kindExplainer || e.kind == kindMarkets) && e.copyOf == 0
}

// copyOf says whether a document repeats an older one.
func (g *Grouper) copyOf(e, old *entry) bool {
	if (e.kind == kindRoundup || old.kind == kindRoundup) && (e.headline != old.headline || gap(e, old) > 1.5) {
		return false // another edition under the same frame
	}
	if (e.thin || old.thin) && e.headline != old.headline {
		return false
	}
	return resembles(e, old) && (g.opt.AnyCast || !g.vocab.filledIn(e, old))
}

// Prune forgets, in order of arrival, the documents published before a time. One
// that came late stays until those that came before it have gone.
func (g *Grouper) Prune(before time.Time) {
	limit, _ := day(before)
	tooLate := limit + 3*g.opt.Window.Hours()/24 // a date that cannot be: it must not hold up the others
	n := 0
	for ; n < len(g.docs); n++ {
		e := g.docs[n]
		if e.day >= limit && e.day < tooLate {
			break
		}
		g.vocab.count(e.full, -1)
		if gr := g.groups[e.event]; gr != nil && e.draws() {
			if gr.size--; gr.size == 0 {
				delete(g.groups, e.event)
			}
			if len(gr.slots) > 0 && gr.slots[0] == g.base+int32(n) {
				gr.slots = slices.Delete(gr.slots, 0, 1)
			}
		}
		g.docs[n] = nil
	}
	if n == 0 {
		return
	}
	g.docs = g.docs[n:]
	g.base += int32(n)
	g.last = nil
	if g.sweep += n; g.sweep >= len(g.docs) {
		g.forgetWords()
	}
}

// forgetWords gives up the words that no document in view has. It is called
// once for each time that the view has changed whole.
func (g *Grouper) forgetWords() {
	g.sweep = 0
	used := make([]bool, len(g.vocab.stems))
	for _, e := range g.docs {
		for _, v := range [...][]weighted{e.full, e.title} {
			for _, t := range v {
				used[t.id] = true
				if c := g.vocab.canon[t.id]; c != noCanon {
					used[c] = true
				}
			}
		}
		for _, v := range [...][]term{e.rare, e.sites, e.lead} {
			for _, id := range v {
				used[id] = true
			}
		}
	}
	g.vocab.forget(used)
	g.index = g.index[:min(len(g.index), len(g.vocab.stems))]
	for id, list := range g.index {
		if len(list) > 0 && list[0].slot < g.base {
			g.index[id] = slices.Clone(list[firstIn(list, g.base):])
		}
	}
}
