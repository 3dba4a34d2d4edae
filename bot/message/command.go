package message

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// isName reports whether commands and options may be called that. It is Discord's
// rule, less the scripts without capital letters, which we do not use for names.
func isName(s string) bool {
	odd := func(r rune) bool {
		return r != '-' && r != '_' && !unicode.Is(unicode.Ll, r) && !unicode.Is(unicode.N, r)
	}
	n := utf8.RuneCountInString(s)
	return 1 <= n && n <= MaxCommandName && !strings.ContainsFunc(s, odd)
}

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

// Usable returns the commands as a person can use them: those without
// subcommands, and in place of the others their subcommands, each named
// "command subcommand" and with its command's rights and manners.
func Usable(cmds []Command) []Command {
	var out []Command
	for _, c := range cmds {
		if len(c.Subcommands) == 0 {
			out = append(out, c)
			continue
		}
		for _, s := range c.Subcommands {
			s.Name = c.Name + " " + s.Name
			s.ManageGuild = s.ManageGuild || c.ManageGuild
			s.GuildOnly = s.GuildOnly || c.GuildOnly
			s.Slow = s.Slow || c.Slow
			s.Public = s.Public || c.Public
			out = append(out, s)
		}
	}
	return out
}

func (p *problems) command(at string, c Command) {
	total := p.one(at, c)
	p.count("subcommands of "+at, len(c.Subcommands), MaxParameters)
	if len(c.Subcommands) > 0 && len(c.Options) > 0 {
		p.add("%s has both options and subcommands", at)
	}
	seen := map[string]bool{}
	for _, s := range c.Subcommands {
		in := at + " " + s.Name
		if seen[s.Name] {
			p.add("%s is there twice", in)
		}
		seen[s.Name] = true
		if len(s.Subcommands) > 0 {
			p.add("%s: a subcommand has no subcommands", in)
		}
		if s.ManageGuild && !c.ManageGuild || s.GuildOnly && !c.GuildOnly {
			p.add("%s: who may use a subcommand, and where, is said by its command", in)
		}
		total += p.one(in, s)
	}
	p.count("characters in "+at, total, MaxCommandText)
}

// one checks a command or subcommand and its options, and returns the
// characters that count towards MaxCommandText.
func (p *problems) one(at string, c Command) (total int) {
	p.name(at, c.Name)
	p.text(at+" description", c.Description, MaxCommandHelp, true)
	p.count("options in "+at, len(c.Options), MaxParameters)
	total = Len(c.Name) + Len(c.Description)
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
	return total
}

func (p *problems) name(at, s string) {
	if !isName(s) {
		p.add("%s: a name is 1 to %d lower-case letters, digits, - or _", at, MaxCommandName)
	}
}
