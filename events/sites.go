package events

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"newsdesk/internal/wordset"
)

// sitedAfter are the words behind which a headline names where it happened.
var sitedAfter = wordset.Of(`in near off outside at`)

// sites returns the names, in lower case, of which a headline says that it
// happened there: capitalised words behind "in", "near" and the like. It finds
// the places that no list holds. A headline that capitalises everything tells
// nothing: there are no names in it to be seen.
func sites(title string) []string {
	if capitals(title) {
		return nil
	}
	words := strings.Fields(title)
	var out []string
	for i := 1; i < len(words); i++ {
		w := strings.TrimFunc(words[i], unicode.IsPunct)
		if r, _ := utf8.DecodeRuneInString(w); sitedAfter.Has(strings.ToLower(words[i-1])) && unicode.IsUpper(r) && !month.Has(strings.ToLower(w)) {
			out = append(out, strings.ToLower(strings.TrimSuffix(strings.TrimSuffix(w, "'s"), "’s")))
		}
	}
	return out
}

// month holds what follows "in" without being a place.
var month = wordset.Of(`january february march april may june july august september october november december
	spring summer autumn winter`)

// elsewhere says whether two articles happen at different places by their own
// headlines: each names some, and the other article never does.
func elsewhere(a, b *entry) bool {
	return len(a.sites) > 0 && len(b.sites) > 0 && !anyIn(a.sites, b.full) && !anyIn(b.sites, a.full) &&
		!anyIn(a.sites, b.title) && !anyIn(b.sites, a.title)
}

// capitals says whether a headline capitalises everything, so that names cannot
// be seen in it.
func capitals(title string) bool {
	capital, small := 0, 0
	first := true
	for w := range strings.FieldsSeq(title) {
		if r, _ := utf8.DecodeRuneInString(w); !first && len(w) > 3 {
			if unicode.IsUpper(r) {
				capital++
			} else if unicode.IsLower(r) {
				small++
			}
		}
		first = false
	}
	return small < capital
}
