package summarize

import (
	"math"
	"math/bits"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// A pair has one number, however many there are and whatever was numbered before.
func TestPairNumbers_AreThoseOfAMap(t *testing.T) {
	t.Parallel()
	var numbers pairNumbers
	rapid.Check(t, func(t *rapid.T) {
		numbers.reset(rapid.IntRange(0, 50).Draw(t, "room"))
		want := make(map[pair]int32)
		for range rapid.IntRange(0, 300).Draw(t, "pairs") {
			x := pair{rapid.Int32Range(-20, 20).Draw(t, "first"), rapid.SampledFrom([]int32{-1, 0, 1, 2, itself, aDay}).Draw(t, "second")}
			if _, known := want[x]; !known {
				if got := numbers.of(x); got >= 0 {
					t.Fatalf("%v has number %d before it is added", x, got)
				}
				want[x] = int32(len(want))
			}
			if got, _ := numbers.add(x); got != want[x] {
				t.Fatalf("%v is number %d, want %d", x, got, want[x])
			}
		}
		for x, n := range want {
			if got := numbers.of(x); got != n {
				t.Fatalf("%v has number %d, want %d", x, got, n)
			}
		}
	})
}

// Where all choices fit into the beam, the best of them is found. The memory of one
// packing is that of the next.
func TestPack_FindsTheBestOfAFewLoads(t *testing.T) {
	t.Parallel()
	var p packer
	rapid.Check(t, func(t *rapid.T) {
		worth := make([]float64, 70)
		things := []int{0, 1, 63, 64, 69}
		for _, k := range things {
			worth[k] = rapid.SampledFrom([]float64{0.3, 0.7, 1.1}).Draw(t, "worth")
		}
		loads := make([]load, rapid.SampledFrom([]int{0, 1, 4, 5, 6, 6, 6}).Draw(t, "loads"))
		for i := range loads {
			l := &loads[i]
			l.id, l.words, l.own = i, rapid.IntRange(1, 20).Draw(t, "words"), rapid.SampledFrom([]float64{-1.3, -0.6, -0.2}).Draw(t, "own")
			l.tells = rapid.SliceOfNDistinct(rapid.SampledFrom(things), 1, 4, rapid.ID[int]).Draw(t, "tells")
			slices.Sort(l.tells)
		}
		some, few := rapid.IntRange(0, 1<<12-1).Draw(t, "some clash"), rapid.IntRange(0, 1<<12-1).Draw(t, "fewer")
		apart := some & few
		clash := func(a, b *load) bool { return apart>>(a.id+b.id)&1 == 1 }
		s := &Summarizer{o: Options{Words: rapid.SampledFrom([]int{0, 0, 30, 60}).Draw(t, "most words"), MaxFacts: rapid.IntRange(0, 4).Draw(t, "most facts")}}
		value := func(set uint) (float64, bool) {
			sum, words, told := 0.0, 0, make([]bool, len(worth))
			for i := range loads {
				if set>>i&1 == 0 {
					continue
				}
				sum += loads[i].own
				words += loads[i].words
				for _, k := range loads[i].tells {
					if !told[k] {
						told[k] = true
						sum += worth[k]
					}
				}
				for j := range i {
					if set>>j&1 == 1 && clash(&loads[j], &loads[i]) {
						return 0, false
					}
				}
			}
			return sum, (s.o.Words == 0 || words <= s.o.Words) && (s.o.MaxFacts == 0 || bits.OnesCount(set) <= s.o.MaxFacts)
		}
		most := 0.0
		for set := range uint(1) << len(loads) {
			if v, ok := value(set); ok {
				most = max(most, v)
			}
		}
		var set uint
		for _, c := range s.packWith(&p, loads, worth, clash) {
			set |= 1 << c.id
		}
		got, ok := value(set)
		if !ok || math.Abs(got-most) > 1e-9 && (most > 0 || bits.OnesCount(set) != 1) { // one fact rather than none
			t.Fatalf("chose %b, worth %v (allowed: %v), want %v", set, got, ok, most)
		}
	})
}

// The last place of a phrase that is accepted is the one that looking for each phrase
// by itself finds.
func TestEndings_AreThoseOfEachPhrase(t *testing.T) {
	t.Parallel()
	list := []string{" in ", " in the ", ", in ", " at ", " -- ", " – ", " as it "}
	e := newEndings(list...)
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Join(rapid.SliceOf(rapid.SampledFrom([]string{" in", " in", " in", " ", " ", "the ", ",", " at", " --", " –", " as it ", "x"})).Draw(t, "text"), "")
		mod, most := rapid.IntRange(1, 4).Draw(t, "accepted"), rapid.IntRange(0, 20).Draw(t, "at most")
		accept := func(from, _ int) bool { return from <= most && from%mod == 0 }
		for _, again := range []bool{once, often} {
			want := -1
			for _, p := range list {
				for i := strings.LastIndex(s, p); i > want; i = strings.LastIndex(s[:i], p) {
					if accept(i, i+len(p)) {
						want = i
					} else if again {
						continue
					}
					break
				}
			}
			if got := e.last(s, again, accept); got != want {
				t.Fatalf("%q, again %v: got %d, want %d", s, again, got, want)
			}
		}
	})
}
