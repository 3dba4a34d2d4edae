package storetest

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsdesk/events"
	"newsdesk/feeds"
	"newsdesk/news"
)

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
	"AnotherGUIDIsKnownByTheAddressAndSaysSo": func(t *testing.T, d *desk) { // M7
		ctx := t.Context()
		feed := d.feed("https://one.example/feed", "world")
		a, b := item("a"), item("b")
		a.URL, a.Title = "https://harbour.example/news/ferry-aground-again", "Ferry aground again in the harbour"
		a.Identity, b.Identity = news.IdentityGUID, news.IdentityGUID
		ids := d.fetch(feed, a, b)
		again := a
		again.GUID, again.Title = "tag:one.example,2025:a", "Ferry aground again in the harbour, second time this week"
		if more := d.fetch(feed, again, b, item("c")); len(more) != 1 {
			t.Fatalf("%d items are new, want c alone", len(more))
		}
		it, _, err := d.Pending(ctx, ids[0])
		d.must(err)
		if it.Identity != news.IdentityAddress || it.Title != again.Title {
			t.Errorf("it is known by %q, and waits as %q", it.Identity, it.Title)
		}
		if it, _, err = d.Pending(ctx, ids[1]); err != nil || it.Identity != news.IdentityGUID {
			t.Errorf("its neighbour is known by %q, %v", it.Identity, err)
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
	"WhatComesUpFromBehindIsQuiet": func(t *testing.T, d *desk) { // M7: a deleted neighbour, and a feed that shows more
		const day = 24 * time.Hour
		id := d.feed("https://one.example/feed", "world")
		aged := func(guid string, age time.Duration) news.Item {
			it := item(guid)
			it.Published = noon.Add(-age)
			return it
		}
		undated := item("no date")
		undated.Published = time.Time{}
		d.fetch(id, aged("a", time.Hour), aged("deleted", day), aged("b", 3*day))
		fresh := d.fetch(id, aged("today's", time.Minute), aged("a", time.Hour), aged("of these days", 2*day), undated, aged("b", 3*day), aged("behind", 4*day), aged("far behind", 90*day))
		if got, want := d.quiet(fresh), []bool{false, false, false, true, true}; !slices.Equal(got, want) {
			t.Errorf("quiet: %v, want %v", got, want)
		}
		young := d.feed("https://two.example/feed", "world")
		d.fetch(young, aged("a", time.Hour))
		if got := d.quiet(d.fetch(young, aged("a", time.Hour), aged("late", 20*time.Hour))); got[0] {
			t.Error("an article of less than a day is quiet")
		}
		if got := d.quiet(d.fetch(young, aged("after an outage", 3*day), aged("and another", 4*day))); got[0] || got[1] {
			t.Error("what came while nothing was polled is quiet")
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
		got, a, err := d.Pending(ctx, ids[0])
		d.must(err)
		if diff := cmp.Diff(got, it, sameText); diff != "" {
			t.Errorf("item: got, want:\n%s", diff)
		}
		want := news.Article{
			ID: ids[0], Feed: id, GUID: it.GUID, URL: it.URL, Title: it.Title, Outlet: "Harbour Post", Topic: "world",
			Byline: it.Author, Image: it.Image, Published: it.Published, Updated: it.Updated, Seen: noon, Quiet: true,
		}
		if diff := cmp.Diff(a, want, sameText); diff != "" {
			t.Errorf("article: got, want:\n%s", diff)
		}
		if _, b, err := d.Pending(ctx, ids[1]); err != nil || b.Quiet {
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

// quiet says of each of the waiting articles whether it is.
func (d *desk) quiet(ids []news.ArticleID) []bool {
	d.t.Helper()
	out := make([]bool, len(ids))
	for i, id := range ids {
		_, a, err := d.Pending(d.t.Context(), id)
		d.must(err)
		out[i] = a.Quiet
	}
	return out
}
