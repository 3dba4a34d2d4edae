package main

import "fmt"

// figures say how well a stream was grouped.
type figures struct {
	precision, recall float64 // B-cubed (Bagga and Baldwin 1998)
	posts             float64 // events found for a labelled event of two articles or more
	mixed             float64 // share of found events of two articles or more that mix labelled ones
}

// add adds a part of other figures.
func (f *figures) add(o figures, parts float64) {
	f.precision += o.precision / parts
	f.recall += o.recall / parts
	f.posts += o.posts / parts
	f.mixed += o.mixed / parts
}

func (f figures) f1() float64 {
	if f.precision+f.recall == 0 {
		return 0
	}
	return 2 * f.precision * f.recall / (f.precision + f.recall)
}

func (f figures) String() string {
	return fmt.Sprintf("F1 %.4f (precision %.3f, recall %.3f), %.2f posts an event, %.2f mixed", f.f1(), f.precision, f.recall, f.posts, f.mixed)
}

// score compares events found with labelled ones. Only articles that counts
// says yes to count, among all that were grouped.
func score(items []item, into []int64, counts func(item) bool) figures {
	type cell struct {
		gold string
		into int64
	}
	gold, found, both := map[string]int{}, map[int64]int{}, map[cell]int{}
	counted := map[string]bool{}
	for i, it := range items {
		gold[it.gold]++
		found[into[i]]++
		both[cell{it.gold, into[i]}]++
	}
	var f figures
	n := 0.0
	touched, parts := map[string]int{}, map[int64]int{}
	for i, it := range items {
		if !counts(it) {
			continue
		}
		counted[it.gold] = true
		b := float64(both[cell{it.gold, into[i]}])
		f.precision += b / float64(found[into[i]])
		f.recall += b / float64(gold[it.gold])
		n++
	}
	f.precision, f.recall = f.precision/max(n, 1), f.recall/max(n, 1)
	for c := range both {
		touched[c.gold]++
		parts[c.into]++
	}
	multi, posts := 0.0, 0.0
	for g, n := range gold {
		if n > 1 && counted[g] {
			multi++
			posts += float64(touched[g])
		}
	}
	f.posts = posts / max(multi, 1)
	multi = 0
	for e, n := range found {
		if n > 1 {
			multi++
			if parts[e] > 1 {
				f.mixed++
			}
		}
	}
	f.mixed /= max(multi, 1)
	return f
}

// astray counts, among the labelled articles of a recording, the events that a
// happening has beyond one, and the happenings that share an event with another.
func astray(items []item, into []int64, counts func(item) bool) (extra, mixed int) {
	found, holds := map[string]map[int64]bool{}, map[int64]map[string]bool{}
	for i, it := range items {
		if it.alone || !counts(it) {
			continue
		}
		if found[it.gold] == nil {
			found[it.gold] = map[int64]bool{}
		}
		if holds[into[i]] == nil {
			holds[into[i]] = map[string]bool{}
		}
		found[it.gold][into[i]], holds[into[i]][it.gold] = true, true
	}
	for _, events := range found {
		extra += len(events) - 1
	}
	for _, golds := range holds {
		mixed += len(golds) - 1
	}
	return extra, mixed
}
