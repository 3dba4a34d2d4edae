package discordtest

import (
	"slices"
)

func (s *Server) crosspost(c *call) answer {
	ch, m, err := s.messageOf(c, PermSendMessages)
	if err == nil && m.author != s.o.BotID {
		err = s.allowed(ch, PermManageMessages)
	}
	switch {
	case err != nil:
		return refuse(err)
	case ch.Kind != AnnouncementChannel:
		return refuse(errWrongChannelKind)
	case m.flags&FlagCrossposted != 0:
		return refuse(errCrossposted)
	}
	if wait, dry := hourly(&ch.crossposts, maxCrossposts, s.now()); dry {
		return s.dryAnswer(c, 0, "The resource is being rate limited.", wait)
	}
	m.flags |= FlagCrossposted
	s.dispatchMessage(ch, "MESSAGE_UPDATE", s.messageJSON(m))
	return ok(s.messageJSON(m))
}

func (s *Server) putReaction(c *call) answer {
	ch, m, err := s.messageOf(c, PermReadHistory)
	emoji := c.params["emoji"]
	if err == nil && !slices.Contains(m.reactions, emoji) {
		err = s.allowed(ch, PermAddReactions)
	}
	if err == nil && ch.archived {
		err = errArchived
	}
	if err != nil {
		return refuse(err)
	}
	if !slices.Contains(m.reactions, emoji) {
		m.reactions = append(m.reactions, emoji)
		s.reactionEvent("MESSAGE_REACTION_ADD", ch, m, emoji)
	}
	return noContent()
}

func (s *Server) deleteReaction(c *call) answer {
	ch, m, err := s.messageOf(c, PermReadHistory)
	if err != nil {
		return refuse(err)
	}
	emoji := c.params["emoji"]
	if i := slices.Index(m.reactions, emoji); i >= 0 {
		m.reactions = slices.Delete(m.reactions, i, i+1)
		s.reactionEvent("MESSAGE_REACTION_REMOVE", ch, m, emoji)
	}
	return noContent()
}

func (s *Server) reactionEvent(kind string, ch *Channel, m *message, emoji string) {
	if ch.guild == nil {
		return
	}
	s.dispatch(ch.guild.ID, intentReactions, kind, map[string]any{
		"user_id": s.o.BotID, "channel_id": ch.ID, "message_id": m.id, "guild_id": ch.guild.ID,
		"emoji": map[string]any{"id": nil, "name": emoji}, "burst": false, "type": 0,
	})
}

func (s *Server) putPin(c *call) answer {
	ch, m, err := s.messageOf(c, PermPinMessages)
	if err != nil {
		return refuse(err)
	}
	if !slices.Contains(ch.pins, m.id) {
		ch.pins = append([]string{m.id}, ch.pins...)
	}
	return noContent()
}

func (s *Server) deletePin(c *call) answer {
	ch, m, err := s.messageOf(c, PermPinMessages)
	if err != nil {
		return refuse(err)
	}
	ch.pins = slices.DeleteFunc(ch.pins, func(id string) bool { return id == m.id })
	return noContent()
}

// pinned lists the pinned messages, the last pinned first.
func (s *Server) pinned(c *call) ([]any, *apiError) {
	ch, err := s.channelOf(c)
	if err == nil {
		err = s.allowed(ch, 0)
	}
	if err != nil {
		return nil, err
	}
	list := []any{}
	for _, id := range ch.pins {
		list = append(list, s.messageJSON(ch.find(id)))
	}
	return list, nil
}

func (s *Server) getPins(c *call) answer {
	list, err := s.pinned(c)
	if err != nil {
		return refuse(err)
	}
	return ok(list)
}

func (s *Server) getPinPage(c *call) answer {
	list, err := s.pinned(c)
	if err != nil {
		return refuse(err)
	}
	for i, m := range list {
		list[i] = map[string]any{"pinned_at": timestamp(s.now()), "message": m}
	}
	return ok(map[string]any{"items": list, "has_more": false})
}
