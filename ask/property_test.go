package ask_test

import (
	"strings"
	"testing"
	"time"

	"newsdesk/ask"

	"pgregory.net/rapid"
)

// seeds are the beginnings of questions and texts.
var seeds = []string{
	"How many people died in the Velmora earthquake?", "who won", "WHEN did \"it\" happen?!", "2,500 troops; 3.5% of $40 m", "東京で地震 7.1", "U.S. vs. U.K.",
	"\xff\xfe\x00", "🌋👩‍👩‍👧", "a.b.c.d", "—— (AP) — x", "'s ’s 's", "in May 2019", "Who? What? Which country or city?", "\n\n- item\n- item", "",
}

// FuzzAnswer asks anything of anything.
func FuzzAnswer(f *testing.F) {
	for i, s := range seeds {
		f.Add(s, seeds[(i+1)%len(seeds)], week[i%len(week)].Body+" "+s)
	}
	f.Fuzz(func(t *testing.T, question, title, body string) {
		ix := newShelf(article(ago(3), "Delta Wire", title, body), article(time.Time{}, title, body, question), week[0])
		for i := range ix {
			ix[i].Score = float64(len(ix) - i)
		}
		a, err := ask.New(all(ix), ask.Options{Threshold: 1e-9}).Answer(t.Context(), question, today, time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		keepsPromises(t, ix, a)
	})
}

// M22
func TestAnswer_KeepsItsPromises(t *testing.T) {
	t.Parallel()
	word := rapid.SampledFrom(strings.Fields(`the earthquake Velmora killed 31 people, 2,500 troops in Iraq. "The Salt Road" $40 million on 3 March;
		Mayor Lindqvist said — (AP) U.S. 6.4 not since Who won? Tuesday. Delta's toll rose to eleven! ` + "\n\n 東京で地震 🌋 éàü x"))
	text := func(min, max int) *rapid.Generator[string] {
		return rapid.Map(rapid.SliceOfN(word, min, max), func(ws []string) string { return strings.Join(ws, " ") })
	}
	rapid.Check(t, func(t *rapid.T) {
		ix := make(shelf, rapid.IntRange(0, 12).Draw(t, "articles"))
		for i := range ix {
			ix[i] = article(ago(rapid.IntRange(-50, 4000).Draw(t, "hours")), rapid.SampledFrom([]string{"", "Courier", "Delta Wire"}).Draw(t, "outlet"),
				text(0, 12).Draw(t, "title"), text(0, 120).Draw(t, "body"))
			ix[i].Score = rapid.Float64Range(0, 40).Draw(t, "score")
		}
		ix = newShelf(ix...)
		question := text(0, 30).Draw(t, "question")
		asked := rapid.SampledFrom([]time.Time{{}, today}).Draw(t, "asked")
		a, err := ask.New(all(ix), ask.Options{Threshold: 1e-9}).Answer(t.Context(), question, asked, time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		keepsPromises(t, ix, a)
	})
}
