package discord_test

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"newsdesk/bot/discord"
	"newsdesk/bot/discordtest"
	"newsdesk/bot/message"
	"newsdesk/outbox"
)

// posts checks that the bot posts, and answers.
func (r *rig) posts(t *testing.T) {
	t.Helper()
	n := len(r.channel.Messages())
	if _, err := r.bot.Create(t.Context(), r.channel.ID, message.Message{Content: "news"}, "post"+strconv.Itoa(n)); err != nil {
		t.Fatal(err)
	}
	if got := len(r.channel.Messages()); got != n+1 {
		t.Fatalf("%d messages, want %d", got, n+1)
	}
	r.pong(t)
}

// Whatever code the gateway closes with, but for those after which a person
// must act, the bot is back, with a new session and never with a RESUME, which
// is where the library hangs.
func TestRun_RecoversFromAnyClose(t *testing.T) {
	t.Parallel()
	r := start(t, discordtest.Options{NoRateLimits: true}, desk{}, nil)
	r.up(t, 1)
	for _, code := range []int{1000, 1001, 1006, 1011, 1012, 3000, 4000, 4001, 4002, 4003, 4005, 4006, 4007, 4008, 4009, 4999} {
		n := r.bot.Status().Identifies
		r.fake.CloseWith(code)
		r.up(t, n+1)
		r.posts(t)
	}
	for _, c := range r.fake.Connections() {
		if c.Resumed {
			t.Error("the bot resumed a session")
		}
	}
}

// The gateway's orders are obeyed also where they come in place of a greeting,
// several times.
func TestRun_RecoversFromOrdersInPlaceOfAGreeting(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]func(*discordtest.Server){
		"reconnect in place of HELLO": func(s *discordtest.Server) { s.ReconnectHellos(2) },
		"reconnect in place of READY": func(s *discordtest.Server) { s.ReconnectIdentifies(3) },
		"both, then invalid sessions": func(s *discordtest.Server) {
			s.ReconnectHellos(1)
			s.ReconnectIdentifies(1)
			s.InvalidIdentifies(2)
		},
		"half a frame in place of HELLO": func(s *discordtest.Server) {
			s.WithholdHello(true)
			s.DropConnections()
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := start(t, discordtest.Options{}, desk{}, nil)
			r.up(t, 1)
			n := r.bot.Status().Identifies
			fault(r.fake)
			if strings.HasPrefix(name, "half") {
				until(t, "a connection that waits", func() bool { c := r.fake.Connections(); return len(c) > 1 && c[len(c)-1].Open })
				r.fake.HalfFrame()
				r.fake.WithholdHello(false)
			} else {
				r.fake.DropConnections()
			}
			r.up(t, n+1)
			r.posts(t)
		})
	}
}

// A fatal code that comes while the bot is at work ends it as well, with what
// to do.
func TestRun_FatalCloseWhileAtWork(t *testing.T) {
	t.Parallel()
	for code, want := range map[int]string{
		4004: "copy it anew from the developer portal > Bot > Reset Token", 4010: "shard", 4011: "shard", 4012: "install a newer release", 4013: "install a newer release", 4014: "install a newer release",
	} {
		t.Run(strconv.Itoa(code), func(t *testing.T) {
			t.Parallel()
			r := start(t, discordtest.Options{Lenient: true}, desk{}, nil)
			r.up(t, 1)
			r.fake.CloseWith(code)
			var fatal *discord.FatalError
			if err := <-r.ended; !errors.As(err, &fatal) || !strings.Contains(err.Error(), want) {
				t.Errorf("ended with %v, want %q", err, want)
			}
			if n := r.fake.Identifies(); n != 1 {
				t.Errorf("%d IDENTIFYs, want no further one", n)
			}
		})
	}
}

// Events out of order change nothing: interactions are answered all the same.
func TestRun_SurvivesSwappedEvents(t *testing.T) {
	t.Parallel()
	r := start(t, discordtest.Options{}, desk{}, nil)
	r.up(t, 1)
	for range 3 {
		r.fake.SwapNext()
		r.fake.SendUnknownEvent()
		r.posts(t)
	}
	if n := r.bot.Status().Identifies; n != 1 {
		t.Errorf("%d IDENTIFYs", n)
	}
}

// Two IDENTIFYs keep their distance, however often the connection is lost, and
// each is counted.
func TestRun_IdentifiesAreSpacedAndCounted(t *testing.T) {
	t.Parallel()
	const gap = 100 * time.Millisecond
	fake := discordtest.New(t, discordtest.Options{IdentifyInterval: gap})
	o := options(fake)
	o.Timing.IdentifyGap = gap + 500*time.Millisecond // the one before may have been long on its way
	bot, err := discord.New(o, nil)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- bot.Run(ctx) }()
	for n := 1; n <= 5; n++ {
		until(t, "connection", func() bool { return bot.Status().Identifies >= n && bot.Ready() })
		fake.DropConnections()
	}
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
	if n := fake.Identifies(); n < 5 || n > bot.Status().Identifies {
		t.Errorf("%d IDENTIFYs arrived, %d were counted", n, bot.Status().Identifies)
	}
	for _, c := range fake.Connections()[:5] {
		if !c.Identified {
			t.Error("an IDENTIFY came too early and was answered INVALID_SESSION")
		}
	}
}

// The day's IDENTIFYs are Discord's to count: a program that is started again
// and again knows of no earlier ones, and stops before the last is spent.
func TestRun_KeepsToTheSessionStartLimit(t *testing.T) {
	t.Parallel()
	fake := discordtest.New(t, discordtest.Options{SessionStarts: 3})
	asked := func() (n int) {
		for _, r := range fake.Requests() {
			if r.Path == "/gateway/bot" {
				n++
			}
		}
		return n
	}
	for i := 1; i <= 5; i++ { // five starts, of which three are allowed
		bot, err := discord.New(options(fake), nil)
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() { done <- bot.Run(ctx) }()
		until(t, "connection, or a refusal to connect", func() bool { return bot.Ready() || i > 3 && asked() >= i })
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	if n := fake.Identifies(); n != 3 {
		t.Errorf("%d IDENTIFYs, want the 3 that Discord allows", n)
	}
}

// A handler that panics costs one person one answer.
func TestRun_HandlersThatPanic(t *testing.T) {
	t.Parallel()
	var panics atomic.Int64
	r := start(t, discordtest.Options{}, desk{handle: func(_ context.Context, in message.Interaction) (message.Reply, error) {
		if in.Command == "manage" {
			panics.Add(1)
			panic("secret detail")
		}
		return message.Reply{Message: message.Message{Content: "pong"}, Ephemeral: true}, nil
	}}, nil)
	r.up(t, 1)
	for range 3 {
		resp := r.ask(t, discordtest.Interaction{Command: "manage", Permissions: 1 << 5})
		if !resp.Ephemeral || !strings.HasPrefix(resp.Message.Content, "Something went wrong on our side") {
			t.Errorf("answered %+v", resp.Message)
		}
		r.posts(t)
	}
	if n := r.bot.Status().Identifies; n != 1 || panics.Load() != 3 {
		t.Errorf("%d IDENTIFYs, %d panics", n, panics.Load())
	}
}

// M17: an answer that is late, cut off or lost leaves one message.
func TestSend_ExactlyOnceThroughSlowAnswers(t *testing.T) {
	t.Parallel()
	for name, f := range map[string]discordtest.Fault{
		"hangs":      discordtest.FaultHang(),
		"slow body":  discordtest.FaultSlowBody(time.Minute),
		"503":        discordtest.FaultStatus(503),
		"504":        discordtest.FaultStatus(504),
		"504, after": discordtest.FaultStatusAfter(504),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fake := discordtest.New(t, discordtest.Options{})
			ch := fake.AddGuild("Newsroom").AddTextChannel("world")
			o := options(fake)
			o.Timing.Request = 2 * time.Second // for the second, which is answered, as well
			bot, err := discord.New(o, nil)
			if err != nil {
				t.Fatal(err)
			}
			fake.FailNext("POST", "/channels/*/messages", f)
			if _, err := bot.Create(t.Context(), ch.ID, alert(), "n1"); err == nil || outbox.IsPermanent(err) {
				t.Fatalf("first: %v", err)
			}
			if _, err := bot.Create(t.Context(), ch.ID, alert(), "n1"); err != nil {
				t.Fatal(err)
			}
			if n := len(ch.Messages()); n != 1 {
				t.Errorf("%d messages", n)
			}
		})
	}
}
