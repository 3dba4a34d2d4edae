package bot

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"newsdesk/bot/message"
	"newsdesk/news"
)

// shownSources is how many sources an alert names.
const shownSources = 4

// laterChange is how long after its publication an article was changed for that to
// be told: outlets touch up what they have just put out.
const laterChange = 15 * time.Minute

// sourceLine lists outlets with their citation numbers: "1 Reuters · 2 BBC 5 ·
// +3". Outlets that the shown facts cite come before others, with each number
// that is cited, those in whose words the facts are first, and the rest is
// counted.
func sourceLine(e news.Event, facts []news.Fact, link bool) string {
	var order []int // citation numbers
	for _, f := range facts {
		for _, id := range append([]news.ArticleID{f.Article}, rivals(f)...) {
			if n := e.Citation(id); n > 0 && !slices.Contains(order, n) {
				order = append(order, n)
			}
		}
	}
	for _, f := range facts {
		also, _ := seconds(e, f)
		for _, id := range also {
			if n := e.Citation(id); !slices.Contains(order, n) {
				order = append(order, n)
			}
		}
	}
	cited := len(order)
	for n := range e.Sources {
		if e.Reports(e.Sources[n]) && !slices.Contains(order, n+1) {
			order = append(order, n+1)
		}
	}
	var shown [][]int         // the numbers of an outlet
	place := map[string]int{} // by outlet: its place in shown, counting from 1; -1 where it is only counted
	more := 0
	for i, n := range order {
		outlet := e.Sources[n-1].Outlet
		switch at := place[outlet]; {
		case at > 0 && i < cited:
			shown[at-1] = append(shown[at-1], n)
		case at != 0:
		case len(shown) < shownSources:
			shown = append(shown, []int{n})
			place[outlet] = len(shown)
		default:
			more++
			place[outlet] = -1
		}
	}
	for _, numbers := range shown {
		slices.Sort(numbers)
	}
	slices.SortFunc(shown, func(a, b []int) int { return a[0] - b[0] })
	var parts []string
	for _, numbers := range shown {
		var labels []string
		for i, n := range numbers {
			s, label := e.Sources[n-1], strconv.Itoa(n)
			if i == 0 {
				label += " " + outletName(s)
			}
			if link {
				labels = append(labels, message.MaskedLink(label, s.URL, nameText))
			} else {
				labels = append(labels, message.EscapeTo(label, nameText))
			}
		}
		parts = append(parts, strings.Join(labels, " "))
	}
	if more > 0 {
		parts = append(parts, "+"+strconv.Itoa(more))
	}
	return strings.Join(parts, " · ")
}

// rivals are the articles that say something else in a fact's place.
func rivals(f news.Fact) []news.ArticleID {
	var out []news.ArticleID
	for _, v := range f.Differs {
		out = append(out, v.Article)
	}
	return out
}

// outletName names a source, also one whose feed has no name.
func outletName(s news.Source) string {
	if name := message.Plain(s.Outlet); name != "" {
		return name
	}
	return "unnamed"
}

// sourceRow writes one source in full: number, title as link, outlet and who
// stands behind it, time, and which one it repeats.
func sourceRow(e news.Event, n int) string {
	s := e.Sources[n-1]
	title := s.Title
	if message.Plain(title) == "" {
		title = outletName(s)
	}
	row := "**" + strconv.Itoa(n) + "** " + message.MaskedLink(title, s.URL, 100) + " · " + message.EscapeTo(outletName(s), nameText)
	if p := publisher(s); p != "" {
		row += " (" + p + ")"
	}
	if t := stamp(s.Published, "R"); t != "" {
		row += " · " + t
	}
	if t := stamp(s.Updated, "R"); t != "" && s.Updated.Sub(s.Published) >= laterChange {
		row += ", changed " + t
	}
	if s.Opinion {
		row += " · opinion"
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
