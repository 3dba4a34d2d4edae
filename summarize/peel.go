package summarize

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsdesk/internal/wordset"
)

// maxPeels bounds how many closing phrases one sentence may lose.
const maxPeels = 4

// adjuncts open closing phrases that tell the circumstance of a statement which
// holds without them.
var adjuncts = newEndings(
	" during ", " amid ", " ahead of ", " following ", " as part of ", " in the wake of ", " in an effort to ", " in order to ", " in a bid to ",
	" in response to ", " in connection with ", " because of ", " as a result of ", " after ", " while ", " as it ", " as they ", " as he ", " as she ",
	" in which ", " at which ", " in what ", " when he ", " when she ", " when they ", " when it ", " when the ", " when a ", ", in ", ", at ", ", near ",
	", about ", ", during ", ", over ", ", on ", ", amid ", " -- ", " – ", " — ",
)

// peel cuts the last closing phrase, or the last verb phrase joined by "and",
// from a sentence without its attribution. It is for sentences that are too
// long in every fuller wording.
func peel(s string) (string, bool) {
	s = strings.TrimRight(s, ".")
	best := adjuncts.last(s, once, func(i, to int) bool { return peelable(s, i, to-1) })
	for i := len(s); i > 0; {
		i = lastIndex(s[:i], " and ")
		if i <= best {
			break
		}
		if joinsVerb(s[i+5:]) && peelable(s, i, i+5) {
			best = i
			break
		}
	}
	if best < 0 {
		return "", false
	}
	return strings.TrimRight(s[:best], " ,"), true
}

// peelable tells whether what stands from i on, its first word ending at j, may
// go.
func peelable(s string, i, j int) bool {
	head, rest := s[:i], s[i:]
	if countWords(head) < 8 || !assertsSomewhere(head) || !droppable(rest) || !balanced(head) || !balanced(rest) || endsWithQuantity(head) || carriesNews(head, rest) || strings.HasSuffix(head, ",") {
		return false
	}
	if strings.HasPrefix(rest, " ahead of ") && aheadBy(head) {
		return false
	}
	last := strings.ToLower(head[strings.LastIndexByte(head, ' ')+1:])
	if particles.Has(last) || englishStops.Has(last) || j >= len(s) {
		return false // cut in the middle of a phrase
	}
	if k := lastIndex(head, ", "); k >= 0 {
		// An inner description that is still open: "The firm, which moved".
		if w := firstWord(head[k+2:]); relatives.Has(w) && strings.Count(head, ", ") == 1 && !asserts(head[:k]) {
			return false
		}
		if strings.HasPrefix(s[i:], " and ") && countWords(head[k:]) < 3 {
			return false // a list
		}
	}
	return true
}

// assertsSomewhere tells whether one of the comma parts has a verb of its own.
func assertsSomewhere(s string) bool {
	return slices.ContainsFunc(commaParts(s), asserts)
}

// joinsVerb tells whether what follows "and" is a verb phrase: "wounded five
// people", "is to open".
func joinsVerb(rest string) bool {
	f := strings.Fields(rest)
	if len(f) < 3 {
		return false
	}
	if auxiliary.Has(f[0]) || finite.Has(f[0]) && !strings.HasSuffix(f[0], "s") {
		return true
	}
	if len(f[0]) < 5 || !strings.HasSuffix(f[0], "ed") {
		return false
	}
	next, _ := utf8.DecodeRuneInString(f[1])
	return englishStops.Has(f[1]) || unicode.IsDigit(next) || unicode.IsUpper(next) || countNumber.Has(f[1])
}

var countNumber = wordset.Of(`two three four five six seven eight nine ten several dozens hundreds thousands many some`)
