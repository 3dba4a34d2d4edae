package preview

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"newsdesk/bot/message"
)

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
