package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"os"
	"path/filepath"
	"time"

	"newsdesk/events"
)

// sets are the labelled streams, by file name.
var sets = []string{"uci", "allsides", "week", "basil"}

// item is an article and the event that it was labelled with.
type item struct {
	doc  events.Doc
	gold string
}

// load reads one labelled stream.
func load(dir, set string) ([]item, error) {
	path := filepath.Join(dir, "data", "events", set+".jsonl")
	f, err := os.Open(path) //nolint:gosec // whoever trains names the folder
	if err != nil {
		return nil, fmt.Errorf("%w; -data names the folder that holds data/events", err)
	}
	defer f.Close()
	var out []item
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 1<<24)
	for n := 1; sc.Scan(); n++ {
		var a struct{ Title, Text, Published, Source, URL, Cluster string }
		if err := json.Unmarshal(sc.Bytes(), &a); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", path, n, err)
		}
		when, err := time.Parse(time.RFC3339, a.Published)
		if err != nil {
			if when, err = time.Parse(time.DateOnly, a.Published); err != nil {
				return nil, fmt.Errorf("%s:%d: published: %w", path, n, err)
			}
		}
		out = append(out, item{
			doc:  events.Doc{ID: int64(n), Title: a.Title, Text: a.Text, Source: a.Source, URL: a.URL, Published: when},
			gold: a.Cluster,
		})
	}
	return out, sc.Err()
}

// folds is how many parts the labelled events are dealt into.
const folds = 5

func fold(gold string) int {
	h := fnv.New32a()
	_, _ = h.Write([]byte(gold))
	return int(h.Sum32() >> 8 % folds)
}

// stream runs a labelled stream through a grouper as the bot does. With a model
// the grouper decides by itself, without one each article goes where it was
// labelled to go. It returns the event of each article, and a row for each
// event that an article was compared with.
func stream(items []item, set int, m *events.Model) (into []int64, rows []row) {
	opt := events.Default()
	if m != nil {
		opt.Model, opt.Threshold = m, m.Threshold
	}
	g := events.New(opt)
	gold := map[string]int64{}
	members := map[int64]map[string]int{}
	size := map[int64]int{}
	pruned := time.Time{}
	for _, it := range items {
		if it.doc.Published.Sub(pruned) > 24*time.Hour {
			pruned = it.doc.Published
			g.Prune(pruned.Add(-opt.Window))
		}
		id := gold[it.gold]
		if id == 0 {
			id = it.doc.ID
			gold[it.gold] = id
		}
		for _, c := range g.Candidates(it.doc) {
			if c.Features == nil {
				continue
			}
			rows = append(rows, row{
				features: c.Features, same: 2*members[c.Event][it.gold] >= size[c.Event] && members[c.Event][it.gold] > 0,
				fold: fold(it.gold), set: set, weight: 1,
			})
		}
		event, copyOf := id, int64(0)
		if m != nil {
			d := g.Decide(it.doc)
			event, copyOf = d.Event, d.DuplicateOf
			if event == 0 {
				event = it.doc.ID
			}
		}
		g.Add(it.doc, event, copyOf)
		if members[event] == nil {
			members[event] = map[string]int{}
		}
		members[event][it.gold]++
		size[event]++
		into = append(into, event)
	}
	return into, rows
}
