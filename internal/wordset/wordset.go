// Package wordset is the sets of words that the program comes with: verbs of saying,
// titles, months. They are made when they are first asked, so that a command which
// reads no article does not wait for them, and most words that are in none are told by
// a glance at their ends, at a tenth of what a look into a map takes.
package wordset

import (
	"iter"
	"strings"
	"sync"
)

// Set is a set of words. It never changes, and is safe for concurrent use.
type Set struct {
	list  func() iter.Seq[string]
	once  sync.Once
	words map[string]struct{}
	marks [marks / 64]uint64 // of all words; a word whose mark is not there is none of them
}

// marks is how many words are told apart by what [mark] looks at.
const marks = 1024

// Of returns the set of the words of a list, which stand between blanks.
func Of(list string) *Set {
	return Made(func() iter.Seq[string] { return strings.FieldsSeq(list) })
}

// Phrases returns the set of the words and phrases of a list, which stand between commas.
func Phrases(list string) *Set {
	return Made(func() iter.Seq[string] {
		return func(yield func(string) bool) {
			for phrase := range strings.SplitSeq(list, ",") {
				if phrase = strings.TrimSpace(phrase); phrase != "" && !yield(phrase) {
					return
				}
			}
		}
	})
}

// Made returns the set of the words that a function lists when the set is first asked.
func Made(list func() iter.Seq[string]) *Set { return &Set{list: list} }

// Has reports whether a word is in the set, written as in the list. In a nil set is none.
func (s *Set) Has(word string) bool {
	if s == nil || word == "" {
		return false
	}
	s.once.Do(s.make)
	if m := mark(word); s.marks[m>>6]&(1<<(m&63)) == 0 {
		return false
	}
	_, is := s.words[word]
	return is
}

// All returns the words of the list in its order.
func (s *Set) All() iter.Seq[string] { return s.list() }

func (s *Set) make() {
	s.words = make(map[string]struct{})
	for word := range s.All() {
		if word == "" { // it has no mark, and is in no set
			continue
		}
		s.words[word] = struct{}{}
		m := mark(word)
		s.marks[m>>6] |= 1 << (m & 63)
	}
}

// mark is a number below marks by which words differ that begin, end or are long in
// different ways.
func mark(word string) uint {
	return (uint(word[0])*37 + uint(word[len(word)-1])*211 + uint(len(word))*5 + uint(word[len(word)/2])*3) % marks
}
