package discordtest_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"newsdesk/bot/discordtest"
)

// TestGatewayFaults brings about each fault and sees it on a bare client.
func TestGatewayFaults(t *testing.T) {
	t.Parallel()
	tests := map[string]func(t *testing.T, d *discordtest.Server, g *gate){
		"reconnect": func(t *testing.T, d *discordtest.Server, g *gate) {
			t.Helper()
			d.Reconnect()
			g.next(7, "")
		},
		"invalid session": func(t *testing.T, d *discordtest.Server, g *gate) {
			t.Helper()
			d.InvalidSession(true)
			if p := g.next(9, ""); string(p.Data) != "true" {
				t.Errorf("resumable: %s", p.Data)
			}
			d.InvalidSession(false)
			if p := g.next(9, ""); string(p.Data) != "false" {
				t.Errorf("resumable: %s", p.Data)
			}
			g.login() // on the same connection, as discordgo does
		},
		"acks stop": func(t *testing.T, d *discordtest.Server, g *gate) {
			t.Helper()
			d.StopAcks(true)
			g.say(`{"op":1,"d":null}`)
			g.say(`{"op":1,"d":null}`)
			if err := d.WaitFor(deadline(g.t), func() bool { return d.Connections()[0].Heartbeats == 2 }); err != nil {
				g.t.Fatal(err)
			}
			d.RequestHeartbeat()
			if p, err := g.read(); err != nil || p.Op != 1 {
				g.t.Errorf("op %d, %v after heartbeats, want none but the request", p.Op, err)
			}
		},
		"closed": func(t *testing.T, d *discordtest.Server, g *gate) {
			t.Helper()
			d.CloseWith(4000)
			if code := g.code(); code != 4000 {
				t.Errorf("code %d", code)
			}
		},
		"dropped": func(t *testing.T, d *discordtest.Server, g *gate) {
			t.Helper()
			d.DropConnections()
			if _, err := g.read(); err == nil {
				t.Error("the connection lives")
			}
		},
		"half a frame": func(t *testing.T, d *discordtest.Server, g *gate) {
			t.Helper()
			d.HalfFrame()
			d.SendUnknownEvent()
			_ = g.ws.SetReadDeadline(time.Now().Add(100 * time.Millisecond))
			if p, err := g.read(); err == nil {
				t.Errorf("read %+v out of half a frame", p)
			}
		},
		"flood after a pause": func(t *testing.T, d *discordtest.Server, g *gate) {
			t.Helper()
			d.Pause(true)
			d.Flood(500)
			d.Pause(false)
			last := int64(1)
			for range 500 {
				p := g.next(0, "TYPING_START")
				if p.Seq != last+1 {
					t.Fatalf("seq %d after %d", p.Seq, last)
				}
				last = p.Seq
			}
		},
		"odd events": func(t *testing.T, d *discordtest.Server, g *gate) {
			t.Helper()
			d.SendUnknownEvent()
			g.next(0, "SOMETHING_NEW")
			d.SendWrongKind()
			g.next(0, "GUILD_CREATE")
			for range 3 {
				g.next(0, "INTERACTION_CREATE")
			}
			d.SendUnknownComponent()
			g.next(0, "INTERACTION_CREATE")
			d.SendRaw([]byte("no JSON"))
			if _, err := g.read(); err == nil {
				t.Error("raw bytes are JSON")
			}
		},
		"twice and swapped": func(t *testing.T, d *discordtest.Server, g *gate) {
			t.Helper()
			d.DuplicateNext(1)
			d.SendEvent("A", nil)
			d.SwapNext()
			d.SendEvent("B", nil)
			d.SendEvent("C", nil)
			var got strings.Builder
			for range 4 {
				p, err := g.read()
				if err != nil {
					t.Fatal(err)
				}
				got.WriteString(p.Type)
			}
			if got.String() != "AACB" {
				t.Errorf("events %s, want AACB", got.String())
			}
		},
		"after RESUME": func(t *testing.T, d *discordtest.Server, g *gate) {
			t.Helper()
			d.InvalidSession(false)
			session, address := g.login()
			d.ReconnectAfterResume()
			d.InvalidSessionAfterResume(true)
			d.InvalidSessionAfterResume(false)
			for _, want := range []string{"7 null", "9 true", "9 false", "9 false"} { // the last since the session is over
				again := dial(t, address)
				again.next(10, "")
				again.say(resumeText(session, 1))
				p, err := again.read()
				if got := string('0'+rune(p.Op)) + " " + string(p.Data); err != nil || got != want {
					t.Errorf("after RESUME: %s, %v, want %s", got, err, want)
				}
			}
		},
	}
	for name, run := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := discordtest.New(t, discordtest.Options{})
			g := dial(t, d.GatewayURL())
			g.login()
			run(t, d, g)
		})
	}
}

func TestGatewayFaults_BeforeASession(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{})
	d.WithholdHello(true)
	g := dial(t, d.GatewayURL())
	if err := d.WaitFor(deadline(t), func() bool { return len(d.Connections()) == 1 }); err != nil {
		t.Fatal(err)
	}
	d.WithholdHello(false)
	var hello struct {
		Interval int `json:"heartbeat_interval"`
	}
	if err := json.Unmarshal(g.next(10, "").Data, &hello); err != nil || hello.Interval != 41250 {
		t.Errorf("interval %d, %v", hello.Interval, err)
	}
	d.WithholdReady(true)
	g.say(identify)
	g.say(`{"op":1,"d":null}`)
	if p, err := g.read(); err != nil || p.Op != 11 {
		t.Errorf("op %d, %v, want the ACK and no READY", p.Op, err)
	}
	d.WithholdReady(false)
	d.InvalidIdentifies(1)
	g.say(identify)
	g.next(9, "")
	d.CloseOnIdentify(4011)
	g.say(identify)
	if code := g.code(); code != 4011 {
		t.Errorf("code %d, want 4011", code)
	}
	if d.Identifies() != 3 {
		t.Errorf("%d identifies, want 3", d.Identifies())
	}
}

func TestGateway_SilentClientIsClosed(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{HeartbeatInterval: time.Second})
	g := dial(t, d.GatewayURL())
	g.login()
	if code := g.code(); code != 4009 {
		t.Errorf("code %d, want 4009", code)
	}
}
