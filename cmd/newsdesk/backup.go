package main

import (
	"errors"
	"fmt"
	"log/slog"
	"time"

	"newsdesk/store"

	"github.com/spf13/cobra"
)

func newBackup() *cobra.Command {
	var file string
	cmd := &cobra.Command{
		Use:   "backup [FILE]",
		Short: "Copy the database while the bot runs",
		Long: `Copy the database, as it stands at one moment, to FILE or to
newsdesk-DATE-TIME.db. The bot may go on running. A file that is there already is
never written over. For a PostgreSQL database it says how to call pg_dump.`,
		Example: "  newsdesk backup\n  newsdesk backup /var/backups/newsdesk.db",
		Args:    atMost(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := loadConfig(cmd, file)
			if err != nil {
				return err
			}
			target := "newsdesk-" + time.Now().UTC().Format("20060102-150405") + ".db"
			if len(args) > 0 {
				target = args[0]
			}
			if err := store.Backup(cmd.Context(), c.Database.DSN(), target); err != nil {
				return err
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "%s holds a copy of %s. To go back to it: newsdesk restore %s\n", target, c.Database.Path, target)
			return err
		},
	}
	configFlag(cmd, &file)
	return cmd
}

func newRestore() *cobra.Command {
	var file string
	cmd := &cobra.Command{
		Use:   "restore FILE",
		Short: "Put a backup in the database's place",
		Long: `Put a backup in the place of the database that the configuration names. The bot
must be stopped. The database that stood there is kept under another name.`,
		Example: "  newsdesk restore newsdesk-20260301-120000.db",
		Args:    atMost(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usageError{errors.New("name the backup that is to be restored")}
			}
			c, err := loadConfig(cmd, file)
			if err != nil {
				return err
			}
			moved, err := store.Restore(cmd.Context(), args[0], c.Database.DSN(), time.Now())
			if err != nil {
				return err
			}
			text := fmt.Sprintf("%s is as it was in %s.", c.Database.Path, args[0])
			if moved != "" {
				text += " What stood there before is in " + moved + "."
			}
			_, err = fmt.Fprintln(cmd.OutOrStdout(), text)
			return err
		},
	}
	configFlag(cmd, &file)
	return cmd
}

func newMigrate() *cobra.Command {
	var file string
	cmd := &cobra.Command{
		Use:   "migrate",
		Short: "Bring the database up to date",
		Long: `Bring the database's tables up to what this version needs. "newsdesk run" does
the same at its start; this is for doing it beforehand, such as behind a backup.`,
		Example: "  newsdesk backup && newsdesk migrate",
		Args:    atMost(0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := loadConfig(cmd, file)
			if err != nil {
				return err
			}
			db, err := store.Open(cmd.Context(), c.Database.DSN(), slog.New(slog.DiscardHandler))
			if err != nil {
				return err
			}
			name := db.Name()
			form, err := db.Form(cmd.Context())
			if err = errors.Join(err, db.Close()); err != nil {
				return err
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "%s is up to date (form %d)\n", name, form)
			return err
		},
	}
	configFlag(cmd, &file)
	return cmd
}
