package bot_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"newsdesk/bot"
	"newsdesk/bot/message"
	"newsdesk/news"
	"newsdesk/outbox"
)

// B13: a drill looks like breaking news, and says what it is where readers look.
func TestDrill_IsMarked(t *testing.T) {
	t.Parallel()
	for _, topic := range append(bot.DefaultTopics(), bot.Topics(nil).Named(bot.AllTopics)) {
		for _, ping := range []string{"", role} {
			m := bot.Drill(topic, ping, noon)
			lawful(t, m)
			line, e := strings.SplitN(m.Content, "\n", 2)[0], m.Embeds[0]
			if !strings.HasPrefix(line, "🔴 Drill: ") || !strings.HasPrefix(e.Title, "Drill: ") || !strings.HasPrefix(e.Footer, "Drill: ") || !strings.HasSuffix(e.Footer, "nothing happened") {
				t.Errorf("%s: not marked: %+v", topic.Slug, m)
			}
			if m.Silent != (ping == "") || !slices.Equal(m.PingRoles, slices.DeleteFunc([]string{ping}, func(s string) bool { return s == "" })) || strings.Contains(line, "<@&") != (ping != "") {
				t.Errorf("%s: pings %q, silent %v: %s", topic.Slug, m.PingRoles, m.Silent, line)
			}
			if len(m.Components) > 0 {
				t.Errorf("%s: buttons with nothing behind them: %+v", topic.Slug, m.Components)
			}
		}
	}
	golden(t, "drill", bot.Drill(bot.DefaultTopics().Named("world"), role, noon))
}

// drilling is a channel of which breaking news pings a role, in front of a wall.
func drilling(g gate, w *wall) (*bot.Commands, *switchboard) {
	_, s := switched()
	s.set = map[news.ChannelID]news.Channel{"555": {ID: "555", Guild: "1", Settings: news.Settings{Roles: map[news.Class]string{news.ClassBreaking: role}}}}
	return bot.NewCommands(bot.Options{Events: s, Subscriptions: s, Channels: s, Announcer: &crier{}, Drills: poster(w), Permissions: g, Now: clock}), s
}

// B13
func TestSetup_Drill(t *testing.T) {
	t.Parallel()
	w := &wall{}
	c, s := drilling(gate{roles: map[string]bool{role: true}}, w)
	look := handle(t, c, press("setup:look:555")).Message
	ask := handle(t, c, press(buttons(look)["Test breaking"])).Message
	golden(t, "setup_drill_asks", ask)
	golden(t, "setup_drill_pinged", handle(t, c, press(buttons(ask)["Post with ping"])).Message)
	if w.last.Silent || !slices.Equal(w.last.PingRoles, []string{role}) {
		t.Errorf("with ping: silent %v, pings %v", w.last.Silent, w.last.PingRoles)
	}
	plain := handle(t, c, press(buttons(ask)["Post without ping"]))
	if d := plain.Message.Embeds[0].Description; !plain.Update || !strings.Contains(d, "✅ The drill arrived in <#555>, without a notification.\n✅ Breaking news notifies <@&"+role+">.") {
		t.Errorf("without ping: %+v", plain)
	}
	if !w.last.Silent || len(w.last.PingRoles) > 0 {
		t.Errorf("without ping: silent %v, pings %v", w.last.Silent, w.last.PingRoles)
	}
	if b := buttons(handle(t, c, press(buttons(ask)["Back"])).Message); b["Test breaking"] == "" || b["Finish"] == "" {
		t.Errorf("back: %v", b)
	}
	s.set = nil
	if b := buttons(handle(t, c, press("setup:drill:555")).Message); b["Post with ping"] != "" || b["Post without ping"] == "" {
		t.Errorf("without a role: %v", b)
	}
	without := bot.NewCommands(bot.Options{Events: s, Subscriptions: s, Channels: s, Now: clock})
	if b := buttons(handle(t, without, press("setup:look:555")).Message); b["Test breaking"] != "" {
		t.Errorf("without drills: %v", b)
	}
	handle(t, without, press("setup:drillloud:555"))
}

// B13, M20: what keeps a drill from arriving, or from notifying, is said.
func TestSetup_DrillSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	known := map[string]bool{role: true}
	for _, tt := range []struct {
		name, step string
		gate       gate
		fails      error
		posted     bool
		want       string
	}{
		{"a permission", "drillplain", gate{missing: []string{"Embed Links"}, roles: known}, nil, false, "❌ The drill was not posted. I can't post in <#555>: **Embed Links** is missing. Server settings > Roles > Newsdesk, or the channel's permissions. Then press **Test breaking** again."},
		{"no look at the channel", "drillplain", gate{err: errors.New("404")}, nil, false, "I could not look up what I may do in <#555>."},
		{"no such role", "drillloud", gate{}, nil, false, "❌ The drill was not posted. The role that breaking news shall ping does not exist any more."},
		{"no such role, and not wanted", "drillplain", gate{}, nil, true, "without a notification.\n❌ The role that breaking news shall ping does not exist any more."},
		{"a role that nobody may mention", "drillloud", gate{roles: map[string]bool{role: false}}, nil, true, "with the ping.\n❌ <@&" + role + "> is not notified: Discord shows the name and pings nobody. Turn on **Allow anyone to @mention this role**"},
		{"a deleted channel", "drillplain", gate{roles: known}, outbox.Blocked(fmt.Errorf("10003: %w", bot.ErrChannelGone)), false, "<#555> does not exist any more."},
		{"refused all the same", "drillplain", gate{roles: known}, outbox.Blocked(errors.New("50013")), false, "I may not post in <#555>."},
		{"a limit", "drillplain", gate{roles: known}, outbox.After(90*time.Second, errors.New("429")), false, "Discord asks me to wait. Try again in 90 seconds."},
		{"an invalid form", "drillplain", gate{roles: known}, outbox.Permanent(errors.New("50035: token")), false, "Discord does not take it."},
		{"an outage", "drillplain", gate{roles: known}, errors.New("503"), false, "❌ Discord gave no answer, so I don't know whether the drill arrived."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := &wall{create: tt.fails}
			c, _ := drilling(tt.gate, w)
			r := handle(t, c, press("setup:"+tt.step+":555"))
			if d := r.Message.Embeds[0].Description; !strings.Contains(d, tt.want) || strings.Contains(d, "50035") {
				t.Errorf("got %q, want %q", d, tt.want)
			}
			if (len(w.posted) > 0) != tt.posted {
				t.Errorf("posted %v", w.posted)
			}
		})
	}
	w := &wall{about: message.Channel{Kind: message.ForumChannel, Tags: []message.Tag{{ID: "2", Name: "World"}}}}
	c, _ := drilling(gate{roles: known}, w)
	handle(t, c, press("setup:drillplain:555"))
	if want := []string{"555: Drill: river floods Exampletown, nothing happened [2]"}; !slices.Equal(w.opened, want) {
		t.Errorf("in a forum: %v, want %v", w.opened, want)
	}
}
