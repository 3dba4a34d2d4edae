package main

import "fmt"

// figures say how well a stream was grouped.
type figures struct {
	precision, recall float64 // B-cubed (Bagga and Baldwin 1998)
	posts             float64 // events found for a labelled event of two articles or more
	mixed             float64 // share of found events of two articles or more that mix labelled ones
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
func score(items []item, into []int64, counts func(gold string) bool) figures {
	type cell struct {
		gold string
		into int64
	}
	gold, found, both := map[string]int{}, map[int64]int{}, map[cell]int{}
	for i, it := range items {
		gold[it.gold]++
		found[into[i]]++
		both[cell{it.gold, into[i]}]++
	}
	var f figures
	n := 0.0
	touched, parts := map[string]int{}, map[int64]int{}
	for i, it := range items {
		if !counts(it.gold) {
			continue
		}
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
		if n > 1 && counts(g) {
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
