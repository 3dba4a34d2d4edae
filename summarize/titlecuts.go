package summarize

import (
	"slices"
	"strings"
	"unicode/utf8"

	"newsdesk/internal/pattern"
	"newsdesk/internal/wordset"
)

// verbForm tells a word of a title that is a verb in the present: "voices",
// "Suspends".
func (d *document) verbForm(w string) bool {
	w = strings.ToLower(strings.Trim(w, ".,;:!?\"“”'‘’()"))
	return strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && len(w) > 3 && (finite.Has(w) || sayings.Has(w) || d.isVerb(w))
}

// happens tells a small-letter word that tells what happened.
func (d *document) happens(w string) bool { return eventVerbs.Has(d.vocab.stemOf(w)) }

// isVerb tells a small-letter word that tells what happened, or that the article
// uses as a verb.
func (d *document) isVerb(w string) bool {
	stem := d.vocab.stemOf(w)
	return eventVerbs.Has(stem) || titleVerbs.Has(stem) || d.verbs[stem]
}

// besideWords open, behind a comma, what was beside what happened.
var besideWords = wordset.Of(`in with amid after during despite following while as`)

// byAgent opens a closing part that says of the last thing named by whom or from
// what it is.
var byAgent = pattern.MustCompile(`(?i) (?:fueled|fuelled|paid for|held|led|backed|caused|driven|funded|hit|owned|run|made|signed|filed|sparked|triggered|posed|supported) by `)

// outcome opens a closing part that says how a court or a chamber was divided.
var outcome = pattern.MustCompile(`(?i) in (?:an? )?\d{1,3}-(?:to-)?\d{1,3} (?:[\w-]+ ){0,3}(?:decision|vote|ruling|split)$`)

// moreClosings returns where closing parts of a title begin that may go beside
// those of closings: what its subject did besides, a statement of its own, what
// for, and clauses with reserves and numbers of their own.
func (d *document) moreClosings(s string) []int {
	lower := strings.ToLower(s)
	if len(lower) != len(s) || conditions.Has(firstWord(lower)) || leading.Has(firstWord(lower)) || firstWord(lower) == "when" {
		return nil
	}
	var out []int
	try := func(sep string, may func(head, rest string) bool) {
		for i := lastIndex(lower, sep); i > 0; i = lastIndex(lower[:i], sep) {
			if head, rest := s[:i], s[i+len(sep):]; d.whole(head) && evenMarks(rest) && may(head, rest) {
				out = append(out, i)
			}
		}
	}
	try(" and ", func(_, rest string) bool {
		w, after, _ := strings.Cut(rest, " ")
		return (d.verbForm(w) || d.isVerb(strings.ToLower(w)) && !strings.Contains(lower, " between ") && !strings.Contains(lower, " both ")) && countWords(after) > 1 && d.beyond(rest)
	})
	try(", ", func(_, rest string) bool {
		w, after, _ := strings.Cut(rest, " ")
		if d.verbForm(w) { // what the subject did besides; "says minister" is who said it
			return countWords(after) > 2 && (!sayings.Has(strings.ToLower(w)) || d.states("x "+after) || verbIn(after) || strings.ContainsAny(after, "\"“‘'")) && d.beyond(after)
		}
		if besideWords.Has(strings.ToLower(w)) || strings.EqualFold(w, "likely") && strings.HasSuffix(firstWord(after), "ing") || strings.HasSuffix(strings.ToLower(w), "ing") {
			return d.beyond(rest)
		}
		return d.states(rest) && !d.listed(lower[:len(lower)-len(rest)-len(", ")]) && d.beyond(rest) && countWords(rest) > 3 && subjectFirst(rest) && !attributes(rest)
	})
	try("; ", func(_, rest string) bool { return d.states(rest) && d.beyond(rest) && !titleSource(rest) })
	try(" to ", func(head, rest string) bool {
		w := firstWord(rest)
		last := lastLower(head)
		if !finite.Has(w) && !d.isVerb(w) || !d.beyond(rest) || wanting.Has(last) || bound.Has(d.vocab.stemOf(last)) || strings.HasSuffix(last, "ed") || eventVerbs.Has(d.vocab.stemOf(last)) {
			return false
		}
		return !binds(lower[:len(head)], d.vocab) && utf8.RuneCountInString(head) >= headlineGood
	})
	try(" for ", func(head, rest string) bool {
		for w := range strings.FieldsSeq(strings.ToLower(head)) {
			if charged.Has(w) {
				return false
			}
		}
		return strings.HasSuffix(firstWord(rest), "ing") && d.beyond(rest)
	})
	for _, sep := range [...]string{" on ", " over ", " with ", " from ", " to ", " against ", " for ", " into ", " under ", " in ", " during ", " at "} {
		try(sep, func(head, rest string) bool {
			before := strings.ToLower(lastBut(head))
			return utf8.RuneCountInString(head) >= headlineGood && loose(lower[:len(head)]) && !relates(lastLower(head)) && before != "to" && !hasDigit(before) && !subordinate(lower[:len(head)]) &&
				countWords(rest) <= 6 && droppable(rest) && !hasDigit(rest) && !statesBy("x "+rest, d.isVerb) && !strings.ContainsAny(rest, ",;") && !(sep == " to " && (d.infinitive(firstWord(rest)) || binds(lower[:len(head)], d.vocab)))
		})
	}
	for _, sep := range [...]string{" who ", " which "} {
		try(sep, func(head, rest string) bool {
			return utf8.RuneCountInString(head) >= headlineGood && !limits(head) && d.beyond(rest) && droppable(rest)
		})
	}
	for _, m := range [...][]int{byAgent.FindStringIndex(s), outcome.FindStringIndex(s)} {
		if m != nil && d.whole(s[:m[0]]) && evenMarks(s[m[0]:]) && d.beyond(s[m[0]:]) && !limits(s[:m[0]]) {
			out = append(out, m[0])
		}
	}
	for _, sep := range [...]string{" after ", " amid ", " following ", " while ", " despite ", " as ", " on behalf of ", ", including "} {
		try(sep, func(head, rest string) bool {
			if sep == " as " && (takesAs.Has(lastLower(head)) || !d.states(rest)) {
				return false
			}
			return d.beyond(rest) && !tellsHarm(rest)
		})
	}
	return out
}

// binds tells small letters with a verb of which an infinitive further on may be
// the object.
func binds(lower string, v *vocabulary) bool {
	for w := range strings.FieldsSeq(lower) {
		if bound.Has(v.stemOf(strings.Trim(w, ".,;:\"'"))) {
			return true
		}
	}
	return false
}

// infinitive tells a small-letter word that the article has after "to", as verbs
// are, or that is a verb in itself.
func (d *document) infinitive(w string) bool {
	if d.isVerb(w) || auxiliary.Has(w) || finite.Has(w) {
		return true
	}
	verb, to := d.vocab.met(w), d.vocab.met("to")
	if verb < 0 || to < 0 {
		return false
	}
	for i := range d.sents {
		ws := d.sents[i].words
		for j := 1; j < len(ws); j++ {
			if int(ws[j].known) == verb && !ws[j].upper && int(ws[j-1].known) == to {
				return true
			}
		}
	}
	return false
}

// subordinate tells small letters with a clause that goes as a whole.
func subordinate(lower string) bool {
	return slices.ContainsFunc([]string{" as ", " while ", " after ", " amid ", " because "}, func(opens string) bool { return strings.Contains(lower, opens) })
}

// loose tells small letters of a statement that holds without a closing phrase: no
// superlative, negation, reserve or condition is in it.
func loose(lower string) bool {
	for w := range strings.FieldsSeq(lower) {
		w = strings.Trim(w, ".,;:\"“”'‘’")
		if narrows.Has(w) || negations.Has(w) || hedges.Has(w) || conditions.Has(w) || strings.HasSuffix(w, "est") && len(w) > 5 {
			return false
		}
	}
	return true
}

// relating are nouns that say little without what they relate to.
var relating = wordset.Of(`contact link links tie ties relation relations relationship road path response reaction access return transition key answer solution approach opposition
	pressure doubt doubts concern concerns question questions ban limit limits restriction restrictions cap tax rules vote votes focus hold grip war battle fight case
	criticism debate talks meeting agreement deal dispute support call calls comparison appeal right rights need needs lack cost price risk
	exception alternative damage cause causes basis evidence proof knowledge experience look eye faith trust hope hopes aim goal commitment dedication alliance`)

// relates tells a last word behind which something must follow, or that is no noun.
func relates(last string) bool {
	return relating.Has(last) || leansOn.Has(last) || vagueBare.Has(last) || finite.Has(last) || sayings.Has(last) || auxiliary.Has(last) || strings.HasSuffix(last, "ed") || strings.HasSuffix(last, "ing") ||
		strings.HasSuffix(last, "ly") || strings.HasSuffix(last, "ive") || strings.HasSuffix(last, "ful") || strings.HasSuffix(last, "able") || strings.HasSuffix(last, "ible") || hasDigit(last)
}

// listed tells whether a part ends within a clause that has no verb yet: "as the
// mayor, [the council fight]".
func (d *document) listed(head string) bool {
	for _, opens := range [...]string{" as ", " while ", " after ", " before ", " because "} {
		if i := strings.LastIndex(head, opens); i > 0 && !d.states("x "+head[i+len(opens):]) {
			return true
		}
	}
	return false
}

// whole tells whether what a title states up to a place can stand by itself.
func (d *document) whole(head string) bool {
	last := lastLower(head)
	if i := strings.LastIndexByte(head, ' '); i > 0 && (head[i-1] == ',' || d.verbForm(head[i+1:]) && !d.states(head[:i])) {
		return false // "quits party, opts [for another]", "Member calls [for peace]"
	}
	return d.states(head) && evenMarks(head) && wholeAfterColon(head) && (!englishStops.Has(last) || strings.HasSuffix(head, "US")) && !particles.Has(last) && !wanting.Has(last) && !endsWithQuantity(strings.ToLower(head)) &&
		!vagueEnd(head) && !strings.HasSuffix(last, "'s") && !strings.HasSuffix(last, "’s") && !sayings.Has(last) && !auxiliary.Has(last)
}

// beyond tells whether a closing part says something of its own: no condition and
// no source of what stands before.
func (d *document) beyond(rest string) bool {
	for w := range strings.FieldsSeq(strings.ToLower(rest)) {
		if w = strings.Trim(w, ".,;:!?\"“”'‘’()"); w == "if" || w == "unless" || w == "until" || w == "only" || w == "but" {
			return false
		}
	}
	return !strings.Contains(rest, ": ") && !strings.ContainsAny(rest, "–—") && !strings.Contains(rest, " - ") && !titleSource(rest) && !tellsHarm(rest)
}

// attributes tells a part with a verb of saying or ruling: it may be who says
// what stands before.
func attributes(rest string) bool {
	for w := range strings.FieldsSeq(strings.ToLower(rest)) {
		if w = strings.Trim(w, ".,;:!?\"“”'‘’()"); sayings.Has(w) || speech.Has(w) || w == "rules" || w == "finds" {
			return true
		}
	}
	return false
}

// titleSource tells a closing part that ends with who says so: "Scottish study
// finds", "attorney says", "according to police".
func titleSource(rest string) bool {
	lower := strings.ToLower(rest)
	f := strings.Fields(lower)
	if len(f) == 0 || strings.Contains(lower, "according to") {
		return true
	}
	last := strings.Trim(f[len(f)-1], ".,;:!?\"“”'‘’()")
	if i := strings.LastIndex(lower, ", "); i >= 0 && countWords(lower[i:]) < 5 {
		for w := range strings.FieldsSeq(lower[i:]) {
			if sayings.Has(strings.Trim(w, ",.")) || reportEnds.Has(strings.Trim(w, ",.")) {
				return true
			}
		}
	}
	return sayings.Has(last) || reportEnds.Has(last) || last == "claims" || len(f) > 1 && (f[0] == "says" || f[0] == "say" || f[0] == "said") && len(f) < 5
}
