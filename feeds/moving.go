package feeds

import (
	"time"

	"newsdesk/news"
)

// A feed is fetched at a new address once this many polls in a row, over this
// long, were redirected there for good: what an outlet breaks it mends within
// hours.
const (
	movedPolls = 3
	movedFor   = 3 * time.Hour
)

// follow counts a poll that was redirected to an address for good, "" where it was
// not, and says whether the feed is to be fetched there from now on.
func follow(m news.Moving, to string, now time.Time) (next news.Moving, moved bool) {
	switch {
	case to == "":
		return news.Moving{}, false
	case to != m.To:
		return news.Moving{To: to, Left: movedPolls - 1, From: now.Add(movedFor)}, false
	}
	m.Left = max(m.Left-1, 0)
	if m.Left > 0 || now.Before(m.From) {
		return m, false
	}
	return news.Moving{}, true
}
