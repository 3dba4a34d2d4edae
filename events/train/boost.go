package main

import (
	"math"
	"runtime"
	"slices"
	"sync"

	"newsdesk/events"
)

// row is one document and one event it may belong to.
type row struct {
	features []float64
	same     bool    // the document does belong to it
	weight   float64 // what the row counts for
	fold     int     // of the document
	set      int
}

// settings of the trees.
type settings struct {
	trees   int
	depth   int     // at most 6: nodes are numbered in a byte
	rate    float64 // what each tree adds of its correction
	leaf    float64 // least weight of rows in a leaf
	shrink  float64 // what is added to the weight of a leaf
	buckets int     // values that a feature is split at, at most 255
}

func defaults() settings {
	return settings{trees: 160, depth: 5, rate: 0.1, leaf: 12, shrink: 4, buckets: 48}
}

// sums are added up over rows: gradients, curvatures and weights.
type sums struct{ g, h, w float64 }

func (s *sums) add(o sums) { s.g, s.h, s.w = s.g+o.g, s.h+o.h, s.w+o.w }

// booster is what the trees are grown from.
type booster struct {
	settings
	cuts [][]float64 // by feature: the values that it is split at, rising
	bins [][]uint8   // by feature and row: how many of them are less than the row's
	of   []sums      // by row: what the trees so far leave
	node []uint8     // by row: where it stands in the tree that grows
}

func newBooster(rows []row, s settings) *booster {
	n, cols := len(rows), len(events.Features())
	b := &booster{settings: s, cuts: make([][]float64, cols), bins: make([][]uint8, cols), of: make([]sums, n), node: make([]uint8, n)}
	each(cols, func(c int) {
		b.cuts[c] = quantiles(rows, c, s.buckets)
		b.bins[c] = make([]uint8, n)
		for i := range rows {
			k, _ := slices.BinarySearch(b.cuts[c], rows[i].features[c])
			b.bins[c][i] = uint8(k) // values equal to a cut stay left of it
		}
	})
	return b
}

// boost fits trees to the logistic loss, each to the gradient that those before
// it leave, with second-order leaves (Chen and Guestrin 2016). Nothing in it is
// left to chance: the same rows give the same model, on however many cores.
func boost(rows []row, s settings) *events.Model {
	b := newBooster(rows, s)
	pos, all := 0.0, 0.0
	for _, r := range rows {
		all += r.weight
		if r.same {
			pos += r.weight
		}
	}
	m := &events.Model{Columns: events.Features(), Bias: round(math.Log(pos / (all - pos)))}
	score := make([]float64, len(rows))
	for i := range score {
		score[i] = m.Bias
	}
	for range s.trees {
		b.leave(rows, score)
		t := b.grow()
		for i, at := range b.node {
			score[i] += t.Leaf[int(at)-len(t.Feature)]
		}
		m.Trees = append(m.Trees, t)
	}
	return m
}

// leave notes what scores leave of the rows' labels.
func (b *booster) leave(rows []row, score []float64) {
	for i := range rows {
		r := &rows[i]
		p := 1 / (1 + math.Exp(-score[i]))
		y := 0.0
		if r.same {
			y = 1
		}
		b.of[i] = sums{r.weight * (y - p), r.weight * p * (1 - p), r.weight}
	}
}

// grow fits one tree, level by level, and leaves each row at its leaf.
func (b *booster) grow() events.Tree {
	inner := 1<<b.depth - 1
	t := events.Tree{Feature: make([]int, inner), Split: make([]float64, inner), Leaf: make([]float64, inner+1)}
	clear(b.node)
	for level := range b.depth {
		first := 1<<level - 1
		total := b.total(first, first+1)
		found := make([][]split, len(b.bins))
		each(len(b.bins), func(c int) { found[c] = b.search(c, first, total) })
		bin := make([]uint8, len(total))
		for k := range total {
			best := split{feature: -1}
			for _, f := range found {
				if f[k].gain > best.gain+1e-9 {
					best = f[k]
				}
			}
			t.Feature[first+k], bin[k] = best.feature, best.bin
			if best.feature >= 0 {
				t.Split[first+k] = b.cuts[best.feature][best.bin]
			}
		}
		for i, at := range b.node {
			b.node[i] = 2*at + 1
			if c := t.Feature[at]; c >= 0 && b.bins[c][i] > bin[int(at)-first] {
				b.node[i]++
			}
		}
	}
	for k, x := range b.total(inner, inner+1) {
		t.Leaf[k] = round(b.rate * x.g / (x.h + b.shrink))
	}
	return t
}

// total adds up the rows of n nodes from the first one on.
func (b *booster) total(first, n int) []sums {
	out := make([]sums, n)
	for i, at := range b.node {
		out[int(at)-first].add(b.of[i])
	}
	return out
}

// split is where the rows of a node are best parted by a feature.
type split struct {
	gain    float64
	feature int // -1: they are not
	bin     uint8
}

// search finds where one feature parts each node of a level best.
func (b *booster) search(c, first int, total []sums) []split {
	bins, buckets := b.bins[c], len(b.cuts[c])+1
	hist := make([]sums, len(total)*buckets)
	for i, at := range b.node {
		hist[(int(at)-first)*buckets+int(bins[i])].add(b.of[i])
	}
	out := make([]split, len(total))
	for k, all := range total {
		out[k].feature = -1
		var left sums
		for i := range buckets - 1 {
			left.add(hist[k*buckets+i])
			if left.w < b.leaf || all.w-left.w < b.leaf {
				continue
			}
			g, h := all.g-left.g, all.h-left.h
			gain := left.g*left.g/(left.h+b.shrink) + g*g/(h+b.shrink) - all.g*all.g/(all.h+b.shrink)
			if gain > out[k].gain+1e-9 {
				out[k] = split{gain, c, uint8(i)}
			}
		}
	}
	return out
}

// each calls f for 0 to n-1, on as many cores as there are, and returns when all
// calls have.
func each(n int, f func(int)) {
	var wg sync.WaitGroup
	next := make(chan int)
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for i := range next {
				f(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	wg.Wait()
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
