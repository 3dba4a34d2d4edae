package message

import (
	"errors"
	"fmt"
	"regexp"
)

// commandName is Discord's pattern for names of commands and options, less
// the scripts without capital letters, which we do not use for names.
var commandName = regexp.MustCompile(`^[-_\p{Ll}\p{N}]{1,32}$`)

// ValidateCommands reports everything in a list of commands that Discord would
// refuse at registration, nil where it would take them.
func ValidateCommands(cmds []Command) error {
	var p problems
	p.count("commands", len(cmds), MaxCommands)
	seen := map[string]bool{}
	for _, c := range cmds {
		at := "/" + c.Name
		if seen[c.Name] {
			p.add("%s is there twice", at)
		}
		seen[c.Name] = true
		p.command(at, c)
	}
	return errors.Join(p...)
}

func (p *problems) command(at string, c Command) {
	p.name(at, c.Name)
	p.text(at+" description", c.Description, MaxCommandHelp, true)
	p.count("options in "+at, len(c.Options), MaxParameters)
	total := Len(c.Name) + Len(c.Description)
	seen := map[string]bool{}
	optional := false
	for _, o := range c.Options {
		in := fmt.Sprintf("%s %s", at, o.Name)
		p.name(in, o.Name)
		if seen[o.Name] {
			p.add("%s is there twice", in)
		}
		seen[o.Name] = true
		p.text(in+" description", o.Description, MaxCommandHelp, true)
		if o.Required && optional {
			p.add("%s is required, but follows one that is not", in)
		}
		optional = optional || !o.Required
		if o.Autocomplete && len(o.Choices) > 0 {
			p.add("%s has both choices and autocompletion", in)
		}
		if o.Max < o.Min {
			p.add("%s: the least value is above the greatest", in)
		}
		total += Len(o.Name) + Len(o.Description)
		p.count("choices in "+in, len(o.Choices), MaxChoices)
		for _, ch := range o.Choices {
			p.text(in+" choice", ch.Name, MaxChoiceText, true)
			p.text(in+" choice value", ch.Value, MaxChoiceText, true)
			total += Len(ch.Name) + Len(ch.Value)
		}
	}
	p.count("characters in "+at, total, MaxCommandText)
}

func (p *problems) name(at, s string) {
	if !commandName.MatchString(s) {
		p.add("%s: a name is 1 to %d lower-case letters, digits, - or _", at, MaxCommandName)
	}
}
