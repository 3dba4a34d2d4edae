package main

import (
	"bufio"
	"cmp"
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

// The sets of our own writing come after the others.
var (
	ownSet   = len(sets)  // recorded days
	alikeSet = ownSet + 1 // happenings that merely look alike
	heldSet  = ownSet + 2 // more of these, which nothing is ever fitted on
)

// share is what the rows of a set count for together, as a part of the rows of
// the largest set; last, our own recordings and the look-alikes. With less for the
// week, its longest story came in several parts; with less for the look-alikes, the
// model takes the names of a place for the happening there.
var share = []float64{1, 0.35, 0.5, 0.1, 0.12, 0.06}

// recordings are where the streams of our own writing lie: they show what the
// labelled ones lack. Recorded days have reports of one happening for hours and
// days, with other words and other tolls; they are what the tests replay as well.
// Look-alikes have the same place, day and names, and are another matter. How the
// model does on those it was not fitted on, validate says.
var recordings = []struct {
	pattern string
	set     int
}{
	{"internal/app/testdata/replays/*.jsonl", ownSet},
	{"events/testdata/*.jsonl", ownSet},
	{"events/testdata/lookalikes/fitted/*.jsonl", alikeSet},
	{"events/testdata/lookalikes/held/*.jsonl", heldSet},
}

// item is an article and the event that it was labelled with.
type item struct {
	doc   events.Doc
	gold  string
	alone bool // nobody labelled it
	fold  int  // by event; by stream where a stream is about one event
}

// stream is articles in the order in which they came.
type stream struct {
	name  string
	set   int
	items []item
}

// load returns the labelled streams, then those of our own writing, which lie in
// the folder root.
func load(data, root string) ([]stream, error) {
	var out []stream
	for i, set := range sets {
		items, err := read(filepath.Join(data, "data", "events", set+".jsonl"))
		if err != nil {
			return nil, fmt.Errorf("%w; -data names the folder that holds data/events", err)
		}
		for k := range items {
			items[k].fold = fold(items[k].gold)
		}
		out = append(out, stream{set, i, items})
	}
	for _, r := range recordings {
		files, err := filepath.Glob(filepath.Join(root, filepath.FromSlash(r.pattern)))
		if err != nil || len(files) == 0 {
			return nil, fmt.Errorf("there is no %s in %s; -root names the folder of this repository", r.pattern, root)
		}
		for _, file := range files {
			items, err := read(file)
			if err != nil {
				return nil, err
			}
			for k := range items {
				items[k].fold = (len(out) - len(sets)) % folds
			}
			out = append(out, stream{filepath.Base(file), r.set, items})
		}
	}
	return out, nil
}

// read reads one stream.
func read(path string) ([]item, error) {
	f, err := os.Open(path) //nolint:gosec // whoever trains names the folder
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var out []item
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 1<<24)
	for n := 1; sc.Scan(); n++ {
		var a struct{ Title, Text, Published, Source, URL, Lang, Cluster, Event string }
		if err := json.Unmarshal(sc.Bytes(), &a); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", path, n, err)
		}
		when, err := time.Parse(time.RFC3339, a.Published)
		if err != nil {
			if when, err = time.Parse(time.DateOnly, a.Published); err != nil {
				return nil, fmt.Errorf("%s:%d: published: %w", path, n, err)
			}
		}
		it := item{
			doc:  events.Doc{ID: int64(n), Title: a.Title, Text: a.Text, Source: a.Source, URL: a.URL, Lang: a.Lang, Published: when},
			gold: cmp.Or(a.Cluster, a.Event),
		}
		if it.gold == "" {
			it.alone, it.gold = true, fmt.Sprint("alone ", n)
		}
		out = append(out, it)
	}
	return out, sc.Err()
}

// folds is how many parts the labelled events, and our own recordings, are dealt
// into.
const folds = 5

func fold(gold string) int {
	h := fnv.New32a()
	_, _ = h.Write([]byte(gold))
	return int(h.Sum32() >> 8 % folds)
}

// group runs a stream through a grouper as the bot does. With a model the grouper
// decides by itself, without one each article goes where it was labelled to go. It
// returns the event of each article, and a row for each event that a labelled
// article was compared with. anyCast is as in [events.Options].
func (s stream) group(m *events.Model, anyCast bool) (into []int64, rows []row) {
	opt := events.Default()
	opt.AnyCast = anyCast
	opt.Model = &events.Model{Columns: events.Features()} // not the one of the last training: this one must not depend on it
	if m != nil {
		opt.Model, opt.Threshold = m, m.Threshold
	}
	g := events.New(opt)
	gold := map[string]int64{}
	members := map[int64]map[string]int{}
	size := map[int64]int{}
	pruned := time.Time{}
	for _, it := range s.items {
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
			if c.Features == nil || it.alone {
				continue
			}
			rows = append(rows, row{
				features: c.Features, same: 2*members[c.Event][it.gold] >= size[c.Event] && members[c.Event][it.gold] > 0,
				fold: it.fold, set: s.set, weight: 1,
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
