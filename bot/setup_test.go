package bot_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"newsdesk/bot"
	"newsdesk/bot/message"
	"newsdesk/news"
)

// M1, B11: from the command to the first post in four steps, each of which is
// stored and works after a restart.
func TestSetup_Golden(t *testing.T) {
	t.Parallel()
	_, s := switched()
	s.events[0].Class, s.events[2].Class, s.subs = news.ClassBreaking, news.ClassMajor, nil
	cry := &crier{posted: true}
	fresh := func() *bot.Commands {
		return bot.NewCommands(bot.Options{Events: s, Subscriptions: s, Channels: s, Announcer: cry, Permissions: gate{}, Now: clock})
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
	m = step("2_topics", press(m.Components[0].Menu.ID, "world", "local-music", "asia", "cheese"))
	m = step("3_preview", press(m.Components[0].Buttons[1].ID))
	step("4_posted", press(buttons(m)["Post the newest story"]))
	if topics, _ := s.ChannelTopics(t.Context(), "777"); !slices.Equal(topics, []string{"world", "asia"}) {
		t.Errorf("follows %v", topics)
	}
	if set := s.set["777"]; set.Least != news.ClassMajor || set.Guild != "1" {
		t.Errorf("set %+v", set)
	}
	if len(cry.skipped) != 2 || len(cry.subs) != 1 {
		t.Errorf("skipped %v, announced %v", cry.skipped, cry.subs)
	}
	// A second run shows what was chosen, and takes away what is chosen no more.
	m = handle(t, fresh(), run("setup", "channel", "777")).Message
	for _, o := range m.Components[0].Menu.Options {
		if o.Chosen != (o.Value == "world" || o.Value == "asia") {
			t.Errorf("%s chosen: %v", o.Value, o.Chosen)
		}
	}
	handle(t, fresh(), press(m.Components[0].Menu.ID, "all", "asia"))
	if topics, _ := s.ChannelTopics(t.Context(), "777"); !slices.Equal(topics, []string{"all"}) {
		t.Errorf("follows %v after all was chosen", topics)
	}
	if r := handle(t, fresh(), press("setup:finish:777")); strings.Contains(r.Message.Embeds[0].Description, "on its way") || len(cry.subs) != 1 {
		t.Errorf("finished with %q, announced %v", r.Message.Embeds[0].Description, cry.subs)
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
	if r := handle(t, c, press("setup:start:555")); !r.Update || r.Message.Components[0].Menu == nil {
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
