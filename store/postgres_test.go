package store_test

import (
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsdesk/store"
	"newsdesk/store/storetest"
)

func TestSuite_Postgres(t *testing.T) {
	t.Parallel()
	server.Need(t)
	storetest.Run(t, func(t *testing.T) *store.DB {
		t.Helper()
		db := openAt(t, server.Schema(t))
		t.Cleanup(func() {
			if err := db.Close(); err != nil {
				t.Error(err)
			}
		})
		return db
	})
}

// TestMigrations_AreTheSameOnBoth: a form means the same tables on either
// database.
func TestMigrations_AreTheSameOnBoth(t *testing.T) {
	t.Parallel()
	files := func(folder string) []string {
		found, err := filepath.Glob("migrations/" + folder + "/*.sql")
		if err != nil || len(found) == 0 {
			t.Fatalf("%s: %v", folder, err)
		}
		for i, f := range found {
			found[i] = filepath.Base(f)
		}
		return found
	}
	if diff := cmp.Diff(files("postgres"), files("sqlite")); diff != "" {
		t.Errorf("postgres, sqlite:\n%s", diff)
	}
}
