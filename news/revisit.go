package news

import "time"

// Cause says why an article's page is read again.
type Cause string

// The causes, as they are stored.
const (
	CauseFeed  Cause = "feed"  // its feed tells something else of it than before
	CauseLive  Cause = "live"  // it is a running account
	CauseEvent Cause = "event" // its event is still developing
)

// Revisit is an article whose page is to be read again, for outlets change
// articles in place.
type Revisit struct {
	Article  ArticleID
	Due      time.Time // zero where it is not to be read again, for now
	Cause    Cause
	Readings int       // since the first one
	Last     time.Time // the latest reading; zero where unknown

	ETag, LastModified string // as the page gave them then

	Title, Summary, Content string // what the feed says now, "" where it says nothing new
}
