package discordtest

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Intents that the fake's events belong to.
const (
	intentGuilds          uint64 = 1 << 0
	intentMembers         uint64 = 1 << 1
	intentPresences       uint64 = 1 << 8
	intentMessages        uint64 = 1 << 9
	intentReactions       uint64 = 1 << 10
	intentDirectMessages  uint64 = 1 << 12
	intentMessageContent  uint64 = 1 << 15
	knownIntents          uint64 = 1<<17 - 1 | 1<<20 | 1<<21 | 1<<24 | 1<<25
	privilegedIntents            = intentMembers | intentPresences | intentMessageContent
	intentNone            uint64 = 0 // events that every session gets
	maxShards                    = 1 << 14
	lowestLargeThreshold         = 50
	highestLargeThreshold        = 250
	startsWindow                 = 24 * time.Hour
)

// session is a logged-in client, with or without a connection.
type session struct {
	id      string
	conn    *conn // nil between connections
	intents uint64
	shard   [2]int
	seq     int64
	events  []event // all that was sent, for RESUME
	swapped *event  // held back by SwapNext
}

type event struct {
	seq  int64
	data []byte
}

// identify answers IDENTIFY. The caller holds s.mu.
func (s *Server) identify(c *conn, data json.RawMessage) {
	now := s.now()
	s.identifies = append(s.identifies, now)
	var d struct {
		Token          string          `json:"token"`
		Intents        *uint64         `json:"intents"`
		Shard          *[2]int         `json:"shard"`
		Properties     json.RawMessage `json:"properties"`
		Compress       bool            `json:"compress"`
		LargeThreshold *int            `json:"large_threshold"`
	}
	if json.Unmarshal(data, &d) != nil || !isObject(d.Properties) || !largeThresholdOK(d.LargeThreshold) {
		c.close(closeDecode, "Error while decoding payload.")
		return
	}
	recent := 0
	for _, t := range s.identifies {
		if now.Sub(t) < startsWindow {
			recent++
		}
	}
	if recent > s.o.SessionStarts {
		s.tokenReset = true
	}
	shard := [2]int{0, 1}
	if d.Shard != nil {
		shard = *d.Shard
	}
	code, reason := 0, ""
	switch {
	case s.tokenReset || strings.TrimPrefix(d.Token, "Bot ") != s.o.Token:
		code, reason = closeAuthFailed, "Authentication failed."
	case shard[1] < 1 || shard[1] > maxShards || shard[0] < 0 || shard[0] >= shard[1]:
		code, reason = closeInvalidShard, "Invalid shard."
	case d.Intents == nil || *d.Intents&^knownIntents != 0:
		code, reason = closeInvalidIntents, "Invalid intent(s)."
	case *d.Intents&privilegedIntents&^s.o.Privileged != 0:
		code, reason = closeForbiddenIntents, "Disallowed intent(s)."
	case len(s.identifyCodes) > 0:
		code, reason = s.identifyCodes[0], "Asked for by the test."
		s.identifyCodes = s.identifyCodes[1:]
	}
	if code != 0 {
		c.close(code, reason)
		return
	}
	info := &s.connections[c.index]
	info.Intents, info.Shard = *d.Intents, shard
	key := strconv.Itoa(shard[0])
	last, again := s.lastStart[key]
	s.lastStart[key] = now
	if s.invalidIdentifies > 0 || again && now.Sub(last) < s.o.IdentifyInterval {
		s.invalidIdentifies = max(s.invalidIdentifies-1, 0)
		c.waiting = true
		c.send(map[string]any{"op": opInvalidSession, "d": false, "s": nil, "t": nil})
		return
	}
	c.compress, c.waiting = d.Compress, true
	if s.reconnectIdentifies > 0 {
		s.reconnectIdentifies--
		c.send(map[string]any{"op": opReconnect, "d": nil, "s": nil, "t": nil})
		return
	}
	if s.withholdReady {
		return
	}
	info.Identified = true
	sess := &session{id: "session" + s.newID(), conn: c, intents: *d.Intents, shard: shard}
	s.sessions[sess.id] = sess
	c.session = sess
	s.ready(sess)
}

// ready sends READY, then the guilds.
func (s *Server) ready(sess *session) {
	guilds := []any{}
	for _, g := range s.guilds {
		if sess.handles(g.ID) {
			guilds = append(guilds, map[string]any{"id": g.ID, "unavailable": true})
		}
	}
	version, err := strconv.Atoi(sess.conn.version)
	if err != nil {
		version = 10
	}
	sess.dispatch(s, "READY", map[string]any{
		"v": version, "user": s.selfJSON(), "guilds": guilds, "session_id": sess.id, "session_type": "normal",
		"resume_gateway_url": s.resURL, "shard": sess.shard, "private_channels": []any{}, "relationships": []any{},
		"presences": []any{}, "user_settings": map[string]any{}, "geo_ordered_rtc_regions": []any{},
		"application": map[string]any{"id": s.o.ApplicationID, "flags": 0},
	})
	for _, g := range s.guilds {
		if sess.intents&intentGuilds != 0 && sess.handles(g.ID) && !g.outage {
			sess.dispatch(s, "GUILD_CREATE", s.guildCreate(g))
		}
	}
}

// resumeSession answers RESUME. The caller holds s.mu.
func (s *Server) resumeSession(c *conn, data json.RawMessage) {
	var d struct {
		Token     string `json:"token"`
		SessionID string `json:"session_id"`
		Seq       *int64 `json:"seq"`
	}
	if json.Unmarshal(data, &d) != nil {
		c.close(closeDecode, "Error while decoding payload.")
		return
	}
	if s.tokenReset || strings.TrimPrefix(d.Token, "Bot ") != s.o.Token {
		c.close(closeAuthFailed, "Authentication failed.")
		return
	}
	sess, known := s.sessions[d.SessionID]
	if known && (d.Seq == nil || *d.Seq < 0 || *d.Seq > sess.seq) {
		delete(s.sessions, sess.id)
		c.close(closeInvalidSeq, "Invalid seq.")
		return
	}
	if len(s.resumeAnswers) > 0 {
		answer := s.resumeAnswers[0]
		s.resumeAnswers = s.resumeAnswers[1:]
		c.waiting = true
		if answer["op"] == opInvalidSession && answer["d"] == false {
			delete(s.sessions, d.SessionID)
		}
		c.send(answer)
		return
	}
	if known && len(sess.events) > 0 && *d.Seq < sess.events[0].seq-1 {
		known = false // what it lacks is forgotten
		delete(s.sessions, sess.id)
	}
	if !known {
		c.waiting = true
		c.send(map[string]any{"op": opInvalidSession, "d": false, "s": nil, "t": nil})
		return
	}
	if old := sess.conn; old != nil {
		old.session = nil
		old.closing = true
		old.drop()
	}
	sess.conn, c.session = c, sess
	info := &s.connections[c.index]
	info.Resumed, info.Intents, info.Shard = true, sess.intents, sess.shard
	for _, e := range sess.events {
		if e.seq > *d.Seq {
			c.sendRaw(e.data)
		}
	}
	sess.dispatch(s, "RESUMED", map[string]any{"_trace": []any{}})
}

// handles tells whether a guild belongs to the session's shard.
func (sess *session) handles(guildID string) bool {
	if guildID == "" {
		return sess.shard[0] == 0
	}
	id, err := strconv.ParseUint(guildID, 10, 64)
	return err == nil && int((id>>22)%uint64(sess.shard[1])) == sess.shard[0]
}

// dispatch sends an event to every session that asked for its intent and has
// the guild on its shard; sessions without a connection get it on RESUME. The
// caller holds s.mu.
func (s *Server) dispatch(guildID string, intent uint64, kind string, data any) int {
	n := 0
	for _, id := range sortedKeys(s.sessions) {
		sess := s.sessions[id]
		if (intent == intentNone || sess.intents&intent != 0) && sess.handles(guildID) {
			sess.dispatch(s, kind, data)
			n++
		}
	}
	s.touch()
	return n
}

func (sess *session) dispatch(s *Server, kind string, data any) {
	sess.seq++
	raw, err := json.Marshal(map[string]any{"op": opDispatch, "s": sess.seq, "t": kind, "d": data})
	if err != nil {
		s.problem("gateway: " + err.Error()) // an event of ours that is no JSON: a bug here
		return
	}
	e := event{seq: sess.seq, data: raw}
	if kind != "RESUMED" {
		sess.events = append(sess.events, e)
		if s.o.Keep > 0 && len(sess.events) > s.o.Keep {
			sess.events = sess.events[1:]
		}
	}
	if sess.conn == nil {
		return
	}
	if s.swapNext && sess.swapped == nil {
		s.swapNext = false
		sess.swapped = &e
		return
	}
	sess.conn.sendRaw(raw)
	if s.duplicates > 0 {
		s.duplicates--
		sess.conn.sendRaw(raw)
	}
	if sess.swapped != nil {
		sess.conn.sendRaw(sess.swapped.data)
		sess.swapped = nil
	}
}

func isObject(raw json.RawMessage) bool {
	var m map[string]any
	return json.Unmarshal(raw, &m) == nil && m != nil
}

func largeThresholdOK(n *int) bool {
	return n == nil || *n == 0 || *n >= lowestLargeThreshold && *n <= highestLargeThreshold
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
