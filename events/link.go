package events

import (
	"math"
	"slices"
)

// The features of a document and an event, in the order of the weights in
// [Options]: how much it is like the event's nearest members, as logits. An
// event of fewer members counts its last one again.
const (
	linkBias = iota
	linkFirst
	linkSecond
	linkThird
	linkAlone // 1 where the event has one member
	links
)

const (
	leastLogit = -6 // less alike than this is all the same
	unlike     = -3 // stands for members that are not even among the candidates
)

// best returns the event that the newcomer most likely tells of, by its three
// nearest members. Members that tell of many things or of none in particular
// (roundups, opinion, live accounts) draw nobody in, nor do copies.
func (g *Grouper) best(e *entry, found []near) (event int64, score float64) {
	if e.kind == kindRoundup {
		return 0, 0
	}
	type nearest struct {
		event int64
		logit [3]float64
		n     int
	}
	var events []nearest
	for _, n := range found {
		old := g.docs[n.slot]
		if !old.draws() {
			continue
		}
		i := slices.IndexFunc(events, func(s nearest) bool { return s.event == old.event })
		if i < 0 {
			events = append(events, nearest{event: old.event})
			i = len(events) - 1
		}
		if ev := &events[i]; ev.n < len(ev.logit) {
			ev.logit[ev.n] = max(n.logit, leastLogit)
			ev.n++
		}
	}
	best := math.Inf(-1)
	for _, ev := range events {
		for size := g.sizes[ev.event]; ev.n < len(ev.logit); ev.n++ {
			ev.logit[ev.n] = ev.logit[ev.n-1]
			if ev.n < size {
				ev.logit[ev.n] = unlike
			}
		}
		w := &g.opt.Link
		l := w[linkBias] + w[linkFirst]*ev.logit[0] + w[linkSecond]*ev.logit[1] + w[linkThird]*ev.logit[2] +
			w[linkAlone]*truth(g.sizes[ev.event] == 1)
		if l > best {
			best, event = l, ev.event
		}
	}
	if event == 0 {
		return 0, 0
	}
	return event, logistic(best)
}
