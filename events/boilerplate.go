package events

import "slices"

// Sentences that a source prints under its other items too ("Sign up for our
// newsletter") say nothing of an item.
const (
	boilerplateSeen = 2    // a sentence is boilerplate from its third item on
	maxSentences    = 4096 // remembered of a source
	maxSources      = 4096
)

// boilerplate remembers which sentences recur across the items of a source.
type boilerplate struct {
	sources map[string]map[uint32]uint16
	own     []uint32
}

func newBoilerplate() *boilerplate { return &boilerplate{sources: map[string]map[uint32]uint16{}} }

// learn counts the sentences of one item. An item most of whose sentences were
// seen before is that item again, and no proof that they are boilerplate.
func (b *boilerplate) learn(source string, sentences []uint32) {
	seen := b.sources[source]
	if seen == nil {
		if len(b.sources) >= maxSources {
			clear(b.sources) // relearnt within a day
		}
		seen = map[uint32]uint16{}
		b.sources[source] = seen
	}
	b.own = append(b.own[:0], sentences...)
	slices.Sort(b.own)
	b.own = slices.Compact(b.own)
	again := 0
	for _, h := range b.own {
		again += min(int(seen[h]), 1)
	}
	if 10*again > 7*len(b.own) {
		return // the item itself again
	}
	for _, h := range b.own {
		seen[h] = min(seen[h]+1, 1<<15)
	}
	if len(seen) > maxSentences { // keep what has recurred
		for h, n := range seen {
			if n < boilerplateSeen {
				delete(seen, h)
			}
		}
		if len(seen) > maxSentences/2 {
			clear(seen)
		}
	}
}

// strip drops the sentences of p that recur in its source's items, and says
// whether there are any.
func (b *boilerplate) strip(source string, p *passage) bool {
	seen := b.sources[source]
	if len(seen) == 0 {
		return false
	}
	some := false
	for i, h := range p.hashes {
		if !p.dropped[i] && seen[h] >= boilerplateSeen {
			p.dropped[i], some = true, true
		}
	}
	return some
}

// duplicate is [Duplicate] with the recurring sentences left out.
func (b *boilerplate) duplicate(x, y Doc) bool {
	var p, q passage
	p.read(x.Text, x.Lang)
	q.read(y.Text, y.Lang)
	b.strip(sourceOf(x), &p)
	b.strip(sourceOf(y), &q)
	return duplicate(x, y, &p, &q)
}
