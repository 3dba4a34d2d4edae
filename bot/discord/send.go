package discord

import (
	"context"
	"errors"
	"fmt"

	"newsdesk/bot/message"
	"newsdesk/outbox"
)

const (
	maxNonce       = 25   // characters
	maxThreadName  = 100  // characters
	archiveMinutes = 1440 // a thread nobody writes in is put away after a day
)

// Create posts a message and returns its id. nonce names the post, in at most
// 25 characters: when the same bot sends it again within some minutes, Discord
// returns the first message and makes no second one. So after an error that is
// not permanent the call is repeated with the same nonce.
func (c *Client) Create(ctx context.Context, channel string, m message.Message, nonce string) (string, error) {
	name := "post to channel " + channel
	if err := ids(name, channel); err != nil {
		return "", err
	}
	if nonce == "" || len(nonce) > maxNonce {
		return "", outbox.Permanent(fmt.Errorf("%s: a nonce has 1 to %d characters", name, maxNonce))
	}
	body := encode(m)
	if body.empty() {
		return "", outbox.Permanent(fmt.Errorf("%s: %w", name, ErrEmptyMessage))
	}
	body.Nonce, body.EnforceNonce = nonce, true
	var made struct {
		ID string `json:"id"`
	}
	err := c.rest.do(ctx, call{
		name: "post", method: "POST", path: "/channels/" + channel + "/messages",
		route: "POST channels/messages", major: channel, channel: channel, body: body,
	}, &made)
	if err != nil {
		return "", err
	}
	if !snowflake(made.ID) {
		return "", fmt.Errorf("%s: Discord's answer names no message", name)
	}
	return made.ID, nil
}

// Edit makes a message of the bot's read as m: what m has not is taken away.
// Whether it arrived silently cannot be changed any more. [ErrMessageGone] tells
// the caller to say it in another way, [ErrTooOldToEdit] to do it later.
func (c *Client) Edit(ctx context.Context, channel, id string, m message.Message) error {
	name := "edit message " + id + " in channel " + channel
	if err := ids(name, channel, id); err != nil {
		return err
	}
	body := encode(m)
	if body.empty() {
		return outbox.Permanent(fmt.Errorf("%s: %w", name, ErrEmptyMessage))
	}
	body.Flags = 0
	return c.rest.do(ctx, call{
		name: "edit message " + id, method: "PATCH", path: "/channels/" + channel + "/messages/" + id,
		route: "PATCH channels/messages", major: channel, channel: channel, body: body,
	}, nil)
}

// StartThread opens a thread under a message and returns its id, which is the
// message's. A thread that is there already is as good. name is cut to 100
// characters.
func (c *Client) StartThread(ctx context.Context, channel, id, name string) (string, error) {
	what := "start a thread under message " + id
	if err := ids(what, channel, id); err != nil {
		return "", err
	}
	var made struct {
		ID string `json:"id"`
	}
	err := c.rest.do(ctx, call{
		name: what, method: "POST", path: "/channels/" + channel + "/messages/" + id + "/threads",
		route: "POST channels/messages/threads", major: channel, channel: channel,
		body: map[string]any{"name": threadTitle(name), "auto_archive_duration": archiveMinutes},
	}, &made)
	if hasCode(err, codeThreadExists) {
		return id, nil
	}
	if err != nil {
		return "", err
	}
	if !snowflake(made.ID) {
		return id, nil // a thread under a message has the message's id
	}
	return made.ID, nil
}

// ids checks identifiers that become part of an address.
func ids(name string, ids ...string) error {
	for _, id := range ids {
		if !snowflake(id) {
			return outbox.Permanent(fmt.Errorf("%s: %w", name, errors.New("this is no Discord id")))
		}
	}
	return nil
}
