package discord

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"strconv"
	"time"

	"newsdesk/bot/message"
	"newsdesk/outbox"
)

// Kinds of answer to an interaction.
// Source: https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object-interaction-callback-type
const (
	respondMessage      = 4
	respondDeferMessage = 5
	respondDeferUpdate  = 6
	respondUpdate       = 7
	respondSuggestions  = 8
	maxSuggestions      = 25
	maxSuggestion       = 100 // characters of a suggestion's name or value
	firstRetry          = 100 * time.Millisecond
	callbackTries       = 4
)

// callback is the first answer to an interaction.
type callback struct {
	Type int `json:"type"`
	Data any `json:"data,omitempty"`
}

// suggestion is one choice of an autocompletion.
type suggestion struct {
	Name  string `json:"name"`
	Value any    `json:"value"`
}

// apology is what a person sees of an error.
func apology() message.Reply {
	return message.Reply{Message: message.Message{Content: sorry}, Ephemeral: true}
}

// reply is what to show for a result.
func (r result) shown() message.Reply {
	if r.err != nil || encode(r.reply.Message).empty() {
		return apology()
	}
	return r.reply
}

// answer gives the whole answer at once.
func (t *talk) answer(ctx context.Context, res result) {
	shown := res.shown()
	err := t.first(ctx, callbackOf(t, shown), shown.Files...)
	if errors.Is(err, ErrRefused) && !hasCode(err, codeUnknownInteraction) {
		t.refused(ctx, err)
		err = t.first(ctx, callbackOf(t, apology()))
	}
	t.lost(ctx, err)
}

func callbackOf(t *talk, r message.Reply) callback {
	body := encode(r.Message)
	body.Attachments = attachments(r.Files)
	if r.Update && t.in.Kind == message.KindComponent {
		body.Flags = 0
		return callback{Type: respondUpdate, Data: body}
	}
	if r.Ephemeral {
		body.Flags |= flagEphemeral
	}
	return callback{Type: respondMessage, Data: body}
}

// deferAnswer says that the answer will come, and reports whether that arrived.
// For a button it says so silently: whether its message will change or a new
// one come is not known yet, and this leaves both open.
func (t *talk) deferAnswer(ctx context.Context, public bool) bool {
	cb := callback{Type: respondDeferMessage}
	switch {
	case t.in.Kind == message.KindComponent:
		cb.Type = respondDeferUpdate
	case !public:
		cb.Data = map[string]int{"flags": flagEphemeral}
	}
	err := t.first(ctx, cb)
	t.lost(ctx, err)
	return err == nil
}

// complete gives the answer after it was deferred.
func (t *talk) complete(ctx context.Context, res result) {
	err := t.later(ctx, res.shown())
	if errors.Is(err, ErrRefused) {
		t.refused(ctx, err)
		err = t.later(ctx, apology())
	}
	t.lost(ctx, err)
}

func (t *talk) later(ctx context.Context, r message.Reply) error {
	body := encode(r.Message)
	body.Attachments = attachments(r.Files)
	webhook := "/webhooks/" + t.app + "/" + url.PathEscape(t.token)
	if t.in.Kind == message.KindComponent && !r.Update {
		if r.Ephemeral {
			body.Flags |= flagEphemeral
		}
		return t.c.rest.do(ctx, call{
			name: "follow up an interaction", method: "POST", path: webhook + "?wait=true", body: body, files: r.Files, interaction: true,
		}, nil)
	}
	body.Flags = 0
	return t.again(ctx, call{
		name: "complete the answer to an interaction", method: "PATCH", path: webhook + "/messages/@original", body: body, files: r.Files, interaction: true,
	})
}

// suggest answers an autocompletion; without a result the list is empty.
func (t *talk) suggest(ctx context.Context, res result) {
	if res.err != nil && !errors.Is(res.err, context.DeadlineExceeded) {
		t.log(ctx, res.err)
	}
	list := make([]suggestion, 0, maxSuggestions)
	choices := res.reply.Choices
	if res.err != nil {
		choices = nil
	}
	for _, ch := range choices {
		// A value that was cut would mean something else.
		if ch.Name == "" || len([]rune(ch.Value)) > maxSuggestion || len(list) == maxSuggestions {
			continue
		}
		list = append(list, suggestion{Name: cut(ch.Name, maxSuggestion), Value: t.c.suggestible(t.in, ch.Value)})
	}
	cb := callback{Type: respondSuggestions, Data: map[string]any{"choices": list}}
	t.lost(ctx, t.first(ctx, cb))
}

// suggestible turns a choice's value into the kind of the option being typed.
func (c *Client) suggestible(in message.Interaction, value string) any {
	for _, o := range c.commands[in.Command].Options {
		if _, err := strconv.ParseInt(value, 10, 64); o.Name == in.Focused && o.Kind == message.OptionInteger && err == nil {
			return json.Number(value)
		}
	}
	return value
}

// first sends the first answer. One that turns out to have arrived before is
// as good.
func (t *talk) first(ctx context.Context, cb callback, files ...message.File) error {
	err := t.again(ctx, call{
		name: "answer an interaction", method: "POST", body: cb, files: files, interaction: true,
		path: "/interactions/" + t.id + "/" + url.PathEscape(t.token) + "/callback",
	})
	if hasCode(err, codeAlreadyAcknowledged) {
		return nil
	}
	return err
}

// again makes a call that may be repeated without harm, some times in quick
// succession: a person is waiting.
func (t *talk) again(ctx context.Context, c call) error {
	pause := firstRetry
	for try := 1; ; try++ {
		err := t.c.rest.do(ctx, c, nil)
		if _, limited := outbox.Wait(err); err == nil || limited || outbox.IsPermanent(err) || try == callbackTries {
			return err
		}
		if !sleep(ctx, pause) {
			return err
		}
		pause *= 2
	}
}

// refused tells the operator that a message of ours was not taken as it was.
func (t *talk) refused(ctx context.Context, err error) {
	t.c.opt.Log.ErrorContext(ctx, "discord refuses an answer", "command", t.in.Command, "error", err)
}

// lost tells the operator that a person got no answer.
func (t *talk) lost(ctx context.Context, err error) {
	if err != nil {
		t.c.opt.Log.WarnContext(ctx, "answer lost", "command", t.in.Command, "error", err)
	}
}
