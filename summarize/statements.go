package summarize

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"newsdesk/news"

	"newsdesk/internal/pattern"
)

// maxStatements bounds what Statements returns.
const maxStatements = 16

// Statements returns what an article states, a wording for each sentence that
// stands alone, best first and at most 16. Unlike the facts of Article they may
// repeat each other: they are what a later report of a story is searched for
// news in. The reading must not have been given to a Dossier yet.
func (s *Summarizer) Statements(r *Reading) []news.Fact {
	d, scores := r.document, r.ranks
	type said struct {
		sent  int
		text  string
		score float64
	}
	all := make([]said, 0, len(d.sents)) // about as many
	told := make([]bool, len(d.sents))
	add := func(sent int, text string, score float64) {
		all = append(all, said{sent, text, score})
		told[sent] = true
	}
	for _, at := range rankedOrder(r.strict, scores) {
		if c := &r.strict[at.index]; !told[c.sent] {
			add(c.sent, c.text, at.score)
		}
	}
	if d.lang == "en" {
		for i := range d.sents {
			if d.sents[i].quoted || len(d.sents[i].Text) > maxSentence || !endsWhole(d.sents[i].Text) {
				continue
			}
			text := d.sents[i].clean
			if text == "" {
				text = clean(d.sents[i].Text, i < 4)
			}
			if t, ok := d.resolve(i, text); ok {
				text = t
			}
			for _, t := range []string{total(text), withoutAfter(text, told[i]), named(text)} {
				if t != "" && (s.o.MaxFactRunes <= 0 || utf8.RuneCountInString(t) <= s.o.MaxFactRunes) && stands(t, d.lang, d.spaced, false) {
					add(i, t, scores[i])
				}
			}
		}
	}
	slices.SortStableFunc(all, func(a, b said) int { return cmp.Compare(b.score, a.score) })
	out := make([]news.Fact, min(len(all), maxStatements))
	for i := range out {
		x := &d.sents[all[i].sent]
		out[i] = news.Fact{Text: all[i].text, Article: d.article.ID, Sentence: x.index, Span: x.Span, Score: all[i].score}
	}
	return out
}

// raised is a total that a sentence gives beside what raised it.
var raised = pattern.MustCompile(`, (?:raising|bringing|taking|pushing|lifting) (the (?:[a-z]+ ){0,2}(?:toll|number|total|count|tally)\b[^,.;"“]*?) to (?:(?:at least|about|more than|nearly) )?([\w,]+)(, [^"“]*)?\.$`)

// total turns "Two more people died, bringing the toll to 11, police said" into
// "The toll is now 11, police said"; "" where there is no such total.
func total(text string) string {
	m := raised.FindStringSubmatchIndex(text)
	if m == nil {
		return ""
	}
	what, n, tail := text[m[2]:m[3]], text[m[4]:m[5]], ""
	if m[6] >= 0 {
		if tail = text[m[6]:m[7]]; !attribution(strings.TrimPrefix(tail, ", ")) {
			return ""
		}
	}
	if _, ok := oneNumber(strings.ToLower(n)); !ok {
		return ""
	}
	hedge := strings.TrimSuffix(text[m[3]+len(" to "):m[4]], n) // "at least "
	return capital(what) + " is now " + hedge + n + tail + "."
}

// withoutAfter cuts a closing "after" clause before the speaker, of a sentence
// that is told in no other way.
func withoutAfter(text string, told bool) string {
	if told || strings.Count(text, `"`)%2 == 1 {
		return ""
	}
	body, tail := splitSource(text)
	i := strings.LastIndex(body, " after ")
	if i < 0 {
		return ""
	}
	head, rest := body[:i], body[i+1:]
	if limiting(rest) || !verbIn(head) || countWords(head) < 6 || strings.HasSuffix(head, ",") || endsWithQuantity(head) || strings.ContainsAny(rest, ";\"“") || !balanced(head) {
		return ""
	}
	return finish(head + tail)
}

// limiting tells words whose loss may change how far a statement holds.
func limiting(s string) bool {
	for w := range strings.FieldsSeq(strings.ToLower(s)) {
		w = strings.Trim(w, ".,;:\"'“”’()")
		if negations.Has(w) || hedges.Has(w) || conditions.Has(w) || strings.HasSuffix(w, "n't") {
			return true
		}
	}
	return false
}
