package discord

import (
	"context"
	"encoding/json"
	"fmt"

	"newsdesk/bot/message"
	"newsdesk/outbox"
)

// ServerEventKind is what happened to a server.
type ServerEventKind string

// The kinds of server events.
const (
	// ServersListed names all servers that the bot is in, at each connection.
	ServersListed ServerEventKind = "listed"
	// ServerJoined says that the bot is in a server, at each connection too.
	ServerJoined ServerEventKind = "joined"
	// ServerLeft says that the bot was removed from a server. An outage is none.
	ServerLeft ServerEventKind = "left"
	// PermissionsChanged says that the bot may be allowed more or less.
	PermissionsChanged ServerEventKind = "permissions"
	// ChannelDeleted says that a channel is no more.
	ChannelDeleted ServerEventKind = "channel deleted"
)

// ServerEvent is something that happened to a server.
type ServerEvent struct {
	Kind    ServerEventKind
	Guild   string   // "" for ServersListed
	Channel string   // of ChannelDeleted, and of PermissionsChanged where it concerns one alone
	Guilds  []string // of ServersListed

	channels []channelBody // that it tells of
}

// serverEvent reads a gateway event that tells of a server, and reports
// whether it is one.
func serverEvent(kind string, data json.RawMessage) (ev ServerEvent, known bool, err error) {
	kinds := map[string]ServerEventKind{
		"GUILD_CREATE": ServerJoined, "GUILD_DELETE": ServerLeft, "CHANNEL_DELETE": ChannelDeleted,
		"GUILD_UPDATE": PermissionsChanged, "CHANNEL_UPDATE": PermissionsChanged, "GUILD_MEMBER_UPDATE": PermissionsChanged,
		"GUILD_ROLE_CREATE": PermissionsChanged, "GUILD_ROLE_UPDATE": PermissionsChanged, "GUILD_ROLE_DELETE": PermissionsChanged,
	}
	if ev.Kind, known = kinds[kind]; !known {
		return ev, false, nil
	}
	var d struct {
		ID          string `json:"id"`
		Guild       string `json:"guild_id"`
		Unavailable bool   `json:"unavailable"`
	}
	if err := json.Unmarshal(data, &d); err != nil {
		return ev, true, fmt.Errorf("read %s: %w", kind, err)
	}
	ev.Guild = d.Guild
	ev.channels = channelsOf(kind, data)
	switch kind {
	case "GUILD_CREATE", "GUILD_DELETE", "GUILD_UPDATE":
		ev.Guild = d.ID
	case "CHANNEL_DELETE", "CHANNEL_UPDATE":
		ev.Channel = d.ID
	}
	if !snowflake(ev.Guild) || ev.Channel != "" && !snowflake(ev.Channel) {
		return ev, true, fmt.Errorf("read %s: it names no server", kind)
	}
	if kind == "GUILD_DELETE" && d.Unavailable { // an outage is no farewell
		return ev, false, nil
	}
	return ev, true, nil
}

// TellOwner writes a direct message to the owner of a server. Owners who take
// no messages from the bot are an error marked by outbox.Permanent.
func (c *Client) TellOwner(ctx context.Context, guild string, m message.Message, nonce string) error {
	if err := ids("write to the owner of server "+guild, guild); err != nil {
		return err
	}
	var server struct {
		Owner string `json:"owner_id"`
	}
	if err := c.rest.do(ctx, call{
		name: "read the server", method: "GET", path: "/guilds/" + guild, route: "GET guilds", major: guild,
	}, &server); err != nil {
		return err
	}
	if !snowflake(server.Owner) {
		return outbox.Permanent(fmt.Errorf("read the server %s: Discord's answer names no owner", guild))
	}
	var dm struct {
		ID string `json:"id"`
	}
	if err := c.rest.do(ctx, call{
		name: "open a direct message", method: "POST", path: "/users/@me/channels", route: "POST users/@me/channels",
		body: map[string]any{"recipient_id": server.Owner},
	}, &dm); err != nil {
		return err
	}
	_, err := c.Create(ctx, dm.ID, m, nonce)
	return err
}
