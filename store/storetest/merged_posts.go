package storetest

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"newsdesk/news"
	"newsdesk/store"
)

// pingedOnce has one of two events become breaking just before they turn out to
// be one, and looks who is notified.
func pingedOnce(t *testing.T, d *desk) { // B1, M8
	t.Helper()
	feed := d.feed("https://harbour.example/feed", "world")
	type row struct {
		kept, gone string        // stands
		waits      news.PostKind // to notify, of the one that became breaking
		want       string
	}
	none, alert, rise := news.PostKind(""), news.PostAlert, news.PostRise
	for became, rows := range map[string][]row{
		"gone": {
			{"shown", "none", alert, "edit K, loud rise K"},
			{"waiting", "none", alert, "alert K, edit K, loud rise K"},
			{"none", "none", alert, "loud alert G, edit G"},
			{"shown", "shown", rise, "edit K, loud rise K, edit G to K, line G to K"},
			{"none", "shown", rise, "edit G, loud rise G"},
			{"waiting", "shown", rise, "edit G, loud rise G"},
			{"shown", "shown", none, "edit K, edit G to K, line G to K"},
			{"loud", "none", alert, "edit K"},
			{"loud", "shown", rise, "edit K, edit G to K, line G to K"},
		},
		"kept": {
			{"none", "shown", alert, "edit G, loud rise G"},
			{"none", "loud", alert, "edit G"},
			{"shown", "none", rise, "loud rise K, edit K, line K"},
			{"shown", "shown", rise, "loud rise K, edit K, edit G to K, line G to K"},
			{"shown", "waiting", none, "edit K"},
		},
	} {
		kept, _ := d.event(feed, "Ferry runs aground", "The ferry ran aground.", noon)
		gone, _ := d.event(feed, "Passengers rescued", "Passengers were rescued.", noon)
		channel := func(r row) news.ChannelID { return news.ChannelID(fmt.Sprint(became, r.kept, r.gone, r.waits)) }
		loud := func(ch news.ChannelID, kind news.PostKind, id news.EventID, revision int) {
			p := post(ch, kind, id, revision)
			p.Loud = true
			d.enqueue(p)
		}
		for _, r := range rows {
			ch := channel(r)
			d.follow("g", ch)
			for id, stand := range map[news.EventID]string{gone: r.gone, kept: r.kept} {
				if stand == "shown" {
					d.bring(ch, id, stand)
				}
				if stand == "loud" {
					loud(ch, alert, id, 1)
					d.sent(ch)
				}
			}
			for id, stand := range map[news.EventID]string{gone: r.gone, kept: r.kept} {
				if stand == "waiting" {
					d.bring(ch, id, stand)
				}
			}
			if id := map[string]news.EventID{"gone": gone, "kept": kept}[became]; r.waits != none {
				loud(ch, r.waits, id, 2)
			}
		}
		change, plan := d.absorbed(kept, gone)
		change.Event.Class = news.ClassBreaking
		if became == "gone" {
			change.Absorbed.Class = news.ClassBreaking
		} else {
			change.Base.Class = news.ClassBreaking
		}
		for range 2 { // the second one changes nothing
			_, err := d.Merge(t.Context(), change, plan)
			d.must(err)
		}
		names := strings.NewReplacer("K", fmt.Sprint("m", kept), "G", fmt.Sprint("m", gone))
		for _, r := range rows {
			if got, want := d.sent(channel(r)), names.Replace(r.want); got != want {
				t.Errorf("%+v, where the one that is %s became breaking: sent %q, want %q", r, became, got, want)
			}
		}
	}
}

// handedEditWaits has Discord refuse the edit of a message that another event
// took over in the meantime.
func handedEditWaits(t *testing.T, d *desk) { // B1, B14
	t.Helper()
	ctx := t.Context()
	feed := d.feed("https://harbour.example/feed", "world")
	kept, _ := d.event(feed, "Ferry runs aground", "The ferry ran aground.", noon)
	gone, _ := d.event(feed, "Passengers rescued", "Passengers were rescued.", noon)
	d.follow("g", "c")
	d.bring("c", gone, "shown")
	d.enqueue(post("c", news.PostEdit, gone, 2))
	old := noon.Add(2 * time.Hour)
	for range 2 {
		ok, err := d.BookEdit(ctx, *d.next("c", 0), old, 3)
		if err != nil || !ok {
			t.Fatalf("not booked: %v", err)
		}
	}
	p := *d.next("c", 0)
	d.must(d.MarkTried(ctx, p.ID, noon))
	d.merge(kept, gone)
	for i, want := range []bool{true, false} { // those of the one that is gone count
		if ok, err := d.BookEdit(ctx, p, old, 3); err != nil || ok != want {
			t.Errorf("edit %d is booked: %t, %v", 3+i, ok, err)
		}
	}
	d.must(d.PutOff(ctx, p, old.Add(3*time.Hour), "30046"))
	if p, err := d.NextPost(ctx, "c", old); !errors.Is(err, news.ErrNotFound) {
		t.Errorf("after the edit was refused comes %s, %v", p.Key, err)
	}
	if due, err := d.DueEdits(ctx, old.Add(2*time.Hour), 3); err != nil || len(due) != 0 {
		t.Errorf("due too soon: %+v, %v", due, err)
	}
	due, err := d.DueEdits(ctx, old.Add(3*time.Hour), 3)
	d.must(err)
	if len(due) != 1 || due[0].Message != fmt.Sprint("m", gone) {
		t.Fatalf("due: %+v", due)
	}
	d.must(d.SpendEdit(ctx, due[0], old.Add(3*time.Hour)))
	if again, err := d.DueEdits(ctx, old.Add(3*time.Hour), 1); err != nil || len(again) != 0 {
		t.Errorf("it is booked, and its message takes another one: %+v, %v", again, err)
	}
}

// outlivesUnsubscribe has a channel follow the topic of the event that is gone
// only, and end another one.
func outlivesUnsubscribe(t *testing.T, d *desk) { // B1, M5
	t.Helper()
	ctx := t.Context()
	world, local := d.feed("https://harbour.example/feed", "world"), d.feed("https://local.example/feed", "local")
	follow := func(topic string) news.Subscription {
		s := news.Subscription{Guild: "g", Channel: "c", Topic: topic}
		_, err := d.Subscribe(ctx, s)
		d.must(err)
		return s
	}
	own, other := follow("local"), follow("sport")
	kept, _ := d.event(world, "Ferry runs aground", "The ferry ran aground.", noon)
	gone := d.hold(local, "Passengers rescued", news.OutcomeQuietHours, noon, noon.AddDate(0, 0, 1))
	alone, _ := d.event(world, "Bridge closed", "The bridge was closed.", noon)
	alert, _ := d.event(local, "Bridge cracked", "The bridge has cracks.", noon)
	d.enqueue(post("c", news.PostAlert, alert, 1))
	d.merge(kept, gone)
	d.merge(alone, alert)
	for _, step := range []struct {
		end  news.Subscription
		left int
	}{{other, 1}, {own, 0}} {
		_, err := d.Unsubscribe(ctx, step.end)
		d.must(err)
		held, err := d.Held(ctx, "c")
		d.must(err)
		posts, err := d.Alerted(ctx, alone)
		d.must(err)
		if len(held) != step.left || len(posts) != step.left {
			t.Errorf("after %s ended, %d wait for the digest and %d in the outbox, want %d", step.end.Topic, len(held), len(posts), step.left)
		}
	}
}

// decidedAnew has somebody decide on an event before it is put into another, and
// store it afterwards.
func decidedAnew(t *testing.T, d *desk) { // B1
	t.Helper()
	ctx := t.Context()
	feed := d.feed("https://harbour.example/feed", "world")
	d.plan(noon, func(s *news.Settings) { s.Digest = weeklyPlan })
	until := noon.AddDate(0, 0, 1)
	d.hold(feed, "Choir sings", news.OutcomeQuietHours, noon, until)
	kept, _ := d.event(feed, "Ferry runs aground", "The ferry ran aground.", noon)
	gone, _ := d.event(feed, "Passengers rescued", "Passengers were rescued.", noon)
	due := d.due(until)
	d.merge(kept, gone)
	tell := func(id news.EventID) error {
		_, err := d.FinishDigest(ctx, due, store.Told{Events: []news.DigestEntry{{Event: id, Class: news.ClassMajor}}}, until)
		return err
	}
	if err := tell(gone); !errors.Is(err, news.ErrConflict) {
		t.Errorf("a digest told of the one that is gone: %v", err)
	}
	d.must(tell(kept))
	d.follow("g", "x")
	if err := d.Enqueue(ctx, []news.Post{post("x", news.PostAlert, gone, 1)}); !errors.Is(err, news.ErrConflict) {
		t.Errorf("the one that is gone was posted: %v", err)
	}
	d.enqueue(post("x", news.PostAlert, kept, 1))
	if got, want := d.sent("x"), fmt.Sprint("alert m", kept); got != want {
		t.Errorf("sent %q, want %q", got, want)
	}
}

// deletedMessage has somebody delete the message of one of two events, or of both.
func deletedMessage(t *testing.T, d *desk) { // B1, M8
	t.Helper()
	ctx := t.Context()
	feed := d.feed("https://harbour.example/feed", "world")
	kept, _ := d.event(feed, "Ferry runs aground", "The ferry ran aground.", noon)
	gone, _ := d.event(feed, "Passengers rescued", "Passengers were rescued.", noon)
	k, g := fmt.Sprint("m", kept), fmt.Sprint("m", gone)
	rows := []struct{ kept, gone, want string }{
		{"deleted", "shown", "edit " + g},
		{"deleted", "waiting", "alert " + g + ", edit " + g},
		{"waiting", "deleted", "alert " + k + ", edit " + k},
		{"none", "deleted", "edit " + g}, // which Discord refuses: it does not come back
		{"deleted", "none", "edit " + k + ", line " + k},
	}
	for _, r := range rows {
		ch := news.ChannelID(r.kept + " " + r.gone)
		d.follow("g", ch)
		for _, waits := range []bool{false, true} { // what waits holds back what is to be shown
			for _, of := range []struct {
				stand string
				id    news.EventID
			}{{r.kept, kept}, {r.gone, gone}} {
				switch {
				case (of.stand == "waiting") != waits:
				case of.stand == "deleted":
					d.bring(ch, of.id, "shown")
					d.enqueue(post(ch, news.PostEdit, of.id, 9))
					d.must(d.MarkDeleted(ctx, d.next(ch, 0).ID, "the message was deleted"))
				default:
					d.bring(ch, of.id, of.stand)
				}
			}
		}
	}
	d.merge(kept, gone)
	for _, r := range rows {
		ch := news.ChannelID(r.kept + " " + r.gone)
		if got := d.sent(ch); got != r.want {
			t.Errorf("%s: sent %q, want %q", ch, got, r.want)
		}
	}
	d.enqueue(post("deleted none", news.PostEdit, kept, 10))
	p := *d.next("deleted none", 0)
	for range 4 { // they are refused in any case
		if ok, err := d.BookEdit(ctx, p, noon.Add(2*time.Hour), 3); err != nil || !ok {
			t.Errorf("the edit of a deleted message waits for others: %v", err)
		}
	}
	// A message that comes in place of one that was deleted is one to point to.
	more, _ := d.event(feed, "Captain questioned", "The captain was questioned.", noon)
	d.bring("deleted waiting", more, "shown")
	d.merge(kept, more)
	if got, want := d.sent("deleted waiting"), fmt.Sprintf("edit %s, edit m%d to %s, line m%d to %s", g, more, g, more, g); got != want {
		t.Errorf("afterwards: sent %q, want %q", got, want)
	}
	if err := d.MarkDeleted(ctx, 9999, "gone"); !errors.Is(err, news.ErrNotFound) {
		t.Errorf("a post that is not there: %v", err)
	}
}
