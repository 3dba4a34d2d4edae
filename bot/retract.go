package bot

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsdesk/bot/message"
	"newsdesk/internal/wordset"
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

// unnamed returns takenBack where the fact's own words do not say what that report
// told.
func unnamed(e news.Event, f news.Fact) string {
	title, text := takenBack(e, f), message.Plain(f.Text)
	if strings.ContainsFunc(text, unicode.IsDigit) || slices.ContainsFunc(titleWords(text), func(w string) bool {
		return utf8.RuneCountInString(w) >= tellingWord && slices.Contains(titleWords(title), w)
	}) {
		return ""
	}
	return title
}

// Bounds of what is said of a report that was taken back.
const (
	tellingWord    = 4  // letters of a word by which a sentence shows what it speaks of
	withdrawnTitle = 80 // characters of the report's title
)

// openers are words that begin a sentence in small letters once it is part of one.
var openers = wordset.Of(`The A An This That Its Our`)

// withdrawal is the plain text of a fact that takes a report back, behind what that
// told, in at most room characters.
func withdrawal(text, title string, room int) string {
	if first, rest, ok := strings.Cut(text, " "); ok && openers.Has(first) {
		text = strings.ToLower(first) + " " + rest
	}
	quoted := "“" + message.Cut(title, withdrawnTitle) + "” — "
	return quoted + message.Cut(strings.TrimSuffix(text, "."), room-message.Len(quoted))
}

// instead says what is reported now where a fact takes back what a report told of
// an event and its headline is none of that report's, else "".
func instead(e news.Event, f news.Fact) string {
	if title := unnamed(e, f); title == "" || wordsWithin(headline(e), title) {
		return ""
	}
	return " · now reported: " + message.EscapeTo(headline(e), alertTitle)
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
