package news

import "time"

// Absorbed is an event that turned out to be the same happening as another one,
// and was put into it.
type Absorbed struct {
	Event    EventID   `json:"event"`
	Headline string    `json:"headline"`
	Topics   []string  `json:"topics,omitempty"` // that it was filed under: channels that follow one may have a message of it
	At       time.Time `json:"at"`               // when that was seen
	By       ArticleID `json:"by"`               // the article that showed it, by telling of both
	Grouping Grouping  `json:"grouping"`         // what the article has in common with it
}
