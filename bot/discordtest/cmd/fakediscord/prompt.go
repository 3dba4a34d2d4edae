package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"newsdesk/bot/discordtest"
)

const help = `/latest topic:world hours:6   a slash command; quote values with blanks: words:"two words"
? topic /latest topic:wo      what is suggested for an option that is being typed
/feed import file:@list.opml   with a file of this machine
! custom_id [value ...]       press a button, choose from a menu
# name                        go to another channel
commands                      what the bot has registered
problems                      what Discord would have refused
reconnect | drop              send RECONNECT, cut the connection
kick | invite                 remove the bot from the server, take it back
deny embed | allow embed      take a permission from the bot in this channel, give it back:
                              view, send, embed, history, threads, sendinthreads, manage
delete                        delete this channel
quit`

// answerTime is how long a deferred answer is waited for.
const answerTime = time.Minute

// lines writes whole lines from several goroutines.
type lines struct {
	mu sync.Mutex
	w  io.Writer
}

func (l *lines) printf(format string, args ...any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	_, _ = fmt.Fprintf(l.w, format+"\n", args...) // a screen that is gone: nobody to tell
}

// prompt carries out what is typed.
type prompt struct {
	d       *discordtest.Server
	channel *discordtest.Channel
	denied  map[string]uint64 // of the bot, by channel
	out     *lines
}

func (p *prompt) do(ctx context.Context, line string) {
	ctx, cancel := context.WithTimeout(ctx, answerTime)
	defer cancel()
	var err error
	switch word, rest, _ := strings.Cut(line, " "); {
	case strings.HasPrefix(line, "/"):
		err = p.interact(ctx, parseCommand(line[1:]))
	case word == "?":
		option, command, _ := strings.Cut(strings.TrimSpace(rest), " ")
		in := parseCommand(strings.TrimPrefix(strings.TrimSpace(command), "/"))
		in.Focused = option
		err = p.interact(ctx, in)
	case word == "!":
		words := splitWords(rest)
		if len(words) == 0 {
			p.out.printf("press what? Give its custom_id.")
			return
		}
		err = p.interact(ctx, discordtest.Interaction{Custom: words[0], Values: words[1:]})
	case word == "#" || strings.HasPrefix(line, "#"):
		p.enter(strings.TrimSpace(strings.TrimPrefix(line, "#")))
	case line == "commands":
		for _, raw := range p.d.Commands() {
			p.out.printf("%s", describe(raw))
		}
	case line == "problems":
		p.out.printf("%s", strings.Join(append(p.d.Problems(), "."), "\n"))
	case line == "reconnect":
		p.d.Reconnect()
	case line == "drop":
		p.d.DropConnections()
	case line == "kick", line == "invite":
		p.member(line == "invite")
	case word == "deny", word == "allow":
		p.permit(strings.TrimSpace(rest), word == "allow")
	case line == "delete":
		p.d.RemoveChannel(p.channel)
	default:
		p.out.printf("%s", help)
	}
	if err != nil {
		p.out.printf("! %v", err)
	}
}

// interact does something as a person who may manage the server.
func (p *prompt) interact(ctx context.Context, in discordtest.Interaction) error {
	in.Channel, in.Permissions = p.channel, discordtest.PermManageGuild
	for name, v := range in.Options { // file:@list.opml attaches a file
		if path, isFile := strings.CutPrefix(fmt.Sprint(v), "@"); isFile {
			data, err := os.ReadFile(path) // the person at the shell names it
			if err != nil {
				return err
			}
			in.Options[name] = discordtest.File{Name: filepath.Base(path), Data: data}
		}
	}
	r, err := p.d.Interact(ctx, in)
	if err != nil {
		return err
	}
	for _, c := range r.Choices {
		p.out.printf("  %s = %v", c.Name, c.Value)
	}
	if in.Focused != "" {
		p.out.printf("  (%d suggestions, %v)", len(r.Choices), r.After.Round(time.Millisecond))
		return nil
	}
	m := r.Message
	if r.Deferred {
		if m, err = r.Wait(ctx); err != nil {
			return err
		}
	}
	if m.Ephemeral || r.Update { // others are seen in the channel
		p.out.printf("(only you see this; first answer after %v)\n%s", r.After.Round(time.Millisecond), show(m))
	}
	for _, f := range r.Followups() {
		if f.Ephemeral {
			p.out.printf("(only you see this)\n%s", show(f))
		}
	}
	return nil
}

// permissions are those that can be taken and given, as they are typed.
var permissions = map[string]uint64{
	"view": discordtest.PermViewChannel, "send": discordtest.PermSendMessages, "embed": discordtest.PermEmbedLinks,
	"history": discordtest.PermReadHistory, "threads": discordtest.PermCreatePublicThreads,
	"sendinthreads": discordtest.PermSendInThreads, "manage": discordtest.PermManageMessages,
}

// permit takes a permission from the bot in the present channel, or gives it
// back.
func (p *prompt) permit(name string, allow bool) {
	bit, known := permissions[name]
	if !known {
		p.out.printf("There is no permission %q.", name)
		return
	}
	if p.denied[p.channel.ID] |= bit; allow {
		p.denied[p.channel.ID] &^= bit
	}
	p.channel.SetPermissions(p.d.BotID(), 0, p.denied[p.channel.ID])
}

// member takes the bot into the present channel's server or out of it.
func (p *prompt) member(in bool) {
	switch g := p.channel.Guild(); {
	case g == nil:
	case in:
		p.d.Invite(g)
	default:
		p.d.Kick(g)
	}
}

func (p *prompt) enter(name string) {
	for _, c := range p.d.Channels() {
		if c.Name == name || c.ID == name {
			p.channel = c
			p.out.printf("You are in #%s.", c.Name)
			return
		}
	}
	p.out.printf("There is no channel %q.", name)
}

// watch shows messages and their edits as they come, and connections.
func (p *prompt) watch(ctx context.Context) {
	seen := map[string]string{}
	connections := 0
	for {
		var news []string
		err := p.d.WaitFor(ctx, func() bool {
			if n := len(p.d.Connections()); n > connections {
				connections = n
				news = append(news, "the bot connects to the gateway")
			}
			for _, c := range p.d.Channels() {
				for _, m := range c.Messages() {
					if text := show(m); m.Flags&discordtest.FlagLoading == 0 && seen[m.ID] != text {
						how := ""
						if seen[m.ID] != "" {
							how = " (edited)"
						}
						seen[m.ID] = text
						news = append(news, "#"+c.Name+how+"\n"+text)
					}
				}
			}
			return len(news) > 0
		})
		if err != nil {
			return
		}
		for _, n := range news {
			p.out.printf("%s", n)
		}
	}
}

// show draws a message as plain text.
func show(m discordtest.Message) string {
	var b strings.Builder
	add := func(format string, args ...any) { fmt.Fprintf(&b, "  "+format+"\n", args...) }
	if m.Content != "" {
		add("%s", strings.ReplaceAll(m.Content, "\n", "\n  "))
	}
	for _, e := range m.Embeds {
		for _, part := range []string{e.Author.Name, e.Title, e.URL, e.Description} {
			if part != "" {
				add("| %s", strings.ReplaceAll(part, "\n", "\n  | "))
			}
		}
		for _, f := range e.Fields {
			add("| %s: %s", f.Name, strings.ReplaceAll(f.Value, "\n", "\n  |   "))
		}
		if e.Footer.Text != "" {
			add("| (%s)", e.Footer.Text)
		}
	}
	for _, f := range m.Files {
		add("[file %s]\n  %s", f.Name, strings.ReplaceAll(strings.TrimSpace(string(f.Data)), "\n", "\n  "))
	}
	for _, c := range m.Buttons {
		switch {
		case c.URL != "":
			add("[%s] %s", c.Label, c.URL)
		case len(c.Options) > 0:
			for _, o := range c.Options {
				add("[%s] ! %s %s", o.Label, c.CustomID, o.Value)
			}
		default:
			add("[%s] ! %s", c.Label, c.CustomID)
		}
	}
	return strings.TrimRight(b.String(), "\n")
}

// describe is one line on a registered command.
func describe(raw json.RawMessage) string {
	var c struct {
		Name        string `json:"name"`
		Description string `json:"description"`
		Options     []struct {
			Type     int    `json:"type"`
			Name     string `json:"name"`
			Required bool   `json:"required"`
		} `json:"options"`
	}
	if err := json.Unmarshal(raw, &c); err != nil {
		return err.Error()
	}
	words := []string{"/" + c.Name}
	for i, o := range c.Options {
		switch {
		case o.Type <= 2 && o.Type > 0 && i > 0: // a subcommand or group
			words = append(words, "|", o.Name)
		case o.Type <= 2 && o.Type > 0:
			words = append(words, o.Name)
		case o.Required:
			words = append(words, o.Name+":…")
		default:
			words = append(words, "["+o.Name+":…]")
		}
	}
	return strings.Join(words, " ") + "   " + c.Description
}

// parseCommand reads "feed add url:https://example.org words:"two words"": words
// without a colon before the first option name the command.
func parseCommand(text string) discordtest.Interaction {
	in := discordtest.Interaction{Options: map[string]any{}}
	for _, word := range splitWords(text) {
		name, value, isOption := strings.Cut(word, ":")
		switch {
		case isOption:
			in.Options[name] = value
		case in.Command == "":
			in.Command = word
		default:
			in.Command += " " + word
		}
	}
	if in.Command == "" {
		in.Command = "/"
	}
	return in
}

// splitWords splits at blanks outside double quotes and drops the quotes.
func splitWords(text string) []string {
	var words []string
	var b strings.Builder
	quoted, inside := false, false
	for _, r := range text {
		switch {
		case r == '"':
			quoted, inside = !quoted, true
		case r == ' ' && !quoted:
			if inside {
				words = append(words, b.String())
				b.Reset()
			}
			inside = false
		default:
			b.WriteRune(r)
			inside = true
		}
	}
	if inside {
		words = append(words, b.String())
	}
	return words
}
