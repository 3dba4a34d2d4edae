package store

import (
	"context"
	"database/sql"
	"sync"
)

// maxPrepared bounds the statements a pool keeps. There are fewer than fifty
// of them, but for those that list ids, whose text varies.
const maxPrepared = 64

// pool is a *sql.DB that prepares each statement once: SQLite takes longer to
// read most of ours than to run them.
type pool struct {
	*sql.DB
	mu       sync.Mutex
	prepared map[string]*sql.Stmt
}

func newPool(db *sql.DB) *pool { return &pool{DB: db, prepared: map[string]*sql.Stmt{}} }

// statement returns the prepared statement, nil where it is to be run as text.
func (p *pool) statement(ctx context.Context, query string) *sql.Stmt {
	p.mu.Lock()
	s, full := p.prepared[query], len(p.prepared) >= maxPrepared
	p.mu.Unlock()
	if s != nil || full {
		return s
	}
	s, err := p.PrepareContext(ctx, query)
	if err != nil {
		return nil // running the text gives the same error to who can report it
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if first := p.prepared[query]; first != nil { // another goroutine was faster
		_ = s.Close() // nothing was done with it
		return first
	}
	p.prepared[query] = s
	return s
}

// QueryContext is that of sql.DB.
func (p *pool) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if s := p.statement(ctx, query); s != nil {
		return s.QueryContext(ctx, args...) // the caller closes the rows
	}
	return p.DB.QueryContext(ctx, query, args...)
}

// QueryRowContext is that of sql.DB.
func (p *pool) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	if s := p.statement(ctx, query); s != nil {
		return s.QueryRowContext(ctx, args...)
	}
	return p.DB.QueryRowContext(ctx, query, args...)
}

// ExecContext is that of sql.DB. It must not be called by a goroutine that
// holds the pool's only connection in a transaction.
func (p *pool) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	if s := p.statement(ctx, query); s != nil {
		return s.ExecContext(ctx, args...)
	}
	return p.DB.ExecContext(ctx, query, args...)
}
