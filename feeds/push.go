package feeds

import (
	"context"
	"fmt"

	"newsdesk/news"
)

// Push stores the items of a document that a feed's hub sent, as a poll would
// have. The document may hold nothing but what is new, so of the feed itself
// nothing is learned: when it is due and how it is asked for stay as they are.
// An error of the document is part of the outcome and changes nothing; the
// error returned is the store's.
func (p *Poller) Push(ctx context.Context, feed news.Feed, contentType string, body []byte) (Outcome, error) {
	out := Outcome{Bytes: int64(len(body))}
	doc, err := Parse(body, contentType, feed.URL)
	if err != nil {
		out.Failure = err
		return out, nil
	}
	now := p.now()
	res := Result{Items: distinct(doc.Items), FetchedAt: now}
	tame(res.Items, now)
	res.Quiet = make([]bool, len(res.Items))
	p.batch.begin()
	defer p.batch.end()
	saved := p.batch.put(ctx, Polled{Feed: feed.ID, Result: res, Pushed: true})
	if saved.Err != nil {
		return out, fmt.Errorf("take what the hub of feed %d sent: %w", feed.ID, saved.Err)
	}
	out.Articles, out.New = saved.Articles, len(saved.Articles)
	return out, nil
}
