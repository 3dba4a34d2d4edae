package storetest

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
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
		// that had no message to edit.
		var want []string
		for _, key := range enqueued[ch] {
			if given[key] {
				want = append(want, key)
			}
		}
		if diff := cmp.Diff(settled[ch], want); diff != "" {
			rt.Fatalf("%s: got, want:\n%s", ch, diff)
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
