package discordtest

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

func notOffered(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrNotOffered, fmt.Sprintf(format, args...))
}

// resolved collects the objects that ids in options stand for.
type resolved map[string]map[string]any

func (r resolved) add(kind, id string, object map[string]any) {
	if r[kind] == nil {
		r[kind] = map[string]any{}
	}
	r[kind][id] = object
}

// commandData builds the data of a command or an autocompletion, checking as
// the client does before it sends one.
func (s *Server) commandData(in Interaction) (int, map[string]any, error) {
	words := strings.Fields(in.Command)
	cmd, found := s.findCommand(in.Guild, words[0])
	if !found {
		return 0, nil, notOffered("/%s is not registered", words[0])
	}
	if err := s.offered(cmd, in); err != nil {
		return 0, nil, err
	}
	data := map[string]any{"id": cmd.ID, "name": cmd.Name, "type": cmd.Type}
	if cmd.Type == 2 || cmd.Type == 3 {
		err := s.target(cmd, in, data)
		return kindCommand, data, err
	}
	options := cmd.Options
	list := data
	for _, word := range words[1:] {
		i := slices.IndexFunc(options, func(o registeredOption) bool { return o.Name == word && o.Type <= 2 })
		if i < 0 {
			return 0, nil, notOffered("/%s has no subcommand %s", words[0], word)
		}
		sub := map[string]any{"name": word, "type": options[i].Type}
		list["options"] = []any{sub}
		list, options = sub, options[i].Options
	}
	if len(options) > 0 && options[0].Type <= 2 {
		return 0, nil, notOffered("/%s needs a subcommand", in.Command)
	}
	kind := kindCommand
	if in.Focused != "" {
		kind = kindAutocomplete
	}
	r := resolved{}
	values, err := s.optionValues(in, options, r)
	if err != nil {
		return 0, nil, err
	}
	if len(values) > 0 {
		list["options"] = values
	}
	if len(r) > 0 {
		data["resolved"] = r
	}
	return kind, data, nil
}

// offered checks the command's permissions and contexts.
func (s *Server) offered(cmd registered, in Interaction) error {
	if in.Guild == nil {
		if cmd.Contexts != nil && !slices.Contains(cmd.Contexts, 1) || cmd.Contexts == nil && cmd.DM != nil && !*cmd.DM {
			return notOffered("/%s is not for direct messages", cmd.Name)
		}
		return nil
	}
	if cmd.Contexts != nil && !slices.Contains(cmd.Contexts, 0) {
		return notOffered("/%s is not for servers", cmd.Name)
	}
	have := s.rights(in)
	if have&PermUseCommands == 0 {
		return notOffered("the person may not use commands here")
	}
	if cmd.Default == nil {
		return nil
	}
	need, err := strconv.ParseUint(*cmd.Default, 10, 64)
	if err != nil {
		return fmt.Errorf("default_member_permissions of /%s: %w", cmd.Name, err)
	}
	if (need == 0 || have&need != need) && have&PermAdministrator == 0 {
		return notOffered("the person lacks the permissions for /%s", cmd.Name)
	}
	return nil
}

// target fills in what a context menu command was used on.
func (s *Server) target(cmd registered, in Interaction, data map[string]any) error {
	data["target_id"] = in.Target
	r := resolved{}
	data["resolved"] = r
	if cmd.Type == 2 {
		r.add("users", in.Target, s.userByID(in.Target).json())
		return nil
	}
	m := in.Channel.find(in.Target)
	if m == nil {
		return notOffered("no message %s", in.Target)
	}
	r.add("messages", in.Target, s.messageJSON(m))
	return nil
}

// optionValues types the options that are given as the command says.
func (s *Server) optionValues(in Interaction, options []registeredOption, r resolved) ([]any, error) {
	out := []any{}
	known := map[string]bool{}
	for _, o := range options {
		known[o.Name] = true
		v, given := in.Options[o.Name]
		switch {
		case o.Name == in.Focused && !o.Autocomplete:
			return nil, notOffered("%s has no autocompletion", o.Name)
		case o.Name == in.Focused:
			text := ""
			if given {
				text = fmt.Sprint(v)
			}
			out = append(out, map[string]any{"name": o.Name, "type": o.Type, "value": text, "focused": true})
			continue
		case !given && o.Required && in.Focused == "":
			return nil, notOffered("option %s is required", o.Name)
		case !given:
			continue
		}
		value, err := s.optionValue(in, o, v, r)
		if err != nil {
			return nil, err
		}
		out = append(out, map[string]any{"name": o.Name, "type": o.Type, "value": value})
	}
	for name := range in.Options {
		if !known[name] {
			return nil, notOffered("no option %s", name)
		}
	}
	if in.Focused != "" && !known[in.Focused] {
		return nil, notOffered("no option %s", in.Focused)
	}
	return out, nil
}

func (s *Server) optionValue(in Interaction, o registeredOption, v any, r resolved) (any, error) {
	if len(o.Choices) > 0 {
		for _, c := range o.Choices {
			if fmt.Sprint(c.Value) == fmt.Sprint(v) || c.Name == v {
				return c.Value, nil
			}
		}
		return nil, notOffered("%v is no choice of %s", v, o.Name)
	}
	text := fmt.Sprint(v)
	switch o.Type {
	case 3:
		n := utf8.RuneCountInString(text)
		if text == "" || n > 6000 || o.MinLength != nil && n < *o.MinLength || o.MaxLength != nil && n > *o.MaxLength {
			return nil, notOffered("%d characters are no value of %s", n, o.Name)
		}
		return text, nil
	case 4, 10:
		n, err := strconv.ParseFloat(text, 64)
		if err != nil || o.Type == 4 && n != float64(int64(n)) || o.Min != nil && n < *o.Min || o.Max != nil && n > *o.Max {
			return nil, notOffered("%s is no value of %s", text, o.Name)
		}
		return json.Number(text), nil
	case 5:
		b, err := strconv.ParseBool(text)
		if err != nil {
			return nil, notOffered("%s is no value of %s", text, o.Name)
		}
		return b, nil
	case 6, 7, 8, 9:
		if c, isChannel := v.(*Channel); isChannel {
			text = c.ID
		}
		if role, isRole := v.(*Role); isRole {
			text = role.ID
		}
		return text, s.resolve(in, o, text, r)
	case 11:
		f, isFile := v.(File)
		if !isFile || f.Name == "" || len(f.Data) > maxFile {
			return nil, notOffered("%s takes a file of up to 10 MiB", o.Name)
		}
		id := s.newID()
		r.add("attachments", id, s.keep(id, f))
		return id, nil
	}
	return nil, notOffered("options of type %d are not served here", o.Type)
}

// resolve adds the object behind an id.
func (s *Server) resolve(in Interaction, o registeredOption, id string, r resolved) error {
	if o.Type == 7 {
		c := s.channels[id]
		if c == nil || c.guild != in.Guild || len(o.ChannelTypes) > 0 && !slices.Contains(o.ChannelTypes, int(c.Kind)) {
			return notOffered("%s is no channel for %s", id, o.Name)
		}
		r.add("channels", id, s.channelJSON(c, map[string]any{
			"permissions": bits(s.permissions(in.User, c) | in.Permissions), "app_permissions": bits(s.permissions(s.o.BotID, c)),
		}))
		return nil
	}
	if o.Type != 6 && in.Guild != nil {
		if i := slices.IndexFunc(in.Guild.roles, func(x *Role) bool { return x.ID == id }); i >= 0 {
			r.add("roles", id, in.Guild.roles[i].json(i))
			return nil
		}
	}
	u, found := s.users[id]
	if o.Type == 8 || !found {
		return notOffered("%s is no value of %s", id, o.Name)
	}
	r.add("users", id, u.json())
	if in.Guild != nil {
		if _, member := in.Guild.members[id]; member {
			r.add("members", id, s.memberJSON(in.Guild, id, false))
		}
	}
	return nil
}

// componentData builds the data of a pressed button or a used menu.
func (s *Server) componentData(in Interaction) (map[string]any, *message, error) {
	m := s.visible(in)
	if m == nil {
		return nil, nil, notOffered("no message shows a component %q", in.Custom)
	}
	c := s.component(m, in.Custom)
	if c.Disabled {
		return nil, nil, notOffered("%q is disabled", in.Custom)
	}
	data := map[string]any{"custom_id": c.CustomID, "component_type": c.Type, "id": 1}
	if c.Type == 2 {
		return data, m, nil
	}
	low, high := 1, 1
	if c.MinValues != nil {
		low = *c.MinValues
	}
	if c.MaxValues != nil {
		high = *c.MaxValues
	}
	if len(in.Values) < low || len(in.Values) > high {
		return nil, nil, notOffered("%d values for %q, which takes %d to %d", len(in.Values), in.Custom, low, high)
	}
	r := resolved{}
	for _, v := range in.Values {
		if c.Type != 3 {
			kinds := map[int]int{5: 6, 6: 8, 7: 9, 8: 7} // menu type to option type
			if err := s.resolve(in, registeredOption{Name: c.CustomID, Type: kinds[c.Type]}, v, r); err != nil {
				return nil, nil, err
			}
			continue
		}
		found := false
		for _, o := range c.Options {
			found = found || o.Value == v
		}
		if !found {
			return nil, nil, notOffered("%q is no option of %q", v, in.Custom)
		}
	}
	data["values"] = append([]string{}, in.Values...)
	if len(r) > 0 {
		data["resolved"] = r
	}
	return data, m, nil
}

// modalData builds the data of a modal that is sent off: it must have been
// shown to the person, who can do so once.
func (s *Server) modalData(in Interaction) (map[string]any, *message, error) {
	key := in.User + " " + in.Custom
	open, shown := s.modals[key]
	if !shown {
		return nil, nil, notOffered("no modal %q is open", in.Custom)
	}
	delete(s.modals, key)
	var modal struct {
		Components []json.RawMessage `json:"components"`
	}
	if err := json.Unmarshal(open.data, &modal); err != nil {
		return nil, nil, fmt.Errorf("modal %q: %w", in.Custom, err)
	}
	rows, used := []any{}, 0
	for i, row := range modal.Components {
		for _, field := range textInputs(row) {
			value, given := in.Fields[field]
			if given {
				used++
			}
			rows = append(rows, map[string]any{"type": 1, "id": 2*i + 1, "components": []any{
				map[string]any{"type": 4, "id": 2*i + 2, "custom_id": field, "value": value},
			}})
		}
	}
	if used != len(in.Fields) {
		return nil, nil, notOffered("modal %q has not all of these fields", in.Custom)
	}
	return map[string]any{"custom_id": in.Custom, "components": rows}, open.source, nil
}

// textInputs lists the custom ids of the text inputs of a modal's row or
// label.
func textInputs(raw json.RawMessage) []string {
	var c struct {
		Type       int               `json:"type"`
		CustomID   string            `json:"custom_id"`
		Components []json.RawMessage `json:"components"`
		Component  json.RawMessage   `json:"component"`
	}
	if json.Unmarshal(raw, &c) != nil {
		return nil
	}
	if c.Type == 4 {
		return []string{c.CustomID}
	}
	var out []string
	for _, sub := range append(c.Components, c.Component) {
		if len(sub) > 0 {
			out = append(out, textInputs(sub)...)
		}
	}
	return out
}
