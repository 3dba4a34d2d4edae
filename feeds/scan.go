package feeds

import (
	"bytes"
	"slices"
)

// kind of a token of markup.
type kind uint8

const (
	kindText kind = iota
	kindStart
	kindEnd
	kindCDATA
	kindComment
	kindProcInst
	kindDirective
)

// token is a piece of a document: doc[start:end].
type token struct {
	kind       kind
	start, end int
	name       []byte // of a start or end tag, with its prefix, as written
	empty      bool   // a start tag that closes itself
	cut        bool   // the document ended inside it
}

// scanner splits a document into tokens without judging it: whatever is no
// markup is text, and nothing is an error. It reads each byte once.
type scanner struct {
	doc []byte
	pos int
}

var (
	commentOpen = []byte("<!--")
	cdataOpen   = []byte("<![CDATA[")
	cdataClose  = []byte("]]>")
)

// next returns the next token and false at the end of the document.
func (s *scanner) next() (token, bool) {
	if s.pos >= len(s.doc) {
		return token{}, false
	}
	rest := s.doc[s.pos:]
	if !opensMarkup(rest) {
		n := 1
		for {
			i := bytes.IndexByte(rest[n:], '<')
			if i < 0 {
				n = len(rest)
				break
			}
			if n += i; opensMarkup(rest[n:]) {
				break
			}
			n++
		}
		return s.take(kindText, n, false), true
	}
	switch {
	case rest[1] == '/':
		t := s.upTo(kindEnd, rest, ">", 2)
		t.name = tagName(rest[2:])
		return t, true
	case bytes.HasPrefix(rest, commentOpen):
		return s.upTo(kindComment, rest, "-->", len(commentOpen)), true
	case bytes.HasPrefix(rest, cdataOpen):
		return s.upTo(kindCDATA, rest, "]]>", len(cdataOpen)), true
	case rest[1] == '?':
		return s.upTo(kindProcInst, rest, "?>", 2), true
	case rest[1] == '!':
		return s.directive(rest), true
	}
	n, ok := tagEnd(rest)
	if !ok && n < len(rest) {
		return s.take(kindText, n, false), true // "<" and a name, but no tag
	}
	t := s.take(kindStart, n, !ok)
	t.name = tagName(rest[1:])
	t.empty = ok && rest[n-2] == '/'
	return t, true
}

func (s *scanner) take(k kind, n int, cut bool) token {
	t := token{kind: k, start: s.pos, end: s.pos + n, cut: cut}
	s.pos += n
	return t
}

func (s *scanner) upTo(k kind, rest []byte, mark string, from int) token {
	i := bytes.Index(rest[from:], []byte(mark))
	if i < 0 {
		return s.take(k, len(rest), true)
	}
	return s.take(k, from+i+len(mark), false)
}

// directive ends at the first ">" outside of an internal subset in brackets.
func (s *scanner) directive(rest []byte) token {
	end := bytes.IndexByte(rest, '>')
	if end >= 0 && bytes.IndexByte(rest[:end], '[') >= 0 {
		i := bytes.IndexByte(rest, ']')
		if i < 0 {
			return s.take(kindDirective, len(rest), true)
		}
		j := bytes.IndexByte(rest[i:], '>')
		end = i + j
		if j < 0 {
			end = -1
		}
	}
	if end < 0 {
		return s.take(kindDirective, len(rest), true)
	}
	return s.take(kindDirective, end+1, false)
}

// opensMarkup says whether b begins with "<" and goes on like a tag, a comment
// or an instruction; a lone "<" is text.
func opensMarkup(b []byte) bool {
	if len(b) < 2 || b[0] != '<' {
		return false
	}
	switch b[1] {
	case '!', '?':
		return true
	case '/':
		return len(b) > 2 && nameStart(b[2])
	}
	return nameStart(b[1])
}

func nameStart(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == ':' || c >= 0x80
}

func nameByte(c byte) bool {
	return nameStart(c) || c >= '0' && c <= '9' || c == '-' || c == '.'
}

func tagName(b []byte) []byte {
	n := 0
	for n < len(b) && nameByte(b[n]) {
		n++
	}
	return b[:n]
}

// tagEnd returns the length of the start tag that b begins with, minding
// quoted values, and false where it does not end. A quote that never closes
// is not minded.
func tagEnd(b []byte) (int, bool) {
	var quote byte
	for i := 1; i < len(b); i++ {
		switch c := b[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case (c == '"' || c == '\'') && afterEquals(b[:i]):
			quote = c
		case c == '>':
			return i + 1, true
		case c == '<':
			return i, false // the tag never ended, another begins
		}
	}
	if quote != 0 {
		if i := bytes.IndexByte(b, '>'); i >= 0 {
			return i + 1, true
		}
	}
	return len(b), false
}

// afterEquals says whether b ends with "=" and blanks.
func afterEquals(b []byte) bool {
	for _, c := range slices.Backward(b) {
		if !isBlank(c) {
			return c == '='
		}
	}
	return false
}

// local returns a name without its prefix.
func local(name []byte) []byte {
	if _, after, ok := bytes.Cut(name, []byte{':'}); ok {
		return after
	}
	return name
}

// attribute returns the raw value of an attribute of a start tag, by its name
// as written, and whether it is there.
func attribute(tag []byte, name string) ([]byte, bool) {
	for a := range attributes(tag) {
		if string(a.name) == name {
			return a.value, true
		}
	}
	return nil, false
}

// attr is one attribute of a tag, its value without quotes and undecoded.
type attr struct {
	name, value []byte
	at          int // offset of the name in the tag
}

// attributes yields the attributes of a start tag in order.
func attributes(tag []byte) func(yield func(attr) bool) {
	return func(yield func(attr) bool) {
		i := 1 + len(tagName(tag[1:]))
		for i < len(tag) {
			for i < len(tag) && !nameStart(tag[i]) {
				i++
			}
			a := attr{name: tagName(tag[i:]), at: i}
			if i += len(a.name); len(a.name) == 0 {
				return
			}
			j := skipBlanks(tag, i)
			if j < len(tag) && tag[j] == '=' {
				a.value, i = attributeValue(tag, skipBlanks(tag, j+1))
			}
			if !yield(a) {
				return
			}
		}
	}
}

func skipBlanks(b []byte, i int) int {
	for i < len(b) && isBlank(b[i]) {
		i++
	}
	return i
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

// attributeValue reads the value at i and returns it and where it ends.
func attributeValue(tag []byte, i int) ([]byte, int) {
	if i >= len(tag) {
		return nil, i
	}
	if q := tag[i]; q == '"' || q == '\'' {
		if n := bytes.IndexByte(tag[i+1:], q); n >= 0 {
			return tag[i+1 : i+1+n], i + n + 2
		}
		return nil, i + 1
	}
	end := i
	for end < len(tag) && !isBlank(tag[end]) && tag[end] != '>' {
		end++
	}
	return tag[i:end], end
}
