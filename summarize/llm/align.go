package llm

import (
	"slices"
	"strings"

	"newsdesk/internal/wordset"
)

// alignment lays a fact's content words over those of the sentences it is
// checked against, in the longest common order.
type alignment struct {
	fact, src []token
	to        []int        // for each token of the fact: its place in src, -1 for none
	exempt    map[int]bool // tokens of the fact in the clause that says who says it
	touched   map[int]bool // clauses of src that the fact takes words from
}

func align(fact, src []token) alignment {
	a := alignment{fact: fact, src: src, to: make([]int, len(fact)), exempt: sayer(fact), touched: map[int]bool{}}
	for i := range a.to {
		a.to[i] = -1
	}
	f, s := contents(fact), contents(src)
	f = slices.DeleteFunc(f, func(i int) bool { return a.exempt[i] })
	// length[i][j] is the longest common order of f[i:] and s[j:].
	length := make([][]int, len(f)+1)
	for i := range length {
		length[i] = make([]int, len(s)+1)
	}
	for i, at := range slices.Backward(f) {
		for j, in := range slices.Backward(s) {
			if fact[at].key == src[in].key {
				length[i][j] = length[i+1][j+1] + 1
			} else {
				length[i][j] = max(length[i+1][j], length[i][j+1])
			}
		}
	}
	for i, j := 0, 0; i < len(f) && j < len(s); {
		switch {
		case fact[f[i]].key == src[s[j]].key && length[i][j] == length[i+1][j+1]+1:
			a.to[f[i]] = s[j]
			a.touched[src[s[j]].clause] = true
			i, j = i+1, j+1
		case length[i+1][j] >= length[i][j+1]:
			i++
		default:
			j++
		}
	}
	return a
}

// sayer returns the tokens of the short clause of a fact that only says who says
// the rest: it may stand before or after it.
func sayer(fact []token) map[int]bool {
	out := map[int]bool{}
	for i, t := range fact {
		if t.kind != speech {
			continue
		}
		clause, rest := []int{}, 0
		for j, u := range fact {
			switch {
			case u.kind == content && u.clause == t.clause:
				clause = append(clause, j)
			case u.kind == content:
				rest++
			}
		}
		if len(clause) <= maxSayer && rest >= minContent {
			for _, j := range clause {
				out[j] = true
			}
		}
		// "X said Y" in one clause: what stands before the verb.
		if rest == 0 && i > 0 {
			var before []int
			for _, j := range clause {
				if j < i {
					before = append(before, j)
				}
			}
			if len(before) <= maxSayer && len(clause)-len(before) >= minContent {
				for _, j := range before {
					out[j] = true
				}
			}
		}
	}
	return out
}

// ordered wants all of the fact's words in the order of the sentence, and the
// same marks before each: "by", "to", "not", "may". With a word or two out of
// order, who did it to whom can already be turned round.
func ordered(a alignment) Verdict {
	for i, t := range a.fact {
		switch {
		case t.kind != content || a.exempt[i] || a.to[i] >= 0:
		case t.number:
			return NumberMoved
		default:
			return OtherOrder
		}
	}
	for i, t := range a.fact {
		if a.to[i] < 0 {
			continue
		}
		if s := a.src[a.to[i]]; !sameMarks(t.gov, s.gov) {
			if slices.Contains(t.gov, markNot) != slices.Contains(s.gov, markNot) {
				return Polarity
			}
			return Hedge
		}
	}
	return Kept
}

// begins wants what a fact takes from a sentence to begin where the sentence does,
// or at a clause of it that does not stand after a colon. Who says it may be skipped where the fact says it
// elsewhere. So nothing is cut out from under what governs it: of "tell them that
// the port is closed" and of "answer: the port is closed" no fact is made.
func begins(a alignment) Verdict {
	said := map[string]bool{}
	first := map[int]int{} // sentence to the first word taken from it
	for i, t := range a.fact {
		if a.exempt[i] {
			said[t.key] = true
		} else if at := a.to[i]; at >= 0 {
			if _, ok := first[a.src[at].sent]; !ok {
				first[a.src[at].sent] = at
			}
		}
	}
	for sent, at := range first {
		for _, t := range a.src[:at] {
			if t.sent == sent && t.kind == content && !said[t.key] && (a.src[at].colon || t.clause == a.src[at].clause) {
				return Beginning
			}
		}
	}
	return Kept
}

// sameMarks compares the marks before a word, whatever their order.
func sameMarks(a, b []string) bool {
	for _, m := range a {
		if !slices.Contains(b, m) {
			return false
		}
	}
	for _, m := range b {
		if !slices.Contains(a, m) {
			return false
		}
	}
	return true
}

// countsSame wants each number's neighbours in the fact near that number in the
// sentence.
func countsSame(a alignment) Verdict {
	f, s := contents(a.fact), contents(a.src)
	near := func(at int, key string) bool {
		p := slices.Index(s, at)
		for q := max(0, p-nearNumber); q <= min(len(s)-1, p+nearNumber); q++ {
			if a.src[s[q]].key == key {
				return true
			}
		}
		return false
	}
	for n, i := range f {
		if !a.fact[i].number {
			continue
		}
		for _, m := range []int{n - 1, n + 1} {
			if m < 0 || m >= len(f) || a.fact[f[m]].clause != a.fact[i].clause || a.exempt[f[m]] {
				continue
			}
			if a.exempt[i] || !near(a.to[i], a.fact[f[m]].key) {
				return NumberMoved
			}
		}
	}
	return Kept
}

// polarity wants every negation, hedge, condition and turning word of the clauses
// that the fact takes words from, and no others.
func polarity(a alignment) Verdict {
	had, has := map[string]int{}, map[string]int{}
	note := func(into map[string]int, t token) {
		switch {
		case t.turns:
			into["turn "+t.key]++
		case t.kind == mark && (t.class == markNot || t.class == markIf || t.class == markMay || t.class == markWill || hedges.Has(t.class)):
			into[t.class]++
		}
	}
	for _, t := range a.src {
		if a.touched[t.clause] || t.class == markIf {
			note(had, t)
		}
	}
	for _, t := range a.fact {
		note(has, t)
	}
	verdict := Kept
	differs := func(m string) {
		switch {
		case had[m] == has[m]:
		case m == markNot || strings.HasPrefix(m, "turn "):
			verdict = Polarity
		case verdict == Kept:
			verdict = Hedge
		}
	}
	for m := range had {
		differs(m)
	}
	for m := range has {
		differs(m)
	}
	return verdict
}

// hedges are the marks that say that something is not certain, in every language
// of the lexicons.
var hedges = wordset.Of(`claim reportedly allegedly apparently possibly probably likely unlikely perhaps suspected alleged believed expected thought estimated planned proposed potential
	presuntamente posiblemente probablemente supuesto supuesta probablement présumé présumée angeblich möglicherweise wahrscheinlich vermutlich mutmaßlich mutmaßliche
	supostamente possivelmente provavelmente suposto suposta presunto presunta forse probabilmente vermoedelijk mogelijk waarschijnlijk`)

// speaks wants it said who says something where the sentence says so, and the
// same speaker.
func speaks(a alignment) Verdict {
	said := map[string]bool{} // words of those who speak in the sentences
	attributed := false
	for j, t := range a.src {
		if t.kind == speech {
			attributed = true
			for _, k := range spokenBy(a.src, j) {
				said[a.src[k].key] = true
			}
		}
	}
	claims := false
	for i, t := range a.fact {
		if t.kind != speech {
			continue
		}
		claims = true
		by := speakers(a.fact, i)
		if len(by) == 0 || slices.ContainsFunc(by, func(j int) bool { return !said[a.fact[j].key] }) {
			return Speaker
		}
	}
	if attributed && !claims {
		return Speaker
	}
	return Kept
}

// speakers returns the content words of a fact that name who says it: those of
// the speaker's clause, else those before the verb.
func speakers(fact []token, verb int) []int {
	out := make([]int, 0, maxSayer)
	exempt := sayer(fact)
	for i := range fact {
		if exempt[i] && fact[i].clause == fact[verb].clause && named(fact, i, verb) {
			out = append(out, i)
		}
	}
	if len(out) > 0 {
		return out
	}
	return spokenBy(fact, verb)
}

// named reports whether a word of the speaker's clause names the speaker: it stands
// before the verb, or the verb comes first. "Said in a letter on Tuesday" names
// nobody after the verb.
func named(ts []token, i, verb int) bool {
	if i < verb {
		return true
	}
	for j := verb - 1; j >= 0 && ts[j].clause == ts[verb].clause; j-- {
		if ts[j].kind == content {
			return false
		}
	}
	return true
}

// spokenBy returns the content words that may name the speaker of a verb: those
// before it in its clause. Where there are none it is those after it ("said Mayor
// Voss"), those of a short clause before it ("the head of the office, Ida Lund,
// told"), or, where what was said follows, those that open the sentence ("the
// company, an aside, said it would").
func spokenBy(ts []token, verb int) []int {
	var before, after, opening, beside []int
	first, last := -1, -1
	for i, t := range ts {
		if t.kind != content || t.sent != ts[verb].sent {
			continue
		}
		if first < 0 {
			first = t.clause
		}
		switch {
		case t.clause == ts[verb].clause && i < verb:
			before = append(before, i)
		case t.clause == ts[verb].clause:
			after = append(after, i)
		case i < verb:
			if t.clause != last {
				beside, last = nil, t.clause
			}
			beside = append(beside, i)
			if t.clause == first {
				opening = append(opening, i)
			}
		}
	}
	if len(before) > 0 && ts[verb].lower != "according" {
		return before
	}
	said := verb+1 < len(ts) && resumes.Has(ts[verb+1].lower)
	if said && len(opening) <= maxSayer {
		return opening
	}
	out := after[:min(len(after), maxInverted):min(len(after), maxInverted)]
	if len(beside) <= maxBeside {
		out = append(out, beside...)
	}
	return out
}

// resumes are words after which a verb of speech is followed by what was said and
// not by who said it.
var resumes = wordset.Of(`it that he she they we there its his her their in on at que qu il elle ils elles er sie es dass wir ele ela eles che lui lei hij zij ze dat`)
