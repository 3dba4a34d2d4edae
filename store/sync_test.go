package store_test

import (
	"database/sql"
	"testing"

	"newsdesk/news"
)

// A start with the feeds of the one before writes nothing; any other does.
func TestSyncFeeds_WritesOnlyWhatChanged(t *testing.T) {
	t.Parallel()
	path := blank.New(t)
	db := openAt(t, path)
	defer func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	}()
	beside, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	beside.SetMaxOpenConns(1) // the version counts what others wrote, for each connection
	defer func() {
		if err := beside.Close(); err != nil {
			t.Error(err)
		}
	}()
	written := func() (version int) {
		if err := beside.QueryRowContext(t.Context(), "PRAGMA data_version").Scan(&version); err != nil {
			t.Fatal(err)
		}
		return version
	}
	one := news.Feed{URL: "https://one.example/feed", Name: "One", Topic: "world"}
	two := news.Feed{URL: "https://two.example/feed", Name: "Two", Topic: "world"}
	renamed, moved := one, one
	renamed.Name, moved.Topic = "First", "europe"
	for i, step := range []struct {
		list   []news.Feed
		writes bool
	}{
		{[]news.Feed{one, two}, true},
		{[]news.Feed{one, two}, false},
		{[]news.Feed{two, one, two}, false}, // in another order, one of them twice
		{[]news.Feed{renamed, two}, true},
		{[]news.Feed{moved, two}, true},
		{[]news.Feed{moved}, true},
		{[]news.Feed{moved}, false},
		{[]news.Feed{moved, two}, true}, // one that was retired
		{nil, true},
		{nil, false},
	} {
		before := written()
		if err := db.SyncFeeds(t.Context(), step.list, benchTime); err != nil {
			t.Fatal(err)
		}
		if got := written() != before; got != step.writes {
			t.Errorf("step %d: written is %v, want %v", i, got, step.writes)
		}
	}
}
