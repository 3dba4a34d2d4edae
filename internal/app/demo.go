package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"newsdesk/bot"
	"newsdesk/internal/config"
	"newsdesk/internal/demo"
	"newsdesk/internal/outlets"
	"newsdesk/preview"

	"golang.org/x/sync/errgroup"
)

// DemoOptions are how the demo is played.
type DemoOptions struct {
	Version string
	Log     *slog.Logger
	Now     func() time.Time
	Pace    float64 // 1 plays it in about a minute, 2 twice as fast
	Listen  string  // where the page listens; another port is taken if that one is not free
	// Once ends the demo when everything was played, and writes what stands in
	// the channels to Out.
	Once  bool
	Out   io.Writer
	Ready func(address string)
}

// demoPatience is how long the demo waits, behind the last article, for the
// last message.
const demoPatience = 30 * time.Second

// Demo plays the sample news: its outlets are served on loopback, polled,
// condensed, grouped and posted on the preview page by the same code as real
// ones, in a database that is thrown away.
func Demo(ctx context.Context, o DemoOptions) (err error) {
	dir, err := os.MkdirTemp("", "newsdesk-demo-")
	if err != nil {
		return fmt.Errorf("make room for the demo: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	start := o.Now()
	list, err := demo.Articles(start)
	if err != nil {
		return err
	}
	press, err := outlets.NewServer(ctx, list, start, o.Pace, o.Now)
	if err != nil {
		return err
	}
	c := config.Default()
	c.Database = config.Database{Path: filepath.Join(dir, "demo.db")}
	c.Preview.Listen = o.Listen
	c.Poll.Interval = config.Interval(2 * time.Second)
	c.Poll.InitialPosts = 50
	c.Posts.PerHour = 0 // it plays days in a minute
	if err := allow(&c, "127.0.0.0/8"); err != nil {
		return err
	}
	for _, f := range press.Feeds() {
		c.Feeds = append(c.Feeds, config.Feed{URL: f.URL, Name: f.Name, Topic: f.Topic})
	}
	a, err := Open(ctx, Options{
		Config: c, Version: o.Version, Log: o.Log, Now: o.Now, Preview: true, AnyPort: true, Ready: o.Ready,
		Notice: "Demo: invented news, played over a minute. Nothing leaves this machine.",
	})
	if err != nil {
		return errors.Join(err, press.Close())
	}
	running, stop := context.WithCancel(ctx)
	defer stop()
	var group errgroup.Group
	part := func(run func(context.Context) error) {
		group.Go(func() error {
			defer stop() // one part's end is the end of all
			return run(running)
		})
	}
	part(func(ctx context.Context) error { return press.Serve(ctx, o.Log) })
	part(a.Run)
	part(func(ctx context.Context) error { return a.play(ctx, press, o) })
	return errors.Join(group.Wait(), a.Close())
}

func allow(c *config.Config, ranges ...string) error {
	for _, r := range ranges {
		var p config.Prefix
		if err := p.UnmarshalText([]byte(r)); err != nil {
			return err
		}
		c.HTTP.AllowPrivate = append(c.HTTP.AllowPrivate, p)
	}
	return nil
}

// play waits until all that the outlets publish has been posted, asks the
// question that can then be answered, and stays, or writes it all down and
// ends.
func (a *App) play(ctx context.Context, press *outlets.Server, o DemoOptions) error {
	page, ok := a.surface.(*pageSurface)
	if !ok {
		return errors.New("the demo needs the preview page")
	}
	if err := a.settled(ctx, press); err != nil {
		return err
	}
	if err := a.askAloud(ctx, page.Board); err != nil {
		return err
	}
	if !o.Once {
		<-ctx.Done()
		return nil
	}
	channels, _ := page.Channels()
	return writeChannels(o.Out, channels)
}

// settled waits until every sample article has been condensed and every post
// sent. It ends without an error when ctx does.
func (a *App) settled(ctx context.Context, press *outlets.Server) error {
	deadline := a.opts.Now().Add(press.Length() + demoPatience)
	tick := time.NewTicker(200 * time.Millisecond)
	defer tick.Stop()
	for {
		s, err := a.db.Stats(ctx)
		switch {
		case ctx.Err() != nil:
			return nil
		case err != nil:
			return fmt.Errorf("look how far the demo is: %w", err)
		case s.Articles == press.Count() && s.Waiting == 0 && s.PostsPending == 0:
			return nil
		case a.opts.Now().After(deadline):
			return fmt.Errorf("the demo got stuck: %d of %d articles, %d waiting, %d posts unsent", s.Articles, press.Count(), s.Waiting, s.PostsPending)
		}
		select {
		case <-ctx.Done():
		case <-tick.C:
		}
	}
}

// askAloud has a visitor ask a question in the channel.
func (a *App) askAloud(ctx context.Context, board *preview.Board) error {
	channel := previewPrefix + demo.Topic
	line := "/ask " + demo.Question
	in, err := bot.ParseTyped(line, a.commands.List())
	if err != nil {
		return fmt.Errorf("ask the demo's question: %w", err)
	}
	in.Guild, in.Channel, in.User, in.Locale = preview.Guild, channel, "2", "en-US"
	reply, err := a.commands.Handle(ctx, in)
	if ctx.Err() != nil {
		return nil //nolint:nilerr // stopping is no failure
	}
	if err != nil {
		return fmt.Errorf("answer the demo's question: %w", err)
	}
	reply.Message.Components = nil // it is shared already
	_, err = board.Say(channel, "", reply.Message)
	return err
}

// writeChannels writes what stands in the channels as plain text.
func writeChannels(w io.Writer, channels []preview.Channel) error {
	var b strings.Builder
	var entry func(e preview.Entry, indent string)
	entry = func(e preview.Entry, indent string) {
		line := func(s string) {
			for l := range strings.Lines(s) {
				b.WriteString(indent + strings.TrimRight(l, "\n") + "\n")
			}
		}
		line(e.Message.Content)
		for _, em := range e.Message.Embeds {
			line(em.Author)
			line(em.Title)
			line(em.Description)
			for _, f := range em.Fields {
				line(f.Name + ": " + f.Value)
			}
			line(em.Footer)
		}
		for _, r := range e.Replies {
			entry(r, indent+"    ")
		}
	}
	for _, ch := range channels {
		fmt.Fprintf(&b, "#%s\n", ch.Name)
		for _, e := range ch.Entries {
			b.WriteByte('\n')
			entry(e, "  ")
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}
