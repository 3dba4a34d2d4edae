package discord

import (
	"encoding/json"
	"errors"
	"fmt"
	"sync/atomic"
	"time"
)

// Gateway opcodes.
// Source: https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-opcodes
const (
	gwDispatch       = 0
	gwHeartbeat      = 1
	gwReconnect      = 7
	gwInvalidSession = 9
	gwHello          = 10
	gwAck            = 11
)

// maxInterval bounds the heartbeat interval that is believed, in milliseconds;
// Discord's is 41,250. discordgo panics at 0.
const maxInterval = 10 * 60 * 1000

// phase is how far the greeting has come.
type phase int

const (
	wantHello phase = iota
	wantReady
	live
)

// greeting is what READY says.
type greeting struct {
	User struct {
		ID       string `json:"id"`
		Username string `json:"username"`
	} `json:"user"`
	SessionID   string `json:"session_id"`
	Application struct {
		ID string `json:"id"`
	} `json:"application"`
	Guilds []struct {
		ID string `json:"id"`
	} `json:"guilds"`
}

// sinks is where the inspector delivers what it finds. The functions are
// called in order of arrival and must not block.
type sinks struct {
	hello       func(interval time.Duration)
	ready       func(greeting)
	ack         func()
	interaction func(data json.RawMessage)
	server      func(ServerEvent)
	odd         func(what string) // something was left out
}

// inspector reads the gateway's messages in order, delivers their meaning to
// its sinks, and says what discordgo may see of them.
type inspector struct {
	sinks
	phase phase
	seq   atomic.Int64
}

// verdict is what becomes of a message.
type verdict struct {
	pass   []byte // message for discordgo, nil for none
	answer []byte // message for the gateway, nil for none
}

// envelope is what every gateway message has.
type envelope struct {
	Op   *int            `json:"op"`
	Data json.RawMessage `json:"d"`
	Seq  int64           `json:"s"`
	Type string          `json:"t"`
}

// inspect judges one message. An error ends the connection.
func (i *inspector) inspect(msg []byte) (verdict, error) {
	var e envelope
	if readable := json.Unmarshal(msg, &e) == nil; !readable || e.Op == nil {
		i.odd("a gateway message that is no event")
		return verdict{}, nil
	}
	switch *e.Op {
	case gwHello:
		return i.onHello(e)
	case gwDispatch:
		return i.onDispatch(e)
	case gwHeartbeat:
		return verdict{answer: fmt.Appendf(nil, `{"op":1,"d":%d}`, i.seq.Load())}, nil
	case gwReconnect:
		return verdict{}, errReconnect
	case gwInvalidSession:
		return verdict{}, errInvalidSession
	case gwAck:
		if i.phase != live { // discordgo would wait for its own lock
			return verdict{}, nil
		}
		i.ack()
		return verdict{pass: []byte(`{"op":11}`)}, nil
	}
	i.odd("a gateway message with an unknown opcode")
	return verdict{}, nil
}

func (i *inspector) onHello(e envelope) (verdict, error) {
	if i.phase != wantHello {
		return verdict{}, nil
	}
	var h struct {
		Interval float64 `json:"heartbeat_interval"`
	}
	if err := json.Unmarshal(e.Data, &h); err != nil || h.Interval < 1 || h.Interval > maxInterval {
		return verdict{}, errors.New("the gateway's HELLO names no usable heartbeat interval")
	}
	i.phase = wantReady
	ms := int64(h.Interval)
	i.hello(time.Duration(ms) * time.Millisecond)
	return verdict{pass: fmt.Appendf(nil, `{"op":10,"d":{"heartbeat_interval":%d}}`, ms)}, nil
}

func (i *inspector) onDispatch(e envelope) (verdict, error) {
	if e.Seq > i.seq.Load() {
		i.seq.Store(e.Seq)
	}
	if e.Type == "READY" {
		return i.onReady(e)
	}
	if e.Type == "INTERACTION_CREATE" {
		i.interaction(e.Data)
	} else if ev, known, err := serverEvent(e.Type, e.Data); err != nil {
		i.odd("a server event that is not as documented")
	} else if known {
		i.server(ev)
	}
	if i.phase != live { // discordgo takes the next message for READY
		return verdict{}, nil
	}
	// discordgo needs the number for its heartbeats and nothing else.
	return verdict{pass: fmt.Appendf(nil, `{"op":0,"s":%d,"t":"SEEN","d":null}`, i.seq.Load())}, nil
}

func (i *inspector) onReady(e envelope) (verdict, error) {
	if i.phase != wantReady {
		return verdict{}, nil
	}
	var g greeting
	err := json.Unmarshal(e.Data, &g)
	if err != nil {
		// One odd field must not keep the bot away: only the session counts.
		i.odd("a READY that is not as documented")
	}
	if g.SessionID == "" || !snowflake(g.User.ID) {
		return verdict{}, errors.New("the gateway's READY names no session or no user")
	}
	pass, merr := json.Marshal(map[string]any{"op": 0, "s": i.seq.Load(), "t": "READY", "d": map[string]any{
		"v": 9, "session_id": g.SessionID, "guilds": []any{},
		"user": map[string]any{"id": g.User.ID, "username": g.User.Username, "bot": true},
	}})
	if merr != nil {
		return verdict{}, merr
	}
	i.phase = live
	i.ready(g)
	// A list that is not quite readable would make servers look left.
	listed, ev := err == nil && g.Guilds != nil, ServerEvent{Kind: ServersListed}
	for _, s := range g.Guilds {
		listed = listed && snowflake(s.ID)
		ev.Guilds = append(ev.Guilds, s.ID)
	}
	if listed {
		i.server(ev)
	}
	return verdict{pass: pass}, nil
}
