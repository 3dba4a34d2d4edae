package summarize

import (
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"
)

// What is asked of every character answers as the tables of Unicode do.
func TestCharacters_AreThoseOfUnicode(t *testing.T) {
	t.Parallel()
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if got, want := space(r), unicode.IsSpace(r); got != want {
			t.Fatalf("%U is space: %v, want %v", r, got, want)
		}
		if got, want := unspaced(r), unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar); got != want {
			t.Fatalf("%U is of a script without blanks: %v, want %v", r, got, want)
		}
	}
}

func TestTexts_ShortCutsLoseNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOfN(rapid.SampledFrom([]rune("aB1é“”'\".,:; \t\u00a0")), 0, 12, -1).Draw(t, "text")
		const cutset = ".,;:\"'“”"
		if got, want := bare(s, cutset), strings.Trim(s, cutset); got != want {
			t.Fatalf("bare(%q) = %q, want %q", s, got, want)
		}
		if got, want := hasDigit(s), strings.ContainsAny(s, "0123456789"); got != want {
			t.Fatalf("hasDigit(%q) = %v, want %v", s, got, want)
		}
		single, apart := spacing(s)
		if want := s != "" && s == strings.Join(strings.Fields(s), " "); single != want && !strings.ContainsRune(s, '\u00a0') {
			t.Fatalf("%q is single spaced: %v, want %v", s, single, want)
		}
		if want := strings.Contains(s, " .") || strings.Contains(s, " ,"); apart != want {
			t.Fatalf("%q has a mark apart: %v, want %v", s, apart, want)
		}
	})
}

// A date is found by its words without their stems.
func TestPlainWords_AreTheWords(t *testing.T) {
	t.Parallel()
	v := newVocabulary("en", nil)
	for _, text := range []string{"On May 3, Élan paid 2,500.5 to U.S. banks", "東京で火災 on Monday", "", "İzmir’s Fire-Brigade"} {
		words, plain := v.words(text), plainWords(text)
		if len(words) != len(plain) {
			t.Fatalf("%q: %d words, want %d", text, len(plain), len(words))
		}
		for i, w := range words {
			if p := plain[i]; p.lower != v.lower(&w) || p.upper != w.upper {
				t.Errorf("%q: word %d is %+v, want %+v", text, i, p, w)
			}
		}
	}
}

func TestOpensNumber_OpensAll(t *testing.T) {
	t.Parallel()
	for w := range smallNumbers {
		if !opensNumber(w[0]) || !opensNumber(strings.ToUpper(w)[0]) {
			t.Errorf("%q does not open a number", w)
		}
	}
}
