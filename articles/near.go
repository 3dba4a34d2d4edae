package articles

import (
	"strings"
	"time"

	"golang.org/x/net/html"

	"newsdesk/internal/pattern"
)

// nearWindow is how many elements after the headline the date and the author's
// name are looked for: what stands there belongs to the article, further down
// it may belong to another.
const nearWindow = 90

// near gathers what the page shows right below its headline.
type near struct {
	elements int // since the headline, -1 before it
	date     time.Time
	byline   string // as the page tells it: "By ..."
	named    string // in an element that is named for the author, wherever it stands
	looked   int    // elements that such a name was looked for in
}

var (
	// shownDate is an unambiguous date written for readers; day and month in
	// figures are only taken with dots, which is day first everywhere.
	shownDate = pattern.MustCompile(`(?i)^\W*(?:(?:first )?(?:published|posted|created|date)(?: on| at|:)?\s*:?\s*|on )?(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,? )?(?:((?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})|(\d{1,2})(?:st|nd|rd|th)? ((?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*)\.?,? (\d{4})|(\d{1,2})\.(\d{1,2})\.(\d{4})|(\d{4})-(\d{2})-(\d{2}))\b`)
	// firstPublished is the label of a date that is not one of a change.
	firstPublished = pattern.MustCompile(`(?i)published|posted|created`)

	changed   = pattern.MustCompile(`(?i)updated|modified|edited|reviewed|expires|event`)
	datedName = pattern.MustCompile(`(?i)(?:^|[^a-z])(?:date|pubdate|published|posted|publish|timestamp|time|dateline|byline|meta|info)(?:[^a-z]|$)`)
	shownName = pattern.MustCompile(`^(?:(?i:by|written by|words by|author:?|von|par|por|posted by)):? (\p{Lu}[\p{L}'’.-]+(?: (?:(?:de|da|di|del|della|van|von|der|den|la|le|el|al|bin|y|e|ten|ter|dos|du)|\p{Lu}[\p{L}'’.-]*)){1,4})(?:$| ?[|•·,—–-]| \d| on | in )`)
	// shownRole is a name with what its bearer is: "Ann Example | Senior Writer".
	shownRole = pattern.MustCompile(`^(\p{Lu}[\p{L}'’.-]+(?: \p{Lu}[\p{L}'’.-]*){1,3})(?: ?[|·•—–,]| -) ?(?i:(?:senior |staff |chief |contributing |freelance )?(?:writer|reporter|editor|correspondent|journalist|columnist))\b`)
	// postedBy is a name of one word, as members of a site have, where the element is named for it.
	postedBy = pattern.MustCompile(`^(?i:by|written by|posted by) (\p{Lu}[\p{L}\p{N}_-]+)(?:$| on )`)
	authored = pattern.MustCompile(`(?i)(?:^|[^a-z])(?:byline|authors?|writer)(?:[^a-z]|$)`)
	foreign  = pattern.MustCompile(`(?i)(?:^|[^a-z])(?:related|recommend\w*|sidebar|footer|comments?|nav|menu|teaser|card|trending|popular|widget)(?:[^a-z]|$)`)
)

// look takes in one element of the page.
func (r *near) look(n *html.Node) {
	if n.Data == "h1" {
		r.elements = 0
		return
	}
	if r.elements < 0 || r.elements > nearWindow {
		return
	}
	r.elements++
	switch n.Data {
	case "script", "style", "svg", "path", "img", "a", "nav", "footer", "aside", "input", "button":
		return
	}
	if !r.date.IsZero() && r.byline != "" {
		return
	}
	text, short := shortText(n)
	if !short || len(text) < 6 || isForeign(n) {
		return
	}
	if r.date.IsZero() {
		r.date = dateOf(n, text)
	}
	if r.byline != "" {
		return
	}
	if m := shownName.FindStringSubmatch(text); m != nil {
		r.byline = m[1]
	} else if m := shownRole.FindStringSubmatch(text); m != nil {
		r.byline = m[1]
	}
}

// lookNamed looks for a name in an element that is named for the author, and in
// what it holds.
func (r *near) lookNamed(n *html.Node) {
	class := attr(n, "class")
	if r.named != "" || !strings.Contains(class, "uthor") && !strings.Contains(class, "yline") && !strings.Contains(class, "riter") {
		return // most are done with here
	}
	if authored.MatchString(class) {
		r.named = r.nameIn(n, authoredDepth)
	}
}

// Bounds of the elements that are named for the author: how deep in one the name may
// stand, and how many elements are looked at.
const (
	authoredDepth = 2
	maxAuthored   = 200
)

// nameIn returns the first text of an element that is a name and nothing else. The
// elements in it come first: a box tells more than the name.
func (r *near) nameIn(n *html.Node, depth int) string {
	if r.looked++; r.looked > maxAuthored {
		return ""
	}
	switch n.Data {
	case "script", "style", "svg", "img", "nav", "footer", "aside", "input", "button", "body", "main", "article":
		return ""
	}
	for c := n.FirstChild; c != nil && depth > 0; c = c.NextSibling {
		if c.Type != html.ElementNode {
			continue
		}
		if name := r.nameIn(c, depth-1); name != "" {
			return name
		}
	}
	text, short := shortText(n)
	if !short || isForeign(n) {
		return ""
	}
	if m := postedBy.FindStringSubmatch(text); m != nil {
		return m[1]
	}
	if fullName.MatchString(text) {
		return text
	}
	return ""
}

func isForeign(n *html.Node) bool {
	for i := 0; n != nil && i < 6; i++ {
		switch n.Data {
		case "nav", "footer", "aside", "li":
			return true
		case "body", "main", "article":
			return false
		}
		if foreign.MatchString(attr(n, "class")) {
			return true
		}
		n = n.Parent
	}
	return false
}

// dateOf reads the date that an element is about: one whose name says so, or a
// text that begins with the date or with "Published".
func dateOf(n *html.Node, text string) time.Time {
	if changed.MatchString(text) || changed.MatchString(attr(n, "class")) || changed.MatchString(attr(n, "itemprop")) || labelledChanged(n, text) {
		return time.Time{}
	}
	if n.Data == "time" {
		if t, ok := parseDate(attr(n, "datetime")); ok {
			return t
		}
	}
	m := shownDate.FindStringSubmatch(text)
	if m == nil || len(text) > 40 && !datedName.MatchString(attr(n, "class")) {
		return time.Time{}
	}
	var t time.Time
	var err error
	switch {
	case m[1] != "":
		t, err = time.Parse("Jan 2 2006", title3(m[1])+" "+m[2]+" "+m[3])
	case m[5] != "":
		t, err = time.Parse("Jan 2 2006", title3(m[5])+" "+m[4]+" "+m[6])
	case m[7] != "":
		t, err = time.Parse("2.1.2006", m[7]+"."+m[8]+"."+m[9])
	default:
		t, err = time.Parse("2006-01-02", m[10]+"-"+m[11]+"-"+m[12])
	}
	if err != nil || t.Year() < 1990 || t.Year() > 2100 {
		return time.Time{}
	}
	return t
}

// labelledChanged says whether the nearest label before a date, outside its own
// element, is "Updated" and not "Published".
func labelledChanged(n *html.Node, text string) bool {
	for p, i := n.Parent, 0; p != nil && i < 2; p, i = p.Parent, i+1 {
		all, short := shortText(p)
		if !short {
			return false
		}
		before, _, ok := strings.Cut(all, text)
		if !ok || strings.TrimSpace(before) == "" {
			continue
		}
		last := func(re *pattern.Regexp) int {
			at := re.FindAllStringIndex(before, -1)
			if len(at) == 0 {
				return -1
			}
			return at[len(at)-1][0]
		}
		return last(changed) > last(firstPublished)
	}
	return false
}

// title3 makes "SEPTEMBER" and "sept" the "Sep" that time.Parse reads.
func title3(month string) string {
	m := strings.ToLower(month[:3])
	return strings.ToUpper(m[:1]) + m[1:]
}

// maxShort is the length of a line of dates and names, in bytes.
const maxShort = 90

// shortText returns the text below n, blanks folded, and whether it is short.
func shortText(n *html.Node) (string, bool) {
	var b strings.Builder
	nodes := 0
	var walk func(*html.Node) bool
	walk = func(n *html.Node) bool {
		if nodes++; nodes > 12 || b.Len() > 3*maxShort {
			return false
		}
		switch {
		case n.Type == html.TextNode:
			b.WriteString(n.Data)
			b.WriteByte(' ')
		case n.Data == "svg" || n.Data == "script":
			return true
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if !walk(c) {
				return false
			}
		}
		return true
	}
	if !walk(n) {
		return "", false
	}
	s := fold(b.String())
	return s, len(s) <= maxShort
}
