package articles

import (
	"iter"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// titleOf chooses the headline: the page's single <h1> where it looks like the
// feed's title or og:title, else og:title without the site's name, else the
// JSON-LD headline, <title> without the site's name, the feed's title.
func (h *head) titleOf(feedTitle string) string {
	site := h.first("og:site_name")
	og := stripSite(h.first("og:title"), site)
	tag := stripSite(h.title, site)
	if len(h.h1) == 1 {
		h1 := h.h1[0]
		if goesOn(h1, og) {
			return og
		}
		for _, like := range []string{feedTitle, og, h.ld.Headline} {
			if looksLike(h1, like) {
				return h1
			}
		}
		// <title> names the site as well, and so may the page's <h1>.
		if og == "" && looksLike(h1, tag) {
			return h1
		}
	}
	for _, h1 := range h.h1 {
		if og != "" && alike(h1, og) >= 0.75 || tag != "" && alike(h1, tag) >= 0.75 {
			return h1
		}
	}
	for _, t := range []string{og, h.ld.Headline, stripSite(h.first("twitter:title"), site), tag, feedTitle} {
		if t != "" {
			return t
		}
	}
	if len(h.h1) > 0 {
		return h.h1[0]
	}
	return ""
}

// goesOn tells whether a page's <h1> is its headline and a little more, such as
// where it is from and a count of comments.
func goesOn(h1, headline string) bool {
	if headline == "" || len(h1) < len(headline) || !strings.EqualFold(h1[:len(headline)], headline) {
		return false
	}
	more := len(words(h1[len(headline):]))
	return more > 0 && more <= 3 && len(words(headline)) >= 5
}

// looksLike tells whether two titles name the same thing: one begins with the
// other, or a third of their words is shared.
func looksLike(a, b string) bool {
	if a == "" || b == "" {
		return false
	}
	x, y := strings.ToLower(fold(a)), strings.ToLower(fold(b))
	return x == y || len(x) > 12 && strings.HasPrefix(y, x) || len(y) > 12 && strings.HasPrefix(x, y) || alike(a, b) >= 0.35
}

// alike is the share of words that two texts have in common (Jaccard).
func alike(a, b string) float64 { return wordSetOf(a).alike(wordSetOf(b)) }

// wordSet holds the words of a text in order, each once.
type wordSet []string

func wordSetOf(s string) wordSet {
	w := words(s)
	slices.Sort(w)
	return slices.Compact(w)
}

// alike is the share of words that two sets have in common.
func (x wordSet) alike(y wordSet) float64 {
	all, both := len(x)+len(y), 0
	for len(x) > 0 && len(y) > 0 {
		switch strings.Compare(x[0], y[0]) {
		case -1:
			x = x[1:]
		case 1:
			y = y[1:]
		default:
			both++
			x, y = x[1:], y[1:]
		}
	}
	if all -= both; all > 0 {
		return float64(both) / float64(all)
	}
	return 0
}

// nearly tells whether a text has a share of words in common with the set that is
// three quarters or more. Most texts are done with at their first words.
func (x wordSet) nearly(text string) bool {
	var other []string // each once
	both := make(wordSet, 0, len(x))
	for w := range wordsIn(text) {
		w = strings.ToLower(w)
		if _, has := slices.BinarySearch(x, w); !has {
			if !slices.Contains(other, w) {
				other = append(other, w)
			}
			if 3*len(other) > len(x) {
				return false
			}
		} else if !slices.Contains(both, w) {
			both = append(both, w)
		}
	}
	return 4*len(both) >= 3*(len(x)+len(other)) && len(both) > 0
}

// words splits a text into lower-case runs of letters and digits. Scripts
// that write no blanks between words give one "word" a letter.
func words(s string) []string {
	out := make([]string, 0, len(s)/6+1)
	for w := range wordsIn(s) {
		out = append(out, strings.ToLower(w))
	}
	return out
}

// wordsIn yields the words of a text as they stand there.
func wordsIn(s string) iter.Seq[string] {
	return func(yield func(string) bool) {
		start := -1
		for i, r := range s {
			alone := unspaced(r)
			if !alone && inWord(r, start >= 0) {
				if start < 0 {
					start = i
				}
				continue
			}
			if start >= 0 {
				if !yield(s[start:i]) {
					return
				}
				start = -1
			}
			if alone && !yield(s[i:i+utf8.RuneLen(r)]) {
				return
			}
		}
		if start >= 0 {
			yield(s[start:])
		}
	}
}

// inWord tells whether a character is one of a word, or, inside of one, goes on
// with it. Most are small letters of ASCII.
func inWord(r rune, inside bool) bool { return 'a' <= r && r <= 'z' || inAnyWord(r, inside) }

func inAnyWord(r rune, inside bool) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r|0x20 && r|0x20 <= 'z' || '0' <= r && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsNumber(r) || inside && unicode.IsMark(r)
}

// unspaced tells whether a letter belongs to a script without blanks between words.
func unspaced(r rune) bool { return r > 0xE00 && inUnspacedScript(r) }

func inUnspacedScript(r rune) bool {
	if 0x2000 <= r && r < 0x2E80 { // quotes, dashes and signs
		return false
	}
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

// titleParts are the signs that part a headline from the site's name.
var titleParts = []string{" | ", " - ", " – ", " — ", " :: ", " » ", " · ", " • ", " / ", "｜", " ‹ ", " « ", " : "}

// stripSite cuts the site's name off a title: the last part where it is the
// name, or where the rest is clearly the longer one.
func stripSite(title, site string) string {
	title = fold(title)
	best := -1
	sep := ""
	for _, s := range titleParts {
		if i := strings.LastIndex(title, s); i > best {
			best, sep = i, s
		}
	}
	if best <= 0 {
		return title
	}
	first, last := strings.TrimSpace(title[:best]), strings.TrimSpace(title[best+len(sep):])
	switch {
	case site != "" && (strings.EqualFold(last, site) || squeeze(last) == squeeze(site)):
		return first
	case site != "" && strings.EqualFold(first, site):
		return last
	}
	n := len(words(last))
	if (sep == " | " || sep == "｜" || sep == " :: " || sep == " » ") && n <= 4 && len(words(first)) > n {
		return first
	}
	if n <= 3 && len(words(first)) >= 4 && startsUpper(last) {
		return first
	}
	return title
}

func startsUpper(s string) bool {
	for _, r := range s {
		return unicode.IsUpper(r) || unicode.IsDigit(r) || !unicode.IsLower(r) && unicode.IsLetter(r)
	}
	return false
}

// squeeze keeps letters and digits only, in lower case: "The Daily-News" and
// "thedailynews" are one name.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}
