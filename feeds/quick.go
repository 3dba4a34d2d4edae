package feeds

import (
	"bytes"
	"net/url"

	"github.com/mmcdole/gofeed"
	"github.com/mmcdole/gofeed/atom"
	ext "github.com/mmcdole/gofeed/extensions"
	"github.com/mmcdole/gofeed/rss"
)

// quick reads a document that is as plain as most feeds are, in a thirtieth of
// the time that gofeed's parser takes, and gives up at the first thing that
// could have a second reading: an element, namespace, entity or character that
// is not among the usual ones. What it gives is what gofeed's parser would (a
// fuzz test compares them), and goes through the same translation.
//
// The document must be whole, with every tag shut, as look has found.
func quick(doc []byte, kind string) (parsed, bool) {
	if !legal(doc) {
		return parsed{}, false
	}
	q := &quickReader{s: scanner{doc: doc}, doc: doc, atom: kind == KindAtom}
	t, ok := q.s.next()
	if !ok || t.kind != kindStart || t.cut || t.empty {
		return parsed{}, false
	}
	tag := doc[t.start:t.end]
	if bytes.Contains(doc[t.end:], []byte("xmlns")) || bytes.Contains(doc, []byte("xml:base")) || !q.namespaces(tag) {
		return parsed{}, false
	}
	if kind == KindAtom {
		return q.readAtom(t)
	}
	return q.readRSS(t)
}

// spaces are the namespaces that are understood, by their usual prefix.
var spaces = map[string]string{
	"content": "http://purl.org/rss/1.0/modules/content/",
	"dc":      "http://purl.org/dc/elements/1.1/",
	"media":   "http://search.yahoo.com/mrss/",
	"atom":    "http://www.w3.org/2005/Atom",
	"slash":   "http://purl.org/rss/1.0/modules/slash/",
	"wfw":     "http://wellformedweb.org/CommentAPI/",
	"sy":      "http://purl.org/rss/1.0/modules/syndication/",
}

// readRSS reads RSS 0.91 to 2.0: a channel in rss, its items inside.
func (q *quickReader) readRSS(root token) (parsed, bool) {
	if string(root.name) != "rss" {
		return parsed{}, false
	}
	f := &rss.Feed{Version: q.attr(root, "version")}
	channels := 0
	q.children(root, func(t token, name string) {
		if channels++; name != "channel" || channels > 1 {
			q.bad = true
			return
		}
		q.children(t, func(t token, name string) { q.channel(f, t, name) })
	})
	if q.bad || channels != 1 {
		return parsed{}, false
	}
	if dc := f.Extensions["dc"]; dc != nil {
		f.DublinCoreExt = ext.NewDublinCoreExtension(dc)
	}
	out, err := (&gofeed.DefaultRSSTranslator{DisableContentImageScan: true}).Translate(f)
	return parsed{feed: out, rss: f.Items, channel: f}, err == nil
}

func (q *quickReader) channel(f *rss.Feed, t token, name string) {
	switch name {
	case "item":
		f.Items = append(f.Items, q.item(t))
	case "title":
		f.Title = q.text(t)
	case "description":
		f.Description = q.text(t)
	case "link":
		if q.attr(t, "href") != "" {
			q.bad = true
		}
		f.Link = q.text(t)
		f.Links = append(f.Links, f.Link)
	case "ttl":
		f.TTL = q.text(t)
	case "skipHours", "skipDays":
		q.children(t, func(t token, name string) {
			switch name {
			case "hour":
				f.SkipHours = append(f.SkipHours, q.text(t))
			case "day":
				f.SkipDays = append(f.SkipDays, q.text(t))
			default:
				q.bad = true
			}
		})
	case "language", "copyright", "managingEditor", "webMaster", "pubDate", "lastBuildDate", "generator", "docs", "rating",
		"cloud", "category", "image", "sy:updatePeriod", "sy:updateFrequency", "sy:updateBase":
		q.skip(t)
	case "atom:link", "dc:creator", "dc:date", "dc:title", "dc:language", "dc:rights":
		f.Extensions = q.extend(f.Extensions, t, name)
	default:
		q.strange(t, name)
	}
}

func (q *quickReader) item(t token) *rss.Item {
	it := &rss.Item{}
	q.children(t, func(t token, name string) {
		switch name {
		case "title":
			it.Title = q.text(t)
		case "description":
			it.Description = q.text(t)
		case "content:encoded":
			it.Content = q.text(t)
		case "link":
			if q.attr(t, "href") != "" {
				q.bad = true
			}
			it.Link = q.text(t)
			it.Links = append(it.Links, it.Link)
		case "author":
			it.Author = q.text(t)
		case "pubDate":
			it.PubDate = q.text(t)
			q.dated(it.PubDate)
		case "guid":
			it.GUID = &rss.GUID{Value: "", IsPermalink: q.attr(t, "isPermaLink")}
			if it.GUID.IsPermalink == "" {
				it.GUID.IsPermalink = "true"
			}
			if q.attr(t, "isPermalink") != "" {
				q.bad = true
			}
			it.GUID.Value = q.text(t)
		case "enclosure":
			it.Enclosure = &rss.Enclosure{URL: q.attr(t, "url"), Length: q.attr(t, "length"), Type: q.attr(t, "type")}
			it.Enclosures = append(it.Enclosures, it.Enclosure)
			q.skip(t)
		case "category", "comments", "source", "slash:comments", "wfw:commentRss", "wfw:comment":
			q.skip(t)
		case "dc:creator", "dc:date", "media:content", "media:thumbnail", "media:group", "media:title", "media:description",
			"media:credit", "media:keywords", "media:text", "atom:link", "atom:updated", "atom:published":
			it.Extensions = q.extend(it.Extensions, t, name)
		default:
			q.strange(t, name)
		}
	})
	if dc := it.Extensions["dc"]; dc != nil {
		it.DublinCoreExt = ext.NewDublinCoreExtension(dc)
	}
	return it
}

// strange passes over an outlet's own element and gives up at others.
func (q *quickReader) strange(t token, name string) {
	if !q.own(name) {
		q.bad = true
		return
	}
	q.skip(t)
}

// dated gives up at a date that only the other parser might read.
func (q *quickReader) dated(text string) {
	if text == "" {
		return
	}
	if _, ok := parseDate(text); !ok {
		q.bad = true
	}
}

// readAtom reads Atom 1.0.
func (q *quickReader) readAtom(root token) (parsed, bool) {
	if string(root.name) != "feed" {
		return parsed{}, false
	}
	f := &atom.Feed{Version: "1.0"}
	q.children(root, func(t token, name string) {
		switch name {
		case "entry":
			f.Entries = append(f.Entries, q.entry(t))
		case "title":
			f.Title = q.construct(t)
		case "link":
			f.Links = append(f.Links, q.link(t))
		case "author":
			f.Authors = append(f.Authors, q.person(t))
		case "id", "updated", "subtitle", "generator", "icon", "logo", "rights", "category":
			q.skip(t)
		default:
			q.bad = true
		}
	})
	if q.bad {
		return parsed{}, false
	}
	out, err := (&gofeed.DefaultAtomTranslator{}).Translate(f)
	return parsed{feed: out}, err == nil
}

func (q *quickReader) entry(t token) *atom.Entry {
	e := &atom.Entry{}
	q.children(t, func(t token, name string) {
		switch name {
		case "title":
			e.Title = q.construct(t)
		case "id":
			e.ID = q.construct(t)
			if u, err := url.Parse(e.ID); err == nil {
				e.ID = u.String()
			}
		case "summary":
			e.Summary = q.construct(t)
		case "content":
			e.Content = &atom.Content{Type: q.attr(t, "type"), Src: q.attr(t, "src")}
			e.Content.Value = q.construct(t)
		case "published":
			e.Published = q.construct(t)
			q.dated(e.Published)
		case "updated":
			e.Updated = q.construct(t)
			q.dated(e.Updated)
		case "link":
			e.Links = append(e.Links, q.link(t))
		case "author":
			e.Authors = append(e.Authors, q.person(t))
		case "category", "rights":
			q.skip(t)
		case "media:content", "media:thumbnail", "media:group", "media:title", "media:description", "media:credit":
			e.Extensions = q.extend(e.Extensions, t, name)
		default:
			q.strange(t, name)
		}
	})
	return e
}

// construct reads one of Atom's texts: plain, or HTML that is escaped.
func (q *quickReader) construct(t token) string {
	switch q.attr(t, "type") {
	case "", "text", "html":
	default:
		q.bad = true
	}
	if q.attr(t, "mode") != "" {
		q.bad = true
	}
	return q.text(t)
}

func (q *quickReader) link(t token) *atom.Link {
	l := &atom.Link{
		Href: q.attr(t, "href"), Hreflang: q.attr(t, "hreflang"), Rel: q.attr(t, "rel"),
		Type: q.attr(t, "type"), Title: q.attr(t, "title"), Length: q.attr(t, "length"),
	}
	if l.Rel == "" {
		l.Rel = "alternate"
	}
	q.skip(t)
	return l
}

func (q *quickReader) person(t token) *atom.Person {
	p := &atom.Person{}
	q.children(t, func(t token, name string) {
		switch name {
		case "name":
			p.Name = q.construct(t)
		case "email", "uri":
			q.skip(t)
		default:
			q.bad = true
		}
	})
	return p
}
