package discordtest

import (
	"encoding/json"
	"regexp"
	"strings"
)

// Limits of commands (Discord's documentation, "Application Commands").
const (
	maxCommands     = 100 // slash commands of an application
	maxMenuCommands = 15  // context menu commands of each kind
	maxName         = 32
	maxCommandText  = 100 // descriptions, names and values of choices
	maxOptions      = 25
	maxChoices      = 25
	maxCommandChars = 8000 // over all names, descriptions and values of a command
)

// commandName is what slash commands and options may be called.
var commandName = regexp.MustCompile(`^[-_'\p{L}\p{N}\p{Devanagari}\p{Thai}]{1,32}$`)

// commandListRules are those for registering commands.
func commandListRules(c *call) ([]violation, *apiError) {
	r := &rules{}
	list, isList := c.body.([]any)
	if !isList {
		r.add(nil, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
		return r.found, nil
	}
	names := map[string]bool{}
	counts := map[int]int{}
	for i, v := range list {
		where := at{}.to(i)
		object := r.object(where, v)
		kind := max(number(object["type"]), 1)
		counts[kind]++
		name, _ := object["name"].(string)
		key := string(rune('0'+kind)) + name
		if names[key] {
			r.add(where.to("name"), "APPLICATION_COMMANDS_DUPLICATE_NAME", "Application command names must be unique")
		}
		names[key] = true
		r.command(where, object, kind)
	}
	if counts[1] > maxCommands || counts[2] > maxMenuCommands || counts[3] > maxMenuCommands {
		r.add(nil, "BASE_TYPE_MAX_LENGTH", "Too many commands: %v", counts)
	}
	return r.found, nil
}

func (r *rules) command(where at, c map[string]any, kind int) {
	chars := 0
	if kind == 1 {
		chars += r.name(where, c)
		chars += r.description(where, c)
	} else {
		r.text(where.to("name"), c["name"], 1, maxName)
		if text, _ := c["description"].(string); text != "" {
			r.add(where.to("description"), "APPLICATION_COMMAND_INVALID_DESCRIPTION", "Context menu commands cannot have description")
		}
	}
	if v := c["default_member_permissions"]; v != nil {
		text, isText := v.(string)
		if n, isNumber := v.(json.Number); isNumber {
			text, isText = n.String(), true
		}
		if !isText || text == "" || strings.Trim(text, "0123456789") != "" {
			r.add(where.to("default_member_permissions"), "NUMBER_TYPE_COERCE", "Value %v is not int.", v)
		}
	}
	for i, v := range r.list(where.to("contexts"), c["contexts"], 0, 3) {
		r.oneOf(where.to("contexts", i), v, 0, 1, 2)
	}
	for i, v := range r.list(where.to("integration_types"), c["integration_types"], 0, 2) {
		r.oneOf(where.to("integration_types", i), v, 0, 1)
	}
	chars += r.options(where.to("options"), c["options"], 0)
	if chars > maxCommandChars {
		r.add(where, "APPLICATION_COMMAND_TOO_LARGE", "Command exceeds maximum size (%d)", maxCommandChars)
	}
}

// name checks a name with its translations and returns the longest one's
// characters, as Discord counts.
func (r *rules) name(where at, c map[string]any) int {
	n := r.text(where.to("name"), c["name"], 1, maxName)
	r.spelling(where.to("name"), c["name"])
	for locale, v := range r.object(where.to("name_localizations"), c["name_localizations"]) {
		n = max(n, r.text(where.to("name_localizations", locale), v, 1, maxName))
		r.spelling(where.to("name_localizations", locale), v)
	}
	return n
}

// spelling refuses capitals, blanks and signs in names.
func (r *rules) spelling(where at, v any) {
	if text, isText := v.(string); isText && (!commandName.MatchString(text) || text != strings.ToLower(text)) {
		r.add(where, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")
	}
}

func (r *rules) description(where at, c map[string]any) int {
	n := r.text(where.to("description"), c["description"], 1, maxCommandText)
	for locale, v := range r.object(where.to("description_localizations"), c["description_localizations"]) {
		n = max(n, r.text(where.to("description_localizations", locale), v, 1, maxCommandText))
	}
	return n
}

// options checks options and returns their characters. depth is 0 for those
// of the command, 1 for a group's, 2 for a subcommand's.
func (r *rules) options(where at, v any, depth int) int {
	chars, optional, subs := 0, false, 0
	names := map[string]bool{}
	list := r.list(where, v, 0, maxOptions)
	for i, x := range list {
		here := where.to(i)
		o := r.object(here, x)
		chars += r.name(here, o) + r.description(here, o)
		if name, _ := o["name"].(string); names[name] {
			r.add(here.to("name"), "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS", "Option name already exists")
		} else {
			names[name] = true
		}
		kind := number(o["type"])
		if kind < 1 || kind > 11 {
			r.add(here.to("type"), "BASE_TYPE_CHOICES", "There is no option of type %d.", kind)
		}
		if kind <= 2 {
			subs++
			if depth > 1 || depth == 1 && kind == 2 {
				r.add(here.to("type"), "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Subcommands nest one level")
				continue
			}
			chars += r.options(here.to("options"), o["options"], 3-kind)
			continue
		}
		required := o["required"] == true
		if required && optional {
			r.add(here, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", "Required options must be placed before non-required options")
		}
		optional = optional || !required
		chars += r.choices(here, o, kind)
		r.bounds(here, o)
	}
	if subs > 0 && subs < len(list) {
		r.add(where, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Sub-command and sub-command group option types are mutually exclusive to all other types")
	}
	return chars
}

// choices checks the choices of an option and returns their characters.
func (r *rules) choices(where at, o map[string]any, kind int) int {
	chars := 0
	list := r.list(where.to("choices"), o["choices"], 0, maxChoices)
	names := map[string]bool{}
	for i, x := range list {
		choice := r.object(where.to("choices", i), x)
		chars += r.text(where.to("choices", i, "name"), choice["name"], 1, maxCommandText)
		if name, _ := choice["name"].(string); names[name] {
			r.add(where.to("choices", i, "name"), "APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_ALREADY_EXISTS", "Option choice name already exists")
		} else {
			names[name] = true
		}
		if kind == 3 {
			chars += r.text(where.to("choices", i, "value"), choice["value"], 1, maxCommandText)
		} else if _, isNumber := choice["value"].(json.Number); !isNumber {
			r.add(where.to("choices", i, "value"), "NUMBER_TYPE_COERCE", "Value %v is not a number.", choice["value"])
		}
	}
	auto := o["autocomplete"] == true
	switch {
	case (auto || len(list) > 0) && kind != 3 && kind != 4 && kind != 10:
		r.add(where, "APPLICATION_COMMAND_OPTIONS_CHOICES_INVALID", "Options of type %d have no choices", kind)
	case auto && len(list) > 0:
		r.add(where, "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID", "Choices and autocomplete are mutually exclusive")
	}
	return chars
}

// bounds checks that the least value of an option is not above the greatest.
func (r *rules) bounds(where at, o map[string]any) {
	for _, k := range []string{"value", "length"} {
		if o["min_"+k] != nil && o["max_"+k] != nil && number(o["min_"+k]) > number(o["max_"+k]) {
			r.add(where.to("min_"+k), "NUMBER_TYPE_MAX", "The least is above the greatest.")
		}
	}
}
