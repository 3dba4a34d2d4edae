package ask_test

import (
	"fmt"
	"log/slog"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"newsdesk/ask"
	"newsdesk/internal/app"
	"newsdesk/news"
	"newsdesk/store"
)

// author writes invented news: a few hundred people and places, common words
// as uneven in number as those of a language, and now and then a fact.
type author struct {
	rng   *rand.Rand
	zipf  *rand.Zipf
	names []string
}

func newAuthor() *author {
	a := &author{rng: rand.New(rand.NewPCG(1, 2))} // benchmarks repeat
	a.zipf = rand.NewZipf(a.rng, 1.1, 8, 30_000)
	for range 2000 {
		w := a.word(uint64(a.rng.IntN(1 << 20)))
		a.names = append(a.names, strings.ToUpper(w[:1])+w[1:])
	}
	return a
}

func (a *author) word(n uint64) string {
	const syllables = "bacedifogulamenirotusavekilomupaderisotunave"
	var b strings.Builder
	for n += 7; n > 0; n /= 22 {
		i := 2 * (n % 22)
		b.WriteString(syllables[i : i+2])
	}
	return b.String()
}

func (a *author) name() string { return a.names[a.rng.IntN(len(a.names))] }

func (a *author) sentence() string {
	switch a.rng.IntN(6) {
	case 0:
		return fmt.Sprintf("%d people died in the flood in %s on Tuesday, %s said.", 2+a.rng.IntN(90), a.name(), a.name())
	case 1:
		return fmt.Sprintf("%s %s won the election in %s.", a.name(), a.name(), a.name())
	}
	var ws []string
	for range 12 + a.rng.IntN(12) {
		if a.rng.IntN(9) == 0 {
			ws = append(ws, a.name())
		} else {
			ws = append(ws, a.word(a.zipf.Uint64()))
		}
	}
	return strings.Join(ws, " ") + "."
}

func (a *author) article(i int) ask.Hit {
	var body []string
	for range 14 {
		body = append(body, a.sentence())
	}
	return ask.Hit{
		Article: news.ArticleID(i + 1), Title: strings.TrimSuffix(a.sentence(), "."), Outlet: "Wire " + strconv.Itoa(i%40),
		Body: strings.Join(body, " "), Published: today.Add(-time.Duration(i) * time.Minute), Score: 50 - float64(i%50),
	}
}

func (a *author) question() string {
	switch a.rng.IntN(4) {
	case 0:
		return fmt.Sprintf("How many people died in the flood in %s?", a.name())
	case 1:
		return fmt.Sprintf("Who won the election in %s?", a.name())
	case 2:
		return fmt.Sprintf("When did %s %s say that the %s would %s?", a.name(), a.name(), a.word(a.zipf.Uint64()), a.word(a.zipf.Uint64()))
	}
	return fmt.Sprintf("What happened to the %s of %s after the %s in %s?", a.word(a.zipf.Uint64()), a.name(), a.word(a.zipf.Uint64()), a.name())
}

// BenchmarkAnswer answers from 50 hits, without the search for them.
func BenchmarkAnswer(b *testing.B) {
	w := newAuthor()
	hits := make(all, ask.DefaultHits)
	for i := range hits {
		hits[i] = w.article(i)
	}
	answerer := ask.New(hits, ask.Options{})
	b.ReportAllocs()
	for b.Loop() {
		if _, err := answerer.Answer(b.Context(), "How many people died in the flood in "+w.names[7]+"?", today, time.Time{}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkAnswer_Stored asks a database of 100,000 articles, and reports the
// middle and the 99th of 100 questions.
func BenchmarkAnswer_Stored(b *testing.B) {
	if testing.Short() {
		b.Skip("storing 100,000 articles takes minutes")
	}
	w := newAuthor()
	db, err := store.Open(b.Context(), filepath.Join(b.TempDir(), "news.db"), slog.New(slog.DiscardHandler))
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	loader, err := app.NewLoader(b.Context(), db)
	if err != nil {
		b.Fatal(err)
	}
	for i := range 100_000 {
		h := w.article(i)
		if err := loader.Add(b.Context(), news.Article{Title: h.Title, Body: h.Body, Outlet: h.Outlet, Published: h.Published, Method: news.MethodPage}); err != nil {
			b.Fatal(err)
		}
	}
	if _, err := loader.Finish(b.Context()); err != nil {
		b.Fatal(err)
	}
	answerer := ask.New(db, ask.Options{})
	var took []time.Duration
	b.ReportAllocs()
	b.ResetTimer()
	for b.Loop() {
		start := time.Now()
		if _, err := answerer.Answer(b.Context(), w.question(), today, time.Time{}); err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
}
