package feeds

import (
	"context"
	"net/http"

	"newsdesk/news"
)

// defaultAccept asks for feeds first; some servers give a page to whoever does
// not ask.
const defaultAccept = "application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml;q=0.9, " +
	"application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, */*;q=0.5"

// maxValidator bounds a validator that is sent back, in bytes.
const maxValidator = 1024

// request builds the conditional request for a feed (RFC 9110, section 13.1).
// Validators are sent back as they came, If-Modified-Since even beside an
// ETag: servers that know only one of them take theirs.
func (f *Fetcher) request(ctx context.Context, feed news.Feed) (*http.Request, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, feed.URL, nil)
	if err != nil {
		return nil, refuse(ErrNotFeed, "the feed's address is not valid") // the error's text repeats the address, credentials included
	}
	req.Header.Set("Accept", f.o.Accept)
	if v := feed.ETag; v != "" && len(v) <= maxValidator {
		req.Header.Set("If-None-Match", v)
	}
	if v := feed.LastModified; v != "" && len(v) <= maxValidator {
		req.Header.Set("If-Modified-Since", v)
	}
	return req, nil
}
