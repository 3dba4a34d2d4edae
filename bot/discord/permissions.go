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
// A channel that the bot cannot see is no error: View Channel is missing. threads
// says that messages get threads there.
func (c *Client) Missing(ctx context.Context, channel string, threads bool) ([]string, error) {
	s, err := c.rest.standing(ctx, channel)
	if s.read {
		c.atlas.learn(channel, s.about)
	}
	return s.missing(err, threads)
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
	Mentionable bool   `json:"mentionable"`
}

// overwriteMember is the type of an overwrite for a member; 0 is for a role.
const overwriteMember = 1

type channelBody struct {
	ID         string      `json:"id"`
	Type       int         `json:"type"`
	Guild      string      `json:"guild_id"`
	Parent     string      `json:"parent_id"`
	Flags      int         `json:"flags"`
	Overwrites []overwrite `json:"permission_overwrites"`
	Tags       []tagBody   `json:"available_tags"`
}

func (c channelBody) isThread() bool { return c.Type >= 10 && c.Type <= 12 }

// Notifies says whether a role exists in a channel's server, and whether those
// who have it are notified where the bot names it there: the role can be
// mentioned by anyone, or the bot may mention all of them. Errors are those of
// Create.
// Source: https://discord.com/developers/docs/topics/permissions, MENTION_EVERYONE
func (c *Client) Notifies(ctx context.Context, channel, role string) (exists, notified bool, err error) {
	s, err := c.rest.standing(ctx, channel)
	if err != nil {
		return false, false, err
	}
	for _, ro := range s.roles {
		if ro.ID == role {
			return true, ro.Mentionable || s.permissions&discordgo.PermissionMentionEveryone != 0, nil
		}
	}
	return false, false, nil
}

// standing is what the bot may do in a channel.
type standing struct {
	about       message.Channel
	read        bool // the channel itself could be read
	direct      bool // a direct message, which knows no permissions
	permissions uint64
	roles       []role // of the server
}

// missing names the permissions that are lacking; err is what standing returned.
func (s standing) missing(err error, threads bool) ([]string, error) {
	if errors.Is(err, ErrNoAccess) {
		return message.Missing(s.about.Kind, ^uint64(discordgo.PermissionViewChannel|discordgo.PermissionAdministrator), threads), nil
	}
	if err != nil || s.direct {
		return nil, err
	}
	return message.Missing(s.about.Kind, s.permissions, threads), nil
}

// standing asks Discord. Beside an error, what the channel is may be known.
func (r *rest) standing(ctx context.Context, channel string) (standing, error) {
	ch, err := r.channel(ctx, channel)
	s := standing{about: ch.about(), read: err == nil}
	if err == nil && ch.isThread() { // a thread has its channel's permissions
		ch, err = r.channel(ctx, ch.Parent)
	}
	if err != nil {
		return s, err
	}
	if ch.Guild == "" {
		s.direct = true
		return s, nil
	}
	if err := ids("read permissions", ch.Guild); err != nil {
		return s, err
	}
	me, err := r.me(ctx)
	if err != nil {
		return s, err
	}
	if err := r.do(ctx, call{
		name: "read the server's roles", method: "GET", path: "/guilds/" + ch.Guild + "/roles",
		route: "GET guilds/roles", major: ch.Guild, channel: channel,
	}, &s.roles); err != nil {
		return s, err
	}
	var member struct {
		Roles []string `json:"roles"`
	}
	if err := r.do(ctx, call{
		name: "read the bot's roles", method: "GET", path: "/guilds/" + ch.Guild + "/members/" + me.ID,
		route: "GET guilds/members", major: ch.Guild, channel: channel,
	}, &member); err != nil {
		return s, err
	}
	s.permissions = permissionsOf(me.ID, member.Roles, ch, s.roles)
	return s, nil
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
