package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"newsdesk/feeds"
	"newsdesk/internal/app"
	"newsdesk/internal/config"

	"github.com/spf13/cobra"
	"golang.org/x/term"
)

const (
	tokenVariable = "NEWSDESK_DISCORD_TOKEN"
	tokenFile     = "newsdesk.token" // beside the configuration
	setupTries    = 3                // wrong answers to one question
)

func newSetup() *cobra.Command {
	var file, api string
	cmd := &cobra.Command{
		Use:   "setup",
		Short: "Ask for the token and write the configuration",
		Long: `Ask for the bot's token, check it with Discord, ask which topics to follow, and
write config.toml. The token goes into a file of its own that only you can read.
At the end it prints the link that adds the bot to a server, with the least
permissions that it needs.

With the token in NEWSDESK_DISCORD_TOKEN it is not asked for, and not written.`,
		Example: "  newsdesk setup\n  newsdesk setup --config /etc/newsdesk/config.toml",
		Args:    atMost(0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			d := dialogue{in: cmd.InOrStdin(), lines: bufio.NewReader(cmd.InOrStdin()), out: cmd.OutOrStdout()}
			return setup(cmd.Context(), &d, file, api)
		},
	}
	configFlag(cmd, &file)
	cmd.Flags().StringVar(&api, "api-url", "", "another API base than Discord's own")
	return cmd
}

// setup writes nothing before everything has been asked and checked.
func setup(ctx context.Context, d *dialogue, file, api string) error {
	secret := filepath.Join(filepath.Dir(file), tokenFile)
	for _, path := range []string{file, secret} {
		if _, err := os.Lstat(path); err == nil {
			return fmt.Errorf("%s is there already: change it by hand and look at it with \"newsdesk doctor\", or move it away", path)
		} else if !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("look for %s: %w", path, cause(err))
		}
	}
	token, bot, err := d.token(ctx, api)
	if err != nil {
		return err
	}
	topics, err := d.topics()
	if err != nil {
		return err
	}
	stored := token != "" && os.Getenv(tokenVariable) == ""
	if stored {
		if err := create(secret, token+"\n"); err != nil {
			return err
		}
	}
	if err := create(file, configText(stored, api, topics)); err != nil {
		if stored {
			err = errors.Join(err, os.Remove(secret))
		}
		return err
	}
	d.say("\nWrote %s. Every other key is in config.example.toml.\n", file)
	with := ""
	if file != defaultConfig {
		with = " --config " + file
	}
	if token == "" {
		d.say("There is no token, so \"newsdesk run%s\" shows the news on a page on this machine.\n", with)
		return nil
	}
	d.say("\n1. Add %s to your server: %s\n2. Start it: newsdesk run%s\n3. In the channel that shall get news, type: /subscribe\n", bot.Name, bot.Invite, with)
	return nil
}

func create(path, text string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600) //nolint:gosec // the person at the shell names the file
	if err != nil {
		return fmt.Errorf("write %s: %w", path, cause(err))
	}
	_, err = f.WriteString(text)
	if err = errors.Join(err, f.Close()); err != nil {
		return fmt.Errorf("write %s: %w", path, errors.Join(err, os.Remove(path)))
	}
	return nil
}

func configText(stored bool, api string, topics []string) string {
	var b strings.Builder
	b.WriteString("# Written by \"newsdesk setup\". Every key is in config.example.toml.\n\n[discord]\n")
	if stored {
		fmt.Fprintf(&b, "token_file = %q\n", tokenFile)
	} else {
		b.WriteString("# The token is taken from " + tokenVariable + ".\n")
	}
	if api != "" {
		fmt.Fprintf(&b, "api_url = %s\n", strconv.Quote(api))
	}
	b.WriteString("\n[catalogue]\ntopics = [")
	for i, t := range topics {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(strconv.Quote(t))
	}
	b.WriteString("]\n")
	return b.String()
}

// dialogue asks a person, or whatever writes to standard input.
type dialogue struct {
	in    io.Reader
	lines *bufio.Reader
	out   io.Writer
}

func (d *dialogue) say(format string, args ...any) { _, _ = fmt.Fprintf(d.out, format, args...) }

// ask returns a line without blanks at its ends. hidden does not show it on a
// terminal.
func (d *dialogue) ask(question string, hidden bool) (string, error) {
	d.say("%s", question)
	if f, ok := d.in.(*os.File); ok && hidden && term.IsTerminal(int(f.Fd())) {
		b, err := term.ReadPassword(int(f.Fd()))
		d.say("\n")
		if err != nil {
			return "", fmt.Errorf("read the answer: %w", err)
		}
		return strings.TrimSpace(string(b)), nil
	}
	line, err := d.lines.ReadString('\n')
	if err != nil && (line == "" || !errors.Is(err, io.EOF)) {
		if errors.Is(err, io.EOF) {
			return "", errors.New("the input ended before everything was answered; nothing was written")
		}
		return "", fmt.Errorf("read the answer: %w", err)
	}
	return strings.TrimSpace(line), nil
}

// token asks for the bot's token until Discord takes it; "" does without.
func (d *dialogue) token(ctx context.Context, api string) (string, app.Bot, error) {
	given := strings.TrimSpace(os.Getenv(tokenVariable))
	for range setupTries {
		token := given
		if token == "" {
			var err error
			if token, err = d.ask("The bot's token (developer portal > Bot > Reset Token; empty to do without): ", true); err != nil {
				return "", app.Bot{}, err
			}
		}
		if token == "" {
			return "", app.Bot{}, nil
		}
		c := config.Default()
		c.Discord.Token, c.Discord.APIURL = config.Secret(token), api
		bot, refused, err := app.FindBot(ctx, app.Options{Config: c, Version: version(), Log: slog.New(slog.DiscardHandler), Now: time.Now})
		switch {
		case err == nil:
			d.say("The token belongs to %s.\n", bot.Name)
			return token, bot, nil
		case !refused || given != "":
			return "", app.Bot{}, err
		}
		d.say("Discord refuses this token. Reset it in the developer portal, and copy it whole, without the word Bot.\n")
	}
	return "", app.Bot{}, errors.New("no token that Discord takes was given; nothing was written")
}

// topics asks which of the catalogue's topics to follow.
func (d *dialogue) topics() ([]string, error) {
	all, err := feeds.Catalogue()
	if err != nil {
		return nil, err
	}
	var known []string
	for _, f := range all {
		if !slices.Contains(known, f.Topic) {
			known = append(known, f.Topic)
		}
	}
	for range setupTries {
		line, err := d.ask("Topics to follow, with commas between ("+strings.Join(known, ", ")+") [world]: ", false)
		if err != nil {
			return nil, err
		}
		var out []string
		for t := range strings.SplitSeq(line, ",") {
			if t = strings.ReplaceAll(strings.ToLower(strings.TrimSpace(t)), " ", "-"); t != "" {
				out = append(out, t)
			}
		}
		if len(out) == 0 {
			return []string{"world"}, nil
		}
		if _, err := feeds.Catalogue(out...); err != nil {
			d.say("%v.\n", err)
			continue
		}
		return out, nil
	}
	return nil, errors.New("no topic of the list was given; nothing was written")
}
