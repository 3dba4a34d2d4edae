package discordtest

import "slices"

// store makes a message out of a body and announces it.
func (s *Server) store(ch *Channel, author string, body map[string]any, c *call) *message {
	m := s.compose(ch, author, body, c)
	ch.messages = append(ch.messages, m)
	ch.sent++
	s.dispatchMessage(ch, "MESSAGE_CREATE", s.messageJSON(m))
	return m
}

// compose makes a message out of a body and stores it nowhere.
func (s *Server) compose(ch *Channel, author string, body map[string]any, c *call) *message {
	m := &message{id: s.newID(), author: author, channel: ch, created: s.now(), object: map[string]any{}}
	m.flags = number(body["flags"]) & (FlagSuppressEmbeds | FlagEphemeral | FlagSuppressNotifications | FlagComponentsV2)
	m.object["tts"] = body["tts"] == true
	s.fill(m, body, c)
	if ref, found := body["message_reference"].(map[string]any); found {
		m.object["message_reference"] = map[string]any{"message_id": ref["message_id"], "channel_id": ch.ID, "type": 0}
		m.object["type"] = 19
	}
	return m
}

// fill takes over the members of a body that are there.
func (s *Server) fill(m *message, body map[string]any, c *call) {
	if c != nil {
		m.request = slices.Clone(s.requests[c.index].Body)
	}
	if v, given := body["content"]; given {
		text, _ := v.(string)
		m.object["content"] = text
	}
	if v, given := body["embeds"]; given {
		m.object["embeds"] = embedsOf(v)
	}
	if v, given := body["components"]; given {
		next := 0
		m.object["components"] = numbered(items(v), &next)
	}
	if c != nil && len(c.files) > 0 {
		list := []any{}
		for _, f := range c.files {
			id := s.newID()
			address := "https://cdn.discordapp.com/attachments/" + m.channel.ID + "/" + id + "/" + f.name
			list = append(list, map[string]any{"id": id, "filename": f.name, "size": len(f.data), "url": address, "proxy_url": address})
		}
		m.object["attachments"] = list
		m.files = c.files
	}
	content, _ := m.object["content"].(string)
	everyone, roles, users := s.notifiedBy(m.channel, content, body["allowed_mentions"])
	m.object["mention_everyone"], m.object["mention_roles"] = everyone, roles
	list := make([]any, len(users))
	for i, u := range users {
		list[i] = s.userByID(u).json()
	}
	m.object["mentions"] = list
	if roles == nil {
		m.object["mention_roles"] = []any{}
	}
	if m.edits > 0 {
		return // an edit notifies nobody
	}
	m.notified = append(append([]string(nil), roles...), users...)
	if everyone {
		m.notified = append([]string{"everyone"}, m.notified...)
	}
}

// embedsOf returns embeds as Discord shows them: of type rich, without nulls.
func embedsOf(v any) []any {
	out := []any{}
	for _, e := range items(v) {
		object, isObject := e.(map[string]any)
		if !isObject {
			continue
		}
		clean := map[string]any{"type": "rich"}
		for k, x := range object {
			if x != nil && k != "type" {
				clean[k] = x
			}
		}
		for _, f := range items(clean["fields"]) {
			if field, isField := f.(map[string]any); isField && field["inline"] == nil {
				field["inline"] = false
			}
		}
		out = append(out, clean)
	}
	return out
}

// numbered gives components the ids that Discord gives those without one,
// leaving out nulls.
func numbered(list []any, next *int) []any {
	out := []any{}
	for _, v := range list {
		object, isObject := v.(map[string]any)
		if !isObject {
			continue
		}
		clean := map[string]any{}
		for k, x := range object {
			if x != nil {
				clean[k] = x
			}
		}
		*next++
		if number(clean["id"]) == 0 {
			clean["id"] = *next
		}
		if nested, found := clean["components"]; found {
			clean["components"] = numbered(items(nested), next)
		}
		if one, found := clean["accessory"]; found {
			if a := numbered([]any{one}, next); len(a) == 1 {
				clean["accessory"] = a[0]
			}
		}
		if kind := number(clean["type"]); kind == 3 || kind >= 5 && kind <= 8 {
			for _, k := range []string{"min_values", "max_values"} {
				if clean[k] == nil {
					clean[k] = 1
				}
			}
		}
		out = append(out, clean)
	}
	return out
}
