package discord

import (
	"context"
	"encoding/json"
	"flag"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"newsdesk/bot/message"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func TestMain(m *testing.M) {
	flag.Parse()
	goleak.VerifyTestMain(m)
}

// golden compares v, as indented JSON, with a file of testdata.
func golden(t *testing.T, name string, v any) {
	t.Helper()
	got, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	got = append(got, '\n')
	path := filepath.Join("testdata", name+".golden.json")
	if *update {
		if err := os.WriteFile(path, got, 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

// sentRequest is a request as it reached the wire.
type sentRequest struct {
	Method, Path, Auth, Body string
	At                       time.Time
}

// wire is a Discord API without a network, so that it works inside a
// synctest bubble. Each request is answered by serve.
type wire struct {
	serve func(n int, r sentRequest) (status int, header map[string]string, body string)

	mu   sync.Mutex
	sent []sentRequest
}

func (w *wire) RoundTrip(req *http.Request) (*http.Response, error) {
	if err := req.Context().Err(); err != nil {
		return nil, err
	}
	body, err := io.ReadAll(req.Body)
	if err != nil {
		return nil, err
	}
	r := sentRequest{
		Method: req.Method, Path: req.URL.Path, Auth: req.Header.Get("Authorization"),
		Body: string(body), At: time.Now(),
	}
	w.mu.Lock()
	w.sent = append(w.sent, r)
	n := len(w.sent)
	w.mu.Unlock()
	status, header, answer := w.serve(n, r)
	if status == 0 {
		return nil, io.ErrUnexpectedEOF // the connection was cut
	}
	h := http.Header{}
	for k, v := range header {
		h.Set(k, v)
	}
	return &http.Response{
		StatusCode: status, Header: h, Request: req, ContentLength: -1,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Body: io.NopCloser(strings.NewReader(answer)),
	}, nil
}

func (w *wire) requests() []sentRequest {
	w.mu.Lock()
	defer w.mu.Unlock()
	return append([]sentRequest(nil), w.sent...)
}

// answering makes a wire that always answers the same.
func answering(status int, body string) *wire {
	return &wire{serve: func(int, sentRequest) (int, map[string]string, string) { return status, nil, body }}
}

const testToken = "test.token.0123456789"

func newTestClient(t *testing.T, w http.RoundTripper, h Handler) *Client {
	t.Helper()
	c, err := New(Options{
		Token: testToken, APIURL: "http://discord.test/api", Log: slog.New(slog.DiscardHandler),
		Now: time.Now, Rand: func() float64 { return 0.5 }, Transport: w,
	}, h)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// handler answers interactions with a function.
type handler struct {
	commands []message.Command
	handle   func(ctx context.Context, in message.Interaction) (message.Reply, error)
}

func (h handler) List() []message.Command { return h.commands }

func (h handler) Handle(ctx context.Context, in message.Interaction) (message.Reply, error) {
	return h.handle(ctx, in)
}
