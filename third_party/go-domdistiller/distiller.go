// Package distiller stands in for github.com/markusmobius/go-domdistiller, which
// go-trafilatura asks last, where neither its own reading of a page nor
// go-readability's has 250 characters. The real one makes tables of all letters
// when the program starts, used or not: 20 ms and 1.7 MB. What it finds on such
// pages is furniture more often than text, so the go.mod of Newsdesk replaces it
// by this package, which has the names that go-trafilatura needs and finds nothing.
package distiller

import (
	"net/url"

	"golang.org/x/net/html"
)

// Options are those that go-trafilatura sets.
type Options struct {
	OriginalURL    *url.URL
	SkipPagination bool
}

// Result is what Apply would find.
type Result struct {
	Node *html.Node
}

// Apply finds nothing.
func Apply(*html.Node, *Options) (*Result, error) { return nil, nil }
