package main

import (
	"sync"
	"testing"

	"newsdesk/internal/pgtest"
)

// server is the PostgreSQL of these tests.
var server pgtest.Server

// TestCrash_NothingLostNothingTwiceOnPostgres is the same with the database on
// a PostgreSQL server.
func TestCrash_NothingLostNothingTwiceOnPostgres(t *testing.T) { // M17
	t.Parallel()
	crashes(t, 4, func(t *testing.T, kill func()) crashDatabase {
		t.Helper()
		address := server.Database(t)
		var mu sync.Mutex
		left := 0 // commits until the kill, 0 for never
		through := server.Proxy(t, address, func([]string) pgtest.Fate {
			mu.Lock()
			defer mu.Unlock()
			if left == 0 {
				return pgtest.Pass
			}
			if left--; left > 0 {
				return pgtest.Pass
			}
			kill()
			return pgtest.CutBefore
		})
		return crashDatabase{driver: "pgx", source: address, setting: "database.url", value: through, arm: func(n int) {
			mu.Lock()
			defer mu.Unlock()
			left = n
		}}
	})
}
