package message

import (
	"slices"
	"strings"
	"time"
)

// nothing is the content of a message that would be empty: Discord refuses
// those.
const nothing = "(nothing to show)"

// Fit returns the message within Discord's limits, whatever it was: texts are
// cut as [Cut] cuts them, what is too many or can't work is left out (a button
// without a label, a custom id that is too long or there twice, an address
// that is no web address), and a message with neither text nor embed gets a
// line that says so. A message that [Validate] accepts is returned as it is.
// Fit changes nothing in m.
func Fit(m Message) Message {
	out := Message{Content: fitText(m.Content, MaxContent), Silent: m.Silent}
	room := MaxEmbedsText
	for _, e := range m.Embeds {
		if len(out.Embeds) == MaxEmbeds {
			break
		}
		e = fitEmbed(e, room)
		if emptyEmbed(e) {
			continue
		}
		room -= EmbedLen(e)
		out.Embeds = append(out.Embeds, e)
	}
	if out.Content == "" && len(out.Embeds) == 0 {
		out.Content = nothing
	}
	out.Components = fitRows(m.Components)
	for _, role := range m.PingRoles {
		if snowflake(role) && !slices.Contains(out.PingRoles, role) && len(out.PingRoles) < MaxPingRoles {
			out.PingRoles = append(out.PingRoles, role)
		}
	}
	return out
}

// fitText bounds a text. A text of blanks counts as none, as with Discord.
func fitText(s string, n int) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "")
	if strings.TrimSpace(s) == "" {
		return ""
	}
	return Cut(s, n)
}

// fitEmbed bounds an embed, all its texts together to room. What names the
// embed goes first, then what says how it came about, then the long texts.
func fitEmbed(e Embed, room int) Embed {
	take := func(s string, n int) string {
		s = fitText(s, min(n, room))
		room -= Len(s)
		return s
	}
	out := Embed{Color: e.Color & 0xFFFFFF}
	out.Title = take(e.Title, MaxTitle)
	out.Author = take(e.Author, MaxAuthor)
	out.Footer = take(e.Footer, MaxFooter)
	out.Description = take(e.Description, MaxDescription)
	for _, f := range e.Fields {
		if len(out.Fields) == MaxFields {
			break
		}
		before := room
		f.Name = take(f.Name, MaxFieldName)
		f.Value = take(f.Value, MaxFieldValue)
		if f.Name == "" || f.Value == "" {
			room = before
			continue
		}
		out.Fields = append(out.Fields, f)
	}
	if lawfulURL(e.URL, MaxURL) && out.Title != "" {
		out.URL = e.URL
	}
	if lawfulURL(e.Image, MaxURL) {
		out.Image = e.Image
	}
	if lawfulTime(e.Timestamp) {
		out.Timestamp = e.Timestamp
	}
	return out
}

// lawfulURL reports whether an address is written as [LinkURL] writes it.
func lawfulURL(s string, n int) bool {
	return s != "" && Len(s) <= n && LinkURL(s) == s
}

// lawfulTime reports whether a time has the four-digit year that the wire
// format needs. The zero time is left out, and so is lawful.
func lawfulTime(t time.Time) bool {
	return t.IsZero() || t.UTC().Year() >= 1 && t.UTC().Year() < 9999
}

// emptyEmbed reports whether an embed shows nothing. Discord refuses those.
func emptyEmbed(e Embed) bool {
	return e.Title == "" && e.Author == "" && e.Footer == "" && e.Description == "" && len(e.Fields) == 0 && e.Image == ""
}

func snowflake(id string) bool {
	return id != "" && len(id) <= 20 && strings.Trim(id, "0123456789") == ""
}

// fitRows bounds the components. A row that holds both buttons and a menu
// becomes two.
func fitRows(rows []Row) []Row {
	var out []Row
	ids := map[string]bool{}
	add := func(r Row) {
		if len(out) < MaxRows && (len(r.Buttons) > 0 || r.Menu != nil) {
			out = append(out, r)
		}
	}
	for _, r := range rows {
		if len(out) == MaxRows {
			break
		}
		add(Row{Buttons: fitButtons(r.Buttons, ids)})
		if r.Menu != nil && len(out) < MaxRows {
			add(Row{Menu: fitMenu(*r.Menu, ids)})
		}
	}
	return out
}

func fitButtons(buttons []Button, ids map[string]bool) []Button {
	var out []Button
	for _, b := range buttons {
		if len(out) == MaxButtons {
			break
		}
		b.Label = fitText(b.Label, MaxLabel)
		if b.Label == "" {
			continue
		}
		if b.Style == Link {
			b.ID = ""
			if !lawfulURL(b.URL, MaxButtonURL) {
				continue
			}
		} else {
			b.URL = ""
			if b.Style != Primary && b.Style != Danger {
				b.Style = Secondary
			}
			if !claim(b.ID, ids) {
				continue
			}
		}
		out = append(out, b)
	}
	return out
}

// claim reports whether a custom id is lawful and not taken, and takes it.
func claim(id string, ids map[string]bool) bool {
	if !lawfulID(id) || ids[id] {
		return false
	}
	ids[id] = true
	return true
}

func lawfulID(id string) bool {
	return id == fitText(id, MaxCustomID) && id != ""
}

// fitMenu returns nil where no option is left.
func fitMenu(m Menu, ids map[string]bool) *Menu {
	out := Menu{ID: m.ID, Kind: m.Kind, Placeholder: fitText(m.Placeholder, MaxPlaceholder)}
	if m.Kind == MenuRoles || m.Kind == MenuChannels {
		out.Most = min(max(m.Most, 0), MaxOptions)
		for _, id := range m.Selected {
			if snowflake(id) && !slices.Contains(out.Selected, id) && len(out.Selected) < max(out.Most, 1) {
				out.Selected = append(out.Selected, id)
			}
		}
		if !claim(m.ID, ids) {
			return nil
		}
		return &out
	}
	out.Kind = MenuOptions
	values := map[string]bool{}
	for _, c := range m.Options {
		c = Choice{Name: fitText(c.Name, MaxOptionText), Value: c.Value, Description: fitText(c.Description, MaxOptionText), Chosen: c.Chosen}
		if c.Name != "" && len(out.Options) < MaxOptions && lawfulID(c.Value) && !values[c.Value] {
			values[c.Value] = true
			out.Options = append(out.Options, c)
		}
	}
	out.Most = min(max(m.Most, 0), len(out.Options))
	if len(out.Options) == 0 || !claim(m.ID, ids) {
		return nil
	}
	return &out
}

// FitChoices bounds the suggestions of an autocompletion: names are made plain
// and cut, and a suggestion whose value is too long or there twice is left
// out.
func FitChoices(choices []Choice) []Choice {
	out := make([]Choice, 0, min(len(choices), MaxChoices))
	values := map[string]bool{}
	for _, c := range choices {
		c = Choice{Name: Cut(Plain(c.Name), MaxChoiceText), Value: c.Value}
		if c.Name == "" || !lawfulID(c.Value) || values[c.Value] || len(out) == MaxChoices {
			continue
		}
		values[c.Value] = true
		out = append(out, c)
	}
	return out
}
