package safehttp

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/netip"
	"net/url"
	"strings"
	"syscall"
)

// What can go wrong by our own rules; tell them apart with errors.Is.
var (
	// ErrPrivateAddress says that the host is, or resolves to, an address that
	// strangers may not make us dial.
	ErrPrivateAddress = errors.New("the address leads into a private network")
	// ErrScheme says that an address is neither http nor https.
	ErrScheme = errors.New("the address must begin with http:// or https://")
	// ErrBadAddress says that an address cannot be used at all.
	ErrBadAddress = errors.New("the address is not valid")
	// ErrTooManyRedirects says that redirects did not end or went in a circle.
	ErrTooManyRedirects = errors.New("too many redirects")
	// ErrTooLarge says that a body is larger than the bound.
	ErrTooLarge = errors.New("the answer is too large")
	// ErrTimeout says that the request's time was up.
	ErrTimeout = errors.New("no complete answer in time")
)

// PrivateError says that an address was not dialled by our rules, and wraps
// ErrPrivateAddress. Its text leaves the address out: where a name leads inside a
// network is for the operator's log and not for everybody.
type PrivateError struct {
	Addr  netip.Addr // that would have been dialled; invalid where it was none
	Named bool       // a name leads there
}

func (e *PrivateError) Error() string {
	if e.Named {
		return "the name leads to a private address"
	}
	return ErrPrivateAddress.Error()
}

func (e *PrivateError) Unwrap() error { return ErrPrivateAddress }

// failure is a network error as one sentence; errors.Is and errors.As see what
// is below it.
type failure struct {
	text string
	err  error
}

func (f *failure) Error() string { return f.text }
func (f *failure) Unwrap() error { return f.err }

// Timeout lets callers that know net.Error see a timeout.
func (f *failure) Timeout() bool { return isTimeout(f.err) }

// Temporary is part of net.Error and deprecated there; it says the same as Timeout.
func (f *failure) Temporary() bool { return f.Timeout() }

// causeOf prefers why a context ended over the error that came of it.
func causeOf(ctx context.Context, err error) error {
	if cause := context.Cause(ctx); cause != nil {
		return cause
	}
	return err
}

// describe turns an error of a request into a sentence about its host. Our own
// errors and the caller's cancellation pass through.
func describe(u *url.URL, err error) error {
	host := u.Host
	if p, ok := errors.AsType[*PrivateError](err); ok {
		_, literal := netip.ParseAddr(u.Hostname())
		return fmt.Errorf("%s: %w", host, &PrivateError{Addr: p.Addr, Named: literal != nil})
	}
	if own(err) {
		return fmt.Errorf("%s: %w", host, rule(err))
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) && !isTimeout(err) {
		return fmt.Errorf("%s: %w", host, err)
	}
	return &failure{text: sentence(host, err), err: err}
}

// describeBody does the same for an error in the middle of a body.
func describeBody(host string, err error) error {
	switch {
	case own(err), errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return fmt.Errorf("%s: %w", host, err)
	case errors.Is(err, io.ErrUnexpectedEOF):
		return &failure{text: host + " broke off in the middle of its answer", err: err}
	}
	return &failure{text: sentence(host, err), err: err}
}

func own(err error) bool {
	for _, e := range []error{ErrPrivateAddress, ErrTimeout, ErrTooLarge, ErrScheme, ErrBadAddress, ErrTooManyRedirects} {
		if errors.Is(err, e) {
			return true
		}
	}
	return false
}

// rule cuts the dialler's wrapping off an error.
func rule(err error) error {
	for inner := err; inner != nil; inner = errors.Unwrap(inner) {
		if _, ok := inner.(*net.OpError); ok { //nolint:errorlint // each level is looked at in turn
			err = errors.Unwrap(inner)
		}
	}
	return err
}

func isTimeout(err error) bool {
	var n net.Error
	return errors.As(err, &n) && n.Timeout()
}

func sentence(host string, err error) string {
	var dns *net.DNSError
	var cert *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	switch {
	case errors.As(err, &dns) && dns.IsNotFound:
		return fmt.Sprintf("the host %s does not exist", dns.Name)
	case errors.As(err, &dns):
		return fmt.Sprintf("the name of %s could not be looked up", dns.Name)
	case errors.As(err, &cert):
		return fmt.Sprintf("the certificate of %s is not valid: %v", host, cert.Err)
	case errors.As(err, &record):
		return host + " does not speak https"
	case isTimeout(err):
		return host + " gave no answer in time"
	case errors.Is(err, syscall.ECONNREFUSED):
		return host + " refused the connection"
	case errors.Is(err, syscall.EHOSTUNREACH), errors.Is(err, syscall.ENETUNREACH):
		return host + " cannot be reached"
	case errors.Is(err, io.EOF), errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE),
		strings.Contains(err.Error(), "server closed"):
		return host + " closed the connection without an answer"
	}
	return fmt.Sprintf("%s: %v", host, rule(err)) // which address was dialled is nobody's business
}
