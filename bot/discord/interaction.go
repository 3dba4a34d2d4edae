package discord

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strconv"

	"github.com/bwmarrin/discordgo"

	"newsdesk/bot/message"
)

// maxOptions bounds the options of an interaction that are read; Discord
// allows 25.
const maxOptions = 100

// incoming is an interaction with what is needed to answer it.
type incoming struct {
	id, app, token string
	in             message.Interaction
}

// reply types of interactions that this package reads.
const (
	interactionCommand      = int(discordgo.InteractionApplicationCommand)
	interactionComponent    = int(discordgo.InteractionMessageComponent)
	interactionAutocomplete = int(discordgo.InteractionApplicationCommandAutocomplete)
)

// address is the part of an interaction without which nothing can be answered.
type address struct {
	ID    string `json:"id"`
	App   string `json:"application_id"`
	Token string `json:"token"`
	Type  int    `json:"type"`
}

// rawInteraction is the rest of it. discordgo's types are not used: their
// accessors panic where a kind is not the expected one.
type rawInteraction struct {
	Data    json.RawMessage `json:"data"`
	Guild   string          `json:"guild_id"`
	Channel string          `json:"channel_id"`
	Where   struct {
		ID   string `json:"id"`
		Type int    `json:"type"`
	} `json:"channel"`
	Locale  string `json:"locale"`
	AppPerm *bits  `json:"app_permissions"`
	User    *user  `json:"user"`
	Member  *struct {
		User        *user `json:"user"`
		Permissions bits  `json:"permissions"`
	} `json:"member"`
}

type rawCommand struct {
	Name     string      `json:"name"`
	Type     int         `json:"type"`
	Options  []rawOption `json:"options"`
	Resolved rawResolved `json:"resolved"`
}

// rawResolved is what the ids in options and values stand for.
type rawResolved struct {
	Channels map[string]struct {
		AppPerm *bits `json:"app_permissions"`
		Type    int   `json:"type"`
	} `json:"channels"`
	Attachments map[string]struct {
		Name string `json:"filename"`
		Type string `json:"content_type"`
		Size int64  `json:"size"`
		URL  string `json:"url"`
	} `json:"attachments"`
}

type rawOption struct {
	Name    string          `json:"name"`
	Type    int             `json:"type"`
	Value   json.RawMessage `json:"value"`
	Options []rawOption     `json:"options"`
	Focused bool            `json:"focused"`
}

type rawComponent struct {
	CustomID string      `json:"custom_id"`
	Values   []string    `json:"values"`
	Resolved rawResolved `json:"resolved"`
}

var errInteraction = errors.New("the interaction is not as documented")

// decode reads an interaction. answerable is true where it can at least be
// answered, even if err says that it cannot be understood.
func decode(data []byte) (in incoming, answerable bool, err error) {
	var a address
	if err := json.Unmarshal(data, &a); err != nil && a.Token == "" {
		return in, false, errInteraction
	}
	in.id, in.app, in.token = a.ID, a.App, a.Token
	if !snowflake(a.ID) || !snowflake(a.App) || a.Token == "" || len(a.Token) > 2000 {
		return in, false, errInteraction
	}
	switch a.Type {
	case interactionCommand:
		in.in.Kind = message.KindCommand
	case interactionAutocomplete:
		in.in.Kind = message.KindAutocomplete
	case interactionComponent:
		in.in.Kind = message.KindComponent
	default:
		return in, a.Type > 1, fmt.Errorf("%w: type %d", errInteraction, a.Type)
	}
	var raw rawInteraction
	if err := json.Unmarshal(data, &raw); err != nil {
		return in, true, fmt.Errorf("%w: %w", errInteraction, err)
	}
	if err := in.common(raw); err != nil {
		return in, true, err
	}
	if in.in.Kind == message.KindComponent {
		var c rawComponent
		if err := json.Unmarshal(raw.Data, &c); err != nil || c.CustomID == "" {
			return in, true, fmt.Errorf("%w: component data", errInteraction)
		}
		in.in.Custom, in.in.Values = c.CustomID, c.Values
		in.resolved(c.Resolved)
		return in, true, nil
	}
	return in, true, in.command(raw.Data)
}

// common fills in who asked, and where.
func (in *incoming) common(raw rawInteraction) error {
	m := &in.in
	m.Guild, m.Channel, m.Locale = raw.Guild, raw.Channel, raw.Locale
	who := raw.User
	if raw.Member != nil {
		who = raw.Member.User
		p := uint64(raw.Member.Permissions)
		m.Manage = p&(discordgo.PermissionManageGuild|discordgo.PermissionAdministrator) != 0
	}
	if who == nil || !snowflake(who.ID) {
		return fmt.Errorf("%w: nobody asked it", errInteraction)
	}
	m.User = who.ID
	m.ChannelPermissions = map[string]uint64{}
	if raw.Where.ID == m.Channel && m.Channel != "" {
		in.isKind(m.Channel, raw.Where.Type)
	}
	if raw.AppPerm != nil && m.Channel != "" {
		m.ChannelPermissions[m.Channel] = uint64(*raw.AppPerm)
	}
	return nil
}

// isKind notes what a channel is.
func (in *incoming) isKind(id string, kind int) {
	if in.in.ChannelKinds == nil {
		in.in.ChannelKinds = map[string]message.ChannelKind{}
	}
	in.in.ChannelKinds[id] = channelBody{Type: kind}.about().Kind
}

// command fills in what a command or its completion says.
func (in *incoming) command(data []byte) error {
	var c rawCommand
	if err := json.Unmarshal(data, &c); err != nil || c.Name == "" {
		return fmt.Errorf("%w: command data", errInteraction)
	}
	in.in.Command = c.Name
	in.in.Options = map[string]string{}
	in.resolved(c.Resolved)
	return in.options(c.Options, c.Resolved, 0)
}

// resolved notes what channels are, and what the bot may do there.
func (in *incoming) resolved(r rawResolved) {
	for id, ch := range r.Channels {
		if ch.AppPerm != nil {
			in.in.ChannelPermissions[id] = uint64(*ch.AppPerm)
			in.isKind(id, ch.Type)
		}
	}
}

// options reads options, and those of subcommands, whose names become part of
// the command's.
func (in *incoming) options(list []rawOption, r rawResolved, depth int) error {
	if len(list) > maxOptions || depth > 2 {
		return fmt.Errorf("%w: too many options", errInteraction)
	}
	for _, o := range list {
		if len(o.Value) == 0 && (o.Type == 1 || o.Type == 2) {
			in.in.Command += " " + o.Name
			if err := in.options(o.Options, r, depth+1); err != nil {
				return err
			}
			continue
		}
		v, err := optionValue(o.Value)
		if err != nil {
			return fmt.Errorf("%w: option %q", errInteraction, cut(o.Name, 40))
		}
		in.in.Options[o.Name] = v
		if o.Type == optionAttachment {
			a, ok := r.Attachments[v]
			if !ok {
				return fmt.Errorf("%w: option %q names no attachment", errInteraction, cut(o.Name, 40))
			}
			if in.in.Files == nil {
				in.in.Files = map[string]message.File{}
			}
			in.in.Files[o.Name] = message.File{Name: a.Name, Type: a.Type, Size: a.Size, URL: a.URL}
		}
		if o.Focused {
			in.in.Focused = o.Name
		}
	}
	return nil
}

// optionValue turns a value into text: strings and ids as they are, whole
// numbers in decimal.
func optionValue(raw json.RawMessage) (string, error) {
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	var v any
	if err := dec.Decode(&v); err != nil {
		return "", err
	}
	switch v := v.(type) {
	case string:
		return v, nil
	case bool:
		return strconv.FormatBool(v), nil
	case json.Number:
		if n, err := v.Int64(); err == nil {
			return strconv.FormatInt(n, 10), nil
		}
		f, err := v.Float64()
		if err != nil || math.Abs(f) > 1<<53 {
			return "", errInteraction
		}
		if f == math.Trunc(f) {
			return strconv.FormatInt(int64(f), 10), nil
		}
		return strconv.FormatFloat(f, 'g', -1, 64), nil
	}
	return "", errInteraction
}
