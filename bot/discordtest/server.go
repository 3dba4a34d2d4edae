package discordtest

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"testing"
	"time"
)

// Defaults of Options.
const (
	DefaultToken     = "test-token"
	defaultHeartbeat = 41250 * time.Millisecond
	defaultStarts    = 1000  // IDENTIFYs a day before Discord resets a token
	defaultBan       = 10000 // answers 401, 403, 429 in 10 minutes before an address is shut out
)

// Options say how a Server behaves. The zero value is good for a test.
type Options struct {
	Token         string // the bot's token without "Bot "; "" = DefaultToken
	ApplicationID string // "" = one is made
	BotID         string // "" = the application's id, as at Discord
	Addr          string // host:port of REST; "" = a free port of 127.0.0.1

	HeartbeatInterval time.Duration // told in HELLO; 0 = 41.25 s
	// IdentifyInterval is the least time between two IDENTIFYs of a shard; one
	// that comes too early is answered INVALID_SESSION. Discord's is 5 s;
	// 0 = no limit, so that tests can restart a bot at once.
	IdentifyInterval time.Duration
	SessionStarts    int    // IDENTIFYs in 24 hours, after which the token is reset; 0 = 1000
	Privileged       uint64 // privileged intents that are allowed; others are answered 4014

	// InProcess opens no port: REST is reached by Transport alone, and there is
	// no gateway. It suits tests in a synctest bubble, whose clock then is the
	// fake's too, also for the rate limits.
	InProcess bool

	NoRateLimits bool // no answer 429 but those asked for by FailNext; headers are sent all the same
	BanAfter     int  // answers 401, 403, 429 within 10 minutes, after which nothing is answered; 0 = 10000
	// OnStep, if set, is told of each step of a REST request, in the order in
	// which they happen, before the next one: tests that kill the bot do it there.
	// It may call any method.
	OnStep func(step Step, method, path string)

	// OldEdits are the edits that a message older than an hour takes in an hour
	// (30046 beyond them); 0 = 3, negative = none.
	OldEdits int

	// Keep bounds what is remembered in a long run: of requests that lie further
	// back the bodies are forgotten, of interactions everything, and so are the
	// events that a session could resume from. 0 = nothing is forgotten.
	Keep int

	// Spec is the path of Discord's openapi.json. "" = $NEWSDESK_DISCORD_SPEC,
	// else ../shared/data/discord/openapi.json beside any folder from the
	// working directory upwards; NoSpec = none. Without a document only our own
	// rules judge.
	Spec    string
	Lenient bool // refused requests are listed by Problems but fail no test

	Now func() time.Time // nil = time.Now
	Log *slog.Logger     // nil = nothing is logged
}

// Server is a running fake Discord. All methods may be called at any time
// from any goroutine.
type Server struct {
	o     Options
	judge *judge
	now   func() time.Time
	log   *slog.Logger

	noSpec string // why there is no document; "" where there is one

	rest, gate, resume       *http.Server
	restURL, gateURL, resURL string

	done chan struct{}  // closed by Close
	wg   sync.WaitGroup // everything that was started or is being answered

	mu      sync.Mutex // guards all that follows
	tb      testing.TB // nil when started by Start
	closed  bool
	changed chan struct{}   // closed and made anew whenever something changed
	files   map[string]File // attached by people, by path
	state
}

// New starts a Server for a test. It closes itself at the test's end and
// fails the test when a request is refused by the judge.
func New(tb testing.TB, o Options) *Server {
	tb.Helper()
	s, err := Start(o)
	if err != nil {
		tb.Fatalf("start discordtest: %v", err)
	}
	tb.Cleanup(s.Close)
	s.mu.Lock()
	s.tb = tb
	s.mu.Unlock()
	if s.noSpec != "" {
		tb.Logf("discordtest: %s: judged by our own rules only", s.noSpec)
	}
	return s
}

// Start starts a Server without a test. The caller closes it.
func Start(o Options) (*Server, error) {
	o = o.withDefaults()
	s := &Server{
		o: o, now: o.Now, log: o.Log,
		done:    make(chan struct{}),
		changed: make(chan struct{}),
	}
	var err error
	if s.judge, s.noSpec, err = newJudge(o.Spec); err != nil {
		return nil, err
	}
	if s.noSpec != "" {
		s.log.Info("judged by our own rules only", "reason", s.noSpec)
	}
	s.init()
	if o.InProcess {
		s.restURL = "http://discord.invalid"
		return s, nil
	}
	if err := s.listen(); err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

func (o Options) withDefaults() Options {
	if o.Token == "" {
		o.Token = DefaultToken
	}
	if o.Addr == "" {
		o.Addr = "127.0.0.1:0"
	}
	if o.HeartbeatInterval <= 0 {
		o.HeartbeatInterval = defaultHeartbeat
	}
	if o.OldEdits == 0 {
		o.OldEdits = maxOldEdits
	}
	if o.SessionStarts <= 0 {
		o.SessionStarts = defaultStarts
	}
	if o.BanAfter <= 0 {
		o.BanAfter = defaultBan
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return o
}

// listen opens the three ports: REST, gateway, and the gateway to resume at.
func (s *Server) listen() error {
	for _, l := range []struct {
		addr    string
		handler http.HandlerFunc
		server  **http.Server
		url     *string
		scheme  string
	}{
		{s.o.Addr, s.serveREST, &s.rest, &s.restURL, "http"},
		{"127.0.0.1:0", s.serveGateway("gateway"), &s.gate, &s.gateURL, "ws"},
		{"127.0.0.1:0", s.serveGateway("resume"), &s.resume, &s.resURL, "ws"},
	} {
		ln, err := net.Listen("tcp", l.addr)
		if err != nil {
			return fmt.Errorf("listen on %s: %w", l.addr, err)
		}
		srv := &http.Server{
			Handler:           s.counted(l.handler),
			ReadHeaderTimeout: 10 * time.Second,
			ErrorLog:          slog.NewLogLogger(s.log.Handler(), slog.LevelDebug),
		}
		*l.server, *l.url = srv, l.scheme+"://"+ln.Addr().String()
		s.wg.Go(func() {
			if err := srv.Serve(ln); err != nil && !errors.Is(err, http.ErrServerClosed) {
				s.log.Error("serve", "addr", ln.Addr().String(), "err", err)
			}
		})
	}
	return nil
}

// counted lets Close wait for requests in flight.
func (s *Server) counted(h http.HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		if s.closed {
			s.mu.Unlock()
			return
		}
		s.wg.Add(1)
		s.mu.Unlock()
		defer s.wg.Done()
		h(w, r)
	})
}

// Close stops the server: connections are cut, and it returns when all that
// was started has ended. It may be called twice.
func (s *Server) Close() {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		s.wg.Wait()
		return
	}
	s.closed = true
	close(s.done)
	conns := s.openConns()
	s.touch()
	s.mu.Unlock()
	for _, c := range conns {
		c.drop()
	}
	for _, srv := range []*http.Server{s.rest, s.gate, s.resume} {
		if srv != nil {
			_ = srv.Close() // only says that a listener was closed already
		}
	}
	s.wg.Wait()
}

// APIURL is the address to be set as discord.api_url: "http://host:port/api".
// Routes are served below it, below it with "/v9" and with "/v10".
func (s *Server) APIURL() string { return s.restURL + "/api" }

// GatewayURL is what GET /gateway names: "ws://host:port".
func (s *Server) GatewayURL() string { return s.gateURL }

// ResumeURL is the resume_gateway_url of READY.
func (s *Server) ResumeURL() string { return s.resURL }

// Token is the token that is accepted.
func (s *Server) Token() string { return s.o.Token }

// ApplicationID is the id of the bot's application.
func (s *Server) ApplicationID() string { return s.o.ApplicationID }

// BotID is the id of the bot's user.
func (s *Server) BotID() string { return s.o.BotID }
