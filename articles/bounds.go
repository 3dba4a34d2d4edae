package articles

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"
)

// Bounds of what the parser gets to see. The largest page of the development set
// has 8,500 tags, 14 that open html or body, and 27 KB of JSON-LD with 116 objects
// and lists.
const (
	maxTags  = 60_000    // start and end tags; each may cost the parser an element
	maxRoots = 64        // tags that open html or body: each costs a look at all attributes of those before
	maxLD    = 512 << 10 // bytes of JSON-LD
	maxLDMap = 5000      // objects and lists in it: each costs a map
)

// bounded returns the beginning of a page that the parser can read in bounded time
// and memory, and whether it is not all of it. Tags in scripts count as well: so
// many are in none.
func bounded(page []byte) (head []byte, cut bool) {
	tags, roots := 0, 0
	for i := 0; ; {
		j := bytes.IndexByte(page[i:], '<')
		if j < 0 || i+j+1 >= len(page) {
			return page, false
		}
		i += j + 1
		switch c := page[i] | 0x20; {
		case c >= 'a' && c <= 'z':
			if (c == 'h' || c == 'b') && opensRoot(page[i:]) {
				roots++
			}
		case page[i] != '/' && page[i] != '!' && page[i] != '?':
			continue
		}
		if tags++; tags > maxTags || roots > maxRoots {
			return page[:i-1], true
		}
	}
}

// opensRoot tells whether a tag, from its name on, opens html or body.
func opensRoot(tag []byte) bool {
	if len(tag) < 4 || len(tag) > 4 && (tag[4]|0x20 >= 'a' && tag[4]|0x20 <= 'z' || tag[4] == '-') {
		return false
	}
	return bytes.EqualFold(tag[:4], []byte("html")) || bytes.EqualFold(tag[:4], []byte("body"))
}

// keepLD tells whether a script of JSON-LD is within the bounds. go-trafilatura
// reads them as well, so those that are not have to go.
func (s *size) keepLD(script *html.Node) bool {
	for c := script.FirstChild; c != nil; c = c.NextSibling {
		s.ld += len(c.Data)
		s.ldMaps += strings.Count(c.Data, "{") + strings.Count(c.Data, "[")
	}
	return s.ld <= maxLD && s.ldMaps <= maxLDMap
}
