package store

import (
	"context"
	"database/sql"
	"sync"
)

// maxPrepared bounds the statements a pool keeps. There are fewer than a hundred
// that run often; the text of those that list ids varies.
const maxPrepared = 128

// pool is a *sql.DB that prepares each statement once: SQLite takes longer to
// read most of ours than to run them.
type pool struct {
	*sql.DB
	mu       sync.Mutex
	prepared map[string]*sql.Stmt
	once     map[string]bool // texts that ran once in a transaction
}

func newPool(db *sql.DB) *pool {
	return &pool{DB: db, prepared: map[string]*sql.Stmt{}, once: map[string]bool{}}
}

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

// transaction is a *sql.Tx of a pool that runs the pool's statements. What is not
// prepared is run as text, and prepared behind the commit of the second transaction
// that runs it: before, the transaction may hold the only connection.
type transaction struct {
	*sql.Tx
	pool *pool
	mine map[string]*sql.Stmt // the pool's, for use in here
	new  []string             // texts to be prepared
}

// statement returns the prepared statement, nil where it is to be run as text.
func (t *transaction) statement(ctx context.Context, query string) *sql.Stmt {
	s, seen := t.mine[query]
	if seen {
		return s
	}
	t.pool.mu.Lock()
	known, full := t.pool.prepared[query], len(t.pool.prepared) >= maxPrepared
	again := t.pool.once[query]
	if known == nil && !full {
		if len(t.pool.once) >= maxPrepared { // texts that vary
			clear(t.pool.once)
		}
		t.pool.once[query] = true
	}
	t.pool.mu.Unlock()
	switch {
	case known != nil:
		s = t.StmtContext(ctx, known)
	case again && !full:
		t.new = append(t.new, query)
	}
	if t.mine == nil {
		t.mine = map[string]*sql.Stmt{}
	}
	t.mine[query] = s
	return s
}

// learn prepares what was run as text, once the transaction has ended.
func (t *transaction) learn(ctx context.Context) {
	for _, query := range t.new {
		t.pool.statement(ctx, query)
	}
}

// QueryContext is that of sql.Tx.
func (t *transaction) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if s := t.statement(ctx, query); s != nil {
		return s.QueryContext(ctx, args...) // the caller closes the rows
	}
	return t.Tx.QueryContext(ctx, query, args...)
}

// QueryRowContext is that of sql.Tx.
func (t *transaction) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	if s := t.statement(ctx, query); s != nil {
		return s.QueryRowContext(ctx, args...)
	}
	return t.Tx.QueryRowContext(ctx, query, args...)
}

// ExecContext is that of sql.Tx.
func (t *transaction) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	if s := t.statement(ctx, query); s != nil {
		return s.ExecContext(ctx, args...)
	}
	return t.Tx.ExecContext(ctx, query, args...)
}
