package bot_test

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"newsdesk/bot"
	"newsdesk/bot/message"
)

func TestParseTyped(t *testing.T) {
	t.Parallel()
	cmds := bot.NewCommands(bot.Options{Now: clock}).List()
	type opts = map[string]string
	tests := []struct {
		line    string
		command string
		options opts
		err     string
	}{
		{line: "/search words:big quake topic:world", command: "search", options: opts{"words": "big quake", "topic": "world"}},
		{line: "/search big quake topic:world", command: "search", options: opts{"words": "big quake", "topic": "world"}},
		{line: "search topic:World words:x days:07", command: "search", options: opts{"topic": "world", "words": "x", "days": "7"}},
		{line: `/search words:"topic:world days:3" topic:"Middle East"`, command: "search", options: opts{"words": "topic:world days:3", "topic": "middle-east"}},
		{line: `/search "topic:world" days:3`, command: "search", options: opts{"words": "topic:world", "days": "3"}},
		{line: "/search https://a.example/x", command: "search", options: opts{"words": "https://a.example/x"}},
		{line: "/story 12", command: "story", options: opts{"event": "12"}},
		{line: "/STORY #E4F2", command: "story", options: opts{"event": "#E4F2"}},
		{line: "/ask why: what happened at 12:30?", command: "ask", options: opts{"question": "why: what happened at 12:30?"}},
		{line: "/ask score:was it even?", command: "ask", options: opts{"question": "score:was it even?"}},
		{line: "  /latest  ", command: "latest", options: opts{}},
		{line: "/latest asia hours:48", command: "latest", options: opts{"topic": "asia", "hours": "48"}},
		{line: "/latest hours:", command: "latest", options: opts{}},
		{line: "/subscribe all channel:#news", command: "subscribe", options: opts{"topic": "all", "channel": "news"}},
		{line: "/subscribe topic:us channel:<#123>", command: "subscribe", options: opts{"topic": "us", "channel": "123"}},
		{line: "/help", command: "help", options: opts{}},
		{line: "", err: "type a command: /latest, /story,"},
		{line: "/", err: "type a command: /latest"},
		{line: "/dance now", err: "there is no command /dance: type one of /latest, /story, /search, /ask, /why, /setup, /subscribe, /unsubscribe, /channel, /filter, /status, /privacy, /digest, /schedule, /help"},
		{line: "/search", err: "/search needs words: type /search words:… [topic:…] [days:…]"},
		{line: `/search ""`, err: "/search needs words"},
		{line: "/search source:wire", err: "/search has no option source: type /search words:…"},
		{line: "/search a days:x", err: "days must be a whole number from 1 to 365"},
		{line: "/search a days:366", err: "days must be a whole number from 1 to 365"},
		{line: "/search a words:b", err: "words is given twice"},
		{line: "/latest mars", err: "topic must be one of: world, us, politics"},
		{line: `/ask "open`, err: "is opened but not closed"},
		{line: "/help me", err: "/help takes nothing after it"},
		{line: "/subscribe us channel:two words", err: "channel must name one channel"},
		{line: "/ask " + strings.Repeat("x", 5000), err: "too long"},
	}
	for _, tt := range tests {
		t.Run(message.Cut(tt.line, 60), func(t *testing.T) {
			t.Parallel()
			got, err := bot.ParseTyped(tt.line, cmds)
			if tt.err != "" {
				if err == nil || !strings.Contains(err.Error(), tt.err) {
					t.Fatalf("error %v, want %q", err, tt.err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if got.Kind != message.KindCommand || got.Command != tt.command || !maps.Equal(got.Options, tt.options) {
				t.Errorf("got %s %v, want %s %v", got.Command, got.Options, tt.command, tt.options)
			}
		})
	}
}

func TestParseTyped_Subcommands(t *testing.T) {
	t.Parallel()
	cmds := []message.Command{{Name: "plan", Subcommands: []message.Command{
		{Name: "day", Options: []message.Option{
			{Name: "time", Kind: message.OptionString, Required: true}, {Name: "zone", Kind: message.OptionString},
		}},
		{Name: "off"},
		{Name: "load", Options: []message.Option{{Name: "file", Kind: message.OptionFile, Required: true}, {Name: "zone", Kind: message.OptionString}}},
	}}}
	tests := []struct{ line, want, err string }{
		{line: "/plan day time:08:30 zone:Asia/Kolkata", want: "plan day map[time:08:30 zone:Asia/Kolkata]"},
		{line: "/PLAN  Day 8:30", want: "plan day map[time:8:30]"},
		{line: "/plan load zone:UTC", want: "plan load map[zone:UTC]"},
		{line: "/plan load file:list.opml", err: "file can't be typed: attach it beside the line"},
		{line: "/plan off", want: "plan off map[]"},
		{line: "/plan", err: "/plan is one of several: type /plan day, /plan off, /plan load"},
		{line: "/plan week", err: "/plan is one of several: type /plan day, /plan off, /plan load"},
		{line: "/plan day", err: "/plan day needs time: type /plan day time:… [zone:…]"},
		{line: "/plan off now", err: "/plan off takes nothing after it"},
	}
	for _, tt := range tests {
		in, err := bot.ParseTyped(tt.line, cmds)
		if got := fmt.Sprint(in.Command, " ", in.Options); tt.err == "" && (err != nil || got != tt.want) {
			t.Errorf("%s: got %s (%v), want %s", tt.line, got, err, tt.want)
		}
		if tt.err != "" && (err == nil || err.Error() != tt.err) {
			t.Errorf("%s: error %v, want %s", tt.line, err, tt.err)
		}
	}
}

func FuzzParseTyped(f *testing.F) {
	for _, s := range []string{
		"/search words:big quake topic:world", `/search "topic:world" days:3`, "/story 12", "/ask a:b", "/latest hours:-1", `/ask """`, "/", "/subscribe us channel:<#1>",
		"/search \u2003words:\x00x", "/latest topic:\xff", "/unsubscribe ::: channel:", "SEARCH words:", "/search days:9 words",
	} {
		f.Add(s)
	}
	cmds := bot.NewCommands(bot.Options{Now: clock}).List()
	f.Fuzz(func(t *testing.T, line string) {
		in, err := bot.ParseTyped(line, cmds)
		if err != nil {
			if msg := err.Error(); msg == "" || strings.ContainsAny(msg, "\n\r\x00") || !utf8.ValidString(msg) {
				t.Fatalf("error %q", msg)
			}
			return
		}
		cmds := message.Usable(cmds)
		i := slices.IndexFunc(cmds, func(c message.Command) bool { return c.Name == in.Command })
		if i < 0 {
			t.Fatalf("command %q does not exist", in.Command)
		}
		known := map[string]bool{}
		for _, o := range cmds[i].Options {
			known[o.Name] = true
			v, ok := in.Options[o.Name]
			if o.Required && strings.TrimSpace(v) == "" {
				t.Fatalf("%q: %s is required", line, o.Name)
			}
			if ok && o.Kind == message.OptionInteger {
				if n, err := strconv.Atoi(v); err != nil || n < o.Min || n > o.Max {
					t.Fatalf("%q: %s = %q", line, o.Name, v)
				}
			}
			if ok && len(o.Choices) > 0 && !slices.ContainsFunc(o.Choices, func(c message.Choice) bool { return c.Value == v }) {
				t.Fatalf("%q: %s = %q is no choice", line, o.Name, v)
			}
		}
		for name, v := range in.Options {
			if !known[name] || !utf8.ValidString(v) {
				t.Fatalf("%q: option %q = %q", line, name, v)
			}
		}
	})
}
