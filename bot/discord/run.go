package discord

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"sync"
	"time"
)

// Run keeps the bot connected and answers what it is asked, until ctx ends:
// then it returns nil once all it started has ended, which takes a second or
// two. A *FatalError means that a person must act first. Run registers the
// handler's commands as it starts.
func (c *Client) Run(ctx context.Context) error {
	if !c.running.CompareAndSwap(false, true) {
		return errors.New("discord: Run is at work already")
	}
	defer c.running.Store(false)
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var all sync.WaitGroup
	// Handlers outlive ctx by the time that drain gives them.
	talks, hush := context.WithCancel(context.WithoutCancel(ctx))
	defer hush()
	c.answers.start()
	if c.handler != nil {
		all.Go(func() { c.keepRegistering(ctx) })
	}
	all.Go(func() {
		select {
		case <-c.rest.dead:
			cancel(&FatalError{sentenceToken})
		case <-ctx.Done():
		}
	})
	err := c.supervise(ctx, &all, func(data json.RawMessage) { c.answers.accept(talks, data) })
	if fatal, ok := errors.AsType[*FatalError](context.Cause(ctx)); ok && err == nil {
		err = fatal
	}
	if err == nil {
		c.setDown(errors.New("stopped"))
	}
	cancel(nil)
	c.answers.drain(hush)
	all.Wait()
	c.rest.client.CloseIdleConnections()
	return err
}

// supervise lives one gateway session after another. It returns nil when ctx
// ends, and a *FatalError when going on is of no use.
func (c *Client) supervise(ctx context.Context, all *sync.WaitGroup, accept func(json.RawMessage)) error {
	for failures := 0; ; {
		why := c.live(ctx, all, accept, func() { failures = 0 })
		if ended(ctx) {
			return nil
		}
		if fatal, ok := errors.AsType[*FatalError](why); ok {
			c.setDown(fatal)
			return fatal
		}
		if ce, ok := errors.AsType[*closeError](why); ok {
			if fatal := fatalClose(ce.code); fatal != nil {
				c.setDown(fatal)
				return fatal
			}
		}
		c.setDown(why)
		wait := c.backoff(failures, why)
		failures++
		c.opt.Log.WarnContext(ctx, "discord connection ended", "reason", why.Error(), "retry_in", wait)
		if !sleep(ctx, wait) {
			return nil
		}
	}
}

// ended reports whether ctx has ended.
func ended(ctx context.Context) bool { return ctx.Err() != nil }

// backoff returns the wait before the next connection: doubling, with jitter.
func (c *Client) backoff(failures int, why error) time.Duration {
	t, jitter := c.opt.Timing, c.opt.Rand()
	if errors.Is(why, errInvalidSession) && failures == 0 {
		// One to five times the least: Discord asks for one to five seconds.
		return time.Duration(float64(t.BackoffMin) * (1 + 4*jitter))
	}
	wait := t.BackoffMax
	if failures < 20 {
		wait = min(wait, t.BackoffMin<<failures)
	}
	return time.Duration(float64(wait) * (0.5 + jitter/2))
}

// live is one gateway session from its address to its end; it returns why it
// ended. accept is called with each interaction, greeted when READY has come.
func (c *Client) live(ctx context.Context, all *sync.WaitGroup, accept func(json.RawMessage), greeted func()) error {
	addr, err := c.gateway(ctx)
	if err != nil {
		return err
	}
	if wait := c.budget.wait(); wait > 0 && !sleep(ctx, wait) {
		return ctx.Err()
	}
	var s *session
	watch := &watchdog{bark: func() { s.end(closeAgain, errZombie) }}
	ready := make(chan struct{})
	ins := &inspector{sinks: sinks{
		hello: func(interval time.Duration) {
			watch.every = 2 * interval
			n := c.budget.spend() // discordgo sends IDENTIFY next
			c.mu.Lock()
			c.status.Identifies = n
			c.mu.Unlock()
		},
		ready: func(g greeting) {
			watch.feed()
			c.setUp(g)
			close(ready)
		},
		ack:         watch.feed,
		interaction: accept,
		server:      c.setServer,
		odd: func(what string) {
			c.opt.Log.DebugContext(ctx, "discord sent something odd", "what", what)
		},
	}}
	s, err = newSession(ctx, c.opt.Token, addr, ins, c.opt.Timing.Write)
	if err != nil {
		return err
	}
	defer watch.stop()
	if err := s.open(ctx, c.opt.Timing.Open); err != nil {
		return err
	}
	all.Go(func() {
		<-s.guard.done
		s.release()
	})
	select {
	case <-ready:
		greeted()
	default:
	}
	c.opt.Log.InfoContext(ctx, "discord connected", "bot", c.Status().Bot)
	return s.wait(ctx)
}

// watchdog barks when it was not fed in time. It rests until first fed.
type watchdog struct {
	every time.Duration // set before the first feed
	bark  func()

	mu      sync.Mutex
	timer   *time.Timer
	stopped bool
}

func (w *watchdog) feed() {
	w.mu.Lock()
	defer w.mu.Unlock()
	switch {
	case w.stopped:
	case w.timer == nil:
		w.timer = time.AfterFunc(w.every, w.bark)
	default:
		w.timer.Reset(w.every)
	}
}

func (w *watchdog) stop() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.stopped = true
	if w.timer != nil {
		w.timer.Stop()
	}
}

// gateway asks for the gateway's address, and waits where Discord says that no
// sessions are left.
func (c *Client) gateway(ctx context.Context) (string, error) {
	var a struct {
		URL   string          `json:"url"`
		Limit json.RawMessage `json:"session_start_limit"`
	}
	err := c.rest.do(ctx, call{name: "ask for the gateway", method: "GET", path: "/gateway/bot", route: "GET gateway/bot"}, &a)
	if errors.Is(err, errNoRoute) { // a server that is not quite Discord
		err = c.rest.do(ctx, call{name: "ask for the gateway", method: "GET", path: "/gateway", route: "GET gateway"}, &a)
	}
	if err != nil {
		return "", err
	}
	u, err := url.Parse(a.URL)
	if err != nil || (u.Scheme != "ws" && u.Scheme != "wss") || u.Host == "" || u.User != nil {
		return "", errors.New("ask for the gateway: the answer names no usable address")
	}
	u.RawQuery, u.Fragment = "", ""
	var limit struct {
		Total      int     `json:"total"`
		Remaining  int     `json:"remaining"`
		ResetAfter float64 `json:"reset_after"` // milliseconds
	}
	if len(a.Limit) > 0 && json.Unmarshal(a.Limit, &limit) == nil && limit.Total > 0 && limit.Remaining <= 0 {
		wait := max(seconds(limit.ResetAfter/1000), c.opt.Timing.BackoffMin)
		c.opt.Log.WarnContext(ctx, "discord allows no more connections for now", "retry_in", wait)
		if !sleep(ctx, wait) {
			return "", ctx.Err()
		}
	}
	return u.String(), nil
}

// setUp books a READY. It replaces what the session before knew.
func (c *Client) setUp(g greeting) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.guilds = make(map[string]bool, len(g.Guilds))
	for _, gd := range g.Guilds {
		if snowflake(gd.ID) {
			c.guilds[gd.ID] = true
		}
	}
	c.status.Ready, c.status.Since = true, c.opt.Now()
	c.status.Bot, c.status.LastError = g.User.Username, ""
}

// setDown books the end of a session.
func (c *Client) setDown(why error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.status.Ready {
		c.status.Ready, c.status.Since = false, c.opt.Now()
	}
	c.status.LastError = why.Error()
}

// setServer books that the bot came to a server or left it, and passes on all
// that happens to servers.
func (c *Client) setServer(ev ServerEvent) {
	c.mu.Lock()
	switch ev.Kind {
	case ServerJoined:
		c.guilds[ev.Guild] = true
	case ServerLeft:
		delete(c.guilds, ev.Guild)
	}
	c.mu.Unlock()
	for _, ch := range ev.channels {
		c.atlas.learn(ch.ID, ch.about())
	}
	if ev.Kind == ChannelDeleted {
		c.atlas.forget(ev.Channel)
	}
	if c.opt.Server != nil {
		c.opt.Server(ev)
	}
}
