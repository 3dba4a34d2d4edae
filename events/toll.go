package events

import (
	"strconv"
	"strings"
)

// tollReach is how many words may stand between a number and what it counts.
const tollReach = 8

var (
	killing = set(`kill kills killed killing claims claimed`)
	dying   = set(`die dies died dead killed deaths fatalities`)
	filler  = set(`at least about around some nearly almost more than over up to an estimated another as many
		people persons men women children others passengers workers soldiers civilians victims now known have has had been were was are is feared
		confirmed reported of the`)
)

// toll returns how many died, as a sentence or headline states it: "killing
// two", "five people are known to have died", "the death toll has risen to 11".
// It is 0 where none is stated.
func toll(text string) int {
	var words []string
	sc := scanner{s: text}
	for {
		w, ok := sc.next()
		if !ok {
			break
		}
		words = append(words, string(w.text))
	}
	// A stated toll says most: "two more died, bringing the toll to 11".
	for i, w := range words {
		if w != "toll" {
			continue
		}
		for j := i + 1; j < len(words) && j <= i+tollReach; j++ {
			if n := count(words[j]); n > 0 && j+1 < len(words) && words[j+1] == "from" {
				continue
			} else if n > 0 && words[j-1] != "from" {
				return n
			}
		}
	}
	for i, w := range words {
		if killing[w] {
			for j := i + 1; j < len(words) && j <= i+tollReach; j++ {
				if n := count(words[j]); n > 0 {
					return n
				}
				if !filler[words[j]] {
					break
				}
			}
		}
		if n := count(w); n > 0 && !more(words, i) {
			for j := i + 1; j < len(words) && j <= i+tollReach; j++ {
				if dying[words[j]] {
					return n
				}
				if !filler[words[j]] {
					break
				}
			}
		}
	}
	return 0
}

// more says whether the number at i counts only those who were added.
func more(words []string, i int) bool {
	return i+1 < len(words) && words[i+1] == "more" && (i+2 >= len(words) || words[i+2] != "than")
}

func count(w string) int {
	if n, ok := numberWords[w]; ok {
		w = n
	}
	n, err := strconv.Atoi(strings.ReplaceAll(w, ",", ""))
	if err != nil || n < 1 || n > 1_000_000 {
		return 0
	}
	return n
}
