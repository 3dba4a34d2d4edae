package main

import (
	"errors"
	"io"
	"strings"
	"time"

	"newsdesk/internal/app"

	"github.com/spf13/cobra"
)

func newWhy() *cobra.Command {
	var file, db string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "why LINK|EVENT|WORDS",
		Short: "Say what became of a link or a story, and why",
		Long: `Say how far an article or a story came, and for which reason: in which feed it
was shown, with what it was grouped and why, and for each channel whether it was
posted, waits, was kept out or failed. Decisions are kept for 30 days. The bot
may go on running. The command ends with 1 where nothing is known.`,
		Example: "  newsdesk why https://example.org/news/bridge-closed\n  newsdesk why '#E4F2'\n  newsdesk why bridge closed --json",
		RunE: func(cmd *cobra.Command, args []string) error {
			query := strings.TrimSpace(strings.Join(args, " "))
			if query == "" {
				return usageError{errors.New("newsdesk why takes a link, a story's id or words of its headline")}
			}
			c, err := loadConfig(cmd, file)
			if err != nil {
				return err
			}
			if db != "" {
				c.Database.Path = db
			}
			c.Log.Level = "warn" // the answer is on standard output
			text, report, err := app.Why(cmd.Context(), app.Options{Config: c, Version: version(), Log: newLogger(c.Log, cmd.ErrOrStderr()), Now: time.Now}, query)
			if err != nil {
				return err
			}
			if asJSON {
				err = writeJSON(cmd.OutOrStdout(), report)
			} else {
				_, err = io.WriteString(cmd.OutOrStdout(), text)
			}
			if err == nil && !report.Found {
				return errors.New("nothing is known of it")
			}
			return err
		},
	}
	configFlag(cmd, &file)
	cmd.Flags().StringVar(&db, "db", "", "database file in place of the configured one")
	cmd.Flags().BoolVar(&asJSON, "json", false, "write JSON")
	return cmd
}
