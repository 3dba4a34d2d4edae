package discord

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"sync"
	"time"
)

const (
	maxHandshake = 64 << 10 // bytes of the answer to the upgrade request
	maxEvent     = 32 << 20 // bytes of one gateway message; a large server's GUILD_CREATE has a few million
)

// closeError is a close frame of the gateway.
type closeError struct {
	code   int // 1005 where the frame had none
	reason string
}

func (e *closeError) Error() string {
	if e.reason == "" {
		return fmt.Sprintf("the gateway closed the connection (%d)", e.code)
	}
	return fmt.Sprintf("the gateway closed the connection (%d %s)", e.code, e.reason)
}

// Ends of a connection that are nobody's fault.
var (
	errReconnect      = errors.New("the gateway asked to reconnect")
	errInvalidSession = errors.New("the gateway ended the session")
	errZombie         = errors.New("the gateway stopped answering heartbeats")
	errDropped        = errors.New("the gateway cut the connection")
)

// guard is the network connection below discordgo's WebSocket. It reads every
// frame first, lets the inspector decide what discordgo gets to see, and can
// be ended from outside at any moment, whatever discordgo is doing: then its
// reads and writes fail at once. One goroutine reads at a time, as with any
// WebSocket; end may be called from any.
type guard struct {
	net.Conn
	ins   *inspector
	write time.Duration

	r        *bufio.Reader
	upgraded bool   // past the HTTP handshake
	through  bool   // the upgrade was refused: the rest is an HTTP body
	out      []byte // for discordgo to read
	message  []byte // fragments so far
	partial  bool

	writing chan struct{} // holds a token while a frame is written: one at a time

	once sync.Once
	done chan struct{}
	why  error // set before done is closed
}

func newGuard(conn net.Conn, ins *inspector, write time.Duration) *guard {
	return &guard{Conn: conn, ins: ins, write: write, r: bufio.NewReaderSize(conn, 16<<10), writing: make(chan struct{}, 1), done: make(chan struct{})}
}

// Read gives discordgo what has passed inspection.
func (g *guard) Read(p []byte) (int, error) {
	for len(g.out) == 0 {
		if err := g.fill(); err != nil {
			g.end(0, err)
			return 0, io.EOF
		}
	}
	n := copy(p, g.out)
	g.out = g.out[n:]
	return n, nil
}

// fill reads one piece from the network.
func (g *guard) fill() error {
	switch {
	case g.through:
		buf := make([]byte, 1024)
		n, err := g.r.Read(buf)
		g.out = buf[:n]
		return err
	case !g.upgraded:
		return g.handshake()
	}
	f, err := readFrame(g.r, maxEvent)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return errDropped
	}
	if err != nil {
		return err
	}
	switch f.op {
	case opText, opContinuation:
		return g.piece(f)
	case opPing:
		return g.send(opPong, f.payload)
	case opPong:
		return nil
	case opClose:
		ce := &closeError{code: 1005}
		if len(f.payload) >= 2 {
			ce.code = int(binary.BigEndian.Uint16(f.payload))
			ce.reason = cut(string(bytes.ToValidUTF8(f.payload[2:], nil)), 100)
		}
		return ce
	}
	return fmt.Errorf("%w: opcode %d", errFrame, f.op)
}

// piece adds a frame to its message, and a whole message is inspected.
func (g *guard) piece(f frame) error {
	if (f.op == opContinuation) != g.partial {
		return fmt.Errorf("%w: fragments out of order", errFrame)
	}
	if len(g.message)+len(f.payload) > maxEvent {
		return fmt.Errorf("%w: a message of more than %d bytes", errFrame, maxEvent)
	}
	if g.partial = !f.final; g.partial {
		g.message = append(g.message, f.payload...)
		return nil
	}
	whole := f.payload
	if len(g.message) > 0 {
		whole = append(g.message, f.payload...)
		g.message = nil
	}
	v, err := g.ins.inspect(whole)
	if err != nil {
		return err
	}
	if v.answer != nil {
		if err := g.send(opText, v.answer); err != nil {
			return err
		}
	}
	if v.pass != nil {
		g.out = appendServerFrame(nil, opText, v.pass)
	}
	return nil
}

// handshake passes on the answer to the upgrade request.
func (g *guard) handshake() error {
	var head []byte
	for {
		line, err := g.r.ReadSlice('\n')
		head = append(head, line...)
		if err != nil {
			return fmt.Errorf("the gateway's answer to the handshake: %w", err)
		}
		if len(head) > maxHandshake {
			return errors.New("the gateway's answer to the handshake is too long")
		}
		if len(bytes.TrimRight(line, "\r\n")) == 0 {
			break
		}
	}
	g.upgraded = true
	_, status, _ := bytes.Cut(head, []byte(" "))
	g.through = !bytes.HasPrefix(status, []byte("101"))
	g.out = head
	return nil
}

// Write passes on discordgo's frames, each in one call. A peer that does not
// take them in time ends the connection.
func (g *guard) Write(p []byte) (int, error) {
	g.writing <- struct{}{}
	defer func() { <-g.writing }()
	t := time.AfterFunc(g.write, func() { _ = g.Conn.Close() })
	defer t.Stop()
	return g.Conn.Write(p)
}

// send writes a frame of our own.
func (g *guard) send(op byte, payload []byte) error {
	_, err := g.Write(clientFrame(op, payload))
	return err
}

// Close ends the connection without a word; discordgo calls it last.
func (g *guard) Close() error {
	g.end(0, errDropped)
	return nil
}

// end closes the connection once and for all, with a close frame where code is
// not 0. The first reason is kept.
func (g *guard) end(code uint16, why error) {
	g.once.Do(func() {
		g.why = why
		if code != 0 {
			g.bye(code)
		}
		_ = g.Conn.Close() // ours is the last word on it
		close(g.done)
	})
}

// bye sends a close frame if that can be done within a moment.
func (g *guard) bye(code uint16) {
	t := time.AfterFunc(min(g.write, time.Second), func() { _ = g.Conn.Close() }) // frees a write that hangs
	defer t.Stop()
	g.writing <- struct{}{}
	defer func() { <-g.writing }()
	_, _ = g.Conn.Write(clientFrame(opClose, binary.BigEndian.AppendUint16(nil, code))) // best effort
}
