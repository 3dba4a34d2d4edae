package discordtest

import (
	"encoding/json"
	"errors"
	"slices"
	"time"
)

var errClosed = errors.New("the fake Discord is closed")

const (
	answerWithin = 3 * time.Second  // for the first answer
	tokenLife    = 15 * time.Minute // for all that follows
)

// Kinds of interaction.
const (
	kindCommand      = 2
	kindComponent    = 3
	kindAutocomplete = 4
	kindModal        = 5
)

// Kinds of first answer.
const (
	answerMessage        = 4
	answerDefer          = 5
	answerDeferUpdate    = 6
	answerUpdate         = 7
	answerAutocompletion = 8
	answerModal          = 9
)

// interaction is one interaction on the server's side.
type interaction struct {
	id, token string
	kind      int
	created   time.Time
	channel   *Channel
	user      string
	command   string   // for commands and autocompletion
	source    *message // that holds the component

	answered  bool
	answer    int
	answerAt  time.Time
	data      json.RawMessage
	original  *message
	followups []*message
	editsThen int // of the original, when the update was deferred
}

// shownModal is a modal that is open at a person's.
type shownModal struct {
	data   json.RawMessage
	source *message // holds the component that led to it, nil for a command
}

// answersTo lists the kinds of answer that an interaction takes.
func (it *interaction) answersTo() []int {
	switch it.kind {
	case kindAutocomplete:
		return []int{answerAutocompletion}
	case kindComponent:
		return []int{answerMessage, answerDefer, answerDeferUpdate, answerUpdate, answerModal}
	case kindModal:
		if it.source != nil {
			return []int{answerMessage, answerDefer, answerDeferUpdate, answerUpdate}
		}
		return []int{answerMessage, answerDefer}
	}
	return []int{answerMessage, answerDefer, answerModal}
}

func (s *Server) postCallback(c *call) answer {
	it := s.interactions[c.params["interaction_token"]]
	now := s.now()
	switch {
	case it == nil || it.id != c.params["interaction_id"]:
		return refuse(errUnknownInteraction)
	case it.answered:
		return refuse(errAcknowledged)
	case now.Sub(it.created) > answerWithin:
		return refuse(errUnknownInteraction)
	}
	body := c.object()
	kind := number(body["type"])
	if !slices.Contains(it.answersTo(), kind) {
		v := violation{[]string{"type"}, "BASE_TYPE_CHOICES", "Value is no answer to this kind of interaction."}
		s.refusal(c, v.String())
		return refuse(invalidForm([]violation{v}))
	}
	data, _ := body["data"].(map[string]any)
	if kind == answerUpdate {
		if err := fits(it.source, data); err != nil {
			s.refusal(c, err.message)
			return refuse(err)
		}
	}
	it.answered, it.answer, it.answerAt = true, kind, now
	it.data = dataOf(s.requests[c.index].Body)
	switch kind {
	case answerMessage, answerDefer:
		it.original = s.reply(it, data, c, kind == answerDefer)
	case answerDeferUpdate:
		it.original, it.editsThen = it.source, it.source.edits
	case answerUpdate:
		it.original = it.source
		s.editBy(it.source, data, c)
	case answerModal:
		if id, isText := data["custom_id"].(string); isText {
			s.modals[it.user+" "+id] = shownModal{it.data, it.source}
		}
	}
	if c.query.Get("with_response") != "true" {
		return noContent()
	}
	return ok(it.callbackJSON(s))
}

// callbackJSON is the answer to a callback that asked for one.
func (it *interaction) callbackJSON(s *Server) map[string]any {
	about := map[string]any{"id": it.id, "type": it.kind}
	out := map[string]any{"interaction": about}
	if it.original == nil {
		return out
	}
	about["response_message_id"] = it.original.id
	about["response_message_ephemeral"] = it.original.ephemeral
	about["response_message_loading"] = it.original.flags&FlagLoading != 0
	out["resource"] = map[string]any{"type": it.answer, "message": s.messageJSON(it.original)}
	return out
}

func dataOf(body json.RawMessage) json.RawMessage {
	var v struct {
		Data json.RawMessage `json:"data"`
	}
	if json.Unmarshal(body, &v) != nil {
		return nil
	}
	return v.Data
}

// reply makes the message of an answer. Ephemeral ones are in no history.
func (s *Server) reply(it *interaction, data map[string]any, c *call, loading bool) *message {
	m := s.compose(it.channel, s.o.BotID, data, c)
	m.object["application_id"], m.object["webhook_id"] = s.o.ApplicationID, s.o.ApplicationID
	metadata := map[string]any{
		"id": it.id, "type": it.kind, "user": s.userByID(it.user).json(),
		"authorizing_integration_owners": it.owners(),
	}
	m.object["type"] = 0
	if it.kind == kindCommand {
		m.object["type"] = 20
		metadata["name"] = it.command
	}
	if it.source != nil {
		m.object["type"] = 19
		m.object["message_reference"] = map[string]any{"message_id": it.source.id, "channel_id": it.channel.ID, "type": 0}
		if it.kind == kindComponent {
			metadata["interacted_message_id"] = it.source.id
		}
	}
	m.object["interaction_metadata"] = metadata
	if loading {
		m.flags |= FlagLoading
	}
	s.place(m)
	return m
}

// place puts the message of an answer into the channel, unless it is
// ephemeral.
func (s *Server) place(m *message) {
	m.ephemeral = m.flags&FlagEphemeral != 0
	if m.ephemeral {
		return
	}
	m.channel.messages = append(m.channel.messages, m)
	m.channel.sent++
	s.dispatchMessage(m.channel, "MESSAGE_CREATE", s.messageJSON(m))
}

// owners says by whose installation the interaction came about.
func (it *interaction) owners() map[string]any {
	if it.channel.guild == nil {
		return map[string]any{"0": "0"}
	}
	return map[string]any{"0": it.channel.guild.ID}
}

// editBy applies a body that is part of a request's.
func (s *Server) editBy(m *message, body map[string]any, c *call) {
	part := *c
	part.body = any(body)
	s.edit(m, &part)
}

// webhookOf finds the interaction behind a webhook's address, and the message
// that the address names.
func (s *Server) webhookOf(c *call) (*interaction, *message, *apiError) {
	it := s.interactions[c.params["webhook_token"]]
	switch {
	case c.params["webhook_id"] != s.o.ApplicationID:
		return nil, nil, errUnknownWebhook
	case it == nil || s.now().Sub(it.created) > tokenLife:
		return nil, nil, errWebhookToken
	case !it.answered:
		return nil, nil, errUnknownWebhook
	}
	id := c.params["message_id"]
	if m := it.original; m != nil && !m.deleted && (id == "" || id == m.id) {
		return it, m, nil
	}
	for _, m := range it.followups {
		if m.id == id && !m.deleted {
			return it, m, nil
		}
	}
	return it, nil, errUnknownMessage
}

func (s *Server) getWebhookMessage(c *call) answer {
	_, m, err := s.webhookOf(c)
	if err != nil {
		return refuse(err)
	}
	return ok(s.messageJSON(m))
}

func (s *Server) patchWebhookMessage(c *call) answer {
	_, m, err := s.webhookOf(c)
	if err == nil {
		if e := fits(m, c.object()); e != nil {
			s.refusal(c, e.message)
			err = e
		}
	}
	if err != nil {
		return refuse(err)
	}
	if m.flags&FlagLoading != 0 {
		s.complete(m, c)
	} else {
		s.edit(m, c)
	}
	return ok(s.messageJSON(m))
}

// complete fills the message of a deferred answer: to readers it is new.
func (s *Server) complete(m *message, c *call) {
	m.flags = m.flags&^FlagLoading | number(c.object()["flags"])&(FlagSuppressEmbeds|FlagComponentsV2)
	s.fill(m, c.object(), c)
	if !m.ephemeral {
		s.dispatchMessage(m.channel, "MESSAGE_UPDATE", s.messageJSON(m))
	}
}

func (s *Server) postFollowup(c *call) answer {
	it, original, err := s.webhookOf(c)
	if err != nil && !errors.Is(err, errUnknownMessage) {
		return refuse(err)
	}
	if original != nil && original.flags&FlagLoading != 0 {
		s.complete(original, c) // the first follow-up takes the place of "thinking"
		return ok(s.messageJSON(original))
	}
	if it.answer == answerAutocompletion {
		return refuse(errUnknownWebhook)
	}
	m := s.compose(it.channel, s.o.BotID, c.object(), c)
	m.object["application_id"], m.object["webhook_id"] = s.o.ApplicationID, s.o.ApplicationID
	s.place(m)
	it.followups = append(it.followups, m)
	return ok(s.messageJSON(m))
}

func (s *Server) deleteWebhookMessage(c *call) answer {
	_, m, err := s.webhookOf(c)
	if err != nil {
		return refuse(err)
	}
	if m.ephemeral {
		m.deleted = true
	} else {
		m.channel.delete(m.id)
	}
	return noContent()
}

// Error makes the table of refusals usable with errors.Is.
func (e *apiError) Error() string { return e.message }
