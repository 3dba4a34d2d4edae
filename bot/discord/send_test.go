package discord

import (
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"newsdesk/bot/message"
	"newsdesk/outbox"
)

func TestCreate_SendsNonceAndMentions(t *testing.T) {
	t.Parallel()
	w := answering(200, `{"id":"77"}`)
	c := newTestClient(t, w, nil)
	id, err := c.Create(t.Context(), "5", message.Message{Content: "hello", Silent: true}, "abc")
	if err != nil || id != "77" {
		t.Fatalf("got %q, %v", id, err)
	}
	got := w.requests()[0]
	want := `{"content":"hello","embeds":[],"components":[],"allowed_mentions":{"parse":[],"roles":[]},"flags":4096,"nonce":"abc","enforce_nonce":true}`
	if got.Method != "POST" || got.Path != "/api/v10/channels/5/messages" || got.Auth != "Bot "+testToken || got.Body != want {
		t.Errorf("got %+v\nwant body %s", got, want)
	}
}

func TestEdit_TakesAwayWhatIsGone(t *testing.T) {
	t.Parallel()
	w := answering(200, `{"id":"77"}`)
	if err := newTestClient(t, w, nil).Edit(t.Context(), "5", "77", message.Message{Content: "now", Silent: true}); err != nil {
		t.Fatal(err)
	}
	got := w.requests()[0]
	want := `{"content":"now","embeds":[],"components":[],"allowed_mentions":{"parse":[],"roles":[]}}`
	if got.Method != "PATCH" || got.Path != "/api/v10/channels/5/messages/77" || got.Body != want {
		t.Errorf("got %+v", got)
	}
}

func TestStartThread(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		status int
		body   string
		want   string
	}{
		{"made", 201, `{"id":"77"}`, "77"},
		{"there already", 400, `{"code":160004,"message":"A thread has already been created for this message"}`, "77"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := answering(tt.status, tt.body)
			id, err := newTestClient(t, w, nil).StartThread(t.Context(), "5", "77", strings.Repeat("é", 200))
			if err != nil || id != tt.want {
				t.Errorf("got %q, %v", id, err)
			}
			if n := strings.Count(w.requests()[0].Body, "é"); n != 99 {
				t.Errorf("the name has %d letters before its ellipsis, want 99", n)
			}
		})
	}
}

// M20: each failure is sorted once, and says which channel and why.
func TestCreate_SortsFailures(t *testing.T) {
	t.Parallel()
	code := func(n int) string { return fmt.Sprintf(`{"code":%d,"message":"said by Discord"}`, n) }
	tests := []struct {
		name      string
		status    int
		body      string
		permanent bool
		is        error
		text      string
	}{
		{"channel gone", 404, code(10003), true, ErrChannelGone, "channel 5: the channel does not exist"},
		{"no access", 403, code(50001), true, ErrNoAccess, "channel 5: the bot can't see"},
		{"kicked", 404, code(10004), true, ErrNoAccess, "channel 5"},
		{"no permission", 403, code(50013), true, ErrMissingPermission, "channel 5: the bot lacks a permission"},
		{"message gone", 404, code(10008), true, ErrMessageGone, "channel 5"},
		{"too old to edit", 429, code(30046), false, ErrTooOldToEdit, "channel 5"},
		{"archived", 400, code(50083), true, ErrThreadArchived, "channel 5"},
		{"threads full", 400, code(160006), true, ErrTooManyThreads, "channel 5"},
		{"empty", 400, code(50006), true, ErrEmptyMessage, "channel 5"},
		{
			"invalid form", 400,
			`{"code":50035,"message":"Invalid Form Body","errors":{"embeds":{"0":{"title":{"_errors":[{"code":"X","message":"Must be 256 or fewer in length."}]}}}}}`,
			true, ErrRefused, "embeds.0.title: Must be 256 or fewer in length.",
		},
		{"token", 401, code(0), false, nil, "Reset Token"},
		{"edge", 403, "<html>no</html>", false, ErrRateLimited, "edge"},
		{"wrong address", 404, "not found", false, nil, "configured address"},
		{"server error", 500, "", false, nil, "HTTP 500"},
		{"bad gateway", 502, "<html>", false, nil, "HTTP 502"},
		{"cut connection", 0, "", false, nil, "unexpected EOF"},
		{"truncated JSON", 200, `{"id":"7`, false, nil, "cut off"},
		{"no id", 200, `{}`, false, nil, "names no message"},
		{"redirect", 302, "", false, nil, "HTTP 302"},
		{"truncated refusal", 400, `{"code":160004,"mess`, false, nil, "without a reason"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := newTestClient(t, answering(tt.status, tt.body), nil).Create(t.Context(), "5", message.Message{Content: "x"}, "n")
			if err == nil {
				t.Fatal("no error")
			}
			if outbox.IsPermanent(err) != tt.permanent {
				t.Errorf("permanent = %v: %v", !tt.permanent, err)
			}
			if tt.is != nil && !errors.Is(err, tt.is) {
				t.Errorf("%v is not %v", err, tt.is)
			}
			if !strings.Contains(err.Error(), tt.text) {
				t.Errorf("%q lacks %q", err, tt.text)
			}
			if strings.Contains(err.Error(), testToken) {
				t.Errorf("%q holds the token", err)
			}
		})
	}
}

// A refusal that is cut off on its way is no ban of this address: Discord's
// edge answers with pages.
func TestCreate_CutOffRefusalHoldsNothingBack(t *testing.T) {
	t.Parallel()
	for _, status := range []int{403, 404} {
		w := &wire{serve: func(n int, _ sentRequest) (int, map[string]string, string) {
			if n == 1 {
				return status, map[string]string{"Content-Type": "application/json"}, `{"code":50013,"mess`
			}
			return 200, nil, `{"id":"1"}`
		}}
		c := newTestClient(t, w, nil)
		_, err := c.Create(t.Context(), "5", message.Message{Content: "x"}, "n")
		if _, waits := outbox.Wait(err); err == nil || waits || outbox.IsPermanent(err) {
			t.Errorf("%d: got %v, want an error that is tried again as usual", status, err)
		}
		if _, err := c.Create(t.Context(), "5", message.Message{Content: "x"}, "n"); err != nil {
			t.Errorf("%d: the next request: %v", status, err)
		}
	}
}

func TestCreate_RefusesWithoutAsking(t *testing.T) {
	t.Parallel()
	w := answering(200, `{"id":"1"}`)
	c := newTestClient(t, w, nil)
	hello := message.Message{Content: "x"}
	for name, try := range map[string]func() error{
		"no id":      func() error { _, err := c.Create(t.Context(), "../users/@me", hello, "n"); return err },
		"no nonce":   func() error { _, err := c.Create(t.Context(), "5", hello, ""); return err },
		"long nonce": func() error { _, err := c.Create(t.Context(), "5", hello, strings.Repeat("n", 26)); return err },
		"empty":      func() error { _, err := c.Create(t.Context(), "5", message.Message{}, "n"); return err },
		"edit":       func() error { return c.Edit(t.Context(), "5", "x", hello) },
	} {
		if err := try(); !outbox.IsPermanent(err) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if n := len(w.requests()); n != 0 {
		t.Errorf("%d requests were sent", n)
	}
}

// Once the token is refused, no further request brings a ban nearer.
func TestCreate_StopsAfterTheTokenIsRefused(t *testing.T) {
	t.Parallel()
	w := answering(401, `{"code":0,"message":"401: Unauthorized"}`)
	c := newTestClient(t, w, nil)
	for range 3 {
		_, err := c.Create(t.Context(), "5", message.Message{Content: "x"}, "n")
		if _, ok := errors.AsType[*FatalError](err); !ok {
			t.Fatalf("got %v", err)
		}
		if _, waits := outbox.Wait(err); !waits {
			t.Errorf("%v is to be repeated at once", err)
		}
	}
	if n := len(w.requests()); n != 1 {
		t.Errorf("%d requests were sent, want 1", n)
	}
}

func TestCreate_WaitsForShortLimitsAndReturnsLongOnes(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		header map[string]string
		body   string
		wait   time.Duration // that the call takes, where it succeeds
		after  time.Duration // that the error asks for
	}{
		{"short, user", map[string]string{"X-RateLimit-Scope": "user", "Retry-After": "2"}, `{"retry_after":2.5,"global":false}`, 2500 * time.Millisecond, 0},
		{"short, shared", map[string]string{"X-RateLimit-Scope": "shared", "Retry-After": "3"}, `{"retry_after":3}`, 3 * time.Second, 0},
		{"short, global", map[string]string{"X-RateLimit-Global": "true", "Retry-After": "1"}, `{"retry_after":1,"global":true}`, time.Second, 0},
		{"long", map[string]string{"Retry-After": "60"}, `{"retry_after":60}`, 0, time.Minute},
		{"body longer than header", map[string]string{"Retry-After": "1"}, `{"retry_after":1163}`, 0, 1163 * time.Second},
		{"page of the edge", map[string]string{"Retry-After": "900", "Content-Type": "text/html"}, `<html>1015</html>`, 0, 15 * time.Minute},
		{"page without a time", nil, `<html>1015</html>`, 0, edgeWait},
		{"cut off", map[string]string{"Retry-After": "2", "Content-Type": "application/json"}, `{"retry_af`, 2 * time.Second, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				w := &wire{serve: func(n int, _ sentRequest) (int, map[string]string, string) {
					if n == 1 {
						return 429, tt.header, tt.body
					}
					return 200, nil, `{"id":"1"}`
				}}
				start := time.Now()
				_, err := newTestClient(t, w, nil).Create(t.Context(), "5", message.Message{Content: "x"}, "n")
				took := time.Since(start)
				if tt.after == 0 {
					if err != nil || took < tt.wait || took > tt.wait+100*time.Millisecond {
						t.Errorf("took %s, want %s: %v", took, tt.wait, err)
					}
					if r := w.requests(); len(r) != 2 || r[0].Body != r[1].Body {
						t.Errorf("the repeat is not the same: %+v", r)
					}
					return
				}
				if after, ok := outbox.Wait(err); !ok || after != tt.after || !errors.Is(err, ErrRateLimited) || outbox.IsPermanent(err) {
					t.Errorf("got %v (%s), want a wait of %s", err, after, tt.after)
				}
				if took != 0 {
					t.Errorf("took %s", took)
				}
			})
		})
	}
}

func TestOptions(t *testing.T) {
	t.Parallel()
	good := Options{Token: "Bot abc", Log: slog.New(slog.DiscardHandler), Now: time.Now}
	for in, want := range map[string]string{
		"":                             "https://discord.com/api/v10",
		"http://127.0.0.1:1/api":       "http://127.0.0.1:1/api/v10",
		"http://127.0.0.1:1/api/":      "http://127.0.0.1:1/api/v10",
		"http://127.0.0.1:1/api/v9":    "http://127.0.0.1:1/api/v9",
		"https://proxy.test/discord/x": "https://proxy.test/discord/x/v10",
	} {
		o := good
		o.APIURL = in
		got, err := o.validate()
		if err != nil || got.APIURL != want || got.Token != "abc" {
			t.Errorf("%q: got %q, %q, %v", in, got.APIURL, got.Token, err)
		}
	}
	for _, bad := range []string{"discord.com/api", "ftp://x/api", "https://user:secret@x/api", "https://x/api?k=secret", "::"} {
		o := good
		o.APIURL = bad
		if _, err := o.validate(); err == nil || strings.Contains(err.Error(), "secret") {
			t.Errorf("%q: %v", bad, err)
		}
	}
	_, err := Options{Token: " two words "}.validate()
	if err == nil || strings.Contains(err.Error(), "words") || strings.Count(err.Error(), "\n") != 2 {
		t.Errorf("want three complaints without the token, got %v", err)
	}
}
