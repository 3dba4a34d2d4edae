// Package readability stands in for github.com/go-shiori/go-readability, the first
// version of the extractor of which package articles uses the second. go-trafilatura
// asks it where it is not handed an outcome, which is where the second found
// nothing. The real one makes its expressions when the program starts, used or not,
// so the go.mod of Newsdesk replaces it by this package, which has the names that
// go-trafilatura needs and finds nothing.
package readability

import (
	"errors"
	"net/url"

	"golang.org/x/net/html"
)

// ErrNothing is what FromDocument returns.
var ErrNothing = errors.New("no article is looked for")

// Article is what FromDocument would find.
type Article struct {
	Node *html.Node
}

// FromDocument returns ErrNothing.
func FromDocument(*html.Node, *url.URL) (Article, error) { return Article{}, ErrNothing }
