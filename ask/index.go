// Package ask answers a question from stored articles: with their own
// sentences, each with its source, or with the honest statement that nothing was
// found. It is pure but for its Index.
package ask

import (
	"context"
	"time"

	"newsdesk/news"
)

// Hit is an article that an index found for a query.
type Hit struct {
	Article   news.ArticleID
	Event     news.EventID
	Title     string
	Outlet    string
	URL       string
	Body      string
	Published time.Time
	Score     float64 // higher is better; comparable within one search
}

// Index finds stored articles by words.
type Index interface {
	// Search returns at most limit articles published at or after since, best
	// first. The query is a person's text, not a search syntax.
	Search(ctx context.Context, query string, since time.Time, limit int) ([]Hit, error)
}
