package storetest

import (
	"fmt"
	"testing"

	"newsdesk/news"
	"newsdesk/outbox"
)

// linkComesLater parts an event in channels where nothing is told twice, and then
// posts the other one there: what named it without a link is edited once.
func linkComesLater(t *testing.T, d *desk) { // B1
	t.Helper()
	ctx := t.Context()
	feed := d.feed("https://harbour.example/feed", "world")
	id, list := d.mixed(feed)
	jury, judge := news.Fact{Text: ofJury, Article: list[0], New: true}, news.Fact{Text: ofJudge, Article: list[2], New: true}
	for _, ch := range []news.ChannelID{"stays", "goes", "deleted", "waits", "only"} {
		d.follow("g", ch)
		if ch != "only" {
			d.enqueue(telling(ch, news.PostAlert, id, 1, jury, judge))
			d.sent(ch)
		}
	}
	div := d.division(id, list)
	hand(&div, "goes")
	other, _, err := d.Part(ctx, div)
	d.must(err)
	k, o := fmt.Sprint("m", id), fmt.Sprint("m", other)
	for ch, want := range map[news.ChannelID]string{"stays": "edit " + k, "goes": "edit " + k, "deleted": "edit " + k, "only": "alert " + o} {
		if got := d.sent(ch); got != want {
			t.Fatalf("%s: sent %q, want %q", ch, got, want)
		}
	}
	d.enqueue(post("deleted", news.PostEdit, id, 9))
	d.must(d.MarkDeleted(ctx, d.next("deleted", 0).ID, "deleted"))
	both := map[news.EventID]news.Event{}
	for _, e := range []news.EventID{id, other} {
		both[e], err = d.Event(ctx, e)
		d.must(err)
	}
	alert := func(ch news.ChannelID, e news.EventID) {
		p := post(ch, news.PostAlert, e, both[e].Revision)
		p.Event = both[e]
		d.enqueue(p)
	}
	alert("stays", other)
	alert("goes", id)
	alert("deleted", other)
	alert("waits", other)
	alert("only", id)
	for _, want := range []struct {
		ch   news.ChannelID
		sent string
	}{
		{"stays", "alert " + o + " beside " + k + ", edit " + k + " beside " + o},
		// The message there is that of the new event.
		{"goes", "alert " + k + " beside " + k + ", edit " + k + " beside " + k},
		{"deleted", "alert " + o},
		// Its own edit comes before there is anything to link to.
		{"waits", "edit " + k + ", alert " + o + " beside " + k + ", edit " + k + " beside " + o},
		// It was never told with the other.
		{"only", "alert " + k + " beside " + o},
	} {
		if got := d.sent(want.ch); got != want.sent {
			t.Errorf("%s: sent %q, want %q", want.ch, got, want.sent)
		}
	}
	// No more comes of what goes into that message later.
	p := post("stays", news.PostEdit, other, 2)
	p.Event = both[other]
	d.enqueue(p)
	if got, want := d.sent("stays"), "edit "+o+" beside "+k; got != want {
		t.Errorf("later: sent %q, want %q", got, want)
	}
}

// linkOfTheOneKept has the message of an event that is gone say where it went
// before that event's message arrived.
func linkOfTheOneKept(t *testing.T, d *desk) { // B1
	t.Helper()
	ctx := t.Context()
	feed := d.feed("https://harbour.example/feed", "world")
	d.follow("g", "c")
	kept, _ := d.event(feed, "Ferry runs aground", "The ferry ran aground.", noon)
	gone := d.published(feed, "Passengers rescued")
	d.sent("c")
	d.must(d.MarkPublished(ctx, d.publications(noon, 10)[0], noon))
	d.enqueue(post("c", news.PostAlert, kept, 1))
	alert := *d.next("c", 0)
	d.must(d.MarkTried(ctx, alert.ID, noon))
	d.merge(kept, gone)
	edits := func() []news.Post {
		due, err := d.DueEdits(ctx, noon, 3)
		d.must(err)
		return due
	}
	first := edits()
	if len(first) != 1 || first[0].Message != fmt.Sprint("m", gone) || first[0].Onward != "" {
		t.Fatalf("before the other arrived: %+v", first)
	}
	d.must(d.SpendEdit(ctx, first[0], noon))
	d.must(d.MarkTried(ctx, first[0].ID, noon))
	d.must(d.MarkSent(ctx, first[0], outbox.Receipt{Message: first[0].Message}))
	d.must(d.MarkSent(ctx, alert, outbox.Receipt{Message: fmt.Sprint("m", kept)}))
	got := edits()
	if len(got) != 1 || got[0].Message != fmt.Sprint("m", gone) || got[0].Onward != fmt.Sprint("m", kept) || got[0].Event.Into != kept || got[0].Line != first[0].Line {
		t.Errorf("after: %+v", got)
	}
}
