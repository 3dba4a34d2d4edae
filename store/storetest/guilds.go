package storetest

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsdesk/events"
	"newsdesk/news"
	"newsdesk/outbox"
	"newsdesk/trail"
)

// settled gives a guild a channel with settings, a message, a waiting post and
// decisions.
func (d *desk) settled(guild news.GuildID, ch news.ChannelID) {
	d.t.Helper()
	ctx := d.t.Context()
	d.follow(guild, ch)
	_, err := d.EditChannel(ctx, guild, ch, func(s *news.Settings) error { s.Least = news.ClassMajor; return nil })
	d.must(err)
	a := d.condensed(d.waiting(d.feed("https://harbour.example/"+string(ch), "world")), "Ferry runs again", "The ferry runs again.", noon)
	ev := begin(a).Event
	_, _, err = d.Apply(ctx, a, summary(a), begin(a), events.Plan{
		Posts:    []news.Post{{Channel: ch, Kind: news.PostAlert, Event: ev}, {Channel: ch, Kind: news.PostEdit, Event: ev}},
		Verdicts: []news.Verdict{{At: noon, Article: a.ID, Channel: ch, Outcome: news.OutcomePosted}},
	})
	d.must(err)
	p := *d.next(ch, 0)
	d.must(d.MarkTried(ctx, p.ID, noon))
	d.must(d.MarkSent(ctx, p, outbox.Receipt{Message: "m"}))
}

var guildTests = map[string]func(*testing.T, *desk){
	"WhatIsStoredIsToldAndDeleted": func(t *testing.T, d *desk) { // M29
		ctx := t.Context()
		d.settled("g", "a")
		d.settled("h", "b")
		d.settled("g", "left") // follows nothing any more
		if _, err := d.Unsubscribe(ctx, news.Subscription{Guild: "g", Channel: "left", Topic: "world"}); err != nil {
			t.Fatal(err)
		}
		d.must(d.Block(ctx, "a", "no permission", noon))
		got, err := d.GuildRecords(ctx, "g")
		d.must(err)
		want := news.Records{Guild: "g", Channels: []news.ChannelRecord{
			{Channel: "a", Topics: []string{"world"}, Settings: news.Settings{Least: news.ClassMajor}, Paused: noon, Cause: "no permission", Messages: 1, Posts: 2, Decisions: 1},
			{Channel: "left", Settings: news.Settings{Least: news.ClassMajor}, Messages: 1, Posts: 2, Decisions: 1},
		}}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		d.must(d.ForgetGuild(ctx, ""))
		d.must(d.ForgetGuild(ctx, "g"))
		if got, err = d.GuildRecords(ctx, "g"); err != nil || len(got.Channels) != 0 {
			t.Errorf("left behind: %+v, %v", got, err)
		}
		if got, err = d.GuildRecords(ctx, "h"); err != nil || len(got.Channels) != 1 || got.Channels[0].Posts != 2 {
			t.Errorf("of another server: %+v, %v", got, err)
		}
		if s, err := d.Stats(ctx); err != nil || s.PostsSent != 1 || s.PostsPending != 1 || s.Subscriptions != 1 || s.Articles != 3 {
			t.Errorf("%+v, %v", s, err)
		}
		d.pauses()
		if c, err := d.Channel(ctx, "a"); err != nil || c.Least != "" {
			t.Errorf("settings are left: %+v, %v", c, err)
		}
	},
	"AGuildThatTheBotWasRemovedFromIsForgottenWhole": func(t *testing.T, d *desk) { // M29
		ctx := t.Context()
		d.settled("g", "a")
		d.settled("g", "left")
		if _, err := d.Unsubscribe(ctx, news.Subscription{Guild: "g", Channel: "left", Topic: "world"}); err != nil {
			t.Fatal(err)
		}
		d.must(d.LoseGuild(ctx, "g", "removed", noon))
		d.must(d.ForgetGuilds(ctx, noon))
		if got, err := d.GuildRecords(ctx, "g"); err != nil || len(got.Channels) != 2 {
			t.Errorf("forgotten too early: %+v, %v", got, err)
		}
		d.must(d.Resume(ctx, "a")) // it is back, though not in every channel
		d.must(d.ForgetGuilds(ctx, noon.Add(time.Hour)))
		if got, err := d.GuildRecords(ctx, "g"); err != nil || len(got.Channels) != 2 {
			t.Errorf("forgotten though the bot is back: %+v, %v", got, err)
		}
		d.must(d.LoseGuild(ctx, "g", "removed", noon))
		d.must(d.ForgetGuilds(ctx, noon.Add(time.Hour)))
		if got, err := d.GuildRecords(ctx, "g"); err != nil || len(got.Channels) != 0 {
			t.Errorf("left behind: %+v, %v", got, err)
		}
		d.pauses()
	},
	"HowThingsStand": func(t *testing.T, d *desk) { // M23
		ctx := t.Context()
		d.settled("g", "a")
		d.settled("h", "b")
		d.follow("", "configured")
		d.waiting(d.feed("https://harbour.example/more", "world"))
		d.must(d.Block(ctx, "b", "no permission", noon))
		dead := *d.next("a", 0)
		d.must(d.MarkTried(ctx, dead.ID, noon))
		d.must(d.MarkDead(ctx, dead.ID, "refused"))
		got, err := d.Activity(ctx, noon.Add(-2*time.Hour))
		d.must(err)
		if diff := cmp.Diff(trail.Activity{Articles: 3, Events: 2, Waiting: 1, Pending: 1, Dead: 1}, got); diff != "" {
			t.Errorf("activity (-want +got):\n%s", diff)
		}
		if got, err = d.Activity(ctx, noon.Add(time.Hour)); err != nil || got.Articles != 0 || got.Events != 0 || got.Dead != 0 {
			t.Errorf("since later: %+v, %v", got, err)
		}
		standings, err := d.Standings(ctx, trail.Scope{Guild: "g", Channel: "configured"}, noon.Add(-time.Hour))
		d.must(err)
		want := []trail.Standing{
			{
				Channel: news.Channel{Guild: "g", ID: "a", Settings: news.Settings{Least: news.ClassMajor}}, Topics: []string{"world"}, Last: noon,
				Decided: map[news.Outcome]int{news.OutcomePosted: 1},
			},
			{Channel: news.Channel{ID: "configured"}, Topics: []string{"world"}},
		}
		if diff := cmp.Diff(want, standings); diff != "" {
			t.Errorf("standings (-want +got):\n%s", diff)
		}
		standings, err = d.Standings(ctx, trail.Scope{All: true}, noon.Add(time.Hour))
		d.must(err)
		if len(standings) != 3 || standings[1].Pending != 1 || !standings[1].Pause.Since.Equal(noon) || standings[0].Decided != nil {
			t.Errorf("all: %+v", standings)
		}
	},
}
