package verify

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// quoteMarks are all marks that a quotation may stand in.
const quoteMarks = "\"“”„«»‘’'「」『』‹›"

// closing are the marks that end a quotation by the one that opens it.
var closing = map[rune]string{
	'"': `"`, '“': "”\"", '„': "“”\"", '«': "»", '»': "«", '‘': "’", '\'': "'", '「': "」", '『': "』", '‹': "›",
}

// quotations looks for the fact's quotations, word for word. The style of the
// marks, blanks, capitals and stops do not count; what is left out must be
// marked by dots or brackets.
func (c *Checker) quotations(s *statement, w *window) Finding {
	for _, q := range quoted(s.text) {
		rest, marked := w.quote()
		for _, piece := range pieces(q) {
			p := quotable(piece)
			if p == " " {
				continue
			}
			i := strings.Index(rest, p)
			if i < 0 || !marked {
				return Finding{Quotation, strings.TrimSpace(q)}
			}
			rest = rest[i+len(p)-1:]
		}
	}
	return Finding{}
}

// quoted returns what stands in quotation marks. A single mark counts where it
// can be no apostrophe.
func quoted(s string) []string {
	var out []string
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		ends, opens := closing[r]
		if opens && (r == '\'' || r == '‘') {
			prev, _ := utf8.DecodeLastRuneInString(s[:i])
			next, _ := utf8.DecodeRuneInString(s[i+n:])
			opens = (i == 0 || unicode.IsSpace(prev) || strings.ContainsRune("([—–-", prev)) && unicode.IsLetter(next)
		}
		if !opens {
			i += n
			continue
		}
		end := closeAt(s[i+n:], ends)
		if end < 0 {
			i += n
			continue
		}
		out = append(out, s[i+n:i+n+end])
		i += n + end
		_, m := utf8.DecodeRuneInString(s[i:])
		i += m
	}
	return out
}

// closeAt finds the mark that ends a quotation, not an apostrophe.
func closeAt(s, ends string) int {
	for j, r := range s {
		if !strings.ContainsRune(ends, r) {
			continue
		}
		next, _ := utf8.DecodeRuneInString(s[j+utf8.RuneLen(r):])
		if (r == '\'' || r == '’') && unicode.IsLetter(next) {
			continue
		}
		return j
	}
	return -1
}

// pieces parts a quotation at what its writer left out or put in.
func pieces(q string) []string {
	q = strings.ReplaceAll(q, "...", "…")
	var out []string
	for p := range strings.SplitSeq(q, "…") {
		for {
			head, tail, found := strings.Cut(p, "[")
			out = append(out, head)
			if !found {
				break
			}
			if _, p, found = strings.Cut(tail, "]"); !found {
				break
			}
		}
	}
	return out
}

// quotable writes a text as quotations are compared: letters and digits in
// small letters, words parted by one blank, and one at each end. Scripts that
// do not part words have none inside.
func quotable(s string) string {
	var b strings.Builder
	b.Grow(len(s) + 2)
	b.WriteByte(' ')
	gap := true
	for _, r := range s {
		switch {
		case unicode.IsLetter(r) && !parted(r):
			b.WriteByte(' ')
			b.WriteRune(r)
			b.WriteByte(' ')
			gap = true
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
			b.WriteRune(unicode.ToLower(r))
			gap = false
		case !gap:
			b.WriteByte(' ')
			gap = true
		}
	}
	if !gap {
		b.WriteByte(' ')
	}
	return b.String()
}
