package store

import (
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
)

// A guild is forgotten in every table that holds anything by channel: whoever
// adds one must add it to the list.
func TestForgetting_KnowsEveryTable(t *testing.T) { // M29
	t.Parallel()
	db, err := Open(t.Context(), filepath.Join(t.TempDir(), "news.db"), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	tables, err := list(t.Context(), db.r, one[string], `SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c
		WHERE m.type = 'table' AND c.name IN ('channel', 'guild') GROUP BY m.name ORDER BY m.name`)
	if err != nil || len(tables) < 8 {
		t.Fatalf("tables %q, %v", tables, err)
	}
	all := strings.Join(forgetting, "\n") + "\n"
	for _, table := range tables {
		if !strings.Contains(all, "DELETE FROM "+table+" WHERE") && !strings.Contains(all, "DELETE FROM "+table+"\n") {
			t.Errorf("the table %s has channels or servers, but nothing is deleted from it when a server is forgotten", table)
		}
	}
}
