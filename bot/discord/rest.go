package discord

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync/atomic"
	"time"

	"newsdesk/bot/message"
	"newsdesk/outbox"
)

const (
	maxAnswer = 4 << 20                    // bytes of an answer that are read
	maxTries  = 4                          // of one call when Discord asks to wait a little
	userAgent = "DiscordBot (newsdesk, 1)" // the form that Discord asks for
)

// versionSuffix is the end of an API address that names a version.
var versionSuffix = regexp.MustCompile(`/v[0-9]+$`)

// apiBase returns the address that paths such as "/gateway" are put behind.
func apiBase(s string) (string, error) {
	if s == "" {
		return "https://discord.com/api/v10", nil
	}
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") || u.User != nil || u.RawQuery != "" {
		return "", errors.New("the Discord API address must look like https://discord.com/api, without a user name or query")
	}
	base := strings.TrimRight(u.Scheme+"://"+u.Host+u.EscapedPath(), "/")
	if !versionSuffix.MatchString(base) {
		base += "/v10"
	}
	return base, nil
}

// rest sends requests to Discord's HTTP API.
type rest struct {
	base    string
	token   string
	client  *http.Client
	limits  *limiter
	timeout time.Duration
	maxWait time.Duration
	// refused is set once Discord has refused the token: any further request
	// would only bring a ban nearer.
	refused atomic.Bool
	dead    chan struct{} // closed with refused
	memory  memory
}

func newREST(o Options) *rest {
	tr := o.Transport
	if tr == nil {
		tr = &http.Transport{
			Proxy:                 http.ProxyFromEnvironment,
			DialContext:           (&net.Dialer{Timeout: 10 * time.Second}).DialContext,
			TLSHandshakeTimeout:   10 * time.Second,
			ResponseHeaderTimeout: o.Timing.Request,
			MaxIdleConnsPerHost:   16,
			IdleConnTimeout:       90 * time.Second,
			ForceAttemptHTTP2:     true,
		}
	}
	return &rest{
		base: o.APIURL, token: o.Token,
		client: &http.Client{
			Transport: tr,
			// A redirect would carry the token elsewhere.
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
		limits:  newLimiter(o.Now, o.Timing.MaxWait),
		timeout: o.Timing.Request,
		maxWait: o.Timing.MaxWait,
		dead:    make(chan struct{}),
		memory:  memory{waits: o.Waits, log: o.Log},
	}
}

// call is one request to make.
type call struct {
	name    string // what it does, for errors
	method  string
	path    string // behind the base; may hold an interaction's token
	route   string // kind of request, for the limits
	major   string // channel, server or application the limit is for
	channel string // for errors, "" where there is none
	body    any    // nil for none
	files   []message.File
	// interaction marks the routes that carry their own token: they need no
	// authorization and stand outside the global limit.
	interaction bool
}

// do makes the call and decodes the answer into out (nil: not wanted). It
// repeats only what Discord said was not done (429 with a short wait). Errors
// are sorted as the package comment says; they never hold a token.
func (r *rest) do(ctx context.Context, c call, out any) error {
	payload, err := load(c.body, c.files)
	if err != nil {
		return outbox.Permanent(fmt.Errorf("%s: encode: %w", c.name, err))
	}
	if err := r.memory.load(ctx, r.limits); err != nil {
		return fmt.Errorf("%s: %w", c.name, err)
	}
	for try := 1; ; try++ {
		again, err := r.once(ctx, c, payload, out)
		wait, _ := outbox.Wait(err)
		if again && wait <= r.maxWait && try < maxTries {
			// The limiter knows and makes the next try wait, but for the calls
			// that it does not hold back.
			if !c.interaction || sleep(ctx, wait) {
				continue
			}
		}
		if err != nil {
			return fmt.Errorf("%s: %w", c.name, err)
		}
		return nil
	}
}

// once makes the call a single time, and reports whether Discord said that it
// was not done and may be repeated after a wait.
func (r *rest) once(ctx context.Context, c call, payload packet, out any) (again bool, err error) {
	if r.refused.Load() && !c.interaction {
		return false, outbox.After(time.Minute, &FatalError{sentenceToken})
	}
	var b *bucket
	if !c.interaction {
		if b, err = r.limits.admit(ctx, c.route, c.major); err != nil {
			return false, err
		}
	} else if wait := r.limits.shutFor(); wait > 0 {
		return true, outbox.After(wait, fmt.Errorf("%w %s", ErrRateLimited, wait.Round(time.Millisecond)))
	}
	status, header, body, err := r.send(ctx, c, payload)
	if b != nil {
		r.limits.settle(b, c.route, c.major, status, header)
	}
	if err != nil {
		return false, err
	}
	if status >= 200 && status < 300 {
		if out == nil || status == http.StatusNoContent {
			return false, nil
		}
		if err := json.Unmarshal(body, out); err != nil {
			return false, errors.New("the answer from Discord was cut off or is not JSON")
		}
		return false, nil
	}
	shared := header.Get("X-RateLimit-Scope") == "shared"
	if status == 401 || status == 403 || (status == 429 && !shared) {
		if until, braked := r.limits.countInvalid(); braked {
			r.memory.save(ctx, []string{heldBot}, until)
		}
	}
	var code struct {
		Code int `json:"code"`
	}
	_ = json.Unmarshal(body, &code) // no JSON: no code
	if status == http.StatusTooManyRequests && code.Code != codeEditsOfOldMessage {
		return true, r.held(ctx, c, b, header, body)
	}
	if status == http.StatusUnauthorized && !c.interaction && r.refused.CompareAndSwap(false, true) {
		close(r.dead)
	}
	err = classify(c.channel, status, header, body)
	if wait, ok := outbox.Wait(err); ok && errors.Is(err, ErrRateLimited) {
		r.hold(ctx, c, nil, wait, ofAddress)
	}
	return false, err
}

// held sorts an answer 429. Discord's own carry JSON; its edge answers with a
// page when it has banned the address.
func (r *rest) held(ctx context.Context, c call, b *bucket, h http.Header, body []byte) error {
	var ab answerBody
	fromEdge := json.Unmarshal(body, &ab) != nil && !cutShort(h, body)
	header, _ := number(h.Get("Retry-After"))
	// Where the two differ the longer is the true one (discord-api-docs#6109).
	wait := seconds(max(header, ab.RetryAfter))
	if wait == 0 {
		if wait = time.Second; fromEdge {
			wait = edgeWait
		}
	}
	switch {
	case fromEdge:
		r.hold(ctx, c, b, wait, ofAddress)
	case b == nil: // an interaction's, whose token has a limit of its own
	case ab.Global, h.Get("X-RateLimit-Global") != "", h.Get("X-RateLimit-Scope") == "global":
		r.hold(ctx, c, b, wait, ofBot)
	default:
		r.hold(ctx, c, b, wait, ofBucket)
	}
	return outbox.After(wait, fmt.Errorf("HTTP 429: %w %s", ErrRateLimited, wait.Round(time.Millisecond)))
}

// hold books a refusal, here and in the memory of restarts.
func (r *rest) hold(ctx context.Context, c call, b *bucket, wait time.Duration, far reach) {
	held, until := r.limits.refuse(b, c.route, c.major, wait, far)
	r.memory.save(ctx, held, until)
}

// send makes one exchange over HTTP.
func (r *rest) send(ctx context.Context, c call, payload packet) (int, http.Header, []byte, error) {
	ctx, cancel := context.WithTimeout(ctx, r.timeout)
	defer cancel()
	var content io.Reader = http.NoBody
	if payload.data != nil {
		content = bytes.NewReader(payload.data)
	}
	req, err := http.NewRequestWithContext(ctx, c.method, r.base+c.path, content)
	if err != nil {
		return 0, nil, nil, errors.New("the request has an impossible address")
	}
	if payload.data != nil {
		req.Header.Set("Content-Type", payload.kind)
	}
	req.Header.Set("User-Agent", userAgent)
	if !c.interaction {
		req.Header.Set("Authorization", "Bot "+r.token)
	}
	resp, err := r.client.Do(req)
	if err != nil {
		return 0, nil, nil, withoutURL(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer+1))
	if err != nil {
		return resp.StatusCode, resp.Header, nil, fmt.Errorf("read Discord's answer: %w", withoutURL(err))
	}
	if len(body) > maxAnswer {
		return resp.StatusCode, resp.Header, nil, errors.New("the answer from Discord is too long")
	}
	return resp.StatusCode, resp.Header, body, nil
}

// withoutURL takes the address out of an error: it may hold a token.
func withoutURL(err error) error {
	if ue, ok := errors.AsType[*url.Error](err); ok {
		return ue.Err
	}
	return err
}

// sleep waits, and reports whether the context lasted.
func sleep(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// snowflake reports whether s can be one of Discord's ids, so that nothing
// else ever becomes part of an address.
func snowflake(s string) bool {
	if s == "" || len(s) > 20 {
		return false
	}
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}
