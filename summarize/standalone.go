package summarize

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"newsdesk/internal/pattern"
	"newsdesk/internal/wordset"
)

// Openings that point at something said before, by language. A fact that
// begins so does not stand alone.
var pointers = map[string]*wordset.Set{
	"en": wordset.Of(`he she they it his her hers their theirs its him them this that these those such both neither another others some many one we i you
		my our who which whose but and or so however meanwhile moreover furthermore also instead then still yet nevertheless therefore thus besides
		additionally similarly later earlier too because though although here there what how why when where let nor either us me your yours if
		it's he's she's they're we're that's there's i'm you're i've we've don't let's here's who's what's otherwise hence afterwards soon`),
	"es": wordset.Of(`él ella ellos ellas este esta estos estas ese esa esos esas esto eso aquel aquella su sus pero y además también así entonces sin ambos
		dicho dicha ello se le les lo yo nosotros aunque porque mientras luego después tampoco allí aquí`),
	"fr": wordset.Of(`il elle ils elles ce cette ces cet celui celle ceux son sa ses leur leurs cela ça mais et aussi ainsi donc puis alors cependant je nous
		vous on notre nos y c'est c’est ensuite car or`),
	"de": wordset.Of(`er sie es dieser diese dieses diesem diesen ihr ihre sein seine seinen aber und doch auch so dann daher deshalb dies das dort damit dabei
		dazu dagegen ich wir man zudem außerdem allerdings denn danach hier beide`),
	"pt": wordset.Of(`ele ela eles elas este esta estes estas esse essa esses essas isso isto aquele seu sua seus suas mas e também assim então além eu nós
		porém ambos depois`),
	"it": wordset.Of(`egli lui lei loro questo questa questi queste quello quella ciò suo sua suoi sue ma e anche così quindi poi però io noi inoltre si ed`),
	"nl": wordset.Of(`hij zij ze het dit dat deze die hun haar zijn maar en ook dus dan toen daarom echter ik we wij hier daar daarna`),
}

// englishPointers are those of English.
var englishPointers = pointers["en"]

// vague are nouns that, after an opening "The", name nothing by themselves.
var vague = wordset.Of(`former latter pair duo trio move incident decision announcement news statement two three four five six seven group company firm
	man woman couple boy girl suspect organisation organization actor actress singer player star teen teenager author driver pilot same
	other others video clip post tweet letter document documents message problem issue idea aim goal situation latest rest first second third
	next following question answer footage pictures images photos picture image photo story article site page list change changes above
	feature duo's victim film movie book song`)

// leaning are nouns that, after an opening "The", are understood only by those
// who know what the report is about.
var leaning = wordset.Of(`deal agreement bill law programme program trial case crime killing attack blast explosion crash accident fire event survey report
	study team ceremony meeting plan project allegations claims charges measure measures results findings figures agency victims officers
	show family condition offer officer student teacher club pair's party court judge strike strikes attacks airstrikes`)

// leans tells a text that opens with such a noun and nothing to tell it apart,
// or that speaks of "he" or "their" before it names anyone.
func leans(s, lang string) bool {
	if lang == "en" && pronounFirst(s) {
		return true
	}
	rest, ok := strings.CutPrefix(s, "The ")
	return ok && lang == "en" && leaning.Has(strings.TrimSuffix(firstWord(rest), "'s")) && !limited(rest)
}

// pronounFirst tells a text in which a personal pronoun comes before any name
// or other noun in the plural that it could stand for.
func pronounFirst(s string) bool {
	n := 0
	for w := range strings.FieldsSeq(s) {
		n++
		w = bare(w, ".,;:\"“”'()")
		if opensPronoun(w) {
			switch strings.ToLower(w) {
			case "he", "she", "his", "her", "him", "they", "their", "them", "he's", "she's", "they're":
				return n < 16
			}
		}
		if n > 1 && unicode.IsUpper(firstRune(w)) && !calendar.Has(w) && !openers.Has(w) {
			return false
		}
		if n == 1 && unicode.IsUpper(firstRune(w)) && !openers.Has(w) && !englishStops.Has(strings.ToLower(w)) && len(w) > 3 && strings.HasSuffix(w, "s") {
			return false
		}
	}
	return false
}

// opensPronoun tells a word that begins as the pronouns of third persons do. None of
// their letters has a capital beyond ASCII that begins so.
func opensPronoun(w string) bool {
	if len(w) < 2 {
		return false
	}
	switch w[0] | 0x20 {
	case 'h', 's', 't':
		return true
	}
	return false
}

// pronounAfterOpening tells a text whose opening phrase names nobody and is
// followed by a pronoun: "In high school, he was an athlete".
func pronounAfterOpening(s string) bool {
	head, rest, found := strings.Cut(s, ", ")
	if !found {
		return false
	}
	switch strings.ReplaceAll(firstWord(rest), "’", "'") {
	case "he", "she", "they", "he's", "she's", "they're", "he'd", "she'd", "they'd":
	default:
		return false
	}
	if countWords(head) > 8 {
		return false
	}
	first := true
	for w := range strings.FieldsSeq(head) {
		w = strings.TrimSuffix(strings.Trim(w, ".,;:\"“”'()"), "'s")
		if _, place := places()[w]; !first && !place && !calendar.Has(w) && unicode.IsUpper(firstRune(w)) {
			return false
		}
		if first && !leading.Has(strings.ToLower(w)) && !leadingPlace.Has(strings.ToLower(w)) && !openers.Has(w) {
			return false // "Officials say, he": a noun that it may stand for
		}
		first = false
	}
	return true
}

// tellsOfMyself tells a text in which the writer speaks of himself outside
// quotation marks.
func tellsOfMyself(s string) bool {
	quote, prev := false, ""
	for w := range strings.FieldsSeq(s) {
		if lettersOf(w) && strings.IndexByte("mMlLI", w[0]) < 0 {
			prev = w // neither he nor a quotation mark
			continue
		}
		opens := strings.HasPrefix(w, `"`) || strings.HasPrefix(w, "“")
		quote = quote || opens
		bare := strings.ReplaceAll(strings.Trim(w, ".,;:!?\"“”()"), "’", "'")
		if !quote {
			switch bare {
			case "my", "My", "me", "let's", "Let's", "myself", "mine", "I'm", "I've", "I'd", "I'll":
				return true
			case "I": // not "World War I"
				if prev == "" || !unicode.IsUpper(firstRune(prev)) || strings.HasSuffix(prev, ",") {
					return true
				}
			}
		}
		if strings.Contains(strings.TrimLeft(w, `"`), `"`) || strings.Contains(w, "”") {
			quote = false
		}
		prev = w
	}
	return false
}

// lettersOf tells a word that begins with a letter of ASCII and has no quotation mark.
func lettersOf(w string) bool {
	for i := range len(w) {
		if w[i] == '"' || w[i] >= utf8.RuneSelf {
			return false
		}
	}
	return w[0]|0x20 >= 'a' && w[0]|0x20 <= 'z'
}

// essay tells a document whose writer speaks of himself throughout: it has no
// other facts. It notes which sentences do so.
func (d *document) essay() bool {
	mine := 0
	for i := range d.sents {
		if x := &d.sents[i]; !x.quoted && len(x.Text) <= maxSentence {
			if x.mine = tellsOfMyself(x.Text); x.mine {
				mine++
			}
		}
	}
	return d.lang == "en" && mine*6 > len(d.sents)
}

// dangling tells a text that opens with a word whose meaning lies before it.
func dangling(s, lang string) bool {
	w, rest, _ := strings.Cut(strings.TrimLeft(s, "\"'“‘(«„"), " ")
	lower := strings.ToLower(bare(w, ".,;:!?\"”"))
	lower = strings.ReplaceAll(lower, "’", "'")
	if pointers[lang].Has(lower) && !strings.HasPrefix(w, "US") {
		switch next := firstWord(rest); {
		case lower == "there" && auxiliary.Has(next), lower == "there's": // there is a fire
			return false
		case lang == "en" && namesSome(lower, rest), lang == "en" && lower == "although" && !pronounFirst(s):
			return false
		case lang == "en" && (lower == "when" || lower == "if") && !englishPointers.Has(next) && !strings.HasSuffix(next, "ed") && next != "asked":
			return false
		}
		return true
	}
	if lang != "en" {
		return false
	}
	if head, _, cut := strings.Cut(lower, "'"); cut && englishPointers.Has(head) && head != "one" && lower != "there's" {
		return true
	}
	if head, _, cut := strings.Cut(lower, "-"); cut && (connectiveHead.Has(head) || englishPointers.Has(head)) && !strings.HasPrefix(w, "US") {
		return true // the evaluator of openings sees "So-called" as "So"
	}
	if pronounAfterOpening(s) || countedBefore.MatchString(s) {
		return true
	}
	switch lower {
	case "not":
		switch firstWord(rest) {
		case "in", "if", "so", "that", "since", "for", "at", "to", "because", "when", "anymore", "yet", "all", "everyone":
			return true // a fragment: "Not in Los Angeles, he said"
		case "even":
			_, after, _ := strings.Cut(rest, " ")
			return placeBefore.Has(firstWord(after)) || leading.Has(firstWord(after)) || conditions.Has(firstWord(after)) || firstWord(after) == "when"
		}
	case "the":
		next := firstWord(rest)
		next = strings.TrimSuffix(strings.TrimSuffix(next, "'s"), "’s")
		if head, _, cut := strings.Cut(next, "-"); cut && (head == "two" || head == "three") {
			return true // "The two-storeyed house": which one
		}
		return vague.Has(next) && !limited(rest)
	case "said", "says", "asked", "added":
		return true
	case "in", "as", "for", "on":
		const reach = 64 // bytes, more than any of these has
		lower := strings.ToLower(s[:min(len(s), reach)])
		for _, p := range [...]string{"in addition", "as a result", "for example", "for instance", "on the other hand", "in response,", "in this", "in that", "on that", "on this", "as such", "for this", "for that", "in these", "in those"} {
			if strings.HasPrefix(lower, p) {
				return true
			}
		}
	case "according", "after", "despite", "during", "since", "with", "at", "by", "of", "to", "among", "from":
		next := firstWord(rest)
		if next == "then" || next == "this" || next == "that" || next == "these" || next == "those" || next == "it" || next == "them" || next == "him" || next == "her" && lower != "with" || next == "which" {
			return true
		}
	}
	return false
}

// countedBefore is an opening that leans on what was counted before: "Migrants
// from those three countries".
var countedBefore = pattern.MustCompile(`^(?:[\p{L}'’-]+ ){1,5}(?:those|these) (?:two|three|four|five|six|seven|eight|nine|ten|\d+) [a-z]`)

var connectiveHead = wordset.Of(`so then still yet also too later earlier`)

// limited tells whether the noun after "The" is at once told apart: "The group
// of seven", "The company that", "The study, published in Nature".
func limited(rest string) bool {
	f := strings.Fields(rest)
	if len(f) < 3 {
		return false
	}
	if strings.ToLower(f[0]) == "former" && (f[2] == "of" || f[2] == "who") {
		return true // "the former head of the agency", not "the former"
	}
	switch strings.ToLower(f[1]) {
	case "of", "who", "that", "behind", "between", "accused", "against":
		w := strings.ToLower(strings.Trim(f[0], ",."))
		return !(w == "former" || w == "latter" || w == "pair" || w == "duo" || w == "trio" || w == "move" || w == "incident" || w == "decision" || w == "announcement" || w == "news" || w == "statement" || w == "two" || w == "three")
	}
	return false
}

// balanced tells whether every quotation mark and bracket is closed.
func balanced(s string) bool {
	if strings.Count(s, `"`)%2 == 1 || strings.Count(s, "“") != strings.Count(s, "”") && strings.Count(s, "„") == 0 ||
		strings.Count(s, "«") != strings.Count(s, "»") || strings.Count(s, "(") != strings.Count(s, ")") || strings.Count(s, "「") != strings.Count(s, "」") {
		return false
	}
	return strings.Count(s, "„") == 0 || strings.Count(s, "„") == strings.Count(s, "“")+strings.Count(s, "”")
}

// quoteShare is the share of a text's bytes that stands in quotation marks.
func quoteShare(s string) float64 {
	in, n := false, 0
	for _, r := range s {
		switch r {
		case '"':
			in = !in
		case '“', '«', '„', '「':
			in = true
		case '”', '»', '」':
			in = false
		default:
			if in {
				n += utf8.RuneLen(r)
			}
		}
	}
	if len(s) == 0 {
		return 0
	}
	return float64(n) / float64(len(s))
}

// bareQuote tells a quotation without its speaker, or with a pronoun for one.
func bareQuote(s string) bool {
	s = strings.TrimSpace(s)
	if s == "" || !strings.ContainsRune("\"“«„‘'", firstRune(s)) {
		return false
	}
	open := firstRune(s)
	closing := map[rune]string{'"': `"`, '“': "”", '«': "»", '„': "“", '‘': "’", '\'': "'"}[open]
	i := strings.LastIndex(s[utf8.RuneLen(open):], closing)
	if i < 0 {
		return true
	}
	rest := strings.Trim(s[utf8.RuneLen(open)+i+len(closing):], " .,!?")
	if rest == "" {
		return true
	}
	w := firstWord(rest)
	if englishPointers.Has(w) && len(strings.Fields(rest)) < 6 {
		return true
	}
	f := strings.Fields(strings.ToLower(rest))
	return len(f) >= 2 && len(f) < 4 && speech.Has(f[0]) && englishPointers.Has(f[1])
}

// stands tells whether a text can be a fact: one whole statement that names
// what it speaks of. relaxed lets pass what only leans on its context.
func stands(s, lang string, spaced, relaxed bool) bool {
	if s == "" || !utf8.ValidString(s) {
		return false
	}
	n := countWords(s)
	switch {
	case n < 5 && spaced || utf8.RuneCountInString(s) < 8:
		return false
	case n < 6 && spaced && !relaxed:
		return false
	}
	end := strings.TrimRight(s, `"'”’»)]」』 `)
	r := lastRune(end)
	if r == '?' || r == '？' || r == '؟' || r == ':' || strings.HasSuffix(end, "...") || r == '…' ||
		strings.IndexByte(s, '|') >= 0 || strings.IndexByte(s, 0) >= 0 || strings.Contains(s, "•") {
		return false
	}
	if !balanced(s) || boilerplate(s) || strings.Contains(s, ",.") || strings.ContainsRune("([{<#@.,;", firstRune(s)) || post.MatchString(s) || followsPost(s) {
		return false
	}
	if lang == "" {
		return true
	}
	if f := firstRune(strings.TrimLeft(s, "\"“«„'‘¿¡(")); unicode.IsLower(f) && !strings.ContainsFunc(s[:min(len(s), 12)], unicode.IsUpper) {
		return false
	}
	if relaxed {
		return !dangling(s, lang)
	}
	return !dangling(s, lang) && !bareQuote(s) && !saysNothing(s) && (lang != "en" || n > 8 || verbIn(s))
}

// namesSome tells a text that opens with such a word as a part of a name: "One
// Direction", "Us Weekly".
func namesSome(first, rest string) bool {
	return (first == "one" || first == "us") && unicode.IsUpper(firstRune(rest))
}
