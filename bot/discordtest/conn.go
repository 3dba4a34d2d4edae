package discordtest

import (
	"bytes"
	"compress/zlib"
	"encoding/json"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// conn is one connection to the gateway. Server.mu guards its fields; out has
// a lock of its own because the writer takes from it.
type conn struct {
	s       *Server
	ws      *websocket.Conn
	index   int // in Server.connections
	version string

	session    *session
	waiting    bool // an answer to IDENTIFY or RESUME was given or withheld, and no session came of it
	compress   bool
	closing    bool
	closedWith int
	received   []time.Time

	outMu sync.Mutex
	out   []frame
	held  []frame // while the gateway is paused
	wake  chan struct{}
	quit  chan struct{} // closed by stop
	ended chan struct{} // closed when the writer has ended
}

// frame is something to be written.
type frame struct {
	data   []byte
	binary bool
	code   int  // close with this code
	half   bool // write the first half of a frame and nothing ever after
}

func newConn(s *Server, ws *websocket.Conn) *conn {
	return &conn{s: s, ws: ws, wake: make(chan struct{}, 1), quit: make(chan struct{}), ended: make(chan struct{})}
}

func (c *conn) hello() {
	if c.s.reconnectHellos > 0 {
		c.s.reconnectHellos--
		c.send(map[string]any{"op": opReconnect, "d": nil, "s": nil, "t": nil})
		return
	}
	c.send(map[string]any{"op": opHello, "d": map[string]any{"heartbeat_interval": c.s.o.HeartbeatInterval.Milliseconds()}, "s": nil, "t": nil})
	c.expectHeartbeat()
}

// expectHeartbeat gives the client two intervals and a second to send one.
func (c *conn) expectHeartbeat() {
	limit := time.Now().Add(2*c.s.o.HeartbeatInterval + time.Second)
	_ = c.ws.SetReadDeadline(limit) // fails only on a closed connection, which the reader sees
}

// send queues a payload.
func (c *conn) send(payload any) {
	data, err := json.Marshal(payload)
	if err != nil {
		c.s.problem("gateway: " + err.Error()) // a payload of ours that is no JSON: a bug here
		return
	}
	c.sendRaw(data)
}

func (c *conn) sendRaw(data []byte) {
	f := frame{data: data}
	if c.compress && len(data) > 1024 {
		var b bytes.Buffer
		z := zlib.NewWriter(&b)
		_, _ = z.Write(data) // a bytes.Buffer takes everything
		_ = z.Close()
		f = frame{data: b.Bytes(), binary: true}
	}
	c.enqueue(f)
}

// close queues a close frame; what the client sends from now on is ignored.
func (c *conn) close(code int, reason string) {
	if c.closing {
		return
	}
	c.closing, c.closedWith = true, code
	c.enqueue(frame{code: code, data: []byte(reason)})
}

func (c *conn) enqueue(f frame) {
	c.outMu.Lock()
	defer c.outMu.Unlock()
	if c.s.paused {
		c.held = append(c.held, f)
		return
	}
	c.out = append(c.out, f)
	c.signal()
}

// release lets out what was held back by a pause.
func (c *conn) release() {
	c.outMu.Lock()
	defer c.outMu.Unlock()
	c.out = append(c.out, c.held...)
	c.held = nil
	c.signal()
}

func (c *conn) signal() {
	select {
	case c.wake <- struct{}{}:
	default:
	}
}

// write sends what is queued until the connection stops.
func (c *conn) write() {
	defer close(c.ended)
	stalled := false
	for stopped := false; !stopped; {
		select {
		case <-c.quit:
			stopped = true // after a last look: a close frame may be waiting
		case <-c.wake:
		}
		c.outMu.Lock()
		frames := c.out
		c.out = nil
		c.outMu.Unlock()
		for _, f := range frames {
			if stalled {
				break
			}
			stalled = f.half
			if c.writeFrame(f) != nil {
				c.drop()
				return
			}
		}
	}
}

func (c *conn) writeFrame(f frame) error {
	limit := time.Now().Add(5 * time.Second)
	_ = c.ws.SetWriteDeadline(limit)
	switch {
	case f.half:
		// a final text frame that promises 1000 bytes and brings 9
		_, err := c.ws.NetConn().Write(append([]byte{0x81, 126, 0x03, 0xe8}, `{"op":0,"`...))
		return err
	case f.code != 0:
		err := c.ws.WriteMessage(websocket.CloseMessage, websocket.FormatCloseMessage(f.code, string(f.data)))
		_ = c.ws.SetReadDeadline(time.Now().Add(2 * time.Second))
		return err
	case f.binary:
		return c.ws.WriteMessage(websocket.BinaryMessage, f.data)
	}
	return c.ws.WriteMessage(websocket.TextMessage, f.data)
}

// drop cuts the connection without a close frame.
func (c *conn) drop() { _ = c.ws.NetConn().Close() } // closed already: just as well

// stop ends the writer and the connection; called once, by the reader.
func (c *conn) stop() {
	close(c.quit)
	<-c.ended
	c.drop()
}
