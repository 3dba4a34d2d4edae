package articles

import "golang.org/x/net/html"

// The extractors copy a page several times, look through it for each kind of
// element that they drop, and score what is left, so what is known to go goes first.

// dropped tells the elements that go-trafilatura drops with all that they hold.
func dropped(name string) bool {
	switch name {
	case "applet", "area", "aside", "audio", "button", "canvas", "datalist", "dialog", "embed", "fieldset", "form", "frame", "frameset",
		"head", "iframe", "input", "label", "legend", "map", "marquee", "math", "menu", "menuitem", "nav", "noscript",
		"object", "optgroup", "option", "output", "param", "picture", "progress", "rp", "rt", "rtc",
		"script", "select", "source", "svg", "textarea", "track", "use", "video":
		return true
	}
	return false
}

// unread tells those that show no text of an article.
func unread(name string) bool {
	switch name {
	case "applet", "audio", "canvas", "datalist", "embed", "iframe", "link", "math", "noscript", "object", "script", "select", "source", "style",
		"svg", "template", "track", "video":
		return true
	}
	return false
}

// besideText tells those that stand beside an article or around it, unless they were
// never closed.
func besideText(name string) bool { return name == "aside" || name == "footer" || name == "nav" }

// slabNodes is how many nodes of a copy are allocated at once.
const slabNodes = 64

// copyOf returns a copy of a tree without the elements that drop names and
// without closed dialogs. Its elements share their attributes with the tree's.
func copyOf(n *html.Node, drop func(*html.Node) bool) *html.Node {
	var slab []html.Node
	var walk func(n *html.Node) *html.Node
	walk = func(n *html.Node) *html.Node {
		if len(slab) == 0 {
			slab = make([]html.Node, slabNodes)
		}
		out := &slab[0]
		slab = slab[1:]
		out.Type, out.DataAtom, out.Data, out.Namespace, out.Attr = n.Type, n.DataAtom, n.Data, n.Namespace, n.Attr
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if c.Type != html.ElementNode || !drop(c) && (c.Data != "dialog" || has(c, "open")) {
				out.AppendChild(walk(c))
			}
		}
		return out
	}
	return walk(n)
}

// plainSize is the length of the text below n that is no link.
func plainSize(n *html.Node) int {
	size := 0
	if n.Type == html.TextNode {
		size = len(n.Data)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Data != "a" || c.Type != html.ElementNode {
			size += plainSize(c)
		}
	}
	return size
}
