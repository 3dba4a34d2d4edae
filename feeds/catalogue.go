package feeds

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"newsdesk/news"
)

//go:embed catalogue.json
var catalogueJSON []byte

// Catalogue returns the starter list of feeds of the topics named, in their
// order; with no topics, of all. A topic it does not have is an error that
// lists those it has.
//
// The addresses were chosen from the feed lists of the public repository
// kagisearch/kite-public (MIT). Nothing is promised about their being alive.
func Catalogue(topics ...string) ([]news.Feed, error) {
	var all map[string][]struct {
		Name string `json:"name"`
		URL  string `json:"url"`
	}
	if err := json.Unmarshal(catalogueJSON, &all); err != nil {
		return nil, fmt.Errorf("read the catalogue: %w", err)
	}
	known := slices.Sorted(maps.Keys(all))
	if len(topics) == 0 {
		topics = known
	}
	var out []news.Feed
	for _, t := range topics {
		list, ok := all[t]
		if !ok {
			return nil, fmt.Errorf("the catalogue has no topic %q: it has %q", t, known)
		}
		for _, f := range list {
			out = append(out, news.Feed{URL: f.URL, Name: f.Name, Topic: t})
		}
	}
	return out, nil
}
