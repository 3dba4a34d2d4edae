package summarize

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsdesk/internal/pattern"
	"newsdesk/internal/wordset"
)

// Bounds of the search for a brief wording.
const (
	maxBriefs  = 64 // wordings looked at for one sentence
	leastBrief = 40 // characters below which a wording has lost too much
)

// briefed returns the fullest wording of an over-long English sentence that has
// at most limit characters, "" where none has. It is for sentences that nothing
// else makes fit, most of them the first of an article, which tells its news: it
// cuts what stands behind a whole statement, such as when or after what it
// happened, what came next, and further words on the last thing named, with their
// numbers and hedges. It never cuts who said it, a condition, a contrast, or
// anything behind a negation.
func briefed(s string, limit int) string {
	if len(s) > maxShortened || strings.Count(s, `"`)%2 == 1 || !strings.HasSuffix(strings.TrimRight(s, `"”'`), ".") {
		return ""
	}
	body, tail := splitSource(s)
	queue := []string{body}
	best := ""
	for i := 0; i < len(queue) && len(queue) < maxBriefs; i++ {
		for _, source := range [...]string{tail, briefSource(tail)} {
			full := finish(strings.TrimRight(queue[i], ".,; ") + source)
			n := utf8.RuneCountInString(full)
			if n >= leastBrief && n <= limit && n > utf8.RuneCountInString(best) && !openEnd(queue[i]) && !torn(s, full) && balanced(full) {
				best = full
			}
		}
		for _, t := range briefer(queue[i]) {
			if !slices.Contains(queue, t) {
				queue = append(queue, t)
			}
		}
	}
	return best
}

// released tells the words of a source behind which is told only how it came out.
var released = pattern.MustCompile(`^(, according to (?:an?|the) [^,]+?) (?:released|published|issued|seen|obtained|posted|taken|conducted|read) .*\.$`)

// briefSource returns an attribution without how its source came out.
func briefSource(tail string) string {
	if m := released.FindStringSubmatch(tail); m != nil {
		return m[1] + "."
	}
	return tail
}

var (
	// since tells a closing part that sets a statement against another time.
	since = pattern.MustCompile(`^(?:(?:about|nearly|almost|just|more than|less than|only|a|an|the) )*(?:[\w-]+ (?:and a half )?)?(?:minutes?|hours?|days?|weeks?|months?|years?|day|night|morning) (?:after|before) `)
	// beyond tells a closing part that says more of what the statement tells.
	beyond = pattern.MustCompile(`^(?:who|which|where|whose|in what|their|his|her|its|expected|believed|thought|said to|feared|known|described|based|part of|` +
		`after|before|as|while|hours|days|weeks|amid|with|saying|adding|citing|warning|arguing|promising|calling|bringing|making|leaving|and (?:said|added|warned|promised|announced|would|will|had|was|were|has|have)) `)
	// behind opens a clause that a whole statement can stand without.
	behind = [...]string{" before ", " after ", " because ", " as ", " while ", " and then ", " and that ", " ahead of ", " following ", " amid ", " despite "}
	// taken are verbs that go with "as": "described the war as".
	taken = wordset.Of(`describe described describes regard regarded see seen sees view viewed know known name named cite cited treat treated hail hailed dismiss dismissed
		portray portrayed dispute disputed investigate investigating served serve serving serves chosen elected appointed position role work works worked such same so`)
	// clausal are words whose clause with "that" tells all there is to tell of them.
	clausal = wordset.Of(`bill bills legislation law laws policy policies proclamation measure measures group order rule rules plan plans resolution report proposal activities system
		way idea sign signs evidence fact state states things something anything`)
)

// briefer returns a text with one closing phrase less, in each way that is safe.
func briefer(s string) []string {
	var out []string
	add := func(head string) {
		head = strings.TrimRight(head, " ,")
		if last := firstWord(head[strings.LastIndexByte(head, ' ')+1:]); auxiliary.Has(last) || finite.Has(last) || last == "become" || strings.HasSuffix(head, `,"`) || strings.HasSuffix(head, `,”`) {
			return
		}
		if countWords(head) < 6 || !tellsDeed(head) || !balanced(head) || limits(head) || endsWithQuantity(head) || vagueEnd(head) || broken(s+".", head+".") {
			return
		}
		out = append(out, head)
	}
	parts := commaParts(s)
	for k := len(parts) - 1; k > 0; k-- {
		head, rest := strings.Join(parts[:k], ", "), strings.Join(parts[k:], ", ")
		if (beyond.MatchString(rest) || resumes.MatchString(rest) || since.MatchString(rest)) && firstPartWhole(parts, k) && !goesOn(parts[k+1:]) && !conditional(rest) && !(timed.Has(firstWord(rest)) && ahead(head)) {
			add(head)
		}
	}
	for _, b := range behind {
		for i := lastIndex(s, b); i > 0; i = lastIndex(s[:i], b) {
			head, rest, word := s[:i], s[i+len(b):], strings.TrimSpace(b)
			if cut := strings.Index(rest, ", but "); cut > 0 && (word == "because" || word == "after" || word == "despite") && !strings.Contains(rest[:cut], ", ") {
				add(head + rest[cut:]) // "because they came late, but allowed others"
			}
			if strings.Contains(head, ", ") && !asserts(lastPart(head)) || goesOn(commaParts(rest)[1:]) || word != "and that" && conditional(rest) || timed.Has(word) && ahead(head) {
				continue
			}
			switch told := slices.ContainsFunc(strings.Fields(head), func(w string) bool { return sayings.Has(w) }); {
			case word == "ahead of" && aheadBy(head):
				continue
			case word == "because" && told, word == "and that" && !strings.Contains(head, " that "):
				continue // whose reason it is
			case word == "as" && (!verbIn(rest) || strings.HasPrefix(rest, `"`) || strings.HasPrefix(rest, "“") || slices.ContainsFunc(strings.Fields(head), func(w string) bool { return taken.Has(w) || w == "as" })):
				continue // "known as", "as soon as"
			}
			add(head)
		}
	}
	if i := lastIndex(s, " that "); i > 0 {
		head, rest := s[:i], s[i+len(" that "):]
		last := strings.Fields(head)
		last = last[max(0, len(last)-4):]
		verb := firstWord(rest)
		if (auxiliary.Has(verb) || finite.Has(verb) || strings.HasSuffix(verb, "ed") && !unicode.IsUpper(firstRune(rest))) && countWords(head) > 8 && !strings.Contains(head, " that ") && !unique(head) && !negated(rest) &&
			!slices.ContainsFunc(last, func(w string) bool { return sayings.Has(w) || w == "found" || w == "if" || w == "when" }) && !clausal.Has(last[len(last)-1]) && !englishStops.Has(strings.ToLower(last[len(last)-1])) {
			add(head)
		}
	}
	return out
}

// tellsDeed tells a text with a verb of its own outside of what sets its scene,
// one that is no participle: "a summer coupled with losses" has none.
func tellsDeed(s string) bool {
	parts := commaParts(s)
	if f := firstWord(s); leading.Has(f) || conditions.Has(f) || f == "when" || f == "because" || f == "before" || f == "once" {
		parts = parts[1:]
	}
	return slices.ContainsFunc(parts, func(p string) bool {
		w := strings.Fields(p)
		if !asserts(p) && !slices.Contains(w, "forbade") {
			return false
		}
		for i, x := range w {
			prev := ""
			if i > 0 {
				prev = strings.ToLower(w[i-1])
			}
			if auxiliary.Has(x) && prev != "to" || x == "forbade" || finite.Has(x) && prev != "the" && prev != "a" && prev != "to" {
				return true
			}
			if i > 0 && len(x) > 4 && strings.HasSuffix(x, "ed") && i+1 < len(w) && !beforeAdjective.Has(prev) {
				switch w[i+1] {
				case "with", "by", "in", "from", "as", "at", "of":
				default:
					return true
				}
			}
		}
		return false
	})
}

func negated(s string) bool {
	return slices.ContainsFunc(strings.Fields(strings.ToLower(s)), func(w string) bool {
		w = strings.Trim(w, ".,;:\"“”'")
		return negations.Has(w) || strings.HasSuffix(w, "n't") || strings.HasSuffix(w, "n’t")
	})
}

// timed are words before what must come first where a statement is of what is to
// come.
var timed = wordset.Of(`before after when as while because following despite`)

// ahead tells a statement of what is to come.
func ahead(s string) bool {
	return slices.ContainsFunc(strings.Fields(s), func(w string) bool {
		return w == "will" || w == "would" || w == "shall" || w == "may" || w == "might" || w == "can" || w == "could" || w == "should" || w == "must"
	})
}

// goesOn tells parts among which the sentence goes on with its verb, a contrast
// or a condition.
func goesOn(parts []string) bool {
	return slices.ContainsFunc(parts, func(p string) bool {
		w := firstWord(p)
		return auxiliary.Has(w) || finite.Has(w) || w == "but" || w == "yet" || conditions.Has(w) || len(w) > 4 && strings.HasSuffix(w, "ed") && !participle(p)
	})
}

// conditional tells words that say when or whether a statement holds.
func conditional(s string) bool {
	return slices.ContainsFunc(strings.Fields(strings.ToLower(s)), func(w string) bool {
		w = strings.Trim(w, ".,;:\"“”'")
		return conditions.Has(w) && w != "only" && w != "even" || w == "but" || w == "yet"
	})
}

// lastPart returns what stands behind the last comma.
func lastPart(s string) string { return s[lastIndex(s, ", ")+2:] }

// unique tells whether the last thing named is the only one or the first of its
// kind, so that what is said of it belongs to it.
func unique(s string) bool {
	j := max(lastIndex(s, " the "), lastIndex(s, " a "), lastIndex(s, " an "), 0)
	return slices.ContainsFunc(strings.Fields(strings.ToLower(s[j:])), func(w string) bool {
		return w == "first" || w == "only" || w == "last" || w == "same" || w == "most" || w == "fact" || len(w) > 5 && strings.HasSuffix(w, "est")
	})
}

// named returns a sentence whose subject is told by its relation to somebody
// and then by its name, with the name alone: "His co-defendant, the contractor
// Pell & Sons, was acquitted" is "The contractor Pell & Sons was acquitted". It
// is "" for others.
func named(s string) string {
	first, _, _ := strings.Cut(s, " ")
	parts := commaParts(s)
	if len(parts) < 3 || !(first == "His" || first == "Her" || first == "Its" || first == "Their") || countWords(parts[0]) > 4 || verbIn(parts[0]) {
		return ""
	}
	who, verb := parts[1], firstWord(parts[2])
	if countWords(who) > 8 || verbIn(who) || relatives.Has(firstWord(who)) || !strings.ContainsFunc(who, unicode.IsUpper) || hasDigit(who) || !auxiliary.Has(verb) && !finite.Has(verb) && !strings.HasSuffix(verb, "ed") {
		return ""
	}
	return capital(who) + " " + strings.Join(parts[2:], ", ")
}
