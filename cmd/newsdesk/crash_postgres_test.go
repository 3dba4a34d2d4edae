package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"newsdesk/internal/pgtest"
)

// server is the PostgreSQL of these tests.
var server pgtest.Server

// TestCrash_NothingLostNothingTwiceOnPostgres is the same with the database on
// a PostgreSQL server.
func TestCrash_NothingLostNothingTwiceOnPostgres(t *testing.T) { // M17
	t.Parallel()
	crashes(t, 4, func(t *testing.T, kill func()) crashDatabase {
		t.Helper()
		address := server.Database(t)
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		p := &commitProxy{kill: kill, server: server.Socket()}
		u.RawQuery = url.Values{"host": {p.listen(t)}}.Encode()
		return crashDatabase{driver: "pgx", source: address, setting: "database.url", value: u.String(), arm: p.arm}
	})
}

// commitProxy stands between the program and its server. It kills the program
// just before the n-th commit reaches the server.
type commitProxy struct {
	kill   func()
	server string // the server's socket

	mu    sync.Mutex
	left  int // commits until the kill, 0 for never
	conns []net.Conn
}

// arm starts counting.
func (p *commitProxy) arm(n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.left = n
}

// commit reports whether a commit may pass.
func (p *commitProxy) commit() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.left == 0 {
		return true
	}
	p.left--
	if p.left > 0 {
		return true
	}
	p.kill()
	return false
}

// listen takes connections until the test ends, and returns the folder of its
// socket.
func (p *commitProxy) listen(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	l, err := net.Listen("unix", filepath.Join(dir, ".s.PGSQL.5432"))
	if err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	t.Cleanup(func() {
		_ = l.Close()
		p.mu.Lock()
		for _, c := range p.conns {
			_ = c.Close()
		}
		p.mu.Unlock()
		group.Wait()
	})
	group.Go(func() {
		for {
			client, err := l.Accept()
			if err != nil {
				return
			}
			back, err := net.Dial("unix", p.server)
			if err != nil {
				t.Error(err)
				_ = client.Close()
				return
			}
			p.mu.Lock()
			p.conns = append(p.conns, client, back)
			p.mu.Unlock()
			group.Go(func() {
				_, _ = io.Copy(client, back) // either side may be gone
				_ = client.Close()
			})
			group.Go(func() {
				_ = p.forward(client, back) // likewise
				_ = back.Close()
			})
		}
	})
	return dir
}

// errKilled ends a connection whose commit must not reach the server.
var errKilled = errors.New("killed before its commit")

// forward passes on what the program sends. Each message but the first has a
// letter, then its length.
func (p *commitProxy) forward(client io.Reader, server io.Writer) error {
	start, _, err := message(client, false)
	if err != nil {
		return err
	}
	if _, err := server.Write(start); err != nil {
		return err
	}
	// The connections for reading commit nothing.
	writes := !bytes.Contains(start, []byte("default_transaction_read_only"))
	within, executed := false, false
	var held []byte // what is not to be sent before it is known not to be a commit
	for {
		m, kind, err := message(client, true)
		if err != nil {
			return err
		}
		ends := false
		switch {
		case !writes:
		case kind == 'Q':
			query := strings.TrimRight(string(m[5:]), "\x00")
			ends = query == "commit"
			within = strings.HasPrefix(query, "begin")
		case kind == 'E':
			executed = true
		case kind == 'S':
			ends = executed && !within // a statement outside of a transaction commits by itself
			executed = false
		}
		if ends && !p.commit() {
			return errKilled
		}
		held = append(held, m...)
		if kind == 'B' || kind == 'E' || kind == 'P' || kind == 'D' {
			continue // the server answers at the end of the group
		}
		if _, err := server.Write(held); err != nil {
			return err
		}
		held = held[:0]
	}
}

// message reads one message.
func message(r io.Reader, lettered bool) (m []byte, kind byte, err error) {
	head := make([]byte, 4)
	if lettered {
		head = make([]byte, 5)
	}
	if _, err := io.ReadFull(r, head); err != nil {
		return nil, 0, err
	}
	n := binary.BigEndian.Uint32(head[len(head)-4:])
	m = append(head, make([]byte, n-4)...)
	_, err = io.ReadFull(r, m[len(head):])
	return m, head[0], err
}
