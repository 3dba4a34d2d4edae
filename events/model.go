package events

import (
	_ "embed" // the model is a file
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"sync"
)

// Model is a sum of small regression trees (gradient boosting, Friedman 2001):
// how likely a document tells of an event. `make train` fits it.
type Model struct {
	Columns   []string `json:"features"`  // as [Features] names them
	Threshold float64  `json:"threshold"` // likelihood from which a document joins
	Bias      float64  `json:"bias"`
	Trees     []Tree   `json:"trees"`
}

// Tree is a complete binary tree: node i has the children 2i+1 and 2i+2.
type Tree struct {
	Feature []int     `json:"f"` // by inner node; -1 always goes left
	Split   []float64 `json:"t"` // by inner node: greater values go right
	Leaf    []float64 `json:"v"`
}

// Score returns the likelihood, 0 to 1; against is taken off the logarithm of
// the odds.
func (m *Model) Score(f []float64, against float64) float64 {
	x := m.Bias - against
	for i := range m.Trees {
		x += m.Trees[i].Value(f)
	}
	return 1 / (1 + math.Exp(-x))
}

// Value returns what the leaf holds that a row of features falls into.
func (t *Tree) Value(f []float64) float64 {
	i := 0
	for i < len(t.Feature) {
		i = 2*i + 1
		if k := t.Feature[(i-1)/2]; k >= 0 && f[k] > t.Split[(i-1)/2] {
			i++
		}
	}
	return t.Leaf[i-len(t.Feature)]
}

// ParseModel reads a model that [Model] was encoded to.
func ParseModel(text []byte) (*Model, error) {
	m := &Model{}
	if err := json.Unmarshal(text, m); err != nil {
		return nil, fmt.Errorf("parse the model: %w", err)
	}
	if !slices.Equal(m.Columns, featureNames[:]) {
		return nil, fmt.Errorf("parse the model: it was fitted on the features %q, not %q; run make train", m.Columns, featureNames)
	}
	for i, t := range m.Trees {
		if len(t.Split) != len(t.Feature) || len(t.Leaf) != len(t.Feature)+1 {
			return nil, fmt.Errorf("parse the model: tree %d has %d inner nodes, %d splits and %d leaves", i, len(t.Feature), len(t.Split), len(t.Leaf))
		}
		for _, f := range t.Feature {
			if f >= features {
				return nil, fmt.Errorf("parse the model: tree %d has feature %d of %d", i, f, features)
			}
		}
	}
	return m, nil
}

//go:embed model.json
var modelFile []byte

// fitted returns the model that comes with the program; a test parses it.
var fitted = sync.OnceValue(func() *Model {
	m, err := ParseModel(modelFile)
	if err != nil {
		return &Model{Columns: featureNames[:], Threshold: 1}
	}
	return m
})
