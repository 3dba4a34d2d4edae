package discordtest

import (
	"maps"
	"strconv"
	"time"
)

// timestamp writes a time as Discord does.
func timestamp(t time.Time) string {
	return t.UTC().Format("2006-01-02T15:04:05.000000+00:00")
}

func bits(p uint64) string { return strconv.FormatUint(p, 10) }

func (u *user) json() map[string]any {
	m := map[string]any{
		"id": u.id, "username": u.name, "global_name": nil, "avatar": nil, "discriminator": "0",
		"public_flags": 0, "flags": 0, "primary_guild": nil,
	}
	if u.bot {
		m["bot"] = true
	}
	return m
}

// selfJSON is the bot's own account, as GET /users/@me and READY show it.
func (s *Server) selfJSON() map[string]any {
	m := s.bot.json()
	m["mfa_enabled"], m["locale"], m["verified"], m["email"] = false, "en-US", true, nil
	return m
}

func (s *Server) applicationJSON() map[string]any {
	return map[string]any{
		"id": s.o.ApplicationID, "name": s.bot.name, "icon": nil, "description": "", "type": nil,
		"verify_key": "0000000000000000000000000000000000000000000000000000000000000000",
		"flags":      0, "flags_new": "0", "redirect_uris": []any{}, "interactions_endpoint_url": nil,
		"role_connections_verification_url": nil, "owner": s.bot.json(), "team": nil, "bot_public": true,
		"bot_require_code_grant": false, "summary": "", "bot": s.bot.json(),
		"approximate_guild_count": len(s.guilds), "approximate_user_install_count": 0,
		"approximate_user_authorization_count": 0, "explicit_content_filter": 0, "eligible_oauth2_scopes": []any{},
	}
}

func (r *Role) json(position int) map[string]any {
	return map[string]any{
		"id": r.ID, "name": r.Name, "description": nil, "permissions": bits(r.permissions), "position": max(position, 0),
		"color": 0, "colors": map[string]any{"primary_color": 0, "secondary_color": nil, "tertiary_color": nil},
		"hoist": false, "managed": r.managed, "mentionable": r.mentionable, "icon": nil, "unicode_emoji": nil, "flags": 0,
	}
}

func (g *Guild) rolesJSON() []any {
	list := make([]any, len(g.roles))
	for i, r := range g.roles {
		list[i] = r.json(i)
	}
	return list
}

// memberJSON is a guild member; inside messages it comes without its user.
func (s *Server) memberJSON(g *Guild, userID string, withUser bool) map[string]any {
	roles := make([]any, 0, len(g.members[userID]))
	for _, r := range g.members[userID] {
		roles = append(roles, r)
	}
	m := map[string]any{
		"avatar": nil, "banner": nil, "communication_disabled_until": nil, "flags": 0, "joined_at": timestamp(g.joined),
		"nick": nil, "pending": false, "premium_since": nil, "roles": roles, "mute": false, "deaf": false,
	}
	if withUser {
		m["user"] = s.userByID(userID).json()
	}
	return m
}

// channelJSON is a channel object with extra members.
func (s *Server) channelJSON(c *Channel, extra map[string]any) map[string]any {
	m := map[string]any{"id": c.ID, "type": int(c.Kind), "flags": 0, "last_message_id": nil}
	if n := len(c.messages); n > 0 {
		m["last_message_id"] = c.messages[n-1].id
	}
	if c.guild == nil {
		m["recipients"] = []any{s.userByID(c.recipient).json()}
		return m
	}
	m["guild_id"], m["name"], m["rate_limit_per_user"] = c.guild.ID, c.Name, 0
	if c.isThread() {
		m["parent_id"], m["owner_id"] = c.parent.ID, c.owner
		m["message_count"], m["member_count"], m["total_message_sent"] = len(c.messages), 1, c.sent
		m["thread_metadata"] = map[string]any{
			"archived": c.archived, "locked": c.locked, "auto_archive_duration": c.archiveMin,
			"archive_timestamp": timestamp(c.created), "create_timestamp": timestamp(c.created),
		}
	} else {
		m["position"], m["parent_id"], m["topic"], m["nsfw"] = c.position(), nil, nil, false
		list := make([]any, len(c.overwrites))
		for i, o := range c.overwrites {
			kind := 0
			if o.member {
				kind = 1
			}
			list[i] = map[string]any{"id": o.id, "type": kind, "allow": bits(o.allow), "deny": bits(o.deny)}
		}
		m["permission_overwrites"] = list
	}
	if c.Kind == ForumChannel {
		m["available_tags"] = c.tagsJSON()
		if c.requireTag {
			m["flags"] = flagRequireTag
		}
	}
	if c.isThread() && c.parent.Kind == ForumChannel {
		m["applied_tags"] = append([]string{}, c.applied...)
	}
	maps.Copy(m, extra)
	return m
}

func (c *Channel) tagsJSON() []any {
	list := []any{}
	for _, t := range c.tags {
		list = append(list, map[string]any{"id": t.id, "name": t.name, "moderated": t.moderated, "emoji_id": nil, "emoji_name": nil})
	}
	return list
}

func (c *Channel) position() int {
	n := 0
	for _, x := range c.guild.channels {
		if x == c {
			return n
		}
		if !x.isThread() {
			n++
		}
	}
	return n
}

// channelsJSON lists a guild's channels (threads false) or active threads.
func (s *Server) channelsJSON(g *Guild, threads bool) []any {
	list := []any{}
	for _, c := range g.channels {
		if c.isThread() == threads && (!threads || !c.archived) {
			list = append(list, s.channelJSON(c, nil))
		}
	}
	return list
}

// guildCreate is the GUILD_CREATE of a guild.
func (s *Server) guildCreate(g *Guild) map[string]any {
	return map[string]any{
		"id": g.ID, "name": g.Name, "icon": nil, "splash": nil, "owner_id": g.owner, "afk_channel_id": nil, "afk_timeout": 300,
		"verification_level": 0, "default_message_notifications": 0, "explicit_content_filter": 0,
		"roles": g.rolesJSON(), "emojis": []any{}, "features": []any{}, "mfa_level": 0, "application_id": nil,
		"system_channel_id": nil, "system_channel_flags": 0, "rules_channel_id": nil, "max_members": 500000,
		"vanity_url_code": nil, "description": nil, "banner": nil, "premium_tier": 0, "premium_subscription_count": 0,
		"preferred_locale": "en-US", "public_updates_channel_id": nil, "nsfw_level": 0, "premium_progress_bar_enabled": false,
		"safety_alerts_channel_id": nil, "stickers": []any{},
		"joined_at": timestamp(g.joined), "large": false, "unavailable": false, "member_count": len(g.members),
		"voice_states": []any{}, "members": []any{s.memberJSON(g, s.o.BotID, true)},
		"channels": s.channelsJSON(g, false), "threads": s.channelsJSON(g, true),
		"presences": []any{}, "stage_instances": []any{}, "guild_scheduled_events": []any{}, "soundboard_sounds": []any{},
	}
}
