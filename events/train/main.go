// Command train fits the model by which articles are grouped into events: on
// labelled news that is not part of this repository, for which -data names the
// folder that holds data/events, and on the recordings of our own writing that are.
// The same data gives the same file, in a minute or two, and the file in this
// repository is what it gives: -check says whether it still is. -validate writes
// nothing and prints how well the grouping does on events, and on recordings, that
// were kept out of the fitting.
//
//	go run ./events/train -data ../shared
//	go run ./events/train -data ../shared -check
package main

import (
	"bytes"
	"encoding/json"
	"errors"
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

// threshold is the likelihood from which an article joins an event.
const threshold = 0.47

func run(args []string, out io.Writer) error {
	fs := flag.NewFlagSet("train", flag.ContinueOnError)
	fs.SetOutput(out)
	data := fs.String("data", "../shared", "folder that holds data/events")
	root := fs.String("root", ".", "folder of this repository")
	to := fs.String("o", "events/model.json", "where the model is written")
	check := fs.Bool("check", false, "write nothing, and fail where the file is not what the data give")
	kept := fs.Bool("validate", false, "write nothing, and print how well events are grouped that were kept out of the fitting")
	if err := fs.Parse(args); err != nil {
		return err
	}
	streams, err := load(*data, *root)
	if err != nil {
		return err
	}
	if *kept {
		validate(streams, out)
		return nil
	}
	m := fit(streams, func(row) bool { return true })
	text, err := json.Marshal(m)
	if err != nil {
		return err
	}
	text = append(text, '\n')
	if *check {
		old, err := os.ReadFile(*to)
		if err == nil && !bytes.Equal(old, text) {
			err = errors.New(*to + " is not what these data give; without -check it is written anew")
		}
		return err
	}
	report(out, "fitted on all", streams, func(stream) []*events.Model { return []*events.Model{m} })
	return os.WriteFile(*to, text, 0o600)
}

// validate prints how well events and recordings are grouped that were kept out of
// the fitting, a fifth of them at a time, and how well each labelled set by what
// the others taught.
func validate(streams []stream, out io.Writer) {
	parts := make([]*events.Model, folds)
	for k := range folds {
		parts[k] = fit(streams, func(r row) bool { return r.fold != k })
	}
	for _, t := range []float64{0.35, 0.4, 0.45, 0.5} {
		for _, m := range parts {
			m.Threshold = t
		}
		report(out, fmt.Sprintf("kept out in turn, from %.2f on", t), streams, func(stream) []*events.Model { return parts })
	}
	report(out, "fitted on the other sets", streams[:len(sets)], func(s stream) []*events.Model {
		return []*events.Model{fit(streams, func(r row) bool { return r.set != s.set })}
	})
}

// report prints how well streams are grouped. Of several models each counts for
// the fold that it was fitted without.
func report(out io.Writer, how string, streams []stream, by func(stream) []*events.Model) {
	mean, extra, mixed := 0.0, 0, 0
	for _, s := range streams {
		var f figures
		models := by(s)
		for k, m := range models {
			counts := func(it item) bool { return len(models) == 1 || it.fold == k }
			into, _ := s.group(m)
			if s.set == ownSet {
				a, b := astray(s.items, into, counts)
				extra, mixed = extra+a, mixed+b
				continue
			}
			f.add(score(s.items, into, counts), float64(len(models)))
		}
		if s.set != ownSet {
			printf(out, "%s, %s: %s\n", s.name, how, f)
			mean += f.f1() / float64(len(sets))
		}
	}
	printf(out, "mean, %s: %.4f\n", how, mean)
	if len(streams) > len(sets) {
		printf(out, "own recordings, %s: %d events too many, %d happenings put with another\n", how, extra, mixed)
	}
}

func printf(out io.Writer, format string, args ...any) { _, _ = fmt.Fprintf(out, format, args...) }

// fit fits in two rounds: on streams grouped as they are labelled, then also on
// streams grouped by the model of the first round, so that it learns to decide
// among events with mistakes in them (Ross, Gordon and Bagnell 2011).
func fit(streams []stream, use func(row) bool) *events.Model {
	var rows []row
	var m *events.Model
	for range 2 {
		more := make([][]row, len(streams))
		each(len(streams), func(i int) { _, more[i] = streams[i].group(m) })
		for _, list := range more {
			for _, r := range list {
				if use(r) {
					rows = append(rows, r)
				}
			}
		}
		weigh(rows)
		m = boost(rows, defaults())
		m.Threshold = 0.5
	}
	m.Threshold = threshold
	return m
}

// weigh has the rows of each set count for the set's share.
func weigh(rows []row) {
	count := make([]float64, len(share))
	for _, r := range rows {
		count[r.set]++
	}
	largest := count[0]
	if largest == 0 { // it is kept out
		largest = float64(len(rows))
	}
	for i := range rows {
		set := rows[i].set
		rows[i].weight = share[set] * largest / count[set]
	}
}
