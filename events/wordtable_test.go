package events

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// A table of words finds what a map finds.
func TestWordTable(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		hashes := rapid.SliceOf(rapid.Uint64Range(0, 9000)).Draw(t, "hashes")
		spread := rapid.SampledFrom([]uint64{1, 1 << 20, 1 << 52}).Draw(t, "spread")
		var table wordTable
		want := map[uint64]known{}
		for i, h := range hashes {
			h *= spread
			got := table.get(h)
			k, ok := want[h]
			switch {
			case ok != (got != nil):
				t.Fatalf("word %d: found %v, want %v", h, got != nil, ok)
			case ok && *got != k:
				t.Fatalf("word %d: %v, want %v", h, *got, k)
			case !ok:
				want[h] = known{id: term(i)}
				table.put(h, want[h])
			}
		}
		table.clear()
		for h := range want {
			if table.get(h) != nil {
				t.Fatalf("word %d was not forgotten", h)
			}
		}
	})
}

func TestWordTable_Grows(t *testing.T) {
	t.Parallel()
	var table wordTable
	for i := range 3 * leastSlots {
		table.put(uint64(i)<<32, known{id: term(i)})
	}
	for i := range 3 * leastSlots {
		if k := table.get(uint64(i) << 32); k == nil || k.id != term(i) {
			t.Fatalf("word %d: %v", i, k)
		}
	}
}

// Quickselect finds what sorting finds.
func TestNth(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.SliceOfN(rapid.Float32Range(0, 3), 1, 60).Draw(t, "numbers")
		v = append(v, v[:len(v)/2]...) // some twice
		n := rapid.IntRange(1, len(v)).Draw(t, "n")
		sorted := slices.Sorted(slices.Values(v))
		want := sorted[len(sorted)-n]
		if diff := cmp.Diff(want, nth(v, n)); diff != "" {
			t.Fatalf("the nth of %v (-want +got):\n%s", sorted, diff)
		}
	})
}
