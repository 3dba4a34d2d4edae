package bot

import (
	"slices"
	"strings"

	"newsdesk/bot/message"
	"newsdesk/news"
)

// voices says, a line each, who tells of an event: how many independent owners
// of which countries, and whether that is one-sided. Copies do not count.
func voices(e news.Event) []string {
	owners, outlets := e.Owners(), e.Outlets()
	if owners == 0 {
		return nil
	}
	countries, unknown, official, copies, opinions := sides(e)
	line := "**" + plural(owners, "independent owner") + "**"
	if outlets > owners {
		line += " of " + plural(outlets, "outlet")
	}
	switch {
	case len(countries) == 1:
		line += " · " + countries[0]
	case len(countries) > 1:
		line += " · " + plural(len(countries), "country") + ": " + strings.Join(countries, ", ")
	}
	if copies > 0 {
		line += " · " + plural(copies, "copy") + " not counted"
	}
	if opinions > 0 {
		line += " · " + plural(opinions, "opinion piece") + " not counted"
	}
	lines := []string{line}
	switch {
	case owners == 1 && outlets == 1:
		lines = append(lines, "⚠ Single source: nobody else tells of it so far.")
	case owners == 1:
		lines = append(lines, "⚠ One-sided: all outlets that tell of it have one owner.")
	case official:
		lines = append(lines, "⚠ One-sided: only governments and state media tell of it.")
	case len(countries) == 1 && !unknown:
		lines = append(lines, "⚠ One-sided: told from one country only.")
	}
	return lines
}

// sides lists the countries of an event's independent sources, and says whether
// that of one is unknown, whether all are official, and how many copies and opinion
// pieces there are beside them.
func sides(e news.Event) (countries []string, unknown, official bool, copies, opinions int) {
	official = true
	for _, s := range e.Sources {
		p := s.Publisher
		switch {
		case s.CopyOf != 0:
			copies++
			continue
		case !e.Reports(s):
			opinions++
			continue
		case p.Country == "":
			unknown = true
		case !slices.Contains(countries, message.Plain(p.Country)):
			countries = append(countries, message.Plain(p.Country))
		}
		official = official && (p.Kind == "state media" || p.Kind == "government")
	}
	slices.Sort(countries)
	return countries, unknown, official, copies, opinions
}

// publisher says what is known of who publishes a source: "agency, GB, of
// Thomson Reuters"; "" where nothing is.
func publisher(s news.Source) string {
	p := s.Publisher
	if p.Kind == "" {
		return ""
	}
	text := p.Kind + ", " + p.Country
	if owner := message.Plain(p.Owner); !strings.EqualFold(owner, message.Plain(s.Outlet)) {
		text += ", of " + owner
	}
	return message.EscapeTo(text, 2*nameText)
}
