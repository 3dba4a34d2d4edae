package feeds

import (
	"bytes"
	"html"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	ext "github.com/mmcdole/gofeed/extensions"

	"newsdesk/internal/pattern"
)

// quickReader walks over a document once. After bad is set nothing counts.
type quickReader struct {
	s    scanner
	doc  []byte
	atom bool
	bad  bool
	used [16]string // prefixes that are declared and may be used

	outlets []string // of those, the prefixes of an outlet's own namespaces
}

// standard are namespaces that are not in spaces and still mean something to
// gofeed, or to translate.
var standard = pattern.MustCompile(`(?i)purl\.org|w3\.org|yahoo|itunes|prism|podcast|rss|wellformedweb|^\s|\s$|^$`)

// own says whether an element is of an outlet's own namespace and no link,
// which translate looks for under any prefix.
func (q *quickReader) own(name string) bool {
	prefix, local, ok := strings.Cut(name, ":")
	return ok && slices.Contains(q.outlets, prefix) && local != "link"
}

// legal says whether all of a document's bytes are characters that XML
// permits, with line breaks that no reader changes.
func legal(doc []byte) bool {
	for _, c := range doc {
		if c < 0x20 && c != '\n' && c != '\t' {
			return false
		}
	}
	return utf8.Valid(doc) && !bytes.Contains(doc, []byte("\uffff")) && !bytes.Contains(doc, []byte("\ufffe"))
}

// namespaces reads the root element's declarations and says whether they are
// all understood.
func (q *quickReader) namespaces(tag []byte) bool {
	n, hasDefault := 0, false
	for name, value := range q.attrs(tag) {
		prefix, ok := strings.CutPrefix(name, "xmlns")
		switch {
		case !ok:
		case prefix == "":
			if hasDefault = true; !q.atom || value != spaces["atom"] {
				return false
			}
		default:
			prefix = prefix[1:]
			if known := spaces[prefix]; known != "" && known != value || n == len(q.used) {
				return false
			}
			if spaces[prefix] == "" {
				if standard.MatchString(value) {
					continue // an element that uses it is refused
				}
				q.outlets = append(q.outlets, prefix)
			}
			q.used[n] = prefix
			n++
		}
	}
	return !q.bad && hasDefault == q.atom
}

// attrs yields a tag's attributes, decoded. It is stricter than attributes:
// whatever is unusual ends it.
func (q *quickReader) attrs(tag []byte) func(yield func(name, value string) bool) {
	return func(yield func(string, string) bool) {
		i := 1 + len(tagName(tag[1:]))
		for {
			j := skipBlanks(tag, i)
			if j >= len(tag) || tag[j] == '>' || tag[j] == '/' && j == len(tag)-2 {
				return
			}
			name := tagName(tag[j:])
			k := j + len(name)
			if j == i || len(name) == 0 || k+1 >= len(tag) || tag[k] != '=' || tag[k+1] != '"' && tag[k+1] != '\'' {
				q.bad = true
				return
			}
			end := bytes.IndexByte(tag[k+2:], tag[k+1])
			if end < 0 {
				q.bad = true
				return
			}
			raw := tag[k+2 : k+2+end]
			if bytes.IndexByte(raw, '<') >= 0 || bytes.ContainsAny(raw, "\n\t") {
				q.bad = true
				return
			}
			if !yield(string(name), q.decode(raw, true)) {
				return
			}
			i = k + 3 + end
		}
	}
}

// attr returns one attribute of a tag.
func (q *quickReader) attr(t token, name string) (value string) {
	for n, v := range q.attrs(q.doc[t.start:t.end]) {
		if n == name {
			value = v
		}
	}
	return value
}

// decode resolves the references of a piece of text. Those of XML itself and
// numbers are understood.
func (q *quickReader) decode(raw []byte, attribute bool) string {
	if bytes.IndexByte(raw, '&') < 0 {
		return string(raw)
	}
	for i := 0; i < len(raw); i++ {
		if raw[i] != '&' {
			continue
		}
		end := bytes.IndexByte(raw[i:min(len(raw), i+12)], ';')
		if end < 2 || !usual(raw[i+1:i+end], attribute) {
			q.bad = true
			return ""
		}
		i += end
	}
	return html.UnescapeString(string(raw))
}

// usual says whether a reference, without its signs, is one that every reader
// understands alike.
func usual(name []byte, attribute bool) bool {
	switch string(name) {
	case "amp", "lt", "gt", "quot", "apos":
		return true
	}
	if name[0] != '#' {
		return false
	}
	digits, radix := string(name[1:]), 10
	if strings.HasPrefix(digits, "x") {
		digits, radix = digits[1:], 16
	}
	n, err := strconv.ParseUint(digits, radix, 32)
	// HTML takes numbers from 128 to 159 for windows-1252, XML does not.
	return err == nil && digits[0] != '+' && n <= utf8.MaxRune && allowed(rune(n)) && n != '\r' && (!attribute || n < 0x80 || n > 0x9f)
}

// children calls each for the child elements of t, and passes over what stands
// between them. each must consume the element.
func (q *quickReader) children(t token, each func(t token, name string)) {
	if t.empty {
		return
	}
	for !q.bad {
		c, ok := q.s.next()
		if !ok || c.cut {
			q.bad = true
			return
		}
		switch c.kind {
		case kindStart:
			for range q.attrs(q.doc[c.start:c.end]) { // checks them
				continue
			}
			name := string(c.name)
			if prefix, _, ok := strings.Cut(name, ":"); ok && !slices.Contains(q.used[:], prefix) {
				q.bad = true
				return
			}
			each(c, name)
		case kindEnd:
			q.shut(c, t)
			return
		case kindText:
			q.checkText(q.doc[c.start:c.end])
		case kindCDATA:
		case kindComment:
			if bytes.Contains(q.doc[c.start+4:c.end-3], []byte("--")) || q.doc[c.end-4] == '-' {
				q.bad = true
			}
		default:
			q.bad = true
		}
	}
}

// shut checks that an end tag is that of t.
func (q *quickReader) shut(end, t token) {
	if !bytes.Equal(end.name, t.name) || len(bytes.TrimSpace(q.doc[end.start+2+len(end.name):end.end-1])) > 0 {
		q.bad = true
	}
}

func (q *quickReader) checkText(raw []byte) {
	if bytes.IndexByte(raw, '<') >= 0 || bytes.Contains(raw, cdataClose) {
		q.bad = true
		return
	}
	if bytes.IndexByte(raw, '&') >= 0 {
		q.decode(raw, false)
	}
}

// skip passes over an element.
func (q *quickReader) skip(t token) { q.children(t, func(t token, _ string) { q.skip(t) }) }

// text reads an element that holds text and nothing else, as gofeed does: the
// ends trimmed before anything is decoded.
func (q *quickReader) text(t token) string {
	if t.empty {
		return ""
	}
	from := q.s.pos
	packed := false
	for {
		c, ok := q.s.next()
		if !ok || c.cut {
			q.bad = true
			return ""
		}
		switch c.kind {
		case kindText:
			if raw := q.doc[c.start:c.end]; bytes.IndexByte(raw, '<') >= 0 || bytes.Contains(raw, cdataClose) {
				q.bad = true
				return ""
			}
		case kindCDATA:
			packed = true
		case kindEnd:
			q.shut(c, t)
			inner := bytes.TrimSpace(q.doc[from:c.start])
			if !packed {
				return q.decode(inner, false)
			}
			return q.unpack(inner)
		default:
			q.bad = true
			return ""
		}
	}
}

// unpack decodes text with CDATA sections in it, which are taken as they are.
func (q *quickReader) unpack(inner []byte) string {
	var out strings.Builder
	out.Grow(len(inner))
	for {
		i := bytes.Index(inner, cdataOpen)
		if i < 0 {
			out.WriteString(q.decode(inner, false))
			return out.String()
		}
		out.WriteString(q.decode(inner[:i], false))
		inner = inner[i+len(cdataOpen):]
		end := bytes.Index(inner, cdataClose)
		if end < 0 {
			q.bad = true
			return ""
		}
		out.Write(inner[:end])
		inner = inner[end+len(cdataClose):]
	}
}

// extend reads a foreign element into all, by its prefix and name.
func (q *quickReader) extend(all ext.Extensions, t token, name string) ext.Extensions {
	prefix, local, _ := strings.Cut(name, ":")
	if all == nil {
		all = ext.Extensions{}
	}
	if all[prefix] == nil {
		all[prefix] = map[string][]ext.Extension{}
	}
	all[prefix][local] = append(all[prefix][local], q.extension(t, local))
	return all
}

func (q *quickReader) extension(t token, local string) ext.Extension {
	e := ext.Extension{Name: local, Attrs: map[string]string{}}
	for name, value := range q.attrs(q.doc[t.start:t.end]) {
		if strings.Contains(name, ":") {
			q.bad = true
		}
		e.Attrs[name] = value
	}
	if t.empty {
		return e
	}
	// Either text or children; gofeed joins what stands around children.
	mark := q.s
	if c, ok := q.s.next(); ok && c.kind == kindEnd {
		q.shut(c, t)
		return e
	}
	q.s = mark
	if c, ok := q.s.next(); ok && c.kind == kindText {
		if next, ok := q.s.next(); ok && next.kind == kindEnd {
			q.checkText(q.doc[c.start:c.end])
			q.shut(next, t)
			e.Value = strings.TrimSpace(q.xmlText(q.doc[c.start:c.end]))
			return e
		}
	}
	q.s = mark
	if c, ok := q.s.next(); ok && c.kind == kindCDATA && !c.cut {
		if next, ok := q.s.next(); ok && next.kind == kindEnd {
			q.shut(next, t)
			e.Value = strings.TrimSpace(string(q.doc[c.start+len(cdataOpen) : c.end-len(cdataClose)]))
			return e
		}
	}
	q.s = mark
	q.children(t, func(c token, name string) {
		_, local, ok := strings.Cut(name, ":")
		if !ok {
			q.bad = true
			return
		}
		if e.Children == nil {
			e.Children = map[string][]ext.Extension{}
		}
		e.Children[local] = append(e.Children[local], q.extension(c, local))
	})
	if len(e.Children) == 0 {
		q.bad = true // text in pieces
	}
	return e
}

// xmlText decodes text by XML's rules, in which numbers stand for themselves.
func (q *quickReader) xmlText(raw []byte) string { return q.decode(raw, true) }
