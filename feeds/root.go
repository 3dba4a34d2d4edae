package feeds

import (
	"bytes"
	"fmt"
	"mime"
	"strings"

	"newsdesk/internal/wordset"
)

// Kinds of document.
const (
	KindRSS  = "rss" // RSS 0.9 to 2.0, RDF included
	KindAtom = "atom"
	KindJSON = "json"
)

// maxLead is how far into a document its root element is looked for, comments
// not counted.
const maxLead = 64 << 10

// junk are elements that a server's own warnings put before a document.
var junk = wordset.Of(`br b i p div span font strong em pre code hr a small`)

// documents that people give us in place of feeds.
var foreign = map[string]string{
	"opml":         "a list of feeds (OPML)",
	"urlset":       "a sitemap",
	"sitemapindex": "a sitemap",
	"svg":          "an SVG image",
	"entry":        "a single Atom entry",
	"error":        "an XML error message",
}

// rooted cuts off what stands before the root element, the XML declaration and
// its encoding included, and says which kind of feed it is. Anything else than
// a feed is refused with a sentence that says what it is.
func rooted(text []byte, contentType string) (doc []byte, kind string, err error) {
	lead := bytes.TrimLeft(text, "\ufeff \t\r\n\x00")
	switch {
	case len(lead) == 0:
		return nil, "", refuse(ErrEmpty, "the answer is empty, not a feed")
	case lead[0] == '{':
		return lead, KindJSON, nil
	case lead[0] == '[':
		return nil, "", refuse(ErrNotFeed, "this is JSON, but not a JSON feed%s", typed(contentType))
	}
	s := scanner{doc: lead}
	first, read, page := "", 0, false
	for read < maxLead {
		t, ok := s.next()
		if !ok {
			break
		}
		if t.kind != kindComment {
			read += t.end - t.start
		}
		page = page || t.kind == kindDirective && isHTMLDoctype(lead[t.start:t.end])
		if t.kind != kindStart || t.cut {
			continue
		}
		name := strings.ToLower(string(local(t.name)))
		switch name {
		case "rss", "rdf":
			return lead[t.start:], KindRSS, nil
		case "feed":
			return lead[t.start:], KindAtom, nil
		case "channel":
			return wrapped(lead[t.start:]), KindRSS, nil
		case "html", "head", "body":
			return nil, "", htmlRefusal(lead, contentType)
		}
		if first == "" {
			first = name
		}
		if !junk.Has(name) {
			break
		}
	}
	if page { // only now: some feeds carry a page's DOCTYPE
		return nil, "", htmlRefusal(lead, contentType)
	}
	return nil, "", otherRefusal(lead, first, contentType)
}

// wrapped gives a bare channel its root element.
func wrapped(channel []byte) []byte {
	out := make([]byte, 0, len(channel)+32)
	out = append(out, `<rss version="2.0">`...)
	out = append(out, channel...)
	return append(out, `</rss>`...)
}

func isHTMLDoctype(d []byte) bool {
	d = bytes.ToLower(d)
	return bytes.HasPrefix(d, []byte("<!doctype html"))
}

func htmlRefusal(page []byte, contentType string) error {
	if title := pageTitle(page); title != "" {
		return refuse(ErrNotFeed, "this is an HTML page, not a feed: “%s”%s", title, typed(contentType))
	}
	return refuse(ErrNotFeed, "this is an HTML page, not a feed%s", typed(contentType))
}

func otherRefusal(text []byte, name, contentType string) error {
	what, known := foreign[name]
	switch {
	case known:
	case junk.Has(name) || name == "script" || name == "meta" || name == "title" || name == "h1":
		what = "a piece of HTML"
	case name != "":
		what = fmt.Sprintf("XML of another kind, <%s>", cut(name, 40))
	case bytes.HasPrefix(text, []byte("%PDF-")):
		what = "a PDF file"
	case bytes.HasPrefix(text, []byte("<?xml")):
		what = "XML without any content"
	default:
		what = fmt.Sprintf("text that begins “%s”", cut(plainTitle(string(text[:min(len(text), 400)])), 40))
	}
	return refuse(ErrNotFeed, "this is %s, not a feed%s", what, typed(contentType))
}

// typed adds the media type that came with a document.
func typed(contentType string) string {
	m, _, err := mime.ParseMediaType(contentType)
	if err != nil || m == "" {
		return ""
	}
	return " (sent as " + cut(m, 60) + ")"
}

// pageTitle finds the title of an HTML page for a message.
func pageTitle(page []byte) string {
	page = page[:min(len(page), maxLead)]
	low := bytes.ToLower(page) // same length: only ASCII names matter, see below
	if len(low) != len(page) {
		low = page
	}
	i := bytes.Index(low, []byte("<title"))
	if i < 0 {
		return ""
	}
	j := bytes.IndexByte(low[i:], '>')
	if j < 0 {
		return ""
	}
	rest := page[i+j+1:]
	if k := bytes.IndexByte(rest, '<'); k >= 0 {
		rest = rest[:k]
	}
	return cut(plainTitle(string(rest[:min(len(rest), 1000)])), 80)
}
