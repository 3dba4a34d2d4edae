package bot

import (
	"slices"
	"strings"
	"unicode"

	"newsdesk/bot/message"
	"newsdesk/news"
)

// takenBack returns the title of the report that a fact takes back without giving
// another value for it: its outlet's own, where that has one before it only. It is ""
// where which report is meant is not known.
func takenBack(e news.Event, f news.Fact) string {
	n := e.Citation(f.Article)
	if f.Was == (news.Version{}) || f.Was.Value != "" || f.Was.Article == f.Article || n == 0 {
		return ""
	}
	title := ""
	for _, s := range e.Sources[:n-1] {
		switch {
		case s.Outlet != e.Sources[n-1].Outlet || s.CopyOf != 0:
		case s.Article != f.Was.Article, title != "":
			return "" // it may be another one
		default:
			title = strings.TrimSpace(message.Plain(s.Title))
		}
	}
	return title
}

// titleWords are the words of a text, in lower case.
func titleWords(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// wordsWithin reports whether a title has all words of a headline: a headline is
// a title as it is or cut short.
func wordsWithin(headline, title string) bool {
	words, all := titleWords(headline), titleWords(title)
	return len(words) > 0 && !slices.ContainsFunc(words, func(w string) bool { return !slices.Contains(all, w) })
}
