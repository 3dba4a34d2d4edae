package storetest

import (
	"errors"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"newsdesk/news"
)

var modelTests = map[string]func(*testing.T, *desk){
	"answers are kept and counted": func(t *testing.T, d *desk) {
		ctx := t.Context()
		if _, err := d.ModelAnswer(ctx, "k", noon); !errors.Is(err, news.ErrNotFound) {
			t.Errorf("an answer nobody gave: %v, want ErrNotFound", err)
		}
		if err := d.SettleModel(ctx, noon, news.ModelUse{Requests: 1}, nil, "k", "one"); err != nil {
			t.Fatal(err)
		}
		if err := d.SettleModel(ctx, noon, news.ModelUse{}, nil, "k", "two"); err != nil {
			t.Fatal(err)
		}
		if got, err := d.ModelAnswer(ctx, "k", noon); err != nil || got != "two" {
			t.Errorf("answer %q, %v; want the latest", got, err)
		}
		if err := d.SettleModel(ctx, noon.AddDate(0, 0, 31), news.ModelUse{}, nil, "other", "three"); err != nil {
			t.Fatal(err)
		}
		if _, err := d.ModelAnswer(ctx, "k", noon); !errors.Is(err, news.ErrNotFound) {
			t.Errorf("an answer of 31 days ago: %v, want ErrNotFound", err)
		}
		u, err := d.ModelUse(ctx, noon)
		if err != nil || u.Hits != 1 || u.Requests != 1 {
			t.Errorf("use %+v, %v; want one request and one hit", u, err)
		}
	},
	"a day's sum never passes its limit": func(t *testing.T, d *desk) { // M25
		ctx := t.Context()
		var won atomic.Int64
		var group sync.WaitGroup
		for range 20 {
			group.Go(func() {
				got, err := d.ReserveModel(ctx, noon, 30, news.ModelBudget{Day: 100})
				if err != nil {
					t.Error(err)
				}
				if got.Refused == news.BoundNone {
					won.Add(1)
				}
			})
		}
		group.Wait()
		if won.Load() != 3 {
			t.Errorf("%d of 20 bookings of 30 went into 100, want 3", won.Load())
		}
		if err := d.SettleModel(ctx, noon, news.ModelUse{Cost: -25, InputTokens: 7}, nil, "", ""); err != nil {
			t.Fatal(err)
		}
		if got, err := d.ReserveModel(ctx, noon, 30, news.ModelBudget{Day: 100}); err != nil || got.Refused != news.BoundNone {
			t.Errorf("booking after 25 were given back: %v, %v", got, err)
		}
		if u, err := d.ModelUse(ctx, noon); err != nil || u.Cost != 95 || u.InputTokens != 7 {
			t.Errorf("use %+v, %v; want a cost of 95", u, err)
		}
		if got, err := d.ReserveModel(ctx, noon.Add(12*time.Hour), 100, news.ModelBudget{Day: 100}); err != nil || got.Refused != news.BoundNone {
			t.Errorf("booking on the next day: %v, %v", got, err)
		}
		if got, err := d.ReserveModel(ctx, noon, 1<<40, news.ModelBudget{Day: 0}); err != nil || got.Refused != news.BoundNone {
			t.Errorf("booking without a limit: %v, %v", got, err)
		}
	},
	"what is for some guilds alone is shared by those with room": func(t *testing.T, d *desk) { // M25
		ctx := t.Context()
		budget := func(guilds ...news.GuildID) news.ModelBudget {
			return news.ModelBudget{Day: 1000, Guild: 100, Guilds: guilds}
		}
		costs := func(a, b, all int64) {
			t.Helper()
			for g, want := range map[news.GuildID]int64{"a": a, "b": b} {
				if got, err := d.GuildModelUse(ctx, noon, g); err != nil || got.Cost != want {
					t.Errorf("guild %s: %+v, %v; want a cost of %d", g, got, err, want)
				}
			}
			if u, err := d.ModelUse(ctx, noon); err != nil || u.Cost != all {
				t.Errorf("all: %d, %v; want %d", u.Cost, err, all)
			}
		}
		reserve := func(cost int64, b news.ModelBudget, bound news.ModelBound, payers ...news.GuildID) {
			t.Helper()
			got, err := d.ReserveModel(ctx, noon, cost, b)
			if err != nil || got.Refused != bound || !slices.Equal(got.Payers, payers) {
				t.Errorf("booking %d: %+v, %v; want %q of %v", cost, got, err, bound, payers)
			}
		}
		reserve(81, budget("a", "b"), news.BoundNone, "a", "b")
		costs(40, 41, 81)
		d.must(d.SettleModel(ctx, noon, news.ModelUse{Cost: -11}, []news.GuildID{"a", "b"}, "", ""))
		costs(35, 35, 70)
		reserve(60, budget("a"), news.BoundNone, "a")
		costs(95, 35, 130)
		reserve(30, budget("a", "b"), news.BoundNone, "b") // a has no room for it any more
		costs(95, 65, 160)
		reserve(30, budget("a"), news.BoundGuild)
		if u, err := d.GuildModelUse(ctx, noon, "a"); err != nil || u.Capped != 1 {
			t.Errorf("use %+v, %v; want one article kept back", u, err)
		}
		reserve(900, budget("b"), news.BoundDay)
		reserve(30, budget(), news.BoundNone) // for all: no guild's share
		costs(95, 65, 190)
		if got, err := d.ReserveModel(ctx, noon.Add(12*time.Hour), 30, budget("a")); err != nil || got.Refused != news.BoundNone {
			t.Errorf("on the next day: %+v, %v", got, err)
		}
	},
	"who pays for an article are the guilds that follow its feed alone": func(t *testing.T, d *desk) { // M25
		ctx := t.Context()
		d.must(d.SyncFeeds(ctx, []news.Feed{{URL: "https://desk.example/feed", Topic: "world"}}, noon))
		id, _, err := d.AddGuildFeed(ctx, "a", news.Feed{URL: "https://own.example/feed"}, 5, noon)
		d.must(err)
		_, _, err = d.AddGuildFeed(ctx, "b", news.Feed{URL: "https://own.example/feed"}, 5, noon)
		d.must(err)
		for topic, want := range map[string][]news.GuildID{"world": nil, news.FeedTopic(id): {"a", "b"}} {
			if got, err := d.Payers(ctx, news.Article{Topic: topic}); err != nil || !slices.Equal(got, want) {
				t.Errorf("topic %s: %v, %v; want %v", topic, got, err, want)
			}
		}
		d.must(d.RemoveGuildFeed(ctx, "a", id))
		if got, err := d.Payers(ctx, news.Article{Topic: news.FeedTopic(id)}); err != nil || !slices.Equal(got, []news.GuildID{"b"}) {
			t.Errorf("after one has removed it: %v, %v", got, err)
		}
	},
}
