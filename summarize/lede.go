package summarize

import (
	"slices"
	"strings"
	"unicode/utf8"

	"newsdesk/internal/pattern"
	"newsdesk/internal/wordset"
)

const (
	// headlineGood is the least length of a headline that a fact gives, in
	// characters.
	headlineGood = 40
	// ledeSentences is how many of an article's first sentences may give one.
	ledeSentences = 2
	// ledeFacts is the same of its facts.
	ledeFacts = 5
	// titleTold is the share of a long title's words that a statement must have to
	// take its place; teaseTold is the same of a title that holds back.
	titleTold = 0.5
	teaseTold = 0.34
)

// onDay tells a day of the week that says when something happened, and what says
// from when on or until when.
var onDay = pattern.MustCompile(`(?: on| late on| early on| late| early)? (?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)(?: (?:morning|afternoon|evening|night))?( |,|\.|$)`)

// beforeDay are words that make a day more than the time of a report.
var beforeDay = wordset.Of(`until by since from before after last next every this through and or between to Black Super Good Ash Bloody Holy Palm Easter`)

// undated returns a statement without the day of the week on which it happened,
// where what is left stays whole.
func undated(s string) string {
	m := onDay.FindStringSubmatchIndex(s)
	if m == nil || m[0] == 0 {
		return s
	}
	head, rest := s[:m[0]], s[m[2]:]
	last := head[strings.LastIndexByte(head, ' ')+1:]
	if beforeDay.Has(last) || beforeDay.Has(strings.ToLower(last)) || strings.HasSuffix(head, ",") || strings.HasPrefix(rest, ", ") || len(rest) > 1 && isDigit(rest[1]) || onDay.MatchString(rest) || vagueEnd(head) && strings.TrimSpace(rest) != "" {
		return s
	}
	for w := range strings.FieldsSeq(strings.ToLower(head)) {
		if w = strings.Trim(w, ","); w == "will" || w == "would" || w == "to" || w == "scheduled" || w == "due" || w == "expected" {
			return s // what is to come: when is the news
		}
	}
	return head + rest
}

// statement returns the statement of 40 to 70 characters among an article's facts
// and first sentences, in one of their shorter wordings, that tells most of what
// its title tells; "" where none tells least of it. Where same is set it must have
// the title's verb: who condemns a closing does not close.
func (d *document) statement(title string, facts []string, least float64, same bool) string {
	if d.lang != "en" {
		return ""
	}
	about, verb := d.vocab.keysOf(title), d.verbOf(title)
	if same && verb == "" {
		return ""
	}
	best, top := "", 0.0
	tells := func(t string) (share float64, enough bool) {
		told := inBoth(d.vocab.keysOf(t), about)
		share = float64(told) / float64(max(1, len(about)))
		return share, told > 1 && share >= least && share > top
	}
	for _, text := range d.ledes(facts) {
		if _, enough := tells(text); !enough {
			continue // nor do its forms, which have no other words
		}
		for _, t := range d.headlineForms(text) {
			if same && !d.hasStem(t, verb) {
				continue
			}
			if share, enough := tells(t); enough {
				best, top = t, share
			}
		}
	}
	return best
}

// verbOf returns the stem of the first verb that a title has behind its first word,
// "" where none is known.
func (d *document) verbOf(title string) string {
	prev := ""
	for w := range strings.FieldsSeq(strings.ToLower(title)) {
		w = strings.Trim(w, ".,;:!?\"“”'‘’()")
		if prev != "" && !auxiliary.Has(w) && !beforeAdjective.Has(prev) && (finite.Has(w) || sayings.Has(w) || d.isVerb(w) && (strings.HasSuffix(w, "s") || strings.HasSuffix(w, "ed") || plural(prev) || prev == "to")) {
			return d.vocab.stemOf(w)
		}
		prev = w
	}
	return ""
}

// hasStem tells whether a text has a word with a stem.
func (d *document) hasStem(s, stem string) bool {
	for w := range strings.FieldsSeq(strings.ToLower(s)) {
		if d.vocab.stemOf(strings.Trim(w, ".,;:!?\"“”'‘’()")) == stem {
			return true
		}
	}
	return false
}

// ledes are the texts of which a headline may be made.
func (d *document) ledes(facts []string) []string {
	out := slices.Clone(facts[:min(ledeFacts, len(facts))])
	for i := range d.sents[:min(ledeSentences, len(d.sents))] {
		x := &d.sents[i]
		if x.quoted || len(x.Text) > maxSentence || tellsOfMyself(x.Text) || !endsWhole(x.Text) || d.caption(i) {
			continue
		}
		text := x.clean
		if text == "" {
			text = clean(x.Text, true)
		}
		if text == "" || shouting(text) {
			continue
		}
		if text, ok := d.resolve(i, text); ok && !slices.Contains(out, text) {
			out = append(out, text)
		}
	}
	return out
}

// headlineForms returns the wordings of a statement that have the length of a
// headline.
func (d *document) headlineForms(text string) []string {
	forms := append([]string{text}, shortenings(text, true)...)
	forms = append(forms, fitted(text, headlineWant)...)
	if b := briefed(text, headlineWant); b != "" {
		forms = append(forms, b)
	}
	forms = append(forms, d.mainClauses(text)...)
	var out []string
	for _, t := range forms {
		without := undated(t)
		for _, u := range [...]string{t, without, d.surnamed(without)} {
			if u == "" {
				continue
			}
			n := utf8.RuneCountInString(bareStatement(u))
			if n > headlineWant || n < headlineGood || !stands(u, d.lang, d.spaced, false) || teases(u, d.lang) || strings.ContainsAny(u, "\"“”!") || pronounFirst(u) ||
				tellsOfMyself(u) || vagueEnd(u) || halfCompared(u) || openEnd(strings.TrimRight(u, ".")) || !evenMarks(u) || !verbIn(u) || slices.Contains(out, bareStatement(u)) {
				continue
			}
			out = append(out, bareStatement(u))
		}
	}
	return out
}

// halfCompared tells a statement that lost what it compares with: "is just as
// much of a cult".
func halfCompared(s string) bool {
	for _, as := range [...]string{" just as ", " as much ", " as many ", " twice as ", " the same "} {
		if _, rest, found := strings.Cut(s, as); found && !strings.Contains(rest, " as ") {
			return true
		}
	}
	return false
}

// mainClauses returns what a statement tells without closing parts that a title
// can do without, with who says it.
func (d *document) mainClauses(text string) []string {
	body, tail := splitSource(text)
	var out []string
	for range maxPeels {
		shortest := body
		for _, i := range append(d.closings(body), d.moreClosings(body)...) {
			head := strings.TrimRight(body[:i], " ,;")
			if balanced(head) && !broken(text, head+".") && !dangling(head, d.lang) {
				out = append(out, finish(head+tail))
				if i < len(shortest) {
					shortest = head
				}
			}
		}
		if shortest == body || utf8.RuneCountInString(shortest) <= headlineGood {
			break
		}
		body = shortest
	}
	return out
}
