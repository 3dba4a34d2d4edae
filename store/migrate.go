package store

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"log/slog"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/pressly/goose/v3"
)

//go:embed migrations/sqlite/*.sql migrations/postgres/*.sql
var migrations embed.FS

// migrationsOf returns the migrations of a folder, by their numbers. Each is run
// as one text of all its statements, which both databases take: goose's own reader
// parts them with a buffer of 4 MB for each line.
func migrationsOf(folder string) ([]*goose.Migration, error) {
	names, err := fs.Glob(migrations, folder+"/*.sql") // sorted
	if err != nil || len(names) == 0 {
		return nil, fmt.Errorf("there are no migrations in %s: %w", folder, err)
	}
	out := make([]*goose.Migration, len(names))
	for i, name := range names {
		version, err := number(name)
		if err != nil {
			return nil, err
		}
		text, err := migrations.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("migration %s: %w", name, err)
		}
		up, err := upward(string(text))
		if err != nil {
			return nil, fmt.Errorf("migration %s: %w", name, err)
		}
		out[i] = goose.NewGoMigration(version, &goose.GoFunc{RunTx: func(ctx context.Context, tx *sql.Tx) error {
			_, err := tx.ExecContext(ctx, up)
			return err
		}}, nil)
	}
	return out, nil
}

// newest is the form that migrations lead to.
func newest(forms []*goose.Migration) int64 { return forms[len(forms)-1].Version }

// number reads the form that a migration's file leads to: 30 of
// "00030_tried.sql".
func number(file string) (int64, error) {
	digits, _, _ := strings.Cut(path.Base(file), "_")
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return 0, fmt.Errorf("migration %s has no number: %w", file, err)
	}
	return n, nil
}

// upward returns the part of a migration that leads to its form.
func upward(text string) (string, error) {
	_, up, found := strings.Cut(text, "-- +goose Up")
	if !found {
		return "", fmt.Errorf("no line says %q", "-- +goose Up")
	}
	up, _, _ = strings.Cut(up, "-- +goose Down")
	return up, nil
}

// migrate brings the tables up to date.
func (db *DB) migrate(ctx context.Context, forms []*goose.Migration, dialect goose.Dialect, options []goose.ProviderOption) error {
	if !db.migrated(ctx, forms) {
		if err := db.apply(ctx, forms, dialect, options); err != nil {
			return err
		}
	}
	// A database that cannot be written is better found now than at the first
	// poll.
	return db.write(ctx, func(*transaction) error { return nil })
}

// migrated reports whether the database has had all migrations. goose would find
// that too, with as much work as all the rest of opening takes.
func (db *DB) migrated(ctx context.Context, forms []*goose.Migration) bool {
	had, err := list(ctx, db.w.DB, one[int64], `SELECT version_id FROM goose_db_version WHERE is_applied`)
	if err != nil {
		return false // it is new; of all else goose says what is wrong
	}
	return !slices.ContainsFunc(forms, func(m *goose.Migration) bool { return !slices.Contains(had, m.Version) })
}

// apply runs the migrations that the database has not had. Two processes may start at
// once on a new database: the one that comes second finds the work done, perhaps by
// failing at it first.
func (db *DB) apply(ctx context.Context, forms []*goose.Migration, dialect goose.Dialect, options []goose.ProviderOption) error {
	provider, err := goose.NewProvider(dialect, db.w.DB, nil, append(options, goose.WithGoMigrations(forms...),
		goose.WithSlog(slog.New(slog.DiscardHandler)), goose.WithDisableGlobalRegistry(true),
		// Numbers are given out by range, so a lower one may come later. No
		// migration builds on one of another range.
		goose.WithAllowOutofOrder(true))...)
	if err != nil {
		return err
	}
	for tries := 3; ; tries-- {
		done, err := provider.Up(ctx)
		for _, m := range done {
			db.log.InfoContext(ctx, "database migrated", "version", m.Source.Version, "duration", m.Duration.String())
		}
		if err == nil || ctx.Err() != nil || tries == 0 {
			return err
		}
	}
}
