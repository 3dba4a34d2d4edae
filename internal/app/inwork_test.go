package app

import (
	"slices"
	"testing"
)

// It is told once that articles are in work, however many are at one time.
func TestInWork(t *testing.T) {
	t.Parallel()
	var got []bool
	w := inWork{tell: func(some bool) { got = append(got, some) }}
	first := w.begin()
	second := w.begin()
	first()
	if !slices.Equal(got, []bool{true}) {
		t.Errorf("told %v with one of two in work", got)
	}
	second()
	w.begin()()
	if !slices.Equal(got, []bool{true, false, true, false}) {
		t.Errorf("told %v after two times", got)
	}
	var silent inWork
	silent.begin()()
}
