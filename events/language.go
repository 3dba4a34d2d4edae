package events

import "newsdesk/news"

// Language returns the language that an event is told in, "" where it is not
// known: the one in which most independent outlets report it, of equal ones the
// earlier. Reports in others count as sources, and can be read there.
func Language(sources []news.Source) string {
	voices := map[string]int{}
	seen := map[string]bool{}
	best := ""
	for _, s := range sources {
		if s.Lang == "" || s.CopyOf != 0 || seen[s.Voice()+"\x00"+s.Lang] {
			continue
		}
		seen[s.Voice()+"\x00"+s.Lang] = true
		voices[s.Lang]++
	}
	for _, s := range sources { // in their order
		if s.Lang != "" && voices[s.Lang] > voices[best] {
			best = s.Lang
		}
	}
	return best
}

// LanguageWith returns the language that an event is told in once an article has
// joined it.
func LanguageWith(base news.Event, a news.Article, copyOf news.ArticleID) string {
	n := len(base.Sources)
	return Language(append(base.Sources[:n:n], sourceFrom(a, copyOf, a.When())))
}

// Foreign says whether something in a language is not in another one. What is
// not known of either is taken to be in it.
func Foreign(lang, in string) bool { return lang != "" && in != "" && lang != in }
