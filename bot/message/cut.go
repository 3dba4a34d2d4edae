package message

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"

	"newsdesk/internal/pattern"
)

// ellipsis ends a text that was cut.
const ellipsis = "…"

// whole matches what must not be cut in two: a masked link (its label may hold
// one pair of brackets, as in "[[1]](https://…)"), a bare address, and what
// Discord writes in angle brackets, such as "<t:1700000000:R>".
var whole = pattern.MustCompile(`\[(?:[^\[\]\n]|\[[^\[\]\n]*\])*\]\([^()\s]*\)|https?://[^\s<>()]+|<[@#:t/a][^<>\n]{0,80}>`)

// Cut shortens text to at most n units of [Len]. It cuts between characters as
// people see them (so an emoji family or a letter with its accents stays
// whole), at the end of a word where one ends in the second half of the space,
// and never inside a link. What was cut ends with "…". Text that fits is
// returned as it is.
func Cut(text string, n int) string {
	if n <= 0 {
		return ""
	}
	if len(text) <= n { // no character takes more units than bytes
		return text
	}
	if Len(text) <= n {
		return text
	}
	text = head(text, 8*n+4*MaxURL)
	var guarded [][]int
	if strings.ContainsAny(text, "[<:") {
		guarded = whole.FindAllStringIndex(text, -1)
	}

	ends := boundaries(text, n-1) // ends[i] is where character i begins; the last is the cut
	cut := unguarded(ends, guarded, len(ends)-1)
	if word := lastSpace(ends, text, cut); word > 0 {
		word = unguarded(ends, guarded, word)
		if 2*Len(text[:ends[word]]) >= n {
			cut = word
		}
	}
	return strings.ToValidUTF8(text[:ends[trim(ends, text, cut)]], "\uFFFD") + ellipsis
}

// head returns at most n bytes of text, whole runes only.
func head(text string, n int) string {
	if len(text) <= n {
		return text
	}
	for n > 0 && !utf8.RuneStart(text[n]) {
		n--
	}
	return text[:n]
}

// boundaries returns the byte offsets of the boundaries between characters,
// from 0 on, as far as at most n units of Len lie before them.
func boundaries(text string, n int) []int {
	ends := []int{0}
	rest, state, used, at := text, -1, 0, 0
	for rest != "" {
		var c string
		c, rest, _, state = uniseg.FirstGraphemeClusterInString(rest, state)
		used += Len(c)
		if used > n {
			break
		}
		at += len(c)
		ends = append(ends, at)
	}
	return ends
}

// unguarded moves the boundary i back before the link that it lies in.
func unguarded(ends []int, guarded [][]int, i int) int {
	for _, g := range guarded {
		if g[0] < ends[i] && ends[i] < g[1] {
			for i > 0 && ends[i] > g[0] {
				i--
			}
		}
	}
	return i
}

// lastSpace returns the last boundary up to i that has a blank after it, or 0.
func lastSpace(ends []int, text string, i int) int {
	for ; i > 0; i-- {
		if r, _ := utf8.DecodeRuneInString(text[ends[i]:]); unicode.IsSpace(r) {
			return i
		}
	}
	return 0
}

// trim moves the boundary i back over blanks, over punctuation that makes no
// sense before "…", and over a backslash that escaped what was cut off.
func trim(ends []int, text string, i int) int {
	for ; i > 0; i-- {
		c := text[ends[i-1]:ends[i]]
		if strings.TrimSpace(c) == "" || len(c) == 1 && strings.Contains(",;:-(", c) {
			continue
		}
		before := strings.TrimRight(text[:ends[i]], `\`)
		if (ends[i]-len(before))%2 == 0 {
			break
		}
	}
	return i
}
