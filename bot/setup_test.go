package bot_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsdesk/bot"
	"newsdesk/bot/message"
	"newsdesk/news"
)

// M1, B11: from the command to the first post in seven steps, each of which is
// stored and works after a restart.
func TestSetup_Golden(t *testing.T) {
	t.Parallel()
	_, s := switched()
	s.events[0].Class, s.events[2].Class, s.subs = news.ClassBreaking, news.ClassMajor, nil
	cry := &crier{posted: true}
	fresh := func() *bot.Commands {
		return bot.NewCommands(bot.Options{
			Events: s, Subscriptions: s, Channels: s, Schedules: s, Announcer: cry, Drills: poster(&wall{}), Permissions: gate{roles: map[string]bool{role: true}}, Now: clock,
		})
	}
	step := func(name string, in message.Interaction) message.Message {
		t.Helper()
		r := handle(t, fresh(), in)
		if !r.Ephemeral || r.Update != (in.Kind == message.KindComponent) {
			t.Errorf("%s: ephemeral %v, update %v", name, r.Ephemeral, r.Update)
		}
		golden(t, "setup_"+name, r.Message)
		return r.Message
	}
	m := step("1_start", run("setup", "channel", "777"))
	m = step("2_volume", press(menu(t, m, "topics"), "world", "local-music", "asia", "cheese"))
	m = step("3_when", press(buttons(m)["Major and breaking · 2"]))
	m = step("4_zone", press(menu(t, m, "zone"), "Europe/Berlin"))
	m = step("5_ping", press(buttons(m)["Quiet 22:00-07:00"]))
	m = step("6_look", press(menu(t, m, "role"), role))
	step("7_posted", press(buttons(m)["Post the newest story"]))
	if topics, _ := s.ChannelTopics(t.Context(), "777"); !slices.Equal(topics, []string{"world", "asia"}) {
		t.Errorf("follows %v", topics)
	}
	want := news.Settings{Least: news.ClassMajor, Zone: "Europe/Berlin", Quiet: news.Quiet{From: 1320, To: 420}, Roles: map[news.Class]string{news.ClassBreaking: role}}
	if diff := cmp.Diff(news.Channel{ID: "777", Guild: "1", Settings: want}, s.set["777"]); diff != "" {
		t.Errorf("set (-want +got):\n%s", diff)
	}
	if len(cry.skipped) != 2 || len(cry.subs) != 1 {
		t.Errorf("skipped %v, announced %v", cry.skipped, cry.subs)
	}
	// A second run shows what was chosen, and takes away what is chosen no more.
	m = handle(t, fresh(), run("setup", "channel", "777")).Message
	for _, o := range m.Components[1].Menu.Options {
		if o.Chosen != (o.Value == "world" || o.Value == "asia") {
			t.Errorf("%s chosen: %v", o.Value, o.Chosen)
		}
	}
	handle(t, fresh(), press(menu(t, m, "topics"), "all", "asia"))
	if topics, _ := s.ChannelTopics(t.Context(), "777"); !slices.Equal(topics, []string{"all"}) {
		t.Errorf("follows %v after all was chosen", topics)
	}
	if r := handle(t, fresh(), press("setup:finish:777")); strings.Contains(r.Message.Embeds[0].Description, "on its way") || len(cry.subs) != 1 {
		t.Errorf("finished with %q, announced %v", r.Message.Embeds[0].Description, cry.subs)
	}
}

// menu returns the custom id of the menu of a step.
func menu(t *testing.T, m message.Message, step string) string {
	t.Helper()
	for _, row := range m.Components {
		if row.Menu != nil && strings.HasPrefix(row.Menu.ID, "setup:"+step+":") {
			return row.Menu.ID
		}
	}
	t.Fatalf("no menu %q in %+v", step, m.Components)
	return ""
}

// M1: whoever takes the wizard up again sees what is set, and passes the pages
// by without changing it.
func TestSetup_TakenUpAgain(t *testing.T) {
	t.Parallel()
	_, s := switched()
	before := news.Settings{
		Least: news.ClassMajor, Zone: "Asia/Kathmandu", Quiet: news.Quiet{From: 1380, To: 360, Breaking: true},
		Digest: news.DigestPlan{Every: news.Weekly, Minute: 1080, Weekday: time.Friday}, Roles: map[news.Class]string{news.ClassBreaking: role},
	}
	s.set = map[news.ChannelID]news.Channel{"555": {ID: "555", Guild: "1", Settings: before}}
	c := bot.NewCommands(bot.Options{Events: s, Subscriptions: s, Channels: s, Schedules: s, Permissions: gate{}, Now: clock})
	m := handle(t, c, run("setup")).Message
	shown := func(want ...string) {
		t.Helper()
		for _, w := range want {
			if d := m.Embeds[0].Description; !strings.Contains(d, w) {
				t.Errorf("%q lacks %q", d, w)
			}
		}
	}
	next := func(label string, want ...string) {
		t.Helper()
		m = handle(t, c, press(buttons(m)[label])).Message
		shown(want...)
	}
	next("Next", "How much of it?")
	next("Next", "The times are Asia/Kathmandu, where it is now 17:45.", "Set now:\n• A digest every Friday at 18:00 (Asia/Kathmandu)", "• Quiet hours from 23:00 to 06:00")
	next("Back", "How much of it?")
	next("Next", "When shall it come?")
	next("Next", "Set now: <@&"+role+">.")
	next("Next", "<#555>: **World, Local Music** · major and above · notifies <@&"+role+"> of breaking news · a digest, Fridays at 18:00 · quiet 23:00-06:00 (Asia/Kathmandu)")
	next("Finish", "Done. <#555>")
	if diff := cmp.Diff(before, s.set["555"].Settings); diff != "" {
		t.Errorf("passing by changed (-before +after):\n%s", diff)
	}
	// Each press sets what it says, and nothing else.
	for _, tt := range []struct {
		press, want string
		change      func(*news.Settings)
	}{
		{"setup:pace:555:digest", "", func(s *news.Settings) {
			s.Digest, s.DigestOnly, s.Quiet = news.DigestPlan{Every: news.Daily, Minute: 480}, true, news.Quiet{}
		}},
		{"setup:pace:555:now", "", func(s *news.Settings) { s.Digest, s.DigestOnly, s.Quiet = news.DigestPlan{}, false, news.Quiet{} }},
		{"setup:pace:555:nights", "", func(s *news.Settings) { s.Quiet = news.Quiet{From: 1320, To: 420} }},
		{"setup:pace:555:dance", "When shall it come?", func(*news.Settings) {}},
		{"setup:norole:555", "major and above · quiet 22:00-07:00 (Asia/Kathmandu)", func(s *news.Settings) { s.Roles = nil }},
		{"setup:zone:555 UTC", "The times are UTC, where it is now 12:00.", func(s *news.Settings) { s.Zone = "" }},
		{"setup:zone:555 Mars/Base", "There is no time zone “Mars/Base”.", func(*news.Settings) {}},
		{"setup:zone:555", "When shall it come?", func(*news.Settings) {}},
		{"setup:role:555 1", "❌ I do not notify everyone.", func(*news.Settings) {}},
		{"setup:role:555", "Shall breaking news ping a role?", func(*news.Settings) {}},
		{"setup:role:555 300000000000000002", "❌ The role that breaking news shall ping does not exist any more.", func(s *news.Settings) {
			s.Roles = map[news.Class]string{news.ClassBreaking: "300000000000000002"}
		}},
	} {
		want := s.set["555"].Settings
		tt.change(&want)
		parts := strings.Split(tt.press, " ")
		m = handle(t, c, press(parts[0], parts[1:]...)).Message
		if len(m.Embeds) == 0 {
			m.Embeds = []message.Embed{{Description: m.Content}}
		}
		shown(tt.want)
		if diff := cmp.Diff(want, s.set["555"].Settings); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.press, diff)
		}
	}
	without := bot.NewCommands(bot.Options{Events: s, Subscriptions: s, Channels: s, Now: clock})
	if m = handle(t, without, press("setup:least:555:normal")).Message; !strings.Contains(m.Embeds[0].Description, "ping a role") {
		t.Errorf("without schedules: %+v", m)
	}
	handle(t, without, press("setup:pace:555:now"))
}

// M1, M20: another channel is chosen within the wizard, whose permissions come
// with the choice.
func TestSetup_AnotherChannel(t *testing.T) {
	t.Parallel()
	_, s := switched()
	c := bot.NewCommands(bot.Options{Events: s, Subscriptions: s, Channels: s, Permissions: gate{}, Now: clock})
	m := handle(t, c, run("setup")).Message
	in := press(menu(t, m, "channel"), "888")
	if m = handle(t, c, in).Message; !strings.Contains(m.Embeds[0].Description, "I may post in <#888>") || menu(t, m, "topics") != "setup:topics:888" || buttons(m)["Next"] != "" {
		t.Errorf("another channel: %+v", m)
	}
	in.ChannelPermissions, in.ChannelKinds = map[string]uint64{"888": 1 << 10}, map[string]message.ChannelKind{"888": message.TextChannel}
	if m = handle(t, c, in).Message; !strings.Contains(m.Embeds[0].Description, "❌ **Send Messages**") || buttons(m)["Check again"] != "setup:start:888" {
		t.Errorf("one that it may not post to: %+v", m)
	}
	s.set = map[news.ChannelID]news.Channel{"888": {ID: "888", Guild: "2"}}
	if m = handle(t, c, in).Message; !strings.Contains(m.Content, "set up from another server") {
		t.Errorf("another server's: %+v", m)
	}
}

// M20
func TestSetup_SaysWhatIsMissing(t *testing.T) {
	t.Parallel()
	_, s := switched()
	start := func(g gate) message.Message {
		c := bot.NewCommands(bot.Options{Events: s, Subscriptions: s, Channels: s, Permissions: g, Now: clock})
		return handle(t, c, run("setup")).Message
	}
	lacking := start(gate{missing: []string{"Embed Links", "Send Messages"}})
	if d := lacking.Embeds[0].Description; !strings.Contains(d, "❌ **Embed Links**\n❌ **Send Messages**\nGrant it") || buttons(lacking)["Check again"] != "setup:start:555" {
		t.Errorf("missing permissions: %+v", lacking)
	}
	if m := start(gate{err: errors.New("404")}); !strings.Contains(m.Embeds[0].Description, "could not look up") || buttons(m)["Check again"] == "" {
		t.Errorf("unreadable: %+v", m)
	}
	c := bot.NewCommands(bot.Options{Events: s, Subscriptions: s, Channels: s, Permissions: gate{}, Now: clock})
	if r := handle(t, c, press("setup:start:555")); !r.Update || menu(t, r.Message, "topics") == "" {
		t.Errorf("once mended: %+v", r)
	}
	in := run("setup")
	in.ChannelPermissions, in.ChannelKinds = map[string]uint64{"555": 1 << 10}, map[string]message.ChannelKind{"555": message.ForumChannel}
	if r := handle(t, c, in); !strings.Contains(r.Message.Embeds[0].Description, "❌ **Create Posts**") {
		t.Errorf("a forum: %+v", r.Message)
	}
	for _, odd := range []string{"setup:", "setup:start:", "setup:least:555", "setup:least:555:huge", "setup:dance:555"} {
		handle(t, c, press(odd))
	}
	foreign := press("setup:topics:555", "world")
	s.set = map[news.ChannelID]news.Channel{"555": {ID: "555", Guild: "2"}}
	if r := handle(t, c, foreign); !strings.Contains(r.Message.Content, "set up from another server") {
		t.Errorf("another server's channel: %+v", r)
	}
}
