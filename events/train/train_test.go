package main

import (
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"newsdesk/events"
)

// The trees learn what tells the rows apart, and nothing in them is left to chance
// or to how many cores there are.
func TestBoost(t *testing.T) {
	t.Parallel()
	rnd := rand.New(rand.NewPCG(1, 2))
	var rows []row
	for range 3000 {
		f := make([]float64, len(events.Features()))
		for c := range f {
			f[c] = rnd.Float64()
		}
		rows = append(rows, row{features: f, same: f[3] > 0.5 && f[7] < 0.4, weight: 1})
	}
	s := defaults()
	s.trees = 40
	one := newBooster(rows, s)
	one.leave(rows, make([]float64, len(rows)))
	tree := one.grow()
	for i, r := range rows {
		if got, want := tree.Leaf[int(one.node[i])-len(tree.Feature)], tree.Value(r.features); got != want {
			t.Fatalf("row %d was put into the leaf %v, which the tree does not do: %v", i, got, want)
		}
	}
	m := boost(rows, s)
	wrong := 0
	for _, r := range rows {
		if r.same != (m.Score(r.features, 0) > 0.5) {
			wrong++
		}
	}
	if wrong > 30 {
		t.Errorf("%d of %d rows are told wrong", wrong, len(rows))
	}
	a, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	b, err := json.Marshal(boost(rows, s))
	if err != nil || string(a) != string(b) {
		t.Errorf("the same rows gave another model (%v)", err)
	}
}

// What a row weighs is what its set counts for.
func TestWeigh(t *testing.T) {
	t.Parallel()
	rows := []row{{set: 0}, {set: 0}, {set: 0}, {set: 0}, {set: 1}, {set: ownSet}, {set: ownSet}, {set: alikeSet}}
	weigh(rows)
	sum := make([]float64, len(share))
	for _, r := range rows {
		sum[r.set] += r.weight
	}
	if sum[0] != 4 || sum[1] != 4*share[1] || sum[ownSet] != 4*share[ownSet] || sum[alikeSet] != 4*share[alikeSet] {
		t.Errorf("the sets count for %v", sum)
	}
}

func TestAstray(t *testing.T) {
	t.Parallel()
	items := []item{{gold: "a"}, {gold: "a"}, {gold: "b"}, {gold: "alone 4", alone: true}, {gold: "c"}}
	for _, tt := range []struct {
		into         []int64
		extra, mixed int
	}{
		{[]int64{1, 1, 3, 1, 5}, 0, 0},
		{[]int64{1, 2, 3, 4, 5}, 1, 0},
		{[]int64{1, 1, 1, 4, 1}, 0, 2},
		{[]int64{1, 3, 3, 4, 5}, 1, 1},
	} {
		if extra, mixed := astray(items, tt.into, func(item) bool { return true }); extra != tt.extra || mixed != tt.mixed {
			t.Errorf("%v: %d too many and %d mixed, want %d and %d", tt.into, extra, mixed, tt.extra, tt.mixed)
		}
	}
}

// Articles that nobody labelled teach nothing, but stand among those compared with.
func TestStream_Group(t *testing.T) {
	t.Parallel()
	s := stream{items: invented(t, t.TempDir())}
	_, all := s.group(nil, true)
	same := 0
	for _, r := range all {
		if r.same {
			same++
		}
	}
	if same == 0 || same == len(all) {
		t.Fatalf("%d of %d rows are of one happening", same, len(all))
	}
	for i := range s.items {
		s.items[i].alone = true
	}
	if _, rows := s.group(nil, true); len(rows) != 0 {
		t.Errorf("%d rows of articles without a label", len(rows))
	}
}

// What is kept aside gives no row to fit on.
func TestRowsOf_NotOfThoseKeptAside(t *testing.T) {
	t.Parallel()
	items := invented(t, t.TempDir())
	if rows := rowsOf([]stream{{set: heldSet, items: items}}, nil); len(rows) != 0 {
		t.Errorf("%d rows of the set that is kept aside", len(rows))
	}
	rows := rowsOf([]stream{{set: alikeSet, items: items}, {set: heldSet, items: items}}, nil)
	if len(rows) == 0 {
		t.Error("no rows of the look-alikes")
	}
	for _, r := range rows {
		if r.set != alikeSet {
			t.Fatalf("a row of the set %d", r.set)
		}
	}
}

// invented writes the labelled sets, of invented happenings, and returns one.
func invented(t *testing.T, dir string) []item {
	t.Helper()
	if err := os.MkdirAll(filepath.Join(dir, "data", "events"), 0o700); err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for i, place := range []string{"Oskvale", "Tarnow", "Velmora", "Brackwater", "Arden"} {
		for k, what := range []string{"Tannery fire in %s burns for second day", "Second day of fire at tannery in %s", "%s museum buys a painting"} {
			fmt.Fprintf(&b, "{\"title\": %q, \"published\": \"2031-05-%02dT%02d:00:00Z\", \"cluster\": \"%s %d\"}\n", fmt.Sprintf(what, place), 10+i, 8+k, place, k/2)
		}
	}
	for _, set := range sets {
		if err := os.WriteFile(filepath.Join(dir, "data", "events", set+".jsonl"), []byte(b.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	items, err := read(filepath.Join(dir, "data", "events", "week.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	return items
}

// The same data gives the same file, and -check says where it is another one.
func TestRun_Check(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	invented(t, dir)
	to := filepath.Join(dir, "model.json")
	args := []string{"-data", dir, "-root", "../..", "-o", to}
	if err := run(args, io.Discard); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(to)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := events.ParseModel(text); err != nil {
		t.Error(err)
	}
	if err := run(append(args, "-check"), io.Discard); err != nil {
		t.Errorf("of the same data: %v", err)
	}
	changed := strings.Replace(string(text), `"bias":`, `"bias":1`, 1)
	if err := os.WriteFile(to, []byte(changed), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := run(append(args, "-check"), io.Discard); err == nil || !strings.Contains(err.Error(), "not what these data give") {
		t.Errorf("of a changed file: %v", err)
	}
	if after, err := os.ReadFile(to); err != nil || string(after) != changed {
		t.Errorf("-check wrote the file (%v)", err)
	}
}

func TestRun_NoData(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := run([]string{"-data", dir}, io.Discard); err == nil || !strings.Contains(err.Error(), "-data names") {
		t.Errorf("without data: %v", err)
	}
	invented(t, dir)
	if err := run([]string{"-data", dir, "-root", dir}, io.Discard); err == nil || !strings.Contains(err.Error(), "-root names") {
		t.Errorf("without recordings: %v", err)
	}
}

// The model in this repository has the shape that the settings give, and their
// threshold. Whether it is what the data give, -check says, which needs them.
func TestModel_OfTheseSettings(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(filepath.Join("..", "model.json"))
	if err != nil {
		t.Fatal(err)
	}
	m, err := events.ParseModel(text)
	if err != nil {
		t.Fatal(err)
	}
	s := defaults()
	if len(m.Trees) != s.trees || len(m.Trees[0].Leaf) != 1<<s.depth || m.Threshold != threshold {
		t.Errorf("%d trees with %d leaves, threshold %v: fitted with other settings; run make train", len(m.Trees), len(m.Trees[0].Leaf), m.Threshold)
	}
}
