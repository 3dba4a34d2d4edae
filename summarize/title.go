package summarize

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"newsdesk/internal/pattern"
	"newsdesk/internal/wordset"
)

// Titles leave out articles and auxiliaries and write many words with a capital,
// so that what cuts sentences does not see their parts.

// wireMarks are what agencies set before a title that is sent again.
var wireMarks = pattern.MustCompile(`^(?:UPDATE|WRAPUP|REFILE|CORRECTED|RPT|ADVISORY|TIMELINE|FACTBOX|EXCLUSIVE)(?: ?\d{1,2})?(?:-[A-Z]{2,10})?[-–:] ?`)

// Openings of closing clauses that a title states beside what happened, in small
// letters, each with a blank on both sides.
var (
	// besideClauses open a clause of its own; "as" only before what is surely one.
	besideClauses = [...]string{" after ", " amid ", " following ", " ahead of ", " while ", " as he ", " as she ", " as they ", " as it ", " in the wake of ", " in response to ", " in a bid to ", " in an effort to ", " as part of ", " in connection with "}
	// besidePlaces open a place or a time: they go only where the statement holds
	// without them, which no "first" and no "not" lets.
	besidePlaces = [...]string{" in ", " at ", " near ", " outside ", " during ", " next week", " this week", " next month", " this month", " this year", " next year"}
	// narrows are words with which a statement holds only within what follows.
	narrows = wordset.Of(`first last only most least best worst biggest largest smallest highest lowest longest oldest youngest deadliest record every all any none
		few half percent majority number third quarter more less fewer than how why what who whether when where between and or nor both best-selling no.`)
	// happenings end a label that says only which story a title belongs to.
	happenings = wordset.Of(`collapse crash fire shooting election elections earthquake quake storm hurricane wildfire wildfires flood floods attack attacks war
		trial crisis strike protests protest pandemic outbreak summit probe inquiry scandal explosion blast siege hearing hearings vote budget ceasefire
		talks disaster coup invasion conflict case`)
	// leansOn are words whose meaning a place or a time completes.
	leansOn = wordset.Of(`believe believes interest role part rise increase decrease drop fall gains gain change changes shift place participation confidence trust
		belief involvement success interests stake stakes share shares cut cuts out way look looks shot aimed good bad made hit born seen`)
	// takesAs are words before "as" that a noun must follow: "named as", "such as".
	takesAs = wordset.Of(`such well far soon long much many same known seen named cast serve serves served described used works work acts act dressed regarded
		himself herself itself themselves him her it them resigns resign quits quit back down elected appointed hired sworn sees see just`)
)

// shortTitle returns the longest safe shortening of an outlet's title that has
// at most limit characters, "" where none is known. It cuts a label that only
// names the story, a quotation that follows a statement, and closing clauses,
// places and times beside what happened. What negates, limits or attributes is
// kept, and a number goes with nothing.
func (d *document) shortTitle(s string, limit int) string {
	best := ""
	keep := func(t string) {
		t = strings.TrimRight(strings.TrimSpace(t), " ,;:–—-")
		n := utf8.RuneCountInString(t)
		if n <= limit && n >= titleLess && n > utf8.RuneCountInString(best) && countWords(t) >= 4 && balanced(t) && evenMarks(t) && !dangling(t, d.lang) && !teases(t, d.lang) {
			best = t
		}
	}
	forms := d.titleForms(s)
	for _, t := range forms {
		keep(t)
	}
	if best != "" {
		return best
	}
	for _, t := range forms {
		for range maxPeels {
			more := d.moreClosings(t)
			shortest := t
			for _, i := range more {
				keep(t[:i])
				if utf8.RuneCountInString(t[:i]) > limit && i < len(shortest) {
					shortest = t[:i]
				}
			}
			if shortest == t {
				break
			}
			t = shortest
		}
		if head, quoted := beforeQuote(t); quoted && d.states(head) {
			keep(head)
		}
		for range maxPeels {
			cut := d.closings(t)
			for _, i := range cut {
				keep(t[:i])
			}
			if len(cut) == 0 || utf8.RuneCountInString(t[:cut[0]]) <= limit {
				break
			}
			t = t[:cut[0]]
		}
	}
	if best == s {
		return ""
	}
	return best
}

// Words with which no title ends: its end was lost. What opens a clause can go
// with it; what a noun must follow leaves nothing whole.
var (
	lostClause = wordset.Of(`and or but amid amidst despite because although while if than`)
	lostNoun   = wordset.Of(`the a an their its his our my your whose`)
)

// wholeTitle makes a title whole whose end was lost on the way: "Wolves seen in
// the hills amid". It is "" where what is left is no statement, so that a fact
// takes its place.
func wholeTitle(s string) string {
	last := s[strings.LastIndexByte(s, ' ')+1:]
	switch {
	case lostNoun.Has(last), lostVerb.Has(last):
		return beforeLost(s)
	case lostClause.Has(last):
		if s = strings.TrimRight(strings.TrimSuffix(s, last), " ,;:–—-"); countWords(s) < 4 {
			return ""
		}
	}
	return s
}

// lostVerb are words that end no title either: "and how this one will".
var lostVerb = wordset.Of(`will would can could should may might is are was were has have had there's`)

// beforeLost returns what a title states before a closing part whose end was
// lost, "" where that is nothing whole: "Ministers meet rail unions at the".
func beforeLost(s string) string {
	best := ""
	for _, sep := range [...]string{" in ", " at ", " on ", " for ", " with ", " from ", " by ", " as ", " and ", " but ", " after ", " amid ", " to ", ", "} {
		if i := lastIndex(s, sep); i > len(best) && countWords(s[i:]) <= 6 && countWords(s[:i]) >= 4 && !(tellsVerb(lastLower(s[:i])) && strings.HasSuffix(s[:i], "s")) && (verbIn(strings.ToLower(s[:i])) || statesBy(s[:i], tellsVerb)) && !openEnd(s[:i]) && evenMarks(s[:i]) {
			best = s[:i]
		}
	}
	return strings.TrimRight(best, " ,;:–—-")
}

// tellsVerb tells a small-letter English word that is a verb of titles.
func tellsVerb(w string) bool {
	stem := stemmer("en")(w)
	return eventVerbs.Has(stem) || titleVerbs.Has(stem)
}

// aids are what a page shows beside a text and says so at the end of its title.
var aids = pattern.MustCompile(` *(?:\((?i:videos?|photos?|pictures|graphic|updated?|exclusive|watch|opinion|analysis|subscribers only|with video)\)|\[(?i:videos?|photos?|pictures|graphic|updated?|exclusive|watch|opinion|analysis)\])$`)

// titleLess is the least length of a shortened title, in characters.
const titleLess = 35

// learnVerbs notes which words the article uses as verbs: those that it has with
// their endings, in small letters.
func (d *document) learnVerbs() {
	d.verbs = make(map[string]bool)
	for i := range d.sents {
		for k := range d.sents[i].words {
			w := &d.sents[i].words[k]
			if lower := d.vocab.lower(w); !w.upper && len(lower) > 4 && strings.HasSuffix(lower, "ed") {
				d.verbs[d.vocab.stemOf(lower)] = true
			}
		}
	}
}

// closings returns where closing parts of a title begin that may go, the last
// first.
func (d *document) closings(s string) []int {
	lower := strings.ToLower(s)
	if len(lower) != len(s) {
		return nil
	}
	var out []int
	add := func(i int) {
		for k, j := range out {
			if i == j {
				return
			}
			if i > j {
				out = append(out[:k], append([]int{i}, out[k:]...)...)
				return
			}
		}
		out = append(out, i)
	}
	for _, c := range besideClauses {
		if i := lastIndex(lower, c); i > 0 && d.beside(s, i) && !(c == " ahead of " && aheadBy(lower[:i])) {
			add(i)
		}
	}
	if i := lastIndex(lower, " as "); i > 0 && d.beside(s, i) && !takesAs.Has(lastLower(lower[:i])) && d.states(s[i+4:]) {
		add(i)
	}
	if i := lastIndex(lower, ", "); i > 0 && strings.HasSuffix(firstWord(lower[i+2:]), "ing") && d.beside(s, i) {
		add(i)
	}
	for _, c := range besidePlaces {
		i := lastIndex(lower, c)
		if i <= 0 || !d.beside(s, i) {
			continue
		}
		loose := true
		for w := range strings.FieldsSeq(lower[:i]) {
			w = strings.Trim(w, ".,;:\"“”'‘’")
			if narrows.Has(w) || negations.Has(w) || hedges.Has(w) || conditions.Has(w) || strings.HasSuffix(w, "est") && len(w) > 5 {
				loose = false
			}
		}
		last := lastLower(lower[:i])
		bound := finite.Has(last) || sayings.Has(last) || auxiliary.Has(last) || strings.HasSuffix(last, "ed") || strings.HasSuffix(last, "ing") || eventVerbs.Has(d.vocab.stemOf(last)) || leansOn.Has(last)
		if loose && !bound && !statesBy("x"+s[i:], d.happens) && len(strings.Fields(s[i:])) <= 7 {
			add(i)
		}
	}
	return out
}

// beside tells whether what stands from i on may go from a title: it is outside
// quotation marks, bears no number, source, negation or condition, and what
// stands before is a statement.
func (d *document) beside(s string, i int) bool {
	head, rest := s[:i], s[i:]
	last := lastLower(head)
	return droppable(rest) && !hasDigit(rest) && evenMarks(head) && evenMarks(rest) && d.states(head) &&
		!strings.ContainsAny(rest, "–—") && !strings.Contains(rest, " -") && wholeAfterColon(head) && !englishStops.Has(last) && !particles.Has(last) && !endsWithQuantity(strings.ToLower(head)) && !strings.Contains(rest, ": ")
}

// wholeAfterColon tells whether what a title says after a colon is not cut to
// pieces.
func wholeAfterColon(head string) bool {
	_, tail, found := strings.Cut(head, ": ")
	return !found || countWords(tail) >= 5
}

// states tells a title, or a part of one, with a verb: one of happening or
// saying, one that titles like, an auxiliary, or the future that titles write
// with "to".
func (d *document) states(s string) bool { return statesBy(s, d.isVerb) }

// statesBy is states by what is taken for a verb.
func statesBy(s string, verb func(string) bool) bool {
	prev := ""
	for w := range strings.FieldsSeq(strings.ToLower(s)) {
		w = strings.Trim(w, ".,;:!?\"“”'‘’()")
		switch {
		case prev == "":
		case auxiliary.Has(w), finite.Has(w), sayings.Has(w):
			return true
		case plural(prev) && !strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ing") && verb(w):
			return true // "Ministers back plan"
		case prev == "to" || !strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ed") && !strings.HasSuffix(w, "t"):
		case verb(w) && !beforeAdjective.Has(prev):
			return true
		}
		if prev == "to" && (verb(w) || finite.Has(w) || auxiliary.Has(w)) {
			return true
		}
		prev = w
	}
	return false
}

// plural tells a word that may be a noun in the plural.
func plural(w string) bool {
	return len(w) > 3 && strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && !strings.HasSuffix(w, "'s") && !strings.HasSuffix(w, "’s")
}

func lastLower(s string) string {
	return strings.ToLower(strings.Trim(s[strings.LastIndexByte(s, ' ')+1:], ".,;:\"“”'‘’()"))
}

// unlabelled takes from a title a label that only says to which story it
// belongs, "" where it has none.
func unlabelled(s string) string {
	label, rest, found := strings.Cut(s, ": ")
	if !found || countWords(label) > 5 || !happenings.Has(lastLower(label)) || !unicode.IsUpper(firstRune(rest)) {
		return ""
	}
	return rest
}

// beforeQuote returns what a title states before a quotation that ends it:
// "Mayor closes bridge: ‘It was time’".
func beforeQuote(s string) (string, bool) {
	head, rest, found := strings.Cut(s, ": ")
	if !found || rest == "" || !strings.ContainsRune("\"“‘'", firstRune(rest)) || !strings.ContainsRune("\"”’'.!", lastRune(rest)) {
		return "", false
	}
	return head, evenMarks(head)
}

// evenMarks tells whether quotation marks, single ones too, are closed.
func evenMarks(s string) bool {
	single := 0
	for i, r := range s {
		if r != '\'' && r != '‘' && r != '’' {
			continue
		}
		before, _ := utf8.DecodeLastRuneInString(s[:i])
		after, _ := utf8.DecodeRuneInString(s[i+utf8.RuneLen(r):])
		if i > 0 && (unicode.IsLetter(before) || unicode.IsDigit(before)) && unicode.IsLetter(after) {
			continue // an apostrophe
		}
		if opens := i == 0 || !unicode.IsLetter(before) && !unicode.IsPunct(before) && !unicode.IsDigit(before); opens {
			single++
		} else if single > 0 {
			single--
		}
	}
	return single == 0 && strings.Count(s, `"`)%2 == 0 && strings.Count(s, "“") == strings.Count(s, "”")
}
