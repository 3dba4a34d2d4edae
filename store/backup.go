package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	sqlite3 "modernc.org/sqlite/lib"
)

// Backup writes a copy of the database at path to target, as of one moment,
// while other processes go on using it. target must not exist; it appears only
// once it is whole. The database is not changed.
//
// For the address of a PostgreSQL database it does nothing: the error says how
// to call that database's own program.
func Backup(ctx context.Context, path, target string) error {
	if isAddress(path) {
		p, err := newPostgres(path)
		if err != nil {
			return err
		}
		return fmt.Errorf("only SQLite files are copied by this command: back up a PostgreSQL database, while the bot runs, with "+
			"pg_dump --format=custom --file=newsdesk.dump %q", p.name())
	}
	if err := backup(ctx, path, target); err != nil {
		return fmt.Errorf("back up %s to %s: %w", path, target, err)
	}
	return nil
}

func backup(ctx context.Context, path, target string) (err error) {
	if path, err = usable(ctx, path); err != nil {
		return err
	}
	if _, err := os.Lstat(target); err == nil {
		return errors.New("there is a file of that name; name another one, so that no backup is lost")
	} else if !errors.Is(err, fs.ErrNotExist) {
		return explainFile(err)
	}
	part, err := filepath.Abs(target + ".part")
	if err != nil {
		return err
	}
	if err := os.Remove(part); err != nil && !errors.Is(err, fs.ErrNotExist) { // left by a backup that was cut short
		return err
	}
	db, err := sql.Open("sqlite", dsn(path, "mode=rw", "_pragma=busy_timeout(5000)", "_pragma=query_only(0)", "_error_rc=1"))
	if err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, `VACUUM INTO $1`, part)
	if err = errors.Join(err, db.Close()); err != nil {
		return errors.Join(explainFile(err), remove(part))
	}
	if err := errors.Join(flush(part), check(ctx, part)); err != nil {
		return errors.Join(err, remove(part))
	}
	return os.Rename(part, target)
}

// Restore puts the backup in the place of the database at path and returns
// where the database that stood there was moved to, "" if there was none. It
// refuses a file that is damaged, is not Newsdesk's or is too new, and a
// database that a running Newsdesk holds; everything then stays as it was.
// For the address of a PostgreSQL database it does what [Backup] does.
func Restore(ctx context.Context, backup, path string, now time.Time) (moved string, err error) {
	if isAddress(path) {
		p, err := newPostgres(path)
		if err != nil {
			return "", err
		}
		return "", fmt.Errorf("only SQLite files are restored by this command: stop the bot, and restore a PostgreSQL database with "+
			"pg_restore --clean --if-exists --dbname=%q %q", p.name(), backup)
	}
	if moved, err = restore(ctx, backup, path, now); err != nil {
		return "", fmt.Errorf("restore %s from %s: %w", path, backup, err)
	}
	return moved, nil
}

func restore(ctx context.Context, backup, path string, now time.Time) (moved string, err error) {
	if backup, err = usable(ctx, backup); err != nil {
		return "", err
	}
	if err := check(ctx, backup); err != nil {
		return "", err
	}
	exists, err := locate(path)
	if err != nil {
		return "", err
	}
	if path, err = filepath.Abs(path); err != nil {
		return "", err
	}
	if exists {
		if err := settle(ctx, path); err != nil {
			return "", err
		}
	}
	part := path + ".part"
	if err := copyFile(backup, part); err != nil {
		return "", errors.Join(err, remove(part))
	}
	if exists {
		moved = path + ".before-" + now.UTC().Format("20060102-150405")
		if _, err := os.Lstat(moved); err == nil {
			return "", errors.Join(fmt.Errorf("%s is there already; move it away", moved), remove(part))
		}
		if err := os.Rename(path, moved); err != nil {
			return "", errors.Join(err, remove(part))
		}
	}
	return moved, os.Rename(part, path)
}

// usable returns the absolute path of a database that is there and is ours.
func usable(ctx context.Context, path string) (string, error) {
	exists, err := locate(path)
	if err != nil {
		return "", err
	}
	if !exists {
		return "", fmt.Errorf("there is no database %s", path)
	}
	if path, err = filepath.Abs(path); err != nil {
		return "", err
	}
	forms, err := migrationsOf("migrations/sqlite")
	if err != nil {
		return "", err
	}
	return path, explainFile(inspect(ctx, path, newest(forms)))
}

// check returns an error where a database is damaged.
func check(ctx context.Context, path string) (err error) {
	db, err := sql.Open("sqlite", dsn(path, "mode=ro", "_error_rc=1"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	var verdict string
	if err := db.QueryRowContext(ctx, `PRAGMA quick_check(1)`).Scan(&verdict); err != nil {
		return explainFile(err)
	}
	if verdict != "ok" {
		return fmt.Errorf("the file is damaged (%s)", verdict)
	}
	return nil
}

// settle moves what stands in the write-ahead log into the file, so that the
// file is all there is. In the locking mode that it asks for, SQLite grants the
// lock only where no other process has the database open.
func settle(ctx context.Context, path string) (err error) {
	db, err := sql.Open("sqlite", dsn(path, "mode=rw", "_pragma=locking_mode(EXCLUSIVE)", "_error_rc=1"))
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(1)
	defer func() { err = errors.Join(err, db.Close()) }()
	for _, step := range []string{`BEGIN EXCLUSIVE`, `COMMIT`, `PRAGMA journal_mode = DELETE`} {
		if _, err := db.ExecContext(ctx, step); err != nil {
			if c := primary(err); c == sqlite3.SQLITE_BUSY || c == sqlite3.SQLITE_LOCKED {
				return fmt.Errorf("the database is in use; stop Newsdesk first (%w)", err)
			}
			return explainFile(err)
		}
	}
	return nil
}

func remove(path string) error {
	if err := os.Remove(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// flush has the disk keep what was written to a file.
func flush(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0) //nolint:gosec // the operator names the file
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

func copyFile(from, to string) (err error) {
	in, err := os.Open(from) //nolint:gosec // the operator names the file
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600) //nolint:gosec // the operator names the file
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Sync(), out.Close())
}
