package preview

import (
	"fmt"
	"html"
	"html/template"
	"net/url"
	"strconv"
	"strings"
	"time"

	"newsdesk/internal/pattern"
)

// rendering is what text is rendered against.
type rendering struct {
	now      time.Time
	channels map[string]string // names by id
}

// markup turns the part of Discord's markdown that messages use into HTML:
// bold, italic, underline, strike-through, code, masked links, timestamps,
// channel and command mentions, quotes, headings, small print and backslash
// escapes. All else is text. The result is safe whatever the input: every
// character of it is escaped, and links lead only to http and https.
func (r rendering) markup(s string) template.HTML {
	var out strings.Builder
	lines := strings.Split(s, "\n")
	list := false
	for i, line := range lines {
		open, end, rest := block(line)
		item := open == "<li>"
		if item != list {
			out.WriteString(map[bool]string{true: "<ul>", false: "</ul>"}[item])
			list = item
		}
		out.WriteString(open)
		r.inline(&out, rest, 0)
		out.WriteString(end)
		if end == "" && i < len(lines)-1 {
			out.WriteString("<br>")
		}
	}
	if list {
		out.WriteString("</ul>")
	}
	return template.HTML(out.String()) //nolint:gosec // every part is escaped above; fuzzed
}

// block recognises what a line begins with.
func block(line string) (open, end, rest string) {
	for _, b := range []struct{ mark, open, end string }{
		{"### ", `<p class="h3">`, "</p>"},
		{"## ", `<p class="h2">`, "</p>"},
		{"# ", `<p class="h1">`, "</p>"},
		{"-# ", "<small>", "</small><br>"},
		{"> ", "<blockquote>", "</blockquote>"},
		{"• ", "<li>", "</li>"},
		{"- ", "<li>", "</li>"},
	} {
		if rest, ok := strings.CutPrefix(line, b.mark); ok {
			return b.open, b.end, rest
		}
	}
	return "", "", line
}

var (
	timestamp  = pattern.MustCompile(`^<t:(-?[0-9]{1,13})(?::([tTdDfFR]))?>`)
	mention    = pattern.MustCompile(`^<(#|@&?|@!)([0-9]{1,20})>`)
	command    = pattern.MustCompile(`^</([-\w ]{1,32}):[0-9]{1,20}>`)
	maskedLink = pattern.MustCompile(`^\[((?:\\.|\[[^\[\]\\\n]{1,40}\]|[^\[\]\\\n])+)\]\(<?(https?://[^\s()<>]+)>?\)`)
	bareLink   = pattern.MustCompile(`^https?://[^\s<>"']+`)
)

// spans are the marks that enclose text, longest first.
var spans = []struct{ mark, tag string }{
	{"**", "strong"}, {"__", "u"}, {"~~", "s"}, {"`", "code"}, {"*", "em"}, {"_", "em"},
}

// maxDepth bounds nesting, and with it the time that hostile text can cost.
const maxDepth = 6

func (r rendering) inline(out *strings.Builder, s string, depth int) {
	for s != "" {
		if n := r.special(out, s, depth); n > 0 {
			s = s[n:]
			continue
		}
		// Text up to the next character that may mean something.
		n := 1 + strings.IndexAny(s[1:], "\\<[*_~`h")
		if n == 0 {
			n = len(s)
		}
		out.WriteString(html.EscapeString(strings.ToValidUTF8(s[:n], "\uFFFD")))
		s = s[n:]
	}
}

// special writes what stands at the beginning of s, and returns how many bytes
// of s that took: 0 where it is plain text.
func (r rendering) special(out *strings.Builder, s string, depth int) int {
	switch s[0] {
	case '\\':
		if len(s) > 1 && strings.IndexByte("\\`*_{}[]()#+-.!|<>~@:/", s[1]) >= 0 {
			out.WriteString(html.EscapeString(s[1:2]))
			return 2
		}
	case '<':
		return r.angled(out, s)
	case '[':
		if m := maskedLink.FindStringSubmatch(s); m != nil && depth < maxDepth {
			openLink(out, m[2])
			r.inline(out, m[1], maxDepth)
			out.WriteString("</a>")
			return len(m[0])
		}
	case 'h':
		if m := bareLink.FindString(s); m != "" && depth < maxDepth {
			openLink(out, m)
			out.WriteString(html.EscapeString(m) + "</a>")
			return len(m)
		}
	case '*', '_', '~', '`':
		return r.span(out, s, depth)
	}
	return 0
}

func (r rendering) span(out *strings.Builder, s string, depth int) int {
	if depth >= maxDepth {
		return 0
	}
	for _, sp := range spans {
		if !strings.HasPrefix(s, sp.mark) {
			continue
		}
		inner := s[len(sp.mark):]
		end := strings.Index(inner, sp.mark)
		if end <= 0 || inner[end-1] == '\\' || inner[0] == ' ' {
			continue
		}
		out.WriteString("<" + sp.tag + ">")
		if sp.tag == "code" {
			out.WriteString(html.EscapeString(strings.ToValidUTF8(inner[:end], "\uFFFD")))
		} else {
			r.inline(out, inner[:end], depth+1)
		}
		out.WriteString("</" + sp.tag + ">")
		return 2*len(sp.mark) + end
	}
	return 0
}

func (r rendering) angled(out *strings.Builder, s string) int {
	if m := timestamp.FindStringSubmatch(s); m != nil {
		unix, err := strconv.ParseInt(m[1], 10, 64)
		if err != nil {
			return 0
		}
		at := time.Unix(unix, 0).UTC()
		fmt.Fprintf(out, `<time datetime="%s" data-style="%s">%s</time>`,
			at.Format(time.RFC3339), m[2], html.EscapeString(shown(at, m[2], r.now)))
		return len(m[0])
	}
	if m := mention.FindStringSubmatch(s); m != nil {
		name := map[string]string{"#": "#unknown", "@": "@someone", "@!": "@someone", "@&": "@role"}[m[1]]
		if known, ok := r.channels[m[2]]; ok && m[1] == "#" {
			name = "#" + known
		}
		out.WriteString(`<span class="mention">` + html.EscapeString(name) + `</span>`)
		return len(m[0])
	}
	if m := command.FindStringSubmatch(s); m != nil {
		out.WriteString(`<span class="mention">/` + html.EscapeString(m[1]) + `</span>`)
		return len(m[0])
	}
	return 0
}

func openLink(out *strings.Builder, address string) {
	if u, err := url.Parse(address); err != nil || u.Host == "" {
		address = "about:blank"
	}
	out.WriteString(`<a href="` + html.EscapeString(address) + `" target="_blank" rel="noopener noreferrer nofollow">`)
}

// shown writes a time in one of Discord's styles, in UTC; the page's script
// then puts it into the reader's own zone.
func shown(at time.Time, style string, now time.Time) string {
	switch style {
	case "t":
		return at.Format("15:04")
	case "T":
		return at.Format("15:04:05")
	case "d":
		return at.Format("02/01/2006")
	case "D":
		return at.Format("2 January 2006")
	case "F":
		return at.Format("Monday, 2 January 2006 15:04")
	case "R":
		return ago(now.Sub(at))
	default:
		return at.Format("2 January 2006 15:04")
	}
}

// ago writes a span as a reader would say it.
func ago(d time.Duration) string {
	form := "%s ago"
	if d < 0 {
		d, form = -d, "in %s"
	}
	n, unit := int(d/time.Second), "second"
	for _, u := range []struct {
		least time.Duration
		unit  string
	}{{365 * 24 * time.Hour, "year"}, {30 * 24 * time.Hour, "month"}, {24 * time.Hour, "day"}, {time.Hour, "hour"}, {time.Minute, "minute"}} {
		if d >= u.least {
			n, unit = int(d/u.least), u.unit
			break
		}
	}
	if n != 1 {
		unit += "s"
	}
	return fmt.Sprintf(form, strconv.Itoa(n)+" "+unit)
}
