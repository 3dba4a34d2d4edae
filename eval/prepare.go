package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
)

// lift writes articles whose event stands in "extra" anew, with the event where
// the program looks for it, and returns the articles of each event.
func (b *bench) lift(input string) (path string, members map[string][]string, err error) {
	in, err := os.ReadFile(input)
	if err != nil {
		return "", nil, err
	}
	var out bytes.Buffer
	members = map[string][]string{}
	for line := range bytes.Lines(in) {
		var a struct {
			ID    string `json:"id"`
			Title string `json:"title"`
			Text  string `json:"text"`
			Extra struct {
				Event string `json:"event"`
			} `json:"extra"`
		}
		if err := json.Unmarshal(line, &a); err != nil {
			return "", nil, fmt.Errorf("read %s: %w", input, err)
		}
		members[a.Extra.Event] = append(members[a.Extra.Event], a.ID)
		if err := writeLine(&out, map[string]string{"id": a.ID, "title": a.Title, "text": a.Text, "event": a.Extra.Event}); err != nil {
			return "", nil, err
		}
	}
	path = filepath.Join(b.tmp, "events.jsonl")
	return path, members, os.WriteFile(path, out.Bytes(), 0o600)
}

// spread gives the summary of an event to each of its articles.
func spread(said []byte, members map[string][]string) ([]byte, error) {
	var out bytes.Buffer
	for line := range bytes.Lines(said) {
		var row struct {
			Event   string   `json:"event"`
			Summary []string `json:"summary"`
		}
		if err := json.Unmarshal(line, &row); err != nil {
			return nil, err
		}
		for _, id := range members[row.Event] {
			if err := writeLine(&out, map[string]any{"id": id, "summary": row.Summary}); err != nil {
				return nil, err
			}
		}
	}
	return out.Bytes(), nil
}

func writeLine(out *bytes.Buffer, row any) error {
	b, err := json.Marshal(row)
	out.Write(append(b, '\n'))
	return err
}

// eachRow rewrites JSON Lines object by object.
func eachRow(in []byte, change func(map[string]json.RawMessage)) ([]byte, error) {
	var out bytes.Buffer
	for line := range bytes.Lines(in) {
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		var row map[string]json.RawMessage
		if err := json.Unmarshal(line, &row); err != nil {
			return nil, err
		}
		change(row)
		if err := writeLine(&out, row); err != nil {
			return nil, err
		}
	}
	return out.Bytes(), nil
}

// uniqueIDs tells apart rows that share an id, or pairs that share a name, which
// evaluators refuse or score as one: from the second on each gets a number.
func uniqueIDs(in []byte) ([]byte, error) {
	seen := map[string]int{}
	return eachRow(in, func(row map[string]json.RawMessage) {
		key := "id"
		if _, ok := row["pair"]; ok {
			key = "pair"
		}
		id := string(row[key])
		if seen[id]++; seen[id] > 1 {
			var s string
			if json.Unmarshal(row[key], &s) == nil {
				row[key], _ = json.Marshal(s + "#" + strconv.Itoa(seen[id])) // a string
			}
		}
	})
}

// undated takes the days out of questions.
func undated(in []byte) ([]byte, error) {
	return eachRow(in, func(row map[string]json.RawMessage) { delete(row, "asked") })
}

// claimed joins articles with what was said of them, as "verify --jsonl" reads
// it.
func claimed(articles, said []byte) ([]byte, error) {
	facts := map[string]json.RawMessage{}
	for line := range bytes.Lines(said) {
		var row struct {
			ID    string          `json:"id"`
			Facts json.RawMessage `json:"facts"`
		}
		if err := json.Unmarshal(line, &row); err != nil {
			return nil, err
		}
		facts[row.ID] = row.Facts
	}
	return eachRow(articles, func(row map[string]json.RawMessage) {
		var id string
		_ = json.Unmarshal(row["id"], &id) // "" has no facts
		row["facts"] = facts[id]
	})
}

// unsupported returns the share of facts, in percent, that "verify --jsonl"
// did not support, in the form of an evaluator's answer.
func unsupported(said []byte) ([]byte, error) {
	all, bad := 0, 0
	for line := range bytes.Lines(said) {
		var row struct {
			Facts []struct {
				Supported bool `json:"supported"`
			} `json:"facts"`
		}
		if err := json.Unmarshal(line, &row); err != nil {
			return nil, err
		}
		for _, f := range row.Facts {
			all++
			if !f.Supported {
				bad++
			}
		}
	}
	if all == 0 {
		return nil, errors.New("there was no fact to check")
	}
	return json.Marshal(map[string]float64{"facts": float64(all), "unsupported": 100 * float64(bad) / float64(all)})
}
