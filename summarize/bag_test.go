package summarize

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// A bag has what a set of the same words has, and shares with another what both sets
// have.
func TestBag_IsASet(t *testing.T) {
	t.Parallel()
	words := rapid.SliceOf(rapid.SampledFrom([]string{"", "a", "fire", "fires", "ferry", "oslo", "été", "vote"}))
	set := func(words []string) map[string]bool {
		out := make(map[string]bool)
		for _, w := range words {
			out[w] = true
		}
		return out
	}
	rapid.Check(t, func(t *rapid.T) {
		one, other := words.Draw(t, "one"), words.Draw(t, "other")
		a, b := set(one), set(other)
		x, y := bagOf(slices.Clone(one)), bagOf(slices.Clone(other))
		if len(x) != len(a) {
			t.Fatalf("bagOf(%q) = %q", one, x)
		}
		both := 0
		for w := range a {
			if !x.has(w) || y.has(w) != b[w] {
				t.Fatalf("%q: %q has it: %v, %q has it: %v", w, x, x.has(w), y, y.has(w))
			}
			if b[w] && w != "vote" {
				both++
			}
		}
		if got := x.common(y, func(w string) bool { return w != "vote" }); got != both {
			t.Fatalf("%q and %q have %d words in common, want %d", x, y, got, both)
		}
	})
}
