package summarize

import "slices"

// bag is a set of the words of a sentence, in order: few enough for that to be compared
// with others faster than a map.
type bag []string

// bagOf makes a bag of words, each of which may stand there more than once. The words
// are the bag's from then on.
func bagOf(words []string) bag {
	slices.Sort(words)
	return slices.Clip(slices.Compact(words))
}

// has tells whether a word is there.
func (b bag) has(w string) bool {
	_, found := slices.BinarySearch(b, w)
	return found
}

// common counts the words that are in both bags and that count.
func (b bag) common(o bag, counts func(string) bool) int {
	n := 0
	for i, j := 0, 0; i < len(b) && j < len(o); {
		switch {
		case b[i] < o[j]:
			i++
		case b[i] > o[j]:
			j++
		default:
			if counts(b[i]) {
				n++
			}
			i, j = i+1, j+1
		}
	}
	return n
}
