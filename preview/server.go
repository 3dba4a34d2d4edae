package preview

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strconv"
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

// suggestion completes the line that is being typed.
type suggestion struct {
	Line string `json:"line"`
	Name string `json:"name"`
}

func (s *Server) complete(w http.ResponseWriter, r *http.Request) {
	line := r.FormValue("line")
	out := []suggestion{}
	for _, c := range message.Usable(s.Commands.List()) {
		if full := "/" + c.Name; full != line && strings.HasPrefix(full, line) {
			out = append(out, suggestion{Line: full + " ", Name: c.Description})
		}
	}
	if in, before, ok := s.focused(line); ok {
		in.Guild, in.Channel, in.User, in.Locale, in.Manage = Guild, r.FormValue("channel"), "1", "en-US", true
		ctx, cancel := context.WithTimeout(r.Context(), answerTime)
		defer cancel()
		reply, err := s.Commands.Handle(ctx, in)
		if err == nil {
			for _, c := range reply.Choices {
				out = append(out, suggestion{Line: before + in.Focused + ":" + quoted(c.Value), Name: c.Name})
			}
		}
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(out) // the reader has gone: nothing to do
}

// focused reads a half-typed line as a request to complete an option: the one
// that the line ends in, or the command's first where it names none. before is
// the line up to that option.
func (s *Server) focused(line string) (in message.Interaction, before string, ok bool) {
	line = strings.TrimPrefix(strings.TrimSpace(line), "/")
	for _, c := range message.Usable(s.Commands.List()) {
		rest, ok := strings.CutPrefix(line, c.Name)
		if !ok || rest != "" && rest[0] != ' ' {
			continue
		}
		at, found := -1, message.Option{}
		for _, o := range c.Options {
			if i := strings.LastIndex(rest, " "+o.Name+":"); i > at {
				at, found = i, o
			}
		}
		typed := strings.TrimSpace(rest)
		before := "/" + c.Name + " "
		if at >= 0 {
			typed = strings.TrimSpace(rest[at+len(" "+found.Name+":"):])
			before = strings.TrimSpace("/"+c.Name+rest[:at]) + " "
		} else if i := slices.IndexFunc(c.Options, func(o message.Option) bool { return o.Autocomplete }); i >= 0 {
			found = c.Options[i]
		}
		if !found.Autocomplete {
			return message.Interaction{}, "", false
		}
		return message.Interaction{
			Kind: message.KindAutocomplete, Command: c.Name, Focused: found.Name,
			Options: map[string]string{found.Name: strings.Trim(typed, `"`)},
		}, before, true
	}
	return message.Interaction{}, "", false
}

func quoted(v string) string {
	if strings.ContainsAny(v, " \t") {
		return strconv.Quote(v)
	}
	return v
}

func (s *Server) command(w http.ResponseWriter, r *http.Request) {
	err := r.ParseMultipartForm(maxForm) //nolint:gosec // the body is bounded by guard
	if _, tooLarge := errors.AsType[*http.MaxBytesError](err); tooLarge {
		s.answer(w, r, "", message.Reply{Ephemeral: true, Message: message.Message{Content: "That file is too large: 1 MB is the most here."}})
		return
	}
	line := strings.TrimSpace(r.PostFormValue("line"))
	in, err := s.Parse(line, s.Commands.List())
	if err != nil {
		s.answer(w, r, line, message.Reply{Ephemeral: true, Message: message.Message{Content: err.Error()}})
		return
	}
	if err := attach(r, &in, s.Commands.List()); err != nil {
		s.answer(w, r, line, message.Reply{Ephemeral: true, Message: message.Message{Content: err.Error()}})
		return
	}
	s.handle(w, r, line, in)
}

// attach gives a command the file that came with its line, if it takes one.
func attach(r *http.Request, in *message.Interaction, list []message.Command) error {
	f, head, err := r.FormFile("file")
	if errors.Is(err, http.ErrMissingFile) || errors.Is(err, http.ErrNotMultipart) {
		return nil
	}
	if err != nil {
		return errors.New("The file did not arrive whole. Try again.") //nolint:revive,staticcheck // shown as it is
	}
	defer f.Close()
	if head.Filename == "" && head.Size == 0 {
		return nil // a field left empty
	}
	data, err := io.ReadAll(io.LimitReader(f, maxFile))
	if err != nil {
		return errors.New("The file did not arrive whole. Try again.") //nolint:revive,staticcheck // shown as it is
	}
	for _, c := range message.Usable(list) {
		for _, o := range c.Options {
			if c.Name == in.Command && o.Kind == message.OptionFile {
				in.Files = map[string]message.File{o.Name: {Name: head.Filename, Type: head.Header.Get("Content-Type"), Size: head.Size, Data: data}}
				return nil
			}
		}
	}
	return nil
}

func (s *Server) press(w http.ResponseWriter, r *http.Request) {
	in := message.Interaction{Kind: message.KindComponent, Custom: r.PostFormValue("custom")}
	if v := r.PostFormValue("value"); v != "" {
		in.Values = []string{v}
	}
	s.handle(w, r, "", in)
}

// handle answers an interaction the way Discord would show the answer: to the
// asker alone, or in the channel.
func (s *Server) handle(w http.ResponseWriter, r *http.Request, asked string, in message.Interaction) {
	in.Guild, in.Channel, in.User, in.Locale, in.Manage = Guild, r.PostFormValue("channel"), "1", "en-US", true
	ctx, cancel := context.WithTimeout(r.Context(), answerTime)
	defer cancel()
	reply, err := s.Commands.Handle(ctx, in)
	if err != nil {
		if !errors.Is(err, context.Canceled) {
			s.Log.ErrorContext(ctx, "command failed", "command", in.Command, "error", err)
		}
		reply = message.Reply{Ephemeral: true, Message: message.Message{Content: "Something went wrong on our side. Try again in a minute."}}
	}
	if !reply.Ephemeral && !reply.Update {
		if _, err := s.Board.Say(in.Channel, "", reply.Message); err != nil {
			reply.Ephemeral, reply.Message = true, message.Message{Content: "Choose a channel first."}
		}
	}
	s.answer(w, r, asked, reply)
}

// answer shows a reply: as a part of the page to the script, else as a page.
func (s *Server) answer(w http.ResponseWriter, r *http.Request, asked string, reply message.Reply) {
	id := r.PostFormValue("channel")
	p, ok := s.view(id)
	if !ok {
		http.Error(w, "There is no such channel. Go back to the first page: /", http.StatusNotFound)
		return
	}
	if reply.Ephemeral || reply.Update {
		channels, _ := s.Board.Channels()
		e := s.rendering(channels).entry(p.Current.ID, Entry{ID: strconv.FormatInt(s.Now().UnixNano(), 36), At: s.Now(), Message: reply.Message})
		e.Reply, e.Files = true, download(reply.Files)
		p.Reply = &replyView{Asked: asked, Shown: e}
	}
	if r.Header.Get("X-Part") == "" {
		s.write(w, r, "page", p)
		return
	}
	w.Header().Set("X-Update", strconv.FormatBool(reply.Update))
	if p.Reply == nil {
		w.WriteHeader(http.StatusNoContent) // it came over the stream
		return
	}
	s.write(w, r, "reply", p.Reply)
}
