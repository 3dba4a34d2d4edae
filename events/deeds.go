package events

import "math"

// Two happenings of one day may have the same names: two fires of a town, the
// minister who opens a museum and resigns. What tells them apart is what is said
// besides: how much two articles share without their names, and how much without
// the terms that they share most of, which needs no capital letters and so holds in
// German and in titles set in capitals, too.

// noDeeds is what two titles share besides names where one consists of names.
const noDeeds = 0.5

// mark notes which terms of an entry are names, by what was read so far.
func (v *vocab) mark(e *entry) {
	plain, cast, names := 0.0, 0.0, 0
	for i, t := range e.full {
		if v.name(t.id) {
			e.names |= 1 << i
			cast += v.part(t.id)
			names++
		} else {
			plain += float64(t.w) * float64(t.w)
		}
	}
	e.plain = float32(math.Sqrt(plain))
	if e.hasText && names >= castLeast {
		e.cast = float32(cast)
	}
	for i, t := range e.title {
		if v.name(t.id) {
			e.titleNames |= 1 << i
		}
	}
}

// share fills in what the vectors of two documents share.
func (v *vocab) share(p *pair, a, b *entry) {
	plain, first, second, cast := 0.0, 0.0, 0.0, 0.0
	for i, j := 0, 0; i < len(a.full) && j < len(b.full); {
		switch {
		case a.full[i].id < b.full[j].id:
			i++
		case a.full[i].id > b.full[j].id:
			j++
		default:
			x := float64(a.full[i].w) * float64(b.full[j].w)
			p.full += x
			switch inA, inB := a.names>>i&1 != 0, b.names>>j&1 != 0; {
			case inA && inB:
				cast += v.part(a.full[i].id)
			case !inA && !inB:
				plain += x
			}
			if x > first {
				first, second = x, first
			} else {
				second = max(second, x)
			}
			i++
			j++
		}
	}
	p.rest = p.full - first - second
	if n := float64(a.plain) * float64(b.plain); n > 0 {
		p.plain = min(plain/n, 1)
	}
	p.cast = 1
	if least := min(a.cast, b.cast); least > 0 && a.tongue == b.tongue {
		p.cast = min(cast/float64(least), 1)
	}
}

// deeds is the share of the squared weight of a's title without its names whose
// words stand in b.
func deeds(a, b *entry) float64 {
	in, all := 0.0, 0.0
	for i, j := 0, 0; i < len(a.title); i++ {
		if a.titleNames>>i&1 != 0 {
			continue
		}
		for j < len(b.full) && b.full[j].id < a.title[i].id {
			j++
		}
		w := float64(a.title[i].w) * float64(a.title[i].w)
		all += w
		if j < len(b.full) && b.full[j].id == a.title[i].id {
			in += w
		}
	}
	if all == 0 {
		return noDeeds
	}
	return in / all
}
