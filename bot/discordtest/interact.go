package discordtest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"
)

// ErrNotOffered is returned for an interaction that Discord's client would
// not let a person make: an unknown command, a missing option, a disabled
// button, a permission that the person lacks.
var ErrNotOffered = errors.New("discord would not offer this")

// Interaction is something a person does. Set Command for a slash command
// ("feed add" for a subcommand), Command and Focused for autocompletion,
// Custom for a button or menu, Custom and Fields to send off a modal.
type Interaction struct {
	Guild   *Guild   // nil = that of Channel
	Channel *Channel // a direct message has no guild
	User    string   // id; "" = a reader who is made for it

	Command string
	// Options by name. Values are typed by the registered command; channels
	// may be a *Channel or an id, numbers may be written as text, what is
	// attached is a File.
	Options map[string]any
	Focused string // the option that is being typed
	Target  string // message or user id, for context menu commands

	Custom    string
	Values    []string
	MessageID string // holds the component; "" = the newest that does
	Fields    map[string]string

	Locale      string // "" = "en-US"
	Permissions uint64 // the person's, added to those of their roles
}

// Choice is one suggestion of an autocompletion.
type Choice struct {
	Name  string `json:"name"`
	Value any    `json:"value"`
}

// Response is the first answer to an interaction.
type Response struct {
	ID, Token string
	Type      int // Discord's number: 4 message, 5 and 6 deferred, 7 update, 8 choices, 9 modal
	Deferred  bool
	Ephemeral bool
	Update    bool            // changes the message that holds the component
	Data      json.RawMessage // the data of the answer
	Message   Message         // as it was when the answer came; zero for choices and modals
	Choices   []Choice
	After     time.Duration // until the answer, on the injected clock

	s  *Server
	it *interaction
}

// Interact does something as a person, and waits for the first answer. It
// waits for a gateway session where there is none yet.
func (s *Server) Interact(ctx context.Context, in Interaction) (*Response, error) {
	if err := s.WaitFor(ctx, s.hasSession); err != nil {
		return nil, fmt.Errorf("%s: no gateway session: %w", in, err)
	}
	it, err := s.send(in)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", in, err)
	}
	if err := s.WaitFor(ctx, func() bool { return s.isAnswered(it) }); err != nil {
		return nil, fmt.Errorf("%s: not answered: %w", in, err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	r := &Response{
		ID: it.id, Token: it.token, Type: it.answer, Data: it.data, After: it.answerAt.Sub(it.created), s: s, it: it,
		Deferred: it.answer == answerDefer || it.answer == answerDeferUpdate,
		Update:   it.answer == answerUpdate || it.answer == answerDeferUpdate,
	}
	if it.original != nil {
		r.Message, r.Ephemeral = s.public(it.original), it.original.ephemeral
	}
	if it.answer == answerAutocompletion {
		var d struct {
			Choices []Choice `json:"choices"`
		}
		if err := json.Unmarshal(it.data, &d); err != nil {
			return nil, fmt.Errorf("%s: choices: %w", in, err)
		}
		r.Choices = d.Choices
	}
	return r, nil
}

// String names the interaction in errors.
func (in Interaction) String() string {
	switch {
	case in.Command != "" && in.Focused != "":
		return "completion of /" + in.Command + " " + in.Focused
	case in.Command != "":
		return "/" + in.Command
	case in.Fields != nil:
		return "modal " + in.Custom
	}
	return "component " + in.Custom
}

func (s *Server) hasSession() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.sessions) > 0
}

func (s *Server) isAnswered(it *interaction) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return it.answered
}

// send makes the interaction and its event.
func (s *Server) send(in Interaction) (*interaction, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if in.Channel == nil {
		return nil, fmt.Errorf("%w: no channel", ErrNotOffered)
	}
	if in.Guild == nil {
		in.Guild = in.Channel.guild
	}
	if in.User == "" {
		in.User = s.reader()
	}
	if in.Locale == "" {
		in.Locale = "en-US"
	}
	s.userByID(in.User)
	if in.Guild != nil {
		if _, member := in.Guild.members[in.User]; !member {
			in.Guild.members[in.User] = nil
		}
	}
	it := &interaction{id: s.newID(), created: s.now(), channel: in.Channel, user: in.User, command: in.Command}
	it.token = "aW50ZXJhY3Rpb246" + it.id
	var data map[string]any
	var err error
	switch {
	case in.Command != "":
		it.kind, data, err = s.commandData(in)
	case in.Fields != nil:
		it.kind = kindModal
		data, it.source, err = s.modalData(in)
	default:
		it.kind = kindComponent
		data, it.source, err = s.componentData(in)
	}
	if err != nil {
		return nil, err
	}
	s.interactions[it.token] = it
	if s.tokens = append(s.tokens, it.token); s.o.Keep > 0 && len(s.tokens) > s.o.Keep {
		delete(s.interactions, s.tokens[0])
		s.tokens = s.tokens[1:]
	}
	guildID := ""
	if in.Guild != nil {
		guildID = in.Guild.ID
	}
	if s.dispatch(guildID, intentNone, "INTERACTION_CREATE", s.interactionJSON(it, in, data)) == 0 {
		return nil, errors.New("no session serves the guild's shard")
	}
	return it, nil
}

// reader is the person who acts where a test names none.
func (s *Server) reader() string {
	for id, u := range s.users {
		if u.name == "reader" {
			return id
		}
	}
	u := &user{id: s.newID(), name: "reader"}
	s.users[u.id] = u
	return u.id
}

// rights returns what the person may do in the channel.
func (s *Server) rights(in Interaction) uint64 {
	return s.permissions(in.User, in.Channel) | in.Permissions
}

// interactionJSON is the interaction object.
func (s *Server) interactionJSON(it *interaction, in Interaction, data map[string]any) map[string]any {
	out := map[string]any{
		"id": it.id, "application_id": s.o.ApplicationID, "type": it.kind, "token": it.token, "version": 1, "data": data,
		"channel_id": in.Channel.ID, "channel": s.channelJSON(in.Channel, map[string]any{"permissions": bits(s.rights(in))}),
		"app_permissions": bits(s.permissions(s.o.BotID, in.Channel)), "locale": in.Locale, "entitlements": []any{},
		"authorizing_integration_owners": it.owners(), "attachment_size_limit": maxFile, "context": 1,
	}
	if it.source != nil {
		out["message"] = s.messageJSON(it.source)
	}
	if in.Guild == nil {
		out["user"] = s.userByID(in.User).json()
		return out
	}
	member := s.memberJSON(in.Guild, in.User, true)
	member["permissions"] = bits(s.rights(in))
	out["context"], out["guild_id"], out["guild_locale"], out["member"] = 0, in.Guild.ID, "en-US", member
	out["guild"] = map[string]any{"id": in.Guild.ID, "locale": "en-US", "features": []any{}}
	return out
}

// Wait waits for what a deferred answer becomes: the edit of @original. For
// other answers it returns at once. It returns the message as it is then.
func (r *Response) Wait(ctx context.Context) (Message, error) {
	var m Message
	var gone bool
	err := r.s.WaitFor(ctx, func() bool {
		r.s.mu.Lock()
		defer r.s.mu.Unlock()
		o := r.it.original
		if o == nil {
			return true
		}
		m, gone = r.s.public(o), o.deleted
		switch r.it.answer {
		case answerDefer:
			return gone || o.flags&FlagLoading == 0
		case answerDeferUpdate:
			return gone || o.edits > r.it.editsThen
		}
		return true
	})
	switch {
	case err != nil:
		return m, fmt.Errorf("deferred answer: %w", err)
	case gone:
		return m, errors.New("the answer was deleted")
	}
	r.Message = m
	return m, nil
}

// Followups returns the further messages of the interaction, oldest first,
// without deleted ones.
func (r *Response) Followups() []Message {
	r.s.mu.Lock()
	defer r.s.mu.Unlock()
	var list []Message
	for _, m := range r.it.followups {
		if !m.deleted {
			list = append(list, r.s.public(m))
		}
	}
	return list
}

// visible finds the message that holds a component for a person: the one
// named, else the newest of the channel, ephemeral ones included.
func (s *Server) visible(in Interaction) *message {
	all := slices.Clone(in.Channel.messages)
	for _, it := range s.interactions {
		for _, m := range append([]*message{it.original}, it.followups...) {
			if m != nil && m.ephemeral && !m.deleted && m.channel == in.Channel && it.user == in.User {
				all = append(all, m)
			}
		}
	}
	var found *message
	for _, m := range all {
		switch {
		case in.MessageID != "" && m.id != in.MessageID:
		case found != nil && older(m.id, found.id):
		case s.component(m, in.Custom) != nil:
			found = m
		}
	}
	return found
}

// component finds a button or menu of a message by its custom id.
func (s *Server) component(m *message, custom string) *Component {
	for _, c := range s.public(m).Buttons {
		if c.CustomID == custom {
			return &c
		}
	}
	return nil
}
