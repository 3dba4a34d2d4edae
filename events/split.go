package events

import (
	"cmp"
	"slices"
)

// When an event turns out to be two. The bars were measured on the labelled
// streams, event by event, with the first document that shows it: of what they
// let through, 8 of 9 pairs of parts have no happening in common, and nothing of
// the week is parted. With splitAcross at 0.6 it is 7 of 8, at 0.7 12 of 13; with
// splitMean at 0.3 12 of 18, and without it 16 of 43, for in an event that goes on
// many articles have little to do with many others, and a few tie them together.
// With splitWithin at 0.5 it is 8 of 12. Of the recorded
// days of package app a strike would be parted, day by day; its parts share names
// that are the event's own.
const (
	splitAcross = 0.65 // likelihood, 0 to 1, that two articles of different parts tell of one happening, none has it
	splitMean   = 0.25 // the same, mean over all such pairs: the parts have less
	splitWithin = 0.6  // the same of two articles of one part, mean: each part has it
	splitMost   = 16   // articles of an event that is looked at; what has more is a thread of happenings
	splitLeast  = 2    // articles of a part
	splitNames  = 3    // names that both parts have and no other event: with so many it is one happening that goes on
)

// Split says whether a document shows that the event it belongs to is two
// happenings.
type Split struct {
	// Parts are the documents of each, in order of arrival, the part of the event's
	// first document before the other; nil where it is one happening.
	Parts  [2][]int64
	Across float64 // likelihood, 0 to 1, that articles of different parts tell of one happening, mean
}

// Split says whether the document that was added last shows that its event is
// two. It changes nothing. Only what joins one side of an event and has little to
// do with the other can show it, and nothing is concluded across languages, nor
// from prices of the day, which are alike each day.
func (g *Grouper) Split(d Doc) Split {
	if len(g.docs) == 0 || g.added != d {
		return Split{}
	}
	e := g.docs[len(g.docs)-1]
	gr := g.groups[e.event]
	if e.copyOf != 0 || e.kind != kindNews || gr == nil || gr.size < 2*splitLeast || gr.size > splitMost ||
		e.day-gr.first > unionSpan.Hours()/24 || !g.plain(gr.slots) {
		return Split{}
	}
	members := make([]*entry, len(gr.slots))
	for i, s := range gr.slots {
		if members[i] = g.entry(s); members[i].tongue != e.tongue {
			return Split{}
		}
	}
	n := len(members)
	f, near, far := make([]float64, features), 0, 0
	for _, s := range gr.slots[:n-1] {
		switch x := g.linkTo(gr.slots[n-1], s, f); {
		case x >= splitWithin:
			near++
		case x < splitMean:
			far++
		}
	}
	if near == 0 || far < splitLeast { // most articles end here
		return Split{}
	}
	links := newLinks(n)
	for i := range n {
		for j := range i {
			links.set(j, i, g.link(gr.slots[j], gr.slots[i], f))
		}
	}
	a, b := links.halves()
	across, most := links.between(a, b)
	if min(len(a), len(b)) < splitLeast || most >= splitAcross || across >= splitMean || min(links.within(a), links.within(b)) < splitWithin {
		return Split{}
	}
	if g.ownNames(members, a, b) >= splitNames {
		return Split{}
	}
	return Split{Parts: g.parts(e.event, members, b), Across: across}
}

// link returns how likely two documents tell of one happening: the lesser of both
// ways. f has room for the features.
func (g *Grouper) link(a, b int32, f []float64) float64 {
	return min(g.linkTo(a, b, f), g.linkTo(b, a, f))
}

func (g *Grouper) linkTo(from, to int32, f []float64) float64 {
	clear(f)
	e := g.entry(from)
	names := g.describe(f, e, &group{size: 1, first: g.entry(to).day}, []int32{to})
	f[featMargin] = max(f[featTitle1], f[featFull1]) - someOther
	return g.opt.Model.Score(f, against(f, names))
}

// ownNames counts the names that both parts of an event have, and no other event.
func (g *Grouper) ownNames(members []*entry, a, b []int) int {
	first := map[term]bool{}
	for _, i := range a {
		for _, t := range members[i].full {
			first[t.id] = g.vocab.rare(t.id) && g.vocab.capital(t.id)
		}
	}
	n := 0
	for _, i := range b {
		for _, t := range members[i].full {
			if !first[t.id] || int(t.id) >= len(g.index) {
				continue
			}
			first[t.id] = false // counted
			list := g.index[t.id]
			if list = list[firstIn(list, g.base):]; !slices.ContainsFunc(list, func(p posting) bool { return g.entry(p.slot).event != members[0].event }) {
				n++
			}
		}
	}
	return n
}

// parts returns all documents of an event, of which second are of the second part
// as numbers of members. A copy goes with what it repeats, and what draws no
// others with the part that it is more like.
func (g *Grouper) parts(event int64, members []*entry, second []int) (out [2][]int64) {
	side := make(map[int64]int, len(members))
	for i, m := range members {
		if side[m.doc] = 0; slices.Contains(second, i) {
			side[m.doc] = 1
		}
	}
	for _, e := range g.docs {
		if e.event != event {
			continue
		}
		k, ok := side[cmp.Or(e.copyOf, e.doc)]
		if !ok {
			var like [2]float64
			for _, m := range members {
				like[side[m.doc]] = max(like[side[m.doc]], cosine(e.full, m.full))
			}
			if like[1] > like[0] {
				k = 1
			}
		}
		out[k] = append(out[k], e.doc)
	}
	return out
}

// links are the links of each two of some documents.
type links struct {
	n  int
	of []float64
}

func newLinks(n int) links { return links{n, make([]float64, n*n)} }

func (l links) set(i, j int, x float64) { l.of[i*l.n+j], l.of[j*l.n+i] = x, x }

// between returns the mean and the highest link of documents of two parts.
func (l links) between(a, b []int) (mean, most float64) {
	for _, i := range a {
		for _, j := range b {
			x := l.of[i*l.n+j]
			mean += x / float64(len(a)*len(b))
			most = max(most, x)
		}
	}
	return mean, most
}

// within returns the mean link of two documents of a part.
func (l links) within(a []int) float64 {
	sum, pairs := 0.0, 0
	for i := range a {
		for j := range i {
			sum += l.of[a[i]*l.n+a[j]]
			pairs++
		}
	}
	return sum / float64(max(pairs, 1))
}

// halves parts the documents in two: the two parts with the highest mean link
// between them become one until two are left. The part of the first document
// comes first; each is in order.
func (l links) halves() (first, second []int) {
	parts := make([][]int, l.n)
	for i := range parts {
		parts[i] = []int{i}
	}
	for len(parts) > 2 {
		into, from, best := 0, 1, -1.0
		for j := range parts {
			for i := range j {
				if x, _ := l.between(parts[i], parts[j]); x > best {
					into, from, best = i, j, x
				}
			}
		}
		parts[into] = append(parts[into], parts[from]...)
		parts = slices.Delete(parts, from, from+1)
	}
	slices.Sort(parts[0])
	slices.Sort(parts[1])
	return parts[0], parts[1]
}

// Part puts some documents of an event into another one, which has none.
func (g *Grouper) Part(docs []int64, from, into int64) {
	if from == into {
		return
	}
	moved := make(map[int64]bool, len(docs))
	for _, id := range docs {
		moved[id] = true
	}
	delete(g.groups, from)
	for i, e := range g.docs {
		if e.event != from {
			continue
		}
		if moved[e.doc] {
			e.event = into
		}
		if e.draws() {
			g.join(e, g.base+int32(i))
		}
	}
	g.last, g.addedTo = nil, nil
}
