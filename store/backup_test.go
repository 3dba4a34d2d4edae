package store_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"newsdesk/news"
	"newsdesk/store"
)

var restored = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

func topicsOf(t *testing.T, db *store.DB) string {
	t.Helper()
	subs, err := db.Subscriptions(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, s := range subs {
		out = append(out, s.Topic)
	}
	return strings.Join(out, " ")
}

func follow(t *testing.T, db *store.DB, topic string) {
	t.Helper()
	if _, err := db.Subscribe(t.Context(), news.Subscription{Channel: "1", Topic: topic}); err != nil {
		t.Fatal(err)
	}
}

// A backup is taken while the database is in use, holds what was stored by
// then, and comes back; what stood in its place is kept.
func TestBackup_ComesBack(t *testing.T) { // M28
	t.Parallel()
	dir := t.TempDir()
	path, copied := filepath.Join(dir, "news.db"), filepath.Join(dir, "copy.db")
	db := openAt(t, path)
	follow(t, db, "world")
	if err := store.Backup(t.Context(), path, copied); err != nil {
		t.Fatal(err)
	}
	follow(t, db, "science")

	_, err := store.Restore(t.Context(), copied, path, restored)
	if err == nil || !strings.Contains(err.Error(), "stop Newsdesk first") {
		t.Fatalf("restoring over a database in use: %v; want to be told to stop Newsdesk", err)
	}
	if got := topicsOf(t, db); got != "science world" && got != "world science" {
		t.Errorf("after a refused restore the channel follows %q", got)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}

	moved, err := store.Restore(t.Context(), copied, path, restored)
	if err != nil {
		t.Fatal(err)
	}
	back, before := openAt(t, path), openAt(t, moved)
	if got := topicsOf(t, back); got != "world" {
		t.Errorf("the restored database follows %q, want world", got)
	}
	if got := topicsOf(t, before); !strings.Contains(got, "science") {
		t.Errorf("the database that was replaced follows %q, want science in it", got)
	}
	for _, d := range []*store.DB{back, before} {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestBackup_RefusesWhatWouldLoseSomething(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := func(name, content string) string {
		p := filepath.Join(dir, name)
		if err := os.WriteFile(p, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return p
	}
	path := filepath.Join(dir, "news.db")
	if err := openAt(t, path).Close(); err != nil {
		t.Fatal(err)
	}
	taken, garbage := file("taken.db", "something"), file("garbage.db", strings.Repeat("no database ", 100))
	for name, tc := range map[string]struct {
		do   func() error
		want string
	}{
		"target exists":  {func() error { return store.Backup(t.Context(), path, taken) }, "file of that name"},
		"no database":    {func() error { return store.Backup(t.Context(), filepath.Join(dir, "none.db"), filepath.Join(dir, "x")) }, "there is no database"},
		"backup is none": {func() error { _, err := store.Restore(t.Context(), garbage, path, restored); return err }, "not a SQLite database"},
		"backup is gone": {func() error {
			_, err := store.Restore(t.Context(), filepath.Join(dir, "gone"), path, restored)
			return err
		}, "there is no database"},
		"no folder there": {func() error {
			_, err := store.Restore(t.Context(), path, filepath.Join(dir, "no", "x.db"), restored)
			return err
		}, "does not exist"},
	} {
		if err := tc.do(); err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: %v; want %q", name, err, tc.want)
		}
	}
	if b, err := os.ReadFile(taken); err != nil || string(b) != "something" {
		t.Errorf("the file in the way reads %q, %v", b, err)
	}
	left, err := filepath.Glob(filepath.Join(dir, "*.part"))
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}
