package main

import (
	"bytes"
	"math"
	"path/filepath"
	"strings"
	"testing"

	"newsdesk/ask"
)

func TestRun_SaysWhereTheDataShouldBe(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "nowhere")
	err := run(t.Context(), []string{"-data", dir}, &bytes.Buffer{})
	if err == nil || !strings.Contains(err.Error(), dir) || !strings.Contains(err.Error(), "-data") {
		t.Errorf("run: %v; want an error that names the folder and the flag", err)
	}
}

// The names in the source and the weights in the program are the same in
// number, and every sign belongs to a feature.
func TestFeatureNames(t *testing.T) {
	t.Parallel()
	names, err := featureNames("..")
	if err != nil {
		t.Fatal(err)
	}
	var w ask.Weights
	for count, n := range map[string]int{"numFeatures": len(w.Rank), "numVotes": len(w.Vote), "numConfidence": len(w.Trust)} {
		if len(names[count]) != n {
			t.Errorf("%s: %d names, want %d", count, len(names[count]), n)
		}
	}
	known := strings.Join(names["numConfidence"], " ") + " "
	for name := range trustSigns {
		if !strings.Contains(known, name+" ") {
			t.Errorf("a sign for %s, which is no feature of the confidence", name)
		}
	}
}

func TestFitChoice(t *testing.T) {
	t.Parallel()
	for _, each := range []bool{false, true} {
		var cs []choice
		for i := range 40 {
			c := choice{each: each}
			c.add([]float64{1, float64(i % 3)}, true)
			c.add([]float64{0, float64((i + 1) % 3)}, false)
			c.add([]float64{0.2, float64((i + 2) % 3)}, false)
			cs = append(cs, c)
		}
		w := fitChoice(cs, 2, 1)
		if w[0] < 1 || math.Abs(w[1]) > 0.3 {
			t.Errorf("each %v: weights %.2f; want a high one for what tells, and none for what does not", each, w)
		}
	}
}

func TestFitTruth_KeepsSigns(t *testing.T) {
	t.Parallel()
	var rows [][]float64
	var yes []bool
	for i := range 60 {
		y := i%3 == 0
		rows = append(rows, []float64{1, float64(index(y)), -float64(index(y))})
		yes = append(yes, y)
	}
	w := fitTruth(rows, yes, make([]string, len(rows)), []int{0, 1, 1}, 1)
	if w[1] <= 0 || w[2] != 0 {
		t.Errorf("weights %.2f; want the second above 0 and the third held at 0", w)
	}
}
