package metrics_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"newsdesk/internal/metrics"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// What was counted can be read, and the health page tells a monitor what is
// wrong.
func TestServe(t *testing.T) { // M28
	t.Parallel()
	var sick error
	m := metrics.New("1.2", func(context.Context) (map[string]float64, error) { return map[string]float64{"posts_pending": 3}, sick },
		func(context.Context) (map[string]float64, error) { return map[string]float64{"cost": 0.25}, nil })
	m.Polled("changed", 1200)
	m.Polled("failed", 0)
	m.Condensed("page", "new")
	m.Sent("alert", nil)
	m.Sent("edit", errors.New("refused"))
	m.Answered("command", 30*time.Millisecond, nil)

	var lc net.ListenConfig
	l, err := lc.Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() {
		done <- m.Serve(ctx, l, func(context.Context) error { return sick }, slog.New(slog.DiscardHandler))
	}()
	transport := &http.Transport{}
	get := func(path string) (int, string) {
		t.Helper()
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+l.Addr().String()+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		res, err := (&http.Client{Transport: transport}).Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		b, err := io.ReadAll(res.Body)
		if err != nil {
			t.Fatal(err)
		}
		return res.StatusCode, string(b)
	}
	_, text := get("/metrics")
	for _, want := range []string{
		`newsdesk_polls_total{outcome="changed"} 1`, `newsdesk_polls_total{outcome="failed"} 1`, "newsdesk_feed_bytes_total 1200",
		`newsdesk_articles_total{method="page",reason="new"} 1`, `newsdesk_posts_total{kind="alert",outcome="sent"} 1`,
		`newsdesk_posts_total{kind="edit",outcome="failed"} 1`, `newsdesk_interaction_seconds_count{kind="command",outcome="ok"} 1`,
		`newsdesk_stored{kind="posts_pending"} 3`, `newsdesk_model_today{kind="cost"} 0.25`, `newsdesk_build_info{version="1.2"} 1`, "go_goroutines",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("/metrics lacks %s", want)
		}
	}
	if code, body := get("/healthz"); code != http.StatusOK || body != "ok\n" {
		t.Errorf("/healthz: %d %q", code, body)
	}
	sick = errors.New("there is no connection to Discord")
	if code, body := get("/healthz"); code != http.StatusServiceUnavailable || !strings.Contains(body, "no connection to Discord") {
		t.Errorf("/healthz when sick: %d %q", code, body)
	}
	transport.CloseIdleConnections()
	stop()
	if err := <-done; err != nil {
		t.Error(err)
	}
}
