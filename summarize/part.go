package summarize

import (
	"strings"
	"unicode"
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
	open, shut := `"`, `"`
	if strings.ContainsAny(s, "“”") {
		open, shut = "“", "”"
	}
	if strings.Count(s, open) != 1 && open == shut || open != shut && strings.Count(s, open)+strings.Count(s, shut) != 1 {
		return ""
	}
	if x.opens {
		head, quote, _ := strings.Cut(s, open)
		if head = strings.TrimSpace(head); !strings.HasSuffix(head, ",") && !strings.HasSuffix(head, ":") || !d.closes(i) {
			return ""
		}
		if !strings.HasSuffix(quote, ".") || !tellsSpeaker(head[max(0, len(head)-80):]) || !quotable(quote) || contrasts[firstWord(d.sents[i+1].Text)] {
			return ""
		}
		return s + shut
	}
	quote, rest, _ := strings.Cut(s, shut)
	if !strings.HasSuffix(quote, ",") || !tellsSpeaker(rest[:min(len(rest), 80)]) || !quotable(quote) {
		return ""
	}
	return open + s
}

// contrasts open a sentence without which the one before may mislead.
var contrasts = words(`but however yet still though although nevertheless except unless only`)

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
		said = said || speech[bare]
		who = who || !speech[bare] && len(bare) > 2 && !pointers["en"][strings.ToLower(bare)] && !stopWords["en"][strings.ToLower(bare)]
	}
	return said && who
}
