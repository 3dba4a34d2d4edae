package storetest

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"newsdesk/events"
	"newsdesk/news"
	"newsdesk/outbox"
	"newsdesk/trail"
)

var trailTests = map[string]func(*testing.T, *desk){
	"AnArticleIsFoundByAnyFormOfItsAddress": func(t *testing.T, d *desk) { // M23
		ctx := t.Context()
		feed := d.feed("https://harbour.example/feed", "world")
		it := item("story-one-two-three")
		it.URL = "https://www.harbour.example/2025/ferry-runs-again?utm_source=rss"
		id := d.fetch(feed, it)[0]
		found := func(address string, want ...news.ArticleID) {
			t.Helper()
			items, err := d.ItemsAt(ctx, address, 5)
			d.must(err)
			var got []news.ArticleID
			for _, x := range items {
				got = append(got, x.Article.ID)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", address, diff)
			}
		}
		found("http://harbour.example/2025/ferry-runs-again?fbclid=1", id)
		found("https://harbour.example/2025/another")
		short := item("short")
		short.URL = "https://harbour.example/ferry-news" // may hold many articles
		found("http://www.harbour.example/ferry-news", d.fetch(feed, short)...)
		items, err := d.ItemsAt(ctx, it.URL, 5)
		d.must(err)
		want := trail.Item{
			Article: news.Article{ID: id, Feed: feed, GUID: it.GUID, URL: it.URL, Title: it.Title, Outlet: "Harbour Post", Topic: "world", Published: it.Published, Seen: noon},
			FeedURL: "https://harbour.example/feed", Waiting: true,
		}
		if diff := cmp.Diff([]trail.Item{want}, items); diff != "" {
			t.Errorf("waiting (-want +got):\n%s", diff)
		}
		d.must(d.Postpone(ctx, id, noon.Add(time.Minute), "timeout"))
		if items, err = d.WaitingItems(ctx, "Item STORY", 5); err != nil || len(items) != 1 || items[0].Attempts != 1 || items[0].Error != "timeout" || !items[0].Next.Equal(noon.Add(time.Minute)) {
			t.Errorf("postponed: %+v, %v", items, err)
		}
		if items, err = d.WaitingItems(ctx, "nothing like it", 5); err != nil || len(items) != 0 {
			t.Errorf("found by other words: %+v, %v", items, err)
		}
		a := d.condensed(id, "Ferry runs again", "The ferry runs again.", noon)
		a.URL = "https://harbour.example/ferry" // the page's own
		_, _, err = d.Apply(ctx, a, summary(a), begin(a), events.Plan{})
		d.must(err)
		found("https://www.harbour.example/ferry/", id)
		found("https://harbour.example/ferry-news", id+1)
		found(it.URL, id)
		if items, err = d.WaitingItems(ctx, "Ferry", 5); err != nil || len(items) != 0 {
			t.Errorf("still waits: %+v, %v", items, err)
		}
	},
	"WhatWasDecidedOnAnArticleIsKeptAndForgotten": func(t *testing.T, d *desk) { // M23, B6
		ctx := t.Context()
		feed := d.feed("https://harbour.example/feed", "world")
		event, first := d.event(feed, "Ferry runs again", "The ferry runs again.", noon)
		base, err := d.Event(ctx, event)
		d.must(err)
		a := d.condensed(d.waiting(feed), "Ferry back", "The ferry is back.", noon)
		placed := news.Placement{At: noon, Reason: "repeats", Grouping: news.Grouping{Score: 0.5, Nearest: first, Shared: []string{"ferry"}, Gap: time.Hour}}
		change := grow(base, a)
		change.CopyOf = first
		_, _, err = d.Apply(ctx, a, summary(a), change, events.Plan{
			Placed: placed, Verdicts: []news.Verdict{{At: noon, Article: a.ID, Event: event, Outcome: "repeats"}},
		})
		d.must(err)
		base, err = d.Event(ctx, event)
		d.must(err)
		items, err := d.EventItems(ctx, base, 5)
		d.must(err)
		if len(items) != 2 || items[0].Article.ID != a.ID || items[1].Article.ID != first {
			t.Fatalf("items %+v, want the second article and the first", items)
		}
		twin := trail.Other{Article: first, Title: "Ferry runs again", Outlet: "Harbour Post", URL: items[1].Article.URL}
		if diff := cmp.Diff(trail.Item{Event: event, CopyOf: first, Placed: placed, Twin: twin}, items[0], cmpopts.IgnoreFields(trail.Item{}, "Article", "FeedURL")); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		if items, err = d.EventItems(ctx, base, 1); err != nil || len(items) != 1 {
			t.Errorf("at most one: %+v, %v", items, err)
		}
		d.must(d.DropVerdicts(ctx, noon.Add(time.Second)))
		if items, err = d.EventItems(ctx, base, 5); err != nil || len(items) != 2 || !items[0].Placed.At.IsZero() {
			t.Errorf("after it was forgotten: %+v, %v", items, err)
		}
	},
	"ChannelsAreToldOfWithinTheirScope": func(t *testing.T, d *desk) { // M23
		ctx := t.Context()
		feed := d.feed("https://harbour.example/feed", "world")
		d.follow("g", "a")
		d.follow("g", "b")
		d.follow("h", "c")
		d.follow("", "configured")
		a := d.condensed(d.waiting(feed), "Ferry runs again", "The ferry runs again.", noon)
		event, _, err := d.Apply(ctx, a, summary(a), begin(a), events.Plan{
			Posts: []news.Post{{Channel: "a", Kind: news.PostAlert, Event: begin(a).Event}, {Channel: "c", Kind: news.PostAlert, Event: begin(a).Event}},
			Verdicts: []news.Verdict{
				{At: noon, Article: a.ID, Channel: "a", Outcome: news.OutcomePosted},
				{At: noon, Article: a.ID, Channel: "b", Outcome: news.OutcomeBelow, Detail: "major"},
				{At: noon, Article: a.ID, Channel: "c", Outcome: news.OutcomePosted},
			},
		})
		d.must(err)
		p := *d.next("a", 0)
		d.must(d.MarkTried(ctx, p.ID, noon.Add(time.Second)))
		d.must(d.MarkSent(ctx, p, outbox.Receipt{Message: "m", Thread: "t"}))
		d.must(d.Block(ctx, "c", "no permission", noon))
		for name, tt := range map[string]struct {
			of   trail.Scope
			want []news.ChannelID
		}{
			"a guild":               {trail.Scope{Guild: "g"}, []news.ChannelID{"a", "b"}},
			"a guild and its own":   {trail.Scope{Guild: "g", Channel: "configured"}, []news.ChannelID{"a", "b", "configured"}},
			"a channel":             {trail.Scope{Channel: "b"}, []news.ChannelID{"b"}},
			"nothing":               {trail.Scope{}, nil},
			"all":                   {trail.Scope{All: true}, []news.ChannelID{"a", "b", "c", "configured"}},
			"a guild of no channel": {trail.Scope{Guild: "k"}, nil},
		} {
			got, err := d.TrailChannels(ctx, event, tt.of)
			d.must(err)
			var ids []news.ChannelID
			for _, c := range got {
				ids = append(ids, c.ID)
			}
			if diff := cmp.Diff(tt.want, ids); diff != "" {
				t.Errorf("%s (-want +got):\n%s", name, diff)
			}
		}
		got, err := d.TrailChannels(ctx, event, trail.Scope{All: true})
		d.must(err)
		want := trail.Channel{
			Channel: news.Channel{Guild: "g", ID: "a"}, Topics: []string{"world"}, Message: "m", Thread: "t",
			Verdict: news.Verdict{At: noon, Article: a.ID, Event: event, Channel: "a", Outcome: news.OutcomePosted},
			Posts:   []trail.Post{{Kind: news.PostAlert, State: trail.StateSent, Tried: noon.Add(time.Second)}},
		}
		if diff := cmp.Diff(want, got[0]); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		if diff := cmp.Diff(trail.Pause{Since: noon, Reason: "no permission"}, got[2].Pause); diff != "" {
			t.Errorf("paused (-want +got):\n%s", diff)
		}
	},
}
