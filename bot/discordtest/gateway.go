package discordtest

import (
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"time"

	"github.com/gorilla/websocket"
)

// Opcodes of the gateway.
const (
	opDispatch       = 0
	opHeartbeat      = 1
	opIdentify       = 2
	opPresence       = 3
	opVoiceState     = 4
	opResume         = 6
	opReconnect      = 7
	opRequestMembers = 8
	opInvalidSession = 9
	opHello          = 10
	opHeartbeatAck   = 11
)

// Close codes of the gateway.
const (
	closeUnknownOpcode    = 4001
	closeDecode           = 4002
	closeNotAuthenticated = 4003
	closeAuthFailed       = 4004
	closeAlreadyAuth      = 4005
	closeInvalidSeq       = 4007
	closeRateLimited      = 4008
	closeTimedOut         = 4009
	closeInvalidShard     = 4010
	closeInvalidIntents   = 4013
	closeForbiddenIntents = 4014
)

const (
	maxGatewayPayload = 4096 // bytes a client may send at once
	maxGatewaySends   = 120  // payloads a client may send in 60 s
)

// Connection is what is known about one connection to the gateway.
type Connection struct {
	Port       string // "gateway" or "resume"
	Version    string // the v of the address
	Identified bool
	Resumed    bool
	Intents    uint64
	Shard      [2]int
	Heartbeats int
	CloseCode  int // sent by the client; 0 while open, 1006 when it went without one
	Open       bool
}

// clientPayload is what a client sends.
type clientPayload struct {
	Op   *int            `json:"op"`
	Data json.RawMessage `json:"d"`
}

// serveGateway is the handler of one gateway port.
func (s *Server) serveGateway(port string) http.HandlerFunc {
	up := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	return func(w http.ResponseWriter, r *http.Request) {
		ws, err := up.Upgrade(w, r, nil)
		if err != nil {
			return // Upgrade has answered
		}
		ws.SetReadLimit(1 << 20)
		c := newConn(s, ws)
		query := r.URL.Query()
		s.mu.Lock()
		if s.closed {
			s.mu.Unlock()
			c.drop()
			return
		}
		c.index = len(s.connections)
		c.version = query.Get("v")
		s.connections = append(s.connections, Connection{Port: port, Version: c.version, Open: true})
		s.conns = append(s.conns, c)
		if enc := query.Get("encoding"); enc != "" && enc != "json" {
			s.problem("gateway: encoding " + enc + " is not spoken here")
		}
		if query.Get("compress") != "" {
			s.problem("gateway: transport compression is not spoken here")
		}
		if v := c.version; v != "" && v != "9" && v != "10" {
			c.close(4012, "Invalid API version")
		} else if !s.withholdHello {
			c.hello()
		}
		s.touch()
		s.mu.Unlock()

		s.wg.Go(c.write)
		code := c.read()
		s.mu.Lock()
		s.unregister(c, code)
		s.mu.Unlock()
		c.stop()
	}
}

// read takes in what the client sends until the connection ends, and returns
// the client's close code.
func (c *conn) read() int {
	for {
		_, data, err := c.ws.ReadMessage()
		if err != nil {
			if ce, closed := errors.AsType[*websocket.CloseError](err); closed {
				return ce.Code
			}
			var timeout interface{ Timeout() bool }
			if errors.As(err, &timeout) && timeout.Timeout() {
				c.s.mu.Lock()
				c.close(closeTimedOut, "Session timed out.")
				c.s.mu.Unlock()
			}
			return websocket.CloseAbnormalClosure
		}
		c.s.mu.Lock()
		if !c.closing {
			c.handle(data)
			c.s.touch()
		}
		c.s.mu.Unlock()
	}
}

// handle answers one payload. The caller holds s.mu.
func (c *conn) handle(data []byte) {
	s := c.s
	if len(data) > maxGatewayPayload {
		c.close(closeDecode, "Error while decoding payload.")
		return
	}
	if c.tooFast() {
		c.close(closeRateLimited, "You are being rate limited.")
		return
	}
	var p clientPayload
	if json.Unmarshal(data, &p) != nil || p.Op == nil {
		c.close(closeDecode, "Error while decoding payload.")
		return
	}
	op := *p.Op
	switch {
	case op == opHeartbeat:
		s.connections[c.index].Heartbeats++
		c.expectHeartbeat()
		if !s.stopAcks {
			c.send(map[string]any{"op": opHeartbeatAck})
		}
	case c.session == nil && op == opIdentify:
		s.identify(c, p.Data)
	case c.session == nil && op == opResume:
		s.resumeSession(c, p.Data)
	case c.session == nil && c.waiting:
		// told INVALID_SESSION or RECONNECT, or READY is withheld: anything is too early but harmless
	case c.session == nil:
		c.close(closeNotAuthenticated, "Not authenticated.")
	case op == opIdentify || op == opResume:
		c.close(closeAlreadyAuth, "Already authenticated.")
	case op == opPresence || op == opVoiceState:
	case op == opRequestMembers:
		s.sendMembers(c, p.Data)
	default:
		c.close(closeUnknownOpcode, "Unknown opcode.")
	}
}

// tooFast counts what the client sends.
func (c *conn) tooFast() bool {
	now := time.Now()
	c.received = slices.DeleteFunc(c.received, func(t time.Time) bool { return now.Sub(t) > time.Minute })
	c.received = append(c.received, now)
	return !c.s.o.NoRateLimits && len(c.received) > maxGatewaySends
}

// sendMembers answers REQUEST_GUILD_MEMBERS with all it knows, in one chunk.
func (s *Server) sendMembers(c *conn, data json.RawMessage) {
	var d struct {
		GuildID json.RawMessage `json:"guild_id"`
	}
	if json.Unmarshal(data, &d) != nil {
		c.close(closeDecode, "Error while decoding payload.")
		return
	}
	for _, g := range s.guilds {
		if !slices.Contains(snowflakes(d.GuildID), g.ID) {
			continue
		}
		members := []any{}
		for id := range g.members {
			members = append(members, s.memberJSON(g, id, true))
		}
		c.session.dispatch(s, "GUILD_MEMBERS_CHUNK", map[string]any{
			"guild_id": g.ID, "members": members, "chunk_index": 0, "chunk_count": 1, "not_found": []any{},
		})
	}
}

// snowflakes reads an id or a list of ids.
func snowflakes(raw json.RawMessage) []string {
	var one string
	if json.Unmarshal(raw, &one) == nil {
		return []string{one}
	}
	var many []string
	if json.Unmarshal(raw, &many) == nil {
		return many
	}
	return nil
}

// unregister forgets a connection that has ended. A session whose client said
// goodbye with 1000 or 1001 is over; any other can be resumed.
func (s *Server) unregister(c *conn, code int) {
	s.conns = slices.DeleteFunc(s.conns, func(x *conn) bool { return x == c })
	info := &s.connections[c.index]
	info.Open, info.CloseCode = false, code
	if sess := c.session; sess != nil && sess.conn == c {
		sess.conn = nil
		if code == websocket.CloseNormalClosure || code == websocket.CloseGoingAway || c.closedWith == closeTimedOut {
			delete(s.sessions, sess.id)
		}
	}
	s.touch()
}

// openConns returns the connections there are. The caller holds s.mu.
func (s *Server) openConns() []*conn { return slices.Clone(s.conns) }

// Connections lists every connection to the gateway, oldest first.
func (s *Server) Connections() []Connection {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.connections)
}

// Identifies counts the IDENTIFYs there were.
func (s *Server) Identifies() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.identifies)
}

// Connected tells whether a session is ready and its connection open.
func (s *Server) Connected() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, sess := range s.sessions {
		if sess.conn != nil && !sess.conn.closing {
			return true
		}
	}
	return false
}
