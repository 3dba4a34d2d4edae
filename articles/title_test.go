package articles

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestTitle(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, og, tag string
		h1            []string
		want          string
	}{
		{"the headline in other words", "Zero waste living guide for beginners : Saltby", "", []string{"A beginner's guide to zero waste living"}, "A beginner's guide to zero waste living"},
		{"a heading that tells of something else", "Dredging closes the harbour basin", "", []string{"Select your location"}, "Dredging closes the harbour basin"},
		{"the site's name as heading", "Dredging closes the harbour basin", "Saltby Echo: Dredging closes the harbour basin", []string{"Saltby Echo"}, "Dredging closes the harbour basin"},
		{"the heading in <title> alone", "", "Dredging closes the harbour basin | Saltby Echo", []string{"Dredging closes the harbour basin"}, "Dredging closes the harbour basin"},
		{"a heading with where it is from and a count", "Dredging closes the harbour basin", "", []string{"Dredging closes the harbour basin (echo.example) 87"}, "Dredging closes the harbour basin"},
		{"a heading that says more", "Dredging closes the harbour basin", "", []string{"Dredging closes the harbour basin until the end of May"}, "Dredging closes the harbour basin until the end of May"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			h := head{meta: map[string]string{"og:title": c.og}, title: c.tag, h1: c.h1}
			if got := h.titleOf(""); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestWords(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text string
		want []string
	}{
		{"", []string{}},
		{"“Don’t,” said ÉMILE\u0301—twice in 2026", []string{"don", "t", "said", "émile\u0301", "twice", "in", "2026"}},
		{"\u0301no mark begins one", []string{"no", "mark", "begins", "one"}},
		{"Go東京2号 ไทย…", []string{"go", "東", "京", "2", "号", "ไ", "ท", "ย"}},
	} {
		if diff := cmp.Diff(c.want, words(c.text)); diff != "" {
			t.Errorf("%q: -want +got\n%s", c.text, diff)
		}
		want := 0
		for _, w := range c.want { // two letters of a script without blanks are a word
			want += 2
			if unspaced([]rune(w)[0]) {
				want--
			}
		}
		if got := countOf([]string{c.text}); got != want/2 {
			t.Errorf("%q: %d words, want %d", c.text, got, want/2)
		}
	}
}

func TestOverlap(t *testing.T) {
	t.Parallel()
	paras := []string{"The HARBOURMASTER closes", "it in 2026, Äpfel and 東京"}
	for _, c := range []struct {
		title string
		want  float64
	}{
		{"Harbour closed", 1},
		{"harbour, harbour, basin, basin", 0.5},
		{"Closed äpfel 2026 nowhere", 0.75},
		{"東北", 0.5},
		{"it is", 1}, // has no telling words
	} {
		if got := overlap(c.title, paras); got != c.want {
			t.Errorf("%q: got %v, want %v", c.title, got, c.want)
		}
	}
}

func TestWordSet_NearlyIsAlike(t *testing.T) {
	t.Parallel()
	word := rapid.SampledFrom([]string{"one", "Two,", "three", "FOUR", "five", "-"})
	rapid.Check(t, func(t *rapid.T) {
		some := rapid.SliceOfN(word, 0, 5).Draw(t, "some")
		a := strings.Join(some, " ")
		b := strings.Join(append(rapid.SliceOfN(word, 0, 2).Draw(t, "more"), some[rapid.IntRange(0, len(some)).Draw(t, "from"):]...), " ")
		if got, want := wordSetOf(a).nearly(b), alike(a, b) >= 0.75; got != want {
			t.Errorf("%q and %q: %v, want %v", a, b, got, want)
		}
	})
}

func TestFold(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"": "", " ": "", "a": "a", "a b": "a b", " a": "a", "a ": "a", "a  b": "a b", "a\tb": "a b", "a\u00a0b c": "a b c", "é \u3000ü": "é ü",
	} {
		if got := fold(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}
