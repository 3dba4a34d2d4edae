package news

import "time"

// Parted is an event that stood together with another one, until their articles
// turned out to tell of two happenings.
type Parted struct {
	Of       EventID   `json:"of"`    // the one that it stood together with
	Event    EventID   `json:"event"` // itself
	Headline string    `json:"headline"`
	Topics   []string  `json:"topics,omitempty"` // that both were filed under: channels that follow one may have the message
	At       time.Time `json:"at"`               // when that was seen
	By       ArticleID `json:"by"`               // the article that showed it, by telling of one of them only
	Across   float64   `json:"across"`           // likelihood, 0 to 1, that articles of both tell of one happening, mean
}

// Partings returns the events that the event itself was parted from. What else
// e.Parted holds is from events that it was part of before, or that were put into
// it.
func (e Event) Partings() []Parted {
	var out []Parted
	for _, p := range e.Parted {
		if p.Of == e.ID {
			out = append(out, p)
		}
	}
	return out
}

// NamesOther says whether the edit of a message of the event names the one that it
// was parted from last also while that has no message to link to. The newer of the
// two says nothing then, for its readers need not know the other, unless its message
// told both: then it is edited with the first revision.
func (e Event) NamesOther() bool {
	from := e.Partings()
	return len(from) > 0 && (from[len(from)-1].Event > e.ID || e.Revision == 1)
}
