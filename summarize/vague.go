package summarize

import (
	"slices"
	"strings"
	"unicode"

	"newsdesk/internal/pattern"
	"newsdesk/internal/wordset"
)

// Nouns that name something without saying what it is: what follows them is the
// news.
var (
	// vagueNouns do so whatever stands before them.
	vagueNouns = wordset.Of(`setback setbacks blow blows step steps moment moments milestone milestones move moves decision decisions turn turns twist twists challenge challenges
		test tests problem problems trouble surprise surprises shock change changes shift shifts development developments breakthrough victory victories defeat defeats win wins
		loss losses crisis crises chapter warning warnings message sign signs signal signals result results way ways reason reasons thing things action actions
		effort efforts incident incidents news announcement situation end start beginning lesson lessons reality task role place reputation push bid attempt attempts point points`)
	// vagueBare do so where nothing tells which: "signs a bill", but not "signs a
	// voting bill".
	vagueBare = wordset.Of(`bill bills law laws plan plans proposal proposals measure measures order orders rule rules deal deals case cases event events commission committee panel
		document documents letter legislation resolution amendment report program programme project law agreement campaign statement night day week`)
	// vagueWith are words before such a noun that do not tell which.
	vagueWith = wordset.Of(`a an the this that its his her their new another first second major big key sweeping controversial landmark historic executive select special emergency bipartisan
		draft final important small great huge bold sharp latest joint similar own of to on in for with at by over`)
	// times are words of when and where it was, behind which nothing is looked for.
	times = wordset.Of(`on late early yesterday today tonight here morning afternoon evening night week this last`)
)

// vagueEnd tells a text that ends with such a noun, whatever day it gives: "The
// company suffered one of its biggest setbacks on Monday".
func vagueEnd(s string) bool {
	s = strings.TrimRight(s, " .,;:")
	bare := func(w string) string { return strings.ToLower(strings.Trim(w, ".,;:\"“”'’")) }
	before, last := lastField(s)
	for {
		for before != "" && (calendar.Has(strings.Trim(last, ".,;:\"“”'’")) || times.Has(bare(last))) {
			s = before
			before, last = lastField(s)
		}
		if before == "" || !inYearsEnds.Has(last) {
			break
		}
		whole := strings.Join(strings.Fields(s), " ")
		m := inYears.FindStringIndex(whole)
		if m == nil {
			break
		}
		s = whole[:m[0]]
		before, last = lastField(s)
	}
	last = bare(last)
	switch {
	case vagueNouns.Has(last):
		return true
	case vagueBare.Has(last):
		if before == "" {
			return true
		}
		_, prev := lastField(before)
		prev = bare(prev)
		return vagueWith.Has(prev) || finite.Has(prev) || titleVerbs.Has(stemmer("en")(prev)) || eventVerbs.Has(stemmer("en")(prev))
	}
	return false
}

// lastField parts the last of a text's words from those before it.
func lastField(s string) (before, last string) {
	s = strings.TrimRightFunc(s, unicode.IsSpace)
	i := strings.LastIndexFunc(s, unicode.IsSpace)
	return strings.TrimRightFunc(s[:max(i, 0)], unicode.IsSpace), strings.TrimLeftFunc(s[max(i, 0):], unicode.IsSpace)
}

// inYears tells a closing part by which something is said to be rare.
var inYears = pattern.MustCompile(` (?:in|for|of) (?:\w+ )?(?:years|decades|months|history|the year|its history|modern times)$`)

// inYearsEnds are the words that inYears may end with.
var inYearsEnds = wordset.Of(`years decades months history year times`)

// resumes tells a part that goes on about what was just told.
var resumes = pattern.MustCompile(`^(?:an?|the) (?:\w+ )?(?:move|decision|ruling|step|result|victory|defeat|setback|blow|shift|change) (?:that|which|for)`)

// carriers open a clause that tells what a vague noun before it stands for.
var carriers = [...]string{" when ", " after ", " as "}

// carriesNews tells whether what follows a vague statement is the clause that tells
// its news.
func carriesNews(head, rest string) bool {
	switch firstWord(strings.TrimLeft(rest, " ,")) {
	case "when", "after", "as", "that", "which", "where", "following":
		return vagueEnd(head)
	}
	return false
}

// lean are words by which a clause leans on what stands before it.
var lean = wordset.Of(`he she they it his her their its him them himself herself itself themselves this that these those such there here former latter`)

// leanNouns are nouns behind "the" that stand for somebody named before.
var leanNouns = wordset.Of(`company firm group club party team man woman couple country nation government agency ministry organization organisation player actor singer president
	minister leader bank airline union two pair trio suspect victim family bill plan deal`)

// carried returns the clause that carries the news of a statement that is vague by
// itself, as a statement: "The mayor faced a blow on Tuesday after the council voted
// to close both bridges" is "The council voted to close both bridges". It is ""
// where the statement is not vague, the clause leans on it, or has not happened.
func carried(s string) string {
	if strings.HasSuffix(s, "..") || strings.HasSuffix(s, "…") {
		return ""
	}
	body, tail := splitSource(s)
	for _, opens := range carriers {
		head, rest, found := strings.Cut(body, opens)
		if !found || !vagueEnd(head) {
			continue
		}
		if parts := commaParts(rest); len(parts) > 1 && resumes.MatchString(parts[len(parts)-1]) {
			rest = strings.Join(parts[:len(parts)-1], ", ") // "a decision that may cost it millions"
		}
		own := withSubject(head, rest)
		itself := own != rest // what the clause calls "it" is the one it names
		rest = own
		if toldBy(head) || openEnd(rest) || ahead(head) || negated(head) || countWords(rest) < 6 || !balanced(rest) || !happened(rest) || pronounFirst(capital(rest)) || dangling(capital(rest), "en") {
			continue
		}
		f := strings.Fields(strings.ToLower(rest))
		leans := func(w string) bool {
			w = strings.Trim(w, ".,;:\"“”'’")
			return lean.Has(w) && w != "that" && !(itself && (w == "it" || w == "its"))
		}
		if slices.ContainsFunc(f, leans) || f[0] == "that" || leansOnNoun(f) {
			continue
		}
		return finish(capital(rest) + tail)
	}
	return ""
}

// toldBy tells a part that says who tells what stands in it.
func toldBy(s string) bool {
	return slices.ContainsFunc(strings.Fields(strings.ToLower(s)), func(w string) bool { return sayings.Has(strings.Trim(w, ",")) })
}

// theFirm tells words that stand for an organisation named before.
var theFirm = pattern.MustCompile(`\b[Tt]he (?:company|firm|group|club|bank|airline)\b`)

// withSubject returns a clause with the name of the organisation that the statement
// before it is of, where it calls it "the company" and names no other.
func withSubject(head, rest string) string {
	var subject []string
	for w := range strings.FieldsSeq(head) {
		if !unicode.IsUpper(firstRune(w)) || strings.HasSuffix(w, ",") {
			break
		}
		subject = append(subject, w)
	}
	name := strings.Join(subject, " ")
	if name == "" || len(theFirm.FindStringIndex(rest)) == 0 || openers.Has(subject[0]) || englishStops.Has(strings.ToLower(subject[0])) || len(subject) == len(strings.Fields(head)) {
		return rest
	}
	prev := ""
	for w := range strings.FieldsSeq(rest) {
		if unicode.IsUpper(firstRune(w)) && !locatives.Has(prev) && prev != "" && !calendar.Has(strings.Trim(w, ".,")) {
			return rest // another that may be meant
		}
		prev = strings.ToLower(w)
	}
	m := theFirm.FindStringIndex(rest)
	return rest[:m[0]] + name + rest[m[1]:]
}

// leansOnNoun tells small-letter words with a noun that stands for somebody named
// before.
func leansOnNoun(f []string) bool {
	for i, w := range f[:max(0, len(f)-1)] {
		next := strings.Trim(f[i+1], ".,;:\"“”")
		if w == "the" && leanNouns.Has(strings.TrimSuffix(strings.TrimSuffix(next, "'s"), "’s")) && !(i+2 < len(f) && f[i+2] == "of") {
			return true
		}
	}
	return false
}

// happened tells a clause whose verb is in the past.
func happened(clause string) bool {
	if ahead(clause) && !strings.Contains(clause, " that ") {
		return false
	}
	prev := ""
	for w := range strings.FieldsSeq(clause) {
		lower := strings.ToLower(strings.Trim(w, ".,;:\"“”"))
		if prev != "" && (lower == "was" || lower == "were" || lower == "had" || pastVerbs.Has(lower) || strings.HasSuffix(lower, "ed") && len(lower) > 4 && w == lower && !beforeAdjective.Has(prev)) {
			return true
		}
		prev = lower
	}
	return false
}

// pastVerbs are verbs whose past has no "-ed".
var pastVerbs = wordset.Of(`said told won lost beat made took gave got went came saw found began left held kept led fell rose grew struck shot met paid sent spoke became brought
	built bought sold knew wrote broke chose drew drove flew fought spent stood threw`)
