package discord

import (
	"slices"
	"time"

	"newsdesk/bot/message"
)

// Message flags. Source: https://discord.com/developers/docs/resources/message#message-object-message-flags
const (
	flagEphemeral = 1 << 6
	flagSilent    = 1 << 12 // SUPPRESS_NOTIFICATIONS
)

// Component types and button styles.
// Source: https://discord.com/developers/docs/components/reference
const (
	componentRow      = 1
	componentButton   = 2
	componentMenu     = 3
	componentRoles    = 6
	componentChannels = 8
)

// messageBody is a message as Discord's API takes it. Content, embeds and
// components are always there, so that an edit takes away what is gone.
type messageBody struct {
	Content         string          `json:"content"`
	Embeds          []embedBody     `json:"embeds"`
	Components      []componentBody `json:"components"`
	AllowedMentions mentionsBody    `json:"allowed_mentions"`
	Flags           int             `json:"flags,omitempty"`
	Nonce           string          `json:"nonce,omitempty"`
	EnforceNonce    bool            `json:"enforce_nonce,omitempty"`
	// Attachments describe the files of the same request, by their numbers.
	Attachments []attachmentBody `json:"attachments,omitempty"`
}

// mentionsBody says who may be notified. An empty Parse, which must be there,
// turns off all that Discord would find in the text by itself.
type mentionsBody struct {
	Parse []string `json:"parse"`
	Roles []string `json:"roles"`
}

type embedBody struct {
	Title       string      `json:"title,omitempty"`
	Description string      `json:"description,omitempty"`
	URL         string      `json:"url,omitempty"`
	Timestamp   string      `json:"timestamp,omitempty"`
	Color       int         `json:"color,omitempty"`
	Footer      *footerBody `json:"footer,omitempty"`
	Image       *imageBody  `json:"image,omitempty"`
	Author      *authorBody `json:"author,omitempty"`
	Fields      []fieldBody `json:"fields,omitempty"`
}

type footerBody struct {
	Text string `json:"text"`
}

type imageBody struct {
	URL string `json:"url"`
}

type authorBody struct {
	Name string `json:"name"`
}

type fieldBody struct {
	Name   string `json:"name"`
	Value  string `json:"value"`
	Inline bool   `json:"inline"`
}

type componentBody struct {
	Type        int             `json:"type"`
	Components  []componentBody `json:"components,omitempty"`
	Style       int             `json:"style,omitempty"`
	Label       string          `json:"label,omitempty"`
	CustomID    string          `json:"custom_id,omitempty"`
	URL         string          `json:"url,omitempty"`
	Disabled    bool            `json:"disabled,omitempty"`
	Placeholder string          `json:"placeholder,omitempty"`
	Options     []menuBody      `json:"options,omitempty"`
	MaxValues   int             `json:"max_values,omitempty"`
	// Of menus that Discord fills.
	Defaults     []defaultBody `json:"default_values,omitempty"`
	ChannelTypes []int         `json:"channel_types,omitempty"`
}

type defaultBody struct {
	ID   string `json:"id"`
	Type string `json:"type"`
}

type menuBody struct {
	Label       string `json:"label"`
	Value       string `json:"value"`
	Description string `json:"description,omitempty"`
	Default     bool   `json:"default,omitempty"`
}

// encode turns a message into what Discord takes.
func encode(m message.Message) messageBody {
	b := messageBody{
		Content:    m.Content,
		Embeds:     make([]embedBody, 0, len(m.Embeds)),
		Components: make([]componentBody, 0, len(m.Components)),
		AllowedMentions: mentionsBody{
			Parse: []string{},
			Roles: []string{},
		},
	}
	for _, r := range m.PingRoles {
		if snowflake(r) && !slices.Contains(b.AllowedMentions.Roles, r) {
			b.AllowedMentions.Roles = append(b.AllowedMentions.Roles, r)
		}
	}
	for _, e := range m.Embeds {
		b.Embeds = append(b.Embeds, encodeEmbed(e))
	}
	for _, r := range m.Components {
		if row := encodeRow(r); len(row.Components) > 0 {
			b.Components = append(b.Components, row)
		}
	}
	if m.Silent {
		b.Flags |= flagSilent
	}
	return b
}

// empty reports whether Discord would find nothing to show.
func (b messageBody) empty() bool {
	return b.Content == "" && len(b.Embeds) == 0 && len(b.Components) == 0
}

func encodeEmbed(e message.Embed) embedBody {
	b := embedBody{Title: e.Title, Description: e.Description, URL: e.URL, Color: e.Color}
	if !e.Timestamp.IsZero() {
		b.Timestamp = e.Timestamp.UTC().Format(time.RFC3339)
	}
	if e.Footer != "" {
		b.Footer = &footerBody{e.Footer}
	}
	if e.Image != "" {
		b.Image = &imageBody{e.Image}
	}
	if e.Author != "" {
		b.Author = &authorBody{e.Author}
	}
	for _, f := range e.Fields {
		b.Fields = append(b.Fields, fieldBody(f))
	}
	return b
}

func encodeRow(r message.Row) componentBody {
	row := componentBody{Type: componentRow}
	for _, bt := range r.Buttons {
		b := componentBody{Type: componentButton, Label: bt.Label, Disabled: bt.Disabled}
		if bt.URL != "" || bt.Style == message.Link {
			b.Style, b.URL = 5, bt.URL
		} else {
			b.Style, b.CustomID = buttonStyle(bt.Style), bt.ID
		}
		row.Components = append(row.Components, b)
	}
	if r.Menu != nil {
		row.Components = append(row.Components, encodeMenu(*r.Menu))
	}
	return row
}

func encodeMenu(from message.Menu) componentBody {
	m := componentBody{Type: componentMenu, CustomID: from.ID, Placeholder: from.Placeholder, MaxValues: from.Most}
	switch from.Kind {
	case message.MenuRoles:
		m.Type = componentRoles
	case message.MenuChannels:
		m.Type, m.ChannelTypes = componentChannels, postable()
	}
	for _, o := range from.Options {
		m.Options = append(m.Options, menuBody{Label: o.Name, Value: o.Value, Description: o.Description, Default: o.Chosen})
	}
	for _, id := range from.Selected {
		m.Defaults = append(m.Defaults, defaultBody{ID: id, Type: string(from.Kind)})
	}
	return m
}

func buttonStyle(s message.ButtonStyle) int {
	switch s {
	case message.Primary:
		return 1
	case message.Danger:
		return 4
	default:
		return 2
	}
}
