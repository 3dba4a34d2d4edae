package llm

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"syscall"
	"time"
)

// Model asks a language model once. It is safe for concurrent use.
type Model interface {
	// Ask sends one prompt. Every error is a *AskError.
	Ask(ctx context.Context, p Prompt) (Reply, error)
}

// Prompt is what is asked.
type Prompt struct {
	System string
	User   string
	Name   string         // of the schema
	Schema map[string]any // JSON schema of the answer
	Most   int            // output tokens
}

// Reply is what a model answered.
type Reply struct {
	Text         string
	Complete     bool // it ended by itself, and was not declined
	InputTokens  int  // 0 where the server did not say
	OutputTokens int
}

// Kind names a way in which asking fails.
type Kind string

// The kinds of failure.
const (
	Unreachable Kind = "the model's server cannot be reached"
	Slow        Kind = "the model did not answer in time"
	Cut         Kind = "the model's answer broke off"
	Busy        Kind = "the model's server asks to wait"
	Broken      Kind = "the model's server reports an error"
	Refused     Kind = "the model's server refuses the key: check llm.api_key"
	Unfit       Kind = "the model's server refuses the request: check llm.model and llm.base_url"
	Garbled     Kind = "the model's server does not speak the protocol: check llm.provider and llm.base_url"
)

// AskError is the only error of a Model. It holds nothing that a server or a
// client library said: that may repeat the key or the article.
type AskError struct {
	Kind       Kind
	Status     int           // of HTTP, 0 where there was none
	RetryAfter time.Duration // what the server asked for, 0 where nothing
	Detail     string        // a fixed word of the operating system, such as "connection refused"
}

// Error says what failed and how to mend it.
func (f *AskError) Error() string {
	switch {
	case f.Status != 0:
		return fmt.Sprintf("%s (status %d)", f.Kind, f.Status)
	case f.Detail != "":
		return fmt.Sprintf("%s (%s)", f.Kind, f.Detail)
	}
	return string(f.Kind)
}

// passing reports whether asking again may help.
func (f *AskError) passing() bool {
	switch f.Kind {
	case Unreachable, Cut, Busy, Broken:
		return true
	case Slow, Refused, Unfit, Garbled:
	}
	return false
}

// fixed reports whether only the operator can mend it.
func (f *AskError) fixed() bool {
	return f.Kind == Refused || f.Kind == Unfit || f.Kind == Garbled
}

// free reports whether a request that failed so is certain to have cost nothing.
func (f *AskError) free() bool {
	return f.Status >= 400 || f.Kind == Unreachable
}

// statusFailure turns an HTTP status into a failure.
func statusFailure(status int, h http.Header) *AskError {
	f := &AskError{Status: status}
	switch {
	case status == http.StatusTooManyRequests:
		f.Kind = Busy
	case status == http.StatusUnauthorized, status == http.StatusForbidden, status == http.StatusPaymentRequired:
		f.Kind = Refused
	case status == http.StatusRequestTimeout, status == http.StatusConflict, status >= 500:
		f.Kind = Broken
	default:
		f.Kind = Unfit
	}
	if f.Kind == Busy || f.Kind == Broken {
		f.RetryAfter = retryAfter(h)
	}
	return f
}

// maxRetryAfter bounds what a server may ask for.
const maxRetryAfter = time.Hour

// retryAfter reads the header in its form of seconds, and OpenAI's and
// Anthropic's own in milliseconds. A date is not read: it would need the
// server's clock to be right.
func retryAfter(h http.Header) time.Duration {
	if h == nil {
		return 0
	}
	if ms, err := strconv.ParseFloat(h.Get("Retry-After-Ms"), 64); err == nil && ms > 0 {
		return time.Duration(min(ms, float64(maxRetryAfter/time.Millisecond)) * float64(time.Millisecond))
	}
	if s, err := strconv.ParseFloat(h.Get("Retry-After"), 64); err == nil && s > 0 {
		return time.Duration(min(s, maxRetryAfter.Seconds()) * float64(time.Second))
	}
	return 0
}

// transportFailure sorts the errors of sending and reading.
func transportFailure(ctx context.Context, err error) *AskError {
	var timeout net.Error
	switch {
	case ctx.Err() != nil, errors.As(err, &timeout) && timeout.Timeout():
		return &AskError{Kind: Slow}
	case errors.Is(err, errRedirect):
		return &AskError{Kind: Garbled, Detail: errRedirect.Error()}
	case errors.Is(err, errTooLarge):
		return &AskError{Kind: Garbled, Detail: errTooLarge.Error()}
	}
	if _, ok := errors.AsType[*net.DNSError](err); ok {
		return &AskError{Kind: Unreachable, Detail: "its name is not known"}
	}
	if op, ok := errors.AsType[*net.OpError](err); ok && op.Op == "dial" {
		f := &AskError{Kind: Unreachable}
		if no, ok := errors.AsType[syscall.Errno](err); ok {
			f.Detail = no.Error()
		}
		return f
	}
	return &AskError{Kind: Cut}
}
