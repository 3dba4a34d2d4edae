// Command fakediscord is a Discord on loopback for trying the bot by hand.
//
//	go run ./bot/discordtest/cmd/fakediscord
//
// prints the address and token to set as discord.api_url and the bot's token,
// shows what the bot posts, and takes lines such as
//
//	/latest topic:world hours:6
//
// on standard input: "help" lists them all.
package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"os/signal"
	"strings"
	"time"

	"newsdesk/bot/discordtest"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "fakediscord:", err)
		stop()
		os.Exit(1)
	}
}

// run serves until the input ends or ctx does.
func run(ctx context.Context, args []string, in io.Reader, out, errs io.Writer) error {
	flags := flag.NewFlagSet("fakediscord", flag.ContinueOnError)
	flags.SetOutput(errs)
	addr := flags.String("addr", "127.0.0.1:8787", "loopback `address` of the REST interface")
	token := flags.String("token", discordtest.DefaultToken, "the bot's `token`")
	spec := flags.String("spec", "", "`path` of Discord's openapi.json")
	channels := flags.String("channels", "news,world,technology", "text channels, `names` with commas between; one with + is an announcement channel, one with * a forum")
	forums := flags.String("forums", "", "forums with their tags, such as `stories=World/Sports`; with ! behind it, one that wants a tag on every post")
	roles := flags.String("roles", "", "roles, `names` with commas between; with ! behind it, one that not everyone may mention")
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return nil
		}
		return err
	}
	if host, _, err := net.SplitHostPort(*addr); err != nil || !loopback(host) {
		return fmt.Errorf("address %s: only loopback is served, such as 127.0.0.1:8787", *addr)
	}
	d, err := discordtest.Start(discordtest.Options{
		Addr: *addr, Token: *token, Spec: *spec, Lenient: true, IdentifyInterval: 5 * time.Second,
		Log: slog.New(slog.NewTextHandler(errs, &slog.HandlerOptions{Level: slog.LevelWarn})),
	})
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	guild := d.AddGuild("Newsroom")
	p := &prompt{d: d, denied: map[string]uint64{}, out: &lines{w: out}}
	p.out.printf("api_url = %q\ntoken   = %q\nguild   %s %s", d.APIURL(), d.Token(), guild.ID, guild.Name)
	for name := range strings.SplitSeq(*channels, ",") {
		c := addChannel(guild, strings.TrimSpace(name))
		if p.channel == nil {
			p.channel = c
		}
		p.out.printf("channel %s #%s", c.ID, c.Name)
	}
	p.populate(guild, *forums, *roles)
	p.out.printf("You are in #%s. Type help for what can be typed.", p.channel.Name)
	watched := make(chan struct{})
	go func() {
		defer close(watched)
		p.watch(ctx)
	}()
	defer func() {
		cancel()
		d.Close()
		<-watched
	}()
	return p.loop(ctx, in)
}

// addChannel adds a channel of the kind that the end of its name tells.
func addChannel(g *discordtest.Guild, name string) *discordtest.Channel {
	if plain, ok := strings.CutSuffix(name, "+"); ok {
		return g.AddAnnouncementChannel(plain)
	}
	if plain, ok := strings.CutSuffix(name, "*"); ok {
		return g.AddForum(plain)
	}
	return g.AddTextChannel(name)
}

// populate makes the forums and roles that were asked for.
func (p *prompt) populate(guild *discordtest.Guild, forums, roles string) {
	for forum := range strings.FieldsFuncSeq(forums, func(r rune) bool { return r == ',' }) {
		forum, strict := strings.CutSuffix(strings.TrimSpace(forum), "!")
		name, tags, _ := strings.Cut(forum, "=")
		c := guild.AddForum(name)
		p.out.printf("forum   %s #%s", c.ID, c.Name)
		for tag := range strings.FieldsFuncSeq(tags, func(r rune) bool { return r == '/' }) {
			p.out.printf("        %s %s", c.AddTag(tag, false), tag)
		}
		c.RequireTag(strict)
	}
	for name := range strings.FieldsFuncSeq(roles, func(r rune) bool { return r == ',' }) {
		name, closed := strings.CutSuffix(strings.TrimSpace(name), "!")
		r := guild.AddRole(name, 0)
		r.SetMentionable(!closed)
		p.out.printf("role    %s @%s", r.ID, r.Name)
	}
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// loop takes in lines until there are no more. A line that is being read when
// ctx ends is given up.
func (p *prompt) loop(ctx context.Context, in io.Reader) error {
	typed := make(chan string)
	failed := make(chan error, 1)
	go func() { // ends with the input; a read from a terminal cannot be cut short
		defer close(typed)
		scanner := bufio.NewScanner(in)
		for scanner.Scan() {
			select {
			case typed <- scanner.Text():
			case <-ctx.Done():
				return
			}
		}
		failed <- scanner.Err()
	}()
	for {
		select {
		case <-ctx.Done():
			return nil
		case line, more := <-typed:
			if !more {
				return <-failed
			}
			if line = strings.TrimSpace(line); line == "quit" {
				return nil
			} else if line != "" {
				p.do(ctx, line)
			}
		}
	}
}
