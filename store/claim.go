package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

const (
	// yieldWithin is how long a claim waits for a program that is ending: what
	// it had claimed falls when its connection closes.
	yieldWithin = 5 * time.Second
	// checkEvery is how often a claim is looked after.
	checkEvery = 5 * time.Second
)

// errClaimed says that another program has the database.
var errClaimed = errors.New("another Newsdesk runs on this database, and two would post everything twice; stop that one first")

// Claim is the right to be the one program that runs on a database: that polls
// and posts. Commands that only look something up or change a setting need
// none.
//
// On PostgreSQL it is a lock that lasts as long as a connection of its own. On
// SQLite there is no such lock that would not keep those commands away: there,
// it is for the operator to start one program only, and a Claim always holds.
type Claim struct {
	db   *DB
	pool *sql.DB // nil on SQLite
	conn *sql.Conn
}

// Claim takes the right to run on the database. It waits some seconds for a
// program that is just ending. Call Release at the end.
func (db *DB) Claim(ctx context.Context) (*Claim, error) {
	c := &Claim{db: db, pool: db.engine.claims()}
	if c.pool == nil {
		return c, nil
	}
	if err := c.take(ctx, db.yield); err != nil {
		return nil, errors.Join(fmt.Errorf("claim database %s: %w", db.Name(), err), c.pool.Close())
	}
	return c, nil
}

// take takes the lock with a new connection.
func (c *Claim) take(ctx context.Context, patience time.Duration) error {
	conn, err := c.pool.Conn(ctx)
	if err != nil {
		return c.db.engine.explain(err)
	}
	if err := c.db.engine.claim(ctx, conn, patience); err != nil {
		return errors.Join(err, conn.Close())
	}
	c.conn = conn
	return nil
}

// Keep looks after the claim until ctx ends, and then returns nil. A connection
// that broke is replaced; where another program has taken over meanwhile, Keep
// returns an error that says so, and this program must stop.
func (c *Claim) Keep(ctx context.Context) error {
	if c.pool == nil {
		<-ctx.Done()
		return nil
	}
	tick := time.NewTicker(checkEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
		err := c.check(ctx)
		if errors.Is(err, errClaimed) {
			return fmt.Errorf("keep the claim on database %s: %w", c.db.Name(), err)
		}
		if err != nil && ctx.Err() == nil {
			c.db.log.WarnContext(ctx, "database not reached", "error", err)
		}
	}
}

// check takes the lock anew if its connection is gone.
func (c *Claim) check(ctx context.Context) error {
	if c.conn != nil {
		if c.conn.PingContext(ctx) == nil {
			return nil
		}
		_ = c.conn.Close() // it is broken
		c.conn = nil
	}
	return c.take(ctx, 0)
}

// Release gives the right back.
func (c *Claim) Release() error {
	if c.pool == nil {
		return nil
	}
	var err error
	if c.conn != nil {
		err = c.conn.Close()
	}
	return errors.Join(err, c.pool.Close())
}
