package verify

// figure is what a window knows of a value.
type figure struct {
	at    place
	cited unit // units it has in the cited sentence
	any   unit // units it has anywhere
	bound bool // wherever the cited sentence has it, a bound stands before it
}

// note enters a number of the window.
func (w *window) note(n number, at place) {
	for _, k := range n.keys {
		f := w.values[k]
		if at == inCited {
			f.bound = n.bound && (f.at&inCited == 0 || f.bound)
			f.cited |= n.unit
		}
		f.at |= at
		f.any |= n.unit
		w.values[k] = f
	}
}

// numbers looks for the fact's numbers.
func (c *Checker) numbers(s *statement, w *window) Finding {
	var resolved dates
	for _, n := range s.nums {
		at, bound := w.has(n)
		missing := Finding{Number, s.text[s.tokens[n.lo].start:s.tokens[n.hi-1].end]}
		switch {
		case at&inCited != 0:
			if w.numbers().swapped(s.tokens, n.lo, n.hi, n.keys) {
				return missing
			}
			if bound && !n.bound {
				return Finding{Hedge, missing.What}
			}
		case n.one && (w.word("a")|w.word("an")|w.word("single")|w.word("sole"))&inCited != 0:
		case at != 0:
			if w.numbers().taken(s.tokens, n.lo, n.hi, n.keys) {
				return missing
			}
		default:
			if resolved == nil {
				resolved = c.resolvedDays(w)
			}
			if !resolved.allows(s.tokens, n, c.lex) {
				return missing
			}
		}
	}
	return Finding{}
}

// has says where the window has a number, with the same unit, and whether it
// is there a limit.
func (w *window) has(n number) (at place, bound bool) {
	for _, k := range n.keys {
		f, ok := w.figures()[k]
		if !ok {
			continue
		}
		if f.at&inCited != 0 && agrees(n.unit, f.cited) {
			return f.at, f.bound
		}
		if agrees(n.unit, f.any) {
			at |= f.at &^ inCited
		}
	}
	return at, false
}

// agrees says whether a number of the fact has a unit that its source has.
func agrees(fact, source unit) bool {
	switch {
	case fact&percent != 0:
		return source&percent != 0
	case fact&currency != 0:
		return source&fact&currency != 0
	}
	return source&^percent != 0
}

// addNumbers notes what stands beside each number.
func addNumbers(out *slots, ts []token, ns []number) {
	for _, n := range ns {
		for _, k := range n.keys {
			out.add(ts, n.lo, n.hi, k)
		}
	}
}
