package message

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// problems collects what is wrong, so that all of it is reported at once.
type problems []error

func (p *problems) add(format string, args ...any) { *p = append(*p, fmt.Errorf(format, args...)) }

// text checks one text: valid, not blank where it is there or must be, short
// enough.
func (p *problems) text(what, s string, n int, required bool) {
	switch {
	case s == "" && !required:
	case strings.TrimSpace(s) == "":
		p.add("%s is blank", what)
	case !utf8.ValidString(s) || strings.Contains(s, "\x00"):
		p.add("%s is not valid text", what)
	case Len(s) > n:
		p.add("%s has %d characters, at most %d are allowed", what, Len(s), n)
	}
}

func (p *problems) url(what, s string, n int) {
	if s != "" && !lawfulURL(s, n) {
		p.add("%s is not a web address of at most %d characters", what, n)
	}
}

func (p *problems) count(what string, n, most int) {
	if n > most {
		p.add("%d %s, at most %d are allowed", n, what, most)
	}
}

// Validate reports everything in a message that Discord would refuse, nil
// where it would take it. It asks of [Fit]'s results that they pass.
func Validate(m Message) error {
	var p problems
	p.text("content", m.Content, MaxContent, false)
	if m.Content == "" && len(m.Embeds) == 0 {
		p.add("the message is empty")
	}
	p.count("embeds", len(m.Embeds), MaxEmbeds)
	total := 0
	for i, e := range m.Embeds {
		total += EmbedLen(e)
		p.embed(fmt.Sprintf("embed %d", i+1), e)
	}
	p.count("characters in all embeds", total, MaxEmbedsText)
	p.rows(m.Components)
	p.count("roles to notify", len(m.PingRoles), MaxPingRoles)
	for i, role := range m.PingRoles {
		if !snowflake(role) || slices.Contains(m.PingRoles[:i], role) {
			p.add("role %q is no id, or is there twice", role)
		}
	}
	return errors.Join(p...)
}

func (p *problems) embed(at string, e Embed) {
	if emptyEmbed(e) {
		p.add("%s is empty", at)
	}
	p.text(at+" title", e.Title, MaxTitle, false)
	p.text(at+" description", e.Description, MaxDescription, false)
	p.text(at+" footer", e.Footer, MaxFooter, false)
	p.text(at+" author", e.Author, MaxAuthor, false)
	p.count("fields in "+at, len(e.Fields), MaxFields)
	for i, f := range e.Fields {
		p.text(fmt.Sprintf("%s field %d name", at, i+1), f.Name, MaxFieldName, true)
		p.text(fmt.Sprintf("%s field %d value", at, i+1), f.Value, MaxFieldValue, true)
	}
	p.url(at+" link", e.URL, MaxURL)
	if e.URL != "" && e.Title == "" {
		p.add("%s has a link but no title to carry it", at)
	}
	p.url(at+" image", e.Image, MaxURL)
	if e.Color < 0 || e.Color > 0xFFFFFF {
		p.add("%s colour %#x is none", at, e.Color)
	}
	if !lawfulTime(e.Timestamp) {
		p.add("%s timestamp is out of range", at)
	}
}

func (p *problems) rows(rows []Row) {
	p.count("rows", len(rows), MaxRows)
	ids := map[string]bool{}
	id := func(at, s string) {
		if !claim(s, ids) {
			p.add("%s: custom id %q is empty, too long or there twice", at, s)
		}
	}
	for i, r := range rows {
		at := fmt.Sprintf("row %d", i+1)
		if (len(r.Buttons) == 0) == (r.Menu == nil) {
			p.add("%s must hold either buttons or one menu", at)
		}
		p.count("buttons in "+at, len(r.Buttons), MaxButtons)
		for _, b := range r.Buttons {
			p.text(at+" label", b.Label, MaxLabel, true)
			switch b.Style {
			case Link:
				p.url(at+" button link", b.URL, MaxButtonURL)
				if b.URL == "" || b.ID != "" {
					p.add("%s: a link button has an address and no custom id", at)
				}
			case Primary, Secondary, Danger:
				id(at, b.ID)
				if b.URL != "" {
					p.add("%s: only a link button has an address", at)
				}
			default:
				p.add("%s: button style %q is unknown", at, b.Style)
			}
		}
		if r.Menu != nil {
			id(at, r.Menu.ID)
			p.menu(at, *r.Menu)
		}
	}
}

// most checks how many options of a menu may be chosen at once.
func (p *problems) most(at string, n, limit int) {
	if n < 0 || n > limit {
		p.add("%s: %d may be chosen at once, of %d", at, n, limit)
	}
}

func (p *problems) menu(at string, m Menu) {
	p.text(at+" placeholder", m.Placeholder, MaxPlaceholder, false)
	switch m.Kind {
	case MenuRoles, MenuChannels:
		p.most(at, m.Most, MaxOptions)
		p.count("options in "+at, len(m.Options), 0) // Discord lists them
		p.count("chosen in "+at, len(m.Selected), max(m.Most, 1))
		for i, id := range m.Selected {
			if !snowflake(id) || slices.Contains(m.Selected[:i], id) {
				p.add("%s: what is chosen, %q, is no id, or is there twice", at, id)
			}
		}
		return
	case MenuOptions:
		p.most(at, m.Most, len(m.Options))
		p.count("chosen in "+at, len(m.Selected), 0)
	default:
		p.add("%s: menu kind %q is unknown", at, m.Kind)
	}
	if len(m.Options) == 0 {
		p.add("%s: the menu has no options", at)
	}
	p.count("options in "+at, len(m.Options), MaxOptions)
	values := map[string]bool{}
	for _, c := range m.Options {
		p.text(at+" option", c.Name, MaxOptionText, true)
		p.text(at+" option description", c.Description, MaxOptionText, false)
		if !claim(c.Value, values) {
			p.add("%s: option value %q is empty, too long or there twice", at, c.Value)
		}
	}
}
