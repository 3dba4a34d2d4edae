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

// M20
func TestSubscribe(t *testing.T) {
	t.Parallel()
	const all, noEmbeds = 1<<10 | 1<<11 | 1<<14 | 1<<35 | 1<<38, 1<<10 | 1<<11 | 1<<35 | 1<<38
	tests := []struct {
		name   string
		gate   gate
		perms  map[string]uint64
		crier  *crier
		before []string
		topic  string
		want   string
		added  bool
	}{
		{name: "posts the newest", crier: &crier{posted: true}, topic: "world", want: "<#777> now follows **World**.", added: true},
		{name: "nothing to post", crier: &crier{}, topic: "asia", want: "There is no story of **Asia** from the last 24 hours to show", added: true},
		{name: "post fails, subscription stands", crier: &crier{err: errors.New("down")}, topic: "asia", want: "The first message comes with the next story.", added: true},
		{name: "all topics", crier: &crier{posted: true}, topic: "all", want: "now follows **All topics**", added: true},
		{name: "by name", crier: &crier{}, topic: "Middle East", want: "now follows **Middle East**", added: true},
		{name: "already there", before: []string{"world"}, topic: "world", want: "already follows **World**. Nothing changed."},
		{name: "covered by all", before: []string{"all"}, topic: "world", want: "already follows **All topics**, so it gets **World** already. Nothing changed."},
		{
			name: "missing, said by Discord", perms: map[string]uint64{"777": noEmbeds}, topic: "world",
			want: "I can't post in <#777>: **Embed Links** is missing. Server settings > Roles > Newsdesk, or the channel's permissions. Then run the command again.",
		},
		{
			name: "missing several", gate: gate{missing: []string{"View Channel", "Send Messages", "Embed Links"}}, topic: "world",
			want: "**View Channel**, **Send Messages** and **Embed Links** are missing.",
		},
		{name: "administrator", perms: map[string]uint64{"777": 1 << 3}, crier: &crier{}, topic: "world", want: "now follows", added: true},
		{name: "enough", perms: map[string]uint64{"777": all}, gate: gate{missing: []string{"not asked"}}, crier: &crier{}, topic: "world", want: "now follows", added: true},
		{name: "not readable", gate: gate{err: errors.New("404")}, topic: "world", want: "I could not look up what I may do in <#777>."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := &shelf{}
			for _, b := range tt.before {
				s.subs = append(s.subs, news.Subscription{Guild: "1", Channel: "777", Topic: b})
			}
			o := bot.Options{Events: s, Subscriptions: s, Permissions: tt.gate, Now: clock}
			if tt.crier != nil {
				o.Announcer = tt.crier
			}
			in := run("subscribe", "topic", tt.topic, "channel", "777")
			in.ChannelPermissions = tt.perms
			r := handle(t, bot.NewCommands(o), in)
			if !r.Ephemeral || !strings.Contains(r.Message.Content, tt.want) {
				t.Errorf("got %q, want %q", r.Message.Content, tt.want)
			}
			if added := len(s.subs) > len(tt.before); added != tt.added {
				t.Errorf("added %t, want %t", added, tt.added)
			}
			if tt.added && (len(tt.crier.subs) != 1 || tt.crier.subs[0] != s.subs[len(s.subs)-1]) {
				t.Errorf("announced %v for %v", tt.crier.subs, s.subs)
			}
		})
	}
}

func TestUnsubscribe(t *testing.T) {
	t.Parallel()
	s := &shelf{subs: []news.Subscription{{Guild: "1", Channel: "555", Topic: "world"}, {Guild: "1", Channel: "555", Topic: "all"}, {Guild: "1", Channel: "666", Topic: "asia"}}}
	c := commands(s)
	typing := message.Interaction{Kind: message.KindAutocomplete, Command: "unsubscribe", Focused: "topic", Options: map[string]string{"topic": "wor"}, Channel: "555"}
	if r := handleChoices(t, c, typing); !slices.Equal(r, []string{"World=world"}) {
		t.Errorf("suggested %v", r)
	}
	typing.Options = map[string]string{"topic": "", "channel": "666"}
	if r := handleChoices(t, c, typing); !slices.Equal(r, []string{"Asia=asia"}) {
		t.Errorf("suggested %v", r)
	}
	for _, step := range []struct{ topic, want string }{
		{"asia", "<#555> follows: World, All topics. Name one of these to stop it."},
		{"World", "<#555> no longer follows **World**."},
		{"all", "no longer follows **All topics**"},
		{"all", "follows no topic"},
	} {
		if r := handle(t, c, run("unsubscribe", "topic", step.topic)); !strings.Contains(r.Message.Content, step.want) {
			t.Errorf("%s: got %q, want %q", step.topic, r.Message.Content, step.want)
		}
	}
	if len(s.subs) != 1 {
		t.Errorf("left: %v", s.subs)
	}
}

// What is promised is what comes: in a forum posts, in a thread lines below. // M11, M12
func TestSubscribe_SaysWhatStoriesBecome(t *testing.T) {
	t.Parallel()
	for kind, want := range map[message.ChannelKind]string{
		"":                          "Each new story becomes one message there, and only breaking ones notify; as it develops I edit that message and add a line to its thread.",
		message.AnnouncementChannel: "as it develops I edit that message and add a line to its thread.",
		message.ForumChannel:        "Each new story becomes one post there, and only breaking ones notify; as it develops I edit that post and add a line to it.",
		message.ThreadChannel:       "as it develops I edit that message and add a line below.",
	} {
		in := run("subscribe", "topic", "world", "channel", "777")
		in.ChannelKinds = map[string]message.ChannelKind{"777": kind}
		if got := handle(t, bot.NewCommands(bot.Options{Subscriptions: &shelf{}, Now: clock}), in).Message.Content; !strings.Contains(got, want) {
			t.Errorf("%s: %q, want %q", kind, got, want)
		}
	}
}
