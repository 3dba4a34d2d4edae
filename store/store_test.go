package store_test

import (
	"log/slog"
	"testing"

	"go.uber.org/goleak"

	"newsdesk/internal/pgtest"
	"newsdesk/store"
	"newsdesk/store/storetest"
)

// server is the PostgreSQL of these tests, and blank their empty SQLite files.
var (
	server pgtest.Server
	blank  storetest.Template
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(server.Around(m)) }

func openAt(tb testing.TB, path string) *store.DB {
	tb.Helper()
	db, err := store.Open(tb.Context(), path, slog.New(slog.DiscardHandler))
	if err != nil {
		tb.Fatal(err)
	}
	return db
}

func openNew(tb testing.TB) *store.DB {
	tb.Helper()
	db := openAt(tb, blank.New(tb))
	tb.Cleanup(func() {
		if err := db.Close(); err != nil {
			tb.Error(err)
		}
	})
	return db
}

func TestSuite(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T) *store.DB { t.Helper(); return openNew(t) })
}
