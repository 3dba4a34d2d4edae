package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// applicationID marks a file as ours: "News" in ASCII, set by the first
// migration.
const applicationID = 0x4E657773

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
		return false, explainFile(err)
	} else if !info.IsDir() {
		return false, fmt.Errorf("%s is a file, not a folder; choose another path", folder)
	}
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return false, nil
	case err != nil:
		return false, explainFile(err)
	case info.IsDir():
		return false, fmt.Errorf("that is a folder; name a file in it, such as %s", filepath.Join(path, "newsdesk.db"))
	case !info.Mode().IsRegular():
		return false, errors.New("that is not a regular file; choose another path")
	}
	return info.Size() > 0, nil
}

// inspect looks whether the file is ours and not from the future, without
// changing a byte of it.
func inspect(ctx context.Context, path string, known int64) error {
	err := inspectAs(ctx, path, known, "mode=ro")
	if c := primary(err); c == sqlite3.SQLITE_READONLY || c == sqlite3.SQLITE_CANTOPEN {
		// A crash left work that only a writer can tidy up.
		return inspectAs(ctx, path, known, "mode=rw")
	}
	return err
}

func inspectAs(ctx context.Context, path string, known int64, mode string) (err error) {
	db, err := sql.Open("sqlite", dsn(path, mode, "_pragma=busy_timeout(5000)", "_error_rc=1"))
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(1)
	defer func() { err = errors.Join(err, db.Close()) }()
	var id, others, ours int64
	if err := db.QueryRowContext(ctx, `PRAGMA application_id`).Scan(&id); err != nil {
		return err
	}
	err = db.QueryRowContext(ctx, `SELECT
		count(*) FILTER (WHERE tbl_name NOT IN ('goose_db_version', 'sqlite_sequence')),
		count(*) FILTER (WHERE name = 'goose_db_version') FROM sqlite_master`).Scan(&others, &ours)
	if err != nil {
		return err
	}
	if id != applicationID && (id != 0 || others > 0) {
		return errors.New("the file is the SQLite database of " + foreign + "; choose another path")
	}
	if ours == 0 {
		return nil // empty, or stopped before its first migration
	}
	var have int64
	if err := db.QueryRowContext(ctx, form).Scan(&have); err != nil {
		return err
	}
	return newer("file", have, known)
}

// primary returns the SQLite result code in err without its details, 0 where
// there is none.
func primary(err error) int {
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		return e.Code() & 0xff
	}
	return 0
}

func (sqliteFile) explain(err error) error { return explainFile(err) }

// explainFile puts what is wrong and what to do before an error that a person
// will read.
func explainFile(err error) error {
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
