package storetest

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsdesk/feeds"
	"newsdesk/news"
	"newsdesk/store"
)

var feedTests = map[string]func(*testing.T, *desk){
	"SyncMakesFeedsThoseOfTheConfiguration": func(t *testing.T, d *desk) {
		ctx := t.Context()
		one := news.Feed{URL: "https://one.example/feed", Name: "One", Topic: "world"}
		two := news.Feed{URL: "https://two.example/feed", Topic: "sport"}
		d.must(d.SyncFeeds(ctx, []news.Feed{one, two}, noon))
		if got, err := d.FeedTopics(ctx); err != nil || !slices.Equal(got, []string{"sport", "world"}) {
			t.Errorf("topics in use: %v, %v", got, err)
		}
		got, err := d.Feeds(ctx)
		d.must(err)
		one.ID, one.NextPoll, two.ID, two.NextPoll = got[0].ID, noon, got[1].ID, noon
		if diff := cmp.Diff(got, []news.Feed{one, two}); diff != "" {
			t.Errorf("got, want:\n%s", diff)
		}
		one.Name, one.Topic = "One News", "europe"
		d.must(d.SyncFeeds(ctx, []news.Feed{one}, noon.Add(time.Hour)))
		got, err = d.Feeds(ctx)
		d.must(err)
		if diff := cmp.Diff(got, []news.Feed{one}); diff != "" {
			t.Errorf("after the second sync: got, want:\n%s", diff)
		}
		if got, err := d.FeedTopics(ctx); err != nil || !slices.Equal(got, []string{"europe"}) {
			t.Errorf("topics in use after the second sync: %v, %v", got, err)
		}
		due, err := d.DueFeeds(ctx, noon.Add(2*time.Hour), 10)
		d.must(err)
		if diff := cmp.Diff(due, []news.FeedID{one.ID}); diff != "" {
			t.Errorf("a retired feed must not be due: got, want:\n%s", diff)
		}
		if old, err := d.Feed(ctx, two.ID); err != nil || old.URL != two.URL {
			t.Errorf("retired feed: got %v, %v; want it kept", old, err)
		}
	},
	"WhatAllMayFollowStandsAsItsFeedsWereAdded": func(t *testing.T, d *desk) {
		ctx := t.Context()
		d.must(d.SyncFeeds(ctx, []news.Feed{
			{URL: "https://left.example/feed", Topic: "left"},
			{URL: "https://one.example/feed", Topic: "world"},
			{URL: "https://two.example/feed", Topic: "sport"},
			{URL: "https://three.example/feed", Topic: "world"},
		}, noon))
		d.own("g")
		d.must(d.SyncFeeds(ctx, []news.Feed{
			{URL: "https://three.example/feed", Topic: "world"},
			{URL: "https://two.example/feed", Topic: "sport"},
			{URL: "https://one.example/feed", Topic: "world"},
		}, noon))
		if got, err := d.SharedTopics(ctx); err != nil || !slices.Equal(got, []string{"world", "sport"}) {
			t.Errorf("got %v, %v; want world and sport, without what a guild follows and what nobody does", got, err)
		}
	},
	"ARetiredFeedStartsLikeNew": func(t *testing.T, d *desk) { // M16
		ctx := t.Context()
		id := d.feed("https://one.example/feed", "world")
		d.fetch(id, item("a"))
		d.must(d.SyncFeeds(ctx, nil, noon))
		d.must(d.SyncFeeds(ctx, []news.Feed{{URL: "https://one.example/feed", Topic: "world"}}, noon.Add(time.Minute)))
		f, err := d.Feed(ctx, id)
		d.must(err)
		if f.Polled || !f.NextPoll.Equal(noon.Add(time.Minute)) {
			t.Errorf("polled %v, next poll %v; want unpolled and due at once", f.Polled, f.NextPoll)
		}
	},
	"AFeedIsUnreadUntilItWasReadOrFailed": func(t *testing.T, d *desk) { // M16
		ctx := t.Context()
		unread := func(at time.Time) bool {
			t.Helper()
			is, err := d.Unread(ctx, at)
			d.must(err)
			return is
		}
		if unread(noon) {
			t.Error("without feeds one is unread")
		}
		read := d.feed("https://harbour.example/feed", "world")
		if !unread(noon) || unread(noon.Add(-time.Minute)) {
			t.Error("a new feed is unread from when it is due on")
		}
		d.fetch(read)
		if unread(noon.Add(24 * time.Hour)) {
			t.Error("it was read, and is due again")
		}
		fails := d.feed("https://gull.example/feed", "world")
		d.must(d.fail(fails, noon, "the server answered 500"))
		if unread(noon.Add(time.Hour)) {
			t.Error("one that fails is waited for")
		}
	},
	"DueFeedsAreTheLongestOverdueFirst": func(t *testing.T, d *desk) {
		ctx := t.Context()
		a, b, c := d.feed("https://a.example/", "world"), d.feed("https://b.example/", "world"), d.feed("https://c.example/", "world")
		for id, at := range map[news.FeedID]time.Duration{a: 3 * time.Minute, b: time.Minute, c: 10 * time.Minute} {
			_, err := d.SaveFetch(ctx, id, feeds.Result{Status: 304, NotModified: true, FetchedAt: noon, NextPoll: noon.Add(at)})
			d.must(err)
		}
		for _, tc := range []struct {
			after time.Duration
			limit int
			want  []news.FeedID
		}{
			{0, 10, nil},
			{time.Minute, 10, []news.FeedID{b}},
			{time.Hour, 10, []news.FeedID{b, a, c}},
			{time.Hour, 2, []news.FeedID{b, a}},
			{time.Hour, 0, nil},
			{time.Hour, -1, nil},
		} {
			got, err := d.DueFeeds(ctx, noon.Add(tc.after), tc.limit)
			d.must(err)
			if diff := cmp.Diff(got, tc.want); diff != "" {
				t.Errorf("after %v, limit %d: got, want:\n%s", tc.after, tc.limit, diff)
			}
		}
	},
	"FailuresCountUntilASuccess": func(t *testing.T, d *desk) { // M5
		ctx := t.Context()
		id := d.feed("https://one.example/feed", "world")
		for i := 1; i <= 4; i++ {
			next := noon.Add(time.Duration(i) * time.Hour)
			d.must(d.fail(id, next, "the server answered 500"))
			f, err := d.Feed(ctx, id)
			d.must(err)
			if f.Failures != i || !f.NextPoll.Equal(next) || f.LastError != "the server answered 500" || f.Polled {
				t.Errorf("after failure %d: %+v", i, f)
			}
		}
		d.fetch(id)
		f, err := d.Feed(ctx, id)
		d.must(err)
		if f.Failures != 0 || f.LastError != "" || !f.Polled {
			t.Errorf("after a success: %+v", f)
		}
	},
	"AFeedThatIsGivenUpIsNotDueUntilItIsAddedAgain": func(t *testing.T, d *desk) { // M5
		ctx := t.Context()
		id := d.feed("https://one.example/feed", "world")
		gone := feeds.Failure{Reason: "the server answered 410", Next: noon, Why: "not polled any more", Disable: noon, Hold: noon.Add(time.Hour)}
		d.must(d.SavePolls(ctx, []feeds.Polled{{Feed: id, Failure: &gone}})[0].Err)
		f, err := d.Feed(ctx, id)
		d.must(err)
		if !f.Disabled.Equal(noon) || !f.HoldUntil.Equal(noon.Add(time.Hour)) || f.LastError != gone.Reason || f.NextReason != gone.Why {
			t.Errorf("after giving up: %+v", f)
		}
		d.must(d.SyncFeeds(ctx, []news.Feed{{URL: f.URL, Topic: "world"}}, noon)) // a restart
		if due, err := d.DueFeeds(ctx, noon.Add(24*time.Hour), 10); err != nil || len(due) != 0 {
			t.Errorf("due: %v, %v; want none", due, err)
		}
		for _, want := range []store.Added{store.AddedRevived, store.AddedAlready} {
			if got, err := d.AddFeeds(ctx, []news.Feed{f}, noon); err != nil || got[0] != want {
				t.Errorf("adding it: %v, %v; want %s", got, err, want)
			}
		}
		if due, err := d.DueFeeds(ctx, noon, 10); err != nil || len(due) != 1 {
			t.Errorf("due: %v, %v; want the feed", due, err)
		}
		if f, err = d.Feed(ctx, id); err != nil || f.NextReason != "" {
			t.Errorf("when it is due, and why: %q, %v; want no reason", f.NextReason, err)
		}
	},
	"FeedsAreLoadedInTheOrderAskedFor": func(t *testing.T, d *desk) {
		ctx := t.Context()
		var list []news.Feed
		for _, host := range []string{"one", "two", "three", "four", "left"} {
			list = append(list, news.Feed{URL: "https://" + host + ".example/feed", Topic: "world"})
		}
		d.must(d.SyncFeeds(ctx, list, noon))
		d.must(d.SyncFeeds(ctx, list[:4], noon))
		all, err := d.Feeds(ctx)
		d.must(err)
		d.must(d.SavePolls(ctx, []feeds.Polled{{Feed: all[1].ID, Failure: &feeds.Failure{Reason: "gone", Next: noon, Disable: noon}}})[0].Err)
		d.must(d.SavePolls(ctx, []feeds.Polled{{Feed: all[2].ID, Failure: &feeds.Failure{Reason: "busy", Next: noon, Hold: noon.Add(time.Hour)}}})[0].Err)
		var got []string
		addresses := func(now time.Time) int {
			got = nil
			idle, err := d.FeedAddresses(ctx, now, func(id news.FeedID, url string) {
				if f, err := d.Feed(ctx, id); err != nil || f.URL != url {
					t.Errorf("feed %d at %s: %v, %v", id, url, f.URL, err)
				}
				got = append(got, url)
			})
			d.must(err)
			return idle
		}
		if idle := addresses(noon); idle != 2 || !slices.Equal(got, []string{list[0].URL, list[3].URL}) {
			t.Errorf("to be polled at noon are %v, and not %d", got, idle)
		}
		if idle := addresses(noon.Add(time.Hour)); idle != 1 || !slices.Equal(got, []string{list[0].URL, list[2].URL, list[3].URL}) {
			t.Errorf("to be polled an hour later are %v, and not %d", got, idle)
		}
		all, err = d.Feeds(ctx)
		d.must(err)
		some, err := d.FeedsOf(ctx, []news.FeedID{all[3].ID, 999, all[0].ID})
		d.must(err)
		if diff := cmp.Diff(some, []news.Feed{all[3], all[0]}); diff != "" {
			t.Errorf("got, want:\n%s", diff)
		}
		if none, err := d.FeedsOf(ctx, nil); err != nil || len(none) != 0 {
			t.Errorf("of no feeds: %v, %v", none, err)
		}
	},
	"AnAddedFeedStaysWithoutBeingConfigured": func(t *testing.T, d *desk) {
		ctx := t.Context()
		mine := news.Feed{URL: "https://mine.example/feed", Name: "Mine", Topic: "local"}
		configured := news.Feed{URL: "https://one.example/feed", Topic: "world"}
		d.must(d.SyncFeeds(ctx, []news.Feed{configured}, noon))
		got, err := d.AddFeeds(ctx, []news.Feed{mine, configured}, noon)
		d.must(err)
		if diff := cmp.Diff(got, []store.Added{store.AddedNew, store.AddedAlready}); diff != "" {
			t.Error(diff)
		}
		d.must(d.SyncFeeds(ctx, []news.Feed{configured}, noon))
		all, err := d.Feeds(ctx)
		d.must(err)
		if len(all) != 2 || !all[1].Added || all[1].URL != mine.URL || all[1].Topic != "local" || all[0].Added {
			t.Errorf("feeds: %+v", all)
		}
		if err := d.RemoveFeed(ctx, configured.URL); !errors.Is(err, news.ErrConflict) {
			t.Errorf("removing a configured feed: %v", err)
		}
		d.must(d.RemoveFeed(ctx, mine.URL))
		if err := d.RemoveFeed(ctx, mine.URL); !errors.Is(err, news.ErrNotFound) {
			t.Errorf("removing it twice: %v", err)
		}
		if all, err := d.Feeds(ctx); err != nil || len(all) != 1 {
			t.Errorf("feeds after removing: %v, %v", all, err)
		}
	},
	"AnAddedFeedTakesItsNewAddressAfterSeveralPolls": func(t *testing.T, d *desk) { // M5
		ctx := t.Context()
		_, err := d.AddFeeds(ctx, []news.Feed{{URL: "https://old.example/feed", Topic: "world"}}, noon)
		d.must(err)
		all, err := d.Feeds(ctx)
		d.must(err)
		id := all[0].ID
		r := result()
		r.MovedTo = "https://new.example/feed"
		for n := range 7 {
			_, err := d.SaveFetch(ctx, id, r)
			d.must(err)
			r = result()
			f, err := d.Feed(ctx, id)
			d.must(err)
			from := "https://old.example/feed"
			if n >= 5 {
				from = ""
			}
			if f.URL != "https://new.example/feed" || f.MovedFrom != from {
				t.Errorf("after %d polls: at %s, from %q; want %q", n+1, f.URL, f.MovedFrom, from)
			}
		}
	},
	"WhereAFeedIsAboutToMoveIsKept": func(t *testing.T, d *desk) { // M5
		ctx := t.Context()
		id := d.feed("https://old.example/feed", "world")
		moving := news.Moving{To: "https://new.example/feed", Left: 2, Next: noon.Add(3 * time.Hour)}
		save := func(r feeds.Result) { _, err := d.SaveFetch(ctx, id, r); d.must(err) }
		is := func(when string, want news.Moving) {
			t.Helper()
			f, err := d.Feed(ctx, id)
			d.must(err)
			if f.URL != "https://old.example/feed" || f.Moving.To != want.To || f.Moving.Left != want.Left || !f.Moving.Next.Equal(want.Next) {
				t.Errorf("%s: at %s, moving %+v, want %+v", when, f.URL, f.Moving, want)
			}
		}
		r := result()
		r.Moving, r.Validators = moving, feeds.Validators{ETag: `"of the new one"`}
		save(r)
		is("once redirected", moving)
		d.must(d.fail(id, noon, "no such host"))
		is("after a failure", news.Moving{})
		f, err := d.Feed(ctx, id)
		if d.must(err); f.ETag != "" {
			t.Errorf("the old address would be asked with what the new one gave: %s", f.ETag)
		}
		save(r)
		save(result())
		is("once it answers itself", news.Moving{})
	},
	"AMovedFeedIsFetchedThereUntilThatFails": func(t *testing.T, d *desk) {
		ctx := t.Context()
		id := d.feed("https://old.example/feed", "world")
		r := result()
		r.MovedTo, r.Validators = "https://new.example/feed", feeds.Validators{ETag: `"1"`}
		_, err := d.SaveFetch(ctx, id, r)
		d.must(err)
		url := func() string {
			f, err := d.Feed(ctx, id)
			d.must(err)
			return f.URL + " " + f.ETag
		}
		want := []string{`https://new.example/feed "1"`, `https://new.example/feed "1"`, `https://new.example/feed "1"`, "https://old.example/feed "}
		for i, w := range want {
			if got := url(); got != w {
				t.Errorf("after %d failures: fetched at %q, want %q", i, got, w)
			}
			d.must(d.fail(id, noon, "no such host"))
		}
		// The configuration still names the old address: it is the same feed.
		d.must(d.SyncFeeds(ctx, []news.Feed{{URL: "https://old.example/feed", Topic: "world"}}, noon))
		if all, err := d.Feeds(ctx); err != nil || len(all) != 1 || all[0].ID != id {
			t.Errorf("after a sync: %v, %v; want the one feed %d", all, err, id)
		}
	},
	"TheFeedsOwnTitleServesWhereNoNameIsConfigured": func(t *testing.T, d *desk) {
		ctx := t.Context()
		d.must(d.SyncFeeds(ctx, []news.Feed{{URL: "https://one.example/feed", Topic: "world"}}, noon))
		all, err := d.Feeds(ctx)
		d.must(err)
		r := result(item("a"))
		r.Title = "The Harbour Post"
		ids, err := d.SaveFetch(ctx, all[0].ID, r)
		d.must(err)
		d.must(d.SyncFeeds(ctx, []news.Feed{{URL: "https://one.example/feed", Topic: "world"}}, noon))
		_, a, err := d.Pending(ctx, ids[0])
		d.must(err)
		if a.Outlet != "The Harbour Post" || a.Topic != "world" {
			t.Errorf("outlet %q, topic %q", a.Outlet, a.Topic)
		}
	},
	"UnknownFeedsAreNotFound": func(t *testing.T, d *desk) {
		_, err := d.Feed(t.Context(), 99)
		_, err2 := d.SaveFetch(t.Context(), 99, result(item("a")))
		_, err3 := d.SaveFetch(t.Context(), 99, result())
		for _, err := range []error{err, err2, err3, d.fail(99, noon, "x")} {
			if !errors.Is(err, news.ErrNotFound) {
				t.Errorf("got %v, want news.ErrNotFound", err)
			}
		}
	},
}
