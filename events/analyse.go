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
	leadNames   = 60 // words of the text that name what an article is about
)

// analyser turns documents into entries; its buffers are reused.
type analyser struct {
	vocab  *vocab
	scan   scanner
	places placeFinder
	terms  []term
	lead   []term
	counts []float32 // by term: how often it stands; all 0 between two documents
	unique []uint32  // terms, each once
	spare  []uint32
	title  []weighted
	full   []weighted
	least  []float32
	key    []weighted // the heaviest of the last document's vector: what the index holds of it
}

// entry analyses a document that was read.
func (a *analyser) entry(r *Parsed, day float64, bare bool) *entry {
	d, text := r.doc, &r.text
	e := &entry{doc: d.ID, day: day, bare: bare, kind: r.kind, source: hash(sourceOf(d)), thin: r.thin}
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
	in := dialectOf(d.Lang)
	a.scan = scanner{s: title, buf: a.scan.buf, comma: e.tongue != 0}
	for {
		w, ok := a.scan.next()
		if !ok {
			break
		}
		k, ok := a.vocab.byWord.get(in.sum(w.text))
		if !ok {
			k = a.vocab.learn(in.sum(w.text), w.text, d.Lang)
		}
		h := hash(w.text)
		e.headline = mix(e.headline ^ h)
		e.study = e.study || studyWords()[h]
		a.places.add(k)
		if !shouted {
			a.vocab.written(k, w.form, d.Lang)
		}
		if w.number() {
			e.numbers = append(e.numbers, h)
		}
		if k.says {
			a.terms = append(a.terms, k.id)
		}
	}
	slices.Sort(e.numbers)
	e.numbers = slices.Compact(e.numbers)
	inTitle := len(a.places.found)
	a.title = a.vector(a.title, a.terms, 0, 1)
	titled := len(a.terms)
	if at := address(d.URL); at != "" {
		e.address = hash(at)
	}
	for _, t := range a.title {
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
	a.lead = a.lead[:0]
	n := 0
	text.each(func(from, to int) {
		for i, t := range text.tokens[from:min(to, from+textWords-n)] {
			n++
			e.study = e.study || n <= leadPlaces && studyWords()[text.words[from+i]]
			k, ok := a.vocab.byWord.get(t.sum)
			if !ok {
				k = a.vocab.learn(t.sum, text.text(t), d.Lang)
			}
			if n <= leadPlaces {
				a.places.add(k)
			}
			if k.rare {
				a.vocab.written(k, t.form, d.Lang)
			}
			if k.says {
				a.terms = append(a.terms, k.id)
				if k.rare && n <= leadNames {
					a.lead = append(a.lead, k.id)
				}
			}
		}
	})
	e.lead = slices.Clone(a.lead)
	e.hasText = n >= 15
	places := slices.Clone(a.places.found)
	e.inTitle, e.inAll = places[:inTitle:inTitle], places
	a.full = a.vector(a.full, a.terms, titled, titleWeight)
	a.full = unit(a.heaviest(a.full, a.full, fullTerms))
	a.key = a.heaviest(a.key, a.full, keyTerms)
	both := make([]weighted, 0, len(a.title)+len(a.full))
	both = append(append(both, a.title...), a.full...)
	e.title, e.full = both[:len(a.title):len(a.title)], both[len(a.title):]
	a.vocab.mark(e)
	e.shingles, e.sketch = int32(min(len(r.shingles), maxTextBytes)), sketch(r.shingles)
	return e
}

// vector weighs terms by how often they stand, damped, and by how rare they
// are, into out; the first boosted ones count boost times.
func (a *analyser) vector(out []weighted, terms []term, boosted int, boost float32) []weighted {
	if more := len(a.vocab.stems) - len(a.counts); more > 0 {
		a.counts = append(a.counts, make([]float32, more)...)
	}
	a.unique = a.unique[:0]
	by := boost
	for i, id := range terms {
		if i == boosted {
			by = 1
		}
		if a.counts[id] == 0 {
			a.unique = append(a.unique, uint32(id))
		}
		a.counts[id] += by
	}
	a.unique, a.spare = sortNumbers(a.unique, a.spare)
	out = out[:0]
	for _, id := range a.unique {
		out = append(out, weighted{term(id), float32(damped(a.counts[id]) * a.vocab.idf(term(id)))})
		a.counts[id] = 0
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
	shared := jaccard / (1 + jaccard) * float64(int(a.shingles)+int(b.shingles))
	return sameText(int(a.shingles), int(b.shingles), int(math.Round(shared)), a.address != 0 && a.address == b.address)
}

// day returns a time in days since 1970 and whether it is a bare date.
func day(t time.Time) (days float64, bare bool) {
	t = t.UTC()
	return float64(t.Unix()) / 86400, t.Hour() == 0 && t.Minute() == 0 && t.Second() == 0
}
