package app_test

import (
	"strings"
	"testing"
	"time"

	"newsdesk/bot/discordtest"
	"newsdesk/digest"
)

// A manager sets a channel's digest and quiet hours in Discord; they hold after a
// restart, and members read the digest of the day at any time.
func TestSystem_ScheduleAndDigest(t *testing.T) { // M1, M14, M15, M21
	t.Parallel()
	s := newSystem(t)
	wire := s.outlet("Wire")
	s.start()
	set := func(command string, options map[string]any) discordtest.Message {
		t.Helper()
		return s.do(discordtest.Interaction{Command: command, Options: options, Permissions: manageGuild})
	}
	s.shows(set("subscribe", map[string]any{"topic": "world"}), "World")
	zones, err := s.discord.Interact(t.Context(), discordtest.Interaction{
		Channel: s.channel, Command: "schedule digest", Focused: "zone", Options: map[string]any{"every": "daily", "zone": "kathm"}, Permissions: manageGuild,
	})
	if err != nil || len(zones.Choices) != 1 || zones.Choices[0].Value != "Asia/Kathmandu" {
		t.Fatalf("suggested %+v (%v)", zones.Choices, err)
	}
	s.shows(set("schedule digest", map[string]any{"every": "daily", "time": "8:30", "zone": zones.Choices[0].Value}),
		"A digest every day at 08:30 (Asia/Kathmandu)")
	there := time.Now().In(digest.ZoneOr("Asia/Kathmandu"))
	from, to := there.Add(-time.Hour).Format("15:04"), there.Add(2*time.Hour).Format("15:04")
	quiet := "Quiet hours from " + from + " to " + to
	s.shows(set("schedule quiet", map[string]any{"from": from, "to": to, "breaking": "hold"}), quiet, "the next digest")
	s.shows(set("schedule limit", map[string]any{"messages": 3}), "At most 3 new messages an hour")
	if _, err := s.discord.Interact(t.Context(), discordtest.Interaction{Channel: s.channel, Command: "schedule show"}); err == nil {
		t.Error("members can use /schedule")
	}
	s.publish(wire, "Wire", "ferry", "Ferry runs aground off Lorhaven with 40 people aboard",
		"A ferry with 40 people aboard ran aground on a sandbank off Lorhaven on Tuesday, the coast guard said.",
		"Nobody was hurt. Two lifeboats reached the ship within half an hour, the harbour office of Lorhaven said.")
	latest := func() discordtest.Message { return s.do(discordtest.Interaction{Command: "latest"}) }
	s.wait("the story", func() bool { return strings.Contains(text(latest()), "Lorhaven") })
	s.stop()
	s.start()
	s.shows(set("schedule show", nil), "A digest every day at 08:30 (Asia/Kathmandu)", quiet, "At most 3 new messages an hour")
	page := s.do(discordtest.Interaction{Command: "digest"})
	s.shows(page, "World · ", "1 article, 1 story, 0 shown.", "Nothing to tell: no story was reported by two sources.")
	share := page.Buttons[len(page.Buttons)-1].CustomID
	s.shows(s.do(discordtest.Interaction{Custom: share, MessageID: page.ID}), "World · ", "Nothing to tell")
	for _, m := range s.channel.Messages() {
		if strings.Contains(m.Content, "Lorhaven") {
			t.Errorf("posted in the quiet hours: %s", text(m))
		}
	}
}
