package store

import (
	"context"
	"time"
)

// SetRarity makes a few articles many. See engine.ranks and sampled.
func (db *DB) SetRarity(ranked, sample int64) { db.ranked, db.sample = ranked, sample }

// Vector is vector.
func Vector(title, body string) string {
	text, _ := vector(title, body)
	return storable(text)
}

// Queries returns what is asked of PostgreSQL for a person's text.
func Queries(text string) []string { return queries(telling(text)) }

// SetYield bounds the wait for a program that is ending.
func (db *DB) SetYield(d time.Duration) { db.yield = d }

// Check is check.
func (c *Claim) Check(ctx context.Context) error { return c.check(ctx) }

// ErrClaimed is errClaimed.
func ErrClaimed() error { return errClaimed }
