package discord

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"
)

// intents is what the bot listens to: servers and, which needs no intent,
// interactions.
const intents = discordgo.IntentsGuilds

// Close codes of ours. Any but 1000 and 1001 leaves the bot shown as online
// while it reconnects.
const (
	closeBye   = 1000
	closeAgain = 4000
)

// session is one life of a gateway connection: one discordgo session over one
// guard, used once and never reopened.
type session struct {
	dg    *discordgo.Session
	write time.Duration
	quit  context.CancelFunc // ends a dial that is under way
	tls   *tls.Config

	mu    sync.Mutex
	guard *guard // nil before the network is reached
	ended error  // set when the session was ended from outside

	disconnected chan struct{} // closed when discordgo has let go of the connection
}

// newSession prepares a session for the gateway's address. The token travels
// in IDENTIFY only.
func newSession(ctx context.Context, token, gateway string, ins *inspector, write time.Duration) (*session, error) {
	dg, err := discordgo.New("")
	if err != nil {
		return nil, err
	}
	life, quit := context.WithCancel(ctx)
	s := &session{dg: dg, write: write, quit: quit, tls: &tls.Config{
		MinVersion: tls.VersionTLS12, NextProtos: []string{"http/1.1"},
	}, disconnected: make(chan struct{})}
	dg.Identify.Token = token
	dg.Identify.Intents = intents
	dg.Identify.Compress, dg.Compress = false, false // the guard reads along
	dg.LogLevel = -1                                 // what matters is told by the guard
	dg.StateEnabled = false                          // it would keep whole servers
	dg.SyncEvents = true                             // no goroutine for each event
	dg.ShouldReconnectOnError = false                // it would never stop
	dg.ShouldReconnectVoiceOnSessionError = false
	dg.ShouldRetryOnRateLimit = false
	dg.MaxRestRetries = 0
	dg.Client = &http.Client{Transport: gatewayAddress(gateway)}
	dg.Dialer = &websocket.Dialer{
		NetDialContext: func(ctx context.Context, network, addr string) (net.Conn, error) {
			return s.dial(ctx, life, network, addr, false, ins)
		},
		NetDialTLSContext: func(ctx context.Context, network, addr string) (net.Conn, error) {
			return s.dial(ctx, life, network, addr, true, ins)
		},
		HandshakeTimeout: 15 * time.Second,
	}
	var once sync.Once
	dg.AddHandler(func(*discordgo.Session, *discordgo.Disconnect) {
		once.Do(func() { close(s.disconnected) })
	})
	return s, nil
}

// gatewayAddress answers the one request that discordgo makes while it opens,
// for the gateway's address, which is known already.
type gatewayAddress string

// RoundTrip answers GET /gateway and nothing else.
func (a gatewayAddress) RoundTrip(req *http.Request) (*http.Response, error) {
	if !strings.HasSuffix(req.URL.Path, "/gateway") {
		return nil, errors.New("discordgo sends no requests here")
	}
	body := fmt.Sprintf(`{"url":%q}`, string(a))
	return &http.Response{
		Status: "200 OK", StatusCode: http.StatusOK, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: http.Header{"Content-Type": {"application/json"}}, Request: req,
		Body: io.NopCloser(strings.NewReader(body)), ContentLength: int64(len(body)),
	}, nil
}

// dial reaches the gateway, while both contexts last, and puts the guard
// before it.
func (s *session) dial(ctx, life context.Context, network, addr string, secure bool, ins *inspector) (net.Conn, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	stop := context.AfterFunc(life, cancel)
	defer stop()
	var conn net.Conn
	var err error
	d := &net.Dialer{Timeout: 10 * time.Second}
	if secure {
		conn, err = (&tls.Dialer{NetDialer: d, Config: s.tls}).DialContext(ctx, network, addr)
	} else {
		conn, err = d.DialContext(ctx, network, addr)
	}
	if err != nil {
		return nil, err
	}
	g := newGuard(conn, ins, s.write)
	s.mu.Lock()
	ended := s.ended
	s.guard = g
	s.mu.Unlock()
	if ended != nil {
		g.end(0, ended)
		return nil, ended
	}
	return g, nil
}

// end ends the session from outside, at whatever point it is. It does not wait.
func (s *session) end(code uint16, why error) {
	s.mu.Lock()
	g := s.guard
	if s.ended == nil {
		s.ended = why
	}
	s.mu.Unlock()
	s.quit()
	if g != nil {
		g.end(code, why)
	}
}

// open opens the session within the limit. When it fails, nothing of the
// session is left; the error is the guard's where it had one, since that knows
// more than discordgo.
func (s *session) open(ctx context.Context, limit time.Duration) error {
	opened := make(chan error, 1)
	go func() {
		defer func() {
			if p := recover(); p != nil {
				opened <- fmt.Errorf("discordgo panicked: %v", p)
			}
		}()
		opened <- s.dg.Open()
	}()
	t := time.NewTimer(limit)
	defer t.Stop()
	var err error
	select {
	case err = <-opened:
	case <-t.C:
		s.end(closeAgain, fmt.Errorf("the gateway did not greet within %s", limit))
		err = <-opened
	case <-ctx.Done():
		s.end(closeBye, ctx.Err())
		err = <-opened
	}
	s.mu.Lock()
	g, ended := s.guard, s.ended
	s.mu.Unlock()
	if err == nil {
		return nil // even where the guard has ended: wait tells
	}
	s.quit()
	if g != nil {
		g.end(0, errDropped)
		return g.why
	}
	if ended != nil {
		return ended
	}
	return fmt.Errorf("dial the gateway: %w", withoutURL(err))
}

// wait returns why the open session ended, after ending it if ctx ends first.
func (s *session) wait(ctx context.Context) error {
	select {
	case <-s.guard.done:
	case <-ctx.Done():
		s.end(closeBye, ctx.Err())
		<-s.guard.done
	}
	s.quit()
	return s.guard.why
}

// release waits until discordgo has let go of an ended session: it sleeps for
// a second before it does.
func (s *session) release() {
	t := time.NewTimer(15 * time.Second)
	defer t.Stop()
	select {
	case <-s.disconnected:
	case <-t.C:
	}
}
