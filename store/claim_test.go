package store_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"newsdesk/store"
)

// TestClaim_OneProgramAtATime: a second program is refused, and takes over where
// the first has ended or lost its connection; the first then learns of it.
func TestClaim_OneProgramAtATime(t *testing.T) { // M17
	t.Parallel()
	address := server.Schema(t)
	first, second := openAt(t, address), openAt(t, address)
	defer func() { _ = errors.Join(first.Close(), second.Close()) }()
	first.SetYield(time.Millisecond)
	second.SetYield(time.Millisecond)
	claim := func(db *store.DB) *store.Claim {
		c, err := db.Claim(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	held := claim(first)
	_, err := second.Claim(t.Context())
	if !errors.Is(err, store.ErrClaimed()) || !strings.Contains(err.Error(), "another Newsdesk runs on this database") {
		t.Errorf("a second program: %v, want to be told of the first", err)
	}
	if err := held.Check(t.Context()); err != nil {
		t.Errorf("the claim is not kept: %v", err)
	}
	// Another schema is another database.
	other := openServer(t)
	if err := claim(other).Release(); err != nil {
		t.Error(err)
	}

	kill := func() {
		// The lock is a connection's; name the one of this schema.
		_, err := openSQL(t, address).ExecContext(t.Context(), `SELECT pg_terminate_backend(pid, 10000) FROM pg_locks
			WHERE locktype = 'advisory' AND classid = 1383427699 AND objid = (hashtext(current_schema())::bigint & 4294967295)::oid`)
		if err != nil {
			t.Fatal(err)
		}
	}
	kill()
	if err := held.Check(t.Context()); err != nil {
		t.Errorf("a connection that broke was not replaced: %v", err)
	}
	if _, err := second.Claim(t.Context()); !errors.Is(err, store.ErrClaimed()) {
		t.Errorf("a second program: %v, want to be told of the first", err)
	}
	kill()
	taken := claim(second)
	if err := held.Check(t.Context()); !errors.Is(err, store.ErrClaimed()) {
		t.Errorf("the first program: %v, want to be told that another took over", err)
	}
	if err := errors.Join(held.Release(), taken.Release()); err != nil {
		t.Error(err)
	}
	if err := claim(first).Release(); err != nil {
		t.Error(err)
	}
}

// TestClaim_WaitsForWhoIsEnding: a program that was just stopped does not keep
// its successor from starting.
func TestClaim_WaitsForWhoIsEnding(t *testing.T) {
	t.Parallel()
	address := server.Schema(t)
	first, second := openAt(t, address), openAt(t, address)
	defer func() { _ = errors.Join(first.Close(), second.Close()) }()
	second.SetYield(time.Minute)
	held, err := first.Claim(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan error)
	go func() {
		c, err := second.Claim(t.Context())
		if err == nil {
			err = c.Release()
		}
		done <- err
	}()
	waits := openSQL(t, address)
	for n := 0; n == 0; {
		if err := waits.QueryRowContext(t.Context(), `SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND classid = 1383427699
			AND objid = (hashtext(current_schema())::bigint & 4294967295)::oid`).Scan(&n); err != nil {
			t.Fatal(err)
		}
	}
	if err := held.Release(); err != nil {
		t.Error(err)
	}
	if err := <-done; err != nil {
		t.Error(err)
	}
}

// TestClaim_AFileIsTheOperators: on SQLite a claim holds and is kept until the
// end.
func TestClaim_AFileIsTheOperators(t *testing.T) {
	t.Parallel()
	c, err := openNew(t).Claim(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := errors.Join(c.Keep(ctx), c.Release()); err != nil {
		t.Error(err)
	}
}
