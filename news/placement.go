package news

import "time"

// Placement is why an article came to stand where it does.
type Placement struct {
	At       time.Time // when it was decided; zero where that is not stored (any more)
	Reason   Outcome   // what the article did to its event
	Grouping Grouping  // zero where it started one
}

// Grouping is what an article has in common with its event.
type Grouping struct {
	Score   float64       `json:"score"`             // likelihood, 0 to 1, that both tell of one happening
	Nearest ArticleID     `json:"nearest,omitempty"` // the event's article that is most like it
	Shared  []string      `json:"shared,omitempty"`  // what both name, the rarest first, as the newcomer writes it
	Gap     time.Duration `json:"gap,omitempty"`     // between the two, never negative
}
