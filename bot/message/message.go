// Package message holds what is shown in a channel and what is asked in one,
// as plain values: messages, embeds, buttons, commands and interactions. The
// renderers and command handlers of package bot speak only these, so that
// Discord, the preview page and the golden files all show the same thing.
package message

import "time"

// Message is one message as a channel shows it.
type Message struct {
	Content    string   `json:"content,omitempty"`
	Embeds     []Embed  `json:"embeds,omitempty"`
	Components []Row    `json:"components,omitempty"`
	PingRoles  []string `json:"ping_roles,omitempty"` // roles that may be notified; nobody else ever is
	Silent     bool     `json:"silent,omitempty"`     // arrives without a notification
}

// Embed is the framed part of a message.
type Embed struct {
	Author      string    `json:"author,omitempty"`
	Title       string    `json:"title,omitempty"`
	URL         string    `json:"url,omitempty"` // where the title leads
	Description string    `json:"description,omitempty"`
	Color       int       `json:"color,omitempty"` // 0xRRGGBB
	Fields      []Field   `json:"fields,omitempty"`
	Image       string    `json:"image,omitempty"`
	Footer      string    `json:"footer,omitempty"`
	Timestamp   time.Time `json:"timestamp,omitzero"`
}

// Field is a titled part of an embed.
type Field struct {
	Name   string `json:"name"`
	Value  string `json:"value"`
	Inline bool   `json:"inline,omitempty"`
}

// Row is a line of up to five buttons, or one menu.
type Row struct {
	Buttons []Button `json:"buttons,omitempty"`
	Menu    *Menu    `json:"menu,omitempty"`
}

// ButtonStyle is how a button looks.
type ButtonStyle string

// The button styles.
const (
	Primary   ButtonStyle = "primary"
	Secondary ButtonStyle = "secondary"
	Danger    ButtonStyle = "danger"
	Link      ButtonStyle = "link"
)

// Button is pressed (ID) or followed (URL): one of the two is set.
type Button struct {
	Style    ButtonStyle `json:"style"`
	Label    string      `json:"label"`
	ID       string      `json:"id,omitempty"` // at most 100 characters; holds all state, so it works after a restart
	URL      string      `json:"url,omitempty"`
	Disabled bool        `json:"disabled,omitempty"`
}

// MenuKind says what a menu offers.
type MenuKind string

// The kinds of menu.
const (
	MenuOptions  MenuKind = ""        // its options
	MenuRoles    MenuKind = "role"    // the server's roles, by id
	MenuChannels MenuKind = "channel" // its channels that can be posted to, by id
)

// Menu is a drop-down from which one option is chosen, or several.
type Menu struct {
	ID          string   `json:"id"`
	Kind        MenuKind `json:"kind,omitempty"`
	Placeholder string   `json:"placeholder,omitempty"`
	Options     []Choice `json:"options,omitempty"`  // of MenuOptions
	Selected    []string `json:"selected,omitempty"` // ids chosen from the first, of the other kinds
	Most        int      `json:"most,omitempty"`     // options that may be chosen at once; 0: one
}

// Choice is an option's shown name and the value that is sent.
type Choice struct {
	Name        string `json:"name"`
	Value       string `json:"value"`
	Description string `json:"description,omitempty"` // menus only
	Chosen      bool   `json:"chosen,omitempty"`      // menus only: chosen from the first
}

// OptionKind is the type of a command's option.
type OptionKind string

// The option kinds in use.
const (
	OptionString  OptionKind = "string"
	OptionInteger OptionKind = "integer"
	OptionChannel OptionKind = "channel" // a channel that can be posted to
	OptionRole    OptionKind = "role"    // a role of the server, by id
	OptionFile    OptionKind = "file"    // a file that the person attaches
)

// Option is one parameter of a command.
type Option struct {
	Name         string
	Description  string
	Kind         OptionKind
	Required     bool
	Choices      []Choice
	Autocomplete bool
	Min, Max     int // for integers; both 0 means no bound
}

// Command is a slash command as it is registered. One with subcommands cannot
// be used by itself and has no options of its own; of a subcommand, Discord
// knows only the name, description and options.
type Command struct {
	Name        string
	Description string
	Options     []Option // required ones first
	Subcommands []Command
	ManageGuild bool // only for members who may manage the server, unless its admins say otherwise
	GuildOnly   bool // makes no sense in a direct message
	Slow        bool // may take longer than a second: is deferred at once
	Public      bool // answered for everybody in the channel to see
}

// InteractionKind is what a person did.
type InteractionKind string

// The kinds of interaction.
const (
	KindCommand      InteractionKind = "command"
	KindAutocomplete InteractionKind = "autocomplete"
	KindComponent    InteractionKind = "component" // a button pressed or a menu used
)

// Interaction is something a person did that must be answered.
type Interaction struct {
	Kind    InteractionKind
	Command string            // command name, for commands and autocompletion; with the subcommand's after a blank
	Options map[string]string // values by option name; integers in decimal, channels by id
	Files   map[string]File   // what was attached, by option name
	Focused string            // the option being typed, for autocompletion
	Custom  string            // the custom id, for components
	Values  []string          // what was chosen, for menus
	Guild   string            // "" in a direct message
	Channel string
	User    string
	Locale  string // the person's language, such as "en-US"
	Manage  bool   // whether the person may manage the server
	// ChannelPermissions holds the bot's permissions in the channels that the
	// interaction names, by channel id, where Discord said them.
	ChannelPermissions map[string]uint64
	// ChannelKinds holds what those channels are.
	ChannelKinds map[string]ChannelKind
}

// File is a file that somebody attached, which lies at URL or is Data already,
// or one that a reply carries, which is Data.
type File struct {
	Name string // as its sender called it: nothing to be trusted
	Type string // media type as its sender says, "" where unknown
	Size int64  // bytes, of an attached one
	URL  string // where it can be fetched
	Data []byte `json:"-"`
}

// Reply is the answer to an interaction.
type Reply struct {
	Message   Message
	Ephemeral bool     // only the asker sees it
	Update    bool     // replaces the message that holds the component
	Choices   []Choice // for autocompletion, at most 25
	Files     []File   `json:",omitempty"` // that come with the message, at most MaxFiles
}
