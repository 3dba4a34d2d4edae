package articles

import (
	"bytes"
	"io"
)

// partsReader reads parts of a page one after the other.
type partsReader [][]byte

func (r *partsReader) Read(p []byte) (int, error) {
	for len(*r) > 0 {
		if n := copy(p, (*r)[0]); n > 0 {
			(*r)[0] = (*r)[0][n:]
			return n, nil
		}
		*r = (*r)[1:]
	}
	return 0, io.EOF
}

// withoutScripts returns a page without what stands in its scripts, but JSON-LD, and
// its styles. They are half of many pages, and the parser reads them byte by byte
// into texts of their own. It follows the parser's rules, and from where a page
// leaves what it knows it leaves the page as it is.
func withoutScripts(page []byte) io.Reader {
	var parts partsReader
	from := 0
	for s := (scanner{page: page}); ; {
		begin, end, ok := s.next()
		if !ok {
			break
		}
		parts = append(parts, page[from:begin])
		from = end
	}
	parts = append(parts, page[from:])
	return &parts
}

// scanner finds the contents of scripts and styles in a page.
type scanner struct {
	page    []byte
	at      int
	drawing bool          // within <svg>, where nothing is raw text
	name    [maxName]byte // the last tag's
}

// next returns where the next of them begins and ends.
func (s *scanner) next() (begin, end int, ok bool) {
	for {
		i := bytes.IndexByte(s.page[s.at:], '<')
		if i < 0 {
			return 0, 0, false
		}
		s.at += i
		tag := s.page[s.at:]
		if len(tag) < 4 {
			return 0, 0, false
		}
		switch {
		case bytes.HasPrefix(tag, []byte("<!--")):
			ok = s.skip(commentSize(tag))
		case tag[1] == '/' && tag[2] == '>':
			ok = s.skip(3)
		case tag[1] == '!' && s.drawing: // may be CDATA
			return 0, 0, false
		case tag[1] == '!', tag[1] == '?', tag[1] == '/' && !isLetter(tag[2]):
			ok = s.skip(1 + bytes.IndexByte(tag, '>'))
		case tag[1] == '/':
			ok = s.closing(tag)
		case isLetter(tag[1]):
			begin, end, ok = s.opening(tag)
			if ok && end > begin {
				return begin, end, true
			}
		default:
			ok = s.skip(1)
		}
		if !ok {
			return 0, 0, false
		}
	}
}

// skip goes on behind what is next, unless its size is not known: less than
// there is of it at least.
func (s *scanner) skip(size int) bool {
	s.at += size
	return size > 0
}

func (s *scanner) closing(tag []byte) bool {
	name := s.nameOf(tag[2:])
	if s.drawing {
		if string(name) == "svg" {
			s.drawing = false
		} else if !drawn(string(name)) {
			return false
		}
	}
	return s.skip(tagSize(tag, 2))
}

// opening passes by a tag, with all up to its end tag where that is raw text, whose
// bounds it returns where it is not kept.
func (s *scanner) opening(tag []byte) (begin, end int, ok bool) {
	name := s.nameOf(tag[1:])
	size := tagSize(tag, 1)
	if size <= 0 {
		return 0, 0, false
	}
	if s.drawing {
		if !drawn(string(name)) {
			return 0, 0, false
		}
		if string(name) == "title" || string(name) == "desc" { // what they hold is HTML again
			text := bytes.IndexByte(tag[size:], '<')
			if text < 0 || !bytes.HasPrefix(tag[size+text:], []byte("</")) {
				return 0, 0, false
			}
		}
		return 0, 0, s.skip(size)
	}
	switch string(name) {
	case "math", "frameset", "plaintext":
		return 0, 0, false // there the parser has other rules
	case "svg":
		s.drawing = true
		return 0, 0, tag[size-2] != '/' && s.skip(size)
	case "script", "style", "title", "textarea", "iframe", "noembed", "noframes", "noscript", "xmp":
	default:
		return 0, 0, s.skip(size)
	}
	text := rawSize(tag[size:], name)
	if text < 0 {
		return 0, 0, false
	}
	begin = s.at + size
	end = begin
	if string(name) == "style" || string(name) == "script" && !mayBeLD(tag[:size]) {
		end += text
	}
	return begin, end, s.skip(size + text)
}

// drawn tells the elements of drawings.
func drawn(name string) bool {
	switch name {
	case "path", "g", "use", "circle", "rect", "line", "polyline", "polygon", "ellipse", "defs", "lineargradient", "radialgradient",
		"stop", "symbol", "clippath", "mask", "pattern", "marker", "text", "tspan", "title", "desc", "style",
		"animate", "animatetransform", "filter", "feblend", "fecolormatrix", "fecomposite", "feflood", "fegaussianblur",
		"femerge", "femergenode", "feoffset":
		return true
	}
	return false
}

// mayBeLD tells whether a script's tag may say that it is JSON-LD.
func mayBeLD(tag []byte) bool {
	return bytes.Contains(bytes.ToLower(tag), []byte("ld+json")) || bytes.IndexByte(tag, '&') >= 0
}

// maxName is the length of the longest name that the scanner knows.
const maxName = 16

// nameOf returns a tag's name in small letters, "" where it is longer than any known,
// until it is asked for the next.
func (s *scanner) nameOf(tag []byte) []byte {
	for i, c := range tag {
		if isBlank(c) || c == '/' || c == '>' {
			return s.name[:i]
		}
		if i == maxName {
			break
		}
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		s.name[i] = c
	}
	return nil
}

// tagSize is the length of a tag whose name begins at i, 0 where it does not end.
func tagSize(tag []byte, i int) int {
	if end := bytes.IndexByte(tag, '>'); end < 0 {
		return 0
	} else if bytes.IndexByte(tag[:end], '"') < 0 && bytes.IndexByte(tag[:end], '\'') < 0 {
		return end + 1
	}
	for i < len(tag) && !isBlank(tag[i]) && tag[i] != '/' && tag[i] != '>' {
		i++
	}
	for {
		if i = pastBlanks(tag, i); i == len(tag) {
			return 0
		}
		if tag[i] == '>' {
			return i + 1
		}
		for first := i; i < len(tag) && !isBlank(tag[i]) && tag[i] != '/' && tag[i] != '>' && (tag[i] != '=' || i == first); {
			i++
		}
		if i = pastBlanks(tag, i); i == len(tag) {
			return 0
		}
		if tag[i] == '/' {
			i++
			continue
		}
		if tag[i] != '=' {
			continue
		}
		if i = pastBlanks(tag, i+1); i == len(tag) {
			return 0
		}
		switch quote := tag[i]; quote {
		case '"', '\'':
			n := bytes.IndexByte(tag[i+1:], quote)
			if n < 0 {
				return 0
			}
			i += n + 2
		default:
			for i < len(tag) && !isBlank(tag[i]) && tag[i] != '>' {
				i++
			}
		}
	}
}

// rawSize is the length of a raw text up to the end tag of its element, -1 where
// there is none, or where a script holds another in a comment.
func rawSize(text, name []byte) int {
	for i := 0; ; {
		n := bytes.Index(text[i:], []byte("</"))
		if n < 0 {
			return -1
		}
		i += n
		end := text[i+2:]
		if len(end) > len(name) && bytes.EqualFold(end[:len(name)], name) && (isBlank(end[len(name)]) || end[len(name)] == '/' || end[len(name)] == '>') {
			if string(name) == "script" && bytes.Contains(text[:i], []byte("<!--")) && bytes.Contains(bytes.ToLower(text[:i]), []byte("<script")) {
				return -1
			}
			return i
		}
		i += 2
	}
}

// commentSize is the length of a comment, 0 where it does not end.
func commentSize(text []byte) int {
	const open = len("<!--")
	end := bytes.Index(text[open-2:], []byte("-->")) // "<!-->" is whole
	if end < 0 {
		return 0
	}
	end += open - 2
	if other := bytes.Index(text[open:max(open, end)], []byte("--!>")); other >= 0 {
		return open + other + len("--!>")
	}
	return end + len("-->")
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func isBlank(c byte) bool { return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' }

func pastBlanks(s []byte, i int) int {
	for i < len(s) && isBlank(s[i]) {
		i++
	}
	return i
}
