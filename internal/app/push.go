package app

import (
	"context"
	"crypto/rand"
	"fmt"
	"net"
	"strings"

	"newsdesk/feeds"
	"newsdesk/news"
	"newsdesk/websub"
)

// newSubscriber returns what has hubs push, nil where the configuration names
// no address for them.
func (a *App) newSubscriber() *websub.Subscriber {
	c := a.opts.Config.WebSub
	if c.CallbackURL == "" {
		return nil
	}
	return websub.New(a.db, a.client, a.pipeline.push, websub.Options{
		Callback: strings.TrimSuffix(c.CallbackURL, "/"), MaxBody: feeds.MaxBody,
		Random: func(b []byte) { _, _ = rand.Read(b) }, // never fails
		Now:    a.opts.Now, Log: a.opts.Log,
	})
}

// hubs answers hubs on a listener.
func (a *App) hubs(l net.Listener) func(context.Context) error {
	return func(ctx context.Context) error {
		a.opts.Log.InfoContext(ctx, "hubs answered", "address", l.Addr().String())
		return a.subscriber.Serve(ctx, l)
	}
}

// push takes what the hub of a feed sent. Where that is no feed, as with hubs
// that only ring, the feed is polled.
func (p *Pipeline) push(ctx context.Context, id news.FeedID, contentType string, body []byte) error {
	feed, err := p.db.Feed(ctx, id)
	if err != nil {
		return err
	}
	out, err := p.poller.Push(ctx, feed, contentType, body)
	if err != nil {
		return err
	}
	p.metrics.Polled("pushed", out.Bytes)
	if out.Failure != nil {
		p.log.InfoContext(ctx, "push without a feed", "feed", int64(id), "reason", feeds.Reason(out.Failure))
		if err := p.db.PollSoon(ctx, id, p.now()); err != nil {
			return fmt.Errorf("after a push: %w", err)
		}
	}
	if len(out.Articles) > 0 {
		p.log.InfoContext(ctx, "new articles", "feed", int64(id), "count", len(out.Articles), "pushed", true)
	}
	p.wakeJobs()
	return nil
}
