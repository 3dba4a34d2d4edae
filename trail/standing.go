package trail

import (
	"time"

	"newsdesk/news"
)

// Standing is how a channel stands.
type Standing struct {
	news.Channel
	Topics  []string // that it follows
	Pause   Pause
	Pending int                  // posts in the outbox
	Held    int                  // events that wait for its next digest
	Last    time.Time            // when something was last posted there, zero for never
	Decided map[news.Outcome]int // events since the time asked about, by what was decided on them last
}

// Activity is what came in since a time, and what waits now.
type Activity struct {
	Articles int // came in
	Events   int // of those that began
	Waiting  int // articles to be read
	Pending  int // posts in the outbox
	Dead     int // posts that were given up since
}
