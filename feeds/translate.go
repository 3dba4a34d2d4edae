package feeds

import (
	"bytes"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"
	ext "github.com/mmcdole/gofeed/extensions"
	"github.com/mmcdole/gofeed/rss"

	"newsdesk/news"
)

// translate turns what was parsed into items in document order.
func (d *Document) translate(p parsed, o layout, doc []byte, feedURL string) {
	d.Title = cut(plainTitle(p.feed.Title), maxTitle)
	base := baseOf(o.base, feedURL, p.feed.Link)
	if d.Link = absolute(base, p.feed.Link); d.Link == "" {
		for _, l := range p.feed.Links {
			if d.Link = absolute(base, l); d.Link != "" {
				break
			}
		}
	}
	if head := doc; len(head) > 0 {
		if o.head >= 0 {
			head = doc[:o.head]
		}
		d.Hub = hubOf(head, base)
	}
	if c := p.channel; c != nil {
		d.wishes(c.TTL, c.SkipHours, c.SkipDays)
	}
	d.Items = make([]news.Item, len(p.feed.Items))
	for i, it := range p.feed.Items {
		s := source{item: it, base: base}
		if i < len(p.rss) && len(p.rss) == len(p.feed.Items) {
			s.rss = p.rss[i]
		}
		if len(o.items) == len(p.feed.Items) {
			tag := startTag(o.items[i].of(doc))
			s.about = decoded(tag, "rdf:about", "about")
			s.base = within(base, decoded(tag, "xml:base"))
		}
		d.Items[i] = s.news()
	}
}

// source is one item as the parser left it.
type source struct {
	item  *gofeed.Item
	rss   *rss.Item // nil for Atom and JSON
	about string    // rdf:about
	base  *url.URL
}

func (s source) news() news.Item {
	out := news.Item{
		GUID:   s.guid(),
		URL:    s.link(),
		Title:  cut(plainTitle(s.item.Title), maxTitle),
		Author: cut(s.author(), maxAuthor),
		Image:  s.image(),
	}
	out.Published, out.Updated = s.dates()
	description := s.item.Description
	if description == "" {
		description = s.extension("media", "description")
	}
	if out.Title == "" {
		out.Title = cut(plainTitle(s.extension("media", "title")), maxTitle)
	}
	out.Content = cutBytes(strings.TrimSpace(s.item.Content), maxContent)
	description = cutBytes(description, maxContent)
	out.Summary = plainText(description)
	if len(out.Summary) > maxSummary {
		if out.Content == "" {
			out.Content = description // the whole text, sent as a description
		}
		out.Summary = cut(out.Summary, maxSummary)
	}
	return out
}

// guid is the feed's own identifier: guid, id or rdf:about.
func (s source) guid() string {
	if g := strings.TrimSpace(s.item.GUID); g != "" {
		return g
	}
	return s.about
}

// link returns the first of an item's addresses that is one: link, an Atom link
// of whatever prefix, a GUID that is a permalink, rdf:about.
func (s source) link() string {
	candidates := make([]string, 0, 8)
	if s.rss != nil {
		candidates = append(candidates, s.rss.Links...)
		candidates = append(candidates, atomLinks(s.item.Extensions)...)
		if g := s.rss.GUID; g != nil && !strings.EqualFold(strings.TrimSpace(g.IsPermalink), "false") && web(strings.TrimSpace(g.Value)) {
			candidates = append(candidates, g.Value)
		}
		candidates = append(candidates, s.about)
	} else {
		candidates = append(append(candidates, s.item.Link), s.item.Links...)
		if web(strings.TrimSpace(s.item.GUID)) && len(s.item.Links) == 0 {
			candidates = append(candidates, s.item.GUID)
		}
	}
	for _, c := range candidates {
		if u := absolute(s.base, c); u != "" {
			return u
		}
	}
	return ""
}

// atomLinks finds Atom's <link href> among foreign elements, whatever prefix
// it came under.
func atomLinks(all ext.Extensions) []string {
	var out []string
	for _, prefix := range sorted(all) {
		for _, l := range all[prefix]["link"] {
			if rel := l.Attrs["rel"]; (rel == "" || rel == "alternate") && l.Attrs["href"] != "" {
				out = append(out, l.Attrs["href"])
			}
		}
	}
	return out
}

// extension returns the text of a foreign element, also from inside a
// media:group.
func (s source) extension(prefix, name string) string {
	m := s.item.Extensions[prefix]
	for _, e := range m[name] {
		if e.Value != "" {
			return e.Value
		}
	}
	for _, g := range m["group"] {
		for _, e := range g.Children[name] {
			if e.Value != "" {
				return e.Value
			}
		}
	}
	return ""
}

// author joins the names of the authors; an address alone is no name.
func (s source) author() string {
	var names []string
	add := func(n string) {
		if n = plainTitle(n); n != "" && !slices.Contains(names, n) {
			names = append(names, n)
		}
	}
	if dc := s.item.DublinCoreExt; dc != nil && len(dc.Creator) > 0 && (s.rss == nil || s.rss.Author == "") {
		for _, c := range dc.Creator {
			add(c)
		}
	} else {
		for _, a := range s.item.Authors {
			add(a.Name)
		}
		if len(names) == 0 && s.rss != nil && !strings.Contains(s.rss.Author, "@") {
			add(s.rss.Author)
		}
	}
	if len(names) == 0 {
		for _, e := range s.item.Extensions["media"]["credit"] {
			if r := e.Attrs["role"]; r == "author" || r == "writer" {
				add(e.Value)
			}
		}
	}
	return strings.Join(names, ", ")
}

// dates returns when an item was published and changed, zero where it does
// not say. An item that only says when it changed was published then.
func (s source) dates() (published, updated time.Time) {
	x := s.item.Extensions
	updated = firstDate(value(x, "atom", "updated"), value(x, "dcterms", "modified"), s.item.Updated)
	if s.rss != nil {
		published = firstDate(s.rss.PubDate, value(x, "dc", "date"), value(x, "dcterms", "issued"), value(x, "dcterms", "created"),
			value(x, "dcterms", "available"), value(x, "dcterms", "date"), value(x, "atom", "published"),
			value(x, "prism", "publicationDate"), custom(s.item.Custom))
	} else {
		published = firstDate(s.item.Published, value(x, "dcterms", "issued"), value(x, "dcterms", "created"), value(x, "dc", "date"))
	}
	if published.IsZero() && s.item.PublishedParsed != nil {
		published = s.item.PublishedParsed.UTC()
	}
	if published.IsZero() {
		published = updated
	}
	return published, updated
}

func value(x ext.Extensions, prefix, name string) string {
	for _, e := range x[prefix][name] {
		if e.Value != "" {
			return e.Value
		}
	}
	return ""
}

// custom finds a date among the elements that are in no format.
func custom(m map[string]string) string {
	for _, name := range sorted(m) {
		switch strings.ToLower(name) {
		case "date", "published", "publisheddate", "publishdate", "publicationdate", "pub_date", "created", "issued", "updated":
			return m[name]
		}
	}
	return ""
}

func firstDate(texts ...string) time.Time {
	for _, s := range texts {
		if t, ok := parseDate(s); ok {
			return t
		}
	}
	return time.Time{}
}

func sorted[V any](m map[string]V) []string {
	if len(m) == 0 {
		return nil
	}
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// keepNewest keeps the MaxItems newest items, in document order.
func (d *Document) keepNewest() {
	if len(d.Items) <= MaxItems {
		return
	}
	d.note("The feed has %d items; the newest %d were read.", len(d.Items), MaxItems)
	order := byAge(d.Items)[:MaxItems]
	slices.Sort(order)
	kept := make([]news.Item, 0, MaxItems)
	for _, i := range order {
		kept = append(kept, d.Items[i])
	}
	d.Items = kept
}

// byAge returns the indexes of items, newest first. An item without a date is
// as old as the one before it: feeds list the newest first.
func byAge(items []news.Item) []int {
	at := make([]time.Time, len(items))
	order := make([]int, len(items))
	for i, it := range items {
		order[i], at[i] = i, it.Published
		if at[i].IsZero() && i > 0 {
			at[i] = at[i-1]
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return at[b].Compare(at[a]) })
	return order
}

// withoutBases hides xml:base from the parser, which would resolve against it
// by rules of its own and reparse all HTML to do so. Links resolve against what
// look found; only a link's own xml:base is left to the parser.
func withoutBases(doc []byte) []byte {
	name := []byte("xml:base")
	if !bytes.Contains(doc, name) {
		return doc
	}
	out := bytes.Clone(doc)
	s := scanner{doc: doc}
	for {
		t, ok := s.next()
		if !ok {
			return out
		}
		if t.kind != kindStart || equalFold(local(t.name), "link") {
			continue
		}
		for a := range attributes(doc[t.start:t.end]) {
			if bytes.Equal(a.name, name) {
				out[t.start+a.at+len("xml")] = '_'
			}
		}
	}
}
