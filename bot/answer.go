package bot

import (
	"time"

	"newsdesk/ask"
	"newsdesk/news"
)

// Answer is what the stored articles say to a question.
type Answer struct {
	Question string
	Found    bool      // false: the articles hold no answer
	Quotes   []Quote   // best first
	Short    string    // the shortest span of the first quotation that answers, "" where there is none
	Score    float64   // 0 to 1
	Docs     []ask.Hit // the closest articles, best first
}

// Quote is a sentence of an article, word for word.
type Quote struct {
	Text      string
	Article   news.ArticleID
	Title     string
	Outlet    string
	URL       string
	Published time.Time
}
