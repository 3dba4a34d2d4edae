package articles

import "errors"

// ErrNotHTML says that what came is no web page: a PDF, JSON, an image.
var ErrNotHTML = errors.New("not a web page")

// ErrNoArticle says that a page holds no article that can be trusted. The
// error's text names the reason; see NoArticleError.
var ErrNoArticle = errors.New("the page holds no article")

// NoArticleError is ErrNoArticle with its reason, one plain clause such as "the
// page holds no article: 23 words".
type NoArticleError struct{ Reason string }

// Error returns the reason.
func (e *NoArticleError) Error() string { return e.Reason }

// Is makes errors.Is(err, ErrNoArticle) true.
func (e *NoArticleError) Is(target error) bool { return target == ErrNoArticle }

// notHTMLError is ErrNotHTML with what came instead.
type notHTMLError struct{ what string }

// Error says what came.
func (e *notHTMLError) Error() string { return "the page is " + e.what + ", not a web page" }

// Is makes errors.Is(err, ErrNotHTML) true.
func (e *notHTMLError) Is(target error) bool { return target == ErrNotHTML }
