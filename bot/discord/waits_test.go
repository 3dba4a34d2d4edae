package discord_test

import (
	"errors"
	"log/slog"
	"path/filepath"
	"strconv"
	"testing"
	"testing/synctest"
	"time"

	"newsdesk/bot/discord"
	"newsdesk/bot/discordtest"
	"newsdesk/bot/message"
	"newsdesk/outbox"
	"newsdesk/store"
)

// M18: a refusal outlives the program. Until its time is over the next start
// asks for nothing that it holds, and goes on with what it does not.
func TestWaits_OutliveARestart(t *testing.T) {
	t.Parallel()
	const wait = 20 * time.Minute
	for name, tt := range map[string]struct {
		fault discordtest.Fault
		other bool // whether other channels are held too
	}{
		"route":                 {discordtest.FaultRateLimited(wait), false},
		"shared":                {discordtest.FaultRateLimitedShared(wait), false},
		"global":                {discordtest.FaultRateLimitedGlobal(wait), true},
		"edge (HTML)":           {discordtest.FaultRateLimitedHTML(wait), true},
		"edge, 403 and no JSON": {discordtest.FaultStatus(403), true}, // held for ten minutes
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				fake := discordtest.New(t, discordtest.Options{InProcess: true})
				guild := fake.AddGuild("Newsroom")
				held, other := guild.AddTextChannel("held"), guild.AddTextChannel("other")
				path := filepath.Join(t.TempDir(), "news.db")
				// run is one life of the program: it tries both channels.
				run := func() (first, second time.Duration) {
					db, err := store.Open(t.Context(), path, slog.New(slog.DiscardHandler))
					if err != nil {
						t.Fatal(err)
					}
					defer db.Close()
					o := options(fake)
					o.Transport, o.Waits = fake.Transport(), db
					bot, err := discord.New(o, nil)
					if err != nil {
						t.Fatal(err)
					}
					ask := func(ch *discordtest.Channel) time.Duration {
						_, err := bot.Create(t.Context(), ch.ID, message.Message{Content: "x"}, "n"+ch.ID)
						after, limited := outbox.Wait(err)
						if err != nil && (!limited || !errors.Is(err, discord.ErrRateLimited)) {
							t.Errorf("#%s: %v", ch.Name, err)
						}
						return after
					}
					return ask(held), ask(other)
				}
				fake.FailNext("POST", "/channels/*/messages", tt.fault)
				start := time.Now()
				full, _ := run()
				if full < 10*time.Minute {
					t.Fatalf("asked to wait for %s", full)
				}
				for _, at := range []time.Duration{time.Second, full / 2, full - 6*time.Second} {
					time.Sleep(time.Until(start.Add(at))) // of the bubble's clock
					first, second := run()
					if first != full-at || (second > 0) != tt.other {
						t.Errorf("%s after the refusal: #held waits %s, #other %s", at, first, second)
					}
				}
				asked := 0
				for _, r := range fake.Requests() {
					if r.Path == "/channels/"+held.ID+"/messages" {
						asked++
					}
				}
				if asked != 1 {
					t.Errorf("the route was called %d times before its time was over", asked)
				}
				time.Sleep(time.Until(start.Add(full)))
				if first, second := run(); first != 0 || second != 0 || len(held.Messages()) != 1 {
					t.Errorf("held for %s and %s when the time was over, %d messages", first, second, len(held.Messages()))
				}
			})
		})
	}
}

// M18: the brake before a ban outlives the program too: one that is started
// again and again would otherwise earn thousands of refusals each time.
func TestWaits_TheBrakeOutlivesARestart(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		fake := discordtest.New(t, discordtest.Options{InProcess: true, NoRateLimits: true})
		guild := fake.AddGuild("Newsroom")
		var closed []*discordtest.Channel // so many that no channel's own limit holds them up
		for i := range 100 {
			closed = append(closed, guild.AddTextChannel("closed-"+strconv.Itoa(i)))
			closed[i].SetPermissions(fake.BotID(), 0, discordtest.PermSendMessages)
		}
		db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "news.db"), slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		start := func() *discord.Client {
			o := options(fake)
			o.Transport, o.Waits = fake.Transport(), db
			bot, err := discord.New(o, nil)
			if err != nil {
				t.Fatal(err)
			}
			return bot
		}
		post := func(bot *discord.Client, i int) error {
			_, err := bot.Create(t.Context(), closed[i%len(closed)].ID, message.Message{Content: "x"}, "n")
			return err
		}
		bot := start()
		for i := range 6000 {
			if err = post(bot, i); !errors.Is(err, discord.ErrMissingPermission) {
				break
			}
		}
		if !errors.Is(err, discord.ErrRateLimited) {
			t.Fatalf("the brake did not hold: %v", err)
		}
		earned := len(fake.Requests())
		for i := range 3 {
			if err := post(start(), i); !errors.Is(err, discord.ErrRateLimited) {
				t.Error(err)
			}
		}
		if n := len(fake.Requests()); n != earned {
			t.Errorf("%d refusals before the restarts, %d after", earned, n)
		}
	})
}
