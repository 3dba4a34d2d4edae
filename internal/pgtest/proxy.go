package pgtest

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
)

// Fate is what becomes of a commit on its way to the server.
type Fate int

// The fates of a commit.
const (
	Pass      Fate = iota // it reaches the server, and its answer the client
	CutBefore             // the connection breaks before the server has it
	CutAfter              // the connection breaks before the client has the answer: it was done
)

// Proxy stands between clients and a database of the server until the test
// ends, and returns the address to be used in place of the database's own. It
// asks for the fate of each commit: that of a transaction, or of a statement
// outside of one, on connections that may write. onCommit is told the statements
// that are committed, and is called by several goroutines.
func (s *Server) Proxy(tb testing.TB, address string, onCommit func(statements []string) Fate) string {
	tb.Helper()
	u, err := url.Parse(address)
	if err != nil {
		tb.Fatal(err)
	}
	p := &proxy{server: s.Socket(), onCommit: onCommit}
	q := u.Query()
	q.Set("host", p.listen(tb))
	u.RawQuery = q.Encode()
	return u.String()
}

type proxy struct {
	server   string // the server's socket
	onCommit func([]string) Fate
	group    sync.WaitGroup

	mu    sync.Mutex
	conns []net.Conn
}

// listen takes connections until the test ends, and returns the folder of its
// socket.
func (p *proxy) listen(tb testing.TB) string {
	tb.Helper()
	dir := tb.TempDir()
	l, err := net.Listen("unix", filepath.Join(dir, ".s.PGSQL.5432"))
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		_ = l.Close()
		p.mu.Lock()
		for _, c := range p.conns {
			_ = c.Close()
		}
		p.mu.Unlock()
		p.group.Wait()
	})
	p.group.Go(func() {
		for {
			client, err := l.Accept()
			if err != nil {
				return
			}
			p.mu.Lock()
			p.conns = append(p.conns, client)
			p.mu.Unlock()
			p.group.Go(func() { p.serve(client) })
		}
	})
	return dir
}

// serve passes on what one client and the server say, until either is gone.
func (p *proxy) serve(client net.Conn) {
	defer func() { _ = client.Close() }()
	server, err := net.Dial("unix", p.server)
	if err != nil {
		return // the client notices
	}
	p.group.Go(func() {
		_, _ = io.Copy(client, server) // likewise
		_ = client.Close()
	})
	_ = p.forward(client, server)
	_ = server.Close()
}

var errCut = errors.New("cut on purpose")

// forward passes on what the client says. Each message but the first has a
// letter, then its length.
func (p *proxy) forward(client net.Conn, server io.Writer) error {
	start, _, err := message(client, false)
	if err != nil {
		return err
	}
	if _, err := server.Write(start); err != nil {
		return err
	}
	writes := !bytes.Contains(start, []byte("default_transaction_read_only"))
	within, executed := false, false
	prepared := map[string]string{} // statements by their names
	var done []string               // executed since the last commit
	var held []byte                 // not sent before it is known whether it is a commit
	for {
		m, kind, err := message(client, true)
		if err != nil {
			return err
		}
		commits := false
		switch kind {
		case 'Q': // a simple query
			query := strings.TrimRight(string(m[5:]), "\x00")
			commits, within = query == "commit", strings.HasPrefix(query, "begin")
			if within {
				done = nil
			}
		case 'P': // parse
			name, rest, _ := strings.Cut(string(m[5:]), "\x00")
			prepared[name], _, _ = strings.Cut(rest, "\x00")
		case 'B': // bind
			_, rest, _ := strings.Cut(string(m[5:]), "\x00") // the portal
			name, _, _ := strings.Cut(rest, "\x00")
			done = append(done, prepared[name])
		case 'E': // execute
			executed = true
		case 'S': // sync, which ends a group of messages
			commits, executed = executed && !within, false
		}
		held = append(held, m...)
		if strings.IndexByte("PBDEC", kind) >= 0 {
			continue // the server answers at the end of the group
		}
		fate := Pass
		if commits && writes {
			fate = p.onCommit(done)
		}
		if !within {
			done = nil
		}
		if fate == CutBefore {
			return errCut
		}
		if fate == CutAfter {
			_ = client.Close() // before the answer can reach it
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
