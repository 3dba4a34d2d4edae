package summarize

import (
	"math"
	"slices"

	"newsdesk/news"
)

// Dossier condenses one event again and again while its articles come in. It
// remembers what it read of each article, so that another one costs the reading
// of that one alone. It is not safe for concurrent use.
type Dossier struct {
	s        *Summarizer
	lang     string
	vocab    *vocabulary
	readings []*Reading // of the last Merge
	adopted  []*Reading // over vocabularies of their own
	said     []*statement
	words    *vocabulary // of what was said
	dropped  int         // readings that are no longer of the event, whose words the vocabulary still has
}

// Dossier returns an empty Dossier with the bounds of the Summarizer.
func (s *Summarizer) Dossier() *Dossier { return &Dossier{s: s} }

// Adopt spares the Dossier the reading of an article that the next Merge is
// given. The reading belongs to the Dossier from then on; nil adds nothing.
func (d *Dossier) Adopt(r *Reading) {
	if r != nil {
		w := d.s.weigher()
		r.compact(w)
		r.vocab.forget()
		d.s.release(w)
		d.adopted = append(d.adopted, r)
	}
}

// Join spares the Dossier the reading of what another one read of articles that the
// next Merge and the next Ledger are given. The other is used up.
func (d *Dossier) Join(other *Dossier) {
	d.adopted = append(append(d.adopted, other.readings...), other.adopted...)
	if d.words == nil {
		d.words = newVocabulary("en", d.s.stems)
	}
	for _, st := range other.said {
		st.vocab = d.words
		d.said = append(d.said, st)
	}
}

// read makes the articles ready over one vocabulary, so that their stems
// compare. Each keeps its own language for what is told apart by it. Articles
// that were read before are not read again.
func (d *Dossier) read(arts []news.Article) []*Reading {
	langs := make([]string, len(arts))
	counts := make(map[string]int)
	out := make([]*Reading, len(arts))
	fresh := make([]*Reading, len(arts))
	kept := 0
	for i := range arts {
		a := &arts[i]
		if out[i] = find(d.readings, a); out[i] != nil {
			langs[i] = out[i].lang
			kept++
		} else if fresh[i] = find(d.adopted, a); fresh[i] != nil {
			langs[i] = fresh[i].lang
		} else {
			langs[i] = language(a.Lang, a.Body)
		}
		counts[langs[i]]++
	}
	main := langs[0]
	for _, l := range langs {
		if counts[l] > counts[main] {
			main = l
		}
	}
	d.dropped += max(0, len(d.readings)-kept)
	if d.vocab == nil || main != d.lang {
		clear(out)
	}
	if d.vocab == nil || main != d.lang || d.dropped > len(arts) {
		d.vocab, d.lang, d.dropped = newVocabulary(main, d.s.stems), main, 0
		for i, r := range out {
			if r != nil {
				out[i] = r.over(d.vocab)
			}
		}
	}
	docs := make([]*document, len(arts))
	for i, a := range arts {
		switch {
		case out[i] != nil:
		case fresh[i] != nil && langs[i] == main:
			out[i] = fresh[i].over(d.vocab)
		default:
			docs[i] = d.s.document(a, d.vocab, langs[i])
		}
	}
	w, read := d.s.weigher(), false
	defer d.s.release(w)
	for i, doc := range docs {
		if doc != nil {
			out[i] = d.s.reading(doc)
			out[i].compact(w)
			read = true
		}
	}
	if read {
		d.vocab.forget()
	}
	d.readings, d.adopted = slices.Clone(out), nil
	return out
}

// Ledger is NewLedger, and remembers what it read as Merge does.
func (d *Dossier) Ledger(arts []news.Article) *Ledger {
	if d.words == nil {
		d.words = newVocabulary("en", d.s.stems)
	}
	w := d.s.weigher()
	defer d.s.release(w)
	said := make([]*statement, len(arts))
	for i := range arts {
		a := &arts[i]
		if at := slices.IndexFunc(d.said, func(st *statement) bool { return sameArticle(&st.article, a) }); at >= 0 {
			said[i] = d.said[at]
		} else {
			said[i] = statementOf(*a, d.words, find(d.readings, a), w)
		}
	}
	d.said = said
	d.words.forget()
	return ledgerOf(arts, said)
}

// find returns what was read of an article, nil where it was not.
func find(among []*Reading, a *news.Article) *Reading {
	for _, r := range among {
		if sameArticle(&r.article, a) {
			return r
		}
	}
	return nil
}

func sameArticle(a, b *news.Article) bool {
	return a.ID == b.ID && a.Title == b.Title && a.Body == b.Body && a.Lang == b.Lang && a.Outlet == b.Outlet && a.When().Equal(b.When())
}

// originals marks the articles that are no copies of an earlier one.
func originals(docs []*Reading) []bool {
	own := make([]bool, len(docs))
	for i, d := range docs {
		own[i] = true
		for j, o := range docs[:i] {
			if !own[j] || len(d.lines) == 0 {
				continue
			}
			if same := inBoth(d.lines, o.lines); float64(same) >= copyShare*float64(len(d.lines)) {
				own[i] = false
			}
		}
	}
	return own
}

// support weighs the stems of an event: what several articles hold counts more
// than in proportion. It is the position-weighted centroid over all sentences.
func support(docs []*Reading, own []bool) []float64 {
	n := docs[0].vocab.size()
	sum, held := make([]float64, n), make([]int32, n)
	for i, d := range docs {
		if !own[i] {
			continue
		}
		for _, m := range d.first {
			sum[m.key] += float64(m.weight)
			held[m.key]++
		}
	}
	for k := range sum {
		if held[k] < 2 {
			sum[k] *= 0.5
		}
	}
	return sum
}

// worthOf is the support of stems, damped by their number.
func worthOf(keys []int, weights []float64, damping func(int) float64) float64 {
	sum := 0.0
	for _, k := range keys {
		if k < len(weights) {
			sum += weights[k]
		}
	}
	return sum / damping(len(keys))
}

// brief damps the support of a headline.
func brief(n int) float64 { return math.Pow(float64(n)+4, 0.8) }
