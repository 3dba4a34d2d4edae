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
	Status      int         // HTTP status of the last answer
	NotModified bool        // the server said 304
	Unchanged   bool        // 200, but the same bytes as last time
	MovedTo     string      // where permanent redirects lead, "" where there were none; of a poll, where they are followed for good from now on
	Moving      news.Moving // of a poll: where they will be followed if they go on; not set by Fetch

	Validators Validators
	BodyHash   string
	Title      string // the feed's own title
	Items      []news.Item
	Quiet      []bool   // per item: stored and searchable, but no reason to post
	Partial    bool     // the document was cut off; the items are those that were whole
	Notes      []string // what had to be put right to read it

	Hub    news.Hub      // where the feed can be subscribed to, as this document says; its Until is not set
	MaxAge time.Duration // how long the server says that its answer holds, 0 where it does not
	Pace   news.Pace     // the feed's rhythm after this poll

	FetchedAt  time.Time
	NextPoll   time.Time
	NextReason string // why NextPoll is when it is
	Bytes      int64  // as received, before decompression where that is known
}

// Failure is a poll that found nothing, or no feed.
type Failure struct {
	Reason  string    // one sentence for operators
	Next    time.Time // when to try again
	Why     string    // why then
	Hold    time.Time // the server asked to be left alone until then; zero where it did not
	Disable time.Time // when it was given up for good, zero while it is not
}

// Polled is what one poll of a feed led to: a result or a failure.
type Polled struct {
	Feed    news.FeedID
	Result  Result
	Failure *Failure // nil for a success
	Pushed  bool     // sent by the feed's hub: of the Result, Items, Quiet and FetchedAt count
}

// Saved is what became of a Polled in the store.
type Saved struct {
	Articles []news.ArticleID // the new ones
	Err      error
}
