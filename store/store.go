// Package store keeps everything Newsdesk knows in one database, an SQLite file
// or one on a PostgreSQL server: feeds, articles, events, subscriptions and the
// outbox.
//
//	db, err := store.Open(ctx, "newsdesk.db", log)
//	db, err := store.Open(ctx, "postgres://newsdesk@db.example/newsdesk", log)
//	defer db.Close()
//
// Rows are the truth. What is to be done is a column (a feed's next_poll, an
// article's state, a post's state), so nothing has to be recovered after a
// crash, and each write may be repeated: unique keys make the second time
// change nothing. What one decision causes is written in one transaction; see
// [DB.Apply].
//
// # Connections
//
// SQLite has one writer at a time and, in WAL mode, readers that never wait
// for it. The store therefore has two pools on one file. Writes go through a
// pool of one connection: callers queue in Go, where waiting is fair, costs
// nothing and ends with their context, and SQLITE_BUSY cannot arise within
// the process. Reads go through a small pool that is barred from writing; a
// read sees everything that was committed before it began. A second process on
// the same file is waited for up to five seconds; transactions that write take
// the write lock at their start, so none fails half-way.
//
// PostgreSQL would take more writers, but ids and times of arrival must rise in
// the order of commits. So there is one writing connection here too, and a
// transaction that writes holds an advisory lock, which other processes wait
// for.
//
// # Conventions
//
// Times are stored in milliseconds, UTC, and come back so; a zero time is
// NULL. A row that does not exist is [news.ErrNotFound], one that changed
// meanwhile [news.ErrConflict]; both are found with errors.Is. A limit of zero
// or less gives no rows. All methods are safe for concurrent use.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"newsdesk/ask"
	"newsdesk/feeds"
	"newsdesk/outbox"
	"newsdesk/websub"
)

var (
	_ feeds.Store   = (*DB)(nil)
	_ outbox.Store  = (*DB)(nil)
	_ outbox.Ration = (*DB)(nil)
	_ ask.Index     = (*DB)(nil)
	_ websub.Store  = (*DB)(nil)
)

// readers is the number of connections for reading. Reads are short and mostly
// bound by the processor; more would only cost memory (each has its own cache).
const readers = 4

// DB is an open database. Make one with [Open].
type DB struct {
	engine engine
	log    *slog.Logger
	w      *pool // the one writing connection
	r      *pool // reading connections

	yield          time.Duration // yieldWithin, or less in a test
	ranked, sample int64         // engine.ranks and sampled, or less in a test

	set settingsCache
}

// Close waits for what is being read and written, and closes the file.
func (db *DB) Close() error {
	// The writer closes last: the last connection folds the log into the file.
	if err := errors.Join(db.r.Close(), db.w.Close()); err != nil {
		return fmt.Errorf("close database %s: %w", db.Name(), err)
	}
	return nil
}

// write runs do in a transaction that holds the write lock from its start. It
// commits if do returns nil, else nothing happened.
func (db *DB) write(ctx context.Context, do func(tx *transaction) error) error {
	begun, err := db.w.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	tx := &transaction{Tx: begun, pool: db.w}
	err = db.engine.begin(ctx, tx)
	if err == nil {
		err = do(tx)
	}
	if err != nil {
		if undo := tx.Rollback(); undo != nil && !errors.Is(undo, sql.ErrTxDone) {
			return errors.Join(err, undo)
		}
		return err
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	tx.learn(ctx)
	return nil
}

// querier is what reading needs: a pool or a transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// scanner is a row being read: *sql.Row or *sql.Rows.
type scanner interface{ Scan(dest ...any) error }

// list runs a query and turns each row into a T.
func list[T any](ctx context.Context, q querier, scan func(scanner) (T, error), query string, args ...any) ([]T, error) {
	var out []T
	err := each(ctx, q, func(s scanner) error {
		v, err := scan(s)
		if err == nil {
			out = append(out, v)
		}
		return err
	}, query, args...)
	if err != nil {
		return nil, err
	}
	return out, nil
}

// each runs a query and calls with each row.
func each(ctx context.Context, q querier, call func(scanner) error, query string, args ...any) error {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }() // a second close; rows.Err tells of failures
	for rows.Next() {
		if err := call(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// one reads a single value from each row.
func one[T any](s scanner) (T, error) {
	var v T
	err := s.Scan(&v)
	return v, err
}

// affected turns "no row changed" into the error given.
func affected(res sql.Result, none error) error {
	n, err := res.RowsAffected()
	if err != nil {
		return err
	}
	if n == 0 {
		return none
	}
	return nil
}
