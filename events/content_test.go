package events

import (
	"slices"
	"strings"
	"testing"
)

// A stem is to come only where all of it is.
func TestContent_WhatIsToCome(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"Calls on the minister to resign grew.":                         true,
		"Calls to resign, and to resign today, grew.":                   true,
		"The minister resigned after all the calls on him to resign.":   false,
		"Calls on him to resign had grown before the minister resigned": false,
	} {
		c := newContents().of(text)
		resign, ok := c.find("resign")
		if !ok || resign.ahead != want || resign.role&roleTurn == 0 {
			t.Errorf("%q: %+v, found %v; want it to come %v, and a turn", text, resign, ok, want)
		}
		if !slices.IsSortedFunc(c.stems, func(a, b stemmed) int { return strings.Compare(a.stem, b.stem) }) {
			t.Errorf("%q: %v is not in order", text, c.stems)
		}
	}
}
