package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"newsdesk/events"
)

// languageFigures measures how well articles in five languages are grouped: how
// many pairs of articles on one event are found, and how many of those told are
// right. The articles are of our own writing and lie beside the tests.
func languageFigures() ([]figure, error) {
	var out []figure
	for _, file := range []string{"languages", "languages_held"} {
		b, err := os.ReadFile(filepath.Join("events", "testdata", file+".jsonl"))
		if err != nil {
			return nil, err
		}
		g := events.New(events.Default())
		var labels []string
		var into []int64
		for lines := bufio.NewScanner(bytes.NewReader(b)); lines.Scan(); {
			var a struct {
				Lang, Title, Text, Source, Event string
				Published                        time.Time
			}
			if err := json.Unmarshal(lines.Bytes(), &a); err != nil {
				return nil, fmt.Errorf("%s: %w", file, err)
			}
			d := events.Doc{ID: int64(len(into) + 1), Title: a.Title, Text: a.Text, Source: a.Source, Lang: a.Lang, Published: a.Published}
			decided := g.Decide(d)
			event := decided.Event
			if event == 0 {
				event = d.ID
			}
			g.Add(d, event, decided.DuplicateOf)
			labels, into = append(labels, a.Event), append(into, event)
		}
		same, told, right := 0.0, 0.0, 0.0
		for i := range into {
			for j := range i {
				if labels[i] == labels[j] {
					same++
				}
				if into[i] == into[j] {
					told++
					if labels[i] == labels[j] {
						right++
					}
				}
			}
		}
		out = append(out, figure{set: "languages " + file, metric: "pair precision", value: right / max(told, 1), target: ">= 0.95"},
			figure{set: "languages " + file, metric: "pair recall", value: right / max(same, 1), target: ">= 0.90"})
	}
	return out, nil
}
