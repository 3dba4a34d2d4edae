package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/pressly/goose/v3"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

//go:embed migrations/sqlite/*.sql
var migrations embed.FS

// applicationID marks a file as ours: "News" in ASCII, set by the first
// migration.
const applicationID = 0x4E657773

// Open opens the SQLite file at path, makes it if there is none, and brings
// its tables up to date. The folder must exist. A file that cannot be used is
// left as it is, and the error is one sentence that says what is wrong and what
// to do next, with the cause at its end.
func Open(ctx context.Context, path string, log *slog.Logger) (*DB, error) {
	db, err := open(ctx, path, log)
	if err != nil {
		return nil, fmt.Errorf("open database %s: %w", path, err)
	}
	return db, nil
}

func open(ctx context.Context, path string, log *slog.Logger) (*DB, error) {
	exists, err := locate(path)
	if err != nil {
		return nil, err
	}
	if path, err = filepath.Abs(path); err != nil {
		return nil, err
	}
	source, err := fs.Sub(migrations, "migrations/sqlite")
	if err != nil {
		return nil, err
	}
	if exists {
		if err := inspect(ctx, path, source); err != nil {
			return nil, explain(err)
		}
	}
	db, err := connect(path, log)
	if err != nil {
		return nil, explain(err)
	}
	if err := db.migrate(ctx, source); err != nil {
		return nil, errors.Join(explain(err), db.Close())
	}
	return db, nil
}

// locate looks at the path without opening it, and reports whether there is a
// file with something in it. Opening and closing it by hand would drop the
// locks this process may hold on it already (POSIX locks belong to the process
// and the file, not to the descriptor).
func locate(path string) (exists bool, err error) {
	if path == "" || path == ":memory:" {
		return false, errors.New("the path must name a file, such as newsdesk.db")
	}
	folder := filepath.Dir(path)
	if info, err := os.Stat(folder); errors.Is(err, fs.ErrNotExist) {
		return false, fmt.Errorf("the folder %s does not exist; create it or choose another path (%w)", folder, err)
	} else if err != nil {
		return false, explain(err)
	} else if !info.IsDir() {
		return false, fmt.Errorf("%s is a file, not a folder; choose another path", folder)
	}
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return false, nil
	case err != nil:
		return false, explain(err)
	case info.IsDir():
		return false, fmt.Errorf("that is a folder; name a file in it, such as %s", filepath.Join(path, "newsdesk.db"))
	case !info.Mode().IsRegular():
		return false, errors.New("that is not a regular file; choose another path")
	}
	return info.Size() > 0, nil
}

// inspect looks whether the file is ours and not from the future, without
// changing a byte of it.
func inspect(ctx context.Context, path string, source fs.FS) error {
	err := inspectAs(ctx, path, source, "mode=ro")
	if c := primary(err); c == sqlite3.SQLITE_READONLY || c == sqlite3.SQLITE_CANTOPEN {
		// A crash left work that only a writer can tidy up.
		return inspectAs(ctx, path, source, "mode=rw")
	}
	return err
}

func inspectAs(ctx context.Context, path string, source fs.FS, mode string) (err error) {
	db, err := sql.Open("sqlite", dsn(path, mode, "_pragma=busy_timeout(5000)", "_error_rc=1"))
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(1)
	defer func() { err = errors.Join(err, db.Close()) }()
	var id, foreign, ours int64
	if err := db.QueryRowContext(ctx, `PRAGMA application_id`).Scan(&id); err != nil {
		return err
	}
	err = db.QueryRowContext(ctx, `SELECT
		count(*) FILTER (WHERE tbl_name NOT IN ('goose_db_version', 'sqlite_sequence')),
		count(*) FILTER (WHERE name = 'goose_db_version') FROM sqlite_master`).Scan(&foreign, &ours)
	if err != nil {
		return err
	}
	if id != applicationID && (id != 0 || foreign > 0) {
		return errors.New("the file is the SQLite database of another program, and is left as it is; choose another path")
	}
	if ours == 0 {
		return nil // empty, or stopped before its first migration
	}
	var have int64
	err = db.QueryRowContext(ctx, `SELECT coalesce(max(version_id), 0) FROM goose_db_version WHERE is_applied = 1`).Scan(&have)
	if err != nil {
		return err
	}
	names, err := fs.Glob(source, "*.sql")
	if err != nil {
		return err
	}
	known, err := number(names[len(names)-1]) // Glob sorts them
	if err != nil {
		return err
	}
	if have > known {
		return fmt.Errorf("the file was written by a newer Newsdesk (form %d, this one knows up to %d), and is left as it is; "+
			"install that version or a newer one", have, known)
	}
	return nil
}

// number reads the form that a migration's file leads to: 30 of
// "00030_tried.sql".
func number(file string) (int64, error) {
	digits, _, _ := strings.Cut(file, "_")
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return 0, fmt.Errorf("migration %s has no number: %w", file, err)
	}
	return n, nil
}

// migrate brings the tables up to date. Two processes may start at once on a
// new file: the one that comes second finds the work done, perhaps by failing
// at it first.
func (db *DB) migrate(ctx context.Context, source fs.FS) error {
	provider, err := goose.NewProvider(goose.DialectSQLite3, db.w.DB, source,
		goose.WithSlog(slog.New(slog.DiscardHandler)), goose.WithDisableGlobalRegistry(true),
		// Numbers are given out by range, so a lower one may come later. No
		// migration builds on one of another range.
		goose.WithAllowOutofOrder(true))
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
	// A file that cannot be written is better found now than at the first poll.
	return db.write(ctx, func(*sql.Tx) error { return nil })
}

// primary returns the SQLite result code in err without its details, 0 where
// there is none.
func primary(err error) int {
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		return e.Code() & 0xff
	}
	return 0
}

// explain puts what is wrong and what to do before an error that a person will
// read.
func explain(err error) error {
	var say string
	switch code := primary(err); {
	case code == sqlite3.SQLITE_NOTADB:
		say = "the file is not a SQLite database, and is left as it is; move it away or choose another path"
	case code == sqlite3.SQLITE_CORRUPT:
		say = "the file is damaged, and is left as it is; keep a copy of it and restore the latest backup"
	case code == sqlite3.SQLITE_READONLY:
		say = "the file or its folder cannot be written; check their owner and permissions"
	case code == sqlite3.SQLITE_CANTOPEN, code == sqlite3.SQLITE_PERM, errors.Is(err, fs.ErrPermission):
		say = "the file cannot be opened for reading and writing; check the owner and permissions of the file and its folder"
	case code == sqlite3.SQLITE_BUSY, code == sqlite3.SQLITE_LOCKED:
		say = "another program holds the file; stop it and try again"
	case code == sqlite3.SQLITE_FULL:
		say = "the disk is full; make room and try again"
	case code == sqlite3.SQLITE_IOERR:
		say = "the disk reports an error; check the disk, then try again"
	default:
		return err
	}
	return fmt.Errorf("%s (%w)", say, err)
}

// Check reads the whole file and returns an error that names the first damage
// found, nil where all is well. It takes about a second per 100 MB.
func (db *DB) Check(ctx context.Context) error {
	found, err := list(ctx, db.r, one[string], `PRAGMA quick_check(1)`)
	if err != nil {
		return fmt.Errorf("check database %s: %w", db.path, explain(err))
	}
	if verdict := strings.Join(found, "; "); verdict != "ok" {
		return fmt.Errorf("check database %s: the file is damaged; keep a copy of it and restore the latest backup (%s)", db.path, verdict)
	}
	return nil
}

// Form returns the number of the newest migration that the file has had.
func (db *DB) Form(ctx context.Context) (int64, error) {
	var form int64
	err := db.r.QueryRowContext(ctx, `SELECT coalesce(max(version_id), 0) FROM goose_db_version WHERE is_applied = 1`).Scan(&form)
	if err != nil {
		return 0, fmt.Errorf("read the form of database %s: %w", db.path, explain(err))
	}
	return form, nil
}
