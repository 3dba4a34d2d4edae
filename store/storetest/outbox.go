package storetest

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsdesk/news"
	"newsdesk/outbox"
)

func postKey(ch news.ChannelID, event news.EventID, revision int, kind news.PostKind) string {
	return fmt.Sprintf("%s:%d:%d:%s", ch, event, revision, kind)
}

// next returns the channel's next post at noon plus the wait, nil where there
// is none.
func (d *desk) next(ch news.ChannelID, wait time.Duration) *news.Post {
	d.t.Helper()
	p, err := d.NextPost(d.t.Context(), ch, noon.Add(wait))
	if errors.Is(err, news.ErrNotFound) {
		return nil
	}
	d.must(err)
	return &p
}

func (d *desk) enqueue(posts ...news.Post) {
	d.t.Helper()
	d.must(d.Enqueue(d.t.Context(), posts))
}

func (d *desk) alerted(event news.EventID, want ...news.ChannelID) {
	d.t.Helper()
	got, err := d.Alerted(d.t.Context(), event)
	d.must(err)
	w := map[news.ChannelID]bool{}
	for _, ch := range want {
		w[ch] = true
	}
	if diff := cmp.Diff(got, w); diff != "" {
		d.t.Errorf("alerted channels of event %d: got, want:\n%s", event, diff)
	}
}

var outboxTests = map[string]func(*testing.T, *desk){
	"HowAPostArrivesIsKept": func(t *testing.T, d *desk) { // M12
		ctx := t.Context()
		loud := post("c", news.PostAlert, 1, 1)
		loud.Guild, loud.Loud, loud.Role = "g", true, "42"
		d.enqueue(loud, post("c", news.PostRise, 1, 2))
		p := d.next("c", 0)
		if p == nil || p.Guild != "g" || !p.Loud || p.Role != "42" {
			t.Fatalf("got %+v, want it loud in guild g, with role 42", p)
		}
		d.must(d.MarkSent(ctx, *p, outbox.Receipt{Message: "m1"}))
		if p = d.next("c", 0); p == nil || p.Kind != news.PostRise || p.Loud || p.Role != "" || p.Message != "m1" {
			t.Fatalf("got %+v, want a silent rise of message m1", p)
		}
		d.must(d.MarkSent(ctx, *p, outbox.Receipt{Message: "m1"}))
		sent, err := d.Delivered(ctx, "c", 10)
		d.must(err)
		if len(sent) != 2 || !sent[0].Loud || sent[0].Role != "42" || sent[1].Loud {
			t.Errorf("delivered: %+v", sent)
		}
	},
	"WhatARisePostedReachesTheEdits": func(t *testing.T, d *desk) { // B1
		ctx := t.Context()
		d.enqueue(post("c", news.PostAlert, 1, 1), post("c", news.PostRise, 1, 2), post("c", news.PostEdit, 1, 3), post("c", news.PostEdit, 1, 4))
		first, then := news.Rise{Message: "r1", Line: "Now breaking: a"}, news.Rise{Message: "r1", Line: "Corrected: b"}
		for i, step := range []struct{ has, got news.Rise }{{}, {got: first}, {has: first, got: then}, {has: then}} {
			p := d.next("c", 0)
			if p == nil || p.Rise != step.has {
				t.Fatalf("step %d: got %+v, want it with %+v", i, p, step.has)
			}
			d.must(d.MarkSent(ctx, *p, outbox.Receipt{Message: "m1", Rise: step.got}))
		}
		sent, err := d.Delivered(ctx, "c", 10)
		d.must(err)
		for _, p := range sent {
			if p.Rise != then {
				t.Errorf("delivered %s with %+v, want %+v", p.Kind, p.Rise, then)
			}
		}
		// Where the edits wait apart from the channel's other posts.
		d.enqueue(post("c", news.PostEdit, 1, 5))
		d.must(d.PutOff(ctx, *d.next("c", 0), noon.Add(time.Minute), "30046"))
		due, err := d.DueEdits(ctx, noon.Add(time.Hour), 3)
		d.must(err)
		if len(due) != 1 || due[0].Rise != then {
			t.Errorf("due: %+v, want an edit with %+v", due, then)
		}
	},
	"AnAlertsMessageAndThreadReachWhatFollows": func(t *testing.T, d *desk) { // M13
		ctx := t.Context()
		d.enqueue(post("c", news.PostAlert, 1, 1), post("c", news.PostEdit, 1, 2), post("c", news.PostLine, 1, 2), post("c", news.PostLine, 1, 3))
		for i, step := range []struct {
			kind            news.PostKind
			message, thread string // as the post is given out
			receipt         outbox.Receipt
		}{
			{news.PostAlert, "", "", outbox.Receipt{Message: "m1"}},
			{news.PostEdit, "m1", "", outbox.Receipt{Message: "m1"}},
			{news.PostLine, "m1", "", outbox.Receipt{Message: "m1", Thread: "t1"}},
			{news.PostLine, "m1", "t1", outbox.Receipt{}},
		} {
			p := d.next("c", 0)
			if p == nil || p.Kind != step.kind || p.Message != step.message || p.Thread != step.thread {
				t.Fatalf("step %d: got %+v, want %s in message %q, thread %q", i, p, step.kind, step.message, step.thread)
			}
			d.must(d.MarkSent(ctx, *p, step.receipt))
			d.must(d.MarkSent(ctx, *p, step.receipt)) // twice is once
		}
		if p := d.next("c", time.Hour); p != nil {
			t.Errorf("sent posts come again: %+v", p)
		}
		// A new message in the place of one that can be edited no longer.
		d.enqueue(post("c", news.PostEdit, 1, 4), post("c", news.PostLine, 1, 4))
		d.must(d.MarkSent(ctx, *d.next("c", 0), outbox.Receipt{Message: "m2"}))
		if p := d.next("c", 0); p.Message != "m2" || p.Thread != "" {
			t.Errorf("after a new message: message %q, thread %q; want m2 and no thread", p.Message, p.Thread)
		}
	},
	"AKeyIsUsedOnce": func(t *testing.T, d *desk) { // M8, M17
		ctx := t.Context()
		d.enqueue(post("c", news.PostAlert, 1, 1), post("c", news.PostAlert, 1, 1))
		d.must(d.MarkSent(ctx, *d.next("c", 0), outbox.Receipt{Message: "m"}))
		d.enqueue(post("c", news.PostAlert, 1, 1))
		if p := d.next("c", 0); p != nil {
			t.Errorf("a sent post came again: %+v", p)
		}
		if s, err := d.Stats(ctx); err != nil || s.PostsSent != 1 || s.PostsPending != 0 {
			t.Errorf("%+v, %v", s, err)
		}
	},
	"ARetryHoldsBackItsChannelOnly": func(t *testing.T, d *desk) {
		ctx := t.Context()
		d.enqueue(post("c", news.PostAlert, 1, 1), post("c", news.PostAlert, 2, 1), post("d", news.PostAlert, 1, 1))
		first := *d.next("c", 0)
		first.NotBefore = noon.Add(time.Minute)
		d.must(d.MarkRetry(ctx, first, "429"))
		if p := d.next("c", time.Minute-time.Millisecond); p != nil {
			t.Errorf("before its time: %+v", p)
		}
		due, err := d.DueChannels(ctx, noon)
		d.must(err)
		if diff := cmp.Diff(due, []news.ChannelID{"d"}); diff != "" {
			t.Errorf("due: got, want:\n%s", diff)
		}
		d.must(d.MarkSent(ctx, *d.next("d", 0), outbox.Receipt{Message: "m"}))
		if at, ok, err := d.NextDue(ctx, noon); err != nil || !ok || !at.Equal(noon.Add(time.Minute)) {
			t.Errorf("next due %v, %v, %v; want in a minute", at, ok, err)
		}
		if at, ok, err := d.NextDue(ctx, noon.Add(time.Hour)); err != nil || !ok || !at.Equal(noon.Add(time.Hour)) {
			t.Errorf("next due %v, %v, %v; want now", at, ok, err)
		}
		p := d.next("c", time.Minute)
		if p == nil || p.ID != first.ID || p.Attempts != 1 || !p.NotBefore.Equal(noon.Add(time.Minute)) {
			t.Errorf("at its time: %+v", p)
		}
	},
	"TheFirstUnsureTryIsKept": func(t *testing.T, d *desk) { // M17
		ctx := t.Context()
		d.enqueue(post("c", news.PostAlert, 1, 1))
		p := *d.next("c", 0)
		if !p.Tried.IsZero() {
			t.Errorf("tried at %v before any try", p.Tried)
		}
		d.must(d.MarkTried(ctx, p.ID, noon))
		d.must(d.MarkTried(ctx, p.ID, noon.Add(time.Hour)))
		if p = *d.next("c", 0); !p.Tried.Equal(noon) {
			t.Errorf("tried at %v, want the first time", p.Tried)
		}
		p.Tried = time.Time{}
		d.must(d.MarkRetry(ctx, p, "429"))
		if p = *d.next("c", 0); !p.Tried.IsZero() {
			t.Errorf("tried at %v after a refusal, which posted nothing", p.Tried)
		}
	},
	"ADeadAlertHoldsBackNothing": func(t *testing.T, d *desk) { // M20
		ctx := t.Context()
		d.enqueue(post("c", news.PostAlert, 1, 1), post("c", news.PostEdit, 1, 2), post("c", news.PostLine, 1, 2), post("c", news.PostAlert, 2, 1))
		d.must(d.MarkDead(ctx, d.next("c", 0).ID, "unknown channel"))
		p := d.next("c", 0)
		if p == nil || p.Event.ID != 2 || p.Kind != news.PostAlert {
			t.Fatalf("after the dead alert: %+v, want the alert of event 2", p)
		}
		if s, err := d.Stats(ctx); err != nil || s.PostsDead != 3 || s.PostsPending != 1 {
			t.Errorf("%+v, %v; want the edit and the line dead as well", s, err)
		}
		d.alerted(1)
		d.alerted(2, "c")
		// The next revision alerts anew, and its edits live.
		d.enqueue(post("c", news.PostAlert, 1, 3), post("c", news.PostEdit, 1, 4))
		d.must(d.MarkSent(ctx, *p, outbox.Receipt{Message: "m2"}))
		d.must(d.MarkSent(ctx, *d.next("c", 0), outbox.Receipt{Message: "m1"}))
		if p := d.next("c", 0); p == nil || p.Kind != news.PostEdit || p.Message != "m1" {
			t.Errorf("got %+v, want the edit of message m1", p)
		}
		d.alerted(1, "c")
	},
	"AnEditWithoutAnAlertIsSetAside": func(t *testing.T, d *desk) {
		d.enqueue(post("c", news.PostEdit, 1, 2), post("c", news.PostLine, 1, 2))
		if p := d.next("c", 0); p != nil {
			t.Errorf("got %+v, want nothing", p)
		}
		if due, err := d.DueChannels(t.Context(), noon); err != nil || len(due) != 0 {
			t.Errorf("still due: %v, %v", due, err)
		}
	},
	"ADeadEditHoldsBackNothing": func(t *testing.T, d *desk) {
		ctx := t.Context()
		d.enqueue(post("c", news.PostAlert, 1, 1), post("c", news.PostEdit, 1, 2), post("c", news.PostLine, 1, 2))
		d.must(d.MarkSent(ctx, *d.next("c", 0), outbox.Receipt{Message: "m"}))
		d.must(d.MarkDead(ctx, d.next("c", 0).ID, "too old to edit"))
		if p := d.next("c", 0); p == nil || p.Kind != news.PostLine || p.Message != "m" {
			t.Errorf("got %+v, want the line", p)
		}
		d.alerted(1, "c")
	},
	"AlertedKnowsWhatIsOnItsWay": func(t *testing.T, d *desk) { // M8
		ctx := t.Context()
		d.alerted(1)
		d.enqueue(post("a", news.PostAlert, 1, 1), post("b", news.PostAlert, 1, 1), post("c", news.PostAlert, 2, 1))
		d.alerted(1, "a", "b")
		d.must(d.MarkSent(ctx, *d.next("a", 0), outbox.Receipt{Message: "m"}))
		d.alerted(1, "a", "b")
		d.must(d.MarkDead(ctx, d.next("b", 0).ID, "no permission"))
		d.alerted(1, "a")
	},
	"MarksOnUnknownOrSettledPosts": func(t *testing.T, d *desk) {
		ctx := t.Context()
		d.enqueue(post("c", news.PostAlert, 1, 1))
		p := *d.next("c", 0)
		d.must(d.MarkSent(ctx, p, outbox.Receipt{Message: "m"}))
		for _, err := range []error{
			d.MarkSent(ctx, news.Post{ID: 99}, outbox.Receipt{}), d.MarkRetry(ctx, news.Post{ID: 99}, "x"), d.MarkDead(ctx, 99, "x"),
			d.MarkRetry(ctx, p, "x"), d.MarkDead(ctx, p.ID, "x"), d.MarkTried(ctx, 99, noon), d.MarkTried(ctx, p.ID, noon),
		} {
			if !errors.Is(err, news.ErrNotFound) {
				t.Errorf("got %v, want news.ErrNotFound", err)
			}
		}
		if p := d.next("c", time.Hour); p != nil {
			t.Errorf("a sent post came back: %+v", p)
		}
	},
	"SnapshotLineAndReasonAreAnyText": func(t *testing.T, d *desk) {
		ctx := t.Context()
		p := post("c", news.PostAlert, 1, 1)
		p.Line, p.Event.Headline = "🔄 \x00 'line'", "Quote \" and \\ and </script> \u2028 emoji 🚢"
		p.Event.Facts = []news.Fact{{Text: "Fact", Article: 3, Sentence: 2, Span: news.Span{Start: 1, End: 4}, Score: 0.25, New: true, Also: []news.Place{{Article: 5, Sentence: 1, Span: news.Span{Start: 2, End: 9}}}}}
		p.NotBefore = noon
		d.enqueue(p)
		got := *d.next("c", 0)
		p.ID = got.ID
		if diff := cmp.Diff(got, p, sameText); diff != "" {
			t.Errorf("got, want:\n%s", diff)
		}
		d.must(d.MarkRetry(ctx, p, strings.Repeat("é\xff", 10_000)))
	},
	"NothingIsDueInAnEmptyOutbox": func(t *testing.T, d *desk) {
		if _, ok, err := d.NextDue(t.Context(), noon); ok || err != nil {
			t.Errorf("next due: %v, %v", ok, err)
		}
		if due, err := d.DueChannels(t.Context(), noon); len(due) != 0 || err != nil {
			t.Errorf("due channels: %v, %v", due, err)
		}
		if p := d.next("c", 0); p != nil {
			t.Errorf("next post: %+v", p)
		}
	},
}
