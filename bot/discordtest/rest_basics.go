package discordtest

import (
	"net/http"
	"slices"
)

func (s *Server) getGateway(*call) answer { return ok(map[string]any{"url": s.gateURL}) }

func (s *Server) getGatewayBot(*call) answer {
	now, recent := s.now(), 0
	reset := startsWindow
	for _, t := range s.identifies {
		if age := now.Sub(t); age < startsWindow {
			recent++
			reset = min(reset, startsWindow-age)
		}
	}
	if recent == 0 {
		reset = 0
	}
	return ok(map[string]any{"url": s.gateURL, "shards": 1, "session_start_limit": map[string]any{
		"total": s.o.SessionStarts, "remaining": max(s.o.SessionStarts-recent, 0),
		"reset_after": reset.Milliseconds(), "max_concurrency": 1,
	}})
}

func (s *Server) getSelf(*call) answer        { return ok(s.selfJSON()) }
func (s *Server) getApplication(*call) answer { return ok(s.applicationJSON()) }

func (s *Server) getUser(c *call) answer {
	u, found := s.users[c.params["user_id"]]
	if !found {
		return refuse(errUnknownUser)
	}
	return ok(u.json())
}

func (s *Server) postDM(c *call) answer {
	id, _ := c.object()["recipient_id"].(string)
	if _, found := s.users[id]; !found || id == s.o.BotID {
		return refuse(invalidForm([]violation{{[]string{"recipient_id"}, "INVALID_RECIPIENT", "Unknown user"}}))
	}
	return ok(s.channelJSON(s.dm(id), nil))
}

// dm returns the bot's direct messages with a user.
func (s *Server) dm(userID string) *Channel {
	for _, ch := range s.channels {
		if ch.guild == nil && ch.recipient == userID {
			return ch
		}
	}
	ch := &Channel{s: s, ID: s.newID(), Kind: DMChannel, recipient: userID, created: s.now()}
	s.channels[ch.ID] = ch
	return ch
}

// DM returns the bot's direct messages with a user, made when there are none.
func (s *Server) DM(userID string) *Channel {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.userByID(userID)
	return s.dm(userID)
}

func (s *Server) getGuilds(*call) answer {
	list := []any{}
	for _, g := range s.guilds {
		list = append(list, map[string]any{
			"id": g.ID, "name": g.Name, "icon": nil, "banner": nil, "owner": false, "features": []any{},
			"permissions": bits(g.basePermissions(s.o.BotID)),
		})
	}
	return ok(list)
}

func (s *Server) leaveGuild(c *call) answer {
	g, err := s.guildOf(c)
	if err != nil {
		return refuse(errUnknownGuild)
	}
	s.dispatch(g.ID, intentGuilds, "GUILD_DELETE", map[string]any{"id": g.ID})
	s.leave(g)
	return noContent()
}

// guildOf finds the guild of a request.
func (s *Server) guildOf(c *call) (*Guild, *apiError) {
	id := c.params["guild_id"]
	if i := slices.IndexFunc(s.guilds, func(g *Guild) bool { return g.ID == id }); i >= 0 {
		return s.guilds[i], nil
	}
	if s.gone[id] {
		return nil, errMissingAccess
	}
	return nil, errUnknownGuild
}

func (s *Server) getGuild(c *call) answer {
	g, err := s.guildOf(c)
	if err != nil {
		return refuse(err)
	}
	m := s.guildCreate(g)
	for _, k := range []string{
		"joined_at", "large", "unavailable", "member_count", "voice_states", "members", "channels", "threads",
		"presences", "stage_instances", "guild_scheduled_events", "soundboard_sounds",
	} {
		delete(m, k) // only GUILD_CREATE has these
	}
	for _, k := range []string{
		"home_header", "discovery_splash", "widget_channel_id", "max_presences", "incidents_data",
	} {
		m[k] = nil
	}
	m["region"], m["widget_enabled"], m["nsfw"] = "deprecated", false, false
	m["max_stage_video_channel_users"], m["max_video_channel_users"] = 50, 25
	return ok(m)
}

func (s *Server) getGuildChannels(c *call) answer {
	g, err := s.guildOf(c)
	if err != nil {
		return refuse(err)
	}
	return ok(s.channelsJSON(g, false))
}

func (s *Server) getGuildRoles(c *call) answer {
	g, err := s.guildOf(c)
	if err != nil {
		return refuse(err)
	}
	return ok(g.rolesJSON())
}

func (s *Server) getMember(c *call) answer {
	g, err := s.guildOf(c)
	if err != nil {
		return refuse(err)
	}
	id := c.params["user_id"]
	if id == "@me" {
		id = s.o.BotID
	}
	if _, found := g.members[id]; !found {
		return refuse(errUnknownMember)
	}
	return ok(s.memberJSON(g, id, true))
}

func (s *Server) getChannel(c *call) answer {
	ch, err := s.channelOf(c)
	if err == nil {
		err = s.allowed(ch, 0)
	}
	if err != nil {
		return refuse(err)
	}
	return ok(s.channelJSON(ch, nil))
}

func (s *Server) deleteChannel(c *call) answer {
	ch, err := s.channelOf(c)
	if err == nil && ch.guild != nil {
		need := PermManageChannels
		if ch.isThread() {
			need = PermManageThreads
		}
		err = s.allowed(ch, need)
	}
	if err != nil {
		return refuse(err)
	}
	object := s.channelJSON(ch, nil)
	s.removeChannel(ch)
	return answer{status: http.StatusOK, body: object}
}

func (s *Server) postTyping(c *call) answer {
	ch, err := s.channelOf(c)
	if err == nil {
		err = s.allowed(ch, ch.sendPermission())
	}
	if err != nil {
		return refuse(err)
	}
	return noContent()
}
