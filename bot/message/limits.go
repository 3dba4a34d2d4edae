package message

import "unicode/utf16"

// Discord's limits. The source of each is Discord's documentation of the
// resource named beside it, and its API description where that has a number.
// Texts are measured by [Len].
const (
	MaxContent   = 2000 // Create Message: content
	MaxEmbeds    = 10   // Create Message: embeds
	MaxPingRoles = 100  // Allowed Mentions: roles
	MaxFiles     = 10   // API description: files of a message

	MaxTitle       = 256  // Embed Limits: title
	MaxDescription = 4096 // Embed Limits: description
	MaxFields      = 25   // Embed Limits: fields
	MaxFieldName   = 256  // Embed Limits: field.name
	MaxFieldValue  = 1024 // Embed Limits: field.value
	MaxFooter      = 2048 // Embed Limits: footer.text
	MaxAuthor      = 256  // Embed Limits: author.name
	MaxEmbedsText  = 6000 // Embed Limits: all texts of all embeds of a message together
	MaxURL         = 2048 // API description: url of an embed and of its image

	MaxRows        = 5   // Component Reference: action rows of a message
	MaxButtons     = 5   // Component Reference: buttons of a row
	MaxLabel       = 80  // Component Reference: button label
	MaxCustomID    = 100 // Component Reference: custom_id
	MaxButtonURL   = 512 // Component Reference: url of a link button
	MaxOptions     = 25  // Component Reference: options of a menu
	MaxOptionText  = 100 // Component Reference: label, value and description of an option
	MaxPlaceholder = 150 // Component Reference: placeholder of a menu

	MaxChoices     = 25   // Application Commands: choices of an option, suggestions of an autocompletion
	MaxChoiceText  = 100  // Application Commands: name and value of a choice
	MaxThreadName  = 100  // Start Thread from Message: name
	MaxPostTags    = 5    // API description: applied_tags of a post in a forum
	MaxNonce       = 25   // Create Message: nonce
	MaxCommands    = 100  // Application Commands: global commands of an application
	MaxCommandName = 32   // Application Commands: name of a command or option
	MaxCommandHelp = 100  // Application Commands: description of a command or option
	MaxCommandText = 8000 // Application Commands: names, descriptions and values of a command together
	MaxParameters  = 25   // Application Commands: options of a command
)

// Len measures text in UTF-16 code units. Discord's documents say
// "characters" and leave open which; code units are never fewer than code
// points, so a text that fits by Len fits by either count.
func Len(text string) int {
	n := 0
	for _, r := range text {
		n += max(1, utf16.RuneLen(r))
	}
	return n
}

// EmbedLen is what an embed counts towards MaxEmbedsText: its title,
// description, footer, author and the names and values of its fields.
// Addresses do not count.
func EmbedLen(e Embed) int {
	n := Len(e.Author) + Len(e.Title) + Len(e.Description) + Len(e.Footer)
	for _, f := range e.Fields {
		n += Len(f.Name) + Len(f.Value)
	}
	return n
}
