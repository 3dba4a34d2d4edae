package app

import (
	"context"
	"sync"

	"newsdesk/internal/jobs"
	"newsdesk/news"
)

// turns keeps the articles of one host from taking all the places that articles
// have in work: its pages may take long, and those of others would wait for them.
type turns struct {
	most int // articles of one host at once
	host func(ctx context.Context, id news.ArticleID) (string, error)
	step func(ctx context.Context, id news.ArticleID) error

	mu     sync.Mutex
	inWork map[string]int
	waits  map[news.ArticleID]string // the hosts of those whose turn had not come
}

// newTurns wraps a step, for which a host may get so many requests at once.
func newTurns(perHost int, host func(context.Context, news.ArticleID) (string, error), step func(context.Context, news.ArticleID) error) *turns {
	return &turns{
		most: min(max(4, 2*perHost), articlesAtOnce/2), host: host, step: step,
		inWork: map[string]int{}, waits: map[news.ArticleID]string{},
	}
}

// take does the step for an article, or returns jobs.ErrLater.
func (t *turns) take(ctx context.Context, id news.ArticleID) error {
	host, err := t.of(ctx, id)
	if err != nil || host == "" {
		return t.step(ctx, id) // which will say what is wrong; without an address no page is asked for
	}
	t.mu.Lock()
	if t.inWork[host] >= t.most {
		t.waits[id] = host
		t.mu.Unlock()
		return jobs.ErrLater
	}
	t.inWork[host]++
	delete(t.waits, id)
	t.mu.Unlock()
	defer func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		if t.inWork[host]--; t.inWork[host] == 0 {
			delete(t.inWork, host)
		}
	}()
	return t.step(ctx, id)
}

// of returns the host of an article's page.
func (t *turns) of(ctx context.Context, id news.ArticleID) (string, error) {
	t.mu.Lock()
	host, known := t.waits[id]
	t.mu.Unlock()
	if known {
		return host, nil
	}
	return t.host(ctx, id)
}
