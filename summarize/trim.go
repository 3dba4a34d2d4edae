package summarize

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsdesk/internal/wordset"
)

// Bounds of the search for a wording that fits.
const (
	maxTrims  = 160 // wordings looked at for one sentence
	keptTrims = 4   // of those that fit
	leastTrim = 60  // characters below which a wording has lost too much
)

// fitted returns wordings of an over-long English sentence that have at most
// limit characters, the fullest first. Each loses whole phrases: those that open
// the scene, describe between commas or dashes, or close with a circumstance.
// It is for sentences that no gentler shortening makes fit.
func fitted(s string, limit int) []string {
	if len(s) > maxShortened || strings.Count(s, `"`)%2 == 1 || !strings.HasSuffix(strings.TrimRight(s, `"”'`), ".") {
		return nil
	}
	body, tail := splitSource(s)
	seen := map[string]bool{body: true}
	queue := []string{body}
	var out []string
	for i := 0; i < len(queue) && len(queue) < maxTrims; i++ {
		for _, t := range trims(queue[i]) {
			if seen[t] {
				continue
			}
			seen[t] = true
			full := finish(strings.TrimRight(t, ".,; ") + tail)
			n := utf8.RuneCountInString(full)
			if n < leastTrim || torn(s, full) || broken(s, t) || countWords(t) < 6 || !balanced(full) || openEnd(t) {
				continue
			}
			if n <= limit {
				out = append(out, full)
			} else {
				queue = append(queue, t)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b string) int { return len(b) - len(a) })
	return out[:min(len(out), keptTrims)]
}

// splitSource parts a closing attribution from a sentence, without what the
// source went on to say and how it was said.
func splitSource(s string) (body, tail string) {
	parts := commaParts(s)
	n, end := len(parts), len(s)
	if n > 2 && (firstWord(parts[n-1]) == "adding" || firstWord(parts[n-1]) == "citing") {
		end -= len(", ") + len(parts[n-1])
		n--
	}
	if n < 2 || !attribution(parts[n-1]) {
		return strings.TrimRight(s[:end], "."), "."
	}
	tail = strings.TrimRight(parts[n-1], ".")
	for _, manner := range [...]string{" speaking on condition of anonymity", " on condition of anonymity", " in a statement", " in a news release", " at a news conference"} {
		tail = strings.Replace(tail, manner, "", 1)
	}
	return s[:end-len(", ")-len(parts[n-1])], ", " + tail + "."
}

// openEnd tells a text that stops in the middle of a phrase.
func openEnd(s string) bool {
	if i := lastIndex(s, ", "); i >= 0 {
		w := firstWord(s[i+2:]) // "a mob that beat her, burned her": the verb of the sentence is gone
		if strings.HasPrefix(s[i+2:], "May ") {
			w = "" // "April 30, May 4": the month
		}
		if finite.Has(w) || auxiliary.Has(w) || len(w) > 4 && strings.HasSuffix(w, "ed") && !strings.Contains(s[i+2:], " by ") {
			return true
		}
	}
	w := strings.ToLower(strings.Trim(s[strings.LastIndexByte(s, ' ')+1:], `"”.,;`))
	return englishStops.Has(w) || wanting.Has(w) || isSmallNumber(w) || particles.Has(w) || speech.Has(w)
}

// wanting are words that call for more after them.
var wanting = wordset.Of(`number numbers part parts kind lack rest total series group groups set sort type member members way role right need access bid able likely due subject
	responsible guilty available aware capable visit ready willing unable according more less than less least such including include because several many few other another
	named called known led based related linked compared rather amount range level source sources relationship reason reasons use result results series pair couple
	dozens hundreds thousands millions scores allegations charges suspicion accusations claims fact idea possibility threat risk risks attempt effort efforts plan plans
	failure decision ability chance pressure order orders half most both each every off up out down away close next top`)

// trims returns the text with one phrase less, in each way that is safe.
func trims(s string) []string {
	var out []string
	add := func(t string) {
		if t = strings.TrimSpace(t); t != "" && len(t) < len(s) {
			out = append(out, t)
		}
	}
	parts := commaParts(s)
	if rest, ok := cutScene(parts); ok {
		add(strings.Join(rest, ", "))
	}
	for k := 1; k < len(parts); k++ {
		for m := k + 1; m < len(parts) && m <= k+3; m++ {
			if describes(parts, k, m) {
				add(strings.Join(parts[:k], ", ") + " " + strings.Join(parts[m:], ", "))
			}
		}
		if cuttable(parts, k, true) || trailing(parts, k) {
			add(strings.Join(parts[:k], ", "))
		}
	}
	for _, dash := range [...]string{" -- ", " — ", " – "} {
		f := strings.Split(s, dash)
		switch {
		case len(f) == 3 && droppable(f[1]) && !asserts(f[1]):
			add(f[0] + " " + f[2])
		case len(f) == 2 && droppable(f[1]) && verbIn(f[0]):
			add(f[0])
		}
	}
	if head, rest, found := strings.Cut(s, "; "); found && droppable(rest) && verbIn(head) {
		add(head)
	}
	if u, ok := cutPlain(s + "."); ok {
		add(strings.TrimRight(u, "."))
	}
	if u, ok := peel(s); ok {
		add(u)
	}
	if u, ok := peelPhrase(s); ok {
		add(u)
	}
	return out
}

// scenes open a first part that only sets the scene.
var scenes = wordset.Of(`in amid as after while with following speaking during along like unlike even ahead before since at on outside inside under near earlier days hours weeks months
	just less more a an last two three despite thanks because for from over among at once known`)

// cutScene removes a first part that is no statement of its own, where the
// sentence goes on with its subject and verb.
func cutScene(parts []string) ([]string, bool) {
	if len(parts) < 2 || !droppable(parts[0]) || strings.ContainsAny(parts[0], "\"“") {
		return nil, false
	}
	w := firstWord(parts[0])
	scene := scenes.Has(w) || (strings.HasSuffix(w, "ing") || strings.HasSuffix(w, "ed")) && len(w) > 4
	if (w == "a" || w == "an" || w == "two" || w == "three" || w == "just" || w == "less" || w == "more" || w == "last" || w == "days" || w == "hours" || w == "weeks" || w == "months") && !strings.Contains(parts[0], " after ") && w != "last" {
		return nil, false // "A man, 43, was": a subject
	}
	if !scene || w == "last" && verbIn(parts[0]) {
		return nil, false
	}
	rest := slices.Clone(parts[1:])
	f := firstWord(rest[0])
	if dangling(rest[0], "en") || pronounFirst(rest[0]) || f == "and" || f == "or" || f == "but" || f == "then" || relatives.Has(f) || strings.HasSuffix(f, "ing") || !asserts(rest[0]) || leading.Has(f) || !subjectFirst(rest[0]) {
		return nil, false
	}
	if w == "with" && !droppable(parts[1]) {
		return nil, false
	}
	rest[0] = capital(rest[0])
	return rest, true
}

// subjectFirst tells a text that opens with what may be a subject.
func subjectFirst(s string) bool {
	w, _, _ := strings.Cut(s, " ")
	switch w {
	case "the", "a", "an", "at", "more", "about", "some", "police", "officials", "authorities", "people", "two", "three", "four", "five", "six", "several", "nearly", "dozens", "hundreds", "thousands", "many":
		return w != "at"
	}
	return unicode.IsUpper(firstRune(w)) || unicode.IsDigit(firstRune(w)) || strings.HasSuffix(w, "s") && !verbIn(w+" x")
}

// describes tells whether the parts from k to m describe what stands before
// them, and the sentence goes on with its verb.
func describes(parts []string, k, m int) bool {
	if slices.ContainsFunc(parts[:k], asserts) && k > 1 || asserts(parts[k-1]) || verbIn(parts[k-1]) && !strings.Contains(parts[k-1], " who ") {
		return false
	}
	next := firstWord(parts[m])
	if !auxiliary.Has(next) && !finite.Has(next) && !(len(next) > 4 && strings.HasSuffix(next, "ed")) && !speech.Has(next) {
		return false
	}
	w := firstWord(parts[k])
	if w == "and" || w == "or" || w == "but" {
		return false
	}
	for i := k; i < m; i++ {
		if !droppable(parts[i]) || i > k && (strings.HasPrefix(parts[i], "and ") || auxiliary.Has(firstWord(parts[i]))) {
			return false
		}
	}
	if relatives.Has(w) {
		return true
	}
	// "A, B and C have": a list; "The Moes, a couple, have": a description
	return !asserts(parts[k]) && !strings.Contains(parts[m-1], " and ") && (w == "a" || w == "an" || w == "the" || w == "one" || w == "his" || w == "her" || w == "its" || hasDigit(w) || strings.HasSuffix(w, "ed") || w == "known" || w == "along" || w == "including" || countWords(parts[k]) <= 2 && m == k+1 && unicode.IsUpper(firstRune(parts[k])) && k == 1)
}

// trailing tells whether the parts from k on are a closing description.
func trailing(parts []string, k int) bool {
	w := firstWord(parts[k])
	head := strings.Join(parts[:k], ", ")
	if countWords(head) < 8 || !asserts(parts[k-1]) && !slices.ContainsFunc(parts[:k], asserts) || limits(head) || vagueEnd(head) {
		return false
	}
	for _, p := range parts[k:] {
		if !droppable(p) {
			return false
		}
	}
	switch w {
	case "who", "which", "where", "whose", "in", "at", "near", "on", "during", "after", "amid", "with", "while", "as", "days", "hours", "weeks", "months", "just", "before", "over", "part", "so":
		return firstPartWhole(parts, k)
	}
	return (strings.HasSuffix(w, "ing") || w == "a" || w == "an" || w == "the") && len(parts)-k == 1 && firstPartWhole(parts, k) && !strings.Contains(parts[k], " and ")
}

// firstPartWhole tells whether what stands before part k is a statement already,
// not a scene or a subject whose description is still open.
func firstPartWhole(parts []string, k int) bool {
	f := firstWord(parts[0])
	if k == 1 && (leading.Has(f) || conditions.Has(f) || scenes.Has(f) && !asserts(parts[0]) || f == "when" || f == "because" || f == "by" || f == "to") {
		return false
	}
	last := firstWord(parts[k-1])
	return !(k == 2 && (relatives.Has(last) || !asserts(parts[1]) && !asserts(parts[0])))
}

// limits tells a statement that a further phrase may limit: one with a
// negation, or with a superlative that holds only within bounds.
func limits(s string) bool {
	for w := range strings.FieldsSeq(strings.ToLower(s)) {
		w = strings.Trim(w, ".,;:\"'“”")
		switch w {
		case "first", "last", "only", "most", "record", "ever", "best", "worst", "every", "all", "any", "same", "less", "fewer", "rather", "enough":
			return true
		}
		if negations.Has(w) || strings.HasSuffix(w, "n't") || strings.HasSuffix(w, "n’t") || len(w) > 5 && strings.HasSuffix(w, "est") && w != "arrest" && w != "protest" && w != "interest" && w != "request" && w != "forest" {
			return true
		}
	}
	return false
}

// circumstances are prepositions of closing phrases that tell where, when and
// how.
var circumstances = newEndings(
	" in ", " at ", " on ", " near ", " across ", " along ", " through ", " throughout ", " outside ", " inside ", " under ", " with ", " by ", " when ", " where ",
	" over ", " for ", " from ", " since ", " before ", " against ", " between ", " around ", " despite ", " including ", " using ", " via ", " alongside ", " as part of ", " following ",
)

// peelPhrase cuts the last closing phrase of place, time or manner.
func peelPhrase(s string) (string, bool) {
	best := circumstances.last(s, often, func(i, _ int) bool { return phraseMayGo(s[:i], s[i+1:]) })
	if best < 0 {
		return "", false
	}
	return strings.TrimRight(s[:best], " ,"), true
}

func phraseMayGo(head, rest string) bool {
	if countWords(head) < 8 || countWords(rest) > 14 || !assertsSomewhere(head) || !droppable(rest) || !balanced(head) || !balanced(rest) || limits(head) || openEnd(head) || strings.ContainsAny(rest, ",;:") || endsWithQuantity(head) || carriesNews(head, rest) {
		return false
	}
	f := strings.Fields(head)
	if slices.ContainsFunc(f[max(0, len(f)-5):], func(w string) bool { return moves.Has(w) }) {
		return false // "has thrust Florida into a battle"
	}
	last := head[strings.LastIndexByte(head, ' ')+1:]
	lower := strings.ToLower(strings.Trim(last, "\"”"))
	if auxiliary.Has(lower) || finite.Has(lower) || sayings.Has(lower) || beforeAdjective.Has(lower) || strings.HasSuffix(last, ",") {
		return false
	}
	named := unicode.IsUpper(firstRune(last))
	if !named && (strings.HasSuffix(lower, "ed") || strings.HasSuffix(lower, "ing") || strings.HasSuffix(lower, "ly") || strings.HasSuffix(lower, "ive") || strings.HasSuffix(lower, "ful") || strings.HasSuffix(lower, "able") || strings.HasSuffix(lower, "en")) {
		return false // a verb or an adjective that needs what follows
	}
	if hasDigit(last) && !calendar.Has(lastBut(head)) {
		return false
	}
	// The phrase must close the sentence: no verb of its own that would be the
	// sentence's.
	return !slices.ContainsFunc(strings.Fields(rest), func(w string) bool { return auxiliary.Has(w) || w == "to" || w == "than" }) || strings.HasPrefix(rest, "when ") || strings.HasPrefix(rest, "where ")
}

// lastBut is the word before the last.
func lastBut(s string) string {
	f := strings.Fields(s)
	if len(f) < 2 {
		return ""
	}
	return f[len(f)-2]
}
