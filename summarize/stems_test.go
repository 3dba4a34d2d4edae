package summarize

import (
	"fmt"
	"strings"
	"sync"
	"testing"
)

// A word has the stem that its language gives it, whoever asks, and also where
// many words share a place.
func TestStems_AreThoseOfTheLanguage(t *testing.T) {
	t.Parallel()
	work, known := stemmer("en"), newKnownStems()
	ws := []string{"running", "ministers", "elections", "quickly", "flooded", "Flooded", "MINISTERS"}
	for i := range 2 * stemSlots {
		ws = append(ws, fmt.Sprintf("word%ding", i))
	}
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for _, w := range append(ws, ws...) {
				hash, plain := hashWord(w)
				if got, want := known.of(w, hash, plain, work), work(strings.ToLower(w)); got.stem != want || got.word != strings.ToLower(w) {
					t.Errorf("stem of %q: got %q of %q, want %q", w, got.stem, got.word, want)
				}
			}
		})
	}
	all.Wait()
}

func BenchmarkStems(b *testing.B) {
	work, known := stemmer("en"), newKnownStems()
	for _, bm := range []struct {
		name string
		stem func(string) string
	}{{"worked out", work}, {"known", func(w string) string {
		hash, plain := hashWord(w)
		return known.of(w, hash, plain, work).stem
	}}} {
		b.Run(bm.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				bm.stem("evacuations")
			}
		})
	}
}
