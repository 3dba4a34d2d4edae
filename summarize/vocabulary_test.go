package summarize

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// A word has one key, whatever its capitals, and those of other words are others; a
// stop word's is below zero. Forgetting what saves time changes no stem's.
func TestVocabulary_NumbersWordsByTheirStems(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("lang", longestPlain/4) + "e"
	shared := newKnownStems()
	rapid.Check(t, func(t *rapid.T) {
		v := newVocabulary("en", rapid.SampledFrom([]*knownStems{nil, shared}).Draw(t, "stems"))
		v.expect(rapid.IntRange(0, 300).Draw(t, "bytes"))
		of, stops := make(map[string]int), make(map[string]int)
		for range rapid.IntRange(0, 200).Draw(t, "words") {
			w := rapid.SampledFrom([]string{"the", "The", "THE", "of", "Oslo", "oslo", "fires", "Fire", "\u212ailo", "kilo", "Érable", "érable", "x1", "X1", long, strings.ToUpper(long)}).Draw(t, "word")
			if rapid.IntRange(0, 20).Draw(t, "other") == 0 {
				w = rapid.StringMatching(`[a-zA-ZéÉ0-9]{1,9}`).Draw(t, "letters")
			}
			if rapid.IntRange(0, 40).Draw(t, "forgets") == 0 {
				v.forget()
				clear(stops)
			}
			at := v.meet(w)
			lower, key := v.known.words[at].lower, int(v.known.words[at].key)
			if got := v.met(lower); got != at {
				t.Fatalf("%q was met at %d, want %d", w, got, at)
			}
			if want := strings.ToLower(w); lower != want {
				t.Fatalf("%q is %q in small letters, want %q", w, lower, want)
			}
			if stop := v.stop.Has(lower); stop != (key < 0) {
				t.Fatalf("%q has key %d; it is a stop word: %v", w, key, stop)
			}
			if was, met := stops[lower]; met && was != key {
				t.Fatalf("%q has key %d, it had %d", w, key, was)
			}
			if key < 0 {
				stops[lower] = key
				continue
			}
			stem := v.stemOf(lower)
			if was, met := of[stem]; met && was != key {
				t.Fatalf("%q has key %d, its stem had %d", w, key, was)
			} else if !met && key != len(of) {
				t.Fatalf("%q, the first of its stem, has key %d, want %d", w, key, len(of))
			}
			of[stem] = key
			if got := v.find(lower); got != key {
				t.Fatalf("%q is found as %d, want %d", w, got, key)
			}
		}
	})
}
