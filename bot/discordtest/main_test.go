package discordtest_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"
	"go.uber.org/goleak"

	"newsdesk/bot/discordtest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// patience bounds every wait of these tests; none comes near it.
const patience = 30 * time.Second

func deadline(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	t.Cleanup(cancel)
	return ctx
}

// redirect sends what is meant for discord.com to a fake, and judges the
// fake's answers by Discord's document.
type redirect struct {
	t    *testing.T
	d    *discordtest.Server
	to   *url.URL
	next http.RoundTripper
}

func (r redirect) RoundTrip(req *http.Request) (*http.Response, error) {
	req = req.Clone(req.Context())
	req.URL.Scheme, req.URL.Host = r.to.Scheme, r.to.Host
	resp, err := r.next.RoundTrip(req)
	if err != nil || resp.StatusCode >= 300 {
		return resp, err
	}
	body, err := io.ReadAll(resp.Body)
	_ = resp.Body.Close()
	resp.Body = io.NopCloser(bytes.NewReader(body))
	for _, wrong := range r.d.CheckAnswer(req.Method, req.URL.EscapedPath(), resp.StatusCode, body) {
		r.t.Errorf("the fake's answer to %s %s is not Discord's: %s\n%s", req.Method, req.URL.Path, wrong, body)
	}
	return resp, err
}

// newClient makes a discordgo session that talks to the fake, not opened.
func newClient(t *testing.T, d *discordtest.Server) *discordgo.Session {
	t.Helper()
	to, err := url.Parse(d.APIURL())
	if err != nil {
		t.Fatal(err)
	}
	s, err := discordgo.New("Bot " + d.Token())
	if err != nil {
		t.Fatal(err)
	}
	transport := &http.Transport{}
	t.Cleanup(transport.CloseIdleConnections)
	s.Client = &http.Client{Transport: redirect{t, d, to, transport}}
	s.Identify.Intents = discordgo.IntentsGuilds
	s.ShouldReconnectOnError = false
	s.ShouldRetryOnRateLimit = false
	s.MaxRestRetries = 0
	return s
}

// open opens a discordgo session and closes it at the end.
func open(t *testing.T, d *discordtest.Server) *discordgo.Session {
	t.Helper()
	s := newClient(t, d)
	if err := s.Open(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// reply is the head of an answer.
type reply struct {
	StatusCode int
	Header     http.Header
}

// raw sends a request as any client might, and returns the answer's head and
// body.
func raw(t *testing.T, d *discordtest.Server, method, path, body string) (reply, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(deadline(t), method, d.APIURL()+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bot "+d.Token())
	req.Header.Set("User-Agent", "DiscordBot (https://example.org, 1)")
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	transport := &http.Transport{}
	defer transport.CloseIdleConnections()
	resp, err := (&http.Client{Transport: transport}).Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return reply{resp.StatusCode, resp.Header}, string(answer)
}

func jsonInto(data []byte, v any) error { return json.Unmarshal(data, v) }
