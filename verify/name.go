package verify

import (
	"strings"
	"unicode/utf8"

	"newsdesk/internal/wordset"
)

// bearer is what stands before a last name in the article.
type bearer struct {
	first   string
	several bool // two differ: "Jane Smith" and "John Smith"
}

// names is what the article says of names.
type names struct {
	pairs  map[[2]string]bool  // capitalised words that stand side by side
	before map[string]bearer   // by a last name: what stands before it
	short  map[string][]string // by an acronym: the names that the article gives it for
}

// written is how an article writes a word.
type written uint8

const (
	capital written = 1 << iota // with a capital inside sentences
	small
)

// usualWords is how many different words an article of some length has.
const usualWords = 400

// writes says how the article writes a word.
func (c *Checker) writes(low string) written {
	if c.written == nil {
		c.written = make(map[string]written, min(len(c.tokens)/2, usualWords))
		for i := range c.tokens {
			switch t := &c.tokens[i]; {
			case t.kind != word:
			case !t.cap:
				c.written[t.low] |= small
			case !t.head:
				c.written[t.low] |= capital
			}
		}
	}
	return c.written[low]
}

// names returns the names of the article.
func (c *Checker) names() *names {
	if c.called != nil {
		return c.called
	}
	c.called = &names{pairs: map[[2]string]bool{}, before: map[string]bearer{}, short: map[string][]string{}}
	pairs, before := c.called.pairs, c.called.before
	for i := 1; i < len(c.tokens); i++ {
		t := &c.tokens[i]
		if t.kind != word || !t.cap {
			continue
		}
		p := &c.tokens[i-1]
		if p.low == "-" && i > 1 {
			p = &c.tokens[i-2]
		}
		if p.kind != word || !p.cap {
			continue
		}
		pairs[[2]string{p.low, t.low}] = true
		if titles.Has(p.low) {
			continue
		}
		if b, ok := before[t.low]; !ok {
			before[t.low] = bearer{first: p.low}
		} else if b.first != p.low {
			before[t.low] = bearer{first: b.first, several: true}
		}
	}
	c.learnShort(c.called.short)
	return c.called
}

// learnShort notes acronyms that the article explains: "World Health
// Organization (WHO)".
func (c *Checker) learnShort(short map[string][]string) {
	for i := 3; i+1 < len(c.tokens); i++ {
		t := &c.tokens[i]
		if !t.acronym || c.tokens[i-1].low != "(" || c.tokens[i+1].low != ")" {
			continue
		}
		for j := i - 2; j >= 0 && j > i-12 && c.tokens[j].kind == word; j-- {
			if c.tokens[j].cap {
				short[t.low] = append(short[t.low], c.tokens[j].low)
			}
		}
	}
}

// initials returns the acronyms that could stand for the runs of capitalised
// words in a text.
func initials(ts []token) map[string]bool {
	out := map[string]bool{}
	var b, content strings.Builder
	keep := func(s string) {
		if utf8.RuneCountInString(s) > 1 {
			out[s] = true
		}
		if s == "us" {
			out["usa"] = true // as "U.S." is read, so that it is not the pronoun
		}
	}
	flush := func() {
		keep(b.String())
		keep(content.String())
		b.Reset()
		content.Reset()
	}
	for _, t := range ts {
		r, n := utf8.DecodeRuneInString(t.low)
		switch {
		case t.kind == word && t.cap:
			b.WriteRune(r)
			content.WriteRune(r)
		case t.kind == word && len(t.low) <= 3 && b.Len() > 0 && n > 0:
			keep(b.String())     // the United States in Iraq: US
			content.WriteRune(r) // Department of Justice: DOJ
		case t.low == "-" || t.low == "&":
		default:
			flush()
		}
		if b.Len() > 40 {
			flush()
		}
	}
	flush()
	return out
}

// root takes the ending of a people or an adjective from a name: Israel and
// Israeli, Russia and Russian have one root.
func root(low string) string {
	if alias, ok := aliases[low]; ok {
		return alias
	}
	for _, end := range [...]string{"ians", "ian", "eans", "ean", "ans", "ese", "ish", "ia", "an", "is", "i", "s", "n", "a"} {
		if r, ok := strings.CutSuffix(low, end); ok && utf8.RuneCountInString(r) >= 4 {
			return r
		}
	}
	return low
}

// nameRun is a run of capitalised words, the tokens [lo, hi).
type nameRun struct{ lo, hi int }

// nameRuns finds the names in a text. Words that have a capital only because
// they begin a sentence do not count; proper says which do.
func nameRuns(ts []token, proper func(token) bool) []nameRun {
	var out []nameRun
	for i := 0; i < len(ts); i++ {
		if ts[i].kind != word || !ts[i].cap || ts[i].head && !proper(ts[i]) || units[ts[i].low] != 0 {
			continue
		}
		j := i + 1
		for j < len(ts) && (ts[j].kind == word && ts[j].cap || ts[j].low == "-" && j+1 < len(ts) && ts[j+1].kind == word && ts[j+1].cap && ts[j].start == ts[j-1].end) {
			j++
		}
		lo := i
		for lo+1 < j && common.Has(ts[lo].low) {
			lo++ // "The United States"
		}
		out = append(out, nameRun{lo, j})
		i = j
	}
	return out
}

// addNames notes what stands beside each name of a sentence.
func addNames(out *slots, ts []token) {
	for _, n := range nameRuns(ts, func(t token) bool { return !common.Has(t.low) }) {
		for k := n.lo; k < n.hi; k++ {
			if ts[k].kind == word {
				out.add(ts, n.lo, n.hi, ts[k].low)
			}
		}
	}
}

// properNames looks for the fact's names.
func (c *Checker) properNames(s *statement, w *window) Finding {
	proper := func(t token) bool {
		if c.lex.stop.Has(t.low) || c.lex.week[t.low] != 0 || c.lex.month[t.low] != 0 {
			return false
		}
		as := c.writes(t.low)
		return as&capital != 0 || t.acronym || as&small == 0 && !c.lex.agents.Has(t.low)
	}
	for _, n := range nameRuns(s.tokens, proper) {
		if c.lex.nouns && n.hi-n.lo == 1 { // every noun has a capital: it is read as content
			continue
		}
		if got := c.name(s, w, n); !got.Supported() {
			return got
		}
	}
	return Finding{}
}

func (c *Checker) name(s *statement, w *window, n nameRun) Finding {
	ts := s.tokens
	var keys []string
	var all, some place = inCited | near | far, 0
	for k := n.lo; k < n.hi; k++ {
		t := ts[k]
		if t.kind != word || c.lex.stop.Has(t.low) && !t.acronym || c.lex.week[t.low] != 0 || c.lex.month[t.low] != 0 {
			continue
		}
		keys = append(keys, t.low)
		at := w.name(t.low)
		all &= at
		some |= at
	}
	missing := Finding{Name, s.text[ts[n.lo].start:ts[n.hi-1].end]}
	switch {
	case len(keys) == 0:
		return Finding{}
	case all&inCited != 0:
		if w.names().swapped(ts, n.lo, n.hi, keys) {
			return missing
		}
		return Finding{}
	case some&inCited != 0:
		if c.fullName(keys, w) || all != 0 && len(keys) > 0 && !w.names().taken(ts, n.lo, n.hi, keys) {
			return Finding{}
		}
		return missing
	case c.abbreviated(keys, w):
		return Finding{}
	case some != 0:
		if (all != 0 || c.fullName(keys, w)) && !w.names().taken(ts, n.lo, n.hi, keys) && c.stands(ts, n, w, keys) {
			return Finding{}
		}
	}
	return missing
}

// stands says whether a name that only the neighbours have may stand where the
// fact has it: in the place of a pronoun of the cited sentence, of what it opens
// with ("The company"), or beside a word that it has beside it there.
func (c *Checker) stands(ts []token, n nameRun, w *window, keys []string) bool {
	b := beside(ts, n.lo, n.hi)
	pronoun, around := w.beside()
	if pronoun.any(slot{left: b.left, side: rightOf}) || pronoun.any(slot{right: b.right, side: leftOf}) {
		return true
	}
	if b.left == "" && (c.lex.stop.Has(lowAt(w.tokens, w.cited)) || w.tokens[w.cited].kind == mark) {
		return true
	}
	return around.has(slot{left: b.left, side: rightOf}, keys) && !common.Has(b.left) || around.has(slot{right: b.right, side: leftOf}, keys) && !common.Has(b.right)
}

// name says where the window has a name, or an adjective of it.
func (w *window) name(low string) place {
	if at := w.word(low); at != 0 {
		return at
	}
	return w.root(root(low))
}

// fullName says whether the article calls somebody by this whole name, and
// nobody else by the same last one.
func (c *Checker) fullName(keys []string, w *window) bool {
	for i := 1; i < len(keys); i++ {
		if !c.names().pairs[[2]string{keys[i-1], keys[i]}] && !titles.Has(keys[i-1]) {
			return false
		}
	}
	if len(keys) < 2 {
		return false
	}
	last := keys[len(keys)-1]
	if c.names().before[last].several {
		return w.word(keys[0]) != 0 && w.word(last) != 0
	}
	return true
}

// abbreviated says whether the window has the acronym of a name, or the name of
// an acronym.
func (c *Checker) abbreviated(keys []string, w *window) bool {
	if len(keys) == 1 {
		if w.initial(keys[0]) {
			return true
		}
		parts := c.names().short[keys[0]]
		for _, part := range parts {
			if w.word(part) == 0 {
				return false
			}
		}
		return len(parts) > 0
	}
	var b strings.Builder
	for _, k := range keys {
		r, _ := utf8.DecodeRuneInString(k)
		b.WriteRune(r)
	}
	short := b.String()
	if short == "us" {
		short = "usa" // as "U.S." is read
	}
	return w.word(short)&inCited != 0
}

// titles stand before a name and are no part of it.
var titles = wordset.Of(`mr mrs ms dr prof sir dame lord lady president minister chancellor senator sen rep gov governor mayor judge justice general gen colonel col captain capt sgt
	sergeant officer detective chief king queen prince princess pope father rev reverend bishop imam sheikh secretary director chairman ceo coach representative
	congressman congresswoman ambassador deputy prime vice former the don doña herr frau señor señora monsieur madame presidente ministro président ministre präsident`)

// aliases are names of one country or people that do not look alike.
var aliases = map[string]string{
	"usa": "usa", "american": "usa", "americans": "usa", "america": "usa", "uk": "britain", "britain": "britain", "british": "britain", "britons": "britain",
	"france": "france", "french": "france", "germany": "germany", "german": "germany", "germans": "germany", "spain": "spain", "spanish": "spain",
	"greece": "greece", "greek": "greece", "greeks": "greece", "china": "china", "chinese": "china", "turkey": "turkey", "turkish": "turkey", "turks": "turkey",
	"netherlands": "netherlands", "dutch": "netherlands", "denmark": "denmark", "danish": "denmark", "danes": "denmark", "poland": "poland", "polish": "poland",
	"poles": "poland", "sweden": "sweden", "swedish": "sweden", "ireland": "ireland", "irish": "ireland", "wales": "wales", "welsh": "wales",
	"niger": "niger", "nigeria": "nigeria", "nigerian": "nigeria", "norway": "norway", "norwegian": "norway", "ukraine": "ukraine", "ukrainian": "ukraine",
	"peru": "peru", "peruvian": "peru", "philippines": "philippines", "filipino": "philippines", "switzerland": "switzerland", "swiss": "switzerland",
	"thailand": "thailand", "thai": "thailand", "mexico": "mexico", "mexican": "mexico", "argentina": "argentina", "argentine": "argentina", "argentinian": "argentina",
}
