package app

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"newsdesk/news"

	"golang.org/x/sync/errgroup"
)

// PollStats says what one refresh of every feed did.
type PollStats struct {
	Feeds       int     `json:"feeds"`
	OK          int     `json:"ok"`
	NotModified int     `json:"not_modified"`
	Failed      int     `json:"failed"`
	ItemsNew    int     `json:"items_new"`
	Skipped     int     `json:"skipped"` // given up, or the server asked to be left alone for now
	Bytes       int64   `json:"bytes"`
	Articles    int     `json:"articles"` // condensed
	Events      int     `json:"events"`   // stored in all
	Checked     int64   `json:"facts_checked"`
	Dropped     int64   `json:"facts_dropped"` // not found in their article, and left out
	WallSeconds float64 `json:"wall_s"`
	CPUSeconds  float64 `json:"cpu_s"`
	MaxRSS      int64   `json:"max_rss_bytes"`
}

// PollOnce refreshes every feed once, whether due or not, and condenses what
// that finds unless extract is false. Left out are the feeds that were given up
// and those whose server asked to be left alone until later. progress is told
// after each feed and article how many of how many are done.
func (a *App) PollOnce(ctx context.Context, extract bool, progress func(step string, done, of int)) (PollStats, error) {
	start := a.opts.Now()
	order, idle, err := a.pollOrder(ctx, start)
	if err != nil {
		return PollStats{}, err
	}
	stats := PollStats{Feeds: len(order) + idle, Skipped: idle}
	found, err := a.pollAll(ctx, order, &stats, progress)
	if err != nil {
		return stats, err
	}
	if extract {
		if err := a.condenseAll(ctx, found, &stats, progress); err != nil {
			return stats, err
		}
	}
	counts, err := a.db.Stats(ctx)
	if err != nil {
		return stats, fmt.Errorf("count what is stored: %w", err)
	}
	stats.Events = counts.Events
	stats.Checked, stats.Dropped = a.pipeline.factsChecked.Load(), a.pipeline.factsDropped.Load()
	stats.WallSeconds = a.opts.Now().Sub(start).Seconds()
	return stats, nil
}

// pollOrder returns the feeds to be polled, in the order in which they are, and how
// many others there are.
func (a *App) pollOrder(ctx context.Context, now time.Time) (order []news.FeedID, idle int, err error) {
	var ids []news.FeedID
	var hosts []string
	same := map[string]string{} // so that each host is kept once
	idle, err = a.db.FeedAddresses(ctx, now, func(id news.FeedID, url string) {
		host := hostOf(url)
		kept, ok := same[host]
		if !ok {
			kept = strings.Clone(host)
			same[kept] = kept
		}
		ids, hosts = append(ids, id), append(hosts, kept)
	})
	if err != nil {
		return nil, 0, err
	}
	order = make([]news.FeedID, len(ids))
	for i, place := range besideNeighbours(hosts, hostsAtOnce) {
		order[i] = ids[place]
	}
	return order, idle, nil
}

// loadedAtOnce is how many feeds are loaded with one query. All that is known of a
// feed takes half a kilobyte and more, so no more are held than are polled soon.
const loadedAtOnce = 500

// pollAll polls the feeds and returns the articles that are new.
func (a *App) pollAll(ctx context.Context, order []news.FeedID, stats *PollStats, progress func(string, int, int)) ([]news.ArticleID, error) {
	var mu sync.Mutex
	var found []news.ArticleID
	done := 0
	poll := func(feed news.Feed) error {
		out, err := a.pipeline.poll(ctx, feed)
		mu.Lock()
		defer mu.Unlock()
		done++
		progress("feeds", done, len(order))
		switch {
		case err != nil:
			return err // the store's: a feed's own failure is in the outcome
		case out.Failure != nil:
			stats.Failed++
		case out.NotModified:
			stats.OK++
			stats.NotModified++
		default:
			stats.OK++
		}
		found = append(found, out.Articles...)
		stats.ItemsNew += out.New
		stats.Bytes += out.Bytes
		return nil
	}
	var failed error
	err := atOnce(min(a.opts.Config.Poll.Concurrency, len(order)), poll, func(yield func(news.Feed) bool) {
		for some := range slices.Chunk(order, loadedAtOnce) {
			var list []news.Feed
			if list, failed = a.db.FeedsOf(ctx, some); failed != nil {
				return
			}
			for _, feed := range list {
				if ctx.Err() != nil || !yield(feed) {
					return
				}
			}
		}
	})
	return found, errors.Join(err, failed, ctx.Err())
}

// atOnce has workers do what is given to them, and returns their first error when all
// is done. What each does asks much of its stack, which has grown once for all.
func atOnce[T any](workers int, do func(T) error, given iter.Seq[T]) error {
	queue := make(chan T)
	var group errgroup.Group
	for range workers {
		group.Go(func() (failed error) {
			for x := range queue {
				if err := do(x); err != nil && failed == nil {
					failed = err
				}
			}
			return failed
		})
	}
	if workers > 0 {
		for x := range given {
			queue <- x
		}
	}
	close(queue)
	return group.Wait()
}

// articlesAtOnce is how many articles are in work at once. They wait for their
// pages most of the time; how many are taken apart at once, the reader bounds.
const articlesAtOnce = 24

// bodyMemory is how many bytes the bodies of feeds and pages take together, beyond
// what is small for each; see package bodies. 256 feeds of 10 MB would take 2.6 GB.
const bodyMemory = 32 << 20

// hostsAtOnce is among how many hosts a refresh of all feeds goes round. With two
// requests a host that is as many connections as the HTTP client keeps open, so
// that each serves all feeds of its host.
const hostsAtOnce = 128

// besideNeighbours returns the places of feeds, whose hosts are given, in the order
// in which they are polled: those of a host within a short time, though not one right
// after the other. It goes round among the first hosts until their feeds are done,
// then among the next.
func besideNeighbours(hostOfEach []string, hosts int) []int {
	var order []string
	of := make(map[string][]int)
	for i, host := range hostOfEach {
		if _, known := of[host]; !known {
			order = append(order, host)
		}
		of[host] = append(of[host], i)
	}
	places := make([]int, 0, len(hostOfEach))
	for some := range slices.Chunk(order, hosts) {
		for round := 0; len(some) > 0; round++ {
			some = slices.DeleteFunc(some, func(host string) bool { return len(of[host]) <= round })
			for _, host := range some {
				places = append(places, of[host][round])
			}
		}
	}
	return places
}

// hostOf returns the host and port of an address, the address itself where it has
// none.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return address
	}
	return strings.ToLower(u.Host)
}

// condenseAll condenses the articles of those ids. What waits from before is
// left to the next run: it may be the whole of what stood in the feeds when
// they were added.
func (a *App) condenseAll(ctx context.Context, ids []news.ArticleID, stats *PollStats, progress func(string, int, int)) error {
	var mu sync.Mutex
	done, stuck := 0, 0
	condense := func(id news.ArticleID) error {
		if ctx.Err() != nil {
			return nil // those who wait are left to the next run
		}
		// A page that cannot be had now is not waited for: this is the only
		// refresh there will be.
		err := a.pipeline.condense(ctx, id, true)
		mu.Lock()
		defer mu.Unlock()
		done++
		if err != nil {
			stuck++
			a.opts.Log.ErrorContext(ctx, "article not condensed", "article", int64(id), "error", err)
		}
		progress("articles", done, len(ids))
		return nil
	}
	_ = atOnce(min(articlesAtOnce, len(ids)), condense, slices.Values(ids)) // failures were counted
	stats.Articles += done - stuck
	if err := ctx.Err(); err != nil {
		return err
	}
	if stuck > 0 {
		return fmt.Errorf("%d articles could not be condensed; they are kept and tried again by the next run", stuck)
	}
	return nil
}
