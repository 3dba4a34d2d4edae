package store

import (
	"log/slog"
	"path/filepath"
	"testing"
)

// TestUpward: of a migration the part is run that leads to its form, and nothing of
// that which leads back.
func TestUpward(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ text, want string }{
		{"-- Why.\n\n-- +goose Up\nCREATE TABLE a (b);\n\n-- +goose Down\nDROP TABLE a;\n", "\nCREATE TABLE a (b);\n\n"},
		{"-- +goose Up\r\nCREATE TABLE a (b);\r\n", "\r\nCREATE TABLE a (b);\r\n"},
	} {
		if got, err := upward(tt.text); err != nil || got != tt.want {
			t.Errorf("of %q: %q, %v; want %q", tt.text, got, err, tt.want)
		}
	}
	if got, err := upward("CREATE TABLE a (b);\n"); err == nil {
		t.Errorf("got %q, want an error: nothing says which way it leads", got)
	}
}

// TestMigrated_MissesNone: numbers are given out by range, so that the newest form
// says nothing of those before it.
func TestMigrated_MissesNone(t *testing.T) {
	t.Parallel()
	db, err := Open(t.Context(), filepath.Join(t.TempDir(), "news.db"), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	forms, err := migrationsOf("migrations/sqlite")
	if err != nil {
		t.Fatal(err)
	}
	if !db.migrated(t.Context(), forms) {
		t.Error("a new database lacks a migration")
	}
	if _, err := db.w.ExecContext(t.Context(), `DELETE FROM goose_db_version WHERE version_id = $1`, forms[len(forms)/2].Version); err != nil {
		t.Fatal(err)
	}
	if db.migrated(t.Context(), forms) {
		t.Error("a database that lacks one of the middle has had all")
	}
}
