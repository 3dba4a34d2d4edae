package storetest

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsdesk/events"
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
		due, err := d.DueFeeds(ctx, noon.Add(2*time.Hour), 10)
		d.must(err)
		if diff := cmp.Diff(due, []news.FeedID{one.ID}); diff != "" {
			t.Errorf("a retired feed must not be due: got, want:\n%s", diff)
		}
		if old, err := d.Feed(ctx, two.ID); err != nil || old.URL != two.URL {
			t.Errorf("retired feed: got %v, %v; want it kept", old, err)
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
		f, _, a, err := d.Pending(ctx, ids[0])
		d.must(err)
		if f.Name != "The Harbour Post" || a.Outlet != "The Harbour Post" || a.Topic != "world" {
			t.Errorf("feed %q, outlet %q, topic %q", f.Name, a.Outlet, a.Topic)
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

var fetchTests = map[string]func(*testing.T, *desk){
	"AnItemIsStoredOnce": func(t *testing.T, d *desk) { // M7
		id := d.feed("https://one.example/feed", "world")
		other := d.feed("https://two.example/feed", "world")
		if got := d.fetch(id, item("a"), item("b"), item("a")); len(got) != 2 {
			t.Fatalf("first fetch made %d rows, want 2", len(got))
		}
		edited := item("a")
		edited.Title, edited.Published, edited.URL = "Another title", noon, "https://harbour.example/moved"
		newGUID := item("b")
		newGUID.GUID = "b-again"
		for name, it := range map[string]news.Item{"edited title, date and URL": edited, "other GUID, same URL": newGUID} {
			if got := d.fetch(id, it); len(got) != 0 {
				t.Errorf("%s: made rows %v, want none", name, got)
			}
		}
		if got := d.fetch(id, item("b"), item("c"), item("a")); len(got) != 1 {
			t.Errorf("fetch with one new item made %v, want one row", got)
		}
		if got := d.fetch(other, item("a")); len(got) != 1 {
			t.Errorf("another feed's item made %v, want one row", got)
		}
	},
	"AnArticleIsStoredOnceHoweverItComesBack": func(t *testing.T, d *desk) { // M7
		first := news.Item{
			GUID: "https://harbour.example/?p=17", URL: "https://www.harbour.example/news/ferry-aground-again", Identity: news.IdentityGUID,
			Title: "Ferry aground", Summary: "A ferry ran aground.", Published: noon.Add(-time.Hour),
		}
		neighbour := news.Item{GUID: "n", URL: "https://www.harbour.example/news/16", Title: "Tide tables", Published: noon.Add(-2 * time.Hour)}
		at := func(url string) func(*news.Item) {
			return func(it *news.Item) { it.URL, it.GUID = url, url }
		}
		for name, change := range map[string]func(*news.Item){
			"again after a restart":   func(*news.Item) {},
			"edited title":            func(it *news.Item) { it.Title = "Ferry aground off Skagen, 40 on board" },
			"bumped date":             func(it *news.Item) { it.Published, it.Updated = noon, noon },
			"changed GUID":            func(it *news.Item) { it.GUID = "17#1" },
			"changed GUID and title":  func(it *news.Item) { it.GUID, it.Title = "17#2", "Passengers taken off the ferry" },
			"tracking parameters":     at("https://www.harbour.example/news/ferry-aground-again?utm_source=rss&fbclid=x#top"),
			"http":                    at("http://www.harbour.example/news/ferry-aground-again"),
			"without www":             at("https://harbour.example/news/ferry-aground-again/"),
			"mobile copy":             at("https://m.harbour.example/news/ferry-aground-again"),
			"AMP copy":                at("https://www.harbour.example/news/ferry-aground-again/amp/"),
			"AMP parameter":           at("https://www.harbour.example/news/ferry-aground-again?amp=1"),
			"in Google's AMP cache":   at("https://www.google.com/amp/s/www.harbour.example/news/ferry-aground-again"),
			"moved, under its GUID":   func(it *news.Item) { it.URL = "https://www.harbour.example/archive/17" },
			"without an address":      func(it *news.Item) { it.URL = "" },
			"parameters and new GUID": func(it *news.Item) { it.URL += "?utm_medium=feed"; it.GUID = "other" },
		} {
			id := d.feed("https://feeds.example/"+name, "world")
			if got := d.fetch(id, first, neighbour); len(got) != 2 {
				t.Fatalf("%s: the first fetch made %d rows", name, len(got))
			}
			it := first
			change(&it)
			if got := d.fetch(id, it); len(got) != 0 { // the neighbour is gone, too
				t.Errorf("%s: made rows %v, want none", name, got)
			}
			if got := d.fetch(id, neighbour, it, first); len(got) != 0 {
				t.Errorf("%s, beside the first form: made rows %v, want none", name, got)
			}
		}
	},
	"DifferentArticlesStayDifferent": func(t *testing.T, d *desk) { // M7: and no article is lost
		id := d.feed("https://one.example/feed", "world")
		front := "https://harbour.example/"
		items := []news.Item{
			{GUID: "1", URL: front, Title: "Ferry aground"},
			{GUID: "2", URL: front, Title: "Tide tables for June"},
			{GUID: "3", URL: "https://harbour.example/read?id=3", Title: "A"},
			{GUID: "4", URL: "https://harbour.example/read?id=4", Title: "B"},
			{GUID: "5", URL: "https://harbour.example/news", Title: "Morning round-up"},
		}
		if got := d.fetch(id, items...); len(got) != len(items) {
			t.Errorf("made %d rows, want %d", len(got), len(items))
		}
		if got := d.fetch(id, news.Item{GUID: "6", URL: "https://harbour.example/news", Title: "Evening round-up"}); len(got) != 1 {
			t.Errorf("another article at a page that changes made %v, want one row", got)
		}
		if got := d.fetch(id, news.Item{GUID: "7", URL: front, Title: "FERRY AGROUND!"}); len(got) != 0 {
			t.Errorf("the same title at the same page made %v, want none", got)
		}
	},
	"ItemsWithoutURLAreToldApartByGUID": func(t *testing.T, d *desk) {
		id := d.feed("https://one.example/feed", "world")
		a, b, c := item("a"), item("b"), item("")
		a.URL, b.URL = "", ""
		if got := d.fetch(id, a, b, c, news.Item{Title: "neither"}); len(got) != 3 {
			t.Errorf("made %d rows, want 3: by GUID, by GUID, by URL", len(got))
		}
	},
	"ValidatorsAreKeptThroughA304AndDroppedWhenPartial": func(t *testing.T, d *desk) {
		ctx := t.Context()
		id := d.feed("https://one.example/feed", "world")
		full := result()
		full.Validators, full.BodyHash = feeds.Validators{ETag: `"1"`, LastModified: "Tue, 03 Jun 2025 10:00:00 GMT"}, "hash"
		not := result()
		not.NotModified = true
		same := result()
		same.Unchanged, same.Validators.ETag = true, `"2"`
		part := full
		part.Partial = true
		for _, step := range []struct {
			name string
			r    feeds.Result
			want [3]string
		}{
			{"full", full, [3]string{`"1"`, "Tue, 03 Jun 2025 10:00:00 GMT", "hash"}},
			{"not modified", not, [3]string{`"1"`, "Tue, 03 Jun 2025 10:00:00 GMT", "hash"}},
			{"unchanged", same, [3]string{`"2"`, "Tue, 03 Jun 2025 10:00:00 GMT", "hash"}},
			{"partial", part, [3]string{}},
			{"full again", full, [3]string{`"1"`, "Tue, 03 Jun 2025 10:00:00 GMT", "hash"}},
			{"full without validators", result(), [3]string{}},
		} {
			_, err := d.SaveFetch(ctx, id, step.r)
			d.must(err)
			f, err := d.Feed(ctx, id)
			d.must(err)
			if got := [3]string{f.ETag, f.LastModified, f.BodyHash}; got != step.want {
				t.Errorf("%s: got %q, want %q", step.name, got, step.want)
			}
		}
	},
	"WhatTheFeedSaidComesBack": func(t *testing.T, d *desk) {
		ctx := t.Context()
		id := d.feed("https://one.example/feed", "world")
		it := news.Item{
			GUID: "tag:one.example,2025:1", URL: "https://one.example/1?x=\"'%00", Title: "Ferry \x00 aground \U0001F6A2 'quoted'",
			Summary: "Short; DROP TABLE feeds --", Content: "<p>Long</p>", Author: "A. Writer", Image: "https://one.example/1.jpg",
			Published: noon.Add(-time.Hour + 123*time.Millisecond), Updated: noon,
		}
		r := result(it, item("b"))
		r.Quiet = []bool{true, false}
		ids, err := d.SaveFetch(ctx, id, r)
		d.must(err)
		f, got, a, err := d.Pending(ctx, ids[0])
		d.must(err)
		if diff := cmp.Diff(got, it, sameText); diff != "" {
			t.Errorf("item: got, want:\n%s", diff)
		}
		want := news.Article{
			ID: ids[0], Feed: id, GUID: it.GUID, URL: it.URL, Title: it.Title, Outlet: "Harbour Post", Topic: "world",
			Byline: it.Author, Image: it.Image, Published: it.Published, Seen: noon, Quiet: true,
		}
		if diff := cmp.Diff(a, want, sameText); diff != "" {
			t.Errorf("article: got, want:\n%s", diff)
		}
		if f.ID != id {
			t.Errorf("feed %d, want %d", f.ID, id)
		}
		if _, _, b, err := d.Pending(ctx, ids[1]); err != nil || b.Quiet {
			t.Errorf("second item: quiet %v, %v", b.Quiet, err)
		}
	},
	"AFeedMayClaimAnyDate": func(t *testing.T, d *desk) {
		ctx := t.Context()
		id := d.feed("https://one.example/feed", "world")
		dates := []time.Time{
			{},
			time.Unix(1<<60, 0), time.Unix(-1<<60, 0), time.Date(9999, 12, 31, 23, 0, 0, 0, time.UTC),
			time.Date(1, 1, 1, 0, 0, 1, 0, time.UTC), time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC), time.Unix(0, 0),
		}
		for i, at := range dates {
			it := item(string(rune('a' + i)))
			it.Published = at
			row := d.fetch(id, it)[0]
			a := d.condensed(row, "Date", "Text", at)
			ev, _, err := d.Apply(ctx, a, summary(a), begin(a), events.Plan{Posts: []news.Post{{Channel: "c", Kind: news.PostAlert, Event: begin(a).Event}}})
			if err != nil {
				t.Errorf("date %d: %v", i, err)
				continue
			}
			if _, err := d.Event(ctx, ev); err != nil {
				t.Errorf("date %d: %v", i, err)
			}
		}
		_, newest, err := d.CountArticles(ctx, time.Time{})
		d.must(err)
		if newest.After(noon) {
			t.Errorf("newest article is of %v, after it was seen at %v", newest, noon)
		}
		if n, _, _ := d.CountArticles(ctx, time.Time{}); n != len(dates) {
			t.Errorf("%d articles count since the zero time, want all %d", n, len(dates))
		}
	},
	"AResultWithoutATimeIsRefused": func(t *testing.T, d *desk) {
		id := d.feed("https://one.example/feed", "world")
		if _, err := d.SaveFetch(t.Context(), id, feeds.Result{Items: []news.Item{item("a")}}); err == nil {
			t.Error("no error for a result without FetchedAt")
		}
	},
}
