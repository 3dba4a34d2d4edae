package main

import (
	"math/rand/v2"
	"time"

	"newsdesk/bot/discordtest"
	"newsdesk/feeds/feedstest"
)

// spoilRequests plans one failure of the next request of a kind.
func (s *soak) spoilRequests(r *rand.Rand) {
	type target struct{ method, pattern string }
	posts := []target{{"POST", "/channels/*/messages"}, {"PATCH", "/channels/*/messages/*"}, {"POST", "/channels/*/messages/*/threads"}}
	answers := target{"POST", "/interactions/*/*/callback"}
	failures := []discordtest.Fault{
		discordtest.FaultStatus(500), discordtest.FaultStatus(502), discordtest.FaultStatus(503), discordtest.FaultStatus(504),
		discordtest.FaultStatusAfter(500), discordtest.FaultStatusAfter(504), discordtest.FaultCutBefore(), discordtest.FaultCutAfter(),
		discordtest.FaultTruncatedJSON(), discordtest.FaultSlowBody(300 * time.Millisecond),
	}
	limits := []discordtest.Fault{
		discordtest.FaultRateLimited(time.Second), discordtest.FaultRateLimited(8 * time.Second), discordtest.FaultRateLimitedShared(2 * time.Second),
		discordtest.FaultRateLimitedGlobal(time.Second),
	}
	// Threads are opened seldom: as many failures as of the others would leave none
	// that can be opened.
	to := posts[[]int{0, 0, 0, 0, 0, 1, 1, 1, 1, 2}[r.IntN(10)]]
	switch {
	case s.discord.PendingFaults() > 6 || to.pattern == posts[2].pattern && r.IntN(3) > 0:
	case r.IntN(5) == 0:
		s.discord.FailNext(answers.method, answers.pattern, failures[r.IntN(len(failures))])
		s.counted("answers")
	case r.IntN(8) == 0:
		s.discord.FailNext(to.method, to.pattern, limits[r.IntN(len(limits))])
		s.counted("rate limits")
	default:
		s.discord.FailNext(to.method, to.pattern, failures[r.IntN(len(failures))])
		s.counted("requests")
	}
}

func (s *soak) counted(table string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults[table]++
}

// spoilFeed breaks one feed and mends another. A feed that says it is gone is
// retired for good, and one that has moved is another; and what three serve is
// news. These are left out.
func (s *soak) spoilFeed(r *rand.Rand) {
	kinds := []feedstest.Fault{
		feedstest.NotModified, feedstest.TooManyRequests, feedstest.Unavailable, feedstest.ServerError, feedstest.NotFound, feedstest.Slow, feedstest.Drip,
		feedstest.Reset, feedstest.Truncated, feedstest.CutConnection, feedstest.UndeclaredGzip, feedstest.HTMLInstead, feedstest.Empty,
		feedstest.NewETag, feedstest.MovedForNow, feedstest.PrivateRedirect, feedstest.FileRedirect, feedstest.Loop, feedstest.EndlessRedirect,
		feedstest.GzipBomb, feedstest.DeepXML,
	}
	s.feeds[r.IntN(len(s.feeds))].SetFault(kinds[r.IntN(len(kinds))])
	s.counted("feeds")
	for range 2 {
		s.feeds[r.IntN(len(s.feeds))].SetFault(feedstest.None)
	}
}

// forbid takes a permission away in one channel and gives all back in another.
func (s *soak) forbid(r *rand.Rand) {
	const sendMessages, embedLinks, viewChannel = 1 << 11, 1 << 14, 1 << 10
	some := s.channels[r.IntN(20)]
	some.SetPermissions(s.discord.BotID(), 0, []uint64{sendMessages, embedLinks, viewChannel}[r.IntN(3)])
	s.counted("permissions")
	for range 3 {
		s.channels[r.IntN(20)].SetPermissions(s.discord.BotID(), 0, 0)
	}
}

// annoy does to the gateway's connection what it must survive.
func (s *soak) annoy(r *rand.Rand) {
	things := []func(){
		s.discord.SendUnknownEvent, s.discord.SendWrongKind, s.discord.SendUnknownComponent, s.discord.RequestHeartbeat, s.discord.SwapNext,
		func() { s.discord.DuplicateNext(3) },
		func() {
			s.discord.Pause(true)
			s.discord.Flood(500)
			s.discord.Pause(false)
		},
		func() { s.discord.SendRaw([]byte(`{"op":0,"t":"GUILD_CREATE","d":null}`)) },
		func() { s.shutOut(r) },
	}
	things[r.IntN(len(things))]()
	s.counted("gateway events")
}

// shutOut has Discord's edge refuse the bot's address for a while, in which
// nobody can be answered, and waits until the bot has served it: what it is
// told to wait is rounded up to a second.
func (s *soak) shutOut(r *rand.Rand) {
	d := time.Duration(1+r.IntN(2)) * time.Second
	s.discord.ShutOut(d)
	s.counted("shut out")
	over := time.Now().Add(d + 1500*time.Millisecond)
	s.wait("the ban to end", time.Minute, func() bool { return time.Now().After(over) })
}

// breakConnection ends the gateway's connection in one of the ways that
// happen, and waits until the bot is back.
func (s *soak) breakConnection(r *rand.Rand) {
	s.Helper()
	things := []func(){
		s.discord.Reconnect, s.discord.DropConnections, s.discord.HalfFrame,
		func() { s.discord.InvalidSession(true) },
		func() { s.discord.InvalidSession(false) },
		func() { s.discord.CloseWith(4000) },
		func() { s.discord.CloseWith(4009) },
		func() { s.discord.CloseWith(1001) },
		func() { s.discord.StopAcks(true) },
		func() { s.discord.ReconnectHellos(1); s.discord.DropConnections() },
		func() { s.discord.ReconnectIdentifies(1); s.discord.DropConnections() },
		func() { s.discord.InvalidIdentifies(1); s.discord.DropConnections() },
	}
	before := len(s.discord.Connections())
	start := time.Now()
	things[r.IntN(len(things))]()
	s.counted("connections")
	s.wait("the bot to connect again", 2*time.Minute, func() bool {
		again := len(s.discord.Connections()) > before
		if again {
			s.discord.StopAcks(false)
		}
		return again && s.discord.Connected()
	})
	s.mu.Lock()
	defer s.mu.Unlock()
	s.recovered = append(s.recovered, time.Since(start))
}
