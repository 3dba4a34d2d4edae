package bot

import (
	"strings"

	"newsdesk/news"
)

// notByModel says that every word is an article's own.
const notByModel = "extracted, no AI"

// made says how the texts of an event were made: by extraction, by a language
// model, or in part by each. The articles counted are those that the facts were
// checked against.
func made(e news.Event) string {
	model, all := 0, 0
	against := map[news.ArticleID]bool{}
	for _, f := range cited(e) {
		all++
		against[f.Article] = true
		if f.Model {
			model++
		}
	}
	headline := strings.HasPrefix(e.Method, news.ModelMethod)
	switch {
	case model == 0 && !headline:
		return notByModel
	case model == 0: // the headline alone
		return "headline AI-condensed, facts extracted"
	case model < all:
		return "partly AI-condensed, checked against " + plural(len(against), "article")
	}
	return "AI-condensed, checked against " + plural(len(against), "article")
}

// madeAll is made for a list of events.
func madeAll(es []news.Event) string {
	for _, e := range es {
		if made(e) != notByModel {
			return "partly AI-condensed, checked against the articles"
		}
	}
	return notByModel
}
