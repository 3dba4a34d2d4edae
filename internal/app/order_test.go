package app_test

import (
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"newsdesk/events"
	"newsdesk/internal/demo"
)

// Where all that the demo publishes comes at once, in any order, no event has two
// happenings: a report on one strike that ends with another does not make them one. // M8
func TestDemo_InAnyOrder(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 3, 3, 12, 0, 0, 0, time.UTC)
	list, err := demo.Articles(at)
	if err != nil {
		t.Fatal(err)
	}
	for seed := range uint64(40) {
		g := events.New(events.Default())
		of := map[int64]map[string]bool{}
		for _, i := range rand.New(rand.NewPCG(seed, 1)).Perm(len(list)) {
			a := list[i]
			d := events.Doc{ID: int64(i + 1), Title: a.Title, Text: strings.Join(a.Paragraphs, "\n\n"), Source: a.Outlet, Lang: "en", Published: at.Add(time.Duration(i) * 200 * time.Millisecond)}
			dec := g.Decide(d)
			if dec.Event == 0 {
				dec.Event = d.ID
			}
			g.Add(d, dec.Event, dec.DuplicateOf)
			if of[dec.Event] == nil {
				of[dec.Event] = map[string]bool{}
			}
			happening := a.Path[strings.LastIndex(a.Path, "-")+1:]
			if strings.Contains(a.Path, "quake") { // "quake-copy"
				happening = "quake"
			}
			of[dec.Event][happening] = true
		}
		for _, in := range of {
			if len(in) > 1 {
				t.Errorf("order %d: one event tells of %v", seed, slices.Sorted(maps.Keys(in)))
			}
		}
	}
}
