package articles

import (
	"strings"
	"unicode"
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
func alike(a, b string) float64 {
	x, y := wordSet(a), wordSet(b)
	both := 0
	for w := range x {
		if y[w] {
			both++
		}
	}
	if all := len(x) + len(y) - both; all > 0 {
		return float64(both) / float64(all)
	}
	return 0
}

func wordSet(s string) map[string]bool {
	set := map[string]bool{}
	for _, w := range words(s) {
		set[w] = true
	}
	return set
}

// words splits a text into lower-case runs of letters and digits. Scripts
// that write no blanks between words give one "word" a letter.
func words(s string) []string { return appendWords(make([]string, 0, len(s)/6+1), s) }

// appendWords appends the words of a text.
func appendWords(out []string, s string) []string {
	start := -1
	flush := func(i int) {
		if start >= 0 {
			out = append(out, strings.ToLower(s[start:i]))
			start = -1
		}
	}
	for i, r := range s {
		switch {
		case unspaced(r):
			flush(i)
			out = append(out, string(r))
		case unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) && start >= 0:
			if start < 0 {
				start = i
			}
		default:
			flush(i)
		}
	}
	flush(len(s))
	return out
}

// unspaced tells whether a letter belongs to a script without blanks between words.
func unspaced(r rune) bool {
	return r > 0xE00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
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
	return strings.ToLower(strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			return r
		}
		return -1
	}, s))
}
