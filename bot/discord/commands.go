package discord

import (
	"cmp"
	"encoding/json"
	"slices"

	"newsdesk/bot/message"
)

// Types of options.
// Source: https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-option-type
const (
	optionSubcommand = 1
	optionString     = 3
	optionInteger    = 4
	optionChannel    = 7
	optionRole       = 8
	optionAttachment = 11
)

// Where a command can be used.
const (
	contextGuild = 0
	contextBotDM = 1
)

// manageGuild is the permission MANAGE_GUILD as commands name it.
const manageGuild = "32"

// commandBody is a slash command as Discord's API takes and returns it.
type commandBody struct {
	Name             string       `json:"name"`
	Type             int          `json:"type"`
	Description      string       `json:"description"`
	Options          []optionBody `json:"options"`
	DefaultPerms     *string      `json:"default_member_permissions"`
	Contexts         []int        `json:"contexts"`
	IntegrationTypes []int        `json:"integration_types"`
}

type optionBody struct {
	Type         int          `json:"type"`
	Name         string       `json:"name"`
	Description  string       `json:"description"`
	Required     bool         `json:"required,omitempty"`
	Choices      []choiceBody `json:"choices,omitempty"`
	ChannelTypes []int        `json:"channel_types,omitempty"`
	MinValue     *int         `json:"min_value,omitempty"`
	MaxValue     *int         `json:"max_value,omitempty"`
	Autocomplete bool         `json:"autocomplete,omitempty"`
	Options      []optionBody `json:"options,omitempty"` // of a subcommand
}

// choiceBody has a string or, for integers, a number as its value.
type choiceBody struct {
	Name  string `json:"name"`
	Value any    `json:"value"`
}

// encodeCommand turns a command into what Discord takes.
func encodeCommand(c message.Command) commandBody {
	b := commandBody{
		Name: c.Name, Type: 1, Description: c.Description,
		Options:          make([]optionBody, 0, len(c.Options)),
		Contexts:         []int{contextGuild},
		IntegrationTypes: []int{0},
	}
	if !c.GuildOnly {
		b.Contexts = append(b.Contexts, contextBotDM)
	}
	if c.ManageGuild {
		perms := manageGuild
		b.DefaultPerms = &perms
	}
	for _, s := range c.Subcommands {
		b.Options = append(b.Options, optionBody{
			Type: optionSubcommand, Name: s.Name, Description: s.Description, Options: encodeOptions(s.Options),
		})
	}
	b.Options = append(b.Options, encodeOptions(c.Options)...)
	return b
}

func encodeOptions(list []message.Option) []optionBody {
	var out []optionBody
	for _, o := range list {
		out = append(out, encodeOption(o))
	}
	return out
}

func encodeOption(o message.Option) optionBody {
	b := optionBody{
		Name: o.Name, Description: o.Description, Required: o.Required,
		Autocomplete: o.Autocomplete && len(o.Choices) == 0, // Discord takes one of the two
	}
	switch o.Kind {
	case message.OptionInteger:
		b.Type = optionInteger
		if o.Min != 0 || o.Max != 0 {
			b.MinValue, b.MaxValue = &o.Min, &o.Max
		}
	case message.OptionChannel:
		b.Type = optionChannel
		b.ChannelTypes = postable()
	case message.OptionRole:
		b.Type = optionRole
	case message.OptionFile:
		b.Type = optionAttachment
	default:
		b.Type = optionString
	}
	for _, ch := range o.Choices {
		var value any = ch.Value
		if b.Type == optionInteger {
			value = json.Number(ch.Value)
		}
		b.Choices = append(b.Choices, choiceBody{Name: ch.Name, Value: value})
	}
	return b
}

// sameCommands reports whether Discord has the commands as they should be. Both
// lists are compared in one form: by name, without the fields that Discord adds
// and without the difference between absent, null and empty.
func sameCommands(have, want []commandBody) bool {
	form := func(list []commandBody) string {
		list = slices.Clone(list)
		slices.SortFunc(list, func(a, b commandBody) int { return cmp.Compare(a.Name, b.Name) })
		for i := range list {
			c := &list[i]
			c.Type = max(c.Type, 1)
			if len(c.Options) == 0 {
				c.Options = []optionBody{}
			}
			c.Contexts = slices.Sorted(slices.Values(c.Contexts))
			c.IntegrationTypes = slices.Sorted(slices.Values(c.IntegrationTypes))
		}
		b, err := json.Marshal(list)
		if err != nil {
			return err.Error()
		}
		return string(b)
	}
	return form(have) == form(want)
}
