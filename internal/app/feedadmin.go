package app

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"newsdesk/feeds"
	"newsdesk/internal/bodies"
	"newsdesk/internal/safehttp"
	"newsdesk/news"
	"newsdesk/store"

	"golang.org/x/sync/errgroup"
)

// FeedAdmin works on the list of feeds from the operator's shell: on those of
// the configuration and those added to the database. Close it.
type FeedAdmin struct {
	opts    Options
	db      *store.DB
	client  *safehttp.Client
	fetcher *feeds.Fetcher
}

// OpenFeeds opens the database of a configuration and stores the configured
// feeds in it.
func OpenFeeds(ctx context.Context, o Options) (*FeedAdmin, error) {
	db, err := store.Open(ctx, o.Config.Database.DSN(), o.Log)
	if err != nil {
		return nil, err
	}
	list, err := FeedList(o.Config)
	if err == nil {
		err = db.SyncFeeds(ctx, list, o.Now())
	}
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	client := HTTPClient(o.Config, o.Version)
	return &FeedAdmin{opts: o, db: db, client: client, fetcher: feeds.NewFetcher(client, feeds.FetchOptions{Memory: bodies.New(bodyMemory)})}, nil
}

// Close releases what OpenFeeds took.
func (a *FeedAdmin) Close() error {
	a.client.CloseIdleConnections()
	return a.db.Close()
}

// List returns the feeds in use, in the order they were added.
func (a *FeedAdmin) List(ctx context.Context) ([]news.Feed, error) { return a.db.Feeds(ctx) }

// Find looks for the feeds of an address. known is the feed in use that has
// this address already, if any; then the network is not asked.
func (a *FeedAdmin) Find(ctx context.Context, address string) (found []feeds.Candidate, known *news.Feed, err error) {
	list, err := a.db.Feeds(ctx)
	if err != nil {
		return nil, nil, err
	}
	if f := inUse(list, address); f != nil {
		return nil, f, nil
	}
	if found, err = a.fetcher.Discover(ctx, address); err != nil {
		return nil, nil, err
	}
	if len(found) == 1 { // it may have led to a feed that is known
		known = inUse(list, found[0].URL)
	}
	return found, known, nil
}

// inUse returns the feed of an address, nil where there is none.
func inUse(list []news.Feed, address string) *news.Feed {
	for i, f := range list {
		if slices.ContainsFunc(addresses(f), func(a string) bool { return feeds.SameAddress(a, address) }) {
			return &list[i]
		}
	}
	return nil
}

// addresses are all that the operator knows a feed by: where it is fetched, where
// it was before, and where it is about to move.
func addresses(f news.Feed) []string {
	return slices.DeleteFunc(append(openAddresses(f), f.Moving.To), func(a string) bool { return a == "" })
}

// openAddresses are those that a server may know a feed by that another one added.
// Where a feed is about to move to is not among them: whoever names that address
// would be given the one before, which may hold a key.
func openAddresses(f news.Feed) []string {
	return slices.DeleteFunc([]string{f.MovedFrom, f.URL}, func(a string) bool { return a == "" })
}

// Add adds feeds to the database. See store.DB.AddFeeds. Addresses of one feed,
// such as with and without "www.", are one.
func (a *FeedAdmin) Add(ctx context.Context, list []news.Feed) ([]store.Added, error) {
	known, err := a.db.Feeds(ctx)
	if err != nil {
		return nil, err
	}
	byKey := make(map[string]string, len(known))
	for _, f := range known {
		for _, address := range addresses(f) {
			byKey[feedKey(address)] = f.URL
		}
	}
	list = slices.Clone(list)
	for i, f := range list {
		key := feedKey(f.URL)
		if address, ok := byKey[key]; ok {
			list[i].URL = address
		} else {
			byKey[key] = f.URL
		}
	}
	return a.db.AddFeeds(ctx, list, a.opts.Now())
}

// Remove removes a feed that was added, by its address.
func (a *FeedAdmin) Remove(ctx context.Context, address string) error {
	list, err := a.db.Feeds(ctx)
	if err != nil {
		return err
	}
	if f := inUse(list, address); f != nil {
		address = f.URL
	}
	err = a.db.RemoveFeed(ctx, address)
	switch {
	case errors.Is(err, news.ErrNotFound):
		return fmt.Errorf("no feed has the address %s: see newsdesk feeds list", safehttp.Redacted(address))
	case errors.Is(err, news.ErrConflict) && len(a.opts.Config.Feeds)+len(a.opts.Config.Catalogue.Topics) == 0:
		return fmt.Errorf("%s is of the world news, which are followed while the configuration names neither a feed nor a topic of the catalogue: name one there", safehttp.Redacted(address))
	case errors.Is(err, news.ErrConflict):
		return fmt.Errorf("%s is named in the configuration, or comes with a topic of the catalogue: take it out there", safehttp.Redacted(address))
	}
	return err
}

// Health is what a feed is found to be.
type Health string

// The states of health.
const (
	Alive Health = "ok"
	Moved Health = "moved" // for good: the new address is in the text
	Stale Health = "stale" // its newest item is older than staleAfter
	Dead  Health = "dead"
)

// staleAfter is the age of a feed's newest item from which it is called stale.
const staleAfter = 30 * 24 * time.Hour

// Probe is what a look at a feed found.
type Probe struct {
	URL    string `json:"url"`
	Name   string `json:"name"`
	Topic  string `json:"topic"`
	Health Health `json:"health"`
	Text   string `json:"text"`
	Items  int    `json:"items"`
}

// Check reads each feed once, storing nothing, and returns what it found in
// their order. progress is told how many are done.
func (a *FeedAdmin) Check(ctx context.Context, list []news.Feed, progress func(done, of int)) ([]Probe, error) {
	out := make([]Probe, len(list))
	var mu sync.Mutex
	done := 0
	var group errgroup.Group
	group.SetLimit(a.opts.Config.Poll.Concurrency)
	for i, f := range list {
		group.Go(func() error {
			out[i] = a.probe(ctx, f)
			mu.Lock()
			defer mu.Unlock()
			done++
			progress(done, len(list))
			return nil
		})
	}
	return out, errors.Join(group.Wait(), ctx.Err())
}

func (a *FeedAdmin) probe(ctx context.Context, f news.Feed) Probe {
	p := Probe{URL: f.URL, Name: f.Name, Topic: f.Topic}
	r, err := a.fetcher.Fetch(ctx, news.Feed{URL: f.URL}) // without validators: the whole of it
	if err != nil {
		p.Health, p.Text = Dead, feeds.Reason(err)
		return p
	}
	p.Items = len(r.Items)
	var newest time.Time
	for _, it := range r.Items {
		if it.Published.After(newest) {
			newest = it.Published
		}
	}
	switch {
	case len(r.Items) == 0:
		p.Health, p.Text = Stale, "it has no items"
	case !newest.IsZero() && a.opts.Now().Sub(newest) > staleAfter:
		p.Health, p.Text = Stale, "its newest item is of "+newest.Format(time.DateOnly)
	case len(r.Items) == 1:
		p.Health, p.Text = Alive, "1 item"
	default:
		p.Health, p.Text = Alive, fmt.Sprintf("%d items", len(r.Items))
	}
	if r.MovedTo != "" { // stale or not: at its new address
		p.Health, p.Text = Moved, "moved for good to "+r.MovedTo+"; "+p.Text
	}
	return p
}
