package main

import (
	"math"
	"testing"
)

// The same rows give the same weights, and what tells the told from the rest
// gets the weight.
func TestFit_FindsWhatTells(t *testing.T) {
	t.Parallel()
	var rows []row
	for i := range 400 {
		told := i%4 == 0
		hint, noise := float64(i%4), float64(i%7)
		if i%20 == 1 {
			told = true // no feature is right always
		}
		rows = append(rows, row{features: []float64{hint, noise}, told: told, weight: 1})
	}
	m, again := fit(rows), fit(rows)
	if m.bias != again.bias || m.weights[0] != again.weights[0] {
		t.Error("the same rows gave other weights")
	}
	if m.weights[0] >= -0.5 || math.Abs(m.weights[1]) > 0.2 {
		t.Errorf("weights %v: the first feature should tell, the second not", m.weights)
	}
	if got := m.auc(rows); got < 0.8 {
		t.Errorf("AUROC %.2f on rows that are easy to tell apart", got)
	}
}

func TestAUC_IsHalfWhereNothingTells(t *testing.T) {
	t.Parallel()
	m := model{weights: []float64{1}}
	rows := []row{{features: []float64{1}, told: true}, {features: []float64{2}}, {features: []float64{3}, told: true}, {features: []float64{2.5}}}
	if got := m.auc(rows); got != 0.5 {
		t.Errorf("AUROC %.2f, want 0.5", got)
	}
}
