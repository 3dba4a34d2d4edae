package llm

import (
	"errors"
	"io"
	"net/http"
	"time"
)

// Bounds of a request.
const (
	maxReply     = 1 << 20 // bytes of a body
	maxRedirects = 3
	idleTimeout  = 30 * time.Second
)

var (
	errRedirect = errors.New("it redirects to another host")
	errTooLarge = errors.New("its answer is too long")
)

// HTTPClient returns a client for a model's server: bodies are bounded, and a
// redirect that leaves the server's scheme, host or port is refused, so that
// neither key nor article reaches another. The server's address is the
// operator's, and may be a private one. Close its idle connections when done.
func HTTPClient() *http.Client {
	base, ok := http.DefaultTransport.(*http.Transport)
	if !ok {
		base = &http.Transport{Proxy: http.ProxyFromEnvironment}
	}
	t := base.Clone()
	t.IdleConnTimeout = idleTimeout
	return &http.Client{
		Transport: bounded{t},
		CheckRedirect: func(req *http.Request, via []*http.Request) error {
			first := via[0].URL
			if len(via) > maxRedirects || req.URL.Scheme != first.Scheme || req.URL.Host != first.Host {
				return errRedirect
			}
			return nil
		},
	}
}

// bounded bounds the bodies of a transport.
type bounded struct{ *http.Transport }

// RoundTrip implements http.RoundTripper.
func (b bounded) RoundTrip(req *http.Request) (*http.Response, error) {
	resp, err := b.Transport.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	resp.Body = &boundedBody{ReadCloser: resp.Body, left: maxReply}
	return resp, nil
}

type boundedBody struct {
	io.ReadCloser
	left int
}

// Read implements io.Reader.
func (b *boundedBody) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, errTooLarge
	}
	n, err := b.ReadCloser.Read(p[:min(len(p), b.left)])
	b.left -= n
	return n, err
}
