// Package discord turns the bot's plain values (package bot/message) into
// Discord's and back. It is the only package that knows discordgo, so that all
// that must be worked round in it is in one place, and a swap stays possible.
//
// Three parts work side by side:
//
//   - [Client.Run] keeps one gateway connection open: it dials, identifies,
//     watches the heartbeats, and starts afresh after each failure, sparing
//     with IDENTIFYs. It ends only with its context or with a [FatalError].
//   - Interactions that arrive there are checked, turned into
//     message.Interaction values, handed to the [Handler], and answered within
//     Discord's three seconds, if need be with "thinking ..." first.
//   - [Client.Create], [Client.Edit] and [Client.StartThread] send over HTTP,
//     within Discord's limits. Their errors are sorted once, here: marked with
//     outbox.Permanent where no repetition helps, with outbox.After where
//     Discord said how long to wait, and unmarked where trying again may help.
//
// Between discordgo and the network stands a guard (guard.go) that reads each
// gateway message first. discordgo sees only what it can bear: a HELLO with a
// sane interval, a READY, heartbeat answers, and sequence numbers. What makes
// it hang (reconnect and invalid-session orders while it opens), panic (null
// and half-decoded events) or loop for ever (fatal close codes) never reaches
// it. A session that failed is dropped and ended; the next one is new.
//
// Nothing here changes a variable of another package, so clients with
// different addresses can live in one process.
package discord

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"newsdesk/bot/message"
)

// Handler answers what people ask. It must obey its context, and must be safe
// for use by several goroutines.
type Handler interface {
	// List returns the commands to register.
	List() []message.Command
	// Handle answers one interaction. An error is logged and never shown.
	Handle(ctx context.Context, in message.Interaction) (message.Reply, error)
}

// Options says who the bot is and where Discord is. Token, Log and Now are
// required; the rest has defaults.
type Options struct {
	// Token is the bot's token, with or without "Bot " before it.
	Token string
	// APIURL is where the API is, such as "http://127.0.0.1:8080/api"; "/v10" is
	// added where it ends in no version. "" means Discord's own.
	APIURL string
	// Log takes what the operator should know.
	Log *slog.Logger
	// Server, if set, is told in order what happens to servers. It must not
	// block.
	Server func(ServerEvent)
	// Waits, if set, remembers across restarts how long Discord wants to be left
	// alone.
	Waits Waits
	// Now tells the time; durations are waited for with ordinary timers.
	Now func() time.Time
	// Rand returns a number in [0, 1) for jitter; nil means math/rand's.
	Rand func() float64
	// Transport carries the HTTP requests; nil means one of our own.
	Transport http.RoundTripper
	// Timing holds the waits, for tests to shorten.
	Timing Timing
}

// Timing holds the package's waits. A zero field means its default.
type Timing struct {
	Open          time.Duration // for dialling, HELLO and READY together; 30 s
	BackoffMin    time.Duration // before the first reconnection; 1 s
	BackoffMax    time.Duration // before any reconnection; 2 min
	IdentifyGap   time.Duration // between two IDENTIFYs at least; 5 s, as Discord asks
	IdentifyEvery time.Duration // between IDENTIFYs in the long run; 90 s, since 1,000 a day end the token
	IdentifyBurst int           // IDENTIFYs that may be made up for at once; 10
	Write         time.Duration // for one write to the gateway; 10 s
	Request       time.Duration // for one HTTP request; 15 s
	MaxWait       time.Duration // longest wait inside a call for a rate limit; 5 s
	Defer         time.Duration // until a slow answer is deferred; 1.5 s of the 3 s that Discord gives
	Autocomplete  time.Duration // until suggestions are given up; 2.5 s
	Handle        time.Duration // for a handler; 2 min of the 15 min that Discord gives
	Drain         time.Duration // for handlers at work when Run ends; 5 s
	Register      time.Duration // before commands are registered again after a failure, growing; 5 s
}

func (t Timing) withDefaults() Timing {
	for _, f := range []struct {
		field *time.Duration
		value time.Duration
	}{
		{&t.Open, 30 * time.Second},
		{&t.BackoffMin, time.Second},
		{&t.BackoffMax, 2 * time.Minute},
		{&t.IdentifyGap, 5 * time.Second},
		{&t.IdentifyEvery, 90 * time.Second},
		{&t.Write, 10 * time.Second},
		{&t.Request, 15 * time.Second},
		{&t.MaxWait, 5 * time.Second},
		{&t.Defer, 1500 * time.Millisecond},
		{&t.Autocomplete, 2500 * time.Millisecond},
		{&t.Handle, 2 * time.Minute},
		{&t.Drain, 5 * time.Second},
		{&t.Register, 5 * time.Second},
	} {
		if *f.field <= 0 {
			*f.field = f.value
		}
	}
	if t.IdentifyBurst <= 0 {
		t.IdentifyBurst = 10
	}
	return t
}

// validate reports everything that is wrong with the options at once, and
// returns them with defaults filled in.
func (o Options) validate() (Options, error) {
	var errs []error
	o.Token = strings.TrimSpace(o.Token)
	o.Token = strings.TrimSpace(strings.TrimPrefix(o.Token, "Bot "))
	if o.Token == "" {
		errs = append(errs, errors.New("the Discord bot token is missing"))
	}
	if strings.ContainsFunc(o.Token, func(r rune) bool { return r <= ' ' || r > '~' }) {
		errs = append(errs, errors.New("the Discord bot token holds a blank or a special character: copy it anew"))
	}
	if o.Log == nil {
		errs = append(errs, errors.New("discord: Options.Log is missing"))
	}
	if o.Now == nil {
		errs = append(errs, errors.New("discord: Options.Now is missing"))
	}
	base, err := apiBase(o.APIURL)
	if err != nil {
		errs = append(errs, err)
	}
	o.APIURL = base
	if o.Rand == nil {
		o.Rand = rand.Float64
	}
	o.Timing = o.Timing.withDefaults()
	return o, errors.Join(errs...)
}

// Client is one bot at Discord. Its methods may be called from any goroutine;
// sending works whether or not Run is at work.
type Client struct {
	opt      Options
	handler  Handler
	commands map[string]message.Command // as interactions name them
	rest     *rest
	budget   *budget
	atlas    atlas
	running  atomic.Bool

	mu     sync.Mutex
	status Status
	guilds map[string]bool // of the present gateway session

	ids     atomic.Pointer[map[string]string] // command ids by name
	answers *answers
}

// New returns a client. A nil handler makes one that only sends.
func New(o Options, h Handler) (*Client, error) {
	o, err := o.validate()
	if err != nil {
		return nil, err
	}
	c := &Client{
		opt:      o,
		handler:  h,
		commands: map[string]message.Command{},
		rest:     newREST(o),
		budget:   newBudget(o),
		guilds:   map[string]bool{},
	}
	if h != nil {
		for _, cmd := range message.Usable(h.List()) {
			c.commands[cmd.Name] = cmd
		}
	}
	c.answers = newAnswers(c)
	return c, nil
}

// Status is how the gateway connection does.
type Status struct {
	Ready      bool      // connected and greeted
	Since      time.Time // when Ready last changed
	Bot        string    // the bot's user name, "" before the first connection
	Guilds     int       // servers the bot is in
	Identifies int       // IDENTIFYs sent since the client was made
	LastError  string    // why the last connection ended, "" while Ready
}

// Status returns how the gateway connection does at this moment.
func (c *Client) Status() Status {
	c.mu.Lock()
	defer c.mu.Unlock()
	s := c.status
	s.Guilds = len(c.guilds)
	return s
}

// Ready reports whether the bot is connected and can be asked.
func (c *Client) Ready() bool { return c.Status().Ready }

// CommandIDs returns the ids of the registered commands by name, for mentions
// such as </latest:123>. It is empty until they are registered.
func (c *Client) CommandIDs() map[string]string {
	if m := c.ids.Load(); m != nil {
		return *m
	}
	return nil
}
