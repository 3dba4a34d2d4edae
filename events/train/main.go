// Command train fits the model by which articles are grouped into events: on
// labelled news that is not part of this repository, for which -data names the
// folder that holds data/events, and on the recordings of our own writing that are,
// but for the look-alikes in events/testdata/lookalikes/held.
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
	"slices"

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
	m := fit(streams, rowsOf(streams, nil), func(row) bool { return true })
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
	first := rowsOf(streams, nil)
	parts := make([]*events.Model, folds)
	for k := range folds {
		parts[k] = fit(streams, first, func(r row) bool { return r.fold != k })
	}
	for _, t := range []float64{0.35, 0.4, 0.45, 0.5} {
		for _, m := range parts {
			m.Threshold = t
		}
		report(out, fmt.Sprintf("kept out in turn, from %.2f on", t), streams, func(stream) []*events.Model { return parts })
	}
	report(out, "fitted on the other sets", streams[:len(sets)], func(s stream) []*events.Model {
		return []*events.Model{fit(streams, first, func(r row) bool { return r.set != s.set })}
	})
}

// report prints how well streams are grouped. Of several models each counts for
// the fold that it was fitted without.
func report(out io.Writer, how string, streams []stream, by func(stream) []*events.Model) {
	type job struct{ stream, model int }
	var jobs []job
	models := make([][]*events.Model, len(streams))
	for i, s := range streams {
		models[i] = by(s)
		for k := range models[i] {
			jobs = append(jobs, job{i, k})
		}
	}
	into := make([][]int64, len(jobs))
	each(len(jobs), func(j int) { into[j], _ = streams[jobs[j].stream].group(models[jobs[j].stream][jobs[j].model], false) })
	mean, parts := 0.0, map[int]*figures{}
	extra, mixed := map[int]int{}, map[int]int{}
	for j, at := range jobs {
		s := streams[at.stream]
		n := len(models[at.stream])
		counts := func(it item) bool { return n == 1 || it.fold == at.model }
		if s.set >= ownSet {
			a, b := astray(s.items, into[j], counts)
			extra[s.set], mixed[s.set] = extra[s.set]+a, mixed[s.set]+b
			continue
		}
		if parts[s.set] == nil {
			parts[s.set] = &figures{}
		}
		parts[s.set].add(score(s.items, into[j], counts), float64(n))
	}
	for i, set := range sets {
		if f := parts[i]; f != nil {
			printf(out, "%s, %s: %s\n", set, how, *f)
			mean += f.f1() / float64(len(sets))
		}
	}
	printf(out, "mean, %s: %.4f\n", how, mean)
	if len(streams) == len(sets) {
		return
	}
	for i, what := range []string{"own recordings", "look-alikes", "look-alikes that are never fitted on"} {
		printf(out, "%s, %s: %d events too many, %d happenings put with another\n", what, how, extra[ownSet+i], mixed[ownSet+i])
	}
}

func printf(out io.Writer, format string, args ...any) { _, _ = fmt.Fprintf(out, format, args...) }

// rowsOf returns the rows of the streams that are fitted on, as a model groups them,
// or as they are labelled.
func rowsOf(streams []stream, m *events.Model) []row {
	more := make([][]row, len(streams))
	each(len(streams), func(i int) {
		if streams[i].set != heldSet {
			_, more[i] = streams[i].group(m, true)
		}
	})
	return slices.Concat(more...)
}

// fit fits in two rounds: on streams grouped as they are labelled, whose rows are
// first, then also on streams grouped by the model of the first round, so that it
// learns to decide among events with mistakes in them (Ross, Gordon and Bagnell 2011).
func fit(streams []stream, first []row, use func(row) bool) *events.Model {
	var rows []row
	var m *events.Model
	for round := range 2 {
		more := first
		if round > 0 {
			more = rowsOf(streams, m)
		}
		for _, r := range more {
			if use(r) {
				rows = append(rows, r)
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
