package articles

import (
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"newsdesk/internal/pattern"
)

// head is what a page says of itself, gathered in one walk over the tree.
type head struct {
	meta      map[string]string // first value of each name, property or itemprop, lower case
	title     string            // <title>
	h1        []string          // at most maxH1
	canonical string
	pictures  offers
	emblems   []string // what stands for the site itself: its icons, at most maxPictures
	host      string   // the page's own
	base      *url.URL // what relative addresses are resolved against
	lang      string   // <html lang>
	times     []timeTag
	authors   []string // rel=author, itemprop=author, in document order, at most maxAuthors
	ld        ld
	near      near

	doc         *html.Node // what it was read from
	lockedParts int        // words of what JSON-LD says is not free, no more counted than an article needs
}

// timeTag is a <time> or an itemprop that dates the page.
type timeTag struct {
	value string // datetime or content
	own   bool   // says of itself that it is the time of publication
}

var (
	authorPage = pattern.MustCompile(`(?i)/(?:authors?|writers?|contributors?|journalists?|reporters?|autor(?:en|es)?|auteurs?|redakteure?)/[^/]`)
	fullName   = pattern.MustCompile(`^\p{Lu}[\p{L}'’.-]+(?: (?:de|da|di|del|della|van|von|der|den|la|le|el|al|bin|\p{Lu}[\p{L}'’.-]*)){1,3}$`)
)

const (
	maxH1      = 5
	maxAuthors = 8
	maxTimes   = 20
	maxTitle   = 300 // bytes; a longer <h1> was never closed
)

// readHead reads the page's own description of itself. pageURL may be "".
func readHead(doc *html.Node, pageURL string) head {
	h := head{meta: map[string]string{}, near: near{elements: -1}, doc: doc}
	if u, err := url.Parse(pageURL); err == nil && u.IsAbs() {
		h.base, h.host = u, strings.ToLower(u.Hostname())
	}
	baseSeen := false
	visit(doc, func(n *html.Node) bool {
		switch n.Data {
		case "html":
			h.lang = attr(n, "lang")
		case "base":
			if u, err := url.Parse(strings.TrimSpace(attr(n, "href"))); err == nil && !baseSeen && h.base != nil {
				h.base, baseSeen = h.base.ResolveReference(u), true
			}
		case "title":
			if h.title == "" && !inside(n, "svg") {
				h.title = textOf(n)
			}
		case "meta":
			h.addMeta(n)
		case "link":
			h.addLink(n)
		case "h1":
			if t := textOf(n, "time"); t != "" && len(t) <= maxTitle && len(h.h1) < maxH1 {
				h.h1 = append(h.h1, t)
			}
		case "time":
			h.addTime(n)
		case "script":
			if isJSONLD(n) && n.FirstChild != nil {
				h.ld.add(n.FirstChild.Data)
			}
		}
		h.addAuthor(n)
		h.near.look(n)
		h.near.lookNamed(n)
		return true
	})
	if h.ld.paid {
		h.lockedParts = wordsAt(doc, h.ld.lockedParts)
	}
	return h
}

func inside(n *html.Node, name string) bool {
	for p := n.Parent; p != nil; p = p.Parent {
		if p.Data == name {
			return true
		}
	}
	return false
}

func (h *head) addMeta(n *html.Node) {
	content := fold(html.UnescapeString(attr(n, "content")))
	if content == "" {
		return
	}
	for _, key := range []string{"property", "name", "itemprop"} {
		for k := range strings.FieldsSeq(strings.ToLower(attr(n, key))) {
			h.pictures.meta(k, content)
			if _, had := h.meta[k]; !had && len(h.meta) < 200 {
				h.meta[k] = content
			}
		}
	}
}

func (h *head) addLink(n *html.Node) {
	href := strings.TrimSpace(attr(n, "href"))
	for rel := range strings.FieldsSeq(strings.ToLower(attr(n, "rel"))) {
		switch {
		case rel == "canonical" && h.canonical == "":
			h.canonical = href
		case rel == "image_src":
			h.pictures.add(fromLink, href)
		case (rel == "icon" || rel == "mask-icon" || strings.HasPrefix(rel, "apple-touch-icon")) && len(h.emblems) < maxPictures:
			h.emblems = append(h.emblems, href)
		}
	}
}

func (h *head) addTime(n *html.Node) {
	if len(h.times) >= maxTimes {
		return
	}
	v := attr(n, "datetime")
	if v == "" {
		v = attr(n, "content")
	}
	words := strings.ToLower(attr(n, "itemprop") + " " + attr(n, "class") + " " + attr(n, "pubdate"))
	own := has(n, "pubdate") || strings.Contains(words, "datepublished") || strings.Contains(words, "published") ||
		strings.Contains(words, "entry-date") || strings.Contains(words, "pubdate")
	if strings.Contains(words, "updated") && !strings.Contains(words, "published") || strings.Contains(words, "modified") {
		return
	}
	h.times = append(h.times, timeTag{value: strings.TrimSpace(v), own: own})
}

// has tells whether an element has an attribute, if only an empty one.
func has(n *html.Node, key string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == key })
}

func (h *head) addAuthor(n *html.Node) {
	if len(h.authors) >= maxAuthors {
		return
	}
	if n.Data == "a" && authorPage.MatchString(attr(n, "href")) && !isForeign(n) {
		if t, short := shortText(n); short && fullName.MatchString(t) {
			h.authors = append(h.authors, t)
			return
		}
	}
	if strings.EqualFold(attr(n, "rel"), "author") && n.Data == "a" || strings.EqualFold(attr(n, "itemprop"), "author") && n.Data != "meta" {
		if t := textOf(n); t != "" && len(t) < 200 {
			h.authors = append(h.authors, t)
		}
	}
}

// first returns the first of the named values that the page gives.
func (h *head) first(names ...string) string {
	for _, n := range names {
		if v := h.meta[n]; v != "" {
			return v
		}
	}
	return ""
}

// absolute resolves an address of the page; "" unless it is http or https.
func (h *head) absolute(ref string) string {
	ref = strings.TrimSpace(ref)
	if ref == "" || len(ref) > 2000 {
		return ""
	}
	u, err := url.Parse(ref)
	if err != nil {
		return ""
	}
	if h.base != nil {
		u = h.base.ResolveReference(u)
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil {
		return ""
	}
	return u.String()
}

// site is the outlet's name for itself, else its host.
func (h *head) site() string {
	if s := h.first("og:site_name"); s != "" && len(s) <= 100 {
		return s
	}
	if s := h.ld.Publisher; s != "" && len(s) <= 100 {
		return s
	}
	if s := h.first("application-name", "apple-mobile-web-app-title"); s != "" && len(s) <= 60 {
		return s
	}
	return strings.TrimPrefix(h.host, "www.")
}
