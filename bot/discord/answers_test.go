package discord

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsdesk/bot/message"
)

// interactionEvent makes an INTERACTION_CREATE's data.
func interactionEvent(id int, kind message.InteractionKind, name, user string) json.RawMessage {
	switch kind {
	case message.KindComponent:
		return fmt.Appendf(nil, `{"id":"%d","application_id":"1","type":3,"token":"tok%d","guild_id":"9","member":{"user":{"id":%q},"permissions":"0"},"data":{"custom_id":%q,"component_type":2}}`, id, id, user, name)
	case message.KindAutocomplete:
		return fmt.Appendf(nil, `{"id":"%d","application_id":"1","type":4,"token":"tok%d","user":{"id":%q},"data":{"name":%q,"type":1,"options":[{"name":"hours","type":4,"value":"1","focused":true}]}}`, id, id, user, name)
	}
	return fmt.Appendf(nil, `{"id":"%d","application_id":"1","type":2,"token":"tok%d","guild_id":"9","member":{"user":{"id":%q},"permissions":"0"},"data":{"name":%q,"type":1}}`, id, id, user, name)
}

// step is one request that answers, in short.
type step struct {
	At   time.Duration
	What string // method, path without version, and kind of callback
	Body string // the data
}

func steps(start time.Time, sent []sentRequest) []step {
	var out []step
	for _, r := range sent {
		s := step{At: r.At.Sub(start), What: r.Method + " " + strings.TrimPrefix(r.Path, "/api/v10"), Body: r.Body}
		var cb struct {
			Type int             `json:"type"`
			Data json.RawMessage `json:"data"`
		}
		if strings.HasSuffix(r.Path, "/callback") && json.Unmarshal([]byte(r.Body), &cb) == nil {
			s.What, s.Body = "callback "+strconv.Itoa(cb.Type), string(cb.Data)
		}
		out = append(out, s)
	}
	return out
}

func body(content, more string) string {
	return `{"content":"` + content + `","embeds":[],"components":[],"allowed_mentions":{"parse":[],"roles":[]}` + more + `}`
}

// M2: everything is answered or deferred within three seconds, whatever the
// handler does.
func TestAnswers(t *testing.T) {
	t.Parallel()
	const (
		eph  = `,"flags":64`
		hook = " /webhooks/1/tok7"
	)
	hello := message.Reply{Message: message.Message{Content: "hi"}}
	private, changed := hello, hello
	private.Ephemeral = true
	changed.Update = true
	oops := errors.New("secret detail")
	choices := message.Reply{Choices: []message.Choice{{Name: "One", Value: "1"}, {Name: strings.Repeat("x", 300), Value: "2"}, {Name: "Broken", Value: strings.Repeat("x", 101)}}}
	original := "PATCH" + hook + "/messages/@original"
	tests := []struct {
		name  string
		kind  message.InteractionKind
		cmd   string
		delay time.Duration
		reply message.Reply
		err   error
		want  []step
	}{
		{"quick", message.KindCommand, "quick", 0, hello, nil, []step{{0, "callback 4", body("hi", "")}}},
		{"quick, ephemeral", message.KindCommand, "quick", time.Second, private, nil, []step{{time.Second, "callback 4", body("hi", eph)}}},
		{"late", message.KindCommand, "quick", 4 * time.Second, hello, nil, []step{
			{1500 * time.Millisecond, "callback 5", `{"flags":64}`}, {4 * time.Second, original, body("hi", "")},
		}},
		{"late, public", message.KindCommand, "public", 4 * time.Second, hello, nil, []step{
			{1500 * time.Millisecond, "callback 5", ""}, {4 * time.Second, original, body("hi", "")},
		}},
		{"slow", message.KindCommand, "slow", 20 * time.Second, hello, nil, []step{
			{0, "callback 5", `{"flags":64}`}, {20 * time.Second, original, body("hi", "")},
		}},
		{"never", message.KindCommand, "slow", time.Hour, hello, nil, []step{
			{0, "callback 5", `{"flags":64}`}, {2 * time.Minute, original, body(sorry, "")},
		}},
		{"error", message.KindCommand, "quick", 0, hello, oops, []step{{0, "callback 4", body(sorry, eph)}}},
		{"late error", message.KindCommand, "public", 2 * time.Second, hello, oops, []step{
			{1500 * time.Millisecond, "callback 5", ""}, {2 * time.Second, original, body(sorry, "")},
		}},
		{"empty reply", message.KindCommand, "quick", 0, message.Reply{}, nil, []step{{0, "callback 4", body(sorry, eph)}}},
		{"panic", message.KindCommand, "panic", 0, hello, nil, []step{{0, "callback 4", body(sorry, eph)}}},
		{"button, update", message.KindComponent, "b", 0, changed, nil, []step{{0, "callback 7", body("hi", "")}}},
		{"button, new message", message.KindComponent, "b", 0, private, nil, []step{{0, "callback 4", body("hi", eph)}}},
		{"button, error", message.KindComponent, "b", 0, changed, oops, []step{{0, "callback 4", body(sorry, eph)}}},
		{"button, late update", message.KindComponent, "b", 2 * time.Second, changed, nil, []step{
			{1500 * time.Millisecond, "callback 6", ""}, {2 * time.Second, original, body("hi", "")},
		}},
		{"button, late new message", message.KindComponent, "b", 2 * time.Second, private, nil, []step{
			{1500 * time.Millisecond, "callback 6", ""}, {2 * time.Second, "POST" + hook, body("hi", eph)},
		}},
		{"completion", message.KindAutocomplete, "quick", 0, choices, nil, []step{
			{0, "callback 8", `{"choices":[{"name":"One","value":1},{"name":"` + strings.Repeat("x", 99) + `…","value":2}]}`},
		}},
		{"completion, late", message.KindAutocomplete, "quick", 5 * time.Second, choices, nil, []step{{2500 * time.Millisecond, "callback 8", `{"choices":[]}`}}},
		{"completion, error", message.KindAutocomplete, "quick", 0, choices, oops, []step{{0, "callback 8", `{"choices":[]}`}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				w := answering(200, `{}`)
				c := newTestClient(t, w, handler{
					commands: []message.Command{
						{Name: "quick", Options: []message.Option{{Name: "hours", Kind: message.OptionInteger}}},
						{Name: "slow", Slow: true},
						{Name: "public", Public: true},
					},
					handle: func(ctx context.Context, in message.Interaction) (message.Reply, error) {
						if in.Command == "panic" {
							panic("secret detail")
						}
						select {
						case <-time.After(tt.delay):
							return tt.reply, tt.err
						case <-ctx.Done():
							return message.Reply{}, ctx.Err()
						}
					},
				})
				start := time.Now()
				c.answers.start()
				c.answers.accept(t.Context(), interactionEvent(7, tt.kind, tt.cmd, "42"))
				c.answers.all.Wait()
				if diff := cmp.Diff(tt.want, steps(start, w.requests())); diff != "" {
					t.Error(diff)
				}
				for _, r := range w.requests() {
					if r.Auth != "" || strings.Contains(r.Body, "secret") {
						t.Errorf("%+v", r)
					}
				}
			})
		})
	}
}

func TestAnswers_RepeatWhatMayBeRepeated(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		status []int // of the requests, in order; 200 afterwards
		body   string
		want   int // requests
	}{
		{"cut connection", []int{0, 0}, "", 3},
		{"server error", []int{500, 502, 503}, "", 4},
		{"answered already after a cut", []int{0, 400}, `{"code":40060,"message":"acknowledged"}`, 2},
		{"too late", []int{404}, `{"code":10062,"message":"Unknown interaction"}`, 1},
		{"a short limit", []int{429}, `{"retry_after":0.3}`, 2},
		{"our message is refused: the plain sentence goes out", []int{400}, `{"code":50035,"message":"Invalid Form Body"}`, 2},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				w := &wire{serve: func(n int, _ sentRequest) (int, map[string]string, string) {
					if n <= len(tt.status) {
						return tt.status[n-1], nil, tt.body
					}
					return 200, nil, `{}`
				}}
				c := newTestClient(t, w, handler{handle: func(context.Context, message.Interaction) (message.Reply, error) {
					return message.Reply{Message: message.Message{Content: "hi"}}, nil
				}})
				start := time.Now()
				c.answers.start()
				c.answers.accept(t.Context(), interactionEvent(7, message.KindCommand, "x", "42"))
				c.answers.all.Wait()
				if n := len(w.requests()); n != tt.want {
					t.Errorf("%d requests, want %d", n, tt.want)
				}
				if took := time.Since(start); took > 1500*time.Millisecond {
					t.Errorf("took %s of a person's time", took)
				}
			})
		})
	}
}

// One person's commands are handled in order, others' side by side, and all
// of them are acknowledged in time.
func TestAnswers_OrderAndConcurrency(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		var handled []string
		w := answering(200, `{}`)
		c := newTestClient(t, w, handler{handle: func(_ context.Context, in message.Interaction) (message.Reply, error) {
			time.Sleep(time.Second)
			mu.Lock()
			defer mu.Unlock()
			if in.User == "42" {
				handled = append(handled, in.Command)
			}
			return message.Reply{Message: message.Message{Content: "hi"}}, nil
		}})
		c.answers.start()
		start := time.Now()
		want := []string{}
		for i := range 5 {
			name := "c" + strconv.Itoa(i)
			want = append(want, name)
			c.answers.accept(t.Context(), interactionEvent(1000+i, message.KindCommand, name, "42"))
			c.answers.accept(t.Context(), interactionEvent(1000+i, message.KindCommand, name, "42")) // sent twice
		}
		for i := range 50 {
			c.answers.accept(t.Context(), interactionEvent(2000+i, message.KindCommand, "x", strconv.Itoa(100+i)))
		}
		c.answers.all.Wait()
		if diff := cmp.Diff(want, handled); diff != "" {
			t.Error(diff)
		}
		first := map[string]time.Duration{}
		for _, r := range w.requests() {
			if strings.HasSuffix(r.Path, "/callback") {
				first[r.Path] = r.At.Sub(start)
			}
		}
		if len(first) != 55 {
			t.Errorf("%d of 55 were answered", len(first))
		}
		for path, at := range first {
			if at > 1500*time.Millisecond {
				t.Errorf("%s was answered after %s", path, at)
			}
		}
		if len(c.answers.lanes) != 0 {
			t.Errorf("%d lanes are left", len(c.answers.lanes))
		}
	})
}

// What a server's managers change is changed in the order in which they asked,
// whoever asked; servers do not wait for each other.
func TestAnswers_ManagersOfAServerInOrder(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		handled := map[string][]string{}
		c := newTestClient(t, answering(200, `{}`), handler{
			commands: []message.Command{{Name: "change", ManageGuild: true}, {Name: "look"}},
			handle: func(_ context.Context, in message.Interaction) (message.Reply, error) {
				// The first to ask takes longest.
				time.Sleep(time.Second / time.Duration(len(in.User)))
				mu.Lock()
				defer mu.Unlock()
				handled[in.Guild+" "+in.Command] = append(handled[in.Guild+" "+in.Command], in.User)
				return message.Reply{Message: message.Message{Content: "done"}}, nil
			},
		})
		c.answers.start()
		start := time.Now()
		var want []string
		for i := range 4 {
			user := strings.Repeat("4", i+1)
			want = append(want, user)
			for j, guild := range []string{"9", "8"} {
				for k, name := range []string{"change", "look"} {
					event := strings.Replace(string(interactionEvent(100*i+10*j+k+1, message.KindCommand, name, user)), `"guild_id":"9"`, `"guild_id":"`+guild+`"`, 1)
					c.answers.accept(t.Context(), json.RawMessage(event))
				}
			}
		}
		c.answers.all.Wait()
		for _, guild := range []string{"9", "8"} {
			if diff := cmp.Diff(want, handled[guild+" change"]); diff != "" {
				t.Errorf("guild %s (-want +got):\n%s", guild, diff)
			}
			if len(handled[guild+" look"]) != 4 {
				t.Errorf("guild %s: %d looks", guild, len(handled[guild+" look"]))
			}
		}
		if took := time.Since(start); took > 4*time.Second {
			t.Errorf("took %s: servers waited for each other", took)
		}
		if len(c.answers.lanes) != 0 {
			t.Errorf("%d lanes are left", len(c.answers.lanes))
		}
	})
}

func TestAnswers_FloodIsBounded(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := answering(200, `{}`)
		c := newTestClient(t, w, handler{handle: func(context.Context, message.Interaction) (message.Reply, error) {
			time.Sleep(time.Second)
			return message.Reply{Message: message.Message{Content: "hi"}}, nil
		}})
		c.answers.start()
		for i := range 3 * maxTalks {
			c.answers.accept(t.Context(), interactionEvent(1000+i, message.KindCommand, "x", strconv.Itoa(100+i)))
		}
		c.answers.all.Wait()
		if n := len(w.requests()); n != maxTalks {
			t.Errorf("%d were answered, want %d", n, maxTalks)
		}
	})
}

func TestAnswers_DrainGivesTimeAndThenCancels(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := answering(200, `{}`)
		c := newTestClient(t, w, handler{handle: func(ctx context.Context, in message.Interaction) (message.Reply, error) {
			if in.User == "1" {
				time.Sleep(3 * time.Second)
				return message.Reply{Message: message.Message{Content: "hi"}}, nil
			}
			<-ctx.Done()
			return message.Reply{}, ctx.Err()
		}})
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		c.answers.start()
		start := time.Now()
		c.answers.accept(ctx, interactionEvent(1, message.KindCommand, "x", "1"))
		c.answers.accept(ctx, interactionEvent(2, message.KindCommand, "x", "2"))
		c.answers.drain(cancel)
		if took := time.Since(start); took != 5*time.Second {
			t.Errorf("took %s", took)
		}
		c.answers.accept(ctx, interactionEvent(3, message.KindCommand, "x", "1"))
		finished := false
		for _, r := range w.requests() {
			finished = finished || strings.Contains(r.Body, `"hi"`)
			if strings.Contains(r.Path, "tok3") {
				t.Error("an interaction was taken in after the end")
			}
		}
		if !finished {
			t.Error("the handler at work was not allowed to finish")
		}
	})
}

// A failing handler is logged once, for the operator only.
func TestAnswers_ErrorIsLoggedOnce(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	c := newTestClient(t, answering(200, `{}`), handler{handle: func(context.Context, message.Interaction) (message.Reply, error) {
		panic("detail")
	}})
	c.opt.Log = slog.New(slog.NewJSONHandler(&out, nil))
	c.answers.start()
	c.answers.accept(t.Context(), interactionEvent(7, message.KindCommand, "x", "42"))
	c.answers.all.Wait()
	if n := strings.Count(out.String(), "\n"); n != 1 || !strings.Contains(out.String(), "panic: detail") {
		t.Errorf("logged %d lines: %s", n, out.String())
	}
}
