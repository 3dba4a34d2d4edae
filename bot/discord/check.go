package discord

import (
	"context"
	"errors"

	"newsdesk/outbox"
)

// Report is what Check found out.
type Report struct {
	BotID   string
	BotName string
	AppID   string
	AppName string
	Guilds  []Guild // servers the bot is in, up to 1,000
	Invite  string  // where the bot is added to a server
}

// Guild is a server the bot is in.
type Guild struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// guildPage is how many servers one answer lists at most.
const guildPage = 200

// Check asks Discord who the token belongs to, over HTTP only: no gateway
// session is used up. A token that Discord refuses is a *FatalError.
func Check(ctx context.Context, o Options) (Report, error) {
	o, err := o.validate()
	if err != nil {
		return Report{}, err
	}
	r := newREST(o)
	defer r.client.CloseIdleConnections()
	me, err := r.me(ctx)
	if err != nil {
		if fatal, ok := errors.AsType[*FatalError](err); ok {
			return Report{}, fatal
		}
		return Report{}, err
	}
	app, err := r.application(ctx)
	if err != nil {
		return Report{}, err
	}
	rep := Report{BotID: me.ID, BotName: me.Name, AppID: app.ID, AppName: app.Name, Invite: InviteURL(app.ID)}
	for after := "0"; len(rep.Guilds) < 5*guildPage; {
		var page []Guild
		err := r.do(ctx, call{
			name: "list the servers", method: "GET", path: "/users/@me/guilds?limit=200&after=" + after, route: "GET users/guilds",
		}, &page)
		if err != nil {
			return rep, err
		}
		rep.Guilds = append(rep.Guilds, page...)
		if len(page) < guildPage || !snowflake(page[len(page)-1].ID) {
			break
		}
		after = page[len(page)-1].ID
	}
	return rep, nil
}

// Missing returns the permissions that the bot lacks in a channel, as
// [Client.Missing] does, without a client.
func Missing(ctx context.Context, o Options, channel string, threads bool) ([]string, error) {
	o, err := o.validate()
	if err != nil {
		return nil, outbox.Permanent(err)
	}
	r := newREST(o)
	defer r.client.CloseIdleConnections()
	s, err := r.standing(ctx, channel)
	return s.missing(err, threads)
}
