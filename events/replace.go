package events

import "slices"

// Replace has a document that is in view, and was changed, take the place of what
// it was: it stays in its event, as the latest of it, so that [Grouper.Union] and
// [Grouper.Split] say what it shows now. Where it is not in view nothing happens.
func (g *Grouper) Replace(d Doc) {
	i := slices.IndexFunc(g.docs, func(e *entry) bool { return e.doc == d.ID })
	if i < 0 {
		return
	}
	event, copyOf := g.docs[i].event, g.docs[i].copyOf
	g.void(i)
	g.Decide(d) // finds what it is like
	g.put(g.analyse(d), event, copyOf)
}

// void leaves nothing of a document in view but its slot, which goes with those
// that came before it.
func (g *Grouper) void(i int) {
	was, slot := g.docs[i], g.base+int32(i)
	g.vocab.count(was.full, -1)
	for _, t := range was.full {
		if int(t.id) >= len(g.index) {
			continue
		}
		g.index[t.id] = slices.DeleteFunc(g.index[t.id], func(p posting) bool { return p.slot == slot })
	}
	if gr := g.groups[was.event]; gr != nil && was.draws() {
		gr.slots = slices.DeleteFunc(gr.slots, func(s int32) bool { return s == slot })
		if gr.size--; gr.size == 0 {
			delete(g.groups, was.event)
		}
	}
	g.docs[i] = &entry{day: was.day}
	g.last = nil
}
