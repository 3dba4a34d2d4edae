package storetest

import (
	"errors"
	"testing"
	"time"

	"newsdesk/digest"
	"newsdesk/news"
	"newsdesk/outbox"
	"newsdesk/store"
	"newsdesk/trail"
)

// told returns what the digests of channel c made of an event.
func (d *desk) told(event news.EventID) trail.Told {
	d.t.Helper()
	return d.trail(event).Told
}

// trail returns what is recorded of an event in channel c.
func (d *desk) trail(event news.EventID) trail.Channel {
	d.t.Helper()
	list, err := d.TrailChannels(d.t.Context(), event, trail.Scope{Channel: "c"})
	d.must(err)
	if len(list) != 1 {
		d.t.Fatalf("event %d has a trail in %d channels", event, len(list))
	}
	return list[0]
}

// toldByAnother: of two digests that tell the same as waiting, one is made.
func toldByAnother(t *testing.T, d *desk) { // M17
	t.Helper()
	ctx := t.Context()
	feed := d.feed("https://harbour.example/feed", "world")
	d.plan(noon, func(s *news.Settings) { s.Digest = weeklyPlan })
	until := noon.AddDate(0, 0, 3)
	id := d.hold(feed, "Ferry runs again", news.OutcomeQuietHours, noon, until)
	ids, err := d.DueDigests(ctx, until, 10)
	d.must(err)
	if len(ids) != 2 {
		t.Fatalf("due: %s", d.digests())
	}
	planned, err := d.Digest(ctx, ids[0])
	d.must(err)
	caught, err := d.Digest(ctx, ids[1])
	d.must(err)
	for i, due := range []news.DueDigest{caught, planned} { // both were made of what waited before either was finished
		want := []error{nil, news.ErrConflict}[i]
		_, err = d.FinishDigest(ctx, due, store.Told{
			Posts: []news.Post{{Key: digest.Key(due), Channel: "c", Kind: news.PostDigest}}, Events: []news.DigestEntry{{Event: id}}, Held: []news.EventID{id},
		}, until)
		if !errors.Is(err, want) {
			t.Errorf("digest %d: %v, want %v", i+1, err, want)
		}
	}
	if got := d.digests(); got != "[planned 06-06 08:00]" {
		t.Errorf("then: %s", got)
	}
	if p := d.next("c", 96*time.Hour); p == nil {
		t.Error("no digest is posted")
	} else {
		d.must(d.MarkSent(ctx, *p, outbox.Receipt{Message: "m1"}))
	}
	if p := d.next("c", 96*time.Hour); p != nil {
		t.Errorf("told twice: %+v", p)
	}
}

// countedOnly: what a digest had no room to name was not told.
func countedOnly(t *testing.T, d *desk) { // M23
	t.Helper()
	ctx := t.Context()
	feed := d.feed("https://harbour.example/feed", "world")
	d.plan(noon, func(s *news.Settings) { s.Digest = dailyPlan })
	named := d.hold(feed, "Ferry runs again", news.OutcomeCapped, noon, time.Time{})
	counted := d.hold(feed, "Bridge is closed", news.OutcomeCapped, noon, time.Time{})
	due := d.due(noon.AddDate(0, 0, 1))
	_, err := d.FinishDigest(ctx, due, store.Told{
		Posts:  []news.Post{{Key: digest.Key(due), Channel: "c", Kind: news.PostDigest}},
		Events: []news.DigestEntry{{Event: named}}, Held: []news.EventID{named, counted},
	}, due.Due)
	d.must(err)
	if got := d.told(named); got.Counted || got.Post.State != trail.StatePending {
		t.Errorf("named: %+v", got)
	}
	if got := d.told(counted); !got.Counted || got.Post.State != trail.StatePending {
		t.Errorf("counted: %+v", got)
	}
	for event, want := range map[news.EventID]bool{named: true, counted: false} {
		v, err := d.Volumes(ctx, event, noon)
		d.must(err)
		if v["c"].Told != want {
			t.Errorf("event %d is told: %t", event, v["c"].Told)
		}
	}
	// A later digest that names it has told it.
	due = d.due(due.Due.AddDate(0, 0, 1))
	_, err = d.FinishDigest(ctx, due, store.Told{
		Posts: []news.Post{{Key: digest.Key(due), Channel: "c", Kind: news.PostDigest}}, Events: []news.DigestEntry{{Event: counted}},
	}, due.Due)
	d.must(err)
	if got := d.told(counted); got.Counted || !got.At.Equal(due.Due) {
		t.Errorf("named in the next: %+v", got)
	}
}

// sampled: a channel in which something waits needs no sample of its topic, and
// one that is posted all the same is not told again.
func sampled(t *testing.T, d *desk) { // M15
	t.Helper()
	ctx := t.Context()
	d.follow("g", "c")
	unsampled := func() int {
		list, err := d.Unsampled(ctx)
		d.must(err)
		return len(list)
	}
	if n := unsampled(); n != 1 {
		t.Fatalf("%d subscriptions wait for their sample", n)
	}
	id := d.hold(d.feed("https://harbour.example/feed", "world"), "Ferry runs again", news.OutcomeQuietHours, noon, noon.Add(time.Hour))
	if n := unsampled(); n != 0 {
		t.Errorf("%d subscriptions want a sample of what is told in a digest", n)
	}
	d.must(d.Enqueue(ctx, []news.Post{post("c", news.PostAlert, id, 1)}))
	if held, err := d.Held(ctx, "c"); err != nil || len(held) != 0 {
		t.Errorf("what was posted waits: %+v, %v", held, err)
	}
}
