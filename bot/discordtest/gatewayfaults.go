package discordtest

import "encoding/json"

// gatewayFaults are the faults in force; Server.mu guards them.
type gatewayFaults struct {
	withholdHello, withholdReady bool
	stopAcks                     bool
	paused                       bool
	swapNext                     bool
	duplicates                   int
	invalidIdentifies            int
	reconnectHellos              int
	reconnectIdentifies          int
	identifyCodes                []int
	resumeAnswers                []map[string]any
}

// set changes something under the lock and wakes those who wait.
func (s *Server) set(f func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f()
	s.touch()
}

// WithholdHello makes new connections wait for a HELLO that does not come,
// until it is called with false: that sends the ones still owed.
func (s *Server) WithholdHello(on bool) {
	s.set(func() {
		s.withholdHello = on
		for _, c := range s.conns {
			if !on && c.session == nil && !c.waiting {
				c.hello()
			}
		}
	})
}

// WithholdReady leaves IDENTIFYs unanswered while it is on.
func (s *Server) WithholdReady(on bool) { s.set(func() { s.withholdReady = on }) }

// StopAcks leaves heartbeats unanswered while it is on.
func (s *Server) StopAcks(on bool) { s.set(func() { s.stopAcks = on }) }

// Reconnect sends RECONNECT (op 7) on every connection that has a session.
func (s *Server) Reconnect() {
	s.toSessions(map[string]any{"op": opReconnect, "d": nil, "s": nil, "t": nil})
}

// InvalidSession sends INVALID_SESSION (op 9) to every session; one that is
// not resumable is over.
func (s *Server) InvalidSession(resumable bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for id, sess := range s.sessions {
		if c := sess.conn; c != nil {
			c.send(map[string]any{"op": opInvalidSession, "d": resumable, "s": nil, "t": nil})
			if !resumable {
				c.session, c.waiting = nil, true
			}
		}
		if !resumable {
			delete(s.sessions, id)
		}
	}
	s.touch()
}

// ReconnectAfterResume answers the next RESUME with RECONNECT (op 7).
func (s *Server) ReconnectAfterResume() {
	s.set(func() {
		s.resumeAnswers = append(s.resumeAnswers, map[string]any{"op": opReconnect, "d": nil, "s": nil, "t": nil})
	})
}

// InvalidSessionAfterResume answers the next RESUME with INVALID_SESSION.
func (s *Server) InvalidSessionAfterResume(resumable bool) {
	s.set(func() {
		s.resumeAnswers = append(s.resumeAnswers, map[string]any{"op": opInvalidSession, "d": resumable, "s": nil, "t": nil})
	})
}

// InvalidIdentifies answers the next n IDENTIFYs with INVALID_SESSION.
func (s *Server) InvalidIdentifies(n int) { s.set(func() { s.invalidIdentifies = n }) }

// ReconnectHellos sends RECONNECT (op 7) in place of the next n HELLOs.
func (s *Server) ReconnectHellos(n int) { s.set(func() { s.reconnectHellos = n }) }

// ReconnectIdentifies answers the next n IDENTIFYs with RECONNECT (op 7).
func (s *Server) ReconnectIdentifies(n int) { s.set(func() { s.reconnectIdentifies = n }) }

// CloseOnIdentify closes the connection of the next IDENTIFY with a code.
func (s *Server) CloseOnIdentify(code int) {
	s.set(func() { s.identifyCodes = append(s.identifyCodes, code) })
}

// DropConnections cuts all gateway connections without a close frame. The
// sessions can be resumed.
func (s *Server) DropConnections() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.conns {
		c.closing = true
		c.drop()
	}
}

// CloseWith closes all gateway connections with a code, such as 4000 or 1001.
// Sessions can be resumed, but for codes after which Discord wants a new one
// (4003 to 4005, 4007, 4009 and the fatal ones).
func (s *Server) CloseWith(code int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	over := code >= closeNotAuthenticated && code != closeRateLimited && code < 5000
	for _, c := range s.conns {
		c.close(code, "Asked for by the test.")
		if over && c.session != nil {
			delete(s.sessions, c.session.id)
		}
	}
	s.touch()
}

// Pause holds back all that the gateway would send; calling it with false
// lets it out at once.
func (s *Server) Pause(on bool) {
	s.set(func() {
		s.paused = on
		for _, c := range s.conns {
			if !on {
				c.release()
			}
		}
	})
}

// Flood sends n events in one go to every session.
func (s *Server) Flood(n int) {
	for i := range n {
		s.SendEvent("TYPING_START", map[string]any{"channel_id": "1", "user_id": "2", "timestamp": i})
	}
}

// HalfFrame sends the first half of a websocket frame on every connection,
// and nothing on it ever after.
func (s *Server) HalfFrame() {
	s.set(func() {
		for _, c := range s.conns {
			c.enqueue(frame{half: true})
		}
	})
}

// DuplicateNext sends each of the next n events twice.
func (s *Server) DuplicateNext(n int) { s.set(func() { s.duplicates = n }) }

// SwapNext holds the next event back until the one after it was sent.
func (s *Server) SwapNext() { s.set(func() { s.swapNext = true }) }

// RequestHeartbeat asks every session for a heartbeat (op 1).
func (s *Server) RequestHeartbeat() { s.toSessions(map[string]any{"op": opHeartbeat, "d": nil}) }

// SendEvent dispatches an event of any type to every session, whatever its
// intents. data is marshalled as JSON.
func (s *Server) SendEvent(kind string, data any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, id := range sortedKeys(s.sessions) {
		s.sessions[id].dispatch(s, kind, data)
	}
	s.touch()
}

// SendRaw sends bytes as one text frame to every session: no event of the
// protocol, perhaps no JSON.
func (s *Server) SendRaw(data []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, sess := range s.sessions {
		if sess.conn != nil {
			sess.conn.sendRaw(data)
		}
	}
}

// SendUnknownEvent sends an event of a type that no client knows.
func (s *Server) SendUnknownEvent() {
	s.SendEvent("SOMETHING_NEW", map[string]any{"id": "1", "things": []any{1, "two", nil}})
}

// SendWrongKind sends events with members of another kind than documented.
func (s *Server) SendWrongKind() {
	s.SendEvent("GUILD_CREATE", json.RawMessage(`{"id":12,"name":["x"],"channels":{"a":1},"roles":"none"}`))
	s.SendEvent("INTERACTION_CREATE", json.RawMessage(`{"id":"1","token":"none","type":2,"version":1,"data":"nothing","channel_id":{}}`))
	s.SendEvent("INTERACTION_CREATE", json.RawMessage(`{"id":"2","token":"none","type":77,"version":1,"data":{}}`))
	s.SendEvent("INTERACTION_CREATE", json.RawMessage(`null`))
}

// SendUnknownComponent sends an interaction with a component of a type that
// no client knows, on a message that holds another.
func (s *Server) SendUnknownComponent() {
	s.SendEvent("INTERACTION_CREATE", json.RawMessage(`{"id":"3","application_id":"`+s.o.ApplicationID+`","token":"none","type":3,
		"version":1,"channel_id":"1","user":{"id":"2","username":"reader"},"data":{"custom_id":"x","component_type":99},
		"message":{"id":"4","channel_id":"1","components":[{"type":99,"id":1,"what":{}}]}}`))
}

func (s *Server) toSessions(payload map[string]any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, sess := range s.sessions {
		if sess.conn != nil {
			sess.conn.send(payload)
		}
	}
}
