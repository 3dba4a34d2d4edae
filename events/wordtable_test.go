package events

import (
	"slices"
	"strconv"
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
			got, found := table.get(h)
			k, ok := want[h]
			switch {
			case ok != found:
				t.Fatalf("word %d: found %v, want %v", h, found, ok)
			case ok && got != k:
				t.Fatalf("word %d: %v, want %v", h, got, k)
			case ok && table.raw(k) != strconv.FormatUint(h, 10):
				t.Fatalf("word %d is written %q", h, table.raw(k))
			case !ok:
				k := known{id: term(i), says: i%2 == 0, rare: i%3 == 0, place: i%5 == 0}
				want[h] = table.put(h, k, strconv.FormatUint(h, 10))
				if k.at = want[h].at; want[h] != k {
					t.Fatalf("word %d: %v was put, want %v", h, want[h], k)
				}
			}
		}
		table.clear()
		for h := range want {
			if _, found := table.get(h); found {
				t.Fatalf("word %d was not forgotten", h)
			}
		}
	})
}

func TestWordTable_Grows(t *testing.T) {
	t.Parallel()
	var table wordTable
	for i := range 3 * leastSlots {
		table.put(uint64(i)<<32, known{id: term(i)}, "")
	}
	for i := range 3 * leastSlots {
		if k, found := table.get(uint64(i) << 32); !found || k.id != term(i) {
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

// Numbers are sorted as by comparing them.
func TestSortNumbers(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOfN(rapid.Uint32Range(0, 1<<rapid.IntRange(1, 32).Draw(t, "bits")-1), 0, 300).Draw(t, "numbers")
		want := slices.Sorted(slices.Values(list))
		got, _ := sortNumbers(slices.Clone(list), nil)
		if !slices.Equal(got, want) {
			t.Fatalf("%v, want %v", got, want)
		}
	})
}
