package llm

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsdesk/internal/pattern"
)

var (
	linkLike = pattern.MustCompile(`(?i)://|\bwww\.|\bhxxp|\bmailto:|\b(javascript|data|discord):|[\p{L}\d-]\.(com|net|org|info|biz|io|gg|me|co|ly|xyz|example|test|app|dev|site|online|shop|top|ru|cn|de|fr|es|it|nl|br|uk|eu|us|tv|to|link|click|invite)\b|\b(discord|dot)\s*(\.|\(?dot\)?)\s*(gg|com|net|org)\b|\d{1,3}(\.\d{1,3}){3}`)
	marked   = pattern.MustCompile("[@#<>\\[\\]{}|`*_~\\\\^=]|:[a-z0-9_]+:|^\\s*(-|>|\\d+[.)])\\s")
)

// plain reports whether a text is one plain sentence: no link, no mention, no
// markup, nothing invisible. What a fact needs of those, the renderer makes from
// the article's row.
func plain(text string) bool {
	if text != strings.TrimSpace(text) || !utf8.ValidString(text) || linkLike.MatchString(text) || marked.MatchString(text) {
		return false
	}
	for _, r := range text {
		if r == utf8.RuneError || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Co, r) || r >= 0xE0000 || r != ' ' && unicode.IsSpace(r) {
			return false
		}
	}
	last, _ := utf8.DecodeLastRuneInString(text)
	return strings.ContainsRune(".”\"»", last) && !strings.Contains(text, "...")
}

// quotations returns what stands between quotation marks, and whether all marks
// pair.
func quotations(text string) ([]string, bool) {
	var out []string
	start, by := -1, rune(0)
	for i, r := range text {
		n := utf8.RuneLen(r)
		switch r {
		case '"':
			if start >= 0 && by == '"' {
				out, start = append(out, text[start:i]), -1
			} else if start < 0 {
				start, by = i+n, r
			}
		case '“', '«', '„':
			if start >= 0 && by == '„' && r == '“' {
				out, start = append(out, text[start:i]), -1
			} else if start < 0 {
				start, by = i+n, r
			}
		case '”', '»':
			if start >= 0 {
				out, start = append(out, text[start:i]), -1
			}
		}
	}
	return out, start < 0
}

// quoted reports whether every quotation of a fact stands word for word in a
// quotation of the sentences.
func quoted(fact, src string) bool {
	want, paired := quotations(fact)
	if !paired {
		return false
	}
	have, _ := quotations(src)
	for i := range have {
		have[i] = bare(have[i])
	}
	for _, q := range want {
		if q = bare(q); q == "" || !slices.ContainsFunc(have, func(h string) bool { return strings.Contains(" "+h+" ", " "+q+" ") }) {
			return false
		}
	}
	return true
}

// bare folds a text to its words.
func bare(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(strings.ReplaceAll(s, "’", "'")), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' && !unicode.IsMark(r)
	}), " ")
}
