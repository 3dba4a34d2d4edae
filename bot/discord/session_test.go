package discord

import (
	"context"
	"crypto/x509"
	"encoding/json"
	"errors"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// Over TLS, as at Discord, the guard sits between TLS and discordgo: the
// greeting is read, and the token travels in IDENTIFY as documented.
func TestSession_OverTLS(t *testing.T) {
	t.Parallel()
	identify := make(chan string, 1)
	up := websocket.Upgrader{}
	srv := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c, err := up.Upgrade(w, r, nil)
		if err != nil {
			return
		}
		defer func() { _ = c.Close() }()
		_ = c.WriteMessage(websocket.TextMessage, []byte(helloMsg))
		_, msg, err := c.ReadMessage()
		if err != nil {
			return
		}
		identify <- string(msg)
		_ = c.WriteMessage(websocket.TextMessage, []byte(readyMsg))
		_, _, _ = c.ReadMessage() // the first heartbeat
		_ = c.WriteMessage(websocket.TextMessage, []byte(`{"op":7,"d":null}`))
		_, _, _ = c.ReadMessage()
	}))
	t.Cleanup(srv.Close)
	var h heard
	s, err := newSession(t.Context(), testToken, "wss"+strings.TrimPrefix(srv.URL, "https"), h.inspector(), time.Second)
	if err != nil {
		t.Fatal(err)
	}
	s.tls.RootCAs = x509.NewCertPool()
	s.tls.RootCAs.AddCert(srv.Certificate())
	if err := s.open(t.Context(), 10*time.Second); err != nil {
		t.Fatal(err)
	}
	if why := s.wait(t.Context()); !errors.Is(why, errReconnect) {
		t.Errorf("ended with %v", why)
	}
	s.release()
	var sent struct {
		Op   int `json:"op"`
		Data struct {
			Token   string `json:"token"`
			Intents int    `json:"intents"`
		} `json:"d"`
	}
	if err := json.Unmarshal([]byte(<-identify), &sent); err != nil || sent.Op != 2 || sent.Data.Token != testToken || sent.Data.Intents != 1 {
		t.Errorf("identified as %+v, %v", sent, err)
	}
}

// A certificate that nobody vouches for ends the attempt, without the token in
// the error.
func TestSession_RefusesUnknownCertificate(t *testing.T) {
	t.Parallel()
	srv := httptest.NewUnstartedServer(http.NotFoundHandler())
	srv.Config.ErrorLog = log.New(io.Discard, "", 0)
	srv.StartTLS()
	t.Cleanup(srv.Close)
	var h heard
	s, err := newSession(t.Context(), testToken, "wss"+strings.TrimPrefix(srv.URL, "https"), h.inspector(), time.Second)
	if err != nil {
		t.Fatal(err)
	}
	err = s.open(t.Context(), 10*time.Second)
	if _, ok := errors.AsType[x509.UnknownAuthorityError](err); !ok || strings.Contains(err.Error(), testToken) {
		t.Errorf("got %v", err)
	}
}

// A peer that accepts and says nothing is given up in time, wherever discordgo
// waits, and the end of the context is heard at once.
func TestSession_GivesUpOnSilence(t *testing.T) {
	t.Parallel()
	quiet := make(chan struct{})
	srv := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-quiet }))
	t.Cleanup(srv.Close)
	t.Cleanup(func() { close(quiet) })
	addr := "ws" + strings.TrimPrefix(srv.URL, "http")
	var h heard
	s, err := newSession(t.Context(), testToken, addr, h.inspector(), time.Second)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.open(t.Context(), 50*time.Millisecond); err == nil || !strings.Contains(err.Error(), "did not greet within") {
		t.Errorf("got %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	if s, err = newSession(ctx, testToken, addr, h.inspector(), time.Second); err != nil {
		t.Fatal(err)
	}
	cancel()
	if err := s.open(ctx, time.Hour); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
