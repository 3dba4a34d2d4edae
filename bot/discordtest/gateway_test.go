package discordtest_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/gorilla/websocket"

	"newsdesk/bot/discordtest"
)

// payload is what the gateway sends.
type payload struct {
	Op   int             `json:"op"`
	Seq  int64           `json:"s"`
	Type string          `json:"t"`
	Data json.RawMessage `json:"d"`
}

// gate is a bare client of the gateway.
type gate struct {
	t  *testing.T
	ws *websocket.Conn
}

func dial(t *testing.T, address string) *gate {
	t.Helper()
	ws, resp, err := websocket.DefaultDialer.DialContext(deadline(t), address+"/?v=10&encoding=json", nil)
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	t.Cleanup(func() { _ = ws.Close() })
	_ = ws.SetReadDeadline(time.Now().Add(patience))
	return &gate{t, ws}
}

func (g *gate) read() (payload, error) {
	var p payload
	err := g.ws.ReadJSON(&p)
	return p, err
}

// next reads until a payload of an opcode, or an event of a type, comes.
func (g *gate) next(op int, kind string) payload {
	g.t.Helper()
	for {
		p, err := g.read()
		if err != nil {
			g.t.Fatalf("waiting for op %d %s: %v", op, kind, err)
		}
		if p.Op == op && p.Type == kind {
			return p
		}
	}
}

// code reads until the connection is closed and returns with which code.
func (g *gate) code() int {
	g.t.Helper()
	for {
		if _, err := g.read(); err != nil {
			var ce *websocket.CloseError
			if !errors.As(err, &ce) {
				g.t.Fatalf("not closed but %v", err)
			}
			return ce.Code
		}
	}
}

func (g *gate) say(text string) {
	g.t.Helper()
	if err := g.ws.WriteMessage(websocket.TextMessage, []byte(text)); err != nil {
		g.t.Fatal(err)
	}
}

const identify = `{"op":2,"d":{"token":"test-token","intents":1,"properties":{"os":"linux","browser":"b","device":"d"}}}`

// login identifies and returns the session's id and where to resume it.
func (g *gate) login() (session, resume string) {
	g.t.Helper()
	g.say(identify)
	var d struct {
		SessionID string `json:"session_id"`
		ResumeURL string `json:"resume_gateway_url"`
	}
	if err := json.Unmarshal(g.next(0, "READY").Data, &d); err != nil {
		g.t.Fatal(err)
	}
	return d.SessionID, d.ResumeURL
}

func resumeText(session string, seq int) string {
	return fmt.Sprintf(`{"op":6,"d":{"token":"test-token","session_id":%q,"seq":%d}}`, session, seq)
}

func TestGateway_ClosesWithTheRightCode(t *testing.T) {
	t.Parallel()
	with := func(old, replacement string) string { return strings.Replace(identify, old, replacement, 1) }
	tests := []struct {
		name string
		say  []string
		want int
	}{
		{"no JSON", []string{"what"}, 4002},
		{"too long", []string{`{"op":1,"d":"` + strings.Repeat("x", 4096) + `"}`}, 4002},
		{"before IDENTIFY", []string{`{"op":3,"d":{}}`}, 4003},
		{"wrong token", []string{with("test-token", "other")}, 4004},
		{"twice", []string{identify, identify}, 4005},
		{"no properties", []string{with(`"properties"`, `"p"`)}, 4002},
		{"wrong shard", []string{with(`"intents"`, `"shard":[1,1],"intents"`)}, 4010},
		{"unknown intent", []string{with(`"intents":1`, `"intents":8388609`)}, 4013},
		{"no intents", []string{with(`"intents":1,`, ``)}, 4013},
		{"privileged intent", []string{with(`"intents":1`, `"intents":3`)}, 4014},
		{"unknown opcode", []string{identify, `{"op":99,"d":null}`}, 4001},
		{"resume with a wrong token", []string{`{"op":6,"d":{"token":"x","session_id":"y","seq":1}}`}, 4004},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			d := discordtest.New(t, discordtest.Options{})
			g := dial(t, d.GatewayURL())
			g.next(10, "")
			for _, text := range tt.say {
				g.say(text)
			}
			if got := g.code(); got != tt.want {
				t.Errorf("closed with %d, want %d", got, tt.want)
			}
		})
	}
}

func TestGateway_ResumeReplays(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{})
	guild := d.AddGuild("Newsroom")
	g := dial(t, d.GatewayURL())
	session, address := g.login()
	last := g.next(0, "GUILD_CREATE").Seq
	if address != d.ResumeURL() || address == d.GatewayURL() {
		t.Errorf("resume address %s", address)
	}
	d.DropConnections()
	if err := d.WaitFor(deadline(t), func() bool { return !d.Connected() }); err != nil {
		t.Fatal(err)
	}
	guild.AddTextChannel("one")
	guild.AddTextChannel("two")

	again := dial(t, address)
	again.next(10, "")
	again.say(resumeText(session, int(last)))
	var got []string
	for range 3 {
		p, err := again.read()
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, fmt.Sprint(p.Seq-last, p.Type))
	}
	if diff := cmp.Diff([]string{"1CHANNEL_CREATE", "2CHANNEL_CREATE", "3RESUMED"}, normal(got)); diff != "" {
		t.Error(diff)
	}
	if c := d.Connections()[1]; !c.Resumed || c.Port != "resume" || d.Identifies() != 1 {
		t.Errorf("connection %+v, %d identifies", c, d.Identifies())
	}

	future := dial(t, address)
	future.next(10, "")
	future.say(resumeText(session, 1000))
	if code := future.code(); code != 4007 {
		t.Errorf("a seq of the future: %d, want 4007", code)
	}
	gone := dial(t, address)
	gone.next(10, "")
	gone.say(resumeText(session, 1))
	if p := gone.next(9, ""); string(p.Data) != "false" {
		t.Errorf("a session that is over: %s, want false", p.Data)
	}
}

func normal(list []string) []string {
	for i := range list {
		list[i] = strings.ReplaceAll(list[i], " ", "")
	}
	return list
}

func TestGateway_GoodbyeEndsTheSession(t *testing.T) {
	t.Parallel()
	for code, want := range map[int]int{1000: 9, 1001: 9, 4000: 0} {
		d := discordtest.New(t, discordtest.Options{})
		g := dial(t, d.GatewayURL())
		session, address := g.login()
		_ = g.ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, ""), time.Now().Add(patience))
		if err := d.WaitFor(deadline(t), func() bool { return !d.Connections()[0].Open }); err != nil {
			t.Fatal(err)
		}
		if got := d.Connections()[0].CloseCode; got != code {
			t.Errorf("close code %d, want %d", got, code)
		}
		again := dial(t, address)
		again.next(10, "")
		again.say(resumeText(session, 1))
		if p, err := again.read(); err != nil || p.Op != want {
			t.Errorf("resume after %d: op %d, %v, want op %d", code, p.Op, err, want)
		}
	}
}

func TestGateway_CountsIdentifies(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{SessionStarts: 2, IdentifyInterval: time.Hour})
	for i, want := range []string{"ready", "early", "reset"} {
		g := dial(t, d.GatewayURL())
		g.next(10, "")
		g.say(identify)
		switch want {
		case "ready":
			g.next(0, "READY")
		case "early":
			g.next(9, "")
		default:
			if code := g.code(); code != 4004 {
				t.Errorf("identify %d: closed with %d, want 4004", i, code)
			}
		}
	}
	if resp, _ := raw(t, d, "GET", "/gateway/bot", ""); resp.StatusCode != 401 {
		t.Errorf("a token that was reset is answered %d, want 401", resp.StatusCode)
	}
}

func TestGateway_Shards(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{})
	for range 4 {
		d.AddGuild("g")
	}
	total := 0
	for shard := range 2 {
		g := dial(t, d.GatewayURL())
		g.say(strings.Replace(identify, `"intents"`, fmt.Sprintf(`"shard":[%d,2],"intents"`, shard), 1))
		var ready struct {
			Guilds []struct{ ID string } `json:"guilds"`
		}
		if err := json.Unmarshal(g.next(0, "READY").Data, &ready); err != nil {
			t.Fatal(err)
		}
		total += len(ready.Guilds)
	}
	if total != 4 {
		t.Errorf("two shards have %d guilds, want 4", total)
	}
}
