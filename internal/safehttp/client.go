package safehttp

import (
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"
)

// Defaults of Options.
const (
	DefaultTimeout      = 30 * time.Second
	DefaultMaxBody      = 10 << 20
	DefaultMaxRedirects = 8
	DefaultPerHost      = 2
	DefaultUserAgent    = "newsdesk"
)

// Bounds that need no option.
const (
	dialTimeout     = 10 * time.Second
	tlsTimeout      = 10 * time.Second
	idleTimeout     = 15 * time.Second // polls of one host come in bursts, then not for minutes
	maxIdle         = 256
	maxHeaderBytes  = 256 << 10
	tlsSessions     = 4096
	writeBuffer     = 1 << 10 // bytes: a request is smaller, and hundreds of connections are open at once
	drainOnRedirect = 4 << 10 // bytes of a redirect's body read so that its connection can be used again
)

// Options of a Client. The zero value is strict and has the defaults above.
type Options struct {
	// AllowPrivate lists the special addresses that may be dialled after all,
	// such as 127.0.0.0/8 in tests.
	AllowPrivate []netip.Prefix
	// Timeout bounds one request from the moment it has its place at the host
	// to the end of its body, redirects included. While it waits for a place at
	// a host that it is redirected to, no time passes.
	Timeout time.Duration
	// MaxBody bounds a body in bytes, as received and again unpacked.
	MaxBody int64
	// MaxRedirects bounds the hops after the first address; negative follows none.
	MaxRedirects int
	// PerHost bounds the requests at one host (name and port) at once.
	PerHost int
	// UserAgent is sent where the request has none.
	UserAgent string
	// Resolver looks names up, and its answers are kept for their TTL; nil is the
	// system's.
	Resolver *net.Resolver
}

func (o Options) withDefaults() Options {
	if o.Timeout <= 0 {
		o.Timeout = DefaultTimeout
	}
	if o.MaxBody <= 0 {
		o.MaxBody = DefaultMaxBody
	}
	if o.MaxRedirects == 0 {
		o.MaxRedirects = DefaultMaxRedirects
	}
	if o.PerHost <= 0 {
		o.PerHost = DefaultPerHost
	}
	if o.UserAgent == "" {
		o.UserAgent = DefaultUserAgent
	}
	return o
}

// Client fetches from strangers. It is safe for use by many goroutines.
type Client struct {
	o         Options
	transport *http.Transport
	hosts     *hosts
}

// New returns a Client with its own pool of connections.
func New(o Options) *Client {
	o = o.withDefaults()
	dialer := &net.Dialer{
		Timeout:        dialTimeout,
		KeepAlive:      -1, // idle connections live seconds; probes would outnumber requests
		Resolver:       caching(o.Resolver),
		ControlContext: guard(o.AllowPrivate),
	}
	return &Client{
		o:     o,
		hosts: newHosts(o.PerHost),
		transport: &http.Transport{
			DialContext:            dialer.DialContext,
			ForceAttemptHTTP2:      true,
			DisableCompression:     true, // the body unpacks, counts and bounds by itself
			TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12, ClientSessionCache: tls.NewLRUClientSessionCache(tlsSessions)},
			TLSHandshakeTimeout:    tlsTimeout,
			IdleConnTimeout:        idleTimeout,
			MaxIdleConns:           maxIdle,
			MaxIdleConnsPerHost:    o.PerHost,
			MaxResponseHeaderBytes: maxHeaderBytes,
			WriteBufferSize:        writeBuffer,
		},
	}
}

// CloseIdleConnections closes the connections that no request uses.
func (c *Client) CloseIdleConnections() { c.transport.CloseIdleConnections() }

// Do sends a request and follows the redirects of GET and HEAD; the answer of
// another method is returned as it came, redirect or not. As with http.Client,
// resp.Request is the request of the last hop and resp.Request.Response the
// redirect that led to it, so that a caller can walk back. The body must be
// closed.
func (c *Client) Do(req *http.Request) (*http.Response, error) { return c.DoAsking(req, nil) }

// DoAsking is Do that asks may, where it is not nil, before it goes where a
// redirect leads; an error of may ends the request and is returned. No place is
// held and no time passes meanwhile, so that may can send requests of its own.
func (c *Client) DoAsking(req *http.Request, may func(ctx context.Context, next *url.URL) error) (*http.Response, error) {
	if err := checkURL(req.URL); err != nil {
		return nil, err
	}
	// The wait for a place is the caller's to bound (by the request's context):
	// a host with many feeds must not make the last of them time out.
	place, err := c.hosts.acquire(req.Context(), req.URL.Host)
	if err != nil {
		return nil, describe(req.URL, err)
	}
	ctx, time := within(req.Context(), c.o.Timeout)
	resp, err := c.follow(ctx, c.prepare(ctx, req), place, time, may)
	if err != nil {
		time.end()
		return nil, err
	}
	return resp, nil
}

// prepare copies the request with the headers that every hop sends.
func (c *Client) prepare(ctx context.Context, req *http.Request) *http.Request {
	out := req.Clone(ctx)
	if out.Header == nil {
		out.Header = make(http.Header)
	}
	if out.Header.Get("User-Agent") == "" {
		out.Header.Set("User-Agent", c.o.UserAgent)
	}
	if out.Header.Get("Accept-Encoding") == "" {
		out.Header.Set("Accept-Encoding", codingBrotli+", "+codingGzip)
	}
	if u := out.URL.User; u != nil && out.Header.Get("Authorization") == "" {
		password, _ := u.Password()
		out.SetBasicAuth(u.Username(), password)
	}
	return out
}

// follow sends req and what its redirects ask for. It owns the place at the
// host, and keeps it where a redirect leads to the same; with a response, place
// and time are handed on to its body.
func (c *Client) follow(ctx context.Context, req *http.Request, place *place, time *allotted, may func(context.Context, *url.URL) error) (*http.Response, error) {
	seen := map[string]bool{req.URL.String(): true}
	for hops := 0; ; hops++ {
		resp, err := c.transport.RoundTrip(req)
		if err != nil {
			place.release()
			return nil, describe(req.URL, causeOf(ctx, err))
		}
		resp.Request = req
		target := redirectTarget(resp)
		if target == "" {
			resp.Body = newBody(resp, c.o.MaxBody, place, time.end)
			return resp, nil
		}
		// Whatever the body says, it is not wanted: errors in it are not ours.
		_, _ = io.CopyN(io.Discard, resp.Body, drainOnRedirect)
		_ = resp.Body.Close()

		next, err := c.hop(req, resp, target, hops, seen)
		if err != nil {
			place.release()
			return nil, err
		}
		if may != nil || !strings.EqualFold(next.URL.Host, req.URL.Host) {
			place.release()
			time.pause()
			if may != nil {
				if err := may(ctx, next.URL); err != nil {
					return nil, err
				}
			}
			if place, err = c.hosts.acquire(ctx, next.URL.Host); err != nil {
				return nil, describe(next.URL, causeOf(ctx, err))
			}
			time.goOn()
		}
		req = next
	}
}

// hop makes the request that an answer asks for, which must be none of those
// made so far, nor one too many.
func (c *Client) hop(req *http.Request, resp *http.Response, target string, hops int, seen map[string]bool) (*http.Request, error) {
	next, err := nextRequest(req, resp, target)
	if err != nil {
		return nil, err
	}
	if hops >= c.o.MaxRedirects {
		return nil, fmt.Errorf("%w: more than %d from %s", ErrTooManyRedirects, max(c.o.MaxRedirects, 0), req.URL.Host)
	}
	if seen[next.URL.String()] {
		return nil, fmt.Errorf("%w: they lead in a circle at %s", ErrTooManyRedirects, next.URL.Host)
	}
	seen[next.URL.String()] = true
	return next, nil
}

// redirectTarget returns where an answer to GET or HEAD sends the client, and
// "" where it is an answer to keep.
func redirectTarget(resp *http.Response) string {
	if m := resp.Request.Method; m != http.MethodGet && m != http.MethodHead && m != "" {
		return ""
	}
	switch resp.StatusCode {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther,
		http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		return resp.Header.Get("Location")
	}
	return ""
}

// nextRequest makes the request of the next hop. Credentials stay behind
// unless scheme and host are the same.
func nextRequest(req *http.Request, resp *http.Response, target string) (*http.Request, error) {
	ref, err := url.Parse(target)
	if err != nil {
		return nil, fmt.Errorf("%w: %s redirects to something that is no address", ErrBadAddress, req.URL.Host)
	}
	u := req.URL.ResolveReference(ref)
	u.Fragment = ""
	u.User = nil // nobody but the caller hands out credentials
	if err := checkURL(u); err != nil {
		return nil, err
	}
	next := req.Clone(req.Context())
	next.URL, next.Host, next.Response = u, "", resp
	if u.Scheme != req.URL.Scheme || u.Host != req.URL.Host {
		for _, h := range []string{"Authorization", "Cookie", "Proxy-Authorization", "Www-Authenticate"} {
			next.Header.Del(h)
		}
	}
	return next, nil
}

// checkURL accepts http and https addresses that name a host.
func checkURL(u *url.URL) error {
	switch {
	case u == nil:
		return fmt.Errorf("%w: it is empty", ErrBadAddress)
	case u.Scheme != "http" && u.Scheme != "https":
		return fmt.Errorf("%w, not %q", ErrScheme, u.Scheme)
	case u.Hostname() == "":
		return fmt.Errorf("%w: it names no host", ErrBadAddress)
	}
	return nil
}
