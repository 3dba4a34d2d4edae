package storetest

import (
	"errors"
	"testing"
	"time"

	"newsdesk/events"
	"newsdesk/news"
	"newsdesk/outbox"
	"newsdesk/trail"

	"github.com/google/go-cmp/cmp"
)

// B14
var publicationTests = map[string]func(*testing.T, *desk){
	"AreDueOnceTheMessageStandsAndTheHourHasRoom": func(t *testing.T, d *desk) {
		feed := d.feed("https://harbour.example/feed", "world")
		var ids []news.EventID
		for _, title := range []string{"Ferry runs again", "Bridge opens", "Tunnel closes"} {
			ids = append(ids, d.published(feed, title))
		}
		if got := d.publications(noon, 2); len(got) != 0 {
			t.Errorf("before the messages stand: %v", got)
		}
		d.deliverAll("c")
		want := []outbox.Publication{{Channel: "c", Event: ids[0], Message: "m"}, {Channel: "c", Event: ids[1], Message: "m"}}
		if diff := cmp.Diff(want, d.publications(noon, 2)); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		ctx := t.Context()
		if got := d.publication(ids[0]); got != (trail.Publication{State: trail.StatePending}) {
			t.Errorf("its trail, while it waits: %+v", got)
		}
		d.must(d.MarkPublished(ctx, want[0], noon))
		d.must(d.PostponePublication(ctx, want[1], noon.Add(time.Minute), "busy"))
		if got := d.publication(ids[0]); got.State != trail.StateSent || !got.At.Equal(noon) {
			t.Errorf("its trail, once published: %+v", got)
		}
		if got := d.publication(ids[1]); got.State != trail.StatePending || got.Reason != "busy" || !got.Next.Equal(noon.Add(time.Minute)) {
			t.Errorf("the trail of one postponed: %+v", got)
		}
		if got := d.publications(noon, 2); len(got) != 1 || got[0].Event != ids[2] {
			t.Errorf("with one published and one postponed: %v", got)
		}
		want[1].Attempts = 1
		if diff := cmp.Diff(want[1:], d.publications(noon.Add(time.Minute), 2)); diff != "" {
			t.Errorf("a minute later (-want +got):\n%s", diff)
		}
		if got := d.publications(noon.Add(time.Hour), 2); len(got) != 2 {
			t.Errorf("an hour later: %v", got)
		}
		d.must(d.DropPublication(ctx, want[1], "refused"))
		if got := d.publication(ids[1]); got.State != trail.StateDead || got.Reason != "refused" {
			t.Errorf("the trail of one dropped: %+v", got)
		}
		d.must(d.Block(ctx, "c", "no", noon))
		if got := d.publications(noon.Add(time.Hour), 2); len(got) != 0 {
			t.Errorf("of a paused channel: %v", got)
		}
		d.must(d.Resume(ctx, "c"))
		if got := d.publications(noon.Add(time.Hour), 2); len(got) != 1 || got[0].Event != ids[2] {
			t.Errorf("with one dropped: %v", got)
		}
		if _, err := d.RemoveChannel(ctx, "g", "c"); err != nil || len(d.publications(noon.Add(time.Hour), 2)) != 0 {
			t.Errorf("of a channel that was removed: %v", err)
		}
	},
	"EditsOfThePublishedWaitApart": func(t *testing.T, d *desk) {
		ctx := t.Context()
		event := d.published(d.feed("https://harbour.example/feed", "world"), "Ferry runs again")
		d.deliverAll("c")
		edits := func(at time.Time) (revisions []int) {
			list, err := d.DueEdits(ctx, at, 2)
			d.must(err)
			for _, p := range list {
				revisions = append(revisions, p.Event.Revision)
				if p.Message != "m" || p.Channel != "c" || p.Kind != news.PostEdit {
					t.Errorf("edit %+v", p)
				}
			}
			return revisions
		}
		d.must(d.Enqueue(ctx, []news.Post{post("c", news.PostEdit, event, 2)}))
		if got := edits(noon); len(got) != 0 {
			t.Errorf("of a message that is not published: %v", got)
		}
		d.must(d.MarkPublished(ctx, outbox.Publication{Channel: "c", Event: event}, noon))
		third := post("c", news.PostEdit, event, 3)
		third.Guild, third.Role, third.Loud = "g", "7", true
		d.must(d.Enqueue(ctx, []news.Post{third, post("c", news.PostLine, event, 3)}))
		p, err := d.NextPost(ctx, "c", noon)
		if err != nil || p.Kind != news.PostLine {
			t.Errorf("the channel's next post is %s, %v: edits hold nothing back", p.Key, err)
		}
		d.must(d.MarkSent(ctx, p, outbox.Receipt{}))
		if due, err := d.DueChannels(ctx, noon); err != nil || len(due) != 0 {
			t.Errorf("due channels: %v, %v", due, err)
		}
		if diff := cmp.Diff([]int{3}, edits(noon)); diff != "" {
			t.Errorf("the newest alone (-want +got):\n%s", diff)
		}
		list, err := d.DueEdits(ctx, noon, 2)
		d.must(err)
		if got := list[0]; got.Guild != third.Guild || got.Role != third.Role || got.Loud != third.Loud {
			t.Errorf("edit %+v, want the guild, role and loudness of %+v", got, third)
		}
		d.must(d.SpendEdit(ctx, list[0], noon))
		d.must(d.MarkSent(ctx, list[0], outbox.Receipt{}))
		if got := edits(noon); len(got) != 0 {
			t.Errorf("what an edit told is told again: %v", got)
		}
		if err := d.SpendEdit(ctx, list[0], noon); !errors.Is(err, news.ErrNotFound) {
			t.Errorf("an edit that was made: %v", err)
		}
		for i, want := range []int{1, 0, 0} { // edits that may be made
			d.must(d.Enqueue(ctx, []news.Post{post("c", news.PostEdit, event, 4+i)}))
			list, err := d.DueEdits(ctx, noon.Add(time.Minute), 2)
			d.must(err)
			if len(list) != want {
				t.Errorf("edit %d: %d due, want %d", i+2, len(list), want)
			}
			for _, p := range list {
				d.must(d.SpendEdit(ctx, p, noon.Add(time.Minute)))
				d.must(d.MarkSent(ctx, p, outbox.Receipt{}))
			}
		}
		if diff := cmp.Diff([]int{6}, edits(noon.Add(time.Hour))); diff != "" {
			t.Errorf("once the first is an hour old (-want +got):\n%s", diff)
		}
	},
	"EditsOfOldMessagesAreRationed": func(t *testing.T, d *desk) {
		ctx := t.Context()
		event, _ := d.event(d.feed("https://harbour.example/feed", "world"), "Ferry runs again", "It runs.", noon)
		d.must(d.Enqueue(ctx, []news.Post{post("c", news.PostAlert, event, 1)}))
		p := *d.next("c", 0)
		d.must(d.MarkTried(ctx, p.ID, noon))
		d.must(d.MarkSent(ctx, p, outbox.Receipt{Message: "m"}))
		edit := func(revision int, at time.Time) (p *news.Post, ok bool) {
			d.must(d.Enqueue(ctx, []news.Post{post("c", news.PostEdit, event, revision)}))
			if p = d.next("c", at.Sub(noon)); p == nil {
				return nil, false
			}
			ok, err := d.BookEdit(ctx, *p, at, 2)
			d.must(err)
			if ok {
				d.must(d.MarkTried(ctx, p.ID, at))
				d.must(d.MarkSent(ctx, *p, outbox.Receipt{}))
			}
			return p, ok
		}
		for i := range 4 { // while it is young
			if _, ok := edit(2+i, noon.Add(time.Hour)); !ok {
				t.Errorf("edit %d of a young message is not made", i+1)
			}
		}
		old := noon.Add(61 * time.Minute)
		for i, want := range []bool{true, true, false} {
			if _, ok := edit(6+i, old); ok != want {
				t.Errorf("edit %d of an old message: %t, want %t", i+1, ok, want)
			}
		}
		if p, _ := edit(9, old); p != nil {
			t.Errorf("%s holds back its channel", p.Key)
		}
		d.must(d.Enqueue(ctx, []news.Post{post("c", news.PostLine, event, 9)}))
		if p := d.next("c", time.Hour); p == nil || p.Kind != news.PostLine {
			t.Errorf("next comes %+v, want the line", p)
		}
		due := func(at time.Time) []news.Post {
			list, err := d.DueEdits(ctx, at, 2)
			d.must(err)
			return list
		}
		if got := due(old.Add(59 * time.Minute)); len(got) != 0 {
			t.Errorf("due within the hour: %+v", got)
		}
		again := old.Add(time.Hour)
		list := due(again)
		if len(list) != 1 || list[0].Event.Revision != 9 {
			t.Fatalf("due after an hour: %+v, want the newest", list)
		}
		d.must(d.SpendEdit(ctx, list[0], again))
		d.must(d.PutOff(ctx, list[0], again.Add(20*time.Minute), "no more edits")) // Discord counts otherwise
		if got := due(again.Add(19 * time.Minute)); len(got) != 0 {
			t.Errorf("due before Discord allows it: %+v", got)
		}
		list = due(again.Add(20 * time.Minute))
		if len(list) != 1 || list[0].Attempts != 1 || !list[0].Tried.IsZero() {
			t.Fatalf("due when Discord allows it: %+v", list)
		}
		trails, err := d.TrailChannels(ctx, event, trail.Scope{Channel: "c"})
		d.must(err)
		if got := trails[0].EditAfter; !got.Equal(again.Add(20 * time.Minute)) {
			t.Errorf("the trail says it may be edited at %s", got)
		}
		d.must(d.MarkSent(ctx, list[0], outbox.Receipt{}))
		if err := d.PutOff(ctx, list[0], again, "late"); !errors.Is(err, news.ErrNotFound) {
			t.Errorf("an edit that was made is put off: %v", err)
		}
	},
}

// published makes an event whose message is to be published in channel c.
func (d *desk) published(feed news.FeedID, title string) news.EventID {
	d.t.Helper()
	a := d.condensed(d.waiting(feed), title, title+".", noon)
	id, _, err := d.Apply(d.t.Context(), a, summary(a), begin(a), events.Plan{
		Posts: []news.Post{{Channel: "c", Kind: news.PostAlert, Event: begin(a).Event}}, Publish: []news.ChannelID{"c"},
	})
	d.must(err)
	return id
}

// deliverAll marks all posts of a channel as sent, as message m.
func (d *desk) deliverAll(ch news.ChannelID) {
	d.t.Helper()
	for {
		p, err := d.NextPost(d.t.Context(), ch, noon)
		if errors.Is(err, news.ErrNotFound) {
			return
		}
		d.must(err)
		d.must(d.MarkSent(d.t.Context(), p, outbox.Receipt{Message: "m"}))
	}
}

// publication is what the trail tells of an event's publication in channel c.
func (d *desk) publication(event news.EventID) trail.Publication {
	d.t.Helper()
	return d.trail(event).Publication
}

// publications returns those that are due at a time.
func (d *desk) publications(at time.Time, hourly int) []outbox.Publication {
	d.t.Helper()
	due, err := d.DuePublications(d.t.Context(), at, hourly)
	d.must(err)
	return due
}
