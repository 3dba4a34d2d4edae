package storetest

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"newsdesk/news"
	"newsdesk/outbox"
)

var orderTests = map[string]func(*testing.T, *desk){
	"OrderIsKeptAndNothingIsLost": func(t *testing.T, d *desk) { // M17
		run := 0
		rapid.Check(t, func(rt *rapid.T) {
			run++
			deliverAnyhow(rt, d, fmt.Sprintf("run%d", run))
		})
	},
	"ALineThatCannotBePostedHoldsBackItsEventsLinesAlone": func(t *testing.T, d *desk) { // M17
		ctx := t.Context()
		of := func(kind news.PostKind, event news.EventID, revision int) news.Post {
			return post("c", kind, event, revision)
		}
		alert := of(news.PostAlert, 1, 1)
		line, edit, second, other := of(news.PostLine, 1, 2), of(news.PostEdit, 1, 3), of(news.PostLine, 1, 3), of(news.PostAlert, 2, 1)
		rise, later := of(news.PostRise, 1, 4), of(news.PostAlert, 3, 1)
		d.enqueue(alert, line, edit, second, other, rise, later)
		send := func(want news.Post, at time.Duration, fails bool) {
			t.Helper()
			if due, err := d.DueChannels(ctx, noon.Add(at)); err != nil || len(due) != 1 {
				t.Fatalf("due after %s: %v, %v", at, due, err)
			}
			p, err := d.NextPost(ctx, "c", noon.Add(at))
			d.must(err)
			if p.Key != want.Key {
				t.Fatalf("after %s comes %s, want %s", at, p.Key, want.Key)
			}
			if !fails {
				d.must(d.MarkSent(ctx, p, outbox.Receipt{Message: fmt.Sprint("m", p.Event.ID)}))
				return
			}
			p.NotBefore = noon.Add(at + time.Minute)
			d.must(d.MarkRetry(ctx, p, "no thread"))
		}
		none := func(at time.Duration) {
			t.Helper()
			if p := d.next("c", at); p != nil {
				t.Fatalf("after %s comes %s", at, p.Key)
			}
		}
		send(alert, 0, false)
		for try := range 2 {
			send(line, time.Duration(try)*time.Minute, true)
			none(time.Duration(try) * time.Minute) // it may be a moment's trouble: the order is kept
		}
		send(line, 2*time.Minute, true)
		for _, p := range []news.Post{edit, other, rise, later} { // what the channel itself shows keeps its order
			send(p, 2*time.Minute, false)
		}
		none(2 * time.Minute)
		if at, ok, err := d.NextDue(ctx, noon.Add(2*time.Minute)); err != nil || !ok || !at.Equal(noon.Add(3*time.Minute)) {
			t.Errorf("next due %s, %v, %v", at, ok, err)
		}
		send(line, 3*time.Minute, false)
		send(second, 3*time.Minute, false)
		none(time.Hour)
	},
}

// deliverAnyhow enqueues a random stream of posts to three channels while a
// relay delivers with random luck, then delivers the rest. What was enqueued
// must come out of each channel in its order, each post once; only what was
// given up, or had no message to edit, may be missing.
func deliverAnyhow(rt *rapid.T, d *desk, run string) {
	ctx := d.t.Context()
	now := noon
	channels := []news.ChannelID{news.ChannelID(run + "a"), news.ChannelID(run + "b"), news.ChannelID(run + "c")}
	enqueued := map[news.ChannelID][]string{}
	settled := map[news.ChannelID][]string{}
	message := map[string]string{} // channel and event -> message
	given := map[string]bool{}
	astray := map[news.ChannelID]bool{} // a line of theirs has failed three times
	revision := 0

	enqueue := func() {
		var posts []news.Post
		for range rapid.IntRange(1, 4).Draw(rt, "posts") {
			revision++
			ch := rapid.SampledFrom(channels).Draw(rt, "channel")
			kind := rapid.SampledFrom([]news.PostKind{news.PostAlert, news.PostEdit, news.PostLine, news.PostRise}).Draw(rt, "kind")
			p := post(ch, kind, news.EventID(rapid.IntRange(1, 3).Draw(rt, "event")), revision)
			posts = append(posts, p)
			enqueued[ch] = append(enqueued[ch], p.Key)
		}
		if err := d.Enqueue(ctx, posts); err != nil {
			rt.Fatal(err)
		}
	}
	// deliver takes one step for a channel and reports whether there was one.
	deliver := func(ch news.ChannelID, luck int) bool {
		p, err := d.NextPost(ctx, ch, now)
		if errors.Is(err, news.ErrNotFound) {
			return false
		}
		if err != nil {
			rt.Fatal(err)
		}
		place := fmt.Sprintf("%s/%d", ch, p.Event.ID)
		if p.Message != message[place] {
			rt.Fatalf("%s: message %q, want %q", p.Key, p.Message, message[place])
		}
		if p.Kind != news.PostAlert && p.Message == "" {
			rt.Fatalf("%s was given out without a message", p.Key)
		}
		switch luck {
		case 0:
			astray[ch] = astray[ch] || p.Kind == news.PostLine && p.Attempts == 2
			p.NotBefore = now.Add(time.Minute)
			err = d.MarkRetry(ctx, p, "busy")
		case 1:
			err = d.MarkDead(ctx, p.ID, "gone")
			given[p.Key] = true
			settled[ch] = append(settled[ch], p.Key)
		default:
			if message[place] == "" {
				message[place] = "m-" + p.Key
			}
			err = d.MarkSent(ctx, p, outbox.Receipt{Message: message[place]})
			given[p.Key] = true
			settled[ch] = append(settled[ch], p.Key)
		}
		if err != nil {
			rt.Fatal(err)
		}
		return true
	}

	for range rapid.IntRange(1, 25).Draw(rt, "steps") {
		if rapid.Bool().Draw(rt, "enqueue") {
			enqueue()
		} else {
			deliver(rapid.SampledFrom(channels).Draw(rt, "deliver to"), rapid.IntRange(0, 4).Draw(rt, "luck"))
		}
		now = now.Add(time.Duration(rapid.IntRange(0, 90).Draw(rt, "seconds")) * time.Second)
	}
	now = now.Add(time.Hour)
	due, err := d.DueChannels(ctx, now)
	if err != nil {
		rt.Fatal(err)
	}
	for _, ch := range due {
		for deliver(ch, 2) {
			continue
		}
	}
	for _, ch := range channels {
		if p, err := d.NextPost(ctx, ch, now); !errors.Is(err, news.ErrNotFound) {
			rt.Fatalf("%s: left over: %+v, %v", ch, p, err)
		}
		// In order, each once: what came out is what went in, less the posts
		// that had no message to edit. Where a line failed time and again, that
		// holds for each event's lines, and for all else.
		lanes := []news.EventID{0}
		if astray[ch] {
			lanes = []news.EventID{0, 1, 2, 3}
		}
		for _, event := range lanes {
			of := func(key string) bool { // another lane's
				line := astray[ch] && strings.HasSuffix(key, ":"+string(news.PostLine))
				return line != (event != 0) || line && !strings.HasPrefix(key[len(ch)+1:], fmt.Sprint(event, ":")) || !given[key]
			}
			want, got := slices.DeleteFunc(slices.Clone(enqueued[ch]), of), slices.DeleteFunc(slices.Clone(settled[ch]), of)
			if diff := cmp.Diff(got, want, cmpopts.EquateEmpty()); diff != "" {
				rt.Fatalf("%s, lane %d: got, want:\n%s", ch, event, diff)
			}
		}
		for _, key := range enqueued[ch] {
			var event, rev int
			var kind string
			if _, err := fmt.Sscanf(key[len(ch)+1:], "%d:%d:%s", &event, &rev, &kind); err != nil {
				rt.Fatal(err)
			}
			if !given[key] && kind == string(news.PostAlert) {
				rt.Fatalf("alert %s was lost", key)
			}
		}
	}
}
