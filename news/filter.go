package news

import "strings"

// FilterKind names what of an event a filter looks at.
type FilterKind string

// The kinds of filter, as they are stored.
const (
	FilterWords    FilterKind = "words"    // a word or phrase in its headline, facts, people, places and sources' titles
	FilterPattern  FilterKind = "pattern"  // a regular expression on the same text
	FilterTopic    FilterKind = "topic"    // the topic of the feed that it came from
	FilterOutlet   FilterKind = "outlet"   // the outlets that report it, by name or by site
	FilterLanguage FilterKind = "language" // the languages that it is reported in, ISO 639-1
	FilterCountry  FilterKind = "country"  // the countries of the outlets that report it, ISO 3166-1, two letters
)

// Filter keeps the events out of a channel that match it, or lets only those in.
type Filter struct {
	Exclude bool       `json:"exclude,omitempty"` // else it includes
	Kind    FilterKind `json:"kind"`
	Text    string     `json:"text"` // without its mark: neither "outlet:" nor the strokes of a pattern
}

// Typed is the filter as a person types it, such as "outlet:Daily Ledger",
// "/quake|tremor/" or "horoscope".
func (f Filter) Typed() string {
	switch f.Kind {
	case FilterPattern:
		return "/" + f.Text + "/"
	case FilterTopic, FilterOutlet, FilterLanguage, FilterCountry:
		return string(f.Kind) + ":" + f.Text
	case FilterWords:
		name, _, marked := strings.Cut(f.Text, ":")
		if marked && !strings.Contains(name, " ") || strings.HasPrefix(f.Text, "/") { // would be read as another kind
			return `"` + f.Text + `"`
		}
	}
	return f.Text
}

// String names the filter with what it does: "exclude: horoscope".
func (f Filter) String() string {
	if f.Exclude {
		return "exclude: " + f.Typed()
	}
	return "include: " + f.Typed()
}
