// Package pgtest runs a PostgreSQL server for the tests of a package.
//
//	var server pgtest.Server
//
//	func TestMain(m *testing.M) { os.Exit(server.Around(m).Run()) }
//
//	func TestSomething(t *testing.T) {
//		db, err := store.Open(t.Context(), server.Schema(t), log)
//
// The server starts when the first test asks for it, in a folder of its own,
// and can be reached through a socket in that folder alone. It is fast and
// forgetful: what it holds does not outlive it. Where PostgreSQL is not
// installed, tests that ask for it are skipped; with NEWSDESK_TEST_POSTGRES=1
// in the environment they fail.
package pgtest

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/jackc/pgx/v5"
)

// Required names the variable that makes a missing PostgreSQL a failure.
const Required = "NEWSDESK_TEST_POSTGRES"

// User is the server's superuser; it needs no password.
const User = "newsdesk"

// errNone says that there is no PostgreSQL on this machine.
var errNone = errors.New("PostgreSQL is not installed: apt-get install postgresql")

// Server is a PostgreSQL server, started by the first test that asks for it.
// The zero value is ready for use; it is safe for concurrent use.
type Server struct {
	once  sync.Once
	err   error
	dir   string
	cmd   *exec.Cmd
	log   chan struct{} // closed when the server has said its last word
	names atomic.Int64

	admin sync.Mutex
	conn  *pgx.Conn // of Exec; nil until it is asked, and after a failure

	prepared sync.Once // the template of Copy
	template string
	failed   error
}

// Around returns tests after which the server is stopped.
func (s *Server) Around(m interface{ Run() int }) Around { return Around{m, s} }

// Around is what [Server.Around] returns.
type Around struct {
	tests  interface{ Run() int }
	server *Server
}

// Run runs the tests and returns their exit code.
func (a Around) Run() int {
	defer a.server.Stop()
	return a.tests.Run()
}

// Database makes an empty database for a test and returns its address.
func (s *Server) Database(tb testing.TB) string {
	tb.Helper()
	name := s.name(tb, "db")
	s.Exec(tb, "CREATE DATABASE "+name)
	tb.Cleanup(func() { s.Exec(tb, "DROP DATABASE "+name+" WITH (FORCE)") })
	return s.Address(name, nil)
}

// Copy makes a database for a test that is a copy of one that prepare filled, given
// its address, and returns its address. It is prepared once; all copies of a server
// are of the first caller's.
func (s *Server) Copy(tb testing.TB, prepare func(address string) error) string {
	tb.Helper()
	s.prepared.Do(func() {
		s.template = s.name(tb, "template")
		s.Exec(tb, "CREATE DATABASE "+s.template)
		s.failed = prepare(s.Address(s.template, nil))
	})
	if s.failed != nil {
		tb.Fatal(s.failed)
	}
	name := s.name(tb, "copy")
	s.Exec(tb, "CREATE DATABASE "+name+" TEMPLATE "+s.template)
	tb.Cleanup(func() { s.Exec(tb, "DROP DATABASE "+name+" WITH (FORCE)") })
	return s.Address(name, nil)
}

// Schema makes an empty schema in a database shared by all tests, and returns
// an address by which nothing else is seen. It takes a twentieth of the time
// that Database does; to make its tables takes longer than Copy.
func (s *Server) Schema(tb testing.TB) string {
	tb.Helper()
	name := s.name(tb, "schema")
	s.Exec(tb, "CREATE SCHEMA "+name)
	tb.Cleanup(func() { s.Exec(tb, "DROP SCHEMA "+name+" CASCADE") })
	return s.Address("postgres", url.Values{"search_path": {name}})
}

// Address is that of a database on the server, with more settings.
func (s *Server) Address(database string, settings url.Values) string {
	q := url.Values{"host": {s.dir}}
	maps.Copy(q, settings)
	return (&url.URL{Scheme: "postgres", User: url.User(User), Path: "/" + database, RawQuery: q.Encode()}).String()
}

// Socket is the path of the server's socket.
func (s *Server) Socket() string { return filepath.Join(s.dir, ".s.PGSQL.5432") }

// Exec runs statements on the database "postgres", and fails the test on an
// error. All are run by one connection: to make one costs the server more than most
// statements do.
func (s *Server) Exec(tb testing.TB, statements ...string) {
	tb.Helper()
	ctx := context.WithoutCancel(tb.Context()) // clean-up comes after the test's end
	s.admin.Lock()
	defer s.admin.Unlock()
	if s.conn == nil {
		c, err := pgx.Connect(ctx, s.Address("postgres", nil))
		if err != nil {
			tb.Fatal(err)
		}
		s.conn = c
	}
	for _, query := range statements {
		if _, err := s.conn.Exec(ctx, query); err != nil {
			_ = s.conn.Close(ctx) // it may be broken
			s.conn = nil
			tb.Fatalf("%s: %v", query, err)
		}
	}
}

// name starts the server if need be, and returns a name that is not in use.
func (s *Server) name(tb testing.TB, kind string) string {
	tb.Helper()
	s.Need(tb)
	return fmt.Sprintf("test_%s_%d", kind, s.names.Add(1))
}

// Wanted reports whether tests shall use the server: where it is installed, or
// must be.
func (s *Server) Wanted() bool {
	_, _, err := programs()
	return err == nil || os.Getenv(Required) != ""
}

// Need starts the server if it does not run, and skips or fails the test where
// there is none.
func (s *Server) Need(tb testing.TB) {
	tb.Helper()
	s.once.Do(func() { s.err = s.start() })
	if errors.Is(s.err, errNone) && os.Getenv(Required) == "" {
		tb.Skip(s.err)
	}
	if s.err != nil {
		tb.Fatal(s.err)
	}
}

func (s *Server) start() (err error) {
	initdb, postgres, err := programs()
	if err != nil {
		return err
	}
	as, err := unprivileged()
	if err != nil {
		return err
	}
	if s.dir, err = os.MkdirTemp("", "newsdesk-postgres-"); err != nil {
		return err
	}
	defer func() {
		if err != nil {
			s.Stop()
		}
	}()
	if as != nil {
		if err := os.Chown(s.dir, int(as.Uid), int(as.Gid)); err != nil {
			return err
		}
	}
	data := filepath.Join(s.dir, "data")
	// It belongs to the test binary, not to a test: the context of the test
	// that happens to be first would end it.
	ctx := context.Background()
	create := exec.CommandContext(ctx, initdb, "--pgdata", data, "--username", User, "--auth", "trust", "--encoding", "UTF8", "--locale", "C", "--no-sync")
	create.Dir, create.SysProcAttr = s.dir, attributes(as)
	if out, err := create.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w: %s", err, out)
	}
	if err := os.WriteFile(filepath.Join(data, "pg_hba.conf"), []byte(access), 0o644); err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, postgres, append([]string{"-D", data, "-k", s.dir}, settings...)...)
	cmd.Dir, cmd.SysProcAttr = s.dir, attributes(as)
	log, err := cmd.StderrPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	s.cmd, s.log = cmd, make(chan struct{})
	return ready(log, s.log)
}

// access lets everybody in, but users whose names begin with "guarded" with
// their passwords only, and "barred" never.
const access = `
local all barred reject
local all /^guarded scram-sha-256
local all guarded scram-sha-256
local all all trust
`

// settings make a server that is reached through its socket only, and need not
// outlive a power failure.
var settings = []string{
	"-c", "listen_addresses=", "-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off",
	"-c", "autovacuum=off", "-c", "shared_buffers=32MB", "-c", "max_connections=300",
}

// ready reads what the server says until it takes connections, and the rest of
// it for as long as it runs.
func ready(log io.Reader, end chan<- struct{}) error {
	said := make(chan string, 1)
	go func() {
		defer close(end)
		var before strings.Builder
		lines := bufio.NewScanner(log)
		for told := false; lines.Scan(); {
			if told {
				continue
			}
			before.WriteString(lines.Text() + "\n")
			if strings.Contains(lines.Text(), "ready to accept connections") {
				told = true
				said <- ""
			}
		}
		said <- before.String()
	}()
	if text := <-said; text != "" {
		return fmt.Errorf("postgres did not start: %s", text)
	}
	return nil
}

// Stop ends the server, if it runs, and removes its folder.
func (s *Server) Stop() {
	if s.conn != nil {
		_ = s.conn.Close(context.Background())
		s.conn = nil
	}
	if s.cmd != nil {
		_ = s.cmd.Process.Signal(syscall.SIGQUIT) // "immediate": nothing is kept
		<-s.log                                   // all is read before Wait closes the pipe
		_ = s.cmd.Wait()                          // its exit says how it was stopped
		s.cmd = nil
	}
	if s.dir != "" {
		_ = os.RemoveAll(s.dir)
	}
}

// programs finds initdb and postgres: the newest of Debian's places, or those
// of the PATH.
func programs() (initdb, postgres string, err error) {
	places, err := filepath.Glob("/usr/lib/postgresql/*/bin")
	if err != nil {
		return "", "", err
	}
	slices.SortFunc(places, func(a, b string) int { return len(b) - len(a) + strings.Compare(b, a) })
	for _, place := range places {
		initdb, postgres = filepath.Join(place, "initdb"), filepath.Join(place, "postgres")
		if _, err := os.Stat(postgres); err == nil {
			return initdb, postgres, nil
		}
	}
	initdb, err1 := exec.LookPath("initdb")
	postgres, err2 := exec.LookPath("postgres")
	if err1 != nil || err2 != nil {
		return "", "", errNone
	}
	return initdb, postgres, nil
}
