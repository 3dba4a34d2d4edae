package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"strconv"
	"strings"
	"text/tabwriter"
)

// floors are the figures that must be reached, by a figure's key. Of a figure
// that should be low it is a ceiling.
type floors map[string]float64

// slack is how far below a run's figure its floor is set, in parts of it.
const slack = 0.005

// leastCeiling is the lowest ceiling of a share, in percent, that need not be
// zero.
const leastCeiling = 0.3

func loadFloors(path string) (floors, error) {
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return floors{}, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the floors: %w", err)
	}
	out := floors{}
	if err := json.Unmarshal(b, &out); err != nil {
		return nil, fmt.Errorf("read the floors in %s: %w", path, err)
	}
	return out, nil
}

func (f floors) save(path string) error {
	b, err := json.MarshalIndent(f, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(path, append(b, '\n'), 0o600)
}

// raise makes floors of figures: each a little worse than what was measured.
func (f floors) raise(got []figure) {
	for _, g := range got {
		if !g.timed {
			f[g.key()] = floorOf(g.value, g.least)
			if g.least && strings.HasSuffix(g.metric, "%") && g.target != "0" {
				f[g.key()] = max(f[g.key()], leastCeiling) // one fact more is no fall
			}
		}
	}
}

// floorOf rounds a figure, less its slack, down to three digits; up, plus its
// slack, where less is better.
func floorOf(v float64, least bool) float64 {
	step := 0.001
	switch a := math.Abs(v); {
	case a >= 10:
		step = 0.1
	case a >= 1.5:
		step = 0.01
	}
	if least {
		return tidy(math.Ceil(v*(1+slack)/step-1e-9) * step)
	}
	return tidy(math.Floor(v*(1-slack)/step+1e-9) * step)
}

// tidy drops the noise of binary fractions.
func tidy(v float64) float64 {
	v, _ = strconv.ParseFloat(strconv.FormatFloat(v, 'f', 3, 64), 64)
	return v
}

// holds says whether a figure reaches its floor, and whether it has one.
func (f floors) holds(g figure) (floor float64, has, ok bool) {
	floor, has = f[g.key()]
	if g.timed || !has {
		return 0, false, true
	}
	if g.least {
		return floor, true, g.value <= floor
	}
	return floor, true, g.value >= floor
}

// check returns one sentence for each figure below its floor; all says that
// every floor should have been measured.
func (f floors) check(got []figure, all bool) error {
	var failed []error
	seen := map[string]bool{}
	for _, g := range got {
		seen[g.key()] = true
		floor, has, ok := f.holds(g)
		switch {
		case !has && !g.timed:
			failed = append(failed, fmt.Errorf("%s has no floor: run with -update and commit the file", g.key()))
		case !ok && g.least:
			failed = append(failed, fmt.Errorf("%s is %s, and must be at most %s", g.key(), show(g.value), show(floor)))
		case !ok:
			failed = append(failed, fmt.Errorf("%s is %s, and must be at least %s", g.key(), show(g.value), show(floor)))
		}
	}
	for key := range f {
		if all && !seen[key] {
			failed = append(failed, fmt.Errorf("%s has a floor and was not measured", key))
		}
	}
	return errors.Join(failed...)
}

func show(v float64) string {
	if math.Abs(v) >= 1.5 {
		return strconv.FormatFloat(v, 'f', 2, 64)
	}
	return strconv.FormatFloat(v, 'f', 3, 64)
}

// printTable writes the figures beside their floors and targets.
func printTable(w io.Writer, got []figure, held floors) error {
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprintln(tw, "set\tmetric\tvalue\tfloor\ttarget\t") // the error comes again from Flush
	for _, g := range got {
		floor, has, ok := held.holds(g)
		limit, note := "-", ""
		if has {
			limit = show(floor)
		}
		if !g.reached() {
			note = "missed"
		}
		if !ok {
			note = "BELOW"
		}
		_, _ = fmt.Fprintf(tw, "%s\t%s\t%s\t%s\t%s\t%s\n", g.set, g.metric, show(g.value), limit, g.target, note)
	}
	return tw.Flush()
}
