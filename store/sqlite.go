package store

import (
	"context"
	"database/sql"
	"errors"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	"github.com/pressly/goose/v3"
	_ "modernc.org/sqlite" // the driver "sqlite"
)

// readerCache is how many KB of pages each reading connection keeps. SQLite's own
// figure is 2,000; what more than this saves, the system's cache saves as well.
const readerCache = "512"

// sqliteFile is a database that is one file.
type sqliteFile struct{ path string }

func (f sqliteFile) name() string { return f.path }

func (sqliteFile) migrations() (string, goose.Dialect, []goose.ProviderOption, error) {
	return "migrations/sqlite", goose.DialectSQLite3, nil, nil
}

func (f sqliteFile) connect(ctx context.Context, known int64) (w, r *sql.DB, err error) {
	exists, err := locate(f.path)
	if err != nil {
		return nil, nil, err
	}
	path, err := filepath.Abs(f.path)
	if err != nil {
		return nil, nil, err
	}
	if exists {
		if err := inspect(ctx, path, known); err != nil {
			return nil, nil, f.explain(err)
		}
	}
	if w, err = sql.Open("sqlite", writerDSN(path)); err != nil {
		return nil, nil, f.explain(err)
	}
	w.SetMaxOpenConns(1)
	if r, err = sql.Open("sqlite", readerDSN(path)); err != nil {
		return nil, nil, errors.Join(f.explain(err), w.Close())
	}
	r.SetMaxOpenConns(readers)
	r.SetMaxIdleConns(readers)
	return w, r, nil
}

// dsn names the file with the settings that every connection needs. They stand
// here and not in statements run once, because a pool opens connections when
// it likes. The path is escaped: a name may hold '?', '#' and '%'.
func dsn(path string, settings ...string) string {
	slashed := filepath.ToSlash(path)
	if !strings.HasPrefix(slashed, "/") {
		slashed = "/" + slashed // C:/folder on Windows
	}
	u := url.URL{Scheme: "file", Path: slashed, RawQuery: strings.Join(settings, "&")}
	return u.String()
}

func writerDSN(path string) string {
	return dsn(path, "_pragma=busy_timeout(5000)", "_pragma=journal_mode(WAL)", "_pragma=synchronous(NORMAL)",
		"_pragma=foreign_keys(1)", "_txlock=immediate", "_dqs=0", "_error_rc=1")
}

func readerDSN(path string) string {
	return dsn(path, "mode=rw", "_pragma=busy_timeout(5000)", "_pragma=query_only(1)", "_pragma=cache_size(-"+readerCache+")", "_dqs=0", "_error_rc=1")
}

// begin has nothing to do: _txlock=immediate takes the lock.
func (sqliteFile) begin(context.Context, *transaction) error { return nil }

func (sqliteFile) claims() *sql.DB { return nil }

func (sqliteFile) claim(context.Context, *sql.Conn, time.Duration) error { return nil }

func (sqliteFile) check(ctx context.Context, q querier) (damage string, err error) {
	found, err := list(ctx, q, one[string], `PRAGMA quick_check(1)`)
	if verdict := strings.Join(found, "; "); verdict != "ok" {
		damage = verdict
	}
	return damage, err
}

func (sqliteFile) texts() texts {
	return texts{
		size:      `(SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size())`,
		byGUID:    `SELECT guid_key, url_key, identity, id, said FROM articles WHERE feed = $1 AND guid_key IN (SELECT value FROM json_each($2))`,
		byAddress: `SELECT guid_key, url_key, identity, id, said FROM articles WHERE feed = $1 AND url_key IN (SELECT value FROM json_each($2))`,
	}
}
