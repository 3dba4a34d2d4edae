package discord

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strconv"

	"github.com/bwmarrin/discordgo"

	"newsdesk/bot/message"
)

// InviteURL returns the address where a server's manager adds the bot with the
// permissions of [message.Invited].
func InviteURL(appID string) string {
	return "https://discord.com/oauth2/authorize?client_id=" + url.QueryEscape(appID) +
		"&permissions=" + strconv.FormatUint(message.Invited, 10) + "&integration_type=0&scope=bot+applications.commands"
}

// Missing asks Discord which permissions the bot lacks in a channel, by the
// names that Discord's settings show; none means that it can post there.
// Errors are those of Create: [ErrChannelGone] for a channel that is no more.
// A channel that the bot cannot see is no error: View Channel is missing.
func (c *Client) Missing(ctx context.Context, channel string) ([]string, error) {
	return c.rest.missing(ctx, channel)
}

// bits are permissions; Discord writes them as decimal strings.
type bits uint64

// UnmarshalJSON reads a string or a number.
func (p *bits) UnmarshalJSON(b []byte) error {
	s := string(b)
	if u, err := strconv.Unquote(s); err == nil {
		s = u
	}
	n, err := strconv.ParseUint(s, 10, 64)
	if err != nil {
		return errors.New("permissions are not a number")
	}
	*p = bits(n)
	return nil
}

type overwrite struct {
	ID    string `json:"id"` // of a role or a member
	Type  int    `json:"type"`
	Allow bits   `json:"allow"`
	Deny  bits   `json:"deny"`
}

type role struct {
	ID          string `json:"id"`
	Permissions bits   `json:"permissions"`
}

// overwriteMember is the type of an overwrite for a member; 0 is for a role.
const overwriteMember = 1

type channelBody struct {
	ID         string      `json:"id"`
	Type       int         `json:"type"`
	Guild      string      `json:"guild_id"`
	Parent     string      `json:"parent_id"`
	Overwrites []overwrite `json:"permission_overwrites"`
	Tags       []tagBody   `json:"available_tags"`
}

func (c channelBody) isThread() bool { return c.Type >= 10 && c.Type <= 12 }

func (r *rest) missing(ctx context.Context, channel string) ([]string, error) {
	ch, err := r.channel(ctx, channel)
	kind := ch.about().Kind
	if err == nil && ch.isThread() { // a thread has its channel's permissions
		ch, err = r.channel(ctx, ch.Parent)
	}
	if errors.Is(err, ErrNoAccess) {
		return message.Missing(kind, ^uint64(discordgo.PermissionViewChannel|discordgo.PermissionAdministrator)), nil
	}
	if err != nil {
		return nil, err
	}
	if ch.Guild == "" {
		return nil, nil // a direct message knows no permissions
	}
	if err := ids("read permissions", ch.Guild); err != nil {
		return nil, err
	}
	me, err := r.me(ctx)
	if err != nil {
		return nil, err
	}
	var roles []role
	if err := r.do(ctx, call{
		name: "read the server's roles", method: "GET", path: "/guilds/" + ch.Guild + "/roles",
		route: "GET guilds/roles", major: ch.Guild, channel: channel,
	}, &roles); err != nil {
		return nil, err
	}
	var member struct {
		Roles []string `json:"roles"`
	}
	if err := r.do(ctx, call{
		name: "read the bot's roles", method: "GET", path: "/guilds/" + ch.Guild + "/members/" + me.ID,
		route: "GET guilds/members", major: ch.Guild, channel: channel,
	}, &member); err != nil {
		return nil, err
	}
	return message.Missing(kind, permissionsOf(me.ID, member.Roles, ch, roles)), nil
}

func (r *rest) channel(ctx context.Context, id string) (channelBody, error) {
	var ch channelBody
	if err := ids(fmt.Sprintf("read channel %q", id), id); err != nil {
		return ch, err
	}
	err := r.do(ctx, call{
		name: "read the channel", method: "GET", path: "/channels/" + id, route: "GET channels", major: id, channel: id,
	}, &ch)
	return ch, err
}

// permissionsOf computes a member's permissions in a channel: the roles' taken
// together, then the channel's overwrites for everyone, for the roles and for
// the member.
// Source: https://discord.com/developers/docs/topics/permissions#permission-overwrites
func permissionsOf(member string, memberRoles []string, ch channelBody, roles []role) uint64 {
	has := map[string]bool{ch.Guild: true} // the role @everyone has the server's id
	for _, id := range memberRoles {
		has[id] = true
	}
	var p bits
	for _, ro := range roles {
		if has[ro.ID] {
			p |= ro.Permissions
		}
	}
	if p&discordgo.PermissionAdministrator != 0 {
		return ^uint64(0)
	}
	var everyone, ofRoles, own overwrite
	for _, o := range ch.Overwrites {
		switch {
		case o.Type == overwriteMember:
			if o.ID == member {
				own = o
			}
		case o.ID == ch.Guild:
			everyone = o
		case has[o.ID]:
			ofRoles.Allow |= o.Allow
			ofRoles.Deny |= o.Deny
		}
	}
	for _, o := range []overwrite{everyone, ofRoles, own} {
		p = p&^o.Deny | o.Allow
	}
	return uint64(p)
}
