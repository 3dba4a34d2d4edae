package preview

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"time"

	"newsdesk/bot/message"
)

// Commands answers what is typed and pressed.
type Commands interface {
	List() []message.Command
	Handle(ctx context.Context, in message.Interaction) (message.Reply, error)
}

// Options make a server.
type Options struct {
	Title    string // the page's name; "" is "Newsdesk preview"
	Notice   string // one line at the top, "" for none
	Board    *Board
	Commands Commands
	// Parse reads a typed line such as "/latest topic:world".
	Parse func(line string, list []message.Command) (message.Interaction, error)
	Log   *slog.Logger
	Now   func() time.Time
}

const (
	maxFile = 1 << 20          // bytes of a file that is attached to a command
	maxForm = maxFile + 64<<10 // bytes of a form
)

// answerTime bounds the answer to a command.
const answerTime = 30 * time.Second

// Server shows a board. It is an http.Handler, and serves itself with Serve.
type Server struct {
	Options
	views views
	mux   http.Handler
}

// NewServer returns a server for a board.
func NewServer(o Options) (*Server, error) {
	if o.Title == "" {
		o.Title = "Newsdesk preview"
	}
	v, err := newViews()
	if err != nil {
		return nil, err
	}
	s := &Server{Options: o, views: v}
	files, err := fs.Sub(assets, "assets")
	if err != nil {
		return nil, fmt.Errorf("open the page's files: %w", err)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", s.channel)
	mux.HandleFunc("GET /c/{id}", s.channel)
	mux.HandleFunc("GET /c/{id}/messages", s.messages)
	mux.HandleFunc("GET /events", s.events)
	mux.HandleFunc("GET /complete", s.complete)
	mux.HandleFunc("POST /command", s.command)
	mux.HandleFunc("POST /press", s.press)
	for _, name := range []string{"style.css", "live.js", "icon.svg"} {
		mux.HandleFunc("GET /assets/"+name, func(w http.ResponseWriter, r *http.Request) {
			http.ServeFileFS(w, r, files, name)
		})
	}
	s.mux = guard(http.NewCrossOriginProtection().Handler(mux))
	return s, nil
}

// ServeHTTP serves the page.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.mux.ServeHTTP(w, r) }

// Serve answers on l until ctx ends, and returns when every answer has.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	srv := &http.Server{
		Handler:           s,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       30 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
		BaseContext:       func(net.Listener) context.Context { return ctx },
		ErrorLog:          slog.NewLogLogger(s.Log.Handler(), slog.LevelDebug),
	}
	ended := make(chan error, 1)
	go func() { ended <- srv.Serve(l) }()
	select {
	case err := <-ended:
		return fmt.Errorf("serve the preview page: %w", err)
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 3*time.Second)
	defer cancel()
	if err := srv.Shutdown(grace); err != nil {
		_ = srv.Close() // what did not end in time is cut off
	}
	<-ended //nolint:errcheck // http.ErrServerClosed
	return nil
}

// guard lets in only requests that name this machine, so that no site can
// reach the page under a name of its own (DNS rebinding), and forbids the page
// everything it does not need.
func guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host := r.Host
		if h, _, err := net.SplitHostPort(host); err == nil {
			host = h
		}
		addr, err := netip.ParseAddr(strings.Trim(host, "[]"))
		if host != "localhost" && (err != nil || !addr.IsLoopback()) {
			http.Error(w, "This page answers only under localhost or 127.0.0.1.", http.StatusForbidden)
			return
		}
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; "+
			"img-src 'self' http: https:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cache-Control", "no-store")
		r.Body = http.MaxBytesReader(w, r.Body, maxForm)
		next.ServeHTTP(w, r)
	})
}

// view gathers the page for a channel; "" is the first one.
func (s *Server) view(id string) (page, bool) {
	channels, seq := s.Board.Channels()
	p := page{Title: s.Title, Notice: s.Notice, Seq: seq, Commands: message.Usable(s.Commands.List())}
	for _, c := range p.Commands {
		first, _, _ := strings.Cut(c.Name, " ")
		if !slices.Contains(p.Names, first) {
			p.Names = append(p.Names, first)
		}
	}
	p.TakesFiles = slices.ContainsFunc(p.Commands, func(c message.Command) bool {
		return slices.ContainsFunc(c.Options, func(o message.Option) bool { return o.Kind == message.OptionFile })
	})
	if id == "" && len(channels) > 0 {
		id = channels[0].ID
	}
	found := id == ""
	r := s.rendering(channels)
	for _, ch := range channels {
		current := ch.ID == id
		p.Channels = append(p.Channels, channelLink{ID: ch.ID, Name: ch.Name, Current: current, Count: len(ch.Entries)})
		if !current {
			continue
		}
		found, p.Current = true, ch
		for _, e := range ch.Entries {
			p.Messages = append(p.Messages, r.entry(ch.ID, e))
		}
	}
	return p, found
}

func (s *Server) rendering(channels []Channel) rendering {
	r := rendering{now: s.Now(), channels: make(map[string]string, len(channels))}
	for _, ch := range channels {
		r.channels[ch.ID] = ch.Name
	}
	return r
}

func (s *Server) channel(w http.ResponseWriter, r *http.Request) {
	p, ok := s.view(r.PathValue("id"))
	if !ok {
		http.Error(w, "There is no such channel. Go back to the first page: /", http.StatusNotFound)
		return
	}
	s.write(w, r, "page", p)
}

func (s *Server) messages(w http.ResponseWriter, r *http.Request) {
	p, ok := s.view(r.PathValue("id"))
	if !ok {
		http.NotFound(w, r)
		return
	}
	s.write(w, r, "messages", p)
}

func (s *Server) write(w http.ResponseWriter, r *http.Request, name string, data any) {
	b, err := s.views.render(name, data)
	if err != nil {
		s.Log.ErrorContext(r.Context(), "preview page not rendered", "error", err)
		http.Error(w, "The page could not be made.", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = w.Write(b) // the reader has gone: nothing to do
}

// events streams changes: "hello" with the number of changes so far, then a
// "message" for each.
func (s *Server) events(w http.ResponseWriter, r *http.Request) {
	updates, stop := s.Board.Watch()
	defer stop()
	channels, seq := s.Board.Channels()
	rendering := s.rendering(channels)
	control := http.NewResponseController(w)
	_ = control.SetWriteDeadline(time.Time{}) // the stream has no end; a server without deadlines needs none lifted
	_ = control.SetReadDeadline(time.Time{})
	w.Header().Set("Content-Type", "text/event-stream")
	_, err := fmt.Fprintf(w, "retry: 1000\nevent: hello\ndata: %d\n\n", seq)
	beat := time.NewTicker(20 * time.Second)
	defer beat.Stop()
	for err == nil {
		if err = control.Flush(); err != nil {
			return
		}
		select {
		case <-r.Context().Done():
			return
		case <-beat.C:
			_, err = fmt.Fprint(w, ": still here\n\n")
		case u, ok := <-updates:
			if !ok {
				return // fell behind; the page comes back and reads anew
			}
			rendering.now = s.Now()
			err = s.event(w, u, rendering)
		}
	}
}

func (s *Server) event(w http.ResponseWriter, u Update, r rendering) error {
	part, err := s.views.render("message", r.entry(u.Channel, u.Entry))
	if err != nil {
		return err
	}
	data, err := json.Marshal(map[string]any{"seq": u.Seq, "channel": u.Channel, "html": string(part)})
	if err != nil {
		return fmt.Errorf("encode update: %w", err)
	}
	_, err = fmt.Fprintf(w, "event: message\ndata: %s\n\n", data)
	return err
}
