package store_test

import (
	"bytes"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"newsdesk/feeds"
	"newsdesk/news"
	"newsdesk/store"
)

// run executes statements on a file without the store.
func run(t *testing.T, path string, statements ...string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range statements {
		if _, err := db.ExecContext(t.Context(), s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestOpen_SaysWhatIsWrong: each file that cannot be used gives one sentence
// with the next step, and is not changed by a byte.
func TestOpen_SaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	// valid makes a proper file and returns its path.
	valid := func(t *testing.T, folder string) string {
		t.Helper()
		path := filepath.Join(folder, "news.db")
		if err := openAt(t, path).Close(); err != nil {
			t.Fatal(err)
		}
		return path
	}
	write := func(t *testing.T, path string, content []byte) string {
		t.Helper()
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	for name, tc := range map[string]struct {
		make func(t *testing.T, folder string) string
		want []string
	}{
		"no path":   {func(*testing.T, string) string { return "" }, []string{"must name a file"}},
		"memory":    {func(*testing.T, string) string { return ":memory:" }, []string{"must name a file"}},
		"no folder": {func(_ *testing.T, f string) string { return filepath.Join(f, "none", "news.db") }, []string{"the folder", "none does not exist", "create it"}},
		"a folder":  {func(_ *testing.T, f string) string { return f }, []string{"is a folder", "name a file in it"}},
		"in a file": {func(t *testing.T, f string) string { return filepath.Join(valid(t, f), "news.db") }, []string{"not a folder", "another path"}},
		"text":      {func(t *testing.T, f string) string { return write(t, filepath.Join(f, "a.db"), []byte("hello")) }, []string{"not a SQLite database", "move it away"}},
		"longer text": {func(t *testing.T, f string) string {
			return write(t, filepath.Join(f, "a.db"), bytes.Repeat([]byte("hello "), 9000))
		}, []string{"not a SQLite database"}},
		"foreign": {func(t *testing.T, f string) string {
			path := filepath.Join(f, "a.db")
			run(t, path, `CREATE TABLE songs (id INTEGER)`)
			return path
		}, []string{"another program", "another path"}},
		"foreign with a mark": {func(t *testing.T, f string) string {
			path := filepath.Join(f, "a.db")
			run(t, path, `PRAGMA application_id = 77`, `CREATE TABLE goose_db_version (version_id INTEGER, is_applied INTEGER)`)
			return path
		}, []string{"another program"}},
		"newer": {func(t *testing.T, f string) string {
			path := valid(t, f)
			run(t, path, `INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, 1)`)
			return path
		}, []string{"newer Newsdesk", "form 99999", "install that version"}},
		"cut off": {func(t *testing.T, f string) string {
			path := valid(t, f)
			if err := os.Truncate(path, 8192); err != nil {
				t.Fatal(err)
			}
			return path
		}, []string{"damaged", "restore the latest backup"}},
		"overwritten": {func(t *testing.T, f string) string {
			path := valid(t, f)
			content, err := os.ReadFile(path) // the test's own file
			if err != nil {
				t.Fatal(err)
			}
			for i := 100; i < len(content); i++ {
				content[i] = byte(i * 7)
			}
			return write(t, path, content)
		}, []string{"damaged", "restore the latest backup"}},
		"not a regular file": {func(*testing.T, string) string { return os.DevNull }, []string{"not a regular file"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			folder := t.TempDir()
			path := tc.make(t, folder)
			before := snapshot(t, folder)
			db, err := store.Open(t.Context(), path, slog.New(slog.DiscardHandler))
			if err == nil {
				t.Fatal("opened", db.Close())
			}
			for _, want := range append(tc.want, "open database "+path) {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("%q lacks %q", err, want)
				}
			}
			if strings.Contains(err.Error(), "\n") {
				t.Errorf("more than one line: %q", err)
			}
			if after := snapshot(t, folder); after != before {
				t.Errorf("the folder changed from\n%s\nto\n%s", before, after)
			}
		})
	}
}

// snapshot names the files of a folder with a hash of their contents, less
// what SQLite keeps beside a database in use: an index of the log, and a log
// with nothing in it.
func snapshot(t *testing.T, folder string) string {
	t.Helper()
	var b strings.Builder
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.HasSuffix(path, "-shm") {
			return err
		}
		content, err := os.ReadFile(path) // the test's own file
		if len(content) > 0 || !strings.HasSuffix(path, "-wal") {
			fmt.Fprintf(&b, "%s %x\n", entry.Name(), sha256.Sum256(content))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestOpen_CauseIsWrapped(t *testing.T) {
	t.Parallel()
	_, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "none", "news.db"), slog.New(slog.DiscardHandler))
	if !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v, want fs.ErrNotExist within", err)
	}
}

func TestOpen_AnyFileName(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"a?mode=memory.db", "100%.db", "with blank #1.db", "ü.db", "a&_pragma=foreign_keys(0).db", "%41.db"} {
		path := filepath.Join(t.TempDir(), name)
		if err := openAt(t, path).Close(); err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stat(path); err != nil {
			t.Errorf("%q: %v", name, err)
		}
	}
}

func TestOpen_EmptyAndHalfMadeFiles(t *testing.T) {
	t.Parallel()
	empty := filepath.Join(t.TempDir(), "empty.db")
	if err := os.WriteFile(empty, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	half := filepath.Join(t.TempDir(), "half.db") // stopped before the first migration
	run(t, half, `CREATE TABLE goose_db_version (id INTEGER PRIMARY KEY AUTOINCREMENT, version_id INTEGER NOT NULL,
		is_applied INTEGER NOT NULL, tstamp TIMESTAMP DEFAULT (datetime('now')))`,
		`INSERT INTO goose_db_version (version_id, is_applied) VALUES (0, 1)`)
	for _, path := range []string{empty, half} {
		db := openAt(t, path)
		if err := db.Check(t.Context()); err != nil {
			t.Error(err)
		}
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestOpen_SeveralAtOnceOnANewFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "news.db")
	var group errgroup.Group
	for range 6 {
		group.Go(func() error {
			db, err := store.Open(t.Context(), path, slog.New(slog.DiscardHandler))
			if err != nil {
				return err
			}
			_, err = db.Subscribe(t.Context(), news.Subscription{Channel: "c", Topic: "world"})
			return errors.Join(err, db.Close())
		})
	}
	if err := group.Wait(); err != nil {
		t.Error(err)
	}
}

// TestOpen_MigratesAnExistingFile: a file of the first form, with rows in it,
// comes out in the latest one with its rows, and they are found.
func TestOpen_MigratesAnExistingFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "news.db")
	first, err := os.ReadFile("migrations/sqlite/00001_tables.sql")
	if err != nil {
		t.Fatal(err)
	}
	run(t, path,
		`CREATE TABLE goose_db_version (id INTEGER PRIMARY KEY AUTOINCREMENT, version_id INTEGER NOT NULL,
			is_applied INTEGER NOT NULL, tstamp TIMESTAMP DEFAULT (datetime('now')))`,
		`INSERT INTO goose_db_version (version_id, is_applied) VALUES (0, 1), (1, 1)`,
		string(first),
		`INSERT INTO feeds (id, url, topic, next_poll) VALUES (1, 'https://one.example/feed', 'world', 0)`,
		`INSERT INTO events (id, version, revision, topic, headline, image, who, places, facts, sources)
			VALUES (7, 1, 1, 'world', 'Ferry', '', '', '', '', '')`,
		`INSERT INTO articles (id, feed, guid_key, state, quiet, dated, seen, arrived, not_before, event, guid, title, url, byline, image,
			feed_summary, feed_content, body) VALUES (3, 1, 1, 'done', 0, 1, 1, 1, 0, 7, 'g', 'Ferry aground', 'u', '', '', '', '', 'Text')`)
	for range 2 { // the second time finds nothing to do
		db := openAt(t, path)
		hits, err := db.Search(t.Context(), "ferry", time.Time{}, 10)
		if err != nil || len(hits) != 1 || hits[0].Article != 3 || hits[0].Event != 7 {
			t.Errorf("got %+v, %v; want article 3 of event 7", hits, err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestRestart_KeepsEverything: what was committed is there after the file was
// closed and opened again, and what was still to be done is still to be done.
func TestRestart_KeepsEverything(t *testing.T) { // M17
	t.Parallel()
	path := filepath.Join(t.TempDir(), "news.db")
	now := time.Date(2025, time.June, 3, 12, 0, 0, 0, time.UTC)
	db := openAt(t, path)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(db.SyncFeeds(t.Context(), []news.Feed{{URL: "https://one.example/feed", Name: "One", Topic: "world"}}, now))
	list, err := db.Feeds(t.Context())
	must(err)
	ids, err := db.SaveFetch(t.Context(), list[0].ID, feeds.Result{FetchedAt: now, NextPoll: now.Add(time.Hour), Items: []news.Item{{GUID: "a"}, {GUID: "b"}}})
	must(err)
	event := condense(t, db, ids[0], "Ferry aground", "The ferry ran aground.")
	_, err = db.Subscribe(t.Context(), news.Subscription{Guild: "g", Channel: "c", Topic: "world"})
	must(err)
	state := func() [6]any {
		s, err := db.Stats(t.Context())
		must(err)
		p, err := db.NextPost(t.Context(), "c", now)
		must(err)
		e, err := db.Event(t.Context(), event)
		must(err)
		due, err := db.DueArticles(t.Context(), now, 10)
		must(err)
		hits, err := db.Search(t.Context(), "ferry", time.Time{}, 10)
		must(err)
		s.Bytes = 0
		return [6]any{s, p.Key, e.Headline, len(due), due[0], hits[0].Title}
	}
	before := state()
	must(db.Close())
	db = openAt(t, path)
	defer func() { must(db.Close()) }()
	if after := state(); after != before {
		t.Errorf("after the restart: %v, want %v", after, before)
	}
	must(db.Check(t.Context()))
	if _, err := os.Stat(path + "-wal"); err != nil {
		t.Errorf("the file is not in WAL mode: %v", err)
	}
}
