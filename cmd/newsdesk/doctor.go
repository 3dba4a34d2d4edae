package main

import (
	"fmt"
	"log/slog"
	"time"

	"newsdesk/internal/app"

	"github.com/spf13/cobra"
)

func newDoctor() *cobra.Command {
	var file string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: "Check configuration, database, token, permissions and feeds",
		Long: `Check the configuration, the database, the language model where there is one (it
is asked once, and what it cost today is told), the Discord token, the bot's
permissions in each channel it posts to, and every feed. What is wrong is said
with how to mend it, and the command then ends with 1.`,
		Example: "  newsdesk doctor --config config.toml",
		Args:    atMost(0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := loadConfig(cmd, file)
			if err != nil {
				return err
			}
			all, wrong := []app.Finding{}, 0
			tell := func(f app.Finding) {
				all = append(all, f)
				mark := "ok   "
				if !f.OK {
					wrong++
					mark = "WRONG"
				}
				if !asJSON {
					_, _ = fmt.Fprintf(cmd.OutOrStdout(), "%s  %s: %s\n", mark, f.Subject, f.Text)
				}
			}
			tell(app.Finding{OK: true, Subject: "configuration", Text: "read"})
			err = app.Doctor(cmd.Context(), app.Options{Config: c, Version: version(), Log: slog.New(slog.DiscardHandler), Now: time.Now}, tell)
			if err != nil {
				return err
			}
			if asJSON {
				if err := writeJSON(cmd.OutOrStdout(), all); err != nil {
					return err
				}
			}
			if wrong > 0 {
				return fmt.Errorf("%d %s to be mended", wrong, plural(wrong, "thing has", "things have"))
			}
			return nil
		},
	}
	configFlag(cmd, &file)
	cmd.Flags().BoolVar(&asJSON, "json", false, "write JSON")
	return cmd
}
