package store

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
)

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
	forms, err := migrationsOf(folder)
	if err != nil {
		return nil, err
	}
	w, r, err := e.connect(ctx, newest(forms))
	if err != nil {
		return nil, err
	}
	db := &DB{engine: e, log: log, w: newPool(w), r: newPool(r), yield: yieldWithin, ranked: e.ranks(), sample: sampled}
	if err := db.migrate(ctx, forms, dialect, options); err != nil {
		return nil, errors.Join(e.explain(err), db.Close())
	}
	return db, nil
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
