package ask

import (
	"slices"
	"strings"

	"newsdesk/internal/wordset"
)

// readKind finds what is asked for, and returns the place of the question word.
func (q *question) readKind(ts []token, low []string) int {
	for i, w := range low {
		next := ""
		if i+1 < len(low) {
			next = low[i+1]
		}
		switch w {
		case "who", "whom", "whose", "wer", "quién", "quien", "qui", "chi":
			if i > 0 && ts[i].gap <= gapBlank && i > 2 && !prepositions.Has(low[i-1]) {
				continue // "the man who"
			}
			q.kind = kindWho
			return i
		case "where", "wo", "dónde", "où":
			if i > 2 && ts[i].gap <= gapBlank {
				continue
			}
			q.kind = kindWhere
			return i
		case "when", "wann", "cuándo":
			if i > 2 && ts[i].gap <= gapBlank {
				continue
			}
			q.kind = kindWhen
			return i
		case "why", "warum":
			q.kind = kindReason
			return i
		case "how", "wie":
			switch next {
			case "many", "viele":
				q.kind = kindCount
				q.readCounted(low[min(i+2, len(low)):])
			case "much", "long", "old", "far", "tall", "high", "fast", "big", "large", "deep", "soon", "often", "viel", "lange":
				q.kind = kindAmount
			default:
				q.kind = kindReason
			}
			return i
		case "which", "what", "welche", "welcher", "welches", "qué", "quel", "quelle":
			if i > 2 && w == "which" && ts[i].gap == gapComma {
				continue // ", which"
			}
			q.readClass(low[i+1:])
			return i
		}
	}
	if len(low) > 0 && auxiliaries.Has(low[0]) {
		q.kind = kindYesNo
		return 0
	}
	q.readThis(low)
	return -1
}

// readCounted finds what is counted: the last word before a verb or preposition.
func (q *question) readCounted(low []string) {
	if len(low) > 0 && (auxiliaries.Has(low[0]) || strings.HasSuffix(low[0], "ed")) { // "How many were killed": nothing is named
		if slices.ContainsFunc(low[:min(3, len(low))], func(w string) bool { return suffered.Has(canon(w)) }) {
			q.count = "people"
		}
		return
	}
	for i, w := range low {
		if i > 3 || i > 0 && (auxiliaries.Has(w) || breaks.Has(w) || prepositions.Has(w) || stop.Has(w) || strings.HasSuffix(w, "ed")) || counters.Has(q.count) {
			return
		}
		if q.count = w; irregular.Has(w) {
			return
		}
	}
}

// suffered is what happens to people, in canonical form: who is counted need
// not be named.
var suffered = canons(`died killed injured hurt wounded arrested detained displaced evacuated rescued missing`)

// readThis finds the class in questions without a question word: "this
// company bought ...".
func (q *question) readThis(low []string) {
	for i, w := range low {
		if w == "this" || w == "these" || w == "what" || w == "which" {
			q.readClass(low[i+1 : min(i+4, len(low))])
			if q.class != "" && q.kind != kindWhen {
				return
			}
			q.class, q.kind = "", kindThing
		}
	}
}

// readClass looks for the word that says of what class the answer is.
func (q *question) readClass(low []string) {
	if len(low) > 0 && auxiliaries.Has(low[0]) && low[0] != "is" && low[0] != "was" && low[0] != "are" && low[0] != "were" {
		return
	}
	for i, w := range low {
		if i > 7 {
			break
		}
		if i > 0 && (auxiliaries.Has(w) || breaks.Has(w)) && !(i < 4 && w == "of" && classless.Has(low[0])) {
			break
		}
		if classWords.Has(w) && !(w == "time" && i > 0) {
			q.class = w
			if i+1 < len(low) && classWords.Has(low[i+1]) {
				q.class = low[i+1]
			}
			break
		}
	}
	switch q.class {
	case "year", "month", "day", "date", "time", "years", "weekday":
		q.kind = kindWhen
	case "number", "percentage", "percent", "magnitude", "age", "price", "distance", "amount", "score":
		q.kind = kindAmount
	}
}

// classless may stand before "of" and the class: "what kind of animal".
var classless = wordset.Of(`kind type sort the breed form name is was of`)

// counters are counted in, and stand right behind their number.
var counters = wordset.Of(`years months weeks days hours minutes times miles kilometers kilometres points percent centuries decades seconds dollars`)

// irregular are nouns behind which the verb follows.
var irregular = wordset.Of(`people`)
