package discord

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

const upgradeAnswer = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n"

// heard is what an inspector delivered, in order.
type heard struct{ what []string }

func (h *heard) inspector() *inspector {
	add := func(s string) { h.what = append(h.what, s) }
	return &inspector{sinks: sinks{
		hello:       func(d time.Duration) { add("hello " + d.String()) },
		ready:       func(g greeting) { add("ready " + g.User.Username) },
		ack:         func() { add("ack") },
		interaction: func(d json.RawMessage) { add("interaction " + string(d)) },
		server: func(ev ServerEvent) {
			if ev.Kind == ServersListed {
				add(fmt.Sprint("servers ", ev.Guilds))
				return
			}
			add("server " + ev.Guild + " " + string(ev.Kind) + strings.TrimRight(" "+ev.Channel, " "))
		},
		odd: func(string) { add("odd") },
	}}
}

const (
	helloMsg = `{"op":10,"d":{"heartbeat_interval":41250},"s":null,"t":null}`
	readyMsg = `{"op":0,"s":1,"t":"READY","d":{"v":10,"session_id":"s","user":{"id":"1","username":"desk"},"guilds":[null,{"id":"9","unavailable":true}],"application":{"id":"1"}}}`
)

func TestInspect(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		in     []string
		heard  []string
		passed []string // to discordgo
		err    error    // of the last
	}{
		{
			"greeting and life",
			[]string{helloMsg, readyMsg, `{"op":11}`, `{"op":0,"s":2,"t":"INTERACTION_CREATE","d":{"id":"5"}}`},
			[]string{"hello 41.25s", "ready desk", "ack", `interaction {"id":"5"}`},
			[]string{
				`{"op":10,"d":{"heartbeat_interval":41250}}`,
				`{"d":{"guilds":[],"session_id":"s","user":{"bot":true,"id":"1","username":"desk"},"v":9},"op":0,"s":1,"t":"READY"}`,
				`{"op":11}`, `{"op":0,"s":2,"t":"SEEN","d":null}`,
			},
			nil,
		},
		{
			"what would hang discordgo while it opens",
			[]string{helloMsg, `{"op":11}`, helloMsg, `{"op":0,"s":1,"t":"GUILD_CREATE","d":{"id":"9"}}`},
			[]string{"hello 41.25s", "server 9 joined"},
			[]string{`{"op":10,"d":{"heartbeat_interval":41250}}`},
			nil,
		},
		{
			"servers are listed",
			[]string{helloMsg, `{"op":0,"s":1,"t":"READY","d":{"session_id":"s","user":{"id":"1","username":"desk"},"guilds":[{"id":"8","unavailable":true},{"id":"9"}]}}`},
			[]string{"hello 41.25s", "ready desk", "servers [8 9]"},
			[]string{
				`{"op":10,"d":{"heartbeat_interval":41250}}`,
				`{"d":{"guilds":[],"session_id":"s","user":{"bot":true,"id":"1","username":"desk"},"v":9},"op":0,"s":1,"t":"READY"}`,
			},
			nil,
		},
		{"op 7 first", []string{helloMsg, `{"op":7}`}, []string{"hello 41.25s"}, []string{`{"op":10,"d":{"heartbeat_interval":41250}}`}, errReconnect},
		{"op 9 first", []string{helloMsg, `{"op":9,"d":false}`}, []string{"hello 41.25s"}, []string{`{"op":10,"d":{"heartbeat_interval":41250}}`}, errInvalidSession},
		{
			"what would panic in discordgo",
			[]string{`null`, `[]`, `{"op":"0"}`, `{"op":0,"t":"GUILD_CREATE","d":null}`, `{"op":0,"t":5}`, `{"op":0,"t":"GUILD_CREATE","d":{"id":"9","channels":[null]}}`},
			[]string{"odd", "odd", "odd", "odd", "odd", "server 9 joined"},
			nil, nil,
		},
		{
			"servers come and go",
			[]string{
				`{"op":0,"t":"GUILD_DELETE","d":{"id":"9","unavailable":true}}`, `{"op":0,"t":"GUILD_DELETE","d":{"id":"9"}}`,
				`{"op":0,"t":"CHANNEL_UPDATE","d":{"id":"4","guild_id":"9"}}`, `{"op":0,"t":"GUILD_ROLE_UPDATE","d":{"guild_id":"9","role":{"id":"5"}}}`,
				`{"op":0,"t":"CHANNEL_DELETE","d":{"id":"4","guild_id":"9"}}`, `{"op":0,"t":"CHANNEL_DELETE","d":{"id":"x","guild_id":"9"}}`,
			},
			[]string{"server 9 left", "server 9 permissions 4", "server 9 permissions", "server 9 channel deleted 4", "odd"},
			nil, nil,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var h heard
			ins := h.inspector()
			var passed []string
			var err error
			for _, m := range tt.in {
				var v verdict
				if v, err = ins.inspect([]byte(m)); v.pass != nil {
					passed = append(passed, string(v.pass))
				}
			}
			if !errors.Is(err, tt.err) {
				t.Errorf("got error %v, want %v", err, tt.err)
			}
			if diff := cmp.Diff(tt.heard, h.what); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(tt.passed, passed); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestInspect_RefusesHellosThatDiscordgoCannotBear(t *testing.T) {
	t.Parallel()
	for _, d := range []string{`null`, `{}`, `{"heartbeat_interval":0}`, `{"heartbeat_interval":-5}`, `{"heartbeat_interval":"41250"}`, `{"heartbeat_interval":1e12}`} {
		var h heard
		if v, err := h.inspector().inspect([]byte(`{"op":10,"d":` + d + `}`)); err == nil || v.pass != nil {
			t.Errorf("%s passed", d)
		}
	}
}

func TestInspect_AnswersHeartbeatRequestsItself(t *testing.T) {
	t.Parallel()
	var h heard
	ins := h.inspector()
	for _, m := range []string{helloMsg, readyMsg, `{"op":0,"s":7,"t":"X"}`, `{"op":0,"s":3,"t":"LATE"}`} {
		if _, err := ins.inspect([]byte(m)); err != nil {
			t.Fatal(err)
		}
	}
	v, err := ins.inspect([]byte(`{"op":1,"d":null}`))
	if err != nil || v.pass != nil || string(v.answer) != `{"op":1,"d":7}` {
		t.Errorf("got %s, %v", v.answer, err)
	}
}

// script is a connection that says its lines and takes whatever is said.
type script struct {
	net.Conn // none: the guard uses no more than is here
	lines    io.Reader
}

func (s script) Read(p []byte) (int, error)  { return s.lines.Read(p) }
func (s script) Write(p []byte) (int, error) { return len(p), nil }
func (s script) Close() error                { return nil }

// through sends bytes through a guard and returns what discordgo would read,
// and why the connection ended.
func through(tb testing.TB, ins *inspector, data []byte) ([]byte, error) {
	tb.Helper()
	g := newGuard(script{lines: bytes.NewReader(data)}, ins, time.Second)
	out, err := io.ReadAll(g)
	if err != nil {
		tb.Fatal(err)
	}
	<-g.done
	return out, g.why
}

func TestGuard(t *testing.T) {
	t.Parallel()
	text := func(s string) string { return string(appendServerFrame(nil, opText, []byte(s))) }
	half := text(readyMsg)[:20]
	first := append([]byte{opText, byte(10)}, readyMsg[:10]...)
	middle := append([]byte{opContinuation, 5}, readyMsg[10:15]...)
	last := appendServerFrame(nil, opContinuation, []byte(readyMsg[15:]))
	ping := string(appendServerFrame(nil, opPing, []byte("p")))
	tests := []struct {
		name  string
		data  string
		heard []string
		why   string
	}{
		{"cut", text(helloMsg), []string{"hello 41.25s"}, errDropped.Error()},
		{"half a frame", text(helloMsg) + half, []string{"hello 41.25s"}, errDropped.Error()},
		{"fragments with a ping between", text(helloMsg) + string(first) + ping + string(middle) + string(last), []string{"hello 41.25s", "ready desk"}, errDropped.Error()},
		{"close", text(helloMsg) + string(appendServerFrame(nil, opClose, append(binary.BigEndian.AppendUint16(nil, 4004), "Authentication failed."...))), []string{"hello 41.25s"}, "the gateway closed the connection (4004 Authentication failed.)"},
		{"close without a code", string(appendServerFrame(nil, opClose, nil)), nil, "the gateway closed the connection (1005)"},
		{"compressed", "\xc1\x01x", nil, "compressed"},
		{"masked", "\x81\x81abcd", nil, "masked"},
		{"a lone continuation", "\x80\x01x", nil, "out of order"},
		{"an announced giant", "\x81\x7f\x00\x00\x00\xff\x00\x00\x00\x00", nil, "more than"},
		{"binary", "\x82\x01x", nil, "opcode 2"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var h heard
			out, why := through(t, h.inspector(), []byte(upgradeAnswer+tt.data))
			if !bytes.HasPrefix(out, []byte(upgradeAnswer)) {
				t.Errorf("the handshake was not passed on: %q", out)
			}
			if diff := cmp.Diff(tt.heard, h.what); diff != "" {
				t.Error(diff)
			}
			if why == nil || !strings.Contains(why.Error(), tt.why) {
				t.Errorf("ended with %v, want %s", why, tt.why)
			}
		})
	}
}

func TestGuard_PassesOnARefusedUpgrade(t *testing.T) {
	t.Parallel()
	var h heard
	const answer = "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 2\r\n\r\nno"
	if out, _ := through(t, h.inspector(), []byte(answer)); string(out) != answer {
		t.Errorf("got %q", out)
	}
}

func TestFrame_RoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.OneOf(rapid.IntRange(0, 300), rapid.IntRange(65000, 70000)).Draw(t, "size")
		payload := bytes.Repeat([]byte{rapid.Byte().Draw(t, "byte")}, size)
		f, err := readFrame(bufio.NewReader(bytes.NewReader(appendServerFrame(nil, opText, payload))), maxEvent)
		if err != nil || f.op != opText || !f.final || !bytes.Equal(f.payload, payload) {
			t.Fatalf("%d bytes: %+v, %v", size, f.op, err)
		}
		masked := clientFrame(opText, payload)
		if head := len(masked) - size - 4; masked[1]&0x80 == 0 || head < 2 {
			t.Fatal("not masked")
		} else {
			key, data := masked[head:head+4], slices.Clone(masked[head+4:])
			for i := range data {
				data[i] ^= key[i%4]
			}
			if !bytes.Equal(data, payload) {
				t.Fatal("masked wrongly")
			}
		}
	})
}

// Whatever the gateway sends, discordgo sees only messages that it can bear.
func FuzzGuard(f *testing.F) {
	f.Add([]byte(helloMsg), []byte(readyMsg), []byte(`{"op":11}`))
	f.Add([]byte(`null`), []byte(helloMsg), []byte(`{"op":7}`))
	f.Add([]byte(helloMsg), []byte("\x00\xff"), []byte(`{"op":0,"t":"READY","d":[]}`))
	f.Fuzz(func(t *testing.T, a, b, c []byte) {
		data := []byte(upgradeAnswer)
		for _, m := range [][]byte{a, b, c} {
			data = appendServerFrame(data, opText, m)
		}
		data = append(data, c...) // and no frame at all
		var h heard
		out, why := through(t, h.inspector(), data)
		if why == nil {
			t.Error("ended without a reason")
		}
		r := bufio.NewReader(bytes.NewReader(out[len(upgradeAnswer):]))
		for i := 0; ; i++ {
			fr, err := readFrame(r, maxEvent)
			if errors.Is(err, io.EOF) {
				return
			}
			var e envelope
			if err != nil || json.Unmarshal(fr.payload, &e) != nil || e.Op == nil {
				t.Fatalf("discordgo would read %q, %v", fr.payload, err)
			}
			if want := []int{gwHello, gwDispatch}; i < 2 && *e.Op != want[i] {
				t.Fatalf("message %d for discordgo is op %d", i, *e.Op)
			}
			if *e.Op != gwHello && *e.Op != gwDispatch && *e.Op != gwAck {
				t.Fatalf("op %d reached discordgo", *e.Op)
			}
		}
	})
}

func BenchmarkInspect(b *testing.B) {
	var h heard
	ins := h.inspector()
	for _, m := range []string{helloMsg, readyMsg} {
		if _, err := ins.inspect([]byte(m)); err != nil {
			b.Fatal(err)
		}
	}
	event := []byte(`{"op":0,"s":9,"t":"TYPING_START","d":{"channel_id":"1","user_id":"2","timestamp":3}}`)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := ins.inspect(event); err != nil {
			b.Fatal(err)
		}
	}
}
