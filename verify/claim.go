package verify

import (
	"slices"
	"strings"
)

// claims is how a text holds what it says: denied, with reserve, under a
// condition, in whose words.
type claims struct {
	tokens     []token
	negations  []limit
	hedges     []limit
	conditions []int // token indexes
	sayings    []int
	denied     []int // what negations and hedges bear on
	sources    bool  // somebody's words: a saying, "according to", or a colon and a quotation
	told       *told // nil until it is asked for
}

// told is the content of a text, in stems.
type told struct {
	stems map[string]bool    // all
	plain map[string]bool    // those that stand without negation or hedge
	pairs map[[2]string]bool // those that follow each other
}

// limit is a word that limits what another word says.
type limit struct {
	at    int
	heads []string // stems of the words it bears on; none where there are none
	prev  string   // stem of the content word before it
	hard  bool     // of a negation: "not", where "denied" is soft; of a hedge: "may", where "will" is soft
}

// reach is how many words a negation or a hedge may stand before the word it
// bears on.
const reach = 6

// claims reads how a text holds what it says.
func (c *Checker) claims(ts []token) claims {
	out := claims{tokens: ts}
	prev := -1 // the content word before
	for i := range ts {
		t := &ts[i]
		if t.kind == mark {
			if t.low == ":" && i+1 < len(ts) && ts[i+1].kind == mark && quoteMark(ts[i+1].low) {
				out.sources = true
			}
			continue
		}
		n, neg := c.negates(ts, i)
		h, hedge := c.lex.hedges[t.low]
		if neg && !(n && len(out.negations) > 0 && c.continues(ts, out.negations[len(out.negations)-1].at, i)) {
			out.negations = append(out.negations, c.limit(ts, i, prev, n))
			out.denied = append(out.denied, c.ahead(ts, i)...)
		}
		if hedge && !c.month(ts, i) && (h || c.pointsAhead(ts, i)) && !(t.cap && !t.head) {
			if k := len(out.hedges) - 1; k >= 0 && c.continues(ts, out.hedges[k].at, i) {
				out.hedges[k].hard = out.hedges[k].hard || h // "may possibly": one hedge
			} else {
				out.hedges = append(out.hedges, c.limit(ts, i, prev, h))
			}
			out.denied = append(out.denied, c.ahead(ts, i)...)
		}
		if c.lex.conditions.Has(t.low) && !c.lex.concessive.Has(lowAt(ts, i-1)) && lowAt(ts, i+1) != "not" && lowAt(ts, i+1) != "any" && (i == 0 || ts[i-1].low != "as") {
			out.conditions = append(out.conditions, i)
		}
		if c.lex.sayings.Has(t.low) && !(t.cap && !t.head) {
			out.sayings = append(out.sayings, i)
			out.sources = true
		}
		if t.kind == run || c.carries(*t) {
			prev = i
		}
	}
	return out
}

func (c *Checker) month(ts []token, i int) bool {
	_, month := dateAt(ts, i, c.lex)
	return month != 0
}

// content returns the content of the text.
func (c *claims) content(of *Checker) *told {
	if c.told != nil {
		return c.told
	}
	n := len(c.tokens)
	out := &told{make(map[string]bool, n), make(map[string]bool, n), make(map[[2]string]bool, n)}
	denied := make([]bool, n)
	for _, i := range c.denied {
		denied[i] = true
	}
	prev := ""
	for i, t := range c.tokens {
		of.each(t, func(unit string) {
			out.stems[unit] = true
			if !denied[i] {
				out.plain[unit] = true
			}
			if prev != "" {
				out.pairs[[2]string{prev, unit}] = true
			}
			prev = unit
		})
	}
	c.told = out
	return out
}

func quoteMark(s string) bool { return len(s) > 0 && s != ":" && containsRune(quoteMarks, s) }

// ahead returns the first content word behind i within its clause, and the one
// after it where the first is an adverb.
func (c *Checker) ahead(ts []token, i int) []int {
	var out []int
	for j := i + 1; j < len(ts) && j <= i+reach; j++ {
		t := ts[j]
		if t.kind == mark {
			if t.low == "-" || t.low == "'" || quoteMark(t.low) {
				continue
			}
			break
		}
		if _, hedge := c.lex.hedges[t.low]; hedge || c.lex.stop.Has(t.low) || c.lex.soft.Has(t.low) || c.lex.hard.Has(t.low) {
			continue
		}
		if t.kind == word && len(t.low) > 1 || t.kind == run {
			out = append(out, j)
			if !c.lex.adverb(t.low) {
				break
			}
		}
	}
	return out
}

// limit reads the limit at i; prev is the content word before it.
func (c *Checker) limit(ts []token, i, prev int, hard bool) limit {
	l := limit{at: i, hard: hard}
	if prev >= 0 {
		c.each(ts[prev], func(unit string) { l.prev = unit })
	}
	for _, j := range c.ahead(ts, i) {
		c.each(ts[j], func(unit string) { l.heads = append(l.heads, unit) })
	}
	return l
}

// negates says whether token i is a negation, and whether it is a hard one.
func (c *Checker) negates(ts []token, i int) (hard, ok bool) {
	low := ts[i].low
	switch {
	case low == "not" && lowAt(ts, i+1) == "only", low == "no" && lowAt(ts, i+1) == "." && i+2 < len(ts) && ts[i+2].kind == digits,
		low == "no" && i+1 < len(ts) && ts[i+1].kind == digits:
		return false, false
	case c.lex.hard.Has(low):
		return true, true
	case c.lex.contracted && len(low) > 3 && low[len(low)-3:] == "n't":
		return true, true
	}
	return false, c.lex.soft.Has(low)
}

// continues says whether between two limits stands no word of content.
func (c *Checker) continues(ts []token, i, j int) bool {
	if j-i > 4 {
		return false
	}
	for _, t := range ts[i+1 : j] {
		if t.kind == mark || !c.lex.stop.Has(t.low) && !c.lex.hard.Has(t.low) {
			return false
		}
	}
	return true
}

// pointsAhead says whether a word such as "plans" is followed by "to", or is
// one that needs none.
func (c *Checker) pointsAhead(ts []token, i int) bool {
	return !c.lex.needsTo.Has(ts[i].low) || lowAt(ts, i+1) == "to"
}

// kept says whether the fact still says what a limit of the sentence bears on,
// and returns the stem.
func (c *Checker) kept(l limit, source, fact *claims) (string, bool) {
	told := fact.content(c)
	if len(l.heads) == 0 {
		return l.prev, l.prev != "" && told.stems[l.prev]
	}
	for _, head := range l.heads {
		if told.stems[head] && (!source.content(c).plain[head] || l.prev != "" && told.pairs[[2]string{l.prev, head}]) {
			return head, true
		}
	}
	return "", false
}

// limited says whether one of the limits bears on a stem.
func limited(ls []limit, stem string) bool {
	for _, l := range ls {
		if slices.Contains(l.heads, stem) || len(l.heads) == 0 && l.prev == stem {
			return true
		}
	}
	return false
}

// hard counts the negations that are such words as "not".
func (c *claims) hard() int {
	n := 0
	for _, l := range c.negations {
		if l.hard {
			n++
		}
	}
	return n
}

func (c *claims) soft() int { return len(c.negations) - c.hard() }

// negations compares what is denied.
func (c *Checker) negations(s *statement, w *window) Finding {
	for _, l := range w.claimed.negations {
		stem, ok := c.kept(l, &w.claimed, &s.claims)
		if ok && (!limited(s.claims.negations, stem) || l.hard && s.claims.soft() > 0 && s.claims.hard() == 0 && w.claimed.content(c).stems[c.stem(s.claims.tokens[s.claims.negations[0].at].low)]) {
			return Finding{Negation, w.claimed.tokens[l.at].low}
		}
	}
	for _, l := range s.claims.negations {
		if !l.hard {
			continue
		}
		what := Finding{Negation, s.claims.tokens[l.at].low}
		if len(w.claimed.negations) == 0 {
			return what
		}
		found := len(l.heads) == 0
		for _, h := range l.heads {
			found = found || limited(w.claimed.negations, h) || !w.claimed.content(c).stems[h]
		}
		if !found {
			return what
		}
	}
	if s.claims.hard() > len(w.claimed.negations) {
		return Finding{Negation, "not"}
	}
	return Finding{}
}

// hedges looks for the sentence's reserve in the fact.
func (c *Checker) hedges(s *statement, w *window) Finding {
	var need, needHard int
	var last string
	for _, l := range w.claimed.hedges {
		if _, ok := c.kept(l, &w.claimed, &s.claims); ok {
			need++
			last = w.claimed.tokens[l.at].low
			if l.hard {
				needHard++
			}
		}
	}
	have, haveHard := len(s.claims.hedges), 0
	for _, l := range s.claims.hedges {
		if l.hard {
			haveHard++
		}
	}
	if have < need || haveHard < needHard {
		return Finding{Hedge, last}
	}
	return Finding{}
}

// clause returns the content stems of the tokens around i up to the next
// clause's end on each side: back and ahead.
func (c *Checker) clause(ts []token, from, step int) []string {
	var out []string
	for j := from; j >= 0 && j < len(ts); j += step {
		t := ts[j]
		if t.kind == mark && containsRune(",;:—–.", t.low) || c.lex.parts.Has(t.low) {
			break
		}
		c.each(t, func(unit string) { out = append(out, unit) })
	}
	return out
}

// conditions looks for the sentence's conditions in the fact, where it keeps
// what they bear on.
func (c *Checker) conditions(s *statement, w *window) Finding {
	if len(s.claims.conditions) > 0 {
		return Finding{}
	}
	ts := w.claimed.tokens
	for _, i := range w.claimed.conditions {
		main := c.clause(ts, i-1, -1)
		if len(main) == 0 { // "If it rains, the match ends": what follows the comma
			j := i
			for j < len(ts) && ts[j].low != "," {
				j++
			}
			main = c.clause(ts, j+1, 1)
			if len(main) > 2 {
				main = main[:2]
			}
		} else if len(main) > 2 {
			main = main[:2] // the words just before "if"
		}
		all := len(main) > 0
		for _, m := range main {
			all = all && s.claims.content(c).stems[m]
		}
		if all {
			return Finding{Condition, ts[i].low}
		}
	}
	return Finding{}
}

// speakers looks for who says it, where the fact keeps what is said.
func (c *Checker) speakers(s *statement, w *window) Finding {
	if s.claims.sources {
		return Finding{}
	}
	ts := w.claimed.tokens
	for _, i := range w.claimed.sayings {
		said := c.said(ts, i)
		found := 0
		for _, unit := range said {
			if s.claims.content(c).stems[unit] {
				found++
			}
		}
		if found >= 2 && found*2 >= len(said) || found >= 4 {
			return Finding{Speaker, ts[i].low}
		}
	}
	return Finding{}
}

// said returns the content stems of what the saying at i reports.
func (c *Checker) said(ts []token, i int) []string {
	// ", police said." stands behind what is said; "police said that" before.
	comma := -1
	for j := i - 1; j >= 0 && j >= i-10; j-- {
		if ts[j].kind == mark && (ts[j].low == "," || quoteMark(ts[j].low)) {
			comma = j
			break
		}
	}
	end := i + 1
	for end < len(ts) && !(ts[end].kind == mark && containsRune(",;.\"”“", ts[end].low)) {
		end++
	}
	rest := 0
	for _, t := range ts[i+1 : end] {
		c.each(t, func(string) { rest++ })
	}
	relative := false
	for j := comma + 1; comma >= 0 && j < i; j++ {
		relative = relative || c.lex.relatives.Has(ts[j].low)
	}
	var out []string
	collect := func(part []token) {
		for _, t := range part {
			c.each(t, func(unit string) { out = append(out, unit) })
		}
	}
	switch {
	case c.lex.leads.Has(ts[i].low) && i == 0: // "According to police, …": all that follows
		for end < len(ts) && ts[end].low != "," {
			end++
		}
		collect(ts[min(end+1, len(ts)):])
	case c.lex.leads.Has(ts[i].low):
		collect(ts[:i])
	case relative:
		collect(ts[i+1 : end])
	case comma > 0 && (rest <= 4 || c.closes(lowAt(ts, i+1))) && !c.lex.that.Has(lowAt(ts, i+1)):
		from := 0
		for j := comma - 1; j >= 0; j-- {
			if ts[j].low == ";" {
				from = j + 1
				break
			}
		}
		collect(ts[from:comma])
	default:
		collect(ts[i+1:])
	}
	return out
}

// closes tells words that lead from a saying to its circumstances, not to what
// is said: "said on Monday", "said today".
func (c *Checker) closes(next string) bool {
	_, day := c.lex.relative[next]
	return day || c.lex.week[next] != 0 || c.lex.stop.Has(next) && !c.lex.that.Has(next) && !c.lex.hard.Has(next) && next != "a" && next != "an"
}

func containsRune(in, one string) bool { return one != "" && strings.Contains(in, one) }
