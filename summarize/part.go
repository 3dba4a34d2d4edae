package summarize

import (
	"strings"
	"unicode"

	"newsdesk/internal/wordset"
)

// leastQuoted is the number of words below which a part of a quotation says
// nothing by itself.
const leastQuoted = 6

// part returns the first or the last sentence of a quotation of several
// sentences as a quotation of its own, where the sentence says who speaks:
// `Ana Ruiz said: "We are safe.` gets its closing mark, `The road is open,"
// Ana Ruiz said.` its opening one. It is "" for others.
func (d *document) part(i int) string {
	x := &d.sents[i]
	if d.lang != "en" || x.opens == x.shuts {
		return ""
	}
	s := tidy(x.Text)
	if x.opens {
		head, mark, quote := cutOpening(s, x.single)
		if !strings.HasSuffix(head, ",") && !strings.HasSuffix(head, ":") || !d.closes(i) {
			return ""
		}
		if !strings.HasSuffix(quote, ".") || !tellsSpeaker(head[max(0, len(head)-80):]) || !quotable(quote) || contrasts.Has(firstWord(d.sents[i+1].Text)) {
			return ""
		}
		return s + shutting[mark]
	}
	quote, mark, rest := cutClosing(s, x.single)
	if !strings.HasSuffix(quote, ",") || !tellsSpeaker(rest[:min(len(rest), 80)]) || !quotable(quote) {
		return ""
	}
	return opening[mark] + s
}

var (
	shutting = map[string]string{`"`: `"`, "“": "”", "'": "'", "‘": "’"}
	opening  = map[string]string{`"`: `"`, "”": "“", "'": "'", "’": "‘"}
)

// cutOpening parts a sentence at the one mark that opens a quotation; all is ""
// where that is not certain.
func cutOpening(s string, single bool) (head, mark, quote string) {
	found := []string{`"`, "“"}
	if single {
		found = []string{" '", " ‘"}
	}
	for _, m := range found {
		if head, quote, ok := strings.Cut(s, m); ok && !strings.ContainsAny(head+quote, "\"“”") && (!single || !strings.Contains(quote, m)) {
			return strings.TrimSpace(head), strings.TrimSpace(m), quote
		}
	}
	return "", "", ""
}

// cutClosing parts a sentence at the one mark that closes a quotation.
func cutClosing(s string, single bool) (quote, mark, rest string) {
	found := []string{`"`, "”"}
	if single {
		found = []string{",'", ",’"}
	}
	for _, m := range found {
		if quote, rest, ok := strings.Cut(s, m); ok && !strings.ContainsAny(quote+rest, "\"“”") && (!single || !strings.Contains(rest, m)) {
			comma := strings.TrimRight(m, "\"”'’")
			return quote + comma, strings.TrimPrefix(m, ","), rest
		}
	}
	return "", "", ""
}

// contrasts open a sentence without which the one before may mislead.
var contrasts = wordset.Of(`but however yet still though although nevertheless except unless only`)

// quotable tells a sentence of a quotation that says something without those
// beside it. Who "I" and "we" are, the speaker tells.
func quotable(s string) bool {
	s = strings.TrimLeft(s, " ")
	r := firstRune(s)
	if countWords(s) < leastQuoted || !unicode.IsUpper(r) && !unicode.IsDigit(r) {
		return false
	}
	switch w, _, _ := strings.Cut(strings.ReplaceAll(firstWord(s), "’", "'"), "'"); w {
	case "i", "we", "my", "our":
		return true
	}
	return !dangling(s, "en") && !leans(s, "en")
}

// closes tells whether the quotation that opens in sentence i is closed soon.
func (d *document) closes(i int) bool {
	for j := i + 1; j < min(len(d.sents), i+1+maxQuotation); j++ {
		if d.sents[j].shuts {
			return true
		}
		if !d.sents[j].quoted {
			return false
		}
	}
	return false
}

// tellsSpeaker tells words beside a quotation that say who speaks.
func tellsSpeaker(s string) bool {
	said, who := false, false
	for w := range strings.FieldsSeq(s) {
		bare := strings.Trim(w, ".,;:()")
		said = said || speech.Has(bare)
		who = who || !speech.Has(bare) && len(bare) > 2 && !englishPointers.Has(strings.ToLower(bare)) && !englishStops.Has(strings.ToLower(bare))
	}
	return said && who
}
