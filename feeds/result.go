package feeds

import (
	"time"

	"newsdesk/news"
)

// Validators are what a server gave to recognise a document by; they are sent
// back unchanged with the next request (RFC 9110, section 13.1).
type Validators struct {
	ETag         string
	LastModified string
}

// Result is what one successful poll found.
type Result struct {
	Status      int    // HTTP status of the last answer
	NotModified bool   // the server said 304
	Unchanged   bool   // 200, but the same bytes as last time
	MovedTo     string // where permanent redirects lead, "" where there were none

	Validators Validators
	BodyHash   string
	Title      string // the feed's own title
	Items      []news.Item
	Quiet      []bool   // per item: stored and searchable, but no reason to post
	Partial    bool     // the document was cut off; the items are those that were whole
	Notes      []string // what had to be put right to read it

	FetchedAt time.Time
	NextPoll  time.Time
	Bytes     int64 // as received, before decompression where that is known
}
