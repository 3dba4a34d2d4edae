package app

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"newsdesk/events"
	"newsdesk/feeds"
	"newsdesk/news"
	"newsdesk/store"
)

// Loader puts finished articles into a database that was made for them, each
// as an event of its own, so that they can be searched.
type Loader struct {
	db    *store.DB
	feed  news.FeedID
	arts  []news.Article
	ids   []news.ArticleID
	total int
}

// loadBatch is the number of articles stored at once.
const loadBatch = 500

// NewLoader returns a loader for db, which must be empty.
func NewLoader(ctx context.Context, db *store.DB) (*Loader, error) {
	if err := db.SyncFeeds(ctx, []news.Feed{{URL: "http://corpus.invalid/", Topic: "corpus"}}, time.Unix(0, 0)); err != nil {
		return nil, fmt.Errorf("prepare the database: %w", err)
	}
	list, err := db.Feeds(ctx)
	if err != nil {
		return nil, fmt.Errorf("prepare the database: %w", err)
	}
	return &Loader{db: db, feed: list[0].ID}, nil
}

// Add stores one article, soon.
func (l *Loader) Add(ctx context.Context, a news.Article) error {
	l.arts = append(l.arts, a)
	if len(l.arts) < loadBatch {
		return nil
	}
	return l.flush(ctx)
}

// Finish stores what is left, and returns the ids of all articles in the order
// in which they were added.
func (l *Loader) Finish(ctx context.Context) ([]news.ArticleID, error) {
	err := l.flush(ctx)
	return l.ids, err
}

func (l *Loader) flush(ctx context.Context) error {
	r := feeds.Result{FetchedAt: time.Unix(0, 0)}
	for _, a := range l.arts {
		l.total++
		r.Items = append(r.Items, news.Item{GUID: strconv.Itoa(l.total), Title: a.Title, Published: a.Published})
		r.Quiet = append(r.Quiet, true)
	}
	ids, err := l.db.SaveFetch(ctx, l.feed, r)
	if err != nil {
		return fmt.Errorf("store articles: %w", err)
	}
	if len(ids) != len(l.arts) {
		return fmt.Errorf("store articles: %d of %d were taken", len(ids), len(l.arts))
	}
	for i, a := range l.arts {
		a.ID, a.Feed, a.GUID, a.Quiet = ids[i], l.feed, r.Items[i].GUID, true
		e := news.Event{
			Version: 1, Headline: a.Title, First: a.Published, Last: a.Published,
			Sources: []news.Source{{Article: a.ID, Outlet: a.Outlet, Title: a.Title, URL: a.URL, Published: a.Published}},
		}
		change := events.Change{Event: e, Article: a.ID, Reason: events.ReasonNew}
		if _, _, err := l.db.Apply(ctx, a, news.Summary{Article: a.ID}, change, events.Plan{}); err != nil {
			return fmt.Errorf("store article %q: %w", a.Title, err)
		}
	}
	l.ids = append(l.ids, ids...)
	l.arts = l.arts[:0]
	return nil
}
