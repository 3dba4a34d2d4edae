package app_test

import (
	"context"
	"errors"
	"fmt"
	"html"
	"io"
	"log/slog"
	"net/netip"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"newsdesk/bot/discordtest"
	"newsdesk/feeds/feedstest"
	"newsdesk/internal/app"
	"newsdesk/internal/config"
	"newsdesk/news"
	"newsdesk/store"
	"newsdesk/store/storetest"
)

// blank is the empty database that a system starts with.
var blank storetest.Template

func TestMain(m *testing.M) { goleak.VerifyTestMain(server.Around(m)) }

// system is the whole program, with a news server on one side and a Discord on
// the other.
type system struct {
	*testing.T
	discord *discordtest.Server
	guild   *discordtest.Guild
	channel *discordtest.Channel
	news    *feedstest.Server
	config  config.Config
	at      time.Time // when articles are published
	stop    func()    // ends the program and waits for it
	log     record
	skew    atomic.Int64 // nanoseconds by which the program's clock goes ahead
	reads   atomic.Int64 // times that the program began to read articles
	rests   atomic.Int64 // times that it read none any more
}

// record keeps what the program logs.
type record struct {
	mu   sync.Mutex
	text strings.Builder
}

// Write adds a line.
func (r *record) Write(b []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.text.Write(b)
}

// find returns what stands behind the text on its line, "" where there is no
// such line.
func (r *record) find(text string) string {
	r.mu.Lock()
	defer r.mu.Unlock()
	_, rest, _ := strings.Cut(r.text.String(), text)
	line, _, _ := strings.Cut(rest, "\n")
	return line
}

func newSystem(t *testing.T) *system {
	t.Helper()
	s := &system{T: t, discord: discordtest.New(t, discordtest.Options{}), news: feedstest.New(t), at: time.Now().Add(-time.Minute), stop: func() {}}
	s.guild = s.discord.AddGuild("Readers")
	s.channel = s.guild.AddTextChannel("world")
	c := config.Default()
	c.Database.Path = blank.New(t)
	c.Discord.Token = discordtest.DefaultToken
	c.Discord.APIURL = s.discord.APIURL()
	c.Poll.Interval = config.Interval(time.Second)
	c.Poll.InitialPosts = 5
	c.Posts.PerHour = 0
	c.HTTP.AllowPrivate = []config.Prefix{{Prefix: netip.MustParsePrefix("127.0.0.0/8")}}
	s.config = c
	return s
}

// outlet adds a feed to the configuration.
func (s *system) outlet(name string) *feedstest.Feed {
	f := s.news.Feed("/" + strings.ToLower(name) + ".xml")
	f.SetRSS(name)
	s.config.Feeds = append(s.config.Feeds, config.Feed{URL: f.URL(), Name: name, Topic: "world"})
	return f
}

// set changes the settings of the channel, as an admin would.
func (s *system) set(change func(*news.Settings)) {
	s.Helper()
	db, err := store.Open(s.Context(), s.config.Database.Path, slog.New(slog.DiscardHandler))
	if err != nil {
		s.Fatal(err)
	}
	_, err = db.EditChannel(s.Context(), news.GuildID(s.guild.ID), news.ChannelID(s.channel.ID), func(c *news.Settings) error {
		change(c)
		return nil
	})
	if err = errors.Join(err, db.Close()); err != nil {
		s.Fatal(err)
	}
}

// publish puts one article into a feed, with its page.
func (s *system) publish(f *feedstest.Feed, outlet, slug, title string, paragraphs ...string) {
	s.Helper()
	s.news.Page("/"+slug, page(outlet, title, paragraphs))
	f.SetRSS(outlet, feedstest.Item{
		Title: title, Link: s.news.URL("/" + slug), GUID: slug, Published: s.at, Summary: paragraphs[0],
	})
}

func page(outlet, title string, paragraphs []string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<!doctype html><html lang="en"><head><title>%s | %s</title></head><body><nav><a href="/">Home</a> <a href="/s">Sport</a></nav><article><h1>%s</h1>`,
		html.EscapeString(title), outlet, html.EscapeString(title))
	for _, p := range paragraphs {
		b.WriteString("<p>" + html.EscapeString(p) + "</p>\n")
	}
	b.WriteString("</article><footer>All rights reserved.</footer></body></html>")
	return b.String()
}

// start runs the program until the test ends, or until stop.
func (s *system) start() {
	s.Helper()
	a, err := app.Open(s.Context(), app.Options{
		Config: s.config, Version: "test", Now: func() time.Time { return time.Now().Add(time.Duration(s.skew.Load())) },
		Log: slog.New(slog.NewTextHandler(io.MultiWriter(s.Output(), &s.log), &slog.HandlerOptions{Level: slog.LevelInfo})),
		Reading: func(on bool) {
			if on {
				s.reads.Add(1)
			} else {
				s.rests.Add(1)
			}
		},
	})
	if err != nil {
		s.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.WithoutCancel(s.Context()))
	done := make(chan error, 1)
	go func() { done <- a.Run(ctx) }()
	stopped := false
	s.stop = func() {
		if stopped {
			return
		}
		stopped = true
		cancel()
		if err := <-done; err != nil {
			s.Errorf("Run: %v", err)
		}
		if err := a.Close(); err != nil {
			s.Errorf("Close: %v", err)
		}
	}
	s.Cleanup(func() { s.stop() })
	ready, ended := context.WithTimeout(s.Context(), patience)
	defer ended()
	if err := s.discord.WaitCommands(ready, 1); err != nil {
		s.Fatal(err)
	}
	if err := s.discord.WaitConnected(ready); err != nil {
		s.Fatal(err)
	}
}

// patience bounds a wait; a test that needs it all has failed.
const patience = 60 * time.Second

func (s *system) wait(what string, cond func() bool) {
	s.Helper()
	ctx, cancel := context.WithTimeout(s.Context(), patience)
	defer cancel()
	tick := time.NewTicker(10 * time.Millisecond) // what is waited for may happen at either edge
	defer tick.Stop()
	for !cond() {
		select {
		case <-tick.C:
			continue
		case <-ctx.Done():
		}
		var holds []string
		for _, m := range s.channel.Messages() {
			holds = append(holds, text(m))
		}
		s.Fatalf("waiting for %s: the channel holds\n%s", what, strings.Join(holds, "\n\n"))
	}
}

// do has a member interact, and returns the final answer.
func (s *system) do(in discordtest.Interaction) discordtest.Message {
	s.Helper()
	if in.Channel == nil {
		in.Channel = s.channel
	}
	ctx, cancel := context.WithTimeout(s.Context(), patience)
	defer cancel()
	r, err := s.discord.Interact(ctx, in)
	if err != nil {
		s.Fatal(err)
	}
	if r.After > 3*time.Second {
		s.Errorf("%s%s was answered after %v", in.Command, in.Custom, r.After)
	}
	m, err := r.Wait(ctx)
	if err != nil {
		s.Fatal(err)
	}
	return m
}

// text is all that a message shows.
func text(m discordtest.Message) string {
	parts := []string{m.Content}
	for _, e := range m.Embeds {
		parts = append(parts, e.Author.Name, e.Title, e.Description)
		for _, f := range e.Fields {
			parts = append(parts, f.Name, f.Value)
		}
		parts = append(parts, e.Footer.Text)
	}
	return strings.Join(parts, "\n")
}

func (s *system) shows(m discordtest.Message, wants ...string) {
	s.Helper()
	for _, want := range wants {
		if !strings.Contains(text(m), want) {
			s.Errorf("the message lacks %q:\n%s", want, text(m))
		}
	}
}

// subscription lets a channel follow a topic by configuration.
func subscription(channel, topic string) config.Subscription {
	return config.Subscription{Channel: channel, Topics: []string{topic}}
}

// runToEnd runs a program that is expected to end by itself.
func (s *system) runToEnd() error {
	s.Helper()
	a, err := app.Open(s.Context(), app.Options{Config: s.config, Version: "test", Now: time.Now, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		s.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(s.Context(), patience)
	defer cancel()
	err = a.Run(ctx)
	if cerr := a.Close(); cerr != nil {
		s.Error(cerr)
	}
	return err
}
