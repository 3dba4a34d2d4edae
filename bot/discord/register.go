package discord

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"newsdesk/outbox"
)

// registered is a command as Discord returns it.
type registered struct {
	ID string `json:"id"`
	commandBody
}

// keepRegistering registers the commands, trying again until it is done, ctx
// ends or Discord refuses them for good.
func (c *Client) keepRegistering(ctx context.Context) {
	wait := c.opt.Timing.Register
	for {
		changed, err := c.register(ctx)
		switch {
		case err == nil:
			c.opt.Log.InfoContext(ctx, "commands registered", "count", len(c.commands), "changed", changed)
			return
		case ctx.Err() != nil:
			return
		case outbox.IsPermanent(err):
			c.opt.Log.ErrorContext(ctx, "discord refuses the commands", "error", err)
			return
		}
		if _, fatal := errors.AsType[*FatalError](err); fatal {
			return // Run returns it
		}
		pause := wait
		if asked, ok := outbox.Wait(err); ok {
			pause = max(pause, asked)
		}
		c.opt.Log.WarnContext(ctx, "commands not registered yet", "error", err, "retry_in", pause)
		if !sleep(ctx, pause) {
			return
		}
		wait = min(2*wait, 5*time.Minute)
	}
}

// register makes Discord's list of the bot's commands equal to the handler's,
// writing it (PUT: all at once) only where it differs: Discord counts writes.
func (c *Client) register(ctx context.Context) (changed bool, err error) {
	app, err := c.rest.application(ctx)
	if err != nil {
		return false, err
	}
	list := c.handler.List()
	want := make([]commandBody, 0, len(list))
	for _, cmd := range list {
		want = append(want, encodeCommand(cmd))
	}
	path := "/applications/" + app.ID + "/commands"
	var raw []json.RawMessage
	if err := c.rest.do(ctx, call{
		name: "read the commands", method: "GET", path: path, route: "GET applications/commands", major: app.ID,
	}, &raw); err != nil {
		return false, err
	}
	have := make([]registered, len(raw))
	bodies := make([]commandBody, len(raw))
	for i := range raw {
		if json.Unmarshal(raw[i], &have[i]) != nil {
			changed = true // not one of ours
		}
		bodies[i] = have[i].commandBody
	}
	if changed || !sameCommands(bodies, want) {
		changed = true
		if err := c.rest.do(ctx, call{
			name: "write the commands", method: "PUT", path: path, route: "PUT applications/commands", major: app.ID, body: want,
		}, &have); err != nil {
			return false, err
		}
	}
	byName := make(map[string]string, len(have))
	for _, h := range have {
		byName[h.Name] = h.ID
	}
	c.ids.Store(&byName)
	return changed, nil
}

// application is what Discord says of the bot's application.
type application struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// application asks which application the token belongs to.
func (r *rest) application(ctx context.Context) (application, error) {
	var a application
	err := r.do(ctx, call{
		name: "ask for the application", method: "GET", path: "/applications/@me", route: "GET applications/@me",
	}, &a)
	if errors.Is(err, errNoRoute) { // its older name
		err = r.do(ctx, call{
			name: "ask for the application", method: "GET", path: "/oauth2/applications/@me", route: "GET oauth2/applications/@me",
		}, &a)
	}
	if err != nil {
		return a, err
	}
	if !snowflake(a.ID) {
		return a, errors.New("ask for the application: Discord's answer names none")
	}
	return a, nil
}

// user is a user of Discord's, here the bot.
type user struct {
	ID   string `json:"id"`
	Name string `json:"username"`
	Bot  bool   `json:"bot"`
}

// me asks who the bot is.
func (r *rest) me(ctx context.Context) (user, error) {
	var u user
	err := r.do(ctx, call{name: "ask for the bot's user", method: "GET", path: "/users/@me", route: "GET users/@me"}, &u)
	if err != nil {
		return u, err
	}
	if !snowflake(u.ID) {
		return u, errors.New("ask for the bot's user: Discord's answer names none")
	}
	return u, nil
}

// UnmarshalJSON reads a choice and keeps a number as it was written, so that
// 5 stays 5.
func (c *choiceBody) UnmarshalJSON(b []byte) error {
	var raw struct {
		Name  string          `json:"name"`
		Value json.RawMessage `json:"value"`
	}
	if err := json.Unmarshal(b, &raw); err != nil {
		return err
	}
	c.Name = raw.Name
	var s string
	if json.Unmarshal(raw.Value, &s) == nil {
		c.Value = s
		return nil
	}
	c.Value = json.Number(string(raw.Value))
	return nil
}
