package metrics

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"
)

// Health returns nil where the program does its work, else one sentence on
// what is wrong.
type Health func(ctx context.Context) error

// askHealth bounds the time in which the program must say how it is.
const askHealth = 3 * time.Second

// Serve answers /metrics and /healthz on l until ctx ends, and returns when
// every answer has been given or two seconds have passed. It closes l.
func (m *Metrics) Serve(ctx context.Context, l net.Listener, health Health, log *slog.Logger) error {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", m.Handler())
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, r *http.Request) {
		asked, cancel := context.WithTimeout(r.Context(), askHealth)
		defer cancel()
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		if err := health(asked); err != nil {
			w.WriteHeader(http.StatusServiceUnavailable)
			_, _ = fmt.Fprintln(w, err)
			return
		}
		_, _ = fmt.Fprintln(w, "ok")
	})
	srv := &http.Server{
		Handler: mux, ReadHeaderTimeout: 5 * time.Second,
		BaseContext: func(net.Listener) context.Context { return ctx },
		ErrorLog:    slog.NewLogLogger(log.Handler(), slog.LevelDebug),
	}
	ended := make(chan error, 1)
	go func() { ended <- srv.Serve(l) }()
	select {
	case err := <-ended:
		return fmt.Errorf("serve metrics: %w", err)
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second)
	defer cancel()
	if err := srv.Shutdown(grace); err != nil {
		_ = srv.Close() // what did not end in time is cut off
	}
	<-ended //nolint:errcheck // http.ErrServerClosed
	return nil
}
