package main

import "math"

// choice is a set of things of which some are right: the hits of a question,
// or its candidate answers.
type choice struct {
	rows  [][]float64
	right []bool
	each  bool // each right thing is to win against the wrong ones, not any of them
}

func (c *choice) add(row []float64, right bool) {
	c.rows, c.right = append(c.rows, row), append(c.right, right)
}

// fitChoice fits the weights of a conditional logistic regression (McFadden
// 1974): the likelihood of what is right among all that may be chosen. ridge
// is the weight of the squared weights against one choice.
func fitChoice(cs []choice, n int, ridge float64) []float64 {
	gradient := func(w, g []float64) {
		for _, c := range cs {
			p := make([]float64, len(c.rows))
			top := math.Inf(-1)
			for i, row := range c.rows {
				p[i] = dot(w, row)
				top = math.Max(top, p[i])
			}
			wrong, right, count := 0., 0., 0.
			for i := range p {
				p[i] = math.Exp(p[i] - top)
				if c.right[i] {
					right += p[i]
					count++
				} else {
					wrong += p[i]
				}
			}
			for i, row := range c.rows {
				var d float64
				switch {
				case c.each && c.right[i]:
					d = wrong / (wrong + p[i]) / count
				case c.each:
					for j, ok := range c.right {
						if ok {
							d -= p[i] / (wrong + p[j]) / count
						}
					}
				case c.right[i]:
					d = p[i]/right - p[i]/(right+wrong)
				default:
					d = -p[i] / (right + wrong)
				}
				for k, x := range row {
					g[k] += d * x
				}
			}
		}
	}
	return ascend(n, float64(len(cs)), ridge, gradient, nil)
}

// fitTruth fits a logistic regression whose weights but the first, that of the
// constant, have the given signs: 1 for at least 0, -1 for at most 0, 0 for
// any. Rows of one group and outcome weigh as much together as those of any other.
func fitTruth(rows [][]float64, yes []bool, groups []string, signs []int, ridge float64) []float64 {
	type part struct {
		group string
		yes   bool
	}
	count := map[part]float64{}
	for i, y := range yes {
		count[part{groups[i], y}]++
	}
	each := make([]float64, len(rows))
	for i, y := range yes {
		each[i] = float64(len(rows)) / float64(len(count)) / count[part{groups[i], y}]
	}
	gradient := func(w, g []float64) {
		for i, row := range rows {
			p := 1 / (1 + math.Exp(-dot(w, row)))
			d := (float64(index(yes[i])) - p) * each[i]
			for k, x := range row {
				g[k] += d * x
			}
		}
	}
	return ascend(len(signs), float64(len(rows)), ridge, gradient, signs)
}

func index(b bool) int {
	if b {
		return 1
	}
	return 0
}

// ascend maximizes a concave likelihood by Adam over all of the data, which
// takes the same steps on every run.
func ascend(n int, size, ridge float64, gradient func(w, g []float64), signs []int) []float64 {
	const steps, rate, decay1, decay2 = 400, 0.1, 0.9, 0.999
	w, g, m, v := make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n)
	for t := 1; t <= steps; t++ {
		clear(g)
		gradient(w, g)
		for k := range w {
			g[k] = g[k]/size - ridge*w[k]/size
			m[k] = decay1*m[k] + (1-decay1)*g[k]
			v[k] = decay2*v[k] + (1-decay2)*g[k]*g[k]
			step := rate * (1 - float64(t)/(steps+1))
			w[k] += step * (m[k] / (1 - math.Pow(decay1, float64(t)))) / (math.Sqrt(v[k]/(1-math.Pow(decay2, float64(t)))) + 1e-8)
			if signs != nil && w[k]*float64(signs[k]) < 0 {
				w[k] = 0
			}
		}
	}
	return w
}

func dot(w, x []float64) float64 {
	sum := 0.
	for k := range w {
		sum += w[k] * x[k]
	}
	return sum
}
