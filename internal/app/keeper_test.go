package app

import (
	"log/slog"
	"strings"
	"testing"
	"time"

	"newsdesk/bot"
	"newsdesk/bot/discord"
	"newsdesk/bot/discordtest"
	"newsdesk/news"
	"newsdesk/store"
)

// kept is a keeper with a Discord and a clock.
type kept struct {
	*keeper
	t     *testing.T
	fake  *discordtest.Server
	guild *discordtest.Guild
	ch    *discordtest.Channel
	at    time.Time
	woken int
}

func newKept(t *testing.T) *kept {
	t.Helper()
	x := &kept{t: t, fake: discordtest.New(t, discordtest.Options{}), at: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)}
	x.guild = x.fake.AddGuild("Readers")
	x.ch = x.guild.AddTextChannel("world")
	db, err := store.Open(t.Context(), blank.New(t), slog.New(slog.DiscardHandler))
	x.must(err)
	t.Cleanup(func() { x.must(db.Close()) })
	client, err := discord.New(discord.Options{
		Token: x.fake.Token(), APIURL: x.fake.APIURL(), Log: slog.New(slog.DiscardHandler), Now: time.Now,
	}, nil)
	x.must(err)
	x.keeper = newKeeper(db, client, func() { x.woken++ }, slog.New(slog.DiscardHandler), func() time.Time { return x.at })
	x.follow(x.ch)
	return x
}

func (x *kept) must(err error) {
	x.t.Helper()
	if err != nil {
		x.t.Fatal(err)
	}
}

func (x *kept) follow(ch *discordtest.Channel) {
	x.t.Helper()
	_, err := x.db.Subscribe(x.t.Context(), news.Subscription{Guild: news.GuildID(x.guild.ID), Channel: news.ChannelID(ch.ID), Topic: "world"})
	x.must(err)
}

// block pauses the channel as the relay does, and has the keeper look.
func (x *kept) block() {
	x.t.Helper()
	x.must(x.db.Block(x.t.Context(), news.ChannelID(x.ch.ID), "refused", x.at))
	x.must(x.due(x.t.Context()))
}

// pause returns the channel's pause, nil where it has none.
func (x *kept) pause() *store.Pause {
	x.t.Helper()
	all, err := x.db.Pauses(x.t.Context())
	x.must(err)
	for _, p := range all {
		if string(p.Channel) == x.ch.ID {
			return &p
		}
	}
	return nil
}

func (x *kept) told() []discordtest.Message { return x.fake.DM(x.guild.OwnerID()).Messages() }

// M11, M20: a forum that wants tags which nobody chose is paused like a channel
// that lacks a permission; the owner is told what to do, and it goes on once every
// topic has one.
func TestKeeper_ForumWithoutItsTag(t *testing.T) {
	t.Parallel()
	x := newKept(t)
	x.ch = x.guild.AddForum("stories")
	x.ch.AddTag("Picked by hand", true)
	x.ch.RequireTag(true)
	x.follow(x.ch)
	x.untagged = bot.NewPoster(discordSurface{x.discord}, bot.PosterOptions{Followed: x.db}).Untagged
	x.block()
	if p := x.pause(); p == nil || p.Reason != "no tag for: World" || !p.Told {
		t.Fatalf("paused: %+v", p)
	}
	told := x.told()
	if len(told) != 1 || !strings.Contains(told[0].Content, "the forum wants a tag on every post, and none fits **World**. Choose one with `/channel tag`") {
		t.Fatalf("the owner was told %+v", told)
	}
	x.ch.AddTag("World", false)
	x.at = x.at.Add(recheck)
	x.must(x.due(t.Context()))
	if p := x.pause(); p != nil || x.woken != 1 || len(x.told()) != 1 {
		t.Errorf("once it has the tag: %+v, woken %d times, told %d times", p, x.woken, len(x.told()))
	}
}

const embedLinks = 1 << 14

// M20: the owner is told once, with the permission's name and where to grant
// it; the channel goes on when Discord tells of the change, or at the hour.
func TestKeeper_TellsAndResumes(t *testing.T) {
	t.Parallel()
	for name, mended := range map[string]func(x *kept){
		"told by an event": func(x *kept) {
			x.must(x.handle(t.Context(), discord.ServerEvent{Kind: discord.PermissionsChanged, Guild: x.guild.ID}))
		},
		"found by the hour": func(x *kept) {
			x.at = x.at.Add(recheck)
			x.must(x.due(t.Context()))
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			x := newKept(t)
			x.ch.SetPermissions(x.fake.BotID(), 0, embedLinks)
			x.block()
			x.at = x.at.Add(recheck)
			x.must(x.due(t.Context()))
			told := x.told()
			if len(told) != 1 {
				t.Fatalf("the owner was told %d times", len(told))
			}
			for _, want := range []string{"<#" + x.ch.ID + ">", "**Embed Links** is missing", "Server settings > Roles > Newsdesk", "7 days"} {
				if !strings.Contains(told[0].Content, want) {
					t.Errorf("the owner was not told %q:\n%s", want, told[0].Content)
				}
			}
			if p := x.pause(); p == nil || p.Reason != "missing: Embed Links" {
				t.Errorf("%+v", p)
			}
			x.ch.SetPermissions(x.fake.BotID(), 0, 0)
			mended(x)
			if p := x.pause(); p != nil || x.woken != 1 {
				t.Errorf("not resumed: %+v, woken %d times", p, x.woken)
			}
		})
	}
}

// M20: an owner who takes no messages is told in another channel.
func TestKeeper_TellsInAnotherChannel(t *testing.T) {
	t.Parallel()
	x := newKept(t)
	other := x.guild.AddTextChannel("other")
	x.follow(other)
	x.fake.CloseDMs(x.guild.OwnerID())
	x.ch.SetPermissions(x.fake.BotID(), 0, embedLinks)
	x.block()
	if m := other.Messages(); len(m) != 1 || !strings.Contains(m[0].Content, "Embed Links") {
		t.Errorf("the other channel shows %+v", m)
	}
}

// M20: a deleted channel is never asked about again, and forgotten after 7
// days.
func TestKeeper_DeletedChannel(t *testing.T) {
	t.Parallel()
	x := newKept(t)
	x.fake.RemoveChannel(x.ch)
	x.must(x.handle(t.Context(), discord.ServerEvent{Kind: discord.ChannelDeleted, Guild: x.guild.ID, Channel: x.ch.ID}))
	for range 50 {
		x.must(x.due(t.Context()))
		x.at = x.at.Add(recheck)
	}
	if told := x.told(); len(told) != 1 || !strings.Contains(told[0].Content, "was deleted") {
		t.Errorf("the owner was told %+v", told)
	}
	for _, r := range x.fake.Requests() {
		if strings.HasPrefix(r.Path, "/channels/"+x.ch.ID) {
			t.Errorf("asked about a deleted channel: %s %s", r.Method, r.Path)
		}
	}
	x.at = x.at.Add(keepHeld)
	x.must(x.sweep(t.Context()))
	if p := x.pause(); p != nil {
		t.Errorf("still paused after 7 days: %+v", p)
	}
	if subs, err := x.db.Subscriptions(t.Context()); err != nil || len(subs) != 0 {
		t.Errorf("still followed after 7 days: %v, %v", subs, err)
	}
}

// M20: removed from a server, whether we were there to see it or not: paused
// without a call; forgotten after 30 days; resumed when it is back before.
func TestKeeper_RemovedFromAServer(t *testing.T) {
	t.Parallel()
	for name, ev := range map[string]func(x *kept) discord.ServerEvent{
		"seen": func(x *kept) discord.ServerEvent {
			return discord.ServerEvent{Kind: discord.ServerLeft, Guild: x.guild.ID}
		},
		"while away": func(*kept) discord.ServerEvent {
			return discord.ServerEvent{Kind: discord.ServersListed, Guilds: []string{"1"}}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			x := newKept(t)
			x.must(x.handle(t.Context(), ev(x)))
			if p := x.pause(); p == nil || p.Lost != store.LostGuild {
				t.Fatalf("%+v", p)
			}
			if n := len(x.fake.Requests()); n != 0 {
				t.Errorf("%d requests for it", n)
			}
			back := *x // it is invited again
			back.must(back.handle(t.Context(), discord.ServerEvent{Kind: discord.ServerJoined, Guild: x.guild.ID}))
			if p := back.pause(); p != nil {
				t.Errorf("invited again, but %+v", p)
			}
			x.must(x.handle(t.Context(), ev(x)))
			x.at = x.at.Add(keepLeft - time.Hour)
			x.must(x.sweep(t.Context()))
			if x.pause() == nil {
				t.Error("forgotten before 30 days")
			}
			x.at = x.at.Add(2 * time.Hour)
			x.must(x.sweep(t.Context()))
			if subs, err := x.db.Subscriptions(t.Context()); err != nil || len(subs) != 0 {
				t.Errorf("not forgotten after 30 days: %v, %v", subs, err)
			}
		})
	}
}

// M20: what Discord cannot tell for the moment changes nothing, and is asked
// again soon.
func TestKeeper_OutageChangesNothing(t *testing.T) {
	t.Parallel()
	x := newKept(t)
	x.must(x.handle(t.Context(), discord.ServerEvent{Kind: discord.ServersListed, Guilds: []string{x.guild.ID}}))
	if p := x.pause(); p != nil {
		t.Errorf("paused though the server is listed: %+v", p)
	}
	x.fake.FailNext("GET", "/channels/*", discordtest.FaultStatus(503))
	x.block()
	if p := x.pause(); p == nil || p.Lost != store.LostNothing || p.Told {
		t.Errorf("%+v", p)
	}
	x.at = x.at.Add(recheckSoon)
	x.must(x.due(t.Context()))
	if p := x.pause(); p != nil {
		t.Errorf("not resumed: %+v", p)
	}
}
