package main

import (
	"bytes"
	"io"
	"net/http"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"newsdesk/bot/discordtest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// screen is a buffer that can be read while it is written to.
type screen struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *screen) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *screen) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

func TestRun_PrintsWhatABotNeeds(t *testing.T) {
	t.Parallel()
	var out screen
	in := strings.NewReader("help\ncommands\nproblems\n#world\n#nowhere\n!\n")
	args := []string{"-addr", "127.0.0.1:0", "-forums", "stories=World/Sports!, quiet", "-roles", "alarm,staff!"}
	if err := run(t.Context(), args, in, &out, io.Discard); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`api_url = "http://127\.0\.0\.1:\d+/api"`, `token   = "test-token"`, `guild   \d+ Newsroom`, `channel \d+ #world`, `forum   \d+ #stories\n +\d+ World\n +\d+ Sports\nforum   \d+ #quiet\nrole    \d+ @alarm\nrole    \d+ @staff`,
		`/latest topic:world`, `You are in #world\.`, `There is no channel "nowhere"`, `press what\?`,
	} {
		if !regexp.MustCompile(want).MatchString(out.String()) {
			t.Errorf("no %s in\n%s", want, out.String())
		}
	}
}

// TestRun_AnswersOfABot runs a small bot against the command and types to it.
func TestRun_AnswersOfABot(t *testing.T) {
	t.Parallel()
	var out screen
	in, typed := io.Pipe()
	ended := make(chan error, 1)
	go func() { ended <- run(t.Context(), []string{"-addr", "127.0.0.1:0"}, in, &out, io.Discard) }()
	transport := &toFake{address: regexp.MustCompile(`http://(127[0-9.:]+)/api`).FindStringSubmatch(wait(t, &out, "Type help"))[1]}
	bot, err := discordgo.New("Bot test-token")
	if err != nil {
		t.Fatal(err)
	}
	bot.Client = &http.Client{Transport: transport}
	bot.Identify.Intents = discordgo.IntentsGuilds
	bot.AddHandler(func(s *discordgo.Session, i *discordgo.InteractionCreate) {
		_ = s.InteractionRespond(i.Interaction, &discordgo.InteractionResponse{
			Type: discordgo.InteractionResponseChannelMessageWithSource,
			Data: &discordgo.InteractionResponseData{Content: "pong " + i.ApplicationCommandData().Options[0].StringValue(), Flags: discordgo.MessageFlagsEphemeral},
		})
		_, _ = s.ChannelMessageSend(i.ChannelID, "seen by all")
	})
	app, err := bot.Application("@me")
	if err != nil {
		t.Fatal(err)
	}
	option := &discordgo.ApplicationCommandOption{Type: discordgo.ApplicationCommandOptionString, Name: "word", Description: "d", Required: true}
	command := &discordgo.ApplicationCommand{Name: "ping", Description: "Answers", Options: []*discordgo.ApplicationCommandOption{option}}
	if _, err := bot.ApplicationCommandBulkOverwrite(app.ID, "", []*discordgo.ApplicationCommand{command}); err != nil {
		t.Fatal(err)
	}
	if err := bot.Open(); err != nil {
		t.Fatal(err)
	}
	_, _ = io.WriteString(typed, "commands\n/ping word:\"two words\"\n/ping\n")
	for _, want := range []string{"/ping word:…", "pong two words", "#news\n  seen by all", "option word is required"} {
		wait(t, &out, want)
	}
	_ = bot.Close()
	_ = typed.Close()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	transport.next.CloseIdleConnections()
}

// wait waits until a text stands on the screen and returns all of it.
func wait(t *testing.T, s *screen, text string) string {
	t.Helper()
	for limit := time.Now().Add(30 * time.Second); !strings.Contains(s.String(), text); runtime.Gosched() {
		if time.Now().After(limit) {
			t.Fatalf("no %q in\n%s", text, s.String())
		}
	}
	return s.String()
}

// toFake sends what is meant for discord.com to the fake.
type toFake struct {
	address string
	next    http.Transport
}

func (f *toFake) RoundTrip(req *http.Request) (*http.Response, error) {
	req = req.Clone(req.Context())
	req.URL.Scheme, req.URL.Host = "http", f.address
	return f.next.RoundTrip(req)
}

// What can be taken from a bot can be given back: permissions, and its place in
// the server.
func TestPrompt_TakesAndGivesBack(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{})
	guild := d.AddGuild("Newsroom")
	p := &prompt{d: d, denied: map[string]uint64{}, channel: addChannel(guild, "world+"), out: &lines{w: io.Discard}}
	if p.channel.Name != "world" || p.channel.Kind != discordtest.AnnouncementChannel {
		t.Errorf("channel %q of kind %v", p.channel.Name, p.channel.Kind)
	}
	all := p.channel.BotPermissions()
	for _, tt := range []struct {
		line string
		lost uint64
	}{
		{"deny history", discordtest.PermReadHistory},
		{"deny threads", discordtest.PermReadHistory | discordtest.PermCreatePublicThreads},
		{"allow history", discordtest.PermCreatePublicThreads},
		{"allow threads", 0},
		{"deny nonsense", 0},
	} {
		p.do(t.Context(), tt.line)
		if got := p.channel.BotPermissions(); got != all&^tt.lost {
			t.Errorf("%s: permissions %b, want %b", tt.line, got, all&^tt.lost)
		}
	}
	p.do(t.Context(), "kick")
	if d.Channel(p.channel.ID) != nil {
		t.Error("kicked, and the channel is still seen")
	}
	p.do(t.Context(), "invite")
	if d.Channel(p.channel.ID) == nil {
		t.Error("invited again, and the channel is not seen")
	}
	p.do(t.Context(), "delete")
	if d.Channel(p.channel.ID) != nil {
		t.Error("the channel was not deleted")
	}
}

func TestRun_OnlyLoopback(t *testing.T) {
	t.Parallel()
	for _, addr := range []string{"0.0.0.0:0", "8.8.8.8:80", "nonsense"} {
		if err := run(t.Context(), []string{"-addr", addr}, strings.NewReader(""), io.Discard, io.Discard); err == nil || !strings.Contains(err.Error(), "loopback") {
			t.Errorf("%s: %v", addr, err)
		}
	}
}

func TestParseCommand(t *testing.T) {
	t.Parallel()
	got := parseCommand(`feed add url:https://example.org words:"two words" n:`)
	if diff := cmp.Diff("feed add", got.Command); diff != "" {
		t.Error(diff)
	}
	want := map[string]any{"url": "https://example.org", "words": "two words", "n": ""}
	if diff := cmp.Diff(want, got.Options); diff != "" {
		t.Error(diff)
	}
}

func FuzzParseCommand(f *testing.F) {
	f.Add(`latest topic:world "`)
	f.Fuzz(func(t *testing.T, line string) {
		if in := parseCommand(line); in.Command == "" {
			t.Errorf("%q names no command", line)
		}
	})
}
