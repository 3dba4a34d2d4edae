package app

import (
	"context"
	"fmt"
	"sync"
	"time"

	"newsdesk/news"
	"newsdesk/store"
	"newsdesk/topics"
)

// topicsFor is how long the list of topics in use stands before it is read anew.
const topicsFor = 10 * time.Minute

// filing says under which topic an article is filed. It is safe for concurrent
// use.
type filing struct {
	db *store.DB

	mu         sync.Mutex
	classifier *topics.Classifier // nil until the first article: its model takes memory
	inUse      []string
	until      time.Time
}

// of returns the topic of an article from a feed of a topic.
func (f *filing) of(ctx context.Context, a news.Article, feed string, now time.Time) (string, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.classifier == nil {
		c, err := topics.New()
		if err != nil {
			return "", fmt.Errorf("file article %d: %w", a.ID, err)
		}
		f.classifier = c
	}
	if !now.Before(f.until) {
		inUse, err := f.db.FeedTopics(ctx)
		if err != nil {
			return "", fmt.Errorf("file article %d: %w", a.ID, err)
		}
		f.inUse, f.until = inUse, now.Add(topicsFor)
	}
	return f.classifier.Of(a, feed, f.inUse).Topic, nil
}
