package bot_test

import (
	"strings"
	"testing"
	"time"

	"newsdesk/bot"
	"newsdesk/bot/message"
	"newsdesk/news"
)

// M14, M15, M1
func TestSchedule(t *testing.T) {
	t.Parallel()
	before := news.Settings{Zone: "Europe/Berlin", Least: news.ClassMajor}
	with := func(change func(*news.Settings)) news.Settings {
		s := before
		change(&s)
		return s
	}
	tests := []struct {
		command string
		options []string
		want    news.Settings
		says    string
	}{
		{
			"schedule digest",
			[]string{"every", "daily", "time", "8:30"},
			with(func(s *news.Settings) { s.Digest = news.DigestPlan{Every: news.Daily, Minute: 510} }),
			"• A digest every day at 08:30 (Europe/Berlin), the next one <t:1773559800:f>. It comes without a notification.",
		},
		{
			"schedule digest",
			[]string{"every", "weekly", "time", "6 pm", "weekday", "friday", "zone", "asia/kathmandu"},
			with(func(s *news.Settings) {
				s.Zone, s.Digest = "Asia/Kathmandu", news.DigestPlan{Every: news.Weekly, Minute: 1080, Weekday: time.Friday}
			}),
			"• A digest every Friday at 18:00 (Asia/Kathmandu)",
		},
		{
			"schedule digest",
			[]string{"every", "weekly"},
			with(func(s *news.Settings) {
				s.Digest = news.DigestPlan{Every: news.Weekly, Minute: 480, Weekday: time.Monday}
			}),
			"every Monday at 08:00",
		},
		{"schedule digest", []string{"every", "off"}, before, "• No digest. `/schedule digest` sets one."},
		{"schedule digest", []string{"every", "daily", "time", "25:00"}, before, "`time` is not a time I can read: “25:00”. Write it as 08:30."},
		{"schedule digest", []string{"every", "hourly"}, before, "`every` is daily, weekly or off."},
		{"schedule digest", []string{"every", "daily", "zone", "Mars/Base"}, before, "There is no time zone “Mars/Base”. Type a city"},
		{"schedule digest", []string{"every", "daily", "zone", "Local"}, before, "There is no time zone “Local”."},
		{"schedule digest", []string{"every", "weekly", "weekday", "someday"}, before, "There is no weekday “someday”."},
		{
			"schedule quiet",
			[]string{"from", "22:00", "to", "7", "breaking", "pass", "zone", "utc"},
			with(func(s *news.Settings) { s.Zone, s.Quiet = "", news.Quiet{From: 1320, To: 420, Breaking: true} }),
			"• Quiet hours from 22:00 to 07:00 (UTC): what comes then is told by a catch-up when they end. Breaking stories are posted all the same.",
		},
		{
			"schedule quiet",
			[]string{"from", "22:00", "to", "24:00"},
			with(func(s *news.Settings) { s.Quiet = news.Quiet{From: 1320} }),
			"Quiet hours from 22:00 to 00:00 (Europe/Berlin): what comes then is told by a catch-up when they end. Breaking stories wait too.",
		},
		{
			"schedule digest",
			[]string{"every", "daily", "alerts", "off"},
			with(func(s *news.Settings) { s.Digest, s.DigestOnly = news.DigestPlan{Every: news.Daily, Minute: 480}, true }),
			"It comes without a notification. No story is posted beside it.",
		},
		{"schedule quiet", []string{"from", "off"}, before, "• No quiet hours."},
		{"schedule quiet", []string{"from", "22:00"}, before, "`to` is missing. Write it as 07:00."},
		{"schedule quiet", []string{"from", "late", "to", "07:00"}, before, "`from` is not a time I can read: “late”. Write it as 22:00. `from:off` ends the quiet hours."},
		{"schedule quiet", []string{"from", "7:00", "to", "07:00"}, before, "would be none"},
		{"schedule limit", []string{"messages", "3"}, with(func(s *news.Settings) { s.PerHour = 3 }), "• At most 3 new messages an hour; what comes above is told together at the next full hour."},
		{"schedule limit", []string{"messages", "101"}, before, "`messages` must be a whole number from 1 to 100."},
		{"schedule limit", nil, before, "• At most 6 new messages an hour, as usual here; what comes above is told together at the next full hour."},
		{"schedule show", nil, before, "It follows no topic yet, so there is nothing to tell: `/subscribe` adds one."},
	}
	for _, tt := range tests {
		d := &diary{channel: news.Channel{Guild: "1", ID: "777", Settings: before}}
		c := bot.NewCommands(bot.Options{Subscriptions: &shelf{}, Schedules: d, Now: clock, Console: bot.Console{Program: bot.Program{PerHour: 6}}})
		r := handle(t, c, run(tt.command, append(tt.options, "channel", "777")...))
		if !r.Ephemeral || !strings.Contains(r.Message.Content, tt.says) {
			t.Errorf("%s %v: said %q, want %q", tt.command, tt.options, r.Message.Content, tt.says)
		}
		if got := d.channel.Settings; got.Zone != tt.want.Zone || got.Quiet != tt.want.Quiet || got.Digest != tt.want.Digest || got.DigestOnly != tt.want.DigestOnly || got.PerHour != tt.want.PerHour || got.Least != news.ClassMajor {
			t.Errorf("%s %v: set %+v, want %+v", tt.command, tt.options, got, tt.want)
		}
	}
}

// M26
func TestSchedule_IsOfOneServer(t *testing.T) {
	t.Parallel()
	d := &diary{channel: news.Channel{Guild: "2", ID: "777"}}
	c := bot.NewCommands(bot.Options{Subscriptions: &shelf{}, Schedules: d, Now: clock})
	for _, in := range []message.Interaction{run("schedule limit", "messages", "3", "channel", "777"), run("schedule show", "channel", "777")} {
		if r := handle(t, c, in); !strings.Contains(r.Message.Content, "<#777> belongs to another server") || d.channel.PerHour != 0 {
			t.Errorf("%s: %q", in.Command, r.Message.Content)
		}
	}
	direct := run("schedule quiet", "from", "off")
	direct.Guild = ""
	if r := handle(t, c, direct); !strings.Contains(r.Message.Content, "works in a server's channel") {
		t.Errorf("in a direct message: %q", r.Message.Content)
	}
	for _, cmd := range c.List() {
		if cmd.Name == "schedule" && (!cmd.ManageGuild || !cmd.GuildOnly) {
			t.Error("members can use /schedule")
		}
	}
}

func TestSchedule_SuggestsZones(t *testing.T) {
	t.Parallel()
	c := bot.NewCommands(bot.Options{Now: clock})
	ask := func(typed string) []string {
		return handleChoices(t, c, message.Interaction{Kind: message.KindAutocomplete, Command: "schedule digest", Focused: "zone", Options: map[string]string{"zone": typed}})
	}
	for typed, want := range map[string]string{
		"berl":     "Europe/Berlin · now 13:00=Europe/Berlin",
		"new york": "America/New_York · now 08:00=America/New_York",
		"kathm":    "Asia/Kathmandu · now 17:45=Asia/Kathmandu",
		"utc":      "UTC · now 12:00=UTC",
	} {
		if got := ask(typed); len(got) == 0 || got[0] != want {
			t.Errorf("%q: %v, want %s first", typed, got, want)
		}
	}
	if got := ask(""); len(got) != message.MaxChoices {
		t.Errorf("%d suggestions for nothing typed", len(got))
	}
	if got := ask("nowhere"); len(got) != 0 {
		t.Errorf("for no place: %v", got)
	}
}
