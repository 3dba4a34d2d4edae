package discordtest

import (
	"encoding/json"
	"slices"
)

// registered is a command as the fake reads it.
type registered struct {
	ID       string             `json:"id"`
	Name     string             `json:"name"`
	Type     int                `json:"type"`
	Options  []registeredOption `json:"options"`
	Default  *string            `json:"default_member_permissions"`
	Contexts []int              `json:"contexts"`
	DM       *bool              `json:"dm_permission"`
}

type registeredOption struct {
	Type         int                `json:"type"`
	Name         string             `json:"name"`
	Required     bool               `json:"required"`
	Autocomplete bool               `json:"autocomplete"`
	ChannelTypes []int              `json:"channel_types"`
	Options      []registeredOption `json:"options"`
	Choices      []struct {
		Name  string `json:"name"`
		Value any    `json:"value"`
	} `json:"choices"`
	Min       *float64 `json:"min_value"`
	Max       *float64 `json:"max_value"`
	MinLength *int     `json:"min_length"`
	MaxLength *int     `json:"max_length"`
}

// commandsOf returns where the commands of a request are kept.
func (s *Server) commandsOf(c *call) ([]json.RawMessage, *apiError) {
	if c.params["application_id"] != s.o.ApplicationID {
		return nil, &apiError{status: 403, code: 20012, message: "You are not authorized to perform this action on this application"}
	}
	if id, guildOnly := c.params["guild_id"]; guildOnly {
		if _, err := s.guildOf(c); err != nil {
			return nil, errMissingAccess
		}
		return s.guildCmds[id], nil
	}
	return s.commands, nil
}

func (s *Server) getCommands(c *call) answer {
	list, err := s.commandsOf(c)
	if err != nil {
		return refuse(err)
	}
	return ok(append([]json.RawMessage{}, list...))
}

// putCommands replaces all commands. Those that keep their name and kind keep
// their id; a command that did not change keeps its version too.
func (s *Server) putCommands(c *call) answer {
	old, err := s.commandsOf(c)
	if err != nil {
		return refuse(err)
	}
	list := []json.RawMessage{}
	for _, v := range items(c.body) {
		object, _ := v.(map[string]any)
		raw, encodeErr := json.Marshal(s.commandJSON(object, c.params["guild_id"], old))
		if encodeErr != nil {
			return refuse(errInvalidJSON)
		}
		list = append(list, raw)
	}
	if id := c.params["guild_id"]; id != "" {
		s.guildCmds[id] = list
	} else {
		s.commands = list
	}
	return ok(list)
}

// commandJSON is the command object of what was registered.
func (s *Server) commandJSON(in map[string]any, guildID string, old []json.RawMessage) map[string]any {
	kind := number(in["type"])
	if kind == 0 {
		kind = 1
	}
	id := ""
	for _, raw := range old {
		var o registered
		if json.Unmarshal(raw, &o) == nil && o.Name == in["name"] && o.Type == kind {
			id = o.ID
		}
	}
	if id == "" {
		id = s.newID()
	}
	out := map[string]any{
		"id": id, "application_id": s.o.ApplicationID, "version": s.newID(), "type": kind, "name": in["name"], "description": "",
		"default_member_permissions": nil, "nsfw": false, "dm_permission": true,
		"contexts": nil, "integration_types": []any{0},
	}
	for _, k := range []string{
		"description", "name_localizations", "description_localizations", "default_member_permissions", "contexts",
		"integration_types", "dm_permission", "nsfw",
	} {
		if v := in[k]; v != nil {
			out[k] = v
		}
	}
	if n, isNumber := out["default_member_permissions"].(json.Number); isNumber {
		out["default_member_permissions"] = n.String()
	}
	if options := items(in["options"]); len(options) > 0 {
		out["options"] = cleanOptions(options)
	}
	if guildID != "" {
		out["guild_id"] = guildID
		delete(out, "dm_permission")
		delete(out, "contexts")
	}
	return out
}

// cleanOptions leaves out the nulls and empty lists of options.
func cleanOptions(list []any) []any {
	out := make([]any, 0, len(list))
	for _, v := range list {
		object, isObject := v.(map[string]any)
		if !isObject {
			continue
		}
		clean := map[string]any{}
		for k, x := range object {
			if sub, isList := x.([]any); x == nil || isList && len(sub) == 0 {
				continue
			} else if k == "options" {
				x = cleanOptions(sub)
			}
			clean[k] = x
		}
		out = append(out, clean)
	}
	return out
}

// findCommand looks a command up by name, the guild's own first.
func (s *Server) findCommand(g *Guild, name string) (registered, bool) {
	var all []json.RawMessage
	if g != nil {
		all = slices.Clone(s.guildCmds[g.ID])
	}
	for _, raw := range append(all, s.commands...) {
		var r registered
		if json.Unmarshal(raw, &r) == nil && r.Name == name {
			return r, true
		}
	}
	return registered{}, false
}
