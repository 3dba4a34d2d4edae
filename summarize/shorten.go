package summarize

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsdesk/internal/wordset"
)

// Words that bear on whether and how far a statement holds. What has one of
// them is never cut out of a sentence.
var (
	negations  = wordset.Of(`not no never none nobody nothing neither nor without cannot n't denied denies deny refused refuses rejected rejects failed fails lack lacks hardly barely`)
	hedges     = wordset.Of(`may might could would should can likely unlikely possibly perhaps probably apparently allegedly alleged reportedly suspected suspects believed thought claimed claims claim claiming purported seemingly appears appeared appear seems seemed estimated expected potential potentially presumably rumored rumoured accused accuses suggests suggested unconfirmed unclear unverified`)
	conditions = wordset.Of(`if unless until except provided whether only even although though despite otherwise subject pending`)
	sayings    = wordset.Of(`said says say saying told tells telling according announced announces announcing reported reports confirmed confirms confirming stated states stating added adds adding wrote writes warned warns explained insisted insists argued argues acknowledged admitted testified tweeted quoted citing cited cites described declared maintained noted notes revealed disclosed alleges asserted ruled rules concluded concludes showed shows believes thinks officials spokesman spokeswoman spokesperson statement`)
	auxiliary  = wordset.Of(`is are was were has have had will would can could may might must should does did do be been`)
	finite     = wordset.Of(`said says told announced killed died won lost beat made took gave got went came saw found began left held kept led fell rose
		grew hit struck shot met paid sent set put cut ran spoke became brought built bought sold thought felt knew wrote broke chose drew drove
		flew fought spent stood taught threw wore plans faces wants hopes needs remains says includes claims shows seeks calls makes takes gives
		gets goes comes sees finds begins leaves holds keeps leads falls rises grows hits strikes meets pays sends puts runs speaks becomes brings
		builds buys sells thinks feels knows writes breaks mark marks plan face want hope need remain include show seek call make take give live work
		know think believe condemn condemns violate aims means allows lets reads costs stands lies sits lives works plays`)
)

// droppable tells words whose loss changes neither the truth nor the source of
// what is left.
func droppable(s string) bool {
	for w := range strings.FieldsFuncSeq(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' && r != '’' }) {
		if negations.Has(w) || hedges.Has(w) || conditions.Has(w) || sayings.Has(w) || strings.HasSuffix(w, "n't") || strings.HasSuffix(w, "n’t") {
			return false
		}
	}
	return true
}

// verbIn tells whether a run of words holds what looks like a finite verb.
func verbIn(s string) bool {
	prev := ""
	for w := range strings.FieldsSeq(s) {
		lower := strings.ToLower(bare(w, ".,;:\"'“”’()"))
		_, suffix, _ := strings.Cut(lower, "'")
		if auxiliary.Has(lower) || finite.Has(lower) && prev != "the" && prev != "a" && prev != "to" || suffix == "s" && (prev == "") && strings.HasPrefix(lower, "it") {
			return true
		}
		if len(lower) > 4 && strings.HasSuffix(lower, "ed") && w == lower && !beforeAdjective.Has(prev) && prev != "" {
			return true
		}
		prev = lower
	}
	return false
}

// beforeAdjective are words after which "-ed" is no verb of a clause.
var beforeAdjective = wordset.Of(`the a an his her its their our my of in on at by for with from to as and or more most very so`)

// Openings of comma clauses that only add to what goes before.
var (
	relatives  = wordset.Of(`who which whose where whom`)
	circumstan = wordset.Of(`as after with while amid following including leaving sparking prompting making adding bringing forcing sending raising citing
		marking ending giving taking killing injuring wounding destroying causing triggering drawing pushing putting setting according a an the one
		his her its their part along featuring based known formerly originally both`)
	leadingPlace = wordset.Of(`on at outside inside under near earlier`)
	leading      = wordset.Of(`in amid as after while with following speaking during along like unlike`)
)

// What is longer, or has more commas, is a list or no sentence: it is not
// shortened.
const (
	maxShortened = 600 // bytes
	maxParts     = 12
)

// shortened returns shorter wordings of an English sentence, each of which
// still says something true and whole, longest first. None cuts a negation, a
// hedge, a condition, or who said it; a number goes only with a clause that
// stands beside the statement.
func shortened(s string) []string { return shortenings(s, false) }

// shortenings is shortened; lossy lets numbers go with a closing circumstance:
// what is left is true, and better than to leave out the sentence.
func shortenings(s string, lossy bool) []string {
	if len(s) > maxShortened || strings.Count(s, `"`)%2 == 1 {
		return nil
	}
	parts := commaParts(s)
	if len(parts) > maxParts {
		return nil
	}
	tail := ""
	if n := len(parts); n > 1 && attribution(parts[n-1]) {
		tail, parts = parts[n-1], parts[:n-1]
	}
	parts = cutInner(parts)
	var out []string
	add := func(ps []string) {
		t := strings.Join(ps, ", ")
		if tail != "" {
			t = strings.TrimRight(t, ".") + ", " + tail
		}
		if t = finish(t); len(t) < len(s) && countWords(t) >= 5 && !torn(s, t) && !broken(s, t) && !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	heads := [][]string{parts}
	if rest, ok := cutLeading(parts, lossy); ok {
		heads = append(heads, rest)
	}
	for _, ps := range heads {
		add(ps)
		if last := len(ps) - 1; lossy && last > 0 && strings.HasSuffix(firstWord(ps[last]), "ing") {
			// "killing three people and cutting power": the second may go
			if head, rest, found := strings.Cut(ps[last], " and "); found && strings.HasSuffix(firstWord(rest), "ing") && droppable(rest) {
				add(append(slices.Clone(ps[:last]), head))
			}
		}
		for k := len(ps) - 1; k > 0; k-- {
			if cuttable(ps, k, lossy) {
				add(ps[:k])
			}
		}
	}
	told := len(out)
	for i := 0; i <= told; i++ {
		t := s
		if i < told {
			t = out[i]
		}
		if u, ok := cutPlain(t); ok && tail == "" && !broken(s, u) && !slices.Contains(out, u) {
			out = append(out, u)
		}
	}
	if lossy {
		told := len(out)
		for i := 0; i <= told; i++ {
			t := s
			if i < told {
				t = out[i]
			}
			body, end := t, ""
			if tail != "" {
				var found bool
				if body, found = strings.CutSuffix(t, ", "+tail); !found {
					continue
				}
				end = ", " + tail
			}
			for range maxPeels {
				u, ok := peel(body)
				if !ok {
					break
				}
				body = u
				if v := finish(u + end); !torn(s, v) && !broken(s, v) && !slices.Contains(out, v) {
					out = append(out, v)
				}
			}
		}
	}
	if c := carried(s); c != "" && len(c) < len(s) && !torn(s, c) {
		for _, t := range append([]string{c}, shortenings(c, lossy)...) {
			if !slices.Contains(out, t) {
				out = append(out, t)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b string) int { return len(b) - len(a) })
	return out
}

// torn tells a shortening that lost one dash of a pair, or a part of what
// follows a colon.
func torn(s, t string) bool {
	for _, dash := range [...]string{" -- ", " — ", " – ", " - ", "—"} {
		if n := strings.Count(t, dash); n%2 == 1 && n != strings.Count(s, dash) || n > 0 && n == 1 && strings.Count(s, dash) == 2 {
			return true
		}
	}
	return strings.Contains(t, ": ")
}

// usualParts is as many parts as most sentences with a comma have.
const usualParts = 4

// commaParts parts a sentence at commas and semicolons that stand outside
// quotation marks and brackets. A semicolon stays with the part before it.
func commaParts(s string) []string {
	var out []string
	from, depth, quote := 0, 0, false
	for i := range len(s) {
		switch c := s[i]; c {
		default:
			if c < utf8.RuneSelf {
				continue
			}
			if strings.HasPrefix(s[i:], "“") {
				quote = true
			} else if strings.HasPrefix(s[i:], "”") {
				quote = false
			}
		case '"':
			quote = !quote
		case '(', '[':
			depth++
		case ')', ']':
			depth--
		case ',':
			if depth <= 0 && !quote && i+1 < len(s) && s[i+1] == ' ' {
				if out == nil {
					out = make([]string, 0, usualParts)
				}
				out = append(out, s[from:i])
				from = i + 2
			}
		}
	}
	return append(out, s[from:])
}

// attribution tells a last part that names who said it.
func attribution(p string) bool {
	if opensSource(p) {
		return true
	}
	n := countWords(p)
	if n > 12 {
		return false
	}
	lower := strings.ToLower(p)
	first, _, _ := strings.Cut(lower, " ")
	if relatives.Has(first) || first == "and" || first == "but" || first == "as" {
		return false
	}
	for w := range strings.FieldsSeq(lower) {
		if w = bare(w, ".,"); speech.Has(w) || w == "ruled" || w == "announced" || w == "reported" || w == "warned" || w == "confirmed" {
			return true
		}
	}
	return false
}

// opensSource tells a part that opens with "according to", whatever its capitals.
func opensSource(p string) bool {
	const (
		source  = "according to "
		longest = 2 * len(source) // bytes, where its letters are other capitals than those of ASCII
	)
	return p != "" && p[0]|0x20 == source[0] && strings.HasPrefix(strings.ToLower(p[:min(len(p), longest)]), source)
}

func firstWord(p string) string {
	w, _, _ := strings.Cut(p, " ")
	return strings.ToLower(bare(w, ".,;:\"“”'"))
}

// cutInner removes parts between commas that describe what they follow, where
// the sentence goes on with its verb. The parts are used up.
func cutInner(parts []string) []string {
	out := parts
	for k := 1; k+1 < len(out); k++ {
		w, next := firstWord(out[k]), firstWord(out[k+1])
		goesOn := auxiliary.Has(next) || finite.Has(next) || len(next) > 4 && strings.HasSuffix(next, "ed")
		noun := w == "a" || w == "an" || w == "the" || w == "one"
		last := out[k-1][strings.LastIndexByte(out[k-1], ' ')+1:]
		if !goesOn || !droppable(out[k]) || verbIn(out[k-1]) && !relatives.Has(w) {
			continue
		}
		if relatives.Has(w) || noun && unicode.IsUpper(firstRune(last)) && !hasDigit(out[k]) {
			joined := out[k-1] + " " + out[k+1]
			out = slices.Replace(out, k-1, k+2, joined)
			k--
		}
	}
	return out
}

// cuttable tells whether the parts from k on may go; lossy as in shortenings.
func cuttable(parts []string, k int, lossy bool) bool {
	head := strings.Join(parts[:k], ", ")
	w := firstWord(parts[k])
	if !slices.ContainsFunc(parts[:k], asserts) || countWords(head) < 6 || vagueEnd(head) {
		return false
	}
	relative := relatives.Has(w) || strings.HasPrefix(parts[k], "and ") && verbIn(parts[k]) || strings.HasPrefix(parts[k], "in which ")
	if !relative && !circumstan.Has(w) && !strings.HasSuffix(w, "ing") {
		return false
	}
	if k > 1 && strings.HasPrefix(parts[k], "and ") && !verbIn(parts[k-1]) {
		return false // the end of a list
	}
	if f := firstWord(parts[0]); k == 1 && (conditions.Has(f) || leading.Has(f) || f == "when" || f == "because" || f == "since" || f == "for" || f == "on" || f == "at" || f == "by" || f == "to" || f == "according") {
		return false // the head is no statement yet
	}
	if k == 1 && strings.HasSuffix(firstWord(parts[0]), "ing") {
		return false
	}
	for i, p := range parts[k:] {
		if !droppable(p) || !relative && !lossy && hasDigit(p) {
			return false
		}
		// What follows a described noun may be the verb of the sentence.
		if next := firstWord(p); i > 0 && (auxiliary.Has(next) || finite.Has(next)) {
			return false
		}
		if f := firstWord(p); i > 0 && (f == "but" || f == "the" || unicode.IsUpper(firstRune(p)) && verbIn(p)) {
			return false
		}
	}
	// "He met the mayor, the governor, and" is a list, not a description.
	if (w == "the" || w == "his" || w == "her" || w == "its" || w == "their" || w == "a" || w == "an") && len(parts[k:]) > 1 {
		return false
	}
	return true
}

// asserts tells a part with a verb of its own from one that only describes:
// "armed with a degree".
func asserts(p string) bool {
	w := firstWord(p)
	return verbIn(p) && !strings.HasSuffix(w, "ing") && !(len(w) > 4 && strings.HasSuffix(w, "ed") && unicode.IsLower(firstRune(p))) && !relatives.Has(w)
}

// spans are words of a time that limits what is said.
var spans = wordset.Of(`day days week weeks month months year years hour hours minute minutes decade decades time times century past early late years' season spring
	summer autumn fall winter morning evening night meantime first second third case event place`)

// cutLeading removes a first part that only sets the scene; its day or place
// too where lossy.
func cutLeading(parts []string, lossy bool) ([]string, bool) {
	if len(parts) < 2 || !leading.Has(firstWord(parts[0])) && !(lossy && leadingPlace.Has(firstWord(parts[0]))) || !droppable(parts[0]) || !lossy && hasDigit(parts[0]) || strings.ContainsAny(parts[0], "\"“") {
		return nil, false
	}
	for w := range strings.FieldsSeq(parts[0]) {
		if w = strings.Trim(w, ".,"); lossy {
			break
		} else if calendar.Has(w) || calendar.Has(strings.TrimSuffix(w, "'s")) || spans.Has(w) {
			return nil, false
		}
	}
	if firstWord(parts[0]) == "with" && !droppable(parts[1]) {
		return nil, false // "With a deal in place, they may": a condition
	}
	rest := slices.Clone(parts[1:])
	f := firstWord(rest[0])
	if dangling(rest[0], "en") || f == "and" || f == "or" || f == "but" || relatives.Has(f) || strings.HasSuffix(f, "ing") || !verbIn(rest[0]) || leading.Has(f) {
		return nil, false
	}
	rest[0] = capital(rest[0])
	return rest, true
}

// agentive are participles whose doer may be left out without loss of truth.
var agentive = [...]string{" perpetrated by ", " carried out by ", " committed by ", " staged by ", " mounted by ", " organised by ", " organized by ", " launched by "}

// cutPlain cuts, without a comma, a closing "after" clause or the doer of
// something done.
func cutPlain(s string) (string, bool) {
	by := strings.Contains(s, " by ")
	for _, a := range agentive {
		if !by {
			break
		}
		head, rest, found := strings.Cut(s, a)
		if !found || !droppable(rest) || hasDigit(rest) || strings.ContainsAny(rest, ",;\"“") {
			continue
		}
		last := strings.ToLower(head[strings.LastIndexByte(head, ' ')+1:])
		if strings.HasSuffix(last, "s") && !auxiliary.Has(last) && verbIn(head) {
			return finish(head), true
		}
	}
	if head, ok := cutThat(s); ok {
		return finish(head), true
	}
	i := max(lastIndex(s, " after "), lastIndex(s, " while "))
	if i < 0 {
		return "", false
	}
	head, rest := s[:i], s[i+1:]
	if !droppable(rest) || hasDigit(rest) || strings.ContainsAny(rest, ",;\"“") || strings.Count(head, "\"")%2 == 1 || !verbIn(head) || countWords(head) < 8 ||
		strings.HasSuffix(head, ",") || strings.HasSuffix(head, "ing") || endsWithQuantity(head) || vagueEnd(head) {
		return "", false
	}
	for w := range strings.FieldsSeq(rest) {
		if calendar.Has(strings.Trim(w, ".,")) {
			return "", false
		}
	}
	return finish(head), true
}

// cutThat cuts a closing "that" clause which describes something already told
// apart by "the" or a name: "the airstrikes south of Baghdad that killed".
func cutThat(s string) (string, bool) {
	i := lastIndex(s, " that ")
	if i < 0 {
		return "", false
	}
	head, rest := s[:i], s[i+6:]
	verb := firstWord(rest)
	if !auxiliary.Has(verb) && !finite.Has(verb) && !strings.HasSuffix(verb, "ed") || vagueEnd(head) {
		return "", false
	}
	_, after, _ := strings.Cut(rest, " ")
	after = strings.TrimPrefix(strings.TrimPrefix(after, "been "), "be ")
	j := lastIndex(head, " the ")
	if j < 0 || countWords(head[j:]) > 9 || !droppable(rest) || strings.ContainsAny(rest, ",;\"“") || strings.ContainsAny(head[j:], ",;\"“") || slices.ContainsFunc(strings.Fields(after), func(w string) bool { return auxiliary.Has(w) || finite.Has(w) }) || !verbIn(head[:j]) ||
		verbIn(head[j:]) || countWords(head) < 8 || strings.Count(head, "\"")%2 == 1 {
		return "", false
	}
	if w := firstWord(head[j+5:]); w == "first" || w == "only" || w == "last" || w == "same" || w == "one" || strings.HasSuffix(w, "est") || w == "most" || w == "fact" {
		return "", false
	}
	return head, true
}

// endsWithQuantity tells heads such as "two days" [after], "shortly" [after],
// "named" [after].
func endsWithQuantity(s string) bool {
	w := strings.ToLower(s[strings.LastIndexByte(s, ' ')+1:])
	switch w {
	case "days", "day", "weeks", "week", "months", "month", "years", "year", "hours", "hour", "minutes", "minute", "seconds", "decades", "shortly", "soon", "just",
		"long", "only", "named", "named.", "even", "immediately", "moments", "and", "or", "but", "that", "looked", "looks", "look", "being", "night", "time", "shot", "morning":
		return true
	}
	return strings.HasSuffix(w, "ly")
}
