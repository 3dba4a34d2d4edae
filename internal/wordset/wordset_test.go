package wordset_test

import (
	"iter"
	"slices"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"newsdesk/internal/wordset"
)

// TestSet_HasItsWords: it has what a map of the same words has, and nothing else,
// whoever asks first.
func TestSet_HasItsWords(t *testing.T) {
	t.Parallel()
	word := rapid.StringMatching(`[a-cé]{0,4}`)
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOf(word.Filter(func(w string) bool { return w != "" })).Draw(t, "list")
		set, asked := wordset.Of(strings.Join(list, "\n\t")), rapid.SliceOfN(word, 1, 20).Draw(t, "asked")
		var all sync.WaitGroup
		for range 2 {
			all.Go(func() {
				for _, w := range slices.Concat(asked, list) {
					if got, want := set.Has(w), slices.Contains(list, w); got != want {
						t.Errorf("%q in %q: %v, want %v", w, list, got, want)
					}
				}
			})
		}
		all.Wait()
		if got := slices.Collect(set.All()); !slices.Equal(got, list) {
			t.Errorf("the words of %q are %q", list, got)
		}
	})
}

// TestPhrases_StandBetweenCommas: whatever blanks are around them; nothing is no phrase.
func TestPhrases_StandBetweenCommas(t *testing.T) {
	t.Parallel()
	set := wordset.Phrases("up to,costa rica,\n\tunder , ,")
	if got, want := slices.Collect(set.All()), []string{"up to", "costa rica", "under"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	for word, want := range map[string]bool{"up to": true, "costa rica": true, "under": true, "up": false, "costa  rica": false, " under": false, "": false} {
		if set.Has(word) != want {
			t.Errorf("%q: %v, want %v", word, !want, want)
		}
	}
}

// BenchmarkSet asks for each word of a sentence, as the readers of articles do; one of
// them is in the set.
func BenchmarkSet(b *testing.B) {
	const list = `said told added announced warned confirmed denied claimed insisted argued declared stated noted
		replied admitted acknowledged stressed explained suggested predicted pledged vowed promised urged`
	sentence := strings.Fields("the regional council of Vestland announced on Tuesday that it would build a new bridge over the Osa after two years of talks with villages on both banks")
	b.Run("set", func(b *testing.B) {
		set := wordset.Of(list)
		for b.Loop() {
			for _, w := range sentence {
				set.Has(w)
			}
		}
	})
	b.Run("map", func(b *testing.B) {
		set := map[string]bool{}
		for w := range strings.FieldsSeq(list) {
			set[w] = true
		}
		for b.Loop() {
			for _, w := range sentence {
				_ = set[w]
			}
		}
	})
}

// TestMade_NothingIsNoWord: a list that is made may hold what is none.
func TestMade_NothingIsNoWord(t *testing.T) {
	t.Parallel()
	set := wordset.Made(func() iter.Seq[string] { return slices.Values([]string{"", "river"}) })
	if set.Has("") || !set.Has("river") {
		t.Error("want the river and nothing else")
	}
}
