// Command train fits the model by which articles are grouped into events, on
// labelled news that is not part of this repository; -data names the folder
// that holds data/events. It prints how well the grouping does on events that
// were kept out of the fitting, and writes the model. The same data gives the
// same file.
//
//	go run ./events/train -data ../shared
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"

	"newsdesk/events"
)

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		_, _ = fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

// share is what the rows of a set count for together, as a part of the rows of
// the largest set.
var share = []float64{1, 0.35, 0.35, 0.1}

func run(args []string, out io.Writer) error {
	fs := flag.NewFlagSet("train", flag.ContinueOnError)
	data := fs.String("data", "../shared", "folder that holds data/events")
	to := fs.String("o", "events/model.json", "where the model is written")
	threshold := fs.Float64("threshold", 0, "likelihood from which an article joins; 0 chooses it, and prints how well unseen events are grouped")
	if err := fs.Parse(args); err != nil {
		return err
	}
	var streams [][]item
	var labelled []row
	for i, set := range sets {
		items, err := load(*data, set)
		if err != nil {
			return err
		}
		streams = append(streams, items)
		_, rows := stream(items, i, nil)
		labelled = append(labelled, rows...)
	}
	if *threshold == 0 {
		*threshold = validate(streams, labelled, out)
	}
	m := fit(streams, labelled, func(row) bool { return true })
	m.Threshold = round(*threshold)
	for i, set := range sets {
		into, _ := stream(streams[i], i, m)
		printf(out, "%s, fitted on all: %s\n", set, score(streams[i], into, everything))
	}
	text, err := json.Marshal(m)
	if err != nil {
		return err
	}
	return os.WriteFile(*to, append(text, '\n'), 0o600)
}

// validate prints how well events are grouped that were kept out of the
// fitting, and returns the best threshold for them.
func validate(streams [][]item, labelled []row, out io.Writer) (threshold float64) {
	var parts []*events.Model
	for k := range folds {
		parts = append(parts, fit(streams, labelled, func(r row) bool { return r.fold != k }))
	}
	best := 0.0
	for _, t := range []float64{0.35, 0.4, 0.45, 0.5} {
		sum := 0.0
		printf(out, "events kept out in turn, threshold %.2f:\n", t)
		for i, f := range kept(streams, parts, t) {
			printf(out, "  %s %s\n", sets[i], f)
			sum += f.f1() / float64(len(sets))
		}
		printf(out, "  mean %.4f\n", sum)
		if sum > best {
			threshold, best = t, sum
		}
	}
	for i, set := range sets {
		m := fit(streams, labelled, func(r row) bool { return r.set != i })
		m.Threshold = threshold
		into, _ := stream(streams[i], i, m)
		printf(out, "%s, fitted on the others: %s\n", set, score(streams[i], into, everything))
	}
	return threshold
}

func everything(string) bool { return true }

func printf(out io.Writer, format string, args ...any) { _, _ = fmt.Fprintf(out, format, args...) }

// kept scores each fold with the model that was fitted without it, and returns
// the mean by set.
func kept(streams [][]item, parts []*events.Model, threshold float64) []figures {
	out := make([]figures, len(streams))
	for i, items := range streams {
		for k, m := range parts {
			m.Threshold = threshold
			into, _ := stream(items, i, m)
			f := score(items, into, func(gold string) bool { return fold(gold) == k })
			out[i].precision += f.precision / float64(len(parts))
			out[i].recall += f.recall / float64(len(parts))
			out[i].posts += f.posts / float64(len(parts))
			out[i].mixed += f.mixed / float64(len(parts))
		}
	}
	return out
}

// fit fits in two rounds: on streams grouped as they are labelled, then also on
// streams grouped by the model of the first round, so that it learns to decide
// among events with mistakes in them (Ross, Gordon and Bagnell 2011).
func fit(streams [][]item, labelled []row, use func(row) bool) *events.Model {
	var rows []row
	var m *events.Model
	for range 2 {
		more := labelled
		if m != nil {
			more = nil
			for i, items := range streams {
				_, own := stream(items, i, m)
				more = append(more, own...)
			}
		}
		for _, r := range more {
			if use(r) {
				rows = append(rows, r)
			}
		}
		count := make([]float64, len(streams))
		for _, r := range rows {
			count[r.set]++
		}
		for i := range rows {
			set := rows[i].set
			rows[i].weight = share[set] * count[0] / count[set]
			if count[0] == 0 {
				rows[i].weight = share[set] * float64(len(rows)) / count[set]
			}
		}
		m = boost(rows, defaults())
		m.Threshold = 0.5
	}
	return m
}
