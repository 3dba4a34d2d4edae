package discordtest

import "slices"

func (s *Server) threadFromMessage(c *call) answer {
	ch, m, err := s.messageOf(c, PermCreatePublicThreads)
	switch {
	case err != nil:
		return refuse(err)
	case ch.Kind != TextChannel && ch.Kind != AnnouncementChannel:
		return refuse(errWrongChannelKind)
	case s.channels[m.id] != nil:
		return refuse(errThreadExists)
	case ch.guild.activeThreads() >= ch.guild.maxThreads:
		return refuse(errTooManyThreads)
	}
	t := s.startThread(ch, m.id, c.object())
	m.thread = t
	m.flags |= FlagHasThread
	s.dispatchMessage(ch, "MESSAGE_UPDATE", s.messageJSON(m))
	return created(s.channelJSON(t, nil))
}

// startThread makes a thread of the bot's and announces it.
func (s *Server) startThread(parent *Channel, id string, body map[string]any) *Channel {
	name, _ := body["name"].(string)
	t := s.newChannel(parent.guild, id, name, threadKind(parent.Kind), parent, s.o.BotID)
	if n := number(body["auto_archive_duration"]); n != 0 {
		t.archiveMin = n
	}
	s.dispatch(parent.guild.ID, intentGuilds, "THREAD_CREATE", s.channelJSON(t, map[string]any{"newly_created": true}))
	return t
}

func (g *Guild) activeThreads() int {
	n := 0
	for _, c := range g.channels {
		if c.isThread() && !c.archived {
			n++
		}
	}
	return n
}

// postThread starts a thread that hangs on no message, or a post in a forum.
func (s *Server) postThread(c *call) answer {
	ch, err := s.channelOf(c)
	if err != nil {
		return refuse(err)
	}
	body := c.object()
	first, _ := body["message"].(map[string]any)
	need := PermCreatePublicThreads
	if ch.Kind == ForumChannel {
		need = PermSendMessages
		if len(items(first["embeds"])) > 0 {
			need |= PermEmbedLinks
		}
	}
	err = s.allowed(ch, need)
	switch {
	case err != nil:
		return refuse(err)
	case ch.guild == nil || ch.isThread():
		return refuse(errWrongChannelKind)
	case ch.guild.activeThreads() >= ch.guild.maxThreads:
		return refuse(errTooManyThreads)
	case ch.Kind == ForumChannel && first == nil:
		s.refusal(c, "a forum's thread needs a message")
		return refuse(invalidForm([]violation{{[]string{"message"}, "BASE_TYPE_REQUIRED", "This field is required"}}))
	case ch.Kind != ForumChannel && number(body["type"]) == 12:
		return refuse(errWrongChannelKind) // private threads are not served
	}
	applied, err := s.appliedTags(ch, body)
	if err == errUnknownTag || err == errMissingPermissions { // the others may be news to the bot
		s.refusal(c, err.message)
	}
	if err != nil {
		return refuse(err)
	}
	t := s.startThread(ch, s.newID(), body)
	t.applied = applied
	if ch.Kind != ForumChannel {
		return created(s.channelJSON(t, nil))
	}
	m := s.compose(t, s.o.BotID, first, c)
	m.id = t.ID
	t.messages = append(t.messages, m)
	t.sent++
	s.dispatchMessage(t, "MESSAGE_CREATE", s.messageJSON(m))
	return created(s.channelJSON(t, map[string]any{"message": s.messageJSON(m)}))
}

// flagRequireTag is the flag REQUIRE_TAG of a forum.
const flagRequireTag = 1 << 4

// appliedTags checks the tags of a post: they are the forum's, the bot may give
// them, and there is one where the forum wants one.
func (s *Server) appliedTags(ch *Channel, body map[string]any) ([]string, *apiError) {
	var ids []string
	for _, v := range items(body["applied_tags"]) {
		id, _ := v.(string)
		i := slices.IndexFunc(ch.tags, func(t tag) bool { return t.id == id })
		switch {
		case i < 0 && s.gone[id]:
			return nil, errDeletedTag
		case i < 0:
			return nil, errUnknownTag
		case ch.tags[i].moderated && s.permissions(s.o.BotID, ch)&PermManageThreads == 0:
			return nil, errMissingPermissions
		}
		ids = append(ids, id)
	}
	if len(ids) == 0 && ch.requireTag {
		if s.permissions(s.o.BotID, ch)&PermManageThreads == 0 && !slices.ContainsFunc(ch.tags, func(t tag) bool { return !t.moderated }) {
			return nil, errNoTags
		}
		return nil, errTagRequired
	}
	return ids, nil
}

func (s *Server) getActiveThreads(c *call) answer   { return s.listThreads(c, false) }
func (s *Server) getArchivedThreads(c *call) answer { return s.listThreads(c, true) }

func (s *Server) listThreads(c *call, archived bool) answer {
	need := PermReadHistory
	if !archived {
		need = 0
	}
	ch, err := s.channelOf(c)
	if err == nil {
		err = s.allowed(ch, need)
	}
	if err == nil && ch.guild == nil {
		err = errWrongChannelKind
	}
	if err != nil {
		return refuse(err)
	}
	list := []any{}
	for _, t := range slices.Backward(ch.guild.channels) {
		if t.parent == ch && t.archived == archived {
			list = append(list, s.channelJSON(t, nil))
		}
	}
	return ok(map[string]any{"threads": list, "members": []any{}, "has_more": false})
}

func (s *Server) getGuildThreads(c *call) answer {
	g, err := s.guildOf(c)
	if err != nil {
		return refuse(err)
	}
	return ok(map[string]any{"threads": s.channelsJSON(g, true), "members": []any{}, "has_more": false})
}

func (s *Server) joinThread(c *call) answer {
	ch, err := s.channelOf(c)
	if err == nil {
		err = s.allowed(ch, 0)
	}
	switch {
	case err != nil:
		return refuse(err)
	case !ch.isThread():
		return refuse(errWrongChannelKind)
	case ch.archived:
		return refuse(errArchived)
	}
	return noContent()
}
