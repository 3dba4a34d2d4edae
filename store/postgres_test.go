package store_test

import (
	"context"
	"database/sql"
	"errors"
	"log/slog"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/sync/errgroup"

	"newsdesk/news"
	"newsdesk/store"
	"newsdesk/store/storetest"
)

// openServer returns an empty database on a PostgreSQL server, or skips the
// test.
func openServer(tb testing.TB) *store.DB {
	tb.Helper()
	db := openAt(tb, server.Copy(tb, func(address string) error {
		blank, err := store.Open(tb.Context(), address, slog.New(slog.DiscardHandler))
		if err != nil {
			return err
		}
		return blank.Close()
	}))
	tb.Cleanup(func() {
		if err := db.Close(); err != nil {
			tb.Error(err)
		}
	})
	return db
}

func TestSuite_Postgres(t *testing.T) {
	t.Parallel()
	server.Need(t)
	storetest.Run(t, func(t *testing.T) *store.DB { t.Helper(); return openServer(t) })
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

// TestOpenPostgres_SaysWhatIsWrong: each database that cannot be used gives one
// sentence with the next step, without the password.
func TestOpenPostgres_SaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	server.Need(t)
	server.Exec(t, `CREATE ROLE guarded LOGIN PASSWORD 'right'`, `CREATE ROLE barred LOGIN`, `CREATE ROLE stranger LOGIN`)
	t.Cleanup(func() { server.Exec(t, `DROP ROLE guarded`, `DROP ROLE barred`, `DROP ROLE stranger`) })
	const secret = "s3cr3t"
	// as is the address of a database for another user.
	as := func(address, user string) string {
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		u.User = url.UserPassword(user, secret)
		return u.String()
	}
	with := func(statements ...string) string {
		address := server.Schema(t)
		run := openSQL(t, address)
		for _, s := range statements {
			if _, err := run.ExecContext(t.Context(), s); err != nil {
				t.Fatalf("%s: %v", s, err)
			}
		}
		return address
	}
	const versions = `CREATE TABLE goose_db_version (id serial PRIMARY KEY, version_id bigint NOT NULL, is_applied boolean NOT NULL, tstamp timestamp DEFAULT now())`
	newer := server.Schema(t)
	if err := openAt(t, newer).Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := openSQL(t, newer).ExecContext(t.Context(), `INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, true)`); err != nil {
		t.Fatal(err)
	}
	for name, tc := range map[string]struct {
		address string
		want    []string
	}{
		"not an address":         {"postgres://newsdesk:" + secret + "@host:port/news", []string{"cannot be read", "postgres://user:password@host:5432/name"}},
		"no server":              {"postgres://newsdesk:" + secret + "@127.0.0.1:1/news", []string{"open database postgres://newsdesk@127.0.0.1:1/news", "cannot be reached", "check that it runs"}},
		"no socket":              {"postgres://newsdesk:" + secret + "@/news?host=/nowhere", []string{"cannot be reached"}},
		"wrong password":         {as(server.Address("postgres", nil), "guarded"), []string{`refuses the password of "guarded"`, "database.url"}},
		"barred":                 {as(server.Address("postgres", nil), "barred"), []string{`does not let "barred" in`, "pg_hba.conf"}},
		"no such user":           {as(server.Address("postgres", nil), "nobody"), []string{`does not let "nobody" in`, "user's name"}},
		"no database":            {server.Address("none", nil), []string{`no database "none"`, "createdb none"}},
		"no right":               {as(server.Database(t), "stranger"), []string{`"stranger" may not make tables`, "OWNER TO stranger"}},
		"no schema":              {server.Address("postgres", url.Values{"search_path": {"nowhere"}}), []string{"no schema", "CREATE SCHEMA"}},
		"read only":              {server.Schema(t) + "&default_transaction_read_only=on", []string{"takes no changes", "primary server"}},
		"foreign":                {with(`CREATE TABLE songs (id int)`), []string{"another program", "createdb"}},
		"foreign with a version": {with(versions, `CREATE TABLE songs (id int)`, `INSERT INTO goose_db_version (version_id, is_applied) VALUES (0, true), (5, true)`), []string{"another program"}},
		"foreign namesake":       {with(`CREATE TABLE feeds (id int)`), []string{"another program"}},
		"newer":                  {newer, []string{"newer Newsdesk", "form 99999", "install that version"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db, err := store.Open(t.Context(), tc.address, slog.New(slog.DiscardHandler))
			if err == nil {
				t.Fatal("opened", db.Close())
			}
			for _, want := range tc.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("%q lacks %q", err, want)
				}
			}
			if strings.Contains(err.Error(), "\n") || strings.Contains(err.Error(), secret) {
				t.Errorf("more than one line, or the password: %q", err)
			}
			t.Log(err)
		})
	}
}

// openSQL opens a database without the store.
func openSQL(t *testing.T, address string) *sql.DB {
	t.Helper()
	db, err := sql.Open("pgx", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func TestOpenPostgres_EndsWithItsContext(t *testing.T) {
	t.Parallel()
	address := server.Schema(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := store.Open(ctx, address, slog.New(slog.DiscardHandler)); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want context.Canceled", err)
	}
}

// TestOpenPostgres_SeveralAtOnce: processes that start together on an empty
// database all find it ready.
func TestOpenPostgres_SeveralAtOnce(t *testing.T) {
	t.Parallel()
	address := server.Database(t)
	var group errgroup.Group
	for range 6 {
		group.Go(func() error {
			db, err := store.Open(t.Context(), address, slog.New(slog.DiscardHandler))
			if err != nil {
				return err
			}
			_, err = db.Subscribe(t.Context(), news.Subscription{Channel: "c", Topic: "world"})
			return errors.Join(err, db.Check(t.Context()), db.Close())
		})
	}
	if err := group.Wait(); err != nil {
		t.Error(err)
	}
}

// TestPostgres_SurvivesItsServer: a server that drops all connections, as at a
// restart, costs what was under way and nothing else.
func TestPostgres_SurvivesItsServer(t *testing.T) { // M17
	t.Parallel()
	address := server.Database(t)
	db := openAt(t, address)
	defer func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	}()
	other := openSQL(t, address)
	for round := range 3 {
		follow(t, db, "topic-"+string(rune('a'+round)))
		if _, err := other.ExecContext(t.Context(),
			`SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`); err != nil {
			t.Fatal(err)
		}
		// What meets a dead connection fails; what comes after does not.
		var subs []news.Subscription
		err := errors.New("not tried")
		for range 10 {
			if subs, err = db.Subscriptions(t.Context()); err == nil {
				break
			}
		}
		if err != nil || len(subs) != round+1 {
			t.Errorf("round %d: %d subscriptions, %v; want %d", round, len(subs), err, round+1)
		}
		for range 10 {
			if _, err = db.Subscribe(t.Context(), news.Subscription{Channel: "1", Topic: "topic-a"}); err == nil {
				break
			}
		}
		if err != nil {
			t.Errorf("round %d: writing: %v", round, err)
		}
	}
	if s, err := db.Stats(t.Context()); err != nil || s.Subscriptions != 3 {
		t.Errorf("%+v, %v; want 3 subscriptions", s, err)
	}
}

// TestForm_IsThatOfTheNewestMigration on both databases.
func TestForm_IsThatOfTheNewestMigration(t *testing.T) {
	t.Parallel()
	a, err := openNew(t).Form(t.Context())
	if err != nil || a < 140 {
		t.Errorf("SQLite: form %d, %v", a, err)
	}
	db := openServer(t)
	b, err := db.Form(t.Context())
	if err != nil || a != b {
		t.Errorf("PostgreSQL: form %d, %v; want %d", b, err, a)
	}
	if err := db.Check(t.Context()); err != nil {
		t.Error(err)
	}
}

// TestBackup_PostgresNamesItsOwnProgram, without the password.
func TestBackup_PostgresNamesItsOwnProgram(t *testing.T) { // M28
	t.Parallel()
	const address = "postgres://newsdesk:s3cr3t@db.example/news"
	err := store.Backup(t.Context(), address, filepath.Join(t.TempDir(), "x"))
	_, other := store.Restore(t.Context(), "x.dump", address, time.Time{})
	for _, tc := range []struct {
		err  error
		want string
	}{
		{err, `pg_dump --format=custom --file=newsdesk.dump "postgres://newsdesk@db.example:5432/news"`},
		{other, `pg_restore --clean --if-exists --dbname="postgres://newsdesk@db.example:5432/news" "x.dump"`},
	} {
		if tc.err == nil || !strings.Contains(tc.err.Error(), tc.want) || strings.Contains(tc.err.Error(), "s3cr3t") {
			t.Errorf("got %v, want %s", tc.err, tc.want)
		}
	}
}
