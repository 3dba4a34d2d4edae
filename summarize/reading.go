package summarize

import (
	"hash/maphash"
	"slices"
	"time"

	"newsdesk/news"
)

// Reading is what is kept of an article once it was read: all that does not
// depend on the other articles of its event. Give it to the Dossier of the
// event that the article turns out to tell of.
type Reading struct {
	*document                    // of a Dossier: without its sentences
	places     []located         // its sentences
	stems      []int32           // of these, each once
	ranks      []float64         // of its sentences by themselves
	strict     []candidate       // wordings, unscored
	relaxed    []candidate       // where there are none, those that lean on their context
	counted    bool              // the wordings know their figures
	rests      map[int][]wording // what a wording says beside its number
	first      []mention         // its stems
	top        []int             // stems of its title and first sentences
	lines      []uint64          // hashes of its sentences, in order, each once
	who, where tally
	day        time.Time
	line       string // the headline that the two below are of
	lineFigs   []figure
	lineKeys   []int
}

// wording is what a candidate says in fewer words.
type wording struct {
	text string
	keys []int
	figs []figure
}

// located is a sentence of an article: where it stands, and where in Reading.stems its
// stems do.
type located struct{ index, start, end, from, to int32 }

func (p located) span() news.Span { return news.Span{Start: int(p.start), End: int(p.end)} }

// keys returns the stems of a sentence.
func (r *Reading) keys(p located) []int32 { return r.stems[p.from:p.to] }

// mention is a stem with the weight of its first mention.
type mention struct {
	key    int32
	weight float32
}

// Read condenses an article, as Article does, and returns what it read of it.
func (s *Summarizer) Read(a news.Article) (*Reading, news.Summary) {
	lang := language(a.Lang, a.Body)
	r := s.reading(s.document(a, newVocabulary(lang, s.stems), lang))
	return r, s.summary(r)
}

// document makes an article ready.
func (s *Summarizer) document(a news.Article, vocab *vocabulary, lang string) *document {
	w := s.weigher()
	defer s.release(w)
	return newDocument(a, vocab, lang, w)
}

// reading reads a document.
func (s *Summarizer) reading(d *document) *Reading {
	w := s.weigher()
	defer s.release(w)
	ranks := d.scores(w)
	r := &Reading{document: d, rests: make(map[int][]wording), day: d.when(), ranks: ranks, strict: s.wordings(d, ranks, false, w)}
	if len(r.strict) == 0 {
		r.relaxed = s.wordings(d, ranks, true, w)
	}
	r.who, r.where = d.prominent()
	return r
}

// mostWordings is how many wordings of an article, the best by themselves, are
// weighed against those of others. With 16 the facts of the labelled events are
// those that all wordings give.
const mostWordings = 16

// compact lets go of the document. What the vocabulary knows beside its stems is needed
// no longer then.
func (r *Reading) compact(w *weigher) {
	r.mentions(w)
	r.strict, r.relaxed = best(r.strict, r.ranks), best(r.relaxed, r.ranks)
	for _, cs := range [...][]candidate{r.strict, r.relaxed} {
		for i := range cs {
			cs[i].day, cs[i].place = r.tellsDay(cs[i].text), r.tellsPlace(cs[i].sent, cs[i].text)
		}
	}
	all := 0
	for i := range r.sents {
		all += len(r.sents[i].keys)
	}
	r.places, r.stems = make([]located, len(r.sents)), make([]int32, 0, all)
	lines := make([]uint64, 0, len(r.sents))
	for i := range r.sents {
		x := &r.sents[i]
		from := len(r.stems)
		for _, k := range x.keys {
			r.stems = append(r.stems, int32(k)) // a vocabulary holds far fewer stems than 2^31
		}
		r.places[i] = located{index: int32(x.index), start: int32(x.Span.Start), end: int32(x.Span.End), from: int32(from), to: int32(len(r.stems))}
		if t := tidy(x.Text); len(t) > 40 {
			lines = append(lines, maphash.String(seed, t))
		}
	}
	slices.Sort(lines)
	r.lines = slices.Clone(slices.Compact(lines))
	r.sents, r.full, r.count, r.title = nil, nil, nil, nil
}

// best returns the best wordings, in the order of the text.
func best(cs []candidate, ranks []float64) []candidate {
	if len(cs) <= mostWordings {
		return slices.Clip(cs)
	}
	scores := make([]float64, len(cs))
	for i := range cs {
		scores[i] = cs[i].scoreBy(ranks)
	}
	least := nth(scores, mostWordings)
	kept := make([]candidate, 0, mostWordings)
	for i := range cs {
		if len(kept) < mostWordings && scores[i] >= least {
			kept = append(kept, cs[i])
		}
	}
	return kept
}

// mentions notes the stems of a document: each counts by the place of its
// first mention.
func (r *Reading) mentions(w *weigher) {
	const title = 0.7 // what a word of the title counts more
	w.weights = zeroed(w.weights, r.vocab.size())
	weights, met := w.weights, w.met[:0] // 0 of those that were not met yet
	for j := range r.sents {
		for _, k := range r.sents[j].keys {
			if weights[k] == 0 {
				weights[k] = 1 / (1 + 0.4*float64(j))
				met = append(met, k)
			}
		}
		if j < 2 {
			r.top = append(r.top, r.sents[j].keys...)
		}
	}
	for k := range r.title {
		if weights[k] == 0 {
			met = append(met, k)
		}
		weights[k] += title
		r.top = append(r.top, k)
	}
	r.first = make([]mention, len(met))
	for i, k := range met {
		r.first[i] = mention{int32(k), float32(weights[k])}
	}
	w.met = met
	slices.Sort(r.top)
	r.top = slices.Clone(slices.Compact(r.top))
}

// over returns the reading with its stems, and no others, in another vocabulary of
// the same language. The reading itself is used up.
func (r *Reading) over(v *vocabulary) *Reading {
	to := make([]int, r.vocab.size())
	const used = -1
	r.renumber(func(k int) int {
		to[k] = used
		return k
	})
	for k, x := range r.vocab.stems.words { // in order, so that sums over them are the same each time
		if to[k] == used {
			to[k] = v.id(x.lower)
		}
	}
	r.renumber(func(k int) int { return to[k] })
	for _, cs := range [...][]candidate{r.strict, r.relaxed} {
		for _, c := range cs {
			slices.Sort(c.keys)
		}
	}
	r.vocab, r.line, r.lineKeys, r.lineFigs = v, "", nil, nil
	clear(r.rests)
	return r
}

// renumber gives the stems of a compact reading other numbers.
func (r *Reading) renumber(to func(k int) int) {
	for _, cs := range [...][]candidate{r.strict, r.relaxed} {
		for _, c := range cs {
			for i, k := range c.keys {
				c.keys[i] = to(k)
			}
		}
	}
	for i, k := range r.stems {
		r.stems[i] = int32(to(int(k)))
	}
	for i := range r.first {
		r.first[i].key = int32(to(int(r.first[i].key)))
	}
	for i, k := range r.top {
		r.top[i] = to(k)
	}
}

// ready returns the wordings as they are weighed against those of other
// articles.
func (r *Reading) ready(relaxed bool) []candidate {
	if !r.counted {
		r.counted = true
		for _, cs := range [...][]candidate{r.strict, r.relaxed} {
			for i := range cs {
				cs[i].figs = r.figures(cs[i].text)
			}
		}
	}
	if relaxed {
		return r.relaxed
	}
	return r.strict
}

// headlined notes the headline that the article's summary has.
func (r *Reading) headlined(line string) {
	if line != r.line {
		r.line, r.lineFigs, r.lineKeys = line, r.figures(line), r.vocab.keysOf(line)
	}
}

// scores scores the sentences by the support of what they say, by their own
// rank, and damps the overlong.
func (r *Reading) scores(weights []float64) []float64 {
	out := make([]float64, len(r.places))
	for i, p := range r.places {
		sum := 0.0
		keys := r.keys(p)
		for _, k := range keys {
			sum += weights[k]
		}
		out[i] = sum/damp(len(keys)) + 0.2*r.ranks[i]
	}
	return out
}
