// Package labelled reads the articles of the development data whose topic is
// known: by the section in which their outlet filed them, or by the data's own
// category. They fit the model of topics, and measure it.
package labelled

import (
	"bufio"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"os"
	"path/filepath"
	"strings"
	"time"

	"newsdesk/topics"
)

// Article is an article whose topic is one of Topics.
type Article struct {
	Set string // the file that it is from
	topics.Example
	Held bool // kept out of the fitting
}

// files are the sets, below data/.
var files = []string{"events/uci", "events/week", "events/allsides", "events/basil", "qa/rtqa_corpus", "qa/multihop_corpus", "summarize/bbc"}

// categories are the data's own words for topics. An aggregator's "t" is science
// or technology. Politics are left out: those of the set are not of the US.
var categories = map[string][]string{
	"b": {topics.Business}, "e": {topics.Entertainment}, "m": {topics.Health}, "t": {topics.Technology, topics.Science},
	"sports": {topics.Sports}, "sport": {topics.Sports}, "entertainment": {topics.Entertainment}, "health": {topics.Health}, "science": {topics.Science},
	"technology": {topics.Technology}, "tech": {topics.Technology}, "business": {topics.Business},
}

// heldEach is which part is kept out of the fitting: one in so many weeks, so
// that no event is in both; where no day is known, one in so many articles.
const heldEach = 5

// Read reads the articles below a folder that holds data/.
func Read(root string) ([]Article, error) {
	var out []Article
	for _, file := range files {
		list, err := readFile(filepath.Join(root, "data", file+".jsonl"), file)
		if err != nil {
			return nil, err
		}
		out = append(out, list...)
	}
	return out, nil
}

func readFile(path, set string) ([]Article, error) {
	f, err := os.Open(path) //nolint:gosec // whoever measures names the folder
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var out []Article
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<24)
	for n := 1; lines.Scan(); n++ {
		var row struct {
			ID, Title, Text, URL, Published, Category string
			Extra                                     struct{ Category string }
		}
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", path, n, err)
		}
		known := categories[row.Category]
		if known == nil {
			known = categories[row.Extra.Category]
		}
		if known == nil {
			known = bySection(row.URL)
		}
		if len(known) == 0 {
			continue
		}
		out = append(out, Article{Set: set, Example: topics.Example{Title: row.Title, Text: row.Text, Topics: known}, Held: held(row.ID, row.Published)})
	}
	return out, lines.Err()
}

// bySection returns the topic of an address. The science desk of one outlet files
// under the world, and marks its addresses.
func bySection(address string) []string {
	slug := address[strings.LastIndexByte(strings.TrimSuffix(address, "/index.html"), '/')+1:]
	if strings.Contains(slug, "-scn") {
		return []string{topics.Science}
	}
	if t := topics.Section(address); t != "" {
		return []string{t}
	}
	return nil
}

func held(id, published string) bool {
	for _, layout := range []string{time.RFC3339, time.DateOnly} {
		if at, err := time.Parse(layout, published); err == nil {
			return at.Unix()/(7*24*3600)%heldEach == 0
		}
	}
	h := fnv.New32a()
	_, _ = h.Write([]byte(id))
	return h.Sum32()>>8%heldEach == 0
}
