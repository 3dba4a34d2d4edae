package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"strings"
	"time"

	"newsdesk/internal/app"
	"newsdesk/internal/config"

	"github.com/spf13/cobra"
)

const defaultConfig = "config.toml"

func newRun(g *garbage) *cobra.Command {
	var file string
	cmd := &cobra.Command{
		Use:   "run",
		Short: "Run the bot",
		Long: `Run the bot: poll feeds, condense articles, post events, answer commands.

It reads config.toml where there is one, and works without: it then follows the
world news of its own list of feeds. Without a Discord token it posts to a page
on this machine instead, and says where.`,
		Example: "  newsdesk run\n  newsdesk run --config /etc/newsdesk/config.toml",
		Args:    atMost(0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := loadConfig(cmd, file)
			if err != nil {
				return err
			}
			g.lasts()
			_ = releaseProgram() // where the system does not let it, the program only takes more memory
			return run(cmd.Context(), c, g, cmd.ErrOrStderr())
		},
	}
	configFlag(cmd, &file)
	return cmd
}

func configFlag(cmd *cobra.Command, file *string) {
	cmd.Flags().StringVarP(file, "config", "c", defaultConfig, "configuration file")
}

// loadConfig reads the configuration. A missing file is an error only where it
// was asked for by name.
func loadConfig(cmd *cobra.Command, file string) (config.Config, error) {
	c, err := config.Load(file, os.Getenv)
	if errors.Is(err, fs.ErrNotExist) && !cmd.Flags().Changed("config") {
		return config.Parse(file, nil, os.Getenv)
	}
	if invalid, ok := errors.AsType[*config.InvalidError](err); ok {
		return c, fmt.Errorf("the configuration has %d %s:\n  %s", len(invalid.Problems),
			plural(len(invalid.Problems), "problem", "problems"), strings.ReplaceAll(invalid.Error(), "\n", "\n  "))
	}
	return c, err
}

func run(ctx context.Context, c config.Config, g *garbage, stderr io.Writer) error {
	log := newLogger(c.Log, stderr)
	a, err := app.Open(ctx, app.Options{
		Config: c, Version: version(), Log: log, Now: time.Now, Reading: g.reading,
		Notice: "No Discord token is set, so events are posted here.",
		Ready: func(address string) {
			_, _ = fmt.Fprintf(stderr, "There is no Discord token, so events are posted to %s\n", address)
		},
	})
	if err != nil {
		return err
	}
	return errors.Join(a.Run(ctx), a.Close())
}

// newLogger writes to w as the configuration says; its level is known to be
// valid.
func newLogger(c config.Log, w io.Writer) *slog.Logger {
	var level slog.Level
	if err := level.UnmarshalText([]byte(c.Level)); err != nil {
		level = slog.LevelInfo
	}
	o := &slog.HandlerOptions{Level: level}
	if c.Format == "json" {
		return slog.New(slog.NewJSONHandler(w, o))
	}
	return slog.New(slog.NewTextHandler(w, o))
}
