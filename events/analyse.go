package events

import (
	"math"
	"slices"
	"strings"
	"time"
)

// How much of a document is kept.
const (
	textWords   = 260 // words of the text that the vector reads: the lead says what happened
	fullTerms   = 64
	keyTerms    = 24
	titleWeight = 3  // a word in the title counts as so many in the text
	leadPlaces  = 80 // words of the text in which places are looked for
)

// analyser turns documents into entries; its buffers are reused.
type analyser struct {
	vocab  *vocab
	scan   scanner
	places placeFinder
	terms  []term
	keys   []uint64 // terms with whether they are boosted, for sorting
	title  passage
	sketch []uint32
}

// entry analyses a document whose text was read.
func (a *analyser) entry(d Doc, day float64, bare bool, text *passage) *entry {
	e := &entry{doc: d.ID, day: day, bare: bare, kind: kindOf(d.Kind, d.Title), source: hash(sourceOf(d))}
	if sourceOf(d) == "" {
		e.source = 0
	}
	title := d.Title
	if len(title) > maxTitleBytes {
		title = strings.ToValidUTF8(title[:maxTitleBytes], "")
	}
	a.places.reset()
	a.terms = a.terms[:0]
	e.tongue = tongue(d.Lang)
	shouted := capitals(title)
	a.scan = scanner{s: title, buf: a.scan.buf, comma: e.tongue != 0}
	for {
		w, ok := a.scan.next()
		if !ok {
			break
		}
		k := a.vocab.word(w.text, d.Lang)
		a.places.add([]byte(k.raw), k.place)
		if !shouted {
			a.vocab.written(k, w, d.Lang)
		}
		if w.number {
			e.numbers = append(e.numbers, hash(w.text))
		}
		if k.says {
			a.terms = append(a.terms, k.id)
		}
	}
	slices.Sort(e.numbers)
	e.numbers = slices.Compact(e.numbers)
	e.inTitle = slices.Clone(a.places.found)
	e.title = a.vector(a.terms, 0, 1)
	a.title.read(title)
	for _, w := range a.title.words {
		e.headline = mix(e.headline ^ w)
	}
	if at := address(d.URL); at != "" {
		e.address = hash(at)
	}
	for _, t := range e.title {
		if a.vocab.rare(t.id) {
			e.rare = append(e.rare, t.id)
		}
	}
	for _, name := range sites(title) {
		if k := a.vocab.word([]byte(name), d.Lang); k.says {
			e.sites = append(e.sites, k.id)
		}
	}
	slices.Sort(e.sites)
	inTitle := len(a.terms)
	n := 0
	text.each(func(s string, _ []uint32) {
		a.scan = scanner{s: s, buf: a.scan.buf, comma: e.tongue != 0}
		for n < textWords {
			w, ok := a.scan.next()
			if !ok {
				break
			}
			n++
			k := a.vocab.word(w.text, d.Lang)
			if n <= leadPlaces {
				a.places.add([]byte(k.raw), k.place)
			}
			a.vocab.written(k, w, d.Lang)
			if k.says {
				a.terms = append(a.terms, k.id)
			}
		}
	})
	e.hasText = n >= 15
	e.inAll = slices.Clone(a.places.found)
	e.full = unit(heaviest(a.vector(a.terms, inTitle, titleWeight), fullTerms))
	e.key = heaviest(e.full, keyTerms)
	a.sketch = text.shingles(a.sketch)
	e.shingles = len(a.sketch)
	e.sketch = sketch(a.sketch)
	e.thin = text.thin()
	return e
}

// vector weighs terms by how often they stand, damped, and by how rare they
// are; the first boosted ones count boost times.
func (a *analyser) vector(terms []term, boosted int, boost float32) []weighted {
	a.keys = a.keys[:0]
	for i, id := range terms {
		k := uint64(id) << 1
		if i < boosted {
			k |= 1
		}
		a.keys = append(a.keys, k)
	}
	slices.Sort(a.keys)
	out := make([]weighted, 0, len(a.keys))
	for i := 0; i < len(a.keys); {
		id, n := term(a.keys[i]>>1), float32(0)
		for ; i < len(a.keys) && term(a.keys[i]>>1) == id; i++ {
			if a.keys[i]&1 == 1 {
				n += boost
			} else {
				n++
			}
		}
		out = append(out, weighted{id, float32(damped(n) * a.vocab.idf(id))})
	}
	return unit(out)
}

// dampedCounts are what small counts of a term weigh.
var dampedCounts = func() (out [32]float64) {
	for n := range out {
		out[n] = 1 + math.Log(float64(max(n, 1)))
	}
	return out
}()

// damped is what n mentions of a term weigh. Counts are whole.
func damped(n float32) float64 {
	if i := int(n); i < len(dampedCounts) {
		return dampedCounts[i]
	}
	return 1 + math.Log(float64(n))
}

// sketch keeps the smallest hashes of a sorted set (bottom-k sampling, Cohen
// and Kaplan 2007): two sketches estimate the overlap of the sets.
func sketch(sorted []uint32) []uint32 {
	return slices.Clone(sorted[:min(len(sorted), sketchSize)])
}

// resembles estimates from sketches whether two texts are one.
func resembles(a, b *entry) bool {
	// Of the smallest sketchSize hashes of the union, how many stand in both?
	n, both, i, j := 0, 0, 0, 0
	for n < sketchSize && (i < len(a.sketch) || j < len(b.sketch)) {
		switch {
		case j == len(b.sketch) || i < len(a.sketch) && a.sketch[i] < b.sketch[j]:
			i++
		case i == len(a.sketch) || a.sketch[i] > b.sketch[j]:
			j++
		default:
			both++
			i++
			j++
		}
		n++
	}
	if n == 0 {
		return false
	}
	jaccard := float64(both) / float64(n)
	shared := jaccard / (1 + jaccard) * float64(a.shingles+b.shingles)
	return sameText(a.shingles, b.shingles, int(math.Round(shared)), a.address != 0 && a.address == b.address)
}

// day returns a time in days since 1970 and whether it is a bare date.
func day(t time.Time) (days float64, bare bool) {
	t = t.UTC()
	return float64(t.Unix()) / 86400, t.Hour() == 0 && t.Minute() == 0 && t.Second() == 0
}
