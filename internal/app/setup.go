package app

import (
	"context"
	"errors"

	"newsdesk/bot/discord"
	"newsdesk/store"
)

// Bot is what Discord says of the bot that a token belongs to.
type Bot struct {
	Name    string
	Servers []string // names of the servers that it is in
	Invite  string   // link that adds it to a server, with the permissions that it needs
}

// FindBot asks Discord who the configured token belongs to. An error is one
// sentence for the operator; refused tells a token that Discord refuses from a
// Discord that could not be asked.
func FindBot(ctx context.Context, o Options) (b Bot, refused bool, err error) {
	return findBot(ctx, o, nil)
}

// findBot is FindBot with the memory of what Discord wants to be waited for;
// db may be nil.
func findBot(ctx context.Context, o Options, db *store.DB) (b Bot, refused bool, err error) {
	r, err := discord.Check(ctx, discordOptions(o, db))
	if err != nil {
		_, refused = errors.AsType[*discord.FatalError](err)
		if !refused && ctx.Err() == nil {
			err = &unreachableError{o.Config.Discord.APIURL, err}
		}
		return Bot{}, refused, err
	}
	b = Bot{Name: r.BotName, Invite: r.Invite}
	for _, g := range r.Guilds {
		b.Servers = append(b.Servers, g.Name)
	}
	return b, false, nil
}

// unreachableError says that Discord could not be asked.
type unreachableError struct {
	api   string // "" is Discord's own
	cause error
}

// Error says what to look at.
func (e *unreachableError) Error() string {
	if e.api != "" {
		return "nothing usable answers at " + e.api + ": check discord.api_url (" + e.cause.Error() + ")"
	}
	return "Discord could not be asked: check the network, and https://discordstatus.com (" + e.cause.Error() + ")"
}

// Unwrap returns what went wrong.
func (e *unreachableError) Unwrap() error { return e.cause }
