package store

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	// maxQuery bounds what is read of a person's query, in bytes.
	maxQuery = 2000
	// maxTerms bounds the words looked for.
	maxTerms = 24
)

// SQLite's tokenizer takes a run of letters for one word. In scripts written
// without blanks such a run is a whole clause, and would only be found by
// exactly that clause. There, each pair of neighbouring characters is made a
// word, in the index and in queries alike, so that "地震" is found within
// "東京で地震が発生". This is the usual way to index Chinese and Japanese without a
// dictionary; it serves Thai, Lao, Khmer and Burmese as well, whose vowel
// marks, which the tokenizer would part words at, are left out.

// noBlanks are the scripts written without blanks between words.
var noBlanks = []*unicode.RangeTable{
	unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar,
}

// unspaced reports whether r is a letter or mark of a script without blanks.
func unspaced(r rune) bool {
	if r < 0x0E00 { // Thai is the first of them
		return false
	}
	if r == 'ー' || r == 'ｰ' { // prolongs a vowel in Japanese; belongs to no one script
		return true
	}
	return unicode.IsOneOf(noBlanks, r) && (unicode.IsLetter(r) || unicode.IsMark(r))
}

// wordRune reports whether r is part of a word, as the tokenizer sees it or
// nearly so; whatever else there is parts words.
func wordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) || unspaced(r)
}

// letters returns the runes of a run without its marks.
func letters(run string) []rune {
	out := make([]rune, 0, utf8.RuneCountInString(run))
	for _, r := range run {
		if !unicode.IsMark(r) {
			out = append(out, r)
		}
	}
	return out
}

// term is one thing to look for.
type term struct {
	text   string
	prefix bool // begins a word of the index
	weak   bool // says little: dropped where others remain
}

// terms reads a person's text. Nothing in it is syntax.
func terms(query string) []term {
	var out []term
	seen := map[string]bool{}
	add := func(t term) {
		if key := strings.ToLower(t.text); t.text != "" && !seen[key] {
			seen[key] = true
			out = append(out, t)
		}
	}
	for rest := cut(query); rest != ""; {
		r, size := firstRune(rest)
		if !wordRune(r) {
			rest = rest[size:]
			continue
		}
		if unspaced(r) {
			n := span(rest, unspaced)
			pairs(rest[:n], add)
			rest = rest[n:]
			continue
		}
		n := span(rest, func(r rune) bool { return wordRune(r) && !unspaced(r) })
		if a := acronym(rest); a > n {
			n = a
		}
		word := rest[:n]
		add(term{text: word, weak: stopWords.Has(strings.ToLower(word)) || len(word) == 1 && word > "9"})
		rest = rest[n:]
	}
	return out
}

// pairs adds the pairs of a run; a single character is looked for as the
// beginning of a pair.
func pairs(run string, add func(term)) {
	rs := letters(run)
	if len(rs) == 1 {
		add(term{text: string(rs), prefix: true})
		return
	}
	for i := 0; i+1 < len(rs); i++ {
		// Japanese writes its particles and endings in Hiragana.
		weak := unicode.Is(unicode.Hiragana, rs[i]) && unicode.Is(unicode.Hiragana, rs[i+1])
		add(term{text: string(rs[i : i+2]), weak: weak})
	}
}

// acronym returns the length of an abbreviation such as "U.S." at the start of
// s, 0 where there is none. It is looked for as letters in a row.
func acronym(s string) int {
	n, letters := 0, 0
	for {
		r, size := firstRune(s[n:])
		if size == 0 || !unicode.IsLetter(r) || unspaced(r) || len(s) <= n+size || s[n+size] != '.' {
			break
		}
		n += size + 1
		letters++
	}
	if letters < 2 {
		return 0
	}
	return n
}

// telling returns what to look for in a person's text: its words, less those
// that say little where others remain.
func telling(query string) []term {
	all := terms(query)
	strong := all[:0:0]
	for _, t := range all {
		if !t.weak {
			strong = append(strong, t)
		}
	}
	if len(strong) > 0 {
		all = strong
	}
	return all[:min(len(all), maxTerms)]
}

// cut bounds a query at a whole character.
func cut(query string) string {
	if len(query) > maxQuery {
		query = query[:maxQuery]
	}
	return strings.ToValidUTF8(query, " ")
}

// span returns the length of the prefix of s whose runes all satisfy ok.
func span(s string, ok func(rune) bool) int {
	if n := strings.IndexFunc(s, func(r rune) bool { return !ok(r) }); n >= 0 {
		return n
	}
	return len(s)
}

func firstRune(s string) (rune, int) { return utf8.DecodeRuneInString(s) }
func lastRune(s string) (rune, int)  { return utf8.DecodeLastRuneInString(s) }
