package bot_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"newsdesk/bot"
	"newsdesk/bot/message"
	"newsdesk/news"
	"newsdesk/trail"
)

// dials is how the whole stands, in memory.
type dials struct {
	feeds    []news.Feed
	activity trail.Activity
	channels []trail.Standing
	use      news.ModelUse
	own      news.GuildModelUse
	scope    trail.Scope // of the last look
}

func (d *dials) Feeds(context.Context) ([]news.Feed, error) { return d.feeds, nil }

func (d *dials) Activity(context.Context, time.Time) (trail.Activity, error) { return d.activity, nil }

func (d *dials) Standings(_ context.Context, of trail.Scope, _ time.Time) ([]trail.Standing, error) {
	d.scope = of
	return d.channels, nil
}

func (d *dials) ModelUse(context.Context, time.Time) (news.ModelUse, error) { return d.use, nil }

func (d *dials) GuildModelUse(context.Context, time.Time, news.GuildID) (news.GuildModelUse, error) {
	return d.own, nil
}

// instruments show a bit of everything.
func instruments() *dials {
	d := &dials{
		activity: trail.Activity{Articles: 412, Events: 96, Waiting: 3, Pending: 2, Dead: 1},
		channels: []trail.Standing{
			{
				Channel: news.Channel{Guild: "1", ID: "701", Settings: news.Settings{Least: news.ClassMajor}}, Topics: []string{"world", "us"}, Last: noon.Add(-9 * time.Minute),
				Decided: map[news.Outcome]int{news.OutcomePosted: 4, news.OutcomeBelow: 31, news.OutcomeFiltered: 1, news.OutcomeCapped: 7, news.OutcomeQuietHours: 2},
			},
			{Channel: news.Channel{Guild: "1", ID: "702"}, Topics: []string{"all"}, Pending: 2, Held: 5, Pause: trail.Pause{Since: noon.Add(-time.Hour), Reason: "missing: Embed Links"}},
		},
		use: news.ModelUse{Cost: 123_400_000, Requests: 210, Kept: 640, Dropped: 12},
	}
	for i := range 4 {
		d.feeds = append(d.feeds, news.Feed{ID: news.FeedID(i + 1), URL: fmt.Sprintf("https://n%d.example/rss", i), Name: fmt.Sprintf("Paper %d", i), Topic: "world", Polled: true, NextPoll: noon.Add(time.Minute), Pace: news.Pace{Newest: noon.Add(-5 * time.Hour)}})
	}
	d.feeds = append(d.feeds,
		news.Feed{URL: "https://wire.example/rss", Name: "Coastal *Wire*", Topic: "asia", Failures: 4, LastError: "the server answered 503: Service Unavailable", NextPoll: noon.Add(time.Hour)},
		news.Feed{URL: "https://old.example/rss", Topic: "asia", Failures: 30, LastError: "the server answered 404: there is nothing at this address", Disabled: noon.Add(-48 * time.Hour)},
		news.Feed{URL: "https://new.example/rss", Name: "New Post", Topic: "europe"})
	return d
}

var build = bot.Program{Version: "1.2.3", Started: noon.Add(-5 * time.Hour), Model: "small-1", Cap: 1_000_000_000, GuildCap: 100_000_000}

func TestStatus_Golden(t *testing.T) { // M23, M25
	t.Parallel()
	in := run("status")
	in.Manage = true
	ask := func(d *dials, p bot.Program, in message.Interaction) message.Reply {
		s := stock()
		return handle(t, bot.NewCommands(bot.Options{Events: s, Subscriptions: s, Console: bot.Console{Overview: d, Program: p}, Now: clock}), in)
	}
	d := instruments()
	golden(t, "status", ask(d, build, in))
	if d.scope != (trail.Scope{Guild: "1", Channel: "555"}) {
		t.Errorf("tells of %+v", d.scope)
	}
	capped := instruments()
	capped.use.Capped, capped.own = 17, news.GuildModelUse{Cost: 98_300_000, Capped: 3}
	golden(t, "status_capped", ask(capped, build, in).Message)
	golden(t, "status_bare", ask(&dials{}, bot.Program{Version: "dev"}, in).Message)

	long := instruments()
	for i := range 300 {
		long.feeds = append(long.feeds, news.Feed{Name: strings.Repeat("Very long name ", 20), URL: fmt.Sprintf("https://f%d.example/", i), Failures: 1, LastError: strings.Repeat("x ", 400)})
		long.channels = append(long.channels, long.channels[1])
	}
	turn := press("status:0")
	turn.Manage = true
	seen := 0
	for {
		r := ask(long, build, turn)
		seen++
		if !r.Update || !r.Ephemeral {
			t.Fatalf("page %d: update %v, ephemeral %v", seen, r.Update, r.Ephemeral)
		}
		next := buttons(r.Message)["▶"]
		if next == "" {
			break
		}
		turn.Custom = next
	}
	if seen < 10 {
		t.Errorf("%d pages of 600 entries", seen)
	}
	turn.Custom = "status:9999"
	if r := ask(long, build, turn); !strings.Contains(r.Message.Embeds[0].Title, fmt.Sprintf("%d/%d", seen, seen)) {
		t.Errorf("beyond the last page: %s", r.Message.Embeds[0].Title)
	}
}

// Members see no status, by command or by the button of somebody else.
func TestStatus_IsForManagersOnly(t *testing.T) { // M26
	t.Parallel()
	s := stock()
	c := bot.NewCommands(bot.Options{Events: s, Subscriptions: s, Console: bot.Console{Overview: instruments()}, Now: clock})
	direct := run("status")
	direct.Guild, direct.Manage = "", true
	for _, in := range []message.Interaction{run("status"), press("status:1"), direct} {
		if r := handle(t, c, in); len(r.Message.Embeds) != 0 || r.Update {
			t.Errorf("%+v shows %+v", in, r)
		}
	}
	if r := handle(t, c, press("status:x")); !strings.Contains(r.Message.Content, "no longer works") {
		t.Errorf("a button that makes no sense: %+v", r)
	}
}

// A topic without stories says why.
func TestLatest_SaysWhyThereIsNothing(t *testing.T) { // B17
	t.Parallel()
	for name, tt := range map[string]struct {
		topic string
		feeds func() []news.Feed
		want  []string
	}{
		"feeds down": {"asia", func() []news.Feed { return instruments().feeds }, []string{
			"None of the 2 feeds of **Asia** can be read at the moment", `Coastal \*Wire\*: it fails: the server answered 503`, "given up <t:",
		}},
		"nothing yet": {"europe", func() []news.Feed { return instruments().feeds }, []string{"The feeds of **Europe** have not been read yet."}},
		"no feed":     {"sports", func() []news.Feed { return instruments().feeds }, []string{"No feed of **Sports** is followed."}},
		"quiet": {"world", func() []news.Feed { return instruments().feeds }, []string{
			"The feeds of **World** are read (4 of 4 without trouble), but had nothing new since <t:1773471600:R>.",
		}},
		"some down": {"world", func() []news.Feed {
			f := instruments().feeds
			f[0].Failures, f[0].LastError = 2, "timeout"
			return f
		}, []string{"(3 of 4 without trouble)", "Paper 0: it fails: timeout"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			old := quake()
			old.Topic, old.Last = tt.topic, noon.Add(-100*time.Hour)
			for _, s := range []*shelf{{}, {events: []news.Event{old}}} {
				d := &dials{feeds: tt.feeds()}
				r := handle(t, bot.NewCommands(bot.Options{Events: s, Subscriptions: s, Console: bot.Console{Overview: d}, Now: clock}), run("latest", "topic", tt.topic))
				text := r.Message.Content
				if len(s.events) > 0 {
					text = r.Message.Embeds[0].Description
					if !strings.Contains(text, "Nothing in the last 24 h.") || !strings.Contains(text, "quake") {
						t.Errorf("older stories are not shown, or not as such:\n%s", text)
					}
				}
				for _, want := range tt.want {
					if !strings.Contains(text, want) {
						t.Errorf("%q is not said:\n%s", want, text)
					}
				}
			}
		})
	}
}
