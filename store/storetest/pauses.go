package storetest

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsdesk/news"
	"newsdesk/outbox"
	"newsdesk/store"
	"newsdesk/trail"
)

func (d *desk) follow(guild news.GuildID, ch news.ChannelID) {
	d.t.Helper()
	_, err := d.Subscribe(d.t.Context(), news.Subscription{Guild: guild, Channel: ch, Topic: "world"})
	d.must(err)
}

func (d *desk) pauses(want ...store.Pause) {
	d.t.Helper()
	got, err := d.Pauses(d.t.Context())
	d.must(err)
	if diff := cmp.Diff(want, got); diff != "" {
		d.t.Errorf("pauses (-want +got):\n%s", diff)
	}
}

var pauseTests = map[string]func(*testing.T, *desk){
	"ABlockedChannelKeepsItsPostsAndHoldsUpNoOther": func(t *testing.T, d *desk) { // M20
		ctx := t.Context()
		d.follow("g", "c")
		d.enqueue(post("c", news.PostAlert, 1, 1), post("d", news.PostAlert, 1, 1))
		d.must(d.Block(ctx, "c", "no permission", noon))
		d.must(d.Block(ctx, "c", "another reason", noon.Add(time.Hour))) // the first stands
		d.pauses(store.Pause{Channel: "c", Guild: "g", Reason: "no permission", Since: noon})
		due, err := d.DueChannels(ctx, noon)
		d.must(err)
		if diff := cmp.Diff([]news.ChannelID{"d"}, due); diff != "" {
			t.Errorf("due (-want +got):\n%s", diff)
		}
		if p := d.next("c", time.Hour); p != nil {
			t.Errorf("a paused channel gives out %+v", p)
		}
		d.must(d.MarkSent(ctx, *d.next("d", 0), outbox.Receipt{Message: "m"}))
		if _, ok, err := d.NextDue(ctx, noon); ok || err != nil {
			t.Errorf("something is due though all is paused: %v", err)
		}
		d.must(d.Resume(ctx, "c"))
		if p := d.next("c", 0); p == nil || p.Attempts != 0 {
			t.Errorf("after it was mended: %+v", p)
		}
		d.pauses()
	},
	"AChannelThatFollowsNothingCanBeBlocked": func(t *testing.T, d *desk) {
		d.enqueue(post("c", news.PostAlert, 1, 1))
		d.must(d.Block(t.Context(), "c", "no permission", noon))
		if p := d.next("c", 0); p != nil {
			t.Errorf("a paused channel gives out %+v", p)
		}
	},
	"WhatACheckFoundIsKept": func(t *testing.T, d *desk) {
		d.follow("g", "c")
		d.must(d.Block(t.Context(), "c", "no permission", noon))
		p := store.Pause{
			Channel: "c", Guild: "g", Lost: store.LostChannel, Reason: "deleted", Since: noon,
			Checked: noon.Add(time.Minute), Told: true,
		}
		d.must(d.SavePause(t.Context(), p))
		d.pauses(p)
	},
	"ALostGuildPausesItsChannels": func(t *testing.T, d *desk) { // M20
		ctx := t.Context()
		d.follow("g", "a")
		d.follow("g", "b")
		d.follow("h", "c")
		d.must(d.Block(ctx, "a", "no permission", noon))
		d.must(d.LoseGuild(ctx, "g", "removed", noon.Add(time.Hour)))
		d.pauses(
			store.Pause{Channel: "a", Guild: "g", Lost: store.LostGuild, Reason: "removed", Since: noon},
			store.Pause{Channel: "b", Guild: "g", Lost: store.LostGuild, Reason: "removed", Since: noon.Add(time.Hour)},
		)
		guilds, err := d.Guilds(ctx)
		d.must(err)
		if diff := cmp.Diff([]news.GuildID{"g", "h"}, guilds); diff != "" {
			t.Error(diff)
		}
		for guild, want := range map[news.GuildID]int{"g": 0, "h": 1} {
			if got, err := d.GuildChannels(ctx, guild); err != nil || len(got) != want {
				t.Errorf("channels of %s that get news: %v, %v", guild, got, err)
			}
		}
	},
	"HeldPostsAreDroppedInTheEnd": func(t *testing.T, d *desk) { // M20
		ctx := t.Context()
		d.follow("g", "mendable")
		d.follow("g", "deleted")
		for _, ch := range []news.ChannelID{"mendable", "deleted", "other"} {
			d.enqueue(post(ch, news.PostAlert, 1, 1))
		}
		d.must(d.Block(ctx, "mendable", "no permission", noon))
		d.must(d.LoseChannel(ctx, "deleted", "gone", noon))
		d.must(d.LoseChannel(ctx, "nobody's", "gone", noon))
		if n, err := d.DropHeld(ctx, noon); n != 0 || err != nil {
			t.Errorf("dropped %d too early, %v", n, err)
		}
		if n, err := d.DropHeld(ctx, noon.Add(time.Millisecond)); n != 2 || err != nil {
			t.Errorf("dropped %d, %v; want the two of the paused channels", n, err)
		}
		d.pauses(store.Pause{Channel: "mendable", Guild: "g", Reason: "no permission", Since: noon})
		subs, err := d.Subscriptions(ctx)
		d.must(err)
		if len(subs) != 1 || subs[0].Channel != "mendable" {
			t.Errorf("subscriptions %+v, want that of the channel that can be mended", subs)
		}
		if s, err := d.Stats(ctx); err != nil || s.PostsDead != 2 || s.PostsPending != 1 {
			t.Errorf("%+v, %v", s, err)
		}
	},
	"WhatTakesNothingIsUnreachableAfterAWhile": func(t *testing.T, d *desk) { // M16, M20
		ctx := t.Context()
		for _, ch := range []news.ChannelID{"paused", "stuck", "waits", "fine"} {
			d.enqueue(post(ch, news.PostAlert, 1, 1))
		}
		d.must(d.Block(ctx, "paused", "no permission", noon))
		d.must(d.MarkTried(ctx, d.next("stuck", 0).ID, noon))
		d.must(d.MarkTried(ctx, d.next("fine", 0).ID, noon))
		d.must(d.MarkSent(ctx, *d.next("fine", 0), outbox.Receipt{Message: "m"}))
		for _, tt := range []struct {
			after time.Duration
			want  map[news.ChannelID]bool
		}{
			{30 * time.Minute, map[news.ChannelID]bool{}},
			{31 * time.Minute, map[news.ChannelID]bool{"paused": true, "stuck": true}},
		} {
			got, err := d.Unreachable(ctx, noon.Add(tt.after))
			d.must(err)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("after %s (-want +got):\n%s", tt.after, diff)
			}
		}
	},
	"WhatWaitsForADigestIsDroppedDayByDay": func(t *testing.T, d *desk) { // M20, M23
		ctx := t.Context()
		feed := d.feed("https://wire.example/rss", "world")
		d.must(d.Block(ctx, "c", "no permission", noon))
		old := d.hold(feed, "Ferry aground", news.OutcomeUnreachable, noon.Add(time.Hour), noon.Add(time.Hour))
		young := d.hold(feed, "Chess final drawn", news.OutcomeUnreachable, noon.Add(3*time.Hour), noon.Add(3*time.Hour))
		if _, err := d.DropHeld(ctx, noon.Add(2*time.Hour)); err != nil {
			t.Fatal(err)
		}
		held, err := d.Held(ctx, "c")
		d.must(err)
		if len(held) != 1 || held[0].Event != young {
			t.Errorf("held: %+v, want that of the last days", held)
		}
		for id, want := range map[news.EventID]news.Outcome{old: news.OutcomeDropped, young: news.OutcomeUnreachable} {
			got, err := d.TrailChannels(ctx, id, trail.Scope{Channel: "c"})
			d.must(err)
			if len(got) != 1 || got[0].Verdict.Outcome != want {
				t.Errorf("event %d: %+v, want %s", id, got, want)
			}
		}
	},
	"ALeftGuildIsForgotten": func(t *testing.T, d *desk) { // M20
		ctx := t.Context()
		d.follow("g", "a")
		d.follow("h", "b")
		d.enqueue(post("a", news.PostAlert, 1, 1), post("a", news.PostAlert, 2, 1), post("b", news.PostAlert, 1, 1))
		d.must(d.MarkSent(ctx, *d.next("a", 0), outbox.Receipt{Message: "m"}))
		d.must(d.LoseGuild(ctx, "g", "removed", noon))
		d.must(d.ForgetGuilds(ctx, noon))
		d.alerted(1, "a", "b")
		d.must(d.ForgetGuilds(ctx, noon.Add(time.Millisecond)))
		d.alerted(1, "b")
		d.pauses()
		if guilds, err := d.Guilds(ctx); err != nil || len(guilds) != 1 {
			t.Errorf("guilds %v, %v; want h only", guilds, err)
		}
	},
}
