package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// figure is one line of the table.
type figure struct {
	set, metric string
	value       float64
	least       bool // the less the better
	timed       bool // depends on the machine: has no floor
	target      string
}

// key names a figure in the file of floors.
func (f figure) key() string { return f.set + ": " + f.metric }

// reached reports whether a figure, as it is shown, reaches its target, if it has
// one.
func (f figure) reached() bool {
	for _, sign := range []string{">= ", "<= ", ""} {
		if limit, err := strconv.ParseFloat(strings.TrimPrefix(f.target, sign), 64); err == nil {
			v := tidy(f.value)
			return v == limit || f.least == (v < limit)
		}
	}
	return true
}

// read finds the figures of a measure in what an evaluator said: a table of
// comma-separated values with one line of figures, or a JSON object. A path
// that begins with "*" is read for each key of the object.
func (m measure) read(said []byte) ([]figure, error) {
	values, err := parseJSON(said)
	if err != nil {
		if values, err = parseCSV(said); err != nil {
			return nil, fmt.Errorf("what the evaluator said cannot be read: %w", err)
		}
	}
	var out []figure
	for _, want := range m.metrics {
		rest, each := strings.CutPrefix(want.path, "*/")
		found := false
		for _, path := range slices.Sorted(maps.Keys(values)) {
			head, tail, _ := strings.Cut(path, "/")
			set := m.group + " " + m.name
			switch {
			case each && tail == rest, want.of != "" && want.of == head && tail == want.path:
				set += " " + head
			case want.of != "" || path != want.path:
				continue
			}
			found = true
			out = append(out, figure{set: set, metric: want.name, value: values[path], least: want.least, target: want.target})
		}
		if !found {
			return nil, fmt.Errorf("the evaluator gave no %s", strings.TrimPrefix(want.of+"/"+want.path, "/"))
		}
	}
	return out, nil
}

// parseJSON returns the numbers of a JSON object by the keys that lead to them,
// joined by "/".
func parseJSON(said []byte) (map[string]float64, error) {
	var tree map[string]any
	if err := json.Unmarshal(said, &tree); err != nil {
		return nil, err
	}
	out := map[string]float64{}
	var walk func(at string, node any)
	walk = func(at string, node any) {
		switch n := node.(type) {
		case map[string]any:
			for k, v := range n {
				walk(strings.TrimPrefix(at+"/"+k, "/"), v)
			}
		case float64:
			out[at] = n
		}
	}
	walk("", tree)
	return out, nil
}

// parseCSV returns the numbers of the first line below the heads, by head.
// Columns without a number are left out.
func parseCSV(said []byte) (map[string]float64, error) {
	rows, err := csv.NewReader(strings.NewReader(string(said))).ReadAll()
	if err != nil {
		return nil, err
	}
	if len(rows) != 2 {
		return nil, fmt.Errorf("a table of %d lines, want 2", len(rows))
	}
	out := map[string]float64{}
	for i, head := range rows[0] {
		if v, err := strconv.ParseFloat(rows[1][i], 64); err == nil {
			out[head] = v
		}
	}
	return out, nil
}
