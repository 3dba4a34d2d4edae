package events

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

// stream makes documents on made-up happenings: each has words of its own and
// shares a vocabulary, with frequencies as skewed as in a language, with all
// others.
type stream struct {
	rnd   *rand.Rand
	zipf  *rand.Zipf
	n     int64
	start time.Time
}

func newStream() *stream {
	r := rand.New(rand.NewPCG(1, 2))
	return &stream{rnd: r, zipf: rand.NewZipf(r, 1.1, 8, 60_000), start: time.Date(2031, 5, 1, 0, 0, 0, 0, time.UTC)}
}

func (s *stream) word() string {
	n := s.zipf.Uint64()
	const c, v = "bdfgklmnprstvz", "aeiou"
	var b strings.Builder
	for range 3 {
		b.WriteByte(c[n%uint64(len(c))])
		n /= uint64(len(c))
		b.WriteByte(v[n%uint64(len(v))])
		n /= uint64(len(v))
	}
	return b.String()
}

func (s *stream) next() Doc {
	s.n++
	own := fmt.Sprintf("Zor%dak Vel%dum", s.n/3, s.n/3)
	var title, text strings.Builder
	title.WriteString(own)
	for range 7 {
		title.WriteString(" " + s.word())
	}
	text.WriteString(own)
	for i := range 180 {
		text.WriteString(" " + s.word())
		if i%18 == 17 {
			text.WriteString(".")
		}
	}
	return Doc{
		ID: s.n, Title: title.String(), Text: text.String(), Source: fmt.Sprintf("Outlet %d", s.n%200),
		Published: s.start.Add(time.Duration(s.n) * 4 * time.Second),
	}
}

// BenchmarkGrouper times one document, decided and added, with 100,000 in view.
func BenchmarkGrouper(b *testing.B) {
	s := newStream()
	g := New(Default())
	for range 100_000 {
		d := s.next()
		g.Add(d, d.ID/3+1, 0)
	}
	docs := make([]Doc, 5_000)
	for i := range docs {
		docs[i] = s.next()
	}
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		d := docs[i%len(docs)]
		i++
		d.ID += int64(i)
		dec := g.Decide(d)
		if dec.Event == 0 {
			dec.Event = d.ID
		}
		if i <= len(docs) {
			g.Add(d, dec.Event, dec.DuplicateOf)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "docs/s")
}

func BenchmarkDuplicate(b *testing.B) {
	s := newStream()
	x, y := s.next(), s.next()
	b.ReportAllocs()
	for b.Loop() {
		Duplicate(x, y)
	}
}
