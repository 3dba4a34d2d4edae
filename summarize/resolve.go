package summarize

import (
	"slices"
	"strings"
	"unicode"

	"newsdesk/internal/wordset"
)

// resolve puts a name where an English sentence opens with a pronoun whose
// antecedent is certain, and "The" where it opens with "These" of something
// just told. It returns the text as it is where it need not, and false where
// it cannot.
func (d *document) resolve(i int, s string) (string, bool) {
	if d.lang != "en" {
		return s, true
	}
	s = speakerFirst(s)
	if !dangling(s, "en") {
		return s, true
	}
	w, rest, _ := strings.Cut(s, " ")
	next := firstWord(rest)
	switch w {
	case "He", "She":
		if n := d.speaker(i, w, next); n != "" {
			return n + " " + rest, true
		}
		if n := d.subject(i, w); n != "" && !strings.Contains(rest, lastName(n)) {
			return n + " " + rest, true
		}
	case "His", "Her":
		if n := d.subject(i, map[string]string{"His": "He", "Her": "She"}[w]); n != "" && !strings.Contains(rest, lastName(n)) {
			return n + "'s " + rest, true
		}
	case "It":
		if n := d.body(i); n != "" && agent.Has(next) && !strings.Contains(rest, n) {
			return n + " " + rest, true
		}
	case "The":
		after, found := strings.CutPrefix(rest, next)
		if n := d.body(i); n != "" && found && bodies.Has(next) && !strings.Contains(rest, n) {
			if strings.HasPrefix(after, " ") && verbAhead(after) || strings.HasPrefix(after, "'s ") {
				return n + after, true
			}
		}
	case "These", "Those", "This", "That":
		if t, ok := d.demonstrative(i, rest); ok {
			return t, true
		}
	case "Some": // Some 35,000 people
		if rest != "" && isDigit(rest[0]) {
			return "About " + rest, true
		}
	case "One": // One person died
		if len(next) > 2 && unicode.IsLower(firstRune(rest)) && !englishStops.Has(next) && !auxiliary.Has(next) && !finite.Has(next) && !sayings.Has(next) && !strings.HasSuffix(next, "ed") {
			return indefinite(next) + " " + rest, true
		}
	case "Both":
		if n := firstWord(rest); !dangling(capital(rest), "en") && unicode.IsUpper(firstRune(rest)) && strings.Contains(rest, n) && strings.Contains(rest[:min(len(rest), 60)], " and ") {
			return capital(rest), true
		}
	case "Earlier", "Later", "So":
		head, tail, found := strings.Cut(s, ", ")
		if found && countWords(head) <= 4 && (w != "So" || head == "So far") && countWords(tail) <= 16 && len(head) > len(w) && !strings.ContainsAny(tail, ",;\"“") &&
			!strings.Contains(tail, " that ") && strings.HasSuffix(tail, ".") && !dangling(capital(tail), "en") {
			return capital(strings.TrimSuffix(tail, ".")) + " " + strings.ToLower(head[:1]) + head[1:] + ".", true
		}
	}
	return s, false
}

// indefinite is the indefinite article that goes before a word.
func indefinite(next string) string {
	if strings.ContainsRune("aeio", rune(next[0])) && !strings.HasPrefix(next, "one") {
		return "An"
	}
	return "A"
}

// speakerFirst turns a quotation followed by its speaker around, so that the
// sentence opens with who says it: "We won," Ana Ruiz said. It leaves alone
// what it cannot read for certain.
func speakerFirst(s string) string {
	open, shut := `"`, `"`
	if strings.HasPrefix(s, "“") {
		open, shut = "“", "”"
	} else if !strings.HasPrefix(s, open) {
		return s
	}
	quote, rest, found := strings.Cut(s[len(open):], shut)
	if !found || len(quote) < 10 || strings.ContainsAny(rest, "\"“”:;") || !strings.HasSuffix(quote, ",") {
		return s
	}
	f := strings.Fields(strings.TrimSuffix(strings.TrimSpace(rest), "."))
	if len(f) < 2 || len(f) > 9 || strings.Contains(rest, ",") {
		return s
	}
	who, verb, tail := f[:0:0], "", f[:0:0]
	switch {
	case speech.Has(f[0]) && unicode.IsUpper(firstRune(f[1])): // said Ana Ruiz
		verb, who = f[0], f[1:]
	default:
		for i, w := range f {
			if speech.Has(w) && i > 0 {
				who, verb, tail = f[:i], w, f[i+1:]
				break
			}
		}
	}
	if verb == "" || verb == "told" && len(tail) == 0 || !unicode.IsUpper(firstRune(who[0])) && who[0] != "the" && who[0] != "a" {
		return s
	}
	for _, w := range tail {
		if sayings.Has(w) || w == "as" || w == "and" || w == "when" || w == "while" || w == "after" {
			return s
		}
	}
	lead := strings.Join(slices.Concat(who, []string{verb}, tail), " ")
	return capital(lead) + ": " + open + strings.TrimSuffix(quote, ",") + "." + shut
}

// agent are verbs whose "It" is an organisation.
var agent = wordset.Of(`said says announced plans planned employs operates denied declined confirmed apologised apologized agreed hopes expects owns sells
	makes reported warned insisted argued accused filed added wants`)

// bodies are nouns that stand for an organisation named before.
var bodies = wordset.Of(`company firm group agency bank airline retailer carmaker automaker organisation organization charity manufacturer broadcaster
	brand chain team club party union network university`)

// verbAhead tells whether a text goes on with a verb.
func verbAhead(s string) bool {
	f := strings.Fields(s)
	if len(f) == 0 {
		return false
	}
	if w := f[0]; w == "also" || w == "later" || w == "now" || w == "reportedly" {
		f = f[1:]
	}
	return len(f) > 0 && (auxiliary.Has(f[0]) || agent.Has(f[0]) || finite.Has(f[0]) || len(f[0]) > 4 && strings.HasSuffix(f[0], "ed"))
}

// body returns the organisation that the sentence before i opens with, "" where
// it names another beside it.
func (d *document) body(i int) string {
	for back := 1; back <= 2 && i-back >= 0; back++ {
		s := &d.sents[i-back]
		if s.quoted || s.Paragraph < d.sents[i].Paragraph-1 {
			return ""
		}
		n := ""
		for _, m := range s.names {
			switch {
			case m.kind == locus && m.in, m.place.adjective && m.kind == locus:
			case m.kind == person || m.kind == other && givenTo(m.text) != 0:
			case m.kind != other:
				return ""
			case n == "" && (m.lead || back > 1):
				n = m.text
			case m.text != n && !strings.Contains(m.text, n):
				return ""
			case n == "":
				return ""
			}
		}
		if n != "" {
			if d.full[lastName(n)] == "" && len(n) > 2 {
				return n
			}
			return ""
		}
		if !strings.HasPrefix(s.Text, "It ") && !strings.HasPrefix(s.Text, "The ") {
			return ""
		}
	}
	return ""
}

func lastName(n string) string { return n[strings.LastIndexByte(n, ' ')+1:] }

// lookBack is how many sentences before a pronoun are searched for the one
// person it may stand for.
const lookBack = 4

// subject returns the full name that a pronoun at the head of sentence i
// stands for, "" where that is not certain: the sentences just before must
// name one person only, who there acts or speaks, and every sentence between
// must go on with the same pronoun.
func (d *document) subject(i int, pronoun string) string {
	full := ""
	for back := 1; back <= lookBack && i-back >= 0; back++ {
		s := &d.sents[i-back]
		if s.Paragraph < d.sents[i].Paragraph-2 {
			break
		}
		acts := false
		for _, n := range s.names {
			if !d.personal(n) {
				continue
			}
			f := d.fullName(n.text)
			if otherwise(f, pronoun) {
				continue // the pronoun cannot stand for them
			}
			if full != "" && f != full {
				return "" // a second person
			}
			full = f
			acts = acts || n.lead || n.actor || titlesOnly(s.Text[:n.start])
		}
		if full != "" {
			if !acts && back == 1 {
				return ""
			}
			if back >= 2 || titlesOnly(s.Text[:max(0, d.firstPerson(s))]) {
				break // nobody before is nearer
			}
			continue
		}
		if !strings.Contains(" "+strings.ToLower(s.Text)+" ", " "+strings.ToLower(pronoun)+" ") {
			return ""
		}
	}
	if full == "" || !d.bears(full, pronoun) {
		return ""
	}
	return full
}

// speaker returns the full name of the one who speaks in the sentence before i,
// where sentence i goes on with what a person said: "He added". It is "" where
// more than one or nobody named speaks there.
func (d *document) speaker(i int, pronoun, verb string) string {
	if !speech.Has(verb) || i == 0 || d.sents[i-1].Paragraph < d.sents[i].Paragraph-1 {
		return ""
	}
	s := &d.sents[i-1]
	full := ""
	for _, n := range s.names {
		if !d.personal(n) || !speech.Has(firstWord(strings.TrimLeft(s.Text[n.end:], " "))) {
			continue
		}
		f := d.fullName(n.text)
		if full != "" && full != f || otherwise(f, pronoun) {
			return ""
		}
		full = f
	}
	if full == "" || !d.bears(full, pronoun) {
		return ""
	}
	return full
}

// bears tells a name that a person bears for whom the pronoun may stand.
func (d *document) bears(full, pronoun string) bool {
	first, _, several := strings.Cut(full, " ")
	g := given()[strings.ToLower(first)]
	return !(pronoun == "He" && g == 's' || pronoun == "She" && g == 'h' || g == 0 && !d.known(full) || !several && g != 0)
}

// otherwise tells a person for whom a pronoun cannot stand, by the given name.
func otherwise(full, pronoun string) bool {
	first, _, several := strings.Cut(full, " ")
	g := given()[strings.ToLower(first)]
	return several && (pronoun == "He" && g == 's' || pronoun == "She" && g == 'h')
}

// firstPerson returns the byte at which the first person of a sentence is
// named, -1 where none is.
func (d *document) firstPerson(s *sentence) int {
	for _, n := range s.names {
		if d.personal(n) {
			return n.start
		}
	}
	return -1
}

// personal tells a name that may be a person's.
func (d *document) personal(n name) bool {
	switch n.kind {
	case person:
		return true
	case locus, office:
		return false
	}
	if d.full[n.text] != "" {
		return true
	}
	last := lastName(n.text)
	first, _, several := strings.Cut(n.text, " ")
	return several && !orgEnds.Has(last) && !headNouns.Has(last) && !nobodies.Has(first) && strings.ToUpper(n.text) != n.text && !strings.Contains(n.text, " of ")
}

// nobodies open names of two words that no person bears.
var nobodies = wordset.Of(`National International United European American British Australian Canadian Indian African Asian Royal Federal Central Supreme World Global
	Air Virgin Sky Boston Wall White Associated General Democratic Republican Labour Conservative Social Public Human Civil Foreign Home Justice Health
	Environmental Economic Financial Olympic Premier Major Super Middle Latin Northern Southern Eastern Western North South East West New The`)

// known tells a name that somewhere in the article has a title or speaks.
func (d *document) known(full string) bool {
	for i := range d.sents {
		for _, n := range d.sents[i].names {
			if n.kind == person && d.fullName(n.text) == full {
				return true
			}
		}
	}
	return false
}

func titlesOnly(s string) bool {
	for w := range strings.FieldsSeq(s) {
		w = strings.Trim(w, ".,\"“'")
		if w != "" && !titles.Has(w) && (unicode.IsUpper(firstRune(w)) || places()[w].name == "") {
			if _, ok := places()[w]; !ok {
				return false
			}
		}
	}
	return true
}

// demonstrative turns "These airstrikes mark" into "The U.S. airstrikes mark"
// where the noun was used just before, with the name that stood before it.
func (d *document) demonstrative(i int, rest string) (string, bool) {
	noun := firstWord(rest)
	if len(noun) < 4 || vague.Has(noun) || auxiliary.Has(noun) {
		return "", false
	}
	at := d.vocab.met(noun)
	for back := 1; back <= 2 && i-back >= 0; back++ {
		s := &d.sents[i-back]
		if s.quoted {
			return "", false
		}
		for j := len(s.words) - 1; j > 0; j-- {
			if int(s.words[j].known) != at {
				continue
			}
			before := ""
			for _, n := range s.names {
				if n.inner && n.end+1 == int(s.words[j].start) {
					before = s.Text[n.start:n.end] + " "
				}
			}
			if before == "" && back > 1 {
				continue
			}
			return "The " + before + rest, true
		}
	}
	return "", false
}

// fullName returns the full name of a person known by a part of it.
func (d *document) fullName(n string) string {
	if f := d.full[n]; f != "" {
		return f
	}
	return n
}

// learnNames notes which last names belong to which full names, where only
// one bears them.
func (d *document) learnNames() {
	d.full = make(map[string]string)
	for i := range d.sents {
		for _, n := range d.sents[i].names {
			if n.kind == locus || n.kind == office || !strings.Contains(n.text, " ") {
				continue
			}
			last := lastName(n.text)
			if n.kind != person && givenTo(n.text) == 0 {
				continue
			}
			if was, ok := d.full[last]; ok && was != n.text {
				if !strings.HasSuffix(n.text, was) && !strings.HasSuffix(was, n.text) {
					d.full[last] = "" // two bear it
				}
				continue
			}
			d.full[last] = n.text
		}
	}
}
