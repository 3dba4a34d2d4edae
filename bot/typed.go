package bot

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"newsdesk/bot/message"
)

// maxTyped bounds a typed line, in bytes.
const maxTyped = 4000

// ParseTyped reads a command as it is typed on the preview page:
//
//	/search words:big quake topic:world
//	/search "topic: what?" days:7
//	/story 12
//	/schedule digest every:daily time:08:30
//
// What stands before the first "option:" goes to the command's first string
// option; quotes keep blanks and colons together. Values are checked against
// the command: required options, choices (by name or value), whole numbers and
// their bounds. A file cannot be typed: the page adds what was attached. Errors are sentences for the person who typed, and list what
// exists.
func ParseTyped(line string, cmds []message.Command) (message.Interaction, error) {
	if len(line) > maxTyped {
		return message.Interaction{}, fmt.Errorf("that line is too long: %d bytes are the most", maxTyped)
	}
	line = strings.TrimSpace(strings.Map(blanks, strings.ToValidUTF8(line, "\uFFFD")))
	name, rest, _ := strings.Cut(strings.TrimPrefix(line, "/"), " ")
	if name == "" {
		return message.Interaction{}, fmt.Errorf("type a command: %s", commandNames(cmds))
	}
	for _, cmd := range cmds {
		if !strings.EqualFold(cmd.Name, name) {
			continue
		}
		if len(cmd.Subcommands) > 0 {
			sub, after, _ := strings.Cut(strings.TrimSpace(rest), " ")
			i := slices.IndexFunc(cmd.Subcommands, func(s message.Command) bool { return strings.EqualFold(s.Name, sub) })
			usable := message.Usable([]message.Command{cmd})
			if i < 0 {
				return message.Interaction{}, fmt.Errorf("/%s is one of several: type %s", cmd.Name, commandNames(usable))
			}
			cmd, rest = usable[i], after
		}
		options, err := parseOptions(rest, cmd)
		if err != nil {
			return message.Interaction{}, err
		}
		return message.Interaction{Kind: message.KindCommand, Command: cmd.Name, Options: options}, nil
	}
	return message.Interaction{}, fmt.Errorf("there is no command %s: type one of %s",
		message.Cut(message.Plain("/"+name), 40), commandNames(cmds))
}

// blanks makes every blank and control character a plain blank.
func blanks(r rune) rune {
	if unicode.IsSpace(r) || unicode.IsControl(r) {
		return ' '
	}
	return r
}

func commandNames(cmds []message.Command) string {
	names := make([]string, len(cmds))
	for i, c := range cmds {
		names[i] = "/" + c.Name
	}
	return strings.Join(names, ", ")
}

// parseOptions reads what follows the command's name.
func parseOptions(rest string, cmd message.Command) (map[string]string, error) {
	words, err := splitQuoted(rest)
	if err != nil {
		return nil, err
	}
	values := map[string][]string{}
	given := map[string]bool{}
	current := ""
	for i, w := range words {
		name, value, ok := w.option(cmd)
		if ok {
			if given[name] {
				return nil, fmt.Errorf("%s is given twice", name)
			}
			given[name], current = true, name
			if value != "" {
				values[name] = append(values[name], value)
			}
			continue
		}
		if current == "" {
			if i == 0 {
				if unknown := w.looksLikeOption(); unknown != "" && len(cmd.Options) != 1 {
					return nil, fmt.Errorf("/%s has no option %s: type %s", cmd.Name, message.Cut(unknown, 40), typedUsage(cmd))
				}
			}
			if current = firstText(cmd); current == "" {
				return nil, fmt.Errorf("/%s takes nothing after it", cmd.Name)
			}
			given[current] = true
		}
		values[current] = append(values[current], w.text)
	}
	out := map[string]string{}
	for _, o := range cmd.Options {
		value := strings.Join(values[o.Name], " ")
		if strings.TrimSpace(value) == "" {
			if o.Required && o.Kind != message.OptionFile {
				return nil, fmt.Errorf("/%s needs %s: type %s", cmd.Name, o.Name, typedUsage(cmd))
			}
			continue
		}
		if out[o.Name], err = checked(value, o); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// firstText is the option that takes text without a name, "" where there is
// none.
func firstText(cmd message.Command) string {
	for _, o := range cmd.Options {
		if o.Kind == message.OptionString {
			return o.Name
		}
	}
	return ""
}

// word is one word of a typed line. plain is how much of its beginning stood
// outside quotes: only there can a colon name an option.
type word struct {
	text  string
	plain int
}

// option reads "name:value" where name is an option of the command.
func (w word) option(cmd message.Command) (name, value string, ok bool) {
	i := strings.IndexByte(w.text, ':')
	if i < 1 || i >= w.plain {
		return "", "", false
	}
	for _, o := range cmd.Options {
		if strings.EqualFold(o.Name, w.text[:i]) {
			return o.Name, w.text[i+1:], true
		}
	}
	return "", "", false
}

// looksLikeOption returns the name where a word reads like "name:value" and
// not like an address or a time.
func (w word) looksLikeOption() string {
	i := strings.IndexByte(w.text, ':')
	if i < 1 || i >= w.plain || i == len(w.text)-1 || w.text[i+1] == '/' {
		return ""
	}
	if strings.Trim(w.text[:i], "abcdefghijklmnopqrstuvwxyz_-") != "" {
		return ""
	}
	return w.text[:i]
}

// splitQuoted splits at blanks outside double quotes, and takes the quotes
// off.
func splitQuoted(s string) ([]word, error) {
	var out []word
	var b strings.Builder
	quoted, begun, plain := false, false, -1
	flush := func() {
		if begun {
			if plain < 0 {
				plain = b.Len()
			}
			out = append(out, word{b.String(), plain})
		}
		b.Reset()
		begun, plain = false, -1
	}
	for _, r := range s {
		switch {
		case r == '"':
			quoted, begun = !quoted, true
			if plain < 0 {
				plain = b.Len()
			}
		case r == ' ' && !quoted:
			flush()
		default:
			begun = true
			b.WriteRune(r)
		}
	}
	if quoted {
		return nil, errors.New(`a quotation mark (") is opened but not closed`)
	}
	flush()
	return out, nil
}

// checked returns a value as Discord would send it.
func checked(value string, o message.Option) (string, error) {
	switch o.Kind {
	case message.OptionInteger:
		n, err := strconv.Atoi(strings.TrimSpace(value))
		bounded := o.Min != 0 || o.Max != 0
		if err != nil || bounded && (n < o.Min || n > o.Max) {
			if bounded {
				return "", fmt.Errorf("%s must be a whole number from %d to %d", o.Name, o.Min, o.Max)
			}
			return "", fmt.Errorf("%s must be a whole number", o.Name)
		}
		return strconv.Itoa(n), nil
	case message.OptionFile:
		return "", fmt.Errorf("%s can't be typed: attach it beside the line", o.Name)
	case message.OptionChannel:
		ch := strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(value, "<"), "#"), ">")
		if ch == "" || strings.ContainsAny(ch, " <>#") {
			return "", fmt.Errorf("%s must name one channel, such as #news", o.Name)
		}
		return ch, nil
	case message.OptionRole:
		role := strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(value, "<"), "@&"), ">")
		if role = strings.TrimPrefix(role, "@"); role == "" || strings.ContainsAny(role, " <>@") {
			return "", fmt.Errorf("%s must name one role, such as @news", o.Name)
		}
		return role, nil
	}
	if len(o.Choices) == 0 {
		return value, nil
	}
	names := make([]string, len(o.Choices))
	for i, c := range o.Choices {
		if strings.EqualFold(c.Name, value) || strings.EqualFold(c.Value, value) {
			return c.Value, nil
		}
		names[i] = c.Value
	}
	return "", fmt.Errorf("%s must be one of: %s", o.Name, strings.Join(names, ", "))
}

// typedUsage shows how a command is typed: "/search words:… [topic:…]".
func typedUsage(cmd message.Command) string {
	words := []string{"/" + cmd.Name}
	for _, o := range cmd.Options {
		if o.Kind == message.OptionFile {
			continue
		}
		if o.Required {
			words = append(words, o.Name+":…")
		} else {
			words = append(words, "["+o.Name+":…]")
		}
	}
	return strings.Join(words, " ")
}
