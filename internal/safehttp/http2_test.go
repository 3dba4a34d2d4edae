package safehttp

import (
	"crypto/x509"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
)

// HTTP/2 is spoken where the server does, over one connection, guarded as
// every other: the dialer is ours, which net/http takes for a reason to speak
// HTTP/1.1 unless it is told.
func TestClient_SpeaksHTTP2(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	from := map[string]bool{}
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		from[r.RemoteAddr] = true
		mu.Unlock()
		if r.URL.Path == "/packed" {
			w.Header().Set("Content-Encoding", "br")
			_, _ = w.Write(packedAs(t, "br", "tide table"))
			return
		}
		_, _ = io.WriteString(w, r.Proto)
	}))
	s.EnableHTTP2 = true
	s.StartTLS()
	c := trusting(t, s, Options{AllowPrivate: loopback})
	for range 3 {
		if _, body, err := fetch(t, c, s.URL); err != nil || body != "HTTP/2.0" {
			t.Errorf("the server was spoken to in %q, err = %v; want HTTP/2.0", body, err)
		}
	}
	if _, body, err := fetch(t, c, s.URL+"/packed"); err != nil || body != "tide table" {
		t.Errorf("packed: %q, err = %v", body, err)
	}
	if len(from) != 1 {
		t.Errorf("%d connections for four requests, want one", len(from))
	}

	strict := trusting(t, s, Options{})
	if _, _, err := fetch(t, strict, s.URL); err == nil || !strings.Contains(err.Error(), "private") {
		t.Errorf("a private address was reached: err = %v", err)
	}
	unknown := New(Options{AllowPrivate: loopback})
	if _, _, err := fetch(t, unknown, s.URL); err == nil {
		t.Error("a certificate that nobody vouches for was trusted")
	}
}

// trusting returns a client that trusts the server's own authority, and ends
// both with the test.
func trusting(t *testing.T, s *httptest.Server, o Options) *Client {
	t.Helper()
	c := New(o)
	c.transport.TLSClientConfig.RootCAs = x509.NewCertPool()
	c.transport.TLSClientConfig.RootCAs.AddCert(s.Certificate())
	t.Cleanup(func() {
		c.CloseIdleConnections()
		s.CloseClientConnections()
		s.Close()
	})
	return c
}
