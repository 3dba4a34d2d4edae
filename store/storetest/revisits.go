package storetest

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsdesk/events"
	"newsdesk/news"
)

var revisitTests = map[string]func(*testing.T, *desk){
	"AFeedThatSaysSomethingElseHasItsArticleReadAgain": func(t *testing.T, d *desk) { // B4, M7
		ctx := t.Context()
		feed := d.feed("https://one.example/feed", "world")
		_, id := d.event(feed, "Ferry runs again", "It does.", noon)
		stored, err := d.Article(ctx, id)
		d.must(err)
		it := news.Item{GUID: stored.GUID, URL: stored.URL, Title: "Ferry runs again", Summary: "At noon."}
		due := func(at time.Time) []news.ArticleID {
			t.Helper()
			ids, err := d.DueRevisits(ctx, at, 10)
			d.must(err)
			return ids
		}
		save := func(at time.Duration, it news.Item) {
			t.Helper()
			r := result(it)
			r.FetchedAt = noon.Add(at)
			if ids, err := d.SaveFetch(ctx, feed, r); err != nil || len(ids) != 0 {
				t.Fatalf("a change is stored as new: %v, %v", ids, err)
			}
		}
		save(time.Hour, it)
		if got := due(noon.Add(2 * time.Hour)); !cmp.Equal(got, []news.ArticleID{id}) {
			t.Fatalf("due %v, want the article whose feed changed", got)
		}
		d.must(d.SaveRevisit(ctx, news.Revisit{Article: id, Cause: news.CauseEvent, Readings: 1, Last: noon.Add(2 * time.Hour), ETag: `"x"`}))
		save(3*time.Hour, it)
		if got := due(noon.Add(4 * time.Hour)); len(got) != 0 {
			t.Errorf("due %v, though the feed says what it said", got)
		}
		it.Summary = "At one."
		save(4*time.Hour, it)
		v, s, err := d.Revisit(ctx, id)
		d.must(err)
		want := news.Revisit{Article: id, Due: noon.Add(4 * time.Hour), Cause: news.CauseFeed, Readings: 1, Last: noon.Add(2 * time.Hour), ETag: `"x"`, Title: it.Title, Summary: "At one."}
		if diff := cmp.Diff(v, want); diff != "" || s.Article.Body != "It does." {
			t.Errorf("got, want:\n%s", diff)
		}
		// A change that comes while the page is being read is not lost.
		d.must(d.SaveRevisit(ctx, news.Revisit{Article: id, Cause: news.CauseEvent, Readings: 2, Last: noon.Add(3 * time.Hour)}))
		if got := due(noon.Add(5 * time.Hour)); len(got) != 1 {
			t.Error("a change that came meanwhile is lost")
		}
		d.must(d.PutOffRevisit(ctx, id, time.Time{}))
		if got := due(noon.Add(5 * time.Hour)); len(got) != 0 {
			t.Errorf("due %v, though put off for ever", got)
		}
		d.must(d.DropRevisits(ctx, noon.Add(24*time.Hour)))
		if _, _, err := d.Revisit(ctx, id); !errors.Is(err, news.ErrNotFound) {
			t.Errorf("got %v, want news.ErrNotFound", err)
		}
	},
	"WhatWasNotedOfPagesIsForgottenByTheAgeOfItsArticle": func(t *testing.T, d *desk) {
		ctx := t.Context()
		feed := d.feed("https://one.example/feed", "world")
		var ids []news.ArticleID
		for i, name := range []string{"a", "b", "c"} {
			r := result(item(name))
			r.FetchedAt = noon.AddDate(0, 0, i)
			made, err := d.SaveFetch(ctx, feed, r)
			d.must(err)
			a := d.condensed(made[0], "Ferry "+name, "It runs.", r.FetchedAt)
			_, _, err = d.Apply(ctx, a, summary(a), begin(a), events.Plan{Revisit: news.Revisit{Article: a.ID, Cause: news.CauseEvent, Due: r.FetchedAt.Add(time.Hour)}})
			d.must(err)
			ids = append(ids, a.ID)
		}
		kept := func(before time.Time) []news.ArticleID {
			t.Helper()
			d.must(d.DropRevisits(ctx, before))
			due, err := d.DueRevisits(ctx, noon.AddDate(1, 0, 0), 10)
			d.must(err)
			return due
		}
		for _, tt := range []struct {
			before time.Time
			want   []news.ArticleID
		}{{noon, ids}, {noon.Add(time.Minute), ids[1:]}, {noon.AddDate(0, 0, 1), ids[1:]}, {noon.AddDate(0, 0, 2), ids[2:]}, {noon.AddDate(0, 0, 3), nil}} {
			if got := kept(tt.before); !cmp.Equal(got, tt.want) {
				t.Errorf("of articles seen before %s dropped: kept %v, want %v", tt.before, got, tt.want)
			}
		}
	},
	"AWaitingArticleIsReadAsTheFeedHasItNow": func(t *testing.T, d *desk) {
		ctx := t.Context()
		feed := d.feed("https://one.example/feed", "world")
		a := item("a")
		ids := d.fetch(feed, a)
		a.Title, a.Summary = "Another title", "Other words."
		d.fetch(feed, a)
		it, _, err := d.Pending(ctx, ids[0])
		d.must(err)
		if it.Title != a.Title || it.Summary != a.Summary {
			t.Errorf("it waits as %q, %q", it.Title, it.Summary)
		}
		if due, err := d.DueRevisits(ctx, noon.Add(time.Hour), 10); err != nil || len(due) != 0 {
			t.Errorf("due %v, %v; want none: it was not read yet", due, err)
		}
	},
	"ARevisedArticleReplacesItselfEverywhere": func(t *testing.T, d *desk) {
		ctx := t.Context()
		_, id := d.event(d.feed("https://one.example/feed", "world"), "Ferry runs again", "The ferry carries 300 people to Orvale.", noon)
		a, err := d.Article(ctx, id)
		d.must(err)
		found := func(word string) bool {
			t.Helper()
			hits, err := d.Search(ctx, word, time.Time{}, 5)
			d.must(err)
			return len(hits) > 0
		}
		base, err := d.Event(ctx, 1)
		d.must(err)
		a.Body, a.Updated = "The ferry carries 400 people to Kestrin.", noon.Add(90*time.Minute)
		ev := base
		ev.Revision++
		ev.Facts = []news.Fact{{Text: a.Body, Article: id, New: true, Was: news.Version{Value: "300", Article: id}}}
		ch := events.Change{Base: base, Event: ev, Article: id, Reason: events.ReasonCorrected, Visible: true, Novel: ev.Facts, Revised: noon.Add(time.Hour)}
		next := news.Revisit{Article: id, Cause: news.CauseEvent, Readings: 1, Last: noon.Add(time.Hour), Due: noon.Add(3 * time.Hour)}
		plan := events.Plan{Posts: []news.Post{post("c1", news.PostEdit, base.ID, ev.Revision)}}
		made, err := d.Revise(ctx, a, summary(a), ch, plan, next)
		d.must(err)
		if len(made) != 1 {
			t.Errorf("%d posts, want one", len(made))
		}
		if found("Orvale") || !found("Kestrin") {
			t.Error("the search finds the text as it was")
		}
		got, err := d.Article(ctx, id)
		d.must(err)
		now, err := d.Event(ctx, base.ID)
		d.must(err)
		if got.Body != a.Body || !got.Updated.Equal(a.Updated) || now.Facts[0].Text != a.Body || now.Version != base.Version+1 {
			t.Errorf("stored %q, %+v, version %d", got.Body, now.Facts, now.Version)
		}
		corrected, err := d.Corrected(ctx, noon)
		d.must(err)
		if len(corrected) != 1 || corrected[0].Was != "300" || !corrected[0].At.Equal(noon.Add(time.Hour)) {
			t.Errorf("the timeline has %+v", corrected)
		}
		if due, err := d.DueRevisits(ctx, noon.Add(3*time.Hour), 5); err != nil || len(due) != 1 {
			t.Errorf("due %v, %v", due, err)
		}
		if _, err := d.Revise(ctx, a, summary(a), ch, plan, next); !errors.Is(err, news.ErrConflict) {
			t.Errorf("a decision on an event that has changed: %v", err)
		}
	},
}
