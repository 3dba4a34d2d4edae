package feeds

import (
	"bytes"
	"slices"
	"strings"
)

// layout is what one pass over a document's markup finds: where its items
// lie, whether it is whole, and what it would cost to parse.
type layout struct {
	items    []span
	head     int  // end of what stands before the first item
	whole    bool // the root element is closed
	channel  bool // an RSS document has a channel
	rdf      bool // the root element is RDF
	base     string
	deepest  int
	tokens   int  // tags, attributes and pieces of text
	declared int  // most namespace declarations in force at once
	scoped   int  // namespace declarations in force, summed over all tags
	longest  int  // bytes of the longest piece of text
	regrowth int  // bytes copied by joining text piece by piece
	wellShut bool // every end tag meets its start tag
}

// span is one item: doc[start:end], start tag and end tag included. It is small
// because a hostile document has millions.
type span struct {
	start, end int32
}

// of returns the item's bytes.
func (s span) of(doc []byte) []byte { return doc[s.start:s.end] }

// level is an element that is open during the pass.
type level struct {
	name []byte
	ns   int // declarations in force inside it
	text int // bytes of text directly in it so far
}

// maxDepth is how deep elements may nest. Real feeds stay below 30, with
// XHTML inside below 60.
const maxDepth = 200

// look passes over a document that begins with its root element. itemName is
// "item" or "entry". It stops at the end of the root element.
func look(doc []byte, itemName string) layout {
	o := layout{head: -1, wellShut: true}
	s := scanner{doc: doc}
	stack := make([]level, 0, 32)
	inItem := -1 // depth of the open item
	var open span
	for {
		t, ok := s.next()
		if !ok {
			break
		}
		if t.cut {
			if t.kind == kindEnd && len(stack) > 0 && matching(stack, t.name) == 0 && inItem < 0 {
				o.wellShut = false
				return o.finish(true) // all that is missing is the last ">"
			}
			break
		}
		switch t.kind {
		case kindText, kindCDATA:
			o.tokens++
			o.longest = max(o.longest, t.end-t.start)
			if n := len(stack); n > 0 {
				o.regrowth += stack[n-1].text
				stack[n-1].text += t.end - t.start
			}
		case kindStart:
			o.countTag(doc[t.start:t.end])
			ns := declarations(doc[t.start:t.end])
			if n := len(stack); n > 0 {
				ns += stack[n-1].ns
			}
			o.scoped += ns
			o.declared = max(o.declared, ns)
			isItem := len(stack) > 0 && (inItem < 0 || len(stack) == inItem+1) && equalFold(local(t.name), itemName)
			if isItem && inItem >= 0 { // directly in an item: the end tag of that one is missing
				open.end = int32(t.start)
				o.items = append(o.items, open)
				o.wellShut = false
				stack, inItem = stack[:inItem], -1
			}
			if isItem {
				open.start = int32(t.start)
				if o.head < 0 {
					o.head = t.start
				}
			} else if inItem < 0 {
				o.before(doc, t, len(stack))
			}
			if t.empty {
				if isItem {
					open.end = int32(t.end)
					o.items = append(o.items, open)
				}
				if len(stack) == 0 {
					return o.finish(true)
				}
				continue
			}
			if isItem {
				inItem = len(stack)
			}
			stack = append(stack, level{name: t.name, ns: ns})
			o.deepest = max(o.deepest, len(stack))
			if len(stack) > maxDepth {
				return o.finish(false)
			}
		case kindEnd:
			o.tokens++
			at := matching(stack, t.name)
			if at != len(stack)-1 {
				o.wellShut = false
			}
			if at < 0 || inItem >= 0 && at < inItem && at > 1 {
				continue
			}
			if inItem >= 0 && at <= inItem {
				open.end = int32(t.end)
				if at < inItem { // the item's own end tag is missing
					open.end = int32(t.start)
				}
				o.items = append(o.items, open)
				inItem = -1
			}
			stack = stack[:at]
			if at == 0 {
				return o.finish(true)
			}
		default:
			o.tokens++
		}
	}
	return o.finish(false)
}

func (o *layout) finish(whole bool) layout {
	o.whole = whole
	return *o
}

// countTag adds a start tag and its attributes.
func (o *layout) countTag(tag []byte) {
	o.tokens += 1 + bytes.Count(tag, []byte{'='})
}

// before notes what stands around the items: the channel, and the address
// that links are relative to.
func (o *layout) before(doc []byte, t token, depth int) {
	name := local(t.name)
	switch {
	case depth == 0:
		o.rdf = equalFold(name, "rdf")
	case depth > 1 || !equalFold(name, "channel"):
		return
	default:
		o.channel = true
	}
	if b := decoded(doc[t.start:t.end], "xml:base"); b != "" {
		o.base = resolveAny(o.base, b)
	}
}

// declarations counts the namespaces that a start tag declares.
func declarations(tag []byte) int {
	return bytes.Count(tag, []byte("xmlns"))
}

// matching returns the index of the innermost open element of a name, and -1.
func matching(stack []level, name []byte) int {
	for i, l := range slices.Backward(stack) {
		if bytes.Equal(l.name, name) {
			return i
		}
	}
	return -1
}

// startTag returns the start tag that a piece of markup begins with.
func startTag(b []byte) []byte {
	n, _ := tagEnd(b)
	return b[:n]
}

// decoded returns the first of the named attributes that a start tag has.
func decoded(tag []byte, names ...string) string {
	for _, n := range names {
		if v, ok := attribute(tag, n); ok {
			return strings.TrimSpace(unescape(string(v)))
		}
	}
	return ""
}

// equalFold compares a name with one in lower case.
func equalFold(name []byte, low string) bool {
	return len(name) == len(low) && strings.EqualFold(string(name), low)
}
