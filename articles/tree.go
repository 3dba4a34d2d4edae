package articles

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/html"
)

// Bounds of one page. go-trafilatura is quadratic in the number of paragraphs
// (3 MB of them take 10 s), so larger pages are left to go-readability; both
// slow down on many links and on very long runs of text, so what is beyond
// these bounds is cut off.
const (
	maxPage      = 3 << 20   // bytes read of a page
	largeText    = 512 << 10 // bytes of visible text above which go-readability works alone
	largeParas   = 2000      // <p> and <br> elements above which it does
	largeTree    = 12_000    // elements above which it does
	maxText      = 1 << 20   // bytes of visible text kept
	maxRun       = 64 << 10  // bytes kept of one text node
	maxElements  = 25_000
	maxLinks     = 4000
	maxAttrs     = 100      // attributes kept of one element
	maxAttrBytes = 16 << 10 // bytes kept of one attribute, such as an inlined image
)

// size is what a page holds.
type size struct {
	text, paras, elements, links int
	ld, ldMaps                   int  // bytes of JSON-LD, and its objects and lists
	cut                          bool // something was beyond the bounds and was dropped
}

func (s size) large() bool {
	return s.text > largeText || s.paras > largeParas || s.elements > largeTree
}

// trim drops what is beyond the bounds from the tree, in document order, and
// says what is left. Scripts other than JSON-LD, styles, comments and the lines
// of drawings go as well: nothing here reads them.
func trim(doc *html.Node) size {
	var s size
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		for c := n.FirstChild; c != nil; {
			next := c.NextSibling
			if !s.keep(c) {
				n.RemoveChild(c)
			} else {
				walk(c)
			}
			c = next
		}
	}
	walk(doc)
	return s
}

func (s *size) keep(n *html.Node) bool {
	switch n.Type {
	case html.CommentNode:
		return false
	case html.TextNode:
		if n.Parent != nil && n.Parent.Data == "script" {
			return true
		}
		if between(n) {
			return false
		}
		if len(n.Data) > maxRun {
			n.Data = strings.ToValidUTF8(n.Data[:maxRun], "")
			s.cut = true
		}
		if s.text += len(n.Data); s.text > maxText {
			s.cut = true
			return false
		}
	case html.ElementNode:
		switch n.Data {
		case "style", "path", "g", "symbol": // the latter are drawings
			return false
		case "script":
			return isJSONLD(n) && s.keepLD(n)
		case "p", "br":
			s.paras++
		case "a":
			if s.links++; s.links > maxLinks {
				s.cut = true
				return false
			}
		}
		if s.elements++; s.elements > maxElements {
			s.cut = true
			return false
		}
		if len(n.Attr) > maxAttrs {
			n.Attr = slices.Clone(n.Attr[:maxAttrs])
		}
		for i := range n.Attr {
			if len(n.Attr[i].Val) > maxAttrBytes {
				n.Attr[i].Val = ""
			}
		}
	}
	return true
}

// between tells a text of blanks between two blocks, which shows nothing. Pages
// hold many, and the extractors copy the page a dozen times.
func between(n *html.Node) bool {
	if n.Parent == nil || !parting(n.Parent.Data) || strings.TrimSpace(n.Data) != "" {
		return false
	}
	return (n.PrevSibling == nil || parting(n.PrevSibling.Data)) && (n.NextSibling == nil || parting(n.NextSibling.Data))
}

// parting tells the elements that part the text around them whatever their style.
func parting(name string) bool {
	switch name {
	case "html", "head", "body", "div", "p", "ul", "ol", "li", "dl", "dt", "dd", "table", "tbody", "thead", "tfoot", "tr", "td", "th",
		"section", "article", "main", "header", "footer", "nav", "aside", "h1", "h2", "h3", "h4", "h5", "h6",
		"figure", "figcaption", "blockquote", "form", "fieldset", "hr",
		"meta", "link", "script", "style", "title", "base", "template", "noscript":
		return true
	}
	return false
}

func isJSONLD(n *html.Node) bool {
	return strings.Contains(strings.ToLower(attr(n, "type")), "ld+json")
}

// attr returns an attribute's value, "" where it is missing.
func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// visit calls f for every element below n in document order, until f returns
// false.
func visit(n *html.Node, f func(*html.Node) bool) bool {
	if n.Type == html.ElementNode && !f(n) {
		return false
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if !visit(c, f) {
			return false
		}
	}
	return true
}

// textOf returns the words below n, blanks folded, without the elements named.
func textOf(n *html.Node, without ...string) string {
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
			return
		}
		switch n.Data {
		case "script", "style", "template", "svg":
			return
		}
		if slices.Contains(without, n.Data) {
			return
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
		b.WriteByte(' ')
	}
	walk(n)
	return fold(b.String())
}

// fold makes every run of blanks one blank.
func fold(s string) string {
	if folded(s) {
		return s
	}
	return strings.Join(strings.Fields(s), " ")
}

// folded tells whether a text is as fold makes it.
func folded(s string) bool {
	blank := true // what came last
	for _, r := range s {
		if r == ' ' && blank || r != ' ' && unicode.IsSpace(r) {
			return false
		}
		blank = r == ' '
	}
	return !blank || s == ""
}
