package storetest

import (
	"context"
	"errors"
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsdesk/events"
	"newsdesk/news"
	"newsdesk/store"
)

var articleTests = map[string]func(*testing.T, *desk){
	"DueArticlesAreTheOldestFirst": func(t *testing.T, d *desk) {
		ctx := t.Context()
		feed := d.feed("https://one.example/feed", "world")
		a, b, c := item("a"), item("b"), item("c")
		a.Published, b.Published, c.Published = noon.Add(-time.Hour), noon.Add(-3*time.Hour), time.Time{}
		ids := d.fetch(feed, a, b, c)
		d.must(d.Postpone(ctx, ids[0], noon.Add(time.Minute), "the page answered 503"))
		if n, err := d.Waiting(ctx); err != nil || n != 3 {
			t.Errorf("%d wait, %v; want 3", n, err)
		}
		for _, tc := range []struct {
			at    time.Duration
			limit int
			want  []news.ArticleID
		}{
			{0, 10, []news.ArticleID{ids[1], ids[2]}},
			{time.Minute, 10, []news.ArticleID{ids[1], ids[0], ids[2]}},
			{time.Minute, 1, []news.ArticleID{ids[1]}},
			{time.Minute, -1, nil},
		} {
			got, err := d.DueArticles(ctx, noon.Add(tc.at), tc.limit)
			d.must(err)
			if diff := cmp.Diff(got, tc.want); diff != "" {
				t.Errorf("after %v, limit %d: got, want:\n%s", tc.at, tc.limit, diff)
			}
		}
	},
	"DoneArticlesAreNotPending": func(t *testing.T, d *desk) {
		ctx := t.Context()
		_, id := d.event(d.feed("https://one.example/feed", "world"), "Ferry runs again", "It does.", noon)
		_, _, err := d.Pending(ctx, id)
		_, _, err2 := d.Pending(ctx, 999)
		_, err3 := d.Article(ctx, 999)
		for _, err := range []error{err, err2, err3, d.Postpone(ctx, id, noon, "x"), d.Postpone(ctx, 999, noon, "x")} {
			if !errors.Is(err, news.ErrNotFound) {
				t.Errorf("got %v, want news.ErrNotFound", err)
			}
		}
		if due, err := d.DueArticles(ctx, noon.Add(time.Hour), 10); err != nil || len(due) != 0 {
			t.Errorf("due %v, %v; want none", due, err)
		}
		if n, err := d.Waiting(ctx); err != nil || n != 0 {
			t.Errorf("%d wait, %v; want none", n, err)
		}
	},
	"RecentIsWhatWasCondensedSince": func(t *testing.T, d *desk) {
		ctx := t.Context()
		feed := d.feed("https://one.example/feed", "world")
		d.waiting(feed)
		late, lateID := d.event(feed, "Late", "Late text.", noon.Add(-time.Hour))
		early, earlyID := d.event(feed, "Early", "Early text.", noon.Add(-2*time.Hour))
		d.event(feed, "Old", "Old text.", noon.Add(-48*time.Hour))
		repeat := d.condensed(d.waiting(feed), "Late", "Late text.", noon.Add(-30*time.Minute))
		base, err := d.Event(ctx, late)
		d.must(err)
		ch := grow(base, repeat)
		ch.CopyOf = lateID
		_, _, err = d.Apply(ctx, repeat, summary(repeat), ch, events.Plan{})
		d.must(err)
		got := d.recent(noon.Add(-24 * time.Hour))
		first, err := d.Article(ctx, earlyID)
		d.must(err)
		second, err := d.Article(ctx, lateID)
		d.must(err)
		want := []store.Stored{{Article: first, Event: early}, {Article: second, Event: late}, {Article: repeat, Event: late, CopyOf: lateID}}
		for i := range want { // of the rest nothing is needed
			a := want[i].Article
			want[i].Article = news.Article{
				ID: a.ID, Feed: a.Feed, URL: a.URL, Title: a.Title, Lang: a.Lang, Body: a.Body, Kind: a.Kind, Outlet: a.Outlet, Topic: a.Topic,
				Published: a.Published, Seen: a.Seen,
			}
		}
		if diff := cmp.Diff(got, want); diff != "" {
			t.Errorf("got, want:\n%s", diff)
		}
		stop := errors.New("enough")
		calls := 0
		if err := d.EachRecent(ctx, time.Time{}, func(store.Stored) error { calls++; return stop }); !errors.Is(err, stop) || calls != 1 {
			t.Errorf("stopped: %d calls, %v", calls, err)
		}
		n, newest, err := d.CountArticles(ctx, noon.Add(-24*time.Hour))
		if err != nil || n != 3 || !newest.Equal(repeat.Published) {
			t.Errorf("count %d, newest %v, %v; want 3 and %v", n, newest, err, repeat.Published)
		}
		n, newest, err = d.CountArticles(ctx, noon.Add(time.Hour))
		if err != nil || n != 0 || !newest.IsZero() {
			t.Errorf("count %d, newest %v, %v; want none", n, newest, err)
		}
	},
	"SummariesComeInTheOrderAsked": func(t *testing.T, d *desk) {
		feed := d.feed("https://one.example/feed", "world")
		_, a := d.event(feed, "A", "A text.", noon)
		_, b := d.event(feed, "B", "B text.", noon)
		waits := d.waiting(feed)
		got, err := d.Summaries(t.Context(), []news.ArticleID{b, waits, 999, a, b})
		d.must(err)
		want := []news.Summary{
			summary(news.Article{ID: b, Title: "B", Body: "B text."}), summary(news.Article{ID: a, Title: "A", Body: "A text."}),
			summary(news.Article{ID: b, Title: "B", Body: "B text."}),
		}
		if diff := cmp.Diff(got, want); diff != "" {
			t.Errorf("got, want:\n%s", diff)
		}
		if none, err := d.Summaries(t.Context(), nil); err != nil || len(none) != 0 {
			t.Errorf("of nothing: %v, %v", none, err)
		}
	},
}

var applyTests = map[string]func(*testing.T, *desk){
	"OneTransactionHoldsArticleEventAndPosts": func(t *testing.T, d *desk) {
		ctx := t.Context()
		a := d.condensed(d.waiting(d.feed("https://one.example/feed", "world")), "Ferry aground", "The ferry ran aground.\n\nNobody was hurt.", noon)
		a.Why, a.Method, a.Byline, a.Image = "the page was empty", news.MethodFeed, "B. Writer", "https://one.example/i.jpg"
		ch := begin(a)
		posts := []news.Post{
			{Channel: "north", Kind: news.PostAlert, Event: ch.Event}, {Channel: "south", Kind: news.PostAlert, Event: ch.Event},
		}
		event, made, err := d.Apply(ctx, a, summary(a), ch, events.Plan{Posts: posts})
		d.must(err)
		if event == 0 || len(made) != 2 || made[0] >= made[1] {
			t.Fatalf("event %d, posts %v; want an event and two posts in order", event, made)
		}
		stored, err := d.Article(ctx, a.ID)
		d.must(err)
		if diff := cmp.Diff(stored, a); diff != "" {
			t.Errorf("article: got, want:\n%s", diff)
		}
		want := ch.Event
		want.ID = event
		got, err := d.Event(ctx, event)
		d.must(err)
		if diff := cmp.Diff(got, want); diff != "" {
			t.Errorf("event: got, want:\n%s", diff)
		}
		p, err := d.NextPost(ctx, "south", noon)
		d.must(err)
		wantPost := news.Post{ID: made[1], Key: postKey("south", event, 1, news.PostAlert), Channel: "south", Kind: news.PostAlert, Event: want}
		if diff := cmp.Diff(p, wantPost); diff != "" {
			t.Errorf("post: got, want:\n%s", diff)
		}
	},
	"TwiceChangesNothing": func(t *testing.T, d *desk) {
		ctx := t.Context()
		a := d.condensed(d.waiting(d.feed("https://one.example/feed", "world")), "Ferry aground", "Text.", noon)
		posts := []news.Post{{Channel: "north", Kind: news.PostAlert, Event: begin(a).Event}}
		event, _, err := d.Apply(ctx, a, summary(a), begin(a), events.Plan{Posts: posts})
		d.must(err)
		before, err := d.Stats(ctx)
		d.must(err)
		b := a
		b.Title, b.Body = "Other", "Other text."
		again, made, err := d.Apply(ctx, b, summary(b), begin(b), events.Plan{Posts: posts})
		d.must(err)
		after, err := d.Stats(ctx)
		d.must(err)
		if again != event || made != nil {
			t.Errorf("second time: event %d, posts %v; want %d and none", again, made, event)
		}
		if diff := cmp.Diff(after, before); diff != "" {
			t.Errorf("rows: got, want:\n%s", diff)
		}
		if stored, err := d.Article(ctx, a.ID); err != nil || stored.Body != "Text." {
			t.Errorf("article changed: %+v, %v", stored, err)
		}
	},
	"AnEventThatMovedOnIsAConflict": func(t *testing.T, d *desk) {
		ctx := t.Context()
		feed := d.feed("https://one.example/feed", "world")
		id, _ := d.event(feed, "Ferry aground", "Text.", noon)
		base, err := d.Event(ctx, id)
		d.must(err)
		second, third := d.condensed(d.waiting(feed), "Second", "More text.", noon), d.condensed(d.waiting(feed), "Third", "Yet more.", noon)
		_, _, err = d.Apply(ctx, second, summary(second), grow(base, second), events.Plan{})
		d.must(err)
		posts := []news.Post{post("north", news.PostAlert, id, 2)}
		if _, _, err = d.Apply(ctx, third, summary(third), grow(base, third), events.Plan{Posts: posts}); !errors.Is(err, news.ErrConflict) {
			t.Fatalf("got %v, want news.ErrConflict", err)
		}
		if _, _, err := d.Pending(ctx, third.ID); err != nil {
			t.Errorf("the article no longer waits: %v", err)
		}
		if _, err := d.NextPost(ctx, "north", noon); !errors.Is(err, news.ErrNotFound) {
			t.Errorf("a post was made: %v", err)
		}
		base, err = d.Event(ctx, id)
		d.must(err)
		if _, _, err = d.Apply(ctx, third, summary(third), grow(base, third), events.Plan{Posts: posts}); err != nil {
			t.Errorf("decided again: %v", err)
		}
		if got, err := d.Event(ctx, id); err != nil || got.Version != 3 || len(got.Sources) != 3 {
			t.Errorf("version %d with %d sources, %v; want 3 and 3", got.Version, len(got.Sources), err)
		}
	},
	"UnknownRowsAreNotFound": func(t *testing.T, d *desk) {
		ctx := t.Context()
		a := d.condensed(d.waiting(d.feed("https://one.example/feed", "world")), "Ferry", "Text.", noon)
		_, _, err := d.Apply(ctx, a, summary(a), grow(news.Event{ID: 99, Version: 1}, a), events.Plan{})
		_, _, err2 := d.Apply(ctx, news.Article{ID: 99}, news.Summary{}, begin(a), events.Plan{})
		_, err3 := d.Event(ctx, 99)
		for _, err := range []error{err, err2, err3} {
			if !errors.Is(err, news.ErrNotFound) {
				t.Errorf("got %v, want news.ErrNotFound", err)
			}
		}
		if s, err := d.Stats(ctx); err != nil || s.Events != 0 {
			t.Errorf("%d events, %v; want none", s.Events, err)
		}
	},
	"ScoresThatAreNoNumbersDoNotStopIt": func(t *testing.T, d *desk) {
		a := d.condensed(d.waiting(d.feed("https://one.example/feed", "world")), "Ferry", "Text.", noon)
		s, ch := summary(a), begin(a)
		s.Facts = []news.Fact{{Text: "x", Score: math.NaN()}}
		ch.Event.Facts = []news.Fact{{Text: "x", Score: math.Inf(1)}}
		_, _, err := d.Apply(t.Context(), a, s, ch, events.Plan{Posts: []news.Post{{Channel: "c", Kind: news.PostAlert, Event: ch.Event}}})
		d.must(err)
		if !math.IsNaN(s.Facts[0].Score) || !math.IsInf(ch.Event.Facts[0].Score, 1) {
			t.Error("the caller's facts were changed")
		}
	},
	"AnEndedContextLeavesNothingBehind": func(t *testing.T, d *desk) {
		a := d.condensed(d.waiting(d.feed("https://one.example/feed", "world")), "Ferry", "Text.", noon)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, _, err := d.Apply(ctx, a, summary(a), begin(a), events.Plan{}); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v, want context.Canceled", err)
		}
		if _, _, err := d.Pending(t.Context(), a.ID); err != nil {
			t.Errorf("the article no longer waits: %v", err)
		}
	},
}
