package app

import (
	"context"
	"strings"
	"testing"
	"time"

	"newsdesk/bot/discord"
	"newsdesk/bot/discordtest"
	"newsdesk/news"
	"newsdesk/outbox"
)

// M20, M18: a channel that refuses though no permission is missing, as where the
// bot is timed out, is tried once more and then every hour; somebody is told once
// a day. What it takes again goes out by itself.
func TestKeeper_RefusedForNoKnownReason(t *testing.T) {
	t.Parallel()
	n := newNight(t, at(t, "2026-06-02T09:50:00Z"))
	n.open()
	ch := n.channel("world", func(*news.Settings) {})
	n.until(n.now().Add(10*time.Minute), 10*time.Minute)
	refusals := make([]discordtest.Fault, 200)
	for i := range refusals {
		refusals[i] = discordtest.FaultError(403, 50013, "Missing Permissions")
	}
	n.discord.FailNext("POST", "/channels/"+ch.ID+"/messages", refusals...)
	sent := func() (c int) {
		for _, r := range n.discord.Requests() {
			if r.Method == "POST" && r.Path == "/channels/"+ch.ID+"/messages" {
				c++
			}
		}
		return c
	}
	story := n.publish(n.now())
	pass := func(d time.Duration) {
		for end := n.now().Add(d); n.now().Before(end); {
			n.until(n.now().Add(10*time.Minute), 10*time.Minute)
			for _, work := range []func(context.Context) error{n.app.keeper.due, n.app.relay.Flush, n.app.keeper.due} {
				n.clock.Add(time.Second.Milliseconds()) // else the limit of requests a second would hold
				n.must(work(t.Context()))
			}
		}
	}
	pass(20 * time.Minute)
	if c := sent(); c != 2 {
		t.Fatalf("%d messages were sent into a channel that refuses, want 1 and one further", c)
	}
	owner := n.discord.DM(n.guild.OwnerID())
	if m := owner.Messages(); len(m) != 1 || !strings.Contains(m[0].Content, "<#"+ch.ID+">") || !strings.Contains(m[0].Content, "timed out") {
		t.Fatalf("the owner was told %+v", m)
	}
	pass(6 * time.Hour)
	if c := sent(); c > 2+6+1 {
		t.Errorf("%d messages in 6 hours, want about one an hour", c)
	}
	if m := owner.Messages(); len(m) != 1 {
		t.Errorf("the owner was told %d times within a day", len(m))
	}
	n.discord.ClearFaults()
	pass(70 * time.Minute)
	if got := alerts(ch); len(got) != 1 || got[0] != story {
		t.Errorf("afterwards %q, want %q", got, story)
	}
}

// M20: a permission that is taken away is told of when Discord tells of it, with
// no post refused for it: by the channel, or by a role of the server.
func TestKeeper_TellsBeforeARefusal(t *testing.T) {
	t.Parallel()
	for name, take := range map[string]func(x *kept) discord.ServerEvent{
		"in the channel": func(x *kept) discord.ServerEvent {
			x.ch.SetPermissions(x.fake.BotID(), 0, embedLinks)
			return discord.ServerEvent{Kind: discord.PermissionsChanged, Guild: x.guild.ID, Channel: x.ch.ID}
		},
		"in the server": func(x *kept) discord.ServerEvent {
			for _, r := range []*discordtest.Role{x.guild.Everyone(), x.guild.BotRole()} {
				r.SetPermissions(r.Permissions() &^ embedLinks)
			}
			return discord.ServerEvent{Kind: discord.PermissionsChanged, Guild: x.guild.ID}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			x := newKept(t)
			ctx := t.Context()
			x.must(x.handle(ctx, discord.ServerEvent{Kind: discord.PermissionsChanged, Guild: x.guild.ID, Channel: "7"}))
			x.must(x.inspect(ctx))
			if n := len(x.fake.Requests()); n != 0 {
				t.Errorf("%d requests for a channel that gets no news", n)
			}
			x.must(x.handle(ctx, discord.ServerEvent{Kind: discord.PermissionsChanged, Guild: x.guild.ID, Channel: x.ch.ID}))
			x.must(x.inspect(ctx))
			if p := x.pause(); p != nil {
				t.Fatalf("paused though nothing is missing: %+v", p)
			}
			x.must(x.handle(ctx, take(x)))
			x.fake.FailNext("GET", "/channels/*", discordtest.FaultStatus(503))
			x.must(x.inspect(ctx)) // for the moment it cannot be found out
			if p := x.pause(); p != nil {
				t.Fatalf("paused by an outage: %+v", p)
			}
			for range 3 {
				x.must(x.inspect(ctx))
				x.must(x.due(ctx))
			}
			if told := x.told(); len(told) != 1 || !strings.Contains(told[0].Content, "**Embed Links** is missing") {
				t.Errorf("the owner was told %+v", told)
			}
			if n := len(x.ch.Messages()); n != 0 {
				t.Errorf("%d messages", n)
			}
			x.ch.SetPermissions(x.fake.BotID(), embedLinks, 0)
			x.must(x.handle(ctx, discord.ServerEvent{Kind: discord.PermissionsChanged, Guild: x.guild.ID, Channel: x.ch.ID}))
			if p := x.pause(); p != nil {
				t.Errorf("not resumed: %+v", p)
			}
		})
	}
}

// M20: a channel whose updates are not told in threads needs no permission for
// them, and a line that waits there holds nothing back.
func TestKeeper_ThreadsTurnedOff(t *testing.T) {
	t.Parallel()
	x := newKept(t)
	ctx, id := t.Context(), news.ChannelID(x.ch.ID)
	const createThreads = 1 << 35
	x.ch.SetPermissions(x.fake.BotID(), 0, createThreads)
	x.must(x.db.Enqueue(ctx, []news.Post{
		{Channel: id, Kind: news.PostAlert, Event: news.Event{ID: 1, Revision: 1}}, {Channel: id, Kind: news.PostLine, Event: news.Event{ID: 1, Revision: 2}},
	}))
	alert, err := x.db.NextPost(ctx, id, x.at)
	x.must(err)
	x.must(x.db.MarkSent(ctx, alert, outbox.Receipt{Message: "5"}))
	x.block()
	if told := x.told(); len(told) != 1 || !strings.Contains(told[0].Content, "**Create Public Threads** is missing") || !strings.Contains(told[0].Content, "`threads:off`") {
		t.Fatalf("the owner was told %+v", told)
	}
	_, err = x.db.EditChannel(ctx, news.GuildID(x.guild.ID), id, func(s *news.Settings) error { s.NoThreads = true; return nil })
	x.must(err)
	x.must(x.handle(ctx, discord.ServerEvent{Kind: discord.PermissionsChanged, Guild: x.guild.ID}))
	if p := x.pause(); p != nil || x.woken != 1 {
		t.Errorf("not resumed: %+v, woken %d times", p, x.woken)
	}
	if due, err := x.db.DueChannels(ctx, x.at.Add(time.Hour)); err != nil || len(due) != 0 {
		t.Errorf("%v still wait, %v", due, err)
	}
}
