package app

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"time"

	"newsdesk/articles"
	"newsdesk/bot"
	"newsdesk/events"
	"newsdesk/feeds"
	"newsdesk/internal/safehttp"
	"newsdesk/news"
	"newsdesk/summarize"
)

const (
	// findWithin bounds a search for feeds, and a look at one: somebody waits.
	findWithin = time.Minute
	// lookItems is how many of a feed's newest items a look shows.
	lookItems = 5
	// lookLanguage is how many of them its language is told from.
	lookLanguage = 20
)

// finder looks at feeds for those who manage servers. It asks the web as
// everything else does, and goes nowhere else: what people type is foreign.
type finder struct {
	*App
	fetcher *feeds.Fetcher
}

// Find finds the feeds of an address.
func (f finder) Find(ctx context.Context, address string) ([]bot.FoundFeed, string, error) {
	list, err := f.db.Feeds(ctx)
	if err != nil {
		return nil, "", err
	}
	within, cancel := context.WithTimeout(ctx, findWithin)
	defer cancel()
	found, err := f.fetcher.Discover(within, address)
	if err != nil {
		f.refused(ctx, address, err)
		return nil, problem(err), ctx.Err()
	}
	var out []bot.FoundFeed
	for _, c := range found {
		one := bot.FoundFeed{URL: c.URL, Title: c.Title, Items: c.Items, Newest: c.Newest}
		for _, known := range list {
			if slices.ContainsFunc(openAddresses(known), func(a string) bool { return sameFeed(a, c.URL) }) {
				one.URL = known.URL
			}
		}
		if !slices.ContainsFunc(out, func(o bot.FoundFeed) bool { return o.URL == one.URL }) {
			out = append(out, one)
		}
	}
	return out, "", nil
}

// sameFeed reports whether two addresses are of one feed: that of one page, with
// the same name and password, for which a server may give something else.
func sameFeed(a, b string) bool {
	u, err := url.Parse(a)
	v, err2 := url.Parse(b)
	return err == nil && err2 == nil && u.User.String() == v.User.String() && feeds.SameAddress(a, b)
}

// problem says why a feed cannot be read.
func problem(err error) string {
	private, ok := errors.AsType[*safehttp.PrivateError](err)
	switch {
	case ok:
		return private.Error()
	case errors.Is(err, safehttp.ErrPrivateAddress):
		return safehttp.ErrPrivateAddress.Error()
	case errors.Is(err, context.DeadlineExceeded):
		return "the site takes too long to answer"
	}
	return feeds.Reason(err)
}

// refused tells the operator, and nobody else, which address a name led to that
// was not dialled.
func (f finder) refused(ctx context.Context, address string, err error) {
	if at := dialled(err); at != nil {
		f.opts.Log.WarnContext(ctx, "address refused", append([]any{"url", safehttp.Redacted(address), "reason", feeds.Reason(err)}, at...)...)
	}
}

// dialled is the address that was not dialled because it is private, as an
// attribute of a log line; nothing where that is not the matter.
func dialled(err error) []any {
	if p, ok := errors.AsType[*safehttp.PrivateError](err); ok && p.Addr.IsValid() {
		return []any{"address", p.Addr.String()}
	}
	return nil
}

// Look reads a feed now, and with post the page of its newest item.
func (f finder) Look(ctx context.Context, address string, post bool) (bot.FeedLook, error) {
	within, cancel := context.WithTimeout(ctx, findWithin)
	defer cancel()
	r, err := f.fetcher.Fetch(within, news.Feed{URL: address})
	if err != nil {
		f.refused(ctx, address, err)
		return bot.FeedLook{URL: address, Problem: problem(err)}, ctx.Err()
	}
	now := f.opts.Now()
	look := bot.FeedLook{
		URL: address, Status: r.Status, Title: r.Title, Items: len(r.Items), Rhythm: feeds.Rhythm(r.Items, now),
		Newest: feeds.Newest(r.Items, lookItems, now),
	}
	if r.MovedTo != "" {
		look.URL = r.MovedTo
	}
	var texts []string
	for _, it := range r.Items[:min(len(r.Items), lookLanguage)] {
		texts = append(texts, it.Title, it.Summary)
	}
	look.Lang = articles.Language(texts)
	if post && len(look.Newest) > 0 {
		look.Event, look.Page = f.foretell(within, r.Title, look.Newest[0])
		err = ctx.Err()
	}
	return look, err
}

// foretell makes the event that an item would begin, without storing anything,
// and says why its page could not be read, if so.
func (f finder) foretell(ctx context.Context, outlet string, it news.Item) (news.Event, string) {
	a, _, _, err := f.reader.ReadAgain(ctx, it, articles.Validators{})
	if err != nil {
		a = articles.FromFeed(it, problem(err))
	}
	a.ID, a.Seen, a.Quiet = 1, f.opts.Now(), true // what is not posted costs no model's time
	if outlet != "" {
		a.Outlet = outlet
	}
	s := f.pipeline.facts(ctx, a).summary
	a.Quiet = false
	merged := s
	merged.Facts = summarize.NewLedger([]news.Article{a}).Compare(s.Facts)
	why := ""
	if a.Method == news.MethodFeed {
		why = a.Why
	}
	return events.Develop(news.Event{}, a, s, merged, events.Decision{}, f.opts.Now()).Event, why
}
