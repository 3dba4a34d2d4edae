package discordtest_test

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"newsdesk/bot/discordtest"
)

// post sends one message and returns what the client sees of it.
func post(ctx context.Context, d *discordtest.Server, c *discordtest.Channel) (status int, body string, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, d.APIURL()+"/v10/channels/"+c.ID+"/messages", strings.NewReader(`{"content":"x"}`))
	if err != nil {
		return 0, "", err
	}
	req.Header.Set("Authorization", "Bot "+d.Token())
	req.Header.Set("User-Agent", "DiscordBot (https://example.org, 1)")
	req.Header.Set("Content-Type", "application/json")
	transport := &http.Transport{}
	defer transport.CloseIdleConnections()
	resp, err := (&http.Client{Transport: transport}).Do(req)
	if err != nil {
		return 0, "", err
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	return resp.StatusCode, string(data), err
}

func TestFaults(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		fault  discordtest.Fault
		status int // 0 = the client gets no answer
		stored int
		has    string
	}{
		{"502", discordtest.FaultStatus(502), 502, 0, "Bad Gateway"},
		{"504 though stored", discordtest.FaultStatusAfter(504), 504, 1, "Gateway Timeout"},
		{"named error", discordtest.FaultError(403, 50013, "Missing Permissions"), 403, 0, `"code":50013`},
		{"cut before", discordtest.FaultCutBefore(), 0, 0, ""},
		{"cut after", discordtest.FaultCutAfter(), 0, 1, ""},
		{"slow", discordtest.FaultSlowBody(10 * time.Millisecond), 200, 1, `"content":"x"`},
		{"truncated", discordtest.FaultTruncatedJSON(), 200, 1, `{"`},
		{"429", discordtest.FaultRateLimited(time.Minute), 429, 0, `"retry_after":60`},
		{"429 shared", discordtest.FaultRateLimitedShared(time.Minute), 429, 0, `"global":false`},
		{"429 global", discordtest.FaultRateLimitedGlobal(time.Minute), 429, 0, `"global":true`},
		{"429 page", discordtest.FaultRateLimitedHTML(time.Minute), 429, 0, "<html>"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			d := discordtest.New(t, discordtest.Options{})
			c := d.AddGuild("Newsroom").AddTextChannel("world")
			d.FailNext("POST", "/channels/*/messages", tt.fault)
			status, body, err := post(deadline(t), d, c)
			if status != tt.status || (err != nil) != (tt.status == 0) || !strings.Contains(body, tt.has) {
				t.Errorf("%d %q %v, want %d with %q", status, body, err, tt.status, tt.has)
			}
			if n := len(c.Messages()); n != tt.stored {
				t.Errorf("%d messages stored, want %d", n, tt.stored)
			}
			if tt.status != 429 {
				if status, body, err := post(deadline(t), d, c); status != 200 || err != nil {
					t.Errorf("the next request: %d %s %v", status, body, err)
				}
			} else if status, _, _ := post(deadline(t), d, c); status != 429 {
				t.Errorf("too early again: %d, want 429", status)
			}
			if d.PendingFaults() != 0 {
				t.Error("the fault is still planned")
			}
		})
	}
}

func TestFaults_HangEndsWithTheClient(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{})
	c := d.AddGuild("Newsroom").AddTextChannel("world")
	d.FailNext("", "", discordtest.FaultHang())
	ctx, cancel := context.WithCancel(deadline(t))
	done := make(chan error, 1)
	go func() {
		_, _, err := post(ctx, d, c)
		done <- err
	}()
	if err := d.WaitFor(deadline(t), func() bool { return len(d.Requests()) == 1 }); err != nil {
		t.Fatal(err)
	}
	cancel()
	if err := <-done; err == nil {
		t.Error("a request that hangs was answered")
	}
}

func TestFaults_PatternsChooseRequests(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{})
	d.AddGuild("Newsroom")
	d.FailNext("GET", "/users/{id}", discordtest.FaultStatus(500))
	if resp, _ := raw(t, d, "GET", "/gateway", ""); resp.StatusCode != 200 {
		t.Errorf("another route: %d", resp.StatusCode)
	}
	if resp, _ := raw(t, d, "GET", "/users/@me", ""); resp.StatusCode != 500 {
		t.Errorf("the route: %d", resp.StatusCode)
	}
	if r := d.Requests()[1]; r.Path != "/users/@me" || r.Status != 500 {
		t.Errorf("recorded %+v", r)
	}
}

// M18
func TestRateLimits(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{})
	g := d.AddGuild("Newsroom")
	c, other := g.AddTextChannel("world"), g.AddTextChannel("science")
	path := func(c *discordtest.Channel) string { return "/channels/" + c.ID + "/messages" }
	for want := 4; want >= 0; want-- {
		resp, _ := raw(t, d, "POST", path(c), `{"content":"x"}`)
		h := resp.Header
		if resp.StatusCode != 200 || h.Get("X-RateLimit-Remaining") != string('0'+rune(want)) || h.Get("X-RateLimit-Limit") != "5" ||
			h.Get("X-RateLimit-Bucket") == "" || h.Get("X-RateLimit-Reset") == "" || h.Get("X-RateLimit-Reset-After") == "" {
			t.Errorf("%d %v, want %d left", resp.StatusCode, h, want)
		}
	}
	resp, body := raw(t, d, "POST", path(c), `{"content":"x"}`)
	if resp.StatusCode != 429 || resp.Header.Get("X-RateLimit-Scope") != "user" || resp.Header.Get("Retry-After") == "" || !strings.Contains(body, "retry_after") {
		t.Errorf("sixth message: %d %v %s", resp.StatusCode, resp.Header, body)
	}
	if resp, _ := raw(t, d, "POST", path(other), `{"content":"x"}`); resp.StatusCode != 200 {
		t.Errorf("another channel: %d", resp.StatusCode)
	}
	if d.InvalidRequests() != 1 {
		t.Errorf("%d invalid requests, want 1", d.InvalidRequests())
	}
}

func TestRateLimits_GlobalHasNoBucketAndSparesInteractions(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{})
	d.FailNext("GET", "/gateway", discordtest.FaultRateLimitedGlobal(time.Minute))
	resp, _ := raw(t, d, "GET", "/gateway", "")
	h := resp.Header
	if h.Get("X-RateLimit-Global") != "true" || h.Get("X-RateLimit-Scope") != "global" || h.Get("Retry-After") != "60" || h.Get("X-RateLimit-Limit") != "" {
		t.Errorf("headers %v", h)
	}
	if resp, _ := raw(t, d, "GET", "/users/@me", ""); resp.StatusCode != 429 {
		t.Errorf("another route: %d, want 429", resp.StatusCode)
	}
	if resp, _ := raw(t, d, "POST", "/interactions/1/x/callback", `{"type":5}`); resp.StatusCode != 404 {
		t.Errorf("an interaction's route: %d, want 404", resp.StatusCode)
	}
}

func TestRateLimits_BanAfterTooManyRefusals(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{BanAfter: 2, Lenient: true})
	c := d.AddGuild("Newsroom").AddTextChannel("world")
	c.SetPermissions(d.BotID(), 0, discordtest.PermViewChannel)
	for _, want := range []int{403, 403, 429} {
		if resp, body := raw(t, d, "POST", "/channels/"+c.ID+"/messages", `{"content":"x"}`); resp.StatusCode != want {
			t.Errorf("%d %s, want %d", resp.StatusCode, body, want)
		}
	}
	if p := d.Problems(); len(p) != 1 || !strings.Contains(p[0], "ban") {
		t.Errorf("problems %q", p)
	}
}

func TestRefused_UnknownThings(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{Lenient: true})
	for _, tt := range []struct {
		method, path, body string
		status             int
	}{
		{"GET", "/v10/nothing", "", 404},
		{"PUT", "/v10/users/@me", `{}`, 404},
		{"GET", "/v8/users/@me", "", 400},
		{"POST", "/users/@me/channels", `{`, 400},
		{"POST", "/users/@me/channels", ``, 400},
	} {
		before := len(d.Problems())
		resp, body := raw(t, d, tt.method, tt.path, tt.body)
		if resp.StatusCode != tt.status || len(d.Problems()) != before+1 {
			t.Errorf("%s %s: %d %s, problems %q", tt.method, tt.path, resp.StatusCode, body, d.Problems()[before:])
		}
	}
	if status := plain(t, d, ""); status != 403 {
		t.Errorf("no User-Agent of a bot: %d", status)
	}
	if status := plain(t, d, "DiscordBot (https://example.org, 1)"); status != 401 {
		t.Errorf("no token: %d", status)
	}
}

// plain sends a request without a token and returns the answer's status.
func plain(t *testing.T, d *discordtest.Server, agent string) int {
	t.Helper()
	req, err := http.NewRequestWithContext(deadline(t), http.MethodGet, d.APIURL()+"/users/@me", nil)
	if err != nil {
		t.Fatal(err)
	}
	if agent != "" {
		req.Header.Set("User-Agent", agent)
	}
	transport := &http.Transport{}
	defer transport.CloseIdleConnections()
	resp, err := (&http.Client{Transport: transport}).Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	return resp.StatusCode
}
