package store

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/pressly/goose/v3"
)

//go:embed migrations/sqlite/*.sql migrations/postgres/*.sql
var migrations embed.FS

// Open opens a database and brings its tables up to date. dsn is the path of
// an SQLite file, which is made if there is none, in a folder that exists; or
// the address of a PostgreSQL database, postgres://user:password@host/name,
// which exists. What an address leaves out is taken from the environment and
// files that PostgreSQL's own programs read (PGPASSWORD, ~/.pgpass, …).
//
// A database that cannot be used is left as it is, and the error is one
// sentence that says what is wrong and what to do next, with the cause at its
// end, and no password.
func Open(ctx context.Context, dsn string, log *slog.Logger) (*DB, error) {
	e, err := choose(dsn)
	if err != nil {
		return nil, err
	}
	db, err := open(ctx, e, log)
	if err != nil {
		return nil, fmt.Errorf("open database %s: %w", e.name(), err)
	}
	return db, nil
}

// choose finds the database that a DSN names.
func choose(dsn string) (engine, error) {
	if isAddress(dsn) {
		return newPostgres(dsn)
	}
	return sqliteFile{path: dsn}, nil
}

// isAddress tells the address of a server from a path.
func isAddress(dsn string) bool {
	return strings.HasPrefix(dsn, "postgres://") || strings.HasPrefix(dsn, "postgresql://")
}

func open(ctx context.Context, e engine, log *slog.Logger) (*DB, error) {
	folder, dialect, options, err := e.migrations()
	if err != nil {
		return nil, err
	}
	source, err := fs.Sub(migrations, folder)
	if err != nil {
		return nil, err
	}
	known, err := latest(source)
	if err != nil {
		return nil, err
	}
	w, r, err := e.connect(ctx, known)
	if err != nil {
		return nil, err
	}
	db := &DB{engine: e, log: log, w: newPool(w), r: newPool(r), yield: yieldWithin, ranked: e.ranks(), sample: sampled}
	if err := db.migrate(ctx, source, dialect, options); err != nil {
		return nil, errors.Join(e.explain(err), db.Close())
	}
	return db, nil
}

// latest is the newest form that a folder of migrations leads to.
func latest(source fs.FS) (int64, error) {
	names, err := fs.Glob(source, "*.sql")
	if err != nil || len(names) == 0 {
		return 0, fmt.Errorf("there are no migrations: %w", err)
	}
	return number(names[len(names)-1]) // Glob sorts them
}

// number reads the form that a migration's file leads to: 30 of
// "00030_tried.sql".
func number(file string) (int64, error) {
	digits, _, _ := strings.Cut(filepath.Base(file), "_")
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return 0, fmt.Errorf("migration %s has no number: %w", file, err)
	}
	return n, nil
}

// migrate brings the tables up to date. Two processes may start at once on a
// new database: the one that comes second finds the work done, perhaps by
// failing at it first.
func (db *DB) migrate(ctx context.Context, source fs.FS, dialect goose.Dialect, options []goose.ProviderOption) error {
	provider, err := goose.NewProvider(dialect, db.w.DB, source, append(options,
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
		if err == nil {
			break
		}
		if ctx.Err() != nil || tries == 0 {
			return err
		}
	}
	// A database that cannot be written is better found now than at the first
	// poll.
	return db.write(ctx, func(*transaction) error { return nil })
}

// Name returns what people are told the database is: the path of its file, or
// its address without a password.
func (db *DB) Name() string { return db.engine.name() }

// Check reads the whole database and returns an error that names the first
// damage found, nil where all is well. It takes about a second per 100 MB.
func (db *DB) Check(ctx context.Context) error {
	damage, err := db.engine.check(ctx, db.r)
	if err != nil {
		return fmt.Errorf("check database %s: %w", db.Name(), db.engine.explain(err))
	}
	if damage != "" {
		return fmt.Errorf("check database %s: it is damaged; keep a copy of it and restore the latest backup (%s)", db.Name(), damage)
	}
	return nil
}

// Form returns the number of the newest migration that the database has had.
func (db *DB) Form(ctx context.Context) (int64, error) {
	var n int64
	if err := db.r.QueryRowContext(ctx, form).Scan(&n); err != nil {
		return 0, fmt.Errorf("read the form of database %s: %w", db.Name(), db.engine.explain(err))
	}
	return n, nil
}
