package discord_test

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"newsdesk/bot/discord"
	"newsdesk/bot/discordtest"
	"newsdesk/bot/message"
)

// bound is how long a test waits for what must happen.
const bound = 30 * time.Second

// desk is a handler as simple as can be.
type desk struct {
	handle func(ctx context.Context, in message.Interaction) (message.Reply, error)
}

var fileOption = []message.Option{{Name: "file", Description: "Any file", Kind: message.OptionFile, Required: true}}

func (desk) List() []message.Command {
	return []message.Command{
		{Name: "ping", Description: "Are you there?", Options: []message.Option{
			{Name: "word", Description: "Any word", Kind: message.OptionString, Autocomplete: true},
			{Name: "channel", Description: "Any channel", Kind: message.OptionChannel},
			{Name: "hours", Description: "Any number", Kind: message.OptionInteger, Min: 1, Max: 72},
		}},
		{Name: "think", Description: "Takes its time", Slow: true},
		{Name: "tell", Description: "Takes its time, for all", Slow: true, Public: true},
		{Name: "manage", Description: "For those who manage", ManageGuild: true, GuildOnly: true},
		{Name: "file", Description: "Takes a file", Options: fileOption},
		{Name: "filing", Description: "Takes a file, and its time", Slow: true, Options: fileOption},
		{Name: "plan", Description: "Plans", Subcommands: []message.Command{
			{Name: "day", Description: "Plans a day", Slow: true, Options: []message.Option{{Name: "word", Description: "Any word", Kind: message.OptionString, Autocomplete: true}}},
			{Name: "week", Description: "Plans a week"},
		}},
	}
}

func (d desk) Handle(ctx context.Context, in message.Interaction) (message.Reply, error) {
	if d.handle != nil {
		return d.handle(ctx, in)
	}
	if in.Kind == message.KindAutocomplete {
		return message.Reply{Choices: []message.Choice{{Name: "You typed " + in.Options[in.Focused], Value: "v"}}}, nil
	}
	return message.Reply{Message: message.Message{Content: "pong"}, Ephemeral: true}, nil
}

// rig is a running bot at a fake Discord.
type rig struct {
	fake    *discordtest.Server
	channel *discordtest.Channel
	bot     *discord.Client
	ended   chan error // Run's result
	stop    context.CancelFunc
}

// quick holds timings that make a failure and its repair take milliseconds. For a
// connection there is more time: where a loaded machine takes longer, there are two.
func quick() discord.Timing {
	return discord.Timing{
		Open: 5 * time.Second, BackoffMin: 5 * time.Millisecond, BackoffMax: 50 * time.Millisecond,
		IdentifyGap: time.Millisecond, IdentifyEvery: time.Millisecond, IdentifyBurst: 100,
		Register: 10 * time.Millisecond, Drain: 2 * time.Second,
	}
}

func options(fake *discordtest.Server) discord.Options {
	return discord.Options{
		Token: fake.Token(), APIURL: fake.APIURL(), Log: slog.New(slog.DiscardHandler), Now: time.Now, Timing: quick(),
	}
}

// start starts a bot; before runs when the fake is there and the bot is not.
func start(t *testing.T, fo discordtest.Options, h discord.Handler, before func(*discordtest.Server)) *rig {
	t.Helper()
	fake := discordtest.New(t, fo)
	r := &rig{fake: fake, channel: fake.AddGuild("Newsroom").AddTextChannel("world"), ended: make(chan error, 1)}
	if before != nil {
		before(fake)
	}
	bot, err := discord.New(options(fake), h)
	if err != nil {
		t.Fatal(err)
	}
	r.bot = bot
	ctx, cancel := context.WithCancel(t.Context())
	r.stop = cancel
	done := make(chan struct{})
	go func() {
		defer close(done)
		r.ended <- bot.Run(ctx)
	}()
	t.Cleanup(func() {
		cancel()
		<-done
	})
	return r
}

// until waits for a condition.
func until(t *testing.T, what string, cond func() bool) {
	t.Helper()
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	end := time.NewTimer(bound)
	defer end.Stop()
	for !cond() {
		select {
		case <-tick.C:
		case <-end.C:
			t.Fatalf("waited %s in vain: %s", bound, what)
		}
	}
}

// up waits until the bot is connected for the nth time.
func (r *rig) up(t *testing.T, n int) {
	t.Helper()
	until(t, "connection", func() bool { return r.bot.Status().Identifies >= n && r.bot.Ready() && r.fake.Connected() })
}

// ask makes an interaction and checks that it is answered.
func (r *rig) ask(t *testing.T, in discordtest.Interaction) *discordtest.Response {
	t.Helper()
	if in.Channel == nil {
		in.Channel = r.channel
	}
	ctx, cancel := context.WithTimeout(t.Context(), bound)
	defer cancel()
	if err := r.fake.WaitCommands(ctx, len(desk{}.List())); err != nil {
		t.Fatal(err)
	}
	resp, err := r.fake.Interact(ctx, in)
	if err != nil {
		t.Fatalf("%v; the bot: %+v; connections: %+v", err, r.bot.Status(), r.fake.Connections())
	}
	return resp
}

func (r *rig) pong(t *testing.T) {
	t.Helper()
	if resp := r.ask(t, discordtest.Interaction{Command: "ping"}); resp.Message.Content != "pong" || !resp.Ephemeral {
		t.Fatalf("answered %+v", resp.Message)
	}
}

// Each row of the faults that discordgo has, one after the other on one bot:
// after each it answers again. (discordgo takes a second to let go of a
// connection; that goes on beside.)
func TestRun_RecoversFromGatewayFaults(t *testing.T) {
	t.Parallel()
	r := start(t, discordtest.Options{}, desk{}, nil)
	r.up(t, 1)
	r.pong(t)
	closing := func(code int) func() { return func() { r.fake.CloseWith(code) } }
	for _, f := range []struct {
		name  string
		fault func()
	}{
		{"reconnect (op 7)", r.fake.Reconnect},
		{"invalid session (op 9), not resumable", func() { r.fake.InvalidSession(false) }},
		{"invalid session (op 9), resumable", func() { r.fake.InvalidSession(true) }},
		{"invalid session as the first answer, twice", func() {
			r.fake.InvalidIdentifies(2)
			r.fake.DropConnections()
		}},
		{"cut without a close frame", r.fake.DropConnections},
		{"close 1000", closing(1000)},
		{"close 1001", closing(1001)},
		{"close 4000", closing(4000)},
		{"close 4007", closing(4007)},
		{"close 4008", closing(4008)},
		{"close 4009", closing(4009)},
	} {
		n := r.bot.Status().Identifies
		f.fault()
		t.Log(f.name)
		r.up(t, n+1)
		r.pong(t)
	}
}

// A connection that looks open and is dead is found by its heartbeats, within
// two intervals.
func TestRun_FindsDeadConnections(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name       string
		kill, heal func(*discordtest.Server)
	}{
		{"half a frame, then nothing", (*discordtest.Server).HalfFrame, func(*discordtest.Server) {}},
		{"no acknowledgements", func(s *discordtest.Server) { s.StopAcks(true) }, func(s *discordtest.Server) { s.StopAcks(false) }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := start(t, discordtest.Options{HeartbeatInterval: time.Second}, desk{}, nil)
			r.up(t, 1)
			r.pong(t)
			tt.kill(r.fake)
			r.up(t, 2)
			tt.heal(r.fake)
			r.pong(t)
			if code := r.fake.Connections()[0].CloseCode; code != 4000 {
				t.Errorf("closed with %d", code)
			}
		})
	}
}

// A greeting that does not come, or comes wrong, must not hold the bot up.
func TestRun_RecoversFromFailedGreetings(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name          string
		before, after func(*discordtest.Server)
	}{
		{"no HELLO", func(s *discordtest.Server) { s.WithholdHello(true) }, func(s *discordtest.Server) { s.WithholdHello(false) }},
		{"no READY", func(s *discordtest.Server) { s.WithholdReady(true) }, func(s *discordtest.Server) { s.WithholdReady(false) }},
		{"invalid session first", func(s *discordtest.Server) { s.InvalidIdentifies(3) }, func(*discordtest.Server) {}},
		{"closed on IDENTIFY", func(s *discordtest.Server) { s.CloseOnIdentify(4000) }, func(*discordtest.Server) {}},
		{"the API is down", func(s *discordtest.Server) {
			s.FailNext("GET", "/gateway/bot", discordtest.FaultStatus(500), discordtest.FaultStatus(503), discordtest.FaultCutBefore(), discordtest.FaultTruncatedJSON())
		}, func(*discordtest.Server) {}},
		{"commands refused for a while", func(s *discordtest.Server) {
			s.FailNext("PUT", "/applications/*/commands", discordtest.FaultStatus(500))
		}, func(*discordtest.Server) {}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := start(t, discordtest.Options{}, desk{}, tt.before)
			if strings.HasPrefix(tt.name, "no ") {
				until(t, "a second connection", func() bool { return len(r.fake.Connections()) >= 2 })
			}
			tt.after(r.fake)
			r.up(t, 1)
			r.pong(t)
		})
	}
}

// What the gateway may send and discordgo cannot bear passes by unharmed: the
// same connection goes on.
func TestRun_SurvivesOddEvents(t *testing.T) {
	t.Parallel()
	r := start(t, discordtest.Options{}, desk{}, nil)
	r.up(t, 1)
	for _, e := range []struct {
		name string
		odd  func(*discordtest.Server)
	}{
		{"unknown event", func(s *discordtest.Server) { s.SendUnknownEvent() }},
		{"fields of a wrong kind", func(s *discordtest.Server) { s.SendWrongKind() }},
		{"unknown component", func(s *discordtest.Server) { s.SendUnknownComponent() }},
		{"null, lists and rubbish", func(s *discordtest.Server) {
			for _, m := range []string{`null`, `[]`, `"x"`, `{"op":0,"t":"GUILD_CREATE","d":null}`, `{"op":0,"t":"GUILD_UPDATE","d":[]}`, `{`, ``, "\x00\xff"} {
				s.SendRaw([]byte(m))
			}
		}},
		{"a server of nulls", func(s *discordtest.Server) {
			s.SendEvent("GUILD_CREATE", json.RawMessage(`{"id":"77","channels":[null],"members":[null],"voice_states":[null]}`))
			s.SendEvent("READY", json.RawMessage(`{"guilds":[null]}`))
			s.SendEvent("VOICE_SERVER_UPDATE", json.RawMessage(`null`))
		}},
		{"heartbeat asked for", func(s *discordtest.Server) { s.RequestHeartbeat() }},
		{"pause and flood", func(s *discordtest.Server) {
			s.Pause(true)
			s.Flood(2000)
			s.Pause(false)
		}},
		{"events twice", func(s *discordtest.Server) { s.DuplicateNext(3) }},
	} {
		t.Log(e.name)
		e.odd(r.fake)
		r.pong(t)
		r.pong(t)
		if n := r.bot.Status().Identifies; n != 1 {
			t.Fatalf("%s: %d IDENTIFYs, want the first connection to last (%s)", e.name, n, r.bot.Status().LastError)
		}
	}
}

func TestRun_FatalErrorsSayWhatToDo(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		before func(*discordtest.Server)
		want   string
	}{
		{"4004", func(s *discordtest.Server) { s.CloseOnIdentify(4004) }, "copy it anew from the developer portal > Bot > Reset Token"},
		{"4010", func(s *discordtest.Server) { s.CloseOnIdentify(4010) }, "shard"},
		{"4011", func(s *discordtest.Server) { s.CloseOnIdentify(4011) }, "shard"},
		{"4012", func(s *discordtest.Server) { s.CloseOnIdentify(4012) }, "newer release"},
		{"4013", func(s *discordtest.Server) { s.CloseOnIdentify(4013) }, "intents"},
		{"4014", func(s *discordtest.Server) { s.CloseOnIdentify(4014) }, "intents"},
		{"401", func(s *discordtest.Server) {
			s.FailNext("GET", "/gateway/bot", discordtest.FaultError(401, 0, "401: Unauthorized"))
		}, "Reset Token"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := start(t, discordtest.Options{Lenient: true}, desk{}, tt.before)
			end := time.NewTimer(bound)
			defer end.Stop()
			select {
			case err := <-r.ended:
				var fatal *discord.FatalError
				if !errors.As(err, &fatal) || !strings.Contains(err.Error(), tt.want) {
					t.Errorf("ended with %v", err)
				}
				if strings.Contains(err.Error(), r.fake.Token()) {
					t.Errorf("%v holds the token", err)
				}
			case <-end.C:
				t.Fatal("Run goes on")
			}
			if r.bot.Ready() || r.bot.Status().LastError == "" {
				t.Errorf("status %+v", r.bot.Status())
			}
		})
	}
}

// A token revoked while the bot runs ends it too, by whichever way it shows.
func TestRun_EndsWhenTheTokenIsRevoked(t *testing.T) {
	t.Parallel()
	r := start(t, discordtest.Options{Lenient: true}, desk{}, nil)
	r.up(t, 1)
	r.fake.FailNext("POST", "/channels/*/messages", discordtest.FaultError(401, 0, "401: Unauthorized"))
	if _, err := r.bot.Create(t.Context(), r.channel.ID, message.Message{Content: "x"}, "n"); err == nil {
		t.Fatal("posted")
	}
	var fatal *discord.FatalError
	if err := <-r.ended; !errors.As(err, &fatal) {
		t.Errorf("ended with %v", err)
	}
}

// M1: nothing privileged is asked for.
func TestRun_AsksForGuildsOnlyAndSaysGoodbye(t *testing.T) {
	t.Parallel()
	r := start(t, discordtest.Options{}, desk{}, nil)
	r.up(t, 1)
	until(t, "the server list", func() bool { return r.bot.Status().Guilds == 1 })
	r.stop()
	if err := <-r.ended; err != nil {
		t.Error(err)
	}
	until(t, "the close frame", func() bool { return !r.fake.Connections()[0].Open })
	c := r.fake.Connections()
	if len(c) != 1 || c[0].Intents != 1 || c[0].CloseCode != 1000 || c[0].Resumed {
		t.Errorf("connections %+v", c)
	}
}

func TestRun_EndsWhileItOpens(t *testing.T) {
	t.Parallel()
	r := start(t, discordtest.Options{}, desk{}, func(s *discordtest.Server) { s.WithholdHello(true) })
	until(t, "a connection", func() bool { return len(r.fake.Connections()) > 0 })
	r.stop()
	if err := <-r.ended; err != nil {
		t.Error(err)
	}
}

// Commands are written when they differ, and only then.
func TestRun_RegistersCommandsOnlyWhenTheyDiffer(t *testing.T) {
	t.Parallel()
	r := start(t, discordtest.Options{}, desk{}, nil)
	until(t, "the commands", func() bool { return len(r.bot.CommandIDs()) == len(desk{}.List()) })
	r.stop()
	if err := <-r.ended; err != nil {
		t.Error(err)
	}
	again, err := discord.New(options(r.fake), desk{})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- again.Run(ctx) }()
	until(t, "the commands", func() bool { return len(again.CommandIDs()) == len(desk{}.List()) })
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
	writes := 0
	for _, req := range r.fake.Requests() {
		if req.Method == "PUT" {
			writes++
		}
	}
	if writes != 1 {
		t.Errorf("%d writes, want 1", writes)
	}
}
