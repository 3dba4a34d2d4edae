package topics

import (
	_ "embed" // the model is a file
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
)

// class is what words can tell: the topics of the catalogue, but the regions of
// the world as one, which places tell apart.
type class int

const (
	abroad class = iota
	us
	politics
	business
	technology
	science
	health
	sports
	entertainment
	classes
)

// classTopic is the topic of each class.
var classTopic = [classes]string{World, US, Politics, Business, Technology, Science, Health, Sports, Entertainment}

func classOf(topic string) (class, bool) {
	if InWorld(topic) {
		topic = World
	}
	for c, t := range classTopic {
		if t == topic {
			return class(c), true
		}
	}
	return 0, false
}

// Model weighs words: a linear score for each class, and their softmax.
type Model struct {
	bias    [classes]float64
	weights []float32 // by bucket, then class
}

// step is the unit in which weights are stored: one byte each.
const step = 0.05

const (
	magic     = "topics1\n"
	modelSize = len(magic) + int(classes) + buckets*int(classes)
)

// ParseModel reads what [Model.Encode] wrote.
func ParseModel(b []byte) (*Model, error) {
	if len(b) != modelSize || string(b[:len(magic)]) != magic {
		return nil, fmt.Errorf("parse the model of topics: %d bytes that are no such model; run make train", len(b))
	}
	b = b[len(magic):]
	m := &Model{weights: make([]float32, buckets*int(classes))}
	for c := range m.bias {
		m.bias[c] = step * float64(int8(b[c]))
	}
	for i, x := range b[classes:] {
		m.weights[i] = step * float32(int8(x))
	}
	return m, nil
}

// Encode writes the model with its weights rounded to a byte each.
func (m *Model) Encode() []byte {
	out := append(make([]byte, 0, modelSize), magic...)
	put := func(x float64) {
		out = append(out, byte(int8(max(-127, min(127, math.Round(x/step))))))
	}
	for _, x := range m.bias {
		put(x)
	}
	for _, x := range m.weights {
		put(float64(x))
	}
	return out
}

// likely returns how likely an article is of each class by its words.
func (m *Model) likely(r reading) [classes]float64 {
	score := m.bias
	for _, f := range r.features {
		row := m.weights[int(f.bucket)*int(classes):][:classes]
		for c := range score {
			score[c] += float64(f.weight * row[c])
		}
	}
	return softmax(score)
}

func softmax(score [classes]float64) [classes]float64 {
	most, sum := score[0], 0.0
	for _, s := range score {
		most = max(most, s)
	}
	for c, s := range score {
		score[c] = math.Exp(s - most)
		sum += score[c]
	}
	for c := range score {
		score[c] /= sum
	}
	return score
}

// Example is an article whose topic is known for training: one of those that
// Topics names.
type Example struct {
	Title, Text string
	Topics      []string
}

// Fit fits a model to examples by gradient descent with a step that shrinks
// where a weight has moved (Duchi, Hazan and Singer 2011). The same examples give
// the same model. An example of which only several
// topics are known pulls towards all of them, by how likely each is.
func Fit(examples []Example, rounds int, rate, shrink float64) (*Model, error) {
	type row struct {
		reading
		allowed [classes]bool
		unsure  bool // several are
		weight  float64
	}
	var rows []row
	var count [classes]float64
	for _, e := range examples {
		r := row{reading: read(e.Title, e.Text)}
		for _, t := range e.Topics {
			if c, ok := classOf(t); ok {
				r.unsure = r.unsure || r.allowed != [classes]bool{} && !r.allowed[c]
				r.allowed[c] = true
				count[c]++
			}
		}
		rows = append(rows, r)
	}
	if len(rows) == 0 {
		return nil, errors.New("there is nothing to learn topics from")
	}
	for i := range rows { // what is rare here is not rare in a feed
		for c, a := range rows[i].allowed {
			if a {
				rows[i].weight = max(rows[i].weight, float64(len(rows))/float64(classes)/count[c])
			}
		}
	}
	m := &Model{weights: make([]float32, buckets*int(classes))}
	moved := make([]float32, len(m.weights))
	var movedBias [classes]float64
	chance := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // the same order each time
	for round := range rounds {
		chance.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
		for _, r := range rows {
			if r.unsure && 2*round < rounds {
				continue // first what is certain
			}
			p := m.likely(r.reading)
			known := 0.0
			for c, a := range r.allowed {
				if a {
					known += p[c]
				}
			}
			for c := range p {
				want := 0.0
				if r.allowed[c] && known > 0 {
					want = p[c] / known
				}
				g := r.weight * (want - p[c])
				movedBias[c] += g * g
				m.bias[c] += rate * g / math.Sqrt(movedBias[c]+1e-6)
				for _, f := range r.features {
					i := int(f.bucket)*int(classes) + c
					x := float32(g)*f.weight - float32(shrink)*m.weights[i]
					moved[i] += x * x
					m.weights[i] += float32(rate) * x / float32(math.Sqrt(float64(moved[i])+1e-6))
				}
			}
		}
	}
	return m, nil
}

//go:embed model.bin
var modelFile []byte
