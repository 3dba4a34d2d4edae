package storetest

import (
	"errors"
	"fmt"
	"strconv"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"newsdesk/events"
	"newsdesk/news"
	"newsdesk/outbox"
)

var concurrentTests = map[string]func(*testing.T, *desk){
	"SixteenAtOnce": func(t *testing.T, d *desk) {
		const workers, rounds = 16, 12
		ctx := t.Context()
		var feeds []news.FeedID
		for w := range workers {
			feeds = append(feeds, d.feed(fmt.Sprintf("https://%d.example/feed", w), "world"))
		}
		var group errgroup.Group
		for w := range workers {
			group.Go(func() error {
				ch := news.ChannelID(fmt.Sprintf("c%d", w))
				for i := range rounds {
					ids, err := d.SaveFetch(ctx, feeds[w], result(item(fmt.Sprintf("%d-%d", w, i))))
					if err != nil {
						return err
					}
					_, a, err := d.Pending(ctx, ids[0])
					if err != nil {
						return err
					}
					a.Body = "A ferry ran aground."
					if _, _, err := d.Apply(ctx, a, summary(a), begin(a), events.Plan{Posts: []news.Post{{Channel: ch, Kind: news.PostAlert, Event: begin(a).Event}}}); err != nil {
						return err
					}
					if _, err := d.Search(ctx, "ferry", time.Time{}, 5); err != nil {
						return err
					}
					p, err := d.NextPost(ctx, ch, noon)
					if err != nil {
						return fmt.Errorf("round %d: a committed post is not seen: %w", i, err)
					}
					if err := d.MarkSent(ctx, p, outbox.Receipt{Message: strconv.Itoa(i)}); err != nil {
						return err
					}
				}
				return nil
			})
		}
		d.must(group.Wait())
		s, err := d.Stats(ctx)
		d.must(err)
		if s.Articles != workers*rounds || s.Events != workers*rounds || s.PostsSent != workers*rounds {
			t.Errorf("%+v, want %d of each", s, workers*rounds)
		}
	},
	"OneOfTwoDecisionsOnOneVersionWins": func(t *testing.T, d *desk) {
		const workers = 8
		ctx := t.Context()
		feed := d.feed("https://one.example/feed", "world")
		id, _ := d.event(feed, "Ferry aground", "Text.", noon)
		base, err := d.Event(ctx, id)
		d.must(err)
		arts := make([]news.Article, workers)
		for i := range arts {
			arts[i] = d.condensed(d.waiting(feed), "More", "Text.", noon)
		}
		var group errgroup.Group
		outcome := make([]error, workers)
		for i, a := range arts {
			group.Go(func() error {
				_, _, outcome[i] = d.Apply(ctx, a, summary(a), grow(base, a), events.Plan{})
				return nil
			})
		}
		d.must(group.Wait())
		won := 0
		for _, err := range outcome {
			switch {
			case err == nil:
				won++
			case !errors.Is(err, news.ErrConflict):
				t.Error(err)
			}
		}
		if won != 1 {
			t.Errorf("%d decisions went through, want 1", won)
		}
	},
	"OneItemFromManyPollsIsOneRow": func(t *testing.T, d *desk) { // M7
		const workers = 16
		feed := d.feed("https://one.example/feed", "world")
		made := make([]int, workers)
		var group errgroup.Group
		for w := range workers {
			group.Go(func() error {
				ids, err := d.SaveFetch(t.Context(), feed, result(item("a"), item("b")))
				made[w] = len(ids)
				return err
			})
		}
		d.must(group.Wait())
		total := 0
		for _, n := range made {
			total += n
		}
		if total != 2 {
			t.Errorf("%d rows were made, want 2", total)
		}
	},
}
