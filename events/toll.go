package events

import (
	"slices"
	"strconv"
	"strings"

	"newsdesk/internal/pattern"
	"newsdesk/internal/wordset"
)

// tollReach is how many words may stand between a number and what it counts.
const tollReach = 8

var (
	killing   = wordset.Of(`kill kills killed killing claims claimed`)
	dying     = wordset.Of(`die dies died dead killed deaths fatalities`)
	harming   = wordset.Of(`injure injures injured injuring wound wounds wounded wounding hurt hurts hurting trap traps trapped trapping displaces displaced displacing`)
	harmed    = wordset.Of(`injured wounded hurt missing trapped stranded displaced evacuated homeless hospitalised hospitalized injuries`)
	lives     = wordset.Of(`life death fatality victim`)
	bodies    = wordset.Of(`person man woman child body`)
	foundDead = wordset.Of(`found recovered retrieved pulled`)
	filler    = wordset.Of(`at least about around some nearly almost more than over up to an estimated another as many
		people persons men women children others passengers workers soldiers civilians victims now known have has had been were was are is feared
		confirmed reported of the`)
)

var ordinals = map[string]int{"second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10}

// ages finds how old somebody is, which is no count: "Ana Ruiz, 81, dead".
var ages = pattern.MustCompile(`(?i), \d{1,3},|\baged? \d+|\b\d+[- ]years?[- ]old\b`)

// toll returns how many died, as a sentence or headline states it: "killing
// two", "five people are known to have died", "the death toll has risen to 11".
// It is 0 where none is stated.
func toll(text string) int { return tollIn(countable(text)) }

// countable returns the words of a text in which numbers are looked for: without
// ages.
func countable(text string) []string { return wordsOf(ages.ReplaceAllString(text, ";")) }

func tollIn(words []string) int {
	// A stated toll says most: "two more died, bringing the toll to 11".
	for i, w := range words {
		if w != "toll" {
			continue
		}
		for j := i + 1; j < len(words) && j <= i+tollReach; j++ {
			if n := count(words[j]); n > 0 && j+1 < len(words) && words[j+1] == "from" && words[j-1] != "to" {
				continue
			} else if n > 0 && words[j-1] != "from" {
				return n
			}
		}
	}
	if n := numberOfDead(words); n > 0 {
		return n
	}
	for i, w := range words {
		if n := ordinals[w]; n > 0 && i+1 < len(words) && (lives.Has(words[i+1]) || bodies.Has(words[i+1]) && slices.ContainsFunc(words[i+2:min(len(words), i+tollReach)], func(w string) bool { return dying.Has(w) })) {
			return n // "claimed a second life", "the third person known to have died"
		}
	}
	for i, w := range words { // "nine bodies have been found"
		if w == "bodies" && i > 0 && slices.ContainsFunc(words[i+1:min(len(words), i+5)], func(w string) bool { return foundDead.Has(w) }) {
			if n := count(words[i-1]); n > 0 {
				return n
			}
		}
	}
	return stated(words, killing, dying)
}

// reached are words in front of the number that another one came to.
var reached = wordset.Of(`is now to at reached reaches hit hits`)

// numberOfDead returns N of "the number of people killed by the storm is now N", 0
// where that is not said.
func numberOfDead(words []string) int {
	at := slices.Index(words, "number")
	if at < 0 || at+1 == len(words) || words[at+1] != "of" {
		return 0
	}
	mortal := false
	for i := at + 2; i < len(words) && i < at+2*tollReach; i++ {
		if mortal = mortal || killing.Has(words[i]) || dying.Has(words[i]); mortal && reached.Has(words[i-1]) {
			if n := count(words[i]); n > 0 {
				return n
			}
		}
	}
	return 0
}

// atLeast tells that a toll is the least there was.
var atLeast = pattern.MustCompile(`(?i)\b(at least|more than|over) \w+`)

// harmIn returns how many were hurt, are missing or had to leave their homes, as
// the words of a sentence or headline state it, and 0 where they do not.
func harmIn(words []string) int { return stated(words, harming, harmed) }

// stated returns the number that stands behind one of the words doing, or in
// front of one of the words done.
func stated(words []string, doing, done *wordset.Set) int {
	for i, w := range words {
		if doing.Has(w) {
			for j := i + 1; j < len(words) && j <= i+tollReach; j++ {
				if n := count(words[j]); n > 0 {
					return n
				}
				if !filler.Has(words[j]) {
					break
				}
			}
		}
		if n := count(w); n > 0 && !more(words, i) {
			for j := i + 1; j < len(words) && j <= i+tollReach; j++ {
				if done.Has(words[j]) {
					return n
				}
				if !filler.Has(words[j]) {
					break
				}
			}
		}
	}
	return 0
}

// wordsOf cuts a text into words in lower case.
func wordsOf(text string) []string {
	var words []string
	sc := scanner{s: text}
	for {
		w, ok := sc.next()
		if !ok {
			return words
		}
		words = append(words, string(w.text))
	}
}

// more says whether the number at i counts only those who were added.
func more(words []string, i int) bool {
	return i+1 < len(words) && words[i+1] == "more" && (i+2 >= len(words) || words[i+2] != "than")
}

func count(w string) int {
	if n, ok := numberWords()[w]; ok {
		w = n
	}
	if w == "" || !isDigit(w[0]) {
		return 0
	}
	n, err := strconv.Atoi(strings.ReplaceAll(w, ",", ""))
	if err != nil || n < 1 || n > 1_000_000 {
		return 0
	}
	return n
}
