package discordtest_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsdesk/bot/discordtest"
)

// clock is a clock that a test moves.
type clock struct {
	mu sync.Mutex
	t  time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.t
}

func (c *clock) add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.t = c.t.Add(d)
}

// asked is an interaction that a bare client has seen.
type asked struct {
	ID      string `json:"id"`
	Token   string `json:"token"`
	Type    int    `json:"type"`
	Context int    `json:"context"`
	Data    struct {
		Options []struct {
			Name    string `json:"name"`
			Type    int    `json:"type"`
			Value   any    `json:"value"`
			Focused bool   `json:"focused"`
		} `json:"options"`
		Values   []string `json:"values"`
		Resolved struct {
			Channels map[string]struct {
				Name           string `json:"name"`
				Permissions    string `json:"permissions"`
				AppPermissions string `json:"app_permissions"`
			} `json:"channels"`
		} `json:"resolved"`
	} `json:"data"`
}

const testCommands = `[
 {"name":"latest","description":"d","options":[
  {"type":3,"name":"topic","description":"d","choices":[{"name":"World","value":"world"}]},
  {"type":4,"name":"hours","description":"d","min_value":1,"max_value":48}]},
 {"name":"setup","description":"d","default_member_permissions":"32","contexts":[0],"options":[
  {"type":7,"name":"channel","description":"d","required":true,"channel_types":[0,5]}]},
 {"name":"story","description":"d","options":[{"type":3,"name":"event","description":"d","required":true,"autocomplete":true}]},
 {"name":"feed","description":"d","options":[{"type":1,"name":"add","description":"d","options":[{"type":3,"name":"url","description":"d","required":true}]}]}]`

// desk is a guild with commands and a bare client of the gateway.
type desk struct {
	d     *discordtest.Server
	c     *discordtest.Channel
	g     *gate
	clock *clock
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	k := &clock{t: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)}
	d := discordtest.New(t, discordtest.Options{Now: k.now, NoRateLimits: true, Lenient: true})
	c := d.AddGuild("Newsroom").AddTextChannel("world")
	if resp, body := raw(t, d, "PUT", "/applications/"+d.ApplicationID()+"/commands", testCommands); resp.StatusCode != 200 {
		t.Fatal(body)
	}
	g := dial(t, d.GatewayURL())
	g.login()
	return &desk{d, c, g, k}
}

// ask starts an interaction and hands over what the client sees of it; got
// waits for the answer.
func (k *desk) ask(t *testing.T, in discordtest.Interaction) (asked, func() (*discordtest.Response, error)) {
	t.Helper()
	if in.Channel == nil {
		in.Channel = k.c
	}
	type result struct {
		r   *discordtest.Response
		err error
	}
	done := make(chan result, 1)
	ctx, cancel := context.WithCancel(deadline(t))
	t.Cleanup(cancel)
	go func() {
		r, err := k.d.Interact(ctx, in)
		done <- result{r, err}
	}()
	var a asked
	if err := jsonInto(k.g.next(0, "INTERACTION_CREATE").Data, &a); err != nil {
		t.Fatal(err)
	}
	return a, func() (*discordtest.Response, error) {
		r := <-done
		return r.r, r.err
	}
}

func (k *desk) answer(t *testing.T, a asked, body string) string {
	t.Helper()
	resp, text := raw(t, k.d, "POST", "/interactions/"+a.ID+"/"+a.Token+"/callback", body)
	return fmt.Sprint(resp.StatusCode, code(text))
}

func (k *desk) hook(t *testing.T, a asked, method, rest, body string) string {
	t.Helper()
	resp, text := raw(t, k.d, method, "/webhooks/"+k.d.ApplicationID()+"/"+a.Token+rest, body)
	return fmt.Sprint(resp.StatusCode, code(text))
}

// code reads the code of a refusal, " 0" where there is none.
func code(body string) string {
	var v struct {
		Code int `json:"code"`
	}
	_ = jsonInto([]byte(body), &v)
	return fmt.Sprint(" ", v.Code)
}

func TestInteractions_Deadlines(t *testing.T) {
	t.Parallel()
	k := newDesk(t)
	a, got := k.ask(t, discordtest.Interaction{Command: "latest"})
	if s := k.hook(t, a, "POST", "", `{"content":"x"}`); s != "404 10015" {
		t.Errorf("follow-up before the answer: %s, want 404 10015", s)
	}
	k.clock.add(2 * time.Second)
	if s := k.answer(t, a, `{"type":5}`); s != "204 0" {
		t.Errorf("deferral: %s", s)
	}
	if s := k.answer(t, a, `{"type":5}`); s != "400 40060" {
		t.Errorf("second answer: %s, want 400 40060", s)
	}
	r, err := got()
	if err != nil || r.After != 2*time.Second || !r.Deferred || r.Message.Flags&discordtest.FlagLoading == 0 {
		t.Errorf("response %+v, %v", r, err)
	}
	if s := k.hook(t, a, "PATCH", "/messages/@original", `{"content":"done"}`); s != "200 0" {
		t.Errorf("edit of the original: %s", s)
	}
	if m, err := r.Wait(deadline(t)); err != nil || m.Content != "done" {
		t.Errorf("became %q, %v", m.Content, err)
	}
	k.clock.add(14 * time.Minute)
	if s := k.hook(t, a, "GET", "/messages/@original", ""); s != "200 0" {
		t.Errorf("before a quarter of an hour: %s", s)
	}
	k.clock.add(time.Minute)
	if s := k.hook(t, a, "PATCH", "/messages/@original", `{"content":"late"}`); s != "401 50027" {
		t.Errorf("after a quarter of an hour: %s, want 401 50027", s)
	}
	late, _ := k.ask(t, discordtest.Interaction{Command: "latest"})
	k.clock.add(3*time.Second + time.Millisecond)
	if s := k.answer(t, late, `{"type":4,"data":{"content":"x"}}`); s != "404 10062" {
		t.Errorf("after three seconds: %s, want 404 10062", s)
	}
}

func TestInteractions_KindsOfAnswer(t *testing.T) {
	t.Parallel()
	k := newDesk(t)
	a, _ := k.ask(t, discordtest.Interaction{Command: "latest"})
	for _, body := range []string{`{"type":7,"data":{"content":"x"}}`, `{"type":8,"data":{"choices":[]}}`, `{"type":3}`, `{"type":4,"data":{}}`, `{"type":4}`} {
		if s := k.answer(t, a, body); !strings.HasPrefix(s, "400 ") {
			t.Errorf("%s to a command: %s, want 400", body, s)
		}
	}
	if s := k.answer(t, a, `{"type":4,"data":{"flags":64,"content":"only you","components":[{"type":1,"components":[`+button("more")+`,{"type":2,"style":1,"label":"x","custom_id":"off","disabled":true}]}]}}`); s != "204 0" {
		t.Fatal(s)
	}
	if n := len(k.c.Messages()); n != 0 {
		t.Errorf("%d messages in the channel, want none: the answer was ephemeral", n)
	}
	b, got := k.ask(t, discordtest.Interaction{Custom: "more"})
	if b.Type != 3 {
		t.Errorf("type %d, want 3", b.Type)
	}
	if s := k.answer(t, b, `{"type":7,"data":{"content":"more of it"}}`); s != "204 0" {
		t.Fatal(s)
	}
	if r, err := got(); err != nil || !r.Update || !r.Ephemeral || r.Message.Content != "more of it" {
		t.Errorf("response %+v, %v", r, err)
	}
	if _, err := k.d.Interact(deadline(t), discordtest.Interaction{Channel: k.c, Custom: "off"}); !errors.Is(err, discordtest.ErrNotOffered) {
		t.Errorf("a disabled button: %v", err)
	}
	auto, gotAuto := k.ask(t, discordtest.Interaction{Command: "story", Focused: "event", Options: map[string]any{"event": "qu"}})
	if auto.Type != 4 || !auto.Data.Options[0].Focused || auto.Data.Options[0].Value != "qu" {
		t.Errorf("completion %+v", auto)
	}
	if s := k.answer(t, auto, `{"type":8,"data":{"choices":[`+choices(26)+`]}}`); s != "400 50035" {
		t.Errorf("26 choices: %s, want 400 50035", s)
	}
	if s := k.answer(t, auto, `{"type":8,"data":{"choices":[`+choices(25)+`]}}`); s != "204 0" {
		t.Errorf("25 choices: %s", s)
	}
	if r, err := gotAuto(); err != nil || len(r.Choices) != 25 || r.Choices[0].Name != "n0" {
		t.Errorf("choices %+v, %v", r, err)
	}
}

func TestInteractions_Modal(t *testing.T) {
	t.Parallel()
	k := newDesk(t)
	a, got := k.ask(t, discordtest.Interaction{Command: "latest", User: k.d.BotID()})
	const modal = `{"type":9,"data":{"custom_id":"form","title":"t","components":[{"type":1,"components":[{"type":4,"custom_id":"why","label":"l","style":1}]}]}}`
	if s := k.answer(t, a, modal); s != "204 0" {
		t.Fatal(s)
	}
	if r, err := got(); err != nil || r.Type != 9 {
		t.Errorf("response %+v, %v", r, err)
	}
	in := discordtest.Interaction{Channel: k.c, User: k.d.BotID(), Custom: "form", Fields: map[string]string{"why": "because"}}
	b, got := k.ask(t, in)
	if s := k.answer(t, b, modal); b.Type != 5 || s != "400 50035" {
		t.Errorf("modal upon modal: type %d, %s", b.Type, s)
	}
	if s := k.answer(t, b, `{"type":4,"data":{"content":"thanks"}}`); s != "204 0" {
		t.Fatal(s)
	}
	if r, err := got(); err != nil || r.Message.Content != "thanks" {
		t.Errorf("response %+v, %v", r, err)
	}
	if _, err := k.d.Interact(deadline(t), in); !errors.Is(err, discordtest.ErrNotOffered) {
		t.Errorf("the same modal again: %v", err)
	}
}

func TestInteractions_AsTheClientBuildsThem(t *testing.T) {
	t.Parallel()
	k := newDesk(t)
	a, _ := k.ask(t, discordtest.Interaction{Command: "latest", Options: map[string]any{"topic": "World", "hours": 6}})
	if diff := cmp.Diff("[{topic 3 world false} {hours 4 6 false}]", fmt.Sprint(a.Data.Options)); diff != "" {
		t.Error(diff)
	}
	k.c.SetPermissions(k.d.BotID(), 0, discordtest.PermSendMessages)
	a, _ = k.ask(t, discordtest.Interaction{Command: "setup", Options: map[string]any{"channel": k.c}, Permissions: discordtest.PermManageGuild})
	there := a.Data.Resolved.Channels[k.c.ID]
	if there.Name != "world" || there.Permissions == there.AppPermissions || there.AppPermissions == "" {
		t.Errorf("resolved channel %+v", there)
	}
	a, _ = k.ask(t, discordtest.Interaction{Command: "feed add", Options: map[string]any{"url": "https://example.org"}})
	if a.Data.Options[0].Name != "add" || a.Data.Options[0].Type != 1 {
		t.Errorf("subcommand %+v", a.Data.Options)
	}
	a, _ = k.ask(t, discordtest.Interaction{Channel: k.d.DM(k.d.AddUser("ann")), Command: "latest"})
	if a.Context != 1 {
		t.Errorf("context %d in direct messages, want 1", a.Context)
	}
	forum := k.c.Guild().AddForum("stories")
	for name, in := range map[string]discordtest.Interaction{
		"unknown command":   {Command: "nothing"},
		"unknown option":    {Command: "latest", Options: map[string]any{"x": 1}},
		"no choice":         {Command: "latest", Options: map[string]any{"topic": "mars"}},
		"too many hours":    {Command: "latest", Options: map[string]any{"hours": 49}},
		"hours in words":    {Command: "latest", Options: map[string]any{"hours": "six"}},
		"option missing":    {Command: "story"},
		"no rights":         {Command: "setup", Options: map[string]any{"channel": k.c}},
		"not that channel":  {Command: "setup", Options: map[string]any{"channel": forum}, Permissions: discordtest.PermManageGuild},
		"no subcommand":     {Command: "feed"},
		"no completion":     {Command: "latest", Focused: "topic"},
		"unknown component": {Custom: "x"},
		"not in messages":   {Command: "setup", Channel: k.d.DM(k.d.AddUser("bob")), Options: map[string]any{"channel": k.c}},
	} {
		if in.Channel == nil {
			in.Channel = k.c
		}
		if _, err := k.d.Interact(deadline(t), in); !errors.Is(err, discordtest.ErrNotOffered) {
			t.Errorf("%s: %v, want ErrNotOffered", name, err)
		}
	}
}

func TestInteractions_Unanswered(t *testing.T) {
	t.Parallel()
	k := newDesk(t)
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	_, err := k.d.Interact(ctx, discordtest.Interaction{Channel: k.c, Command: "latest"})
	if !errors.Is(err, context.DeadlineExceeded) || !strings.Contains(err.Error(), "/latest: not answered") {
		t.Errorf("error %v", err)
	}
}

func TestFollowups_FirstTakesTheDeferralsPlace(t *testing.T) {
	t.Parallel()
	k := newDesk(t)
	a, got := k.ask(t, discordtest.Interaction{Command: "latest"})
	k.answer(t, a, `{"type":5,"data":{"flags":64}}`)
	r, err := got()
	if err != nil {
		t.Fatal(err)
	}
	k.hook(t, a, "POST", "", `{"content":"one"}`)
	k.hook(t, a, "POST", "?wait=true", `{"content":"two"}`)
	if m, err := r.Wait(deadline(t)); err != nil || m.Content != "one" || !m.Ephemeral {
		t.Errorf("original %+v, %v", m, err)
	}
	follow := r.Followups()
	if len(follow) != 1 || follow[0].Content != "two" {
		t.Fatalf("follow-ups %+v", follow)
	}
	if s := k.hook(t, a, "DELETE", "/messages/"+follow[0].ID, ""); s != "204 0" || len(r.Followups()) != 0 {
		t.Errorf("deleting it: %s, left %d", s, len(r.Followups()))
	}
	if s := k.hook(t, a, "DELETE", "/messages/@original", ""); s != "204 0" {
		t.Errorf("deleting the original: %s", s)
	}
	if s := k.hook(t, a, "PATCH", "/messages/@original", `{"content":"x"}`); s != "404 10008" {
		t.Errorf("editing what was deleted: %s, want 404 10008", s)
	}
}
