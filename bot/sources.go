package bot

import (
	"slices"
	"strconv"
	"strings"

	"newsdesk/bot/message"
	"newsdesk/news"
)

// shownSources is how many sources an alert names.
const shownSources = 4

// sourceLine lists outlets with their citation numbers, each outlet once:
// "1 Reuters · 2 BBC · +3". Outlets that the shown facts cite come before
// others, and the rest is counted.
func sourceLine(e news.Event, facts []news.Fact, link bool) string {
	var order []int // citation numbers
	for _, f := range facts {
		if n := e.Citation(f.Article); n > 0 && !slices.Contains(order, n) {
			order = append(order, n)
		}
	}
	for n := range e.Sources {
		if e.Sources[n].CopyOf == 0 && !slices.Contains(order, n+1) {
			order = append(order, n+1)
		}
	}
	var shown []int
	outlets := map[string]bool{}
	more := 0
	for _, n := range order {
		outlet := e.Sources[n-1].Outlet
		if outlets[outlet] {
			continue
		}
		outlets[outlet] = true
		if len(shown) < shownSources {
			shown = append(shown, n)
		} else {
			more++
		}
	}
	slices.Sort(shown)
	var parts []string
	for _, n := range shown {
		s := e.Sources[n-1]
		label := strconv.Itoa(n) + " " + outletName(s)
		if link {
			parts = append(parts, message.MaskedLink(label, s.URL, nameText))
		} else {
			parts = append(parts, message.EscapeTo(label, nameText))
		}
	}
	if more > 0 {
		parts = append(parts, "+"+strconv.Itoa(more))
	}
	return strings.Join(parts, " · ")
}

// outletName names a source, also one whose feed has no name.
func outletName(s news.Source) string {
	if name := message.Plain(s.Outlet); name != "" {
		return name
	}
	return "unnamed"
}

// sourceRow writes one source in full: number, title as link, outlet, time,
// and which one it repeats.
func sourceRow(e news.Event, n int) string {
	s := e.Sources[n-1]
	title := s.Title
	if message.Plain(title) == "" {
		title = outletName(s)
	}
	row := "**" + strconv.Itoa(n) + "** " + message.MaskedLink(title, s.URL, 100) + " · " + message.EscapeTo(outletName(s), nameText)
	if t := stamp(s.Published, "R"); t != "" {
		row += " · " + t
	}
	if s.CopyOf != 0 {
		if of := e.Citation(s.CopyOf); of > 0 {
			row += " · copy of " + strconv.Itoa(of)
		} else {
			row += " · copy"
		}
	}
	return row
}

// joinWithin joins lines while they fit into n units, and counts the rest.
// The count is the line that "more" makes of the number left out.
func joinWithin(lines []string, n int, more func(left int) string) string {
	var b strings.Builder
	for i, line := range lines {
		rest := ""
		if left := len(lines) - i - 1; left > 0 {
			rest = "\n" + more(left)
		}
		if message.Len(b.String())+1+message.Len(line)+message.Len(rest) > n {
			b.WriteString("\n" + more(len(lines)-i))
			break
		}
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(line)
	}
	return strings.TrimPrefix(b.String(), "\n")
}
