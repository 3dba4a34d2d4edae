package articles

import (
	"strings"
	"unicode"

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

var layouts = map[string]layout{
	"p": block, "div": block, "section": block, "article": block, "main": block, "body": block,
	"h1": block, "h2": block, "h3": block, "h4": block, "h5": block, "h6": block, "head": skip,
	"header": block, "footer": block, "aside": block, "address": block, "center": block,
	"blockquote": block, "pre": block, "figure": block, "figcaption": block, "caption": block,
	"ul": block, "ol": block, "dl": block, "menu": block, "table": block, "details": block, "summary": block,
	"form": block, "fieldset": block, "hr": block, "hgroup": block, "nav": block, "quote": block,
	"li": item, "dt": block, "dd": block, "tr": row, "td": cell, "th": cell, "br": lineBreak, "lb": lineBreak,
	"script": skip, "style": skip, "noscript": skip, "template": skip, "svg": skip, "math": skip,
	"iframe": skip, "object": skip, "embed": skip, "canvas": skip, "audio": skip, "video": skip,
	"button": skip, "select": skip, "textarea": skip, "input": skip, "title": skip, "meta": skip, "link": skip,
}

// renderer collects the lines of a text. A paragraph is a run of lines; blanks
// inside a line are folded as they come.
type renderer struct {
	paras  []string
	para   strings.Builder // lines of the paragraph so far
	line   strings.Builder
	space  bool // a blank is due before the next word
	prefix string
	pre    int // depth of <pre>: line ends count

	each func(line string, begins *html.Node) // gets the lines instead of paras, if set
	from *html.Node                           // holds the beginning of the line
}

// render turns a node into plain text: paragraphs, headings and quotes parted
// by a blank line, list items on lines of their own begun with "- ", table rows
// on lines of their own with cells parted by " | ".
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
	kind := layouts[n.Data]
	switch kind {
	case cell:
		if placing(n) {
			return block
		}
	case row:
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if layouts[c.Data] == cell && placing(c) {
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
		if n != td && n.Type == html.ElementNode && layouts[n.Data] == block && n.Data != "div" && n.Data != "center" {
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
		if r.line.Len() == 0 {
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
		r.endBlock(n)
	case item:
		r.endLine()
		r.prefix = "- "
	case row:
		r.endLine()
	case cell:
		if r.line.Len() > 0 {
			r.line.WriteString(" |")
			r.space = true
		}
	}
	if n.Data == "pre" {
		r.pre++
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		r.node(c)
	}
	if n.Data == "pre" {
		r.pre--
	}
	switch kind {
	case block:
		r.endBlock(n)
	case item:
		r.endLine()
		r.prefix = ""
	case row:
		r.endLine()
	}
}

// endBlock ends the paragraph, but inside a list item or a table cell, where a
// paragraph is only a line or part of one.
func (r *renderer) endBlock(n *html.Node) {
	for p := n.Parent; p != nil; p = p.Parent {
		switch layoutOf(p) {
		case item:
			r.endLine()
			return
		case cell:
			r.space = r.line.Len() > 0
			return
		}
		if p.Data == "body" || p.Data == "article" {
			break
		}
	}
	r.endPara()
}

func (r *renderer) text(s string) {
	for _, c := range s {
		switch {
		case c == '\n' && r.pre > 0:
			r.endLine()
		case unicode.IsSpace(c):
			r.space = r.line.Len() > 0
		case c == 0xAD || c == 0x200B || c == 0xFEFF || c == 0x2060 || c == 0xFFFC || unicode.IsControl(c):
			// invisible: soft hyphens, zero-width blanks, placeholders of images
		default:
			if r.line.Len() == 0 && r.prefix != "" {
				r.line.WriteString(r.prefix)
				r.prefix = ""
			}
			if r.space {
				r.line.WriteByte(' ')
				r.space = false
			}
			r.line.WriteRune(c)
		}
	}
}

// breakLine ends the line; the second break in a row ends the paragraph, as
// pages without <p> mean it.
func (r *renderer) breakLine() {
	if r.line.Len() == 0 && r.pre == 0 {
		r.endPara()
		return
	}
	r.endLine()
}

func (r *renderer) endLine() {
	r.space = false
	if r.line.Len() == 0 {
		return
	}
	if r.each != nil {
		r.each(r.line.String(), r.from)
		r.line.Reset()
		return
	}
	if r.para.Len() > 0 {
		r.para.WriteByte('\n')
	}
	r.para.WriteString(r.line.String())
	r.line.Reset()
}

func (r *renderer) endPara() {
	r.endLine()
	if r.para.Len() == 0 {
		return
	}
	r.paras = append(r.paras, r.para.String())
	r.para.Reset()
}
