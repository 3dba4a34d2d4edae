package main

import (
	"math"
	"slices"

	"newsdesk/events"
)

// row is one document and one event it may belong to.
type row struct {
	features []float64
	same     bool    // the document does belong to it
	weight   float64 // what the row counts for
	fold     int     // of the document's labelled event
	set      int
}

// settings of the trees.
type settings struct {
	trees   int
	depth   int
	rate    float64 // what each tree adds of its correction
	leaf    float64 // least weight of rows in a leaf
	shrink  float64 // what is added to the weight of a leaf
	buckets int     // values that a feature is split at
}

func defaults() settings {
	return settings{trees: 160, depth: 5, rate: 0.1, leaf: 12, shrink: 4, buckets: 48}
}

// boost fits trees to the logistic loss, each to the gradient that those before
// it leave, with second-order leaves (Chen and Guestrin 2016). Nothing in it is
// left to chance: the same rows give the same model.
func boost(rows []row, s settings) *events.Model {
	n := len(rows)
	cols := len(events.Features())
	cuts := make([][]float64, cols)
	bins := make([][]uint8, cols)
	for c := range cols {
		cuts[c] = quantiles(rows, c, s.buckets)
		bins[c] = make([]uint8, n)
		for i, r := range rows {
			b, _ := slices.BinarySearch(cuts[c], r.features[c])
			bins[c][i] = uint8(b) // values equal to a cut stay left of it
		}
	}
	pos, all := 0.0, 0.0
	for _, r := range rows {
		all += r.weight
		if r.same {
			pos += r.weight
		}
	}
	m := &events.Model{Columns: events.Features(), Bias: round(math.Log(pos / (all - pos)))}
	score := make([]float64, n)
	for i := range score {
		score[i] = m.Bias
	}
	grad, hess := make([]float64, n), make([]float64, n)
	node := make([]int, n)
	for range s.trees {
		for i, r := range rows {
			p := 1 / (1 + math.Exp(-score[i]))
			y := 0.0
			if r.same {
				y = 1
			}
			grad[i], hess[i] = r.weight*(y-p), r.weight*p*(1-p)
		}
		t := grow(rows, bins, cuts, grad, hess, node, s)
		for i, r := range rows {
			score[i] += t.Value(r.features)
		}
		m.Trees = append(m.Trees, t)
	}
	return m
}

// grow fits one tree, level by level.
func grow(rows []row, bins [][]uint8, cuts [][]float64, grad, hess []float64, node []int, s settings) events.Tree {
	inner := 1<<s.depth - 1
	t := events.Tree{Feature: make([]int, inner), Split: make([]float64, inner), Leaf: make([]float64, inner+1)}
	clear(node)
	type sums struct{ g, h, w float64 }
	for level := range s.depth {
		first, width := 1<<level-1, 1<<level
		total := make([]sums, width)
		for i := range rows {
			x := &total[node[i]-first]
			x.g += grad[i]
			x.h += hess[i]
			x.w += rows[i].weight
		}
		best := make([]float64, width)
		for k := range width {
			t.Feature[first+k] = -1
		}
		for c := range bins {
			buckets := len(cuts[c]) + 1
			hist := make([]sums, width*buckets)
			for i := range rows {
				x := &hist[(node[i]-first)*buckets+int(bins[c][i])]
				x.g += grad[i]
				x.h += hess[i]
				x.w += rows[i].weight
			}
			for k := range width {
				var left sums
				all := total[k]
				for b := range buckets - 1 {
					x := hist[k*buckets+b]
					left.g, left.h, left.w = left.g+x.g, left.h+x.h, left.w+x.w
					if left.w < s.leaf || all.w-left.w < s.leaf {
						continue
					}
					g, h := all.g-left.g, all.h-left.h
					gain := left.g*left.g/(left.h+s.shrink) + g*g/(h+s.shrink) - all.g*all.g/(all.h+s.shrink)
					if gain > best[k]+1e-9 {
						best[k] = gain
						t.Feature[first+k], t.Split[first+k] = c, cuts[c][b]
					}
				}
			}
		}
		for i, r := range rows {
			at := node[i]
			node[i] = 2*at + 1
			if c := t.Feature[at]; c >= 0 && r.features[c] > t.Split[at] {
				node[i]++
			}
		}
	}
	leaves := make([]sums, inner+1)
	for i := range rows {
		x := &leaves[node[i]-inner]
		x.g += grad[i]
		x.h += hess[i]
	}
	for k, x := range leaves {
		t.Leaf[k] = round(s.rate * x.g / (x.h + s.shrink))
	}
	return t
}

// quantiles returns the values between which a feature may be split, rising.
func quantiles(rows []row, c, buckets int) []float64 {
	all := make([]float64, len(rows))
	for i, r := range rows {
		all[i] = r.features[c]
	}
	slices.Sort(all)
	var out []float64
	for b := 1; b < buckets; b++ {
		out = append(out, round(all[b*(len(all)-1)/buckets]))
	}
	return slices.Compact(out)
}

// round keeps the file short and the model the same wherever it is fitted.
func round(x float64) float64 { return math.Round(x*1e4) / 1e4 }
