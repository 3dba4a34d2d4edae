// Package bot is what readers see of Newsdesk: it renders events as messages,
// answers commands, and delivers the posts of the outbox.
//
// Everything it makes is a plain value of package message, so that Discord
// (package bot/discord), the preview page and the golden files all show the
// same thing. Three rules hold for all of it:
//
//   - text from feeds, pages and people goes through message.Escape or
//     message.Plain, and addresses through message.LinkURL, before it is shown;
//   - every message goes through message.Fit, so none is over a limit;
//   - the state of a button or menu is in its custom id, so it works after a
//     restart.
//
// [Alert], [Line] and the pages are pure. [Commands] asks its stores and
// renders; [Poster] renders and sends.
package bot

import (
	"strconv"
	"strings"
	"time"

	"newsdesk/news"
)

// ShortID is the event id that readers see, such as "#E4F2": an E and the id
// in base 36.
func ShortID(id news.EventID) string {
	return "#E" + strings.ToUpper(strconv.FormatInt(int64(id), 36))
}

// ParseEventID reads an event id as it stands in custom ids and choices
// ("5726") or as readers see it ("#E4F2", "e4f2").
func ParseEventID(s string) (news.EventID, bool) {
	s = strings.TrimPrefix(strings.TrimSpace(s), "#")
	base := 10
	if rest, ok := strings.CutPrefix(strings.ToUpper(s), "E"); ok {
		s, base = rest, 36
	}
	n, err := strconv.ParseInt(s, base, 64)
	if err != nil || n <= 0 || strings.HasPrefix(s, "+") {
		return 0, false
	}
	return news.EventID(n), true
}

// stamp writes a time so that each reader sees it in their own zone and
// language. The styles used are t (hour and minute), D (day) and R (relative,
// such as "2 hours ago"). The zero time gives "".
func stamp(t time.Time, style string) string {
	if t.IsZero() {
		return ""
	}
	return "<t:" + strconv.FormatInt(t.Unix(), 10) + ":" + style + ">"
}

// plural counts things: "1 source", "2 sources".
func plural(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	if base, y := strings.CutSuffix(thing, "y"); y && !strings.ContainsAny(base[len(base)-1:], "aeou") { // "copies", but "days"
		return strconv.Itoa(n) + " " + base + "ies"
	}
	return strconv.Itoa(n) + " " + thing + "s"
}

// age words how old something is, for texts in which Discord shows no times.
func age(d time.Duration) string {
	switch {
	case d < 2*time.Minute:
		return "a minute"
	case d < 2*time.Hour:
		return strconv.Itoa(int(d.Minutes())) + " min"
	case d < 48*time.Hour:
		return strconv.Itoa(int(d.Hours())) + " h"
	}
	return plural(int(d.Hours()/24), "day")
}

// period words a look-back: "24 h", "7 days".
func period(d time.Duration) string {
	if d <= 48*time.Hour {
		return strconv.Itoa(int(d.Hours())) + " h"
	}
	return plural(int(d.Hours()/24), "day")
}
