package articles

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// layout says how an element breaks the text around it. Elements are known by
// name, never by atom: the extractors rename nodes and leave the atom as it was.
type layout int

const (
	inline layout = iota
	block         // a paragraph of its own
	item          // a line of its own, begun with a dash
	row           // a line of its own, cells parted by a bar
	cell
	lineBreak
	skip // not text
)

// layoutNamed is the layout of the elements of a name.
func layoutNamed(name string) layout {
	switch name {
	case "p", "div", "section", "article", "main", "body",
		"h1", "h2", "h3", "h4", "h5", "h6", "header", "footer", "aside", "address", "center",
		"blockquote", "pre", "figure", "figcaption", "caption", "ul", "ol", "dl", "menu", "table", "details", "summary",
		"form", "fieldset", "hr", "hgroup", "nav", "quote", "dt", "dd":
		return block
	case "li":
		return item
	case "tr":
		return row
	case "td", "th":
		return cell
	case "br", "lb":
		return lineBreak
	case "head", "script", "style", "noscript", "template", "svg", "math",
		"iframe", "object", "embed", "canvas", "audio", "video",
		"button", "select", "textarea", "input", "title", "meta", "link":
		return skip
	}
	return inline
}

// renderer collects the lines of a text. A paragraph is a run of lines; blanks
// inside a line are folded as they come.
type renderer struct {
	paras  []string
	para   []byte // lines of the paragraph so far
	line   []byte
	space  bool // a blank is due before the next word
	prefix string
	pre    int    // depth of <pre>: line ends count
	within layout // item or cell where the nearest of body, article and these around is one

	each func(line []byte, begins *html.Node) // gets the lines instead of paras, if set; it keeps none
	from *html.Node                           // holds the beginning of the line
}

// render turns a node, which stands in no list and no table, into plain text:
// paragraphs, headings and quotes parted by a blank line, list items on lines of
// their own begun with "- ", table rows on lines of their own with cells parted by
// " | ".
func render(n *html.Node) []string {
	if n == nil {
		return nil
	}
	var r renderer
	r.node(n)
	r.endPara()
	return r.paras
}

// layoutOf is an element's layout. Cells that hold paragraphs or long texts
// belong to tables that only place things on the page, as old sites do.
func layoutOf(n *html.Node) layout {
	kind := layoutNamed(n.Data)
	switch kind {
	case cell:
		if placing(n) {
			return block
		}
	case row:
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if layoutNamed(c.Data) == cell && placing(c) {
				return block
			}
		}
	}
	return kind
}

// placing tells whether a table cell holds paragraphs or a long text.
func placing(td *html.Node) bool {
	length, found := 0, false
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			length += len(n.Data)
		}
		if n != td && n.Type == html.ElementNode && layoutNamed(n.Data) == block && n.Data != "div" && n.Data != "center" {
			found = true
		}
		for c := n.FirstChild; c != nil && length < 400 && (!found || length < 150); c = c.NextSibling {
			walk(c)
		}
	}
	walk(td)
	return length >= 400 || found && length >= 150
}

func (r *renderer) node(n *html.Node) {
	if n.Type == html.TextNode {
		if len(r.line) == 0 {
			r.from = n.Parent
		}
		r.text(n.Data)
		return
	}
	if n.Type != html.ElementNode && n.Type != html.DocumentNode {
		return
	}
	kind := inline
	if n.Type == html.ElementNode {
		kind = layoutOf(n)
	}
	switch kind {
	case skip:
		return
	case lineBreak:
		r.breakLine()
		return
	case block:
		r.endBlock()
	case item:
		r.endLine()
		r.prefix = "- "
	case row:
		r.endLine()
	case cell:
		if len(r.line) > 0 {
			r.line = append(r.line, " |"...)
			r.space = true
		}
	}
	if n.Data == "pre" {
		r.pre++
	}
	outer := r.within
	switch {
	case kind == item, kind == cell:
		r.within = kind
	case n.Data == "body", n.Data == "article":
		r.within = inline
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		r.node(c)
	}
	r.within = outer
	if n.Data == "pre" {
		r.pre--
	}
	switch kind {
	case block:
		r.endBlock()
	case item:
		r.endLine()
		r.prefix = ""
	case row:
		r.endLine()
	}
}

// endBlock ends the paragraph, but inside a list item or a table cell, where a
// paragraph is only a line or part of one.
func (r *renderer) endBlock() {
	switch r.within {
	case item:
		r.endLine()
	case cell:
		r.space = len(r.line) > 0
	default:
		r.endPara()
	}
}

func (r *renderer) text(s string) {
	for len(s) > 0 {
		if n := plainRun(s); n > 0 {
			r.write(s[:n])
			s = s[n:]
			continue
		}
		c, size := utf8.DecodeRuneInString(s)
		s = s[size:]
		switch {
		case c == '\n' && r.pre > 0:
			r.endLine()
		case unicode.IsSpace(c):
			r.space = len(r.line) > 0
		case c == 0xAD || c == 0x200B || c == 0xFEFF || c == 0x2060 || c == 0xFFFC || unicode.IsControl(c):
			// invisible: soft hyphens, zero-width blanks, placeholders of images
		default:
			r.write(string(c))
		}
	}
}

// plainRun is the length of the beginning of a text that is written as it is:
// visible characters of ASCII, with single blanks between them.
func plainRun(s string) int {
	n := 0
	for i := range len(s) {
		switch c := s[i]; {
		case ' ' < c && c < 0x7F:
			n = i + 1
		case c != ' ' || i > n || i == 0:
			return n
		}
	}
	return n
}

// write appends what begins and ends with a visible character to the line.
func (r *renderer) write(s string) {
	if len(r.line) == 0 {
		r.line = append(r.line, r.prefix...)
		r.prefix = ""
	}
	if r.space {
		r.line = append(r.line, ' ')
		r.space = false
	}
	r.line = append(r.line, s...)
}

// breakLine ends the line; the second break in a row ends the paragraph, as
// pages without <p> mean it.
func (r *renderer) breakLine() {
	if len(r.line) == 0 && r.pre == 0 {
		r.endPara()
		return
	}
	r.endLine()
}

func (r *renderer) endLine() {
	r.space = false
	if len(r.line) == 0 {
		return
	}
	if r.each != nil {
		r.each(r.line, r.from)
	} else {
		if len(r.para) > 0 {
			r.para = append(r.para, '\n')
		}
		r.para = append(r.para, r.line...)
	}
	r.line = r.line[:0]
}

func (r *renderer) endPara() {
	r.endLine()
	if len(r.para) == 0 {
		return
	}
	r.paras = append(r.paras, string(r.para))
	r.para = r.para[:0]
}
