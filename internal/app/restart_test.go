package app_test

import (
	"slices"
	"testing"
	"time"

	"newsdesk/bot/discordtest"
)

// A restart is no reason to ask Discord for anything before the time is over
// that it asked to be left alone.
func TestSystem_RetryAfterOutlivesARestart(t *testing.T) { // M18
	t.Parallel()
	s := newSystem(t)
	wire := s.outlet("Wire")
	s.config.Subscriptions = append(s.config.Subscriptions, subscription(s.channel.ID, "world"))
	s.start()
	const wait = 7 * time.Second // more than a call waits by itself
	s.discord.FailNext("POST", "/channels/*/messages", discordtest.FaultRateLimitedGlobal(wait))
	s.publish(wire, "Wire", "ferry", "Ferry runs aground off Lorhaven with 40 people aboard",
		"A ferry with 40 people aboard ran aground on a sandbank off Lorhaven on Tuesday, the coast guard said.",
		"Nobody was hurt. Two lifeboats reached the ship within half an hour, the harbour office of Lorhaven said.")
	refused := func() int {
		return slices.IndexFunc(s.discord.Requests(), func(r discordtest.Request) bool { return r.Status == 429 })
	}
	s.wait("the refusal", func() bool { return refused() >= 0 })
	s.stop()
	s.start()
	s.wait("the alert", func() bool { return len(s.channel.Messages()) == 1 })
	sent := s.discord.Requests()[refused():]
	for _, r := range sent[1:] {
		if after := r.At.Sub(sent[0].At); after < wait {
			t.Errorf("%s %s was sent %s after the refusal, want %s", r.Method, r.Path, after, wait)
		}
	}
}
