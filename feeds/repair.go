package feeds

import (
	"bytes"
	"html"
	"strconv"
	"unicode/utf8"
)

// repaired writes a document anew so that a parser takes it: end tags where
// they are missing and none that close nothing, attributes in quotes, no
// characters that XML forbids, "&" and "<" escaped where they are text.
// Comments and instructions are dropped. A document that grows by more than
// half in this is no damaged feed but an attack.
func repaired(doc []byte, itemName string) ([]byte, error) {
	r := repairer{doc: doc, item: itemName, inItem: -1}
	r.out.Grow(len(doc) + len(doc)/16)
	s := scanner{doc: doc}
	for {
		t, ok := s.next()
		if !ok {
			break
		}
		if r.out.Len() > len(doc)+len(doc)/2+maxGrowth {
			return nil, refuse(ErrHostile, "the feed is damaged out of all proportion")
		}
		raw := doc[t.start:t.end]
		switch t.kind {
		case kindText:
			r.text(raw)
		case kindCDATA:
			raw = bytes.TrimSuffix(bytes.TrimPrefix(raw, cdataOpen), cdataClose)
			r.out.Write(cdataOpen)
			r.chars(bytes.ReplaceAll(raw, cdataClose, nil))
			r.out.Write(cdataClose)
		case kindStart:
			if !t.cut {
				r.startTag(raw, t)
			}
		case kindEnd:
			r.endTag(t.name)
			if len(r.stack) == 0 {
				return r.out.Bytes(), nil // what follows the root element is not the feed's
			}
		default:
		}
	}
	r.closeTo(0)
	return r.out.Bytes(), nil
}

// maxGrowth is how many bytes a repair may add to any document.
const maxGrowth = 64 << 10

type repairer struct {
	doc    []byte
	out    bytes.Buffer
	stack  [][]byte
	item   string
	inItem int // depth of the open item, -1 outside
}

func (r *repairer) startTag(raw []byte, t token) {
	if equalFold(local(t.name), r.item) && r.inItem >= 0 && len(r.stack) == r.inItem+1 {
		r.closeTo(r.inItem)
	}
	r.out.WriteByte('<')
	r.out.Write(t.name)
	for a := range attributes(raw) {
		if !plausible(a.name) {
			continue
		}
		r.out.WriteByte(' ')
		r.out.Write(a.name)
		r.out.WriteString(`="`)
		r.text(bytes.ReplaceAll(a.value, []byte{'"'}, []byte("&quot;")))
		r.out.WriteByte('"')
	}
	if t.empty {
		r.out.WriteString("/>")
		return
	}
	r.out.WriteByte('>')
	if r.inItem < 0 && len(r.stack) > 0 && equalFold(local(t.name), r.item) {
		r.inItem = len(r.stack)
	}
	r.stack = append(r.stack, t.name)
}

// plausible accepts attribute names that a parser will accept: a colon neither
// first, last nor twice.
func plausible(name []byte) bool {
	i := bytes.IndexByte(name, ':')
	return i < 0 || i > 0 && i < len(name)-1 && bytes.IndexByte(name[i+1:], ':') < 0
}

func (r *repairer) endTag(name []byte) {
	at := len(r.stack) - 1
	for at >= 0 && !bytes.Equal(r.stack[at], name) {
		at--
	}
	if at < 0 || r.inItem >= 0 && at < r.inItem && at > 1 {
		return
	}
	r.closeTo(at)
}

// closeTo closes the open elements down to a depth.
func (r *repairer) closeTo(depth int) {
	for i := len(r.stack) - 1; i >= depth; i-- {
		r.out.WriteString("</")
		r.out.Write(r.stack[i])
		r.out.WriteByte('>')
	}
	r.stack = r.stack[:depth]
	if r.inItem >= depth {
		r.inItem = -1
	}
}

// text writes character data: references that mean something stay, other
// ampersands and "<" are escaped, and "]]>" is no longer one.
func (r *repairer) text(b []byte) {
	from := 0
	for i := 0; i < len(b); i++ {
		var with string
		skip := 1
		if r.out.Len() > 2*len(r.doc)+maxGrowth {
			return // repaired gives up
		}
		switch b[i] {
		case '<':
			with = "&lt;"
		case '>':
			with = "&gt;"
		case '&':
			n, ok := reference(b[i:])
			if ok {
				i += n - 1
				continue
			}
			if with = "&amp;"; n > 0 {
				with, skip = "", n // a reference to a character that XML forbids
			}
		default:
			continue
		}
		r.chars(b[from:i])
		r.out.WriteString(with)
		i += skip - 1
		from = i + 1
	}
	r.chars(b[from:])
}

// maxReference is the length of the longest HTML entity with "&" and ";".
const maxReference = 34

// reference looks at "&...": it returns the length of a well-formed reference
// and whether it may stay. A length of 0 means that it is none.
func reference(b []byte) (int, bool) {
	end := bytes.IndexByte(b[:min(len(b), maxReference)], ';')
	if end < 2 {
		return 0, false
	}
	name := b[1:end]
	if name[0] != '#' {
		s := string(b[:end+1])
		if bytes.ContainsAny(name, " \t\r\n&<") || html.UnescapeString(s) == s {
			return 0, false
		}
		return end + 1, true
	}
	digits, radix := string(name[1:]), 10
	if len(digits) > 1 && (digits[0] == 'x' || digits[0] == 'X') {
		digits, radix = digits[1:], 16
	}
	n, err := strconv.ParseUint(digits, radix, 32)
	if err != nil {
		return 0, false
	}
	return end + 1, n <= utf8.MaxRune && allowed(rune(n))
}

// chars writes text without the characters that XML forbids.
func (r *repairer) chars(b []byte) {
	from := 0
	for i := 0; i < len(b); {
		if c := b[i]; c >= 0x20 && c < utf8.RuneSelf {
			i++
			continue
		}
		c, n := utf8.DecodeRune(b[i:])
		if !allowed(c) || c == utf8.RuneError && n == 1 {
			r.out.Write(b[from:i])
			from = i + n
		}
		i += n
	}
	r.out.Write(b[from:])
}

// allowed says whether XML 1.0 permits a character (section 2.2, Char).
func allowed(c rune) bool {
	return c == '\t' || c == '\n' || c == '\r' || c >= 0x20 && c <= 0xd7ff ||
		c >= 0xe000 && c <= 0xfffd || c >= 0x10000 && c <= utf8.MaxRune
}

// salvaged returns what is whole of a document that was cut off: what stands
// before the items, and the items that end. The rest is closed by repaired.
func salvaged(doc []byte, o layout) []byte {
	last := o.items[len(o.items)-1]
	return doc[:last.end]
}
