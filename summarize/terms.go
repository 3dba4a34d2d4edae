package summarize

import (
	"math"

	"newsdesk/news"
)

// What is known of a stem of an article: by it terms estimates the chance that
// a person's summary of the article has the stem too.
const (
	termNear       = iota // 1/(position+1) of the sentence that has it first
	termFirst             // logarithm of that position
	termDepth             // that position by the number of sentences
	termPlace             // where in that sentence it stands
	termOften             // logarithm of how often it occurs
	termShare             // how often, by the most frequent stem
	termSpread            // logarithm of the number of sentences that have it
	termUpper             // share of capitals
	termDigit             // begins with a digit
	termName              // share in names
	termPerson            // share in names of persons
	termLocus             // share in names of places
	termTop3              // how many of the first three sentences have it
	termTop8              // how many of the first eight
	termQuoted            // share of quotation in its sentences
	termBest              // score of the best sentence that has it
	termSum               // sum over the sentences that have it, the better the more
	termTitle             // stands in the title
	termTitlePlace        // where in the title
	termDay               // a day or month
	termLength            // its characters
	termWithin            // words of the sentence that has it first
	termTitled            // whether there is a title
	termOpens             // opens that sentence
	termLong              // logarithm of the number of sentences
	termReach             // share of the sentences that have it
	numTermFeatures
)

// What is known of two words side by side, one of which is no stop word.
const (
	pairNear   = iota // as of a stem
	pairFirst         //
	pairDepth         //
	pairOften         //
	pairTop3          // how often it stands in the first three sentences
	pairTop8          // in the first eight
	pairBest          //
	pairTitle         //
	pairStop          // 1 where the first is a stop word, 2 where the second is
	pairTitled        //
	pairLong          //
	numPairFeatures
)

type (
	termFeatures [numTermFeatures]float64
	pairFeatures [numPairFeatures]float64
)

// noPlace is the place in the title of what does not stand in it.
const noPlace = 20

// pair is two words side by side: stems, or stop words by a number below zero.
type pair [2]int32

// terms holds how likely it is that a summary of an article tells each of its
// stems and pairs.
type terms struct {
	one  []float64 // by stem
	two  []float64 // by the numbers of pairs
	at   map[pair]int32
	stop map[string]int32 // numbers of stop words
}

// terms weighs the words of a document, whose sentences have these scores.
func (d *document) terms(ranks []float64) *terms {
	t, words, pairs := d.describeTerms(ranks)
	t.one, t.two = make([]float64, len(words)), make([]float64, len(pairs))
	for k := range words {
		if words[k][termOften] != titleOnly {
			t.one[k] = chance(termBias, termWeights[:], words[k][:])
		}
	}
	for i := range pairs {
		t.two[i] = chance(pairBias, pairWeights[:], pairs[i][:])
	}
	return t
}

// chance is the logistic model's.
func chance(bias float64, weights, features []float64) float64 {
	for i, w := range weights {
		bias += w * features[i]
	}
	return 1 / (1 + math.Exp(-bias))
}

// sequence returns the words of a text as pairs hold them.
func (t *terms) sequence(ws []word) []int32 {
	out := make([]int32, len(ws))
	for i, w := range ws {
		if out[i] = int32(w.key); w.key < 0 {
			id, ok := t.stop[w.lower]
			if !ok {
				id = -1 - int32(len(t.stop))
				t.stop[w.lower] = id
			}
			out[i] = id
		}
	}
	return out
}

// titleOnly is how often a stem occurs that stands in the title alone: it has no other
// features.
const titleOnly = -1

// describeTerms returns the features of the document's stems and of its pairs, both
// by their numbers.
func (d *document) describeTerms(ranks []float64) (t *terms, words []termFeatures, pairs []pairFeatures) {
	t = &terms{at: make(map[pair]int32), stop: make(map[string]int32)}
	words = make([]termFeatures, len(d.vocab.ids))
	all := 0
	for i := range d.sents {
		all += len(d.sents[i].words)
	}
	pairs = make([]pairFeatures, 0, all/2)
	spread := make([]float64, len(words))
	titled := t.sequence(d.vocab.words(d.article.Title))
	place, titlePairs := make(map[int32]float64), make(map[pair]bool)
	for i, k := range titled {
		if _, ok := place[k]; !ok && k >= 0 {
			place[k] = float64(i)
		}
		if i > 0 {
			titlePairs[pair{titled[i-1], k}] = true
		}
	}
	hasTitle, long := float64(min(3, len(place))), 0
	for i := range d.sents {
		s := &d.sents[i]
		pos := float64(long)
		if len(s.words) >= 6 {
			long++
		}
		seq := t.sequence(s.words)
		kinds := s.nameKinds()
		quoted := quoteShare(s.Text)
		for j, k := range seq {
			if j > 0 && (k >= 0 || seq[j-1] >= 0) {
				p := pair{seq[j-1], k}
				at, seen := t.at[p]
				if !seen {
					at = int32(len(pairs))
					t.at[p] = at
					pairs = append(pairs, pairFeatures{pairDepth: pos, pairBest: ranks[i], pairTitle: b2f(titlePairs[p]), pairStop: b2f(p[0] < 0) + 2*b2f(p[1] < 0), pairTitled: hasTitle})
				}
				f := &pairs[at]
				f[pairOften]++
				f[pairBest] = max(f[pairBest], ranks[i])
				f[pairTop3] += b2f(pos < 3)
				f[pairTop8] += b2f(pos < 8)
			}
			if k < 0 {
				continue
			}
			w, f := s.words[j], &words[k]
			if f[termOften] == 0 {
				*f = termFeatures{
					termDepth: pos, termPlace: float64(j) / float64(len(seq)), termBest: ranks[i], termTitlePlace: noPlace, termLength: float64(len(w.lower)),
					termWithin: float64(len(seq)), termTitled: hasTitle, termOpens: b2f(j == 0),
				}
				if at, ok := place[k]; ok {
					f[termTitle], f[termTitlePlace] = 1, at
				}
			}
			f[termOften]++
			f[termUpper] += b2f(w.upper && j > 0)
			f[termDigit] = max(f[termDigit], b2f(w.digit))
			if w.upper {
				f[termDay] = max(f[termDay], b2f(calendar[capital(w.lower)]))
			}
			if kind, ok := kinds[int(k)]; ok {
				f[termName]++
				f[termPerson] += b2f(kind == person)
				f[termLocus] += b2f(kind == locus)
			}
		}
		for _, k := range s.keys {
			f := &words[k]
			spread[k]++
			f[termBest] = max(f[termBest], ranks[i])
			f[termSum] += math.Exp(ranks[i] - 2)
			f[termTop3] += b2f(pos < 3)
			f[termTop8] += b2f(pos < 8)
			f[termQuoted] += quoted
		}
	}
	n := float64(max(1, long))
	for k := range words {
		f := &words[k]
		often := f[termOften]
		if often == 0 {
			f[termOften] = titleOnly
			continue
		}
		f[termNear], f[termFirst], f[termDepth] = 1/(1+f[termDepth]), math.Log1p(f[termDepth]), f[termDepth]/n
		f[termOften], f[termShare], f[termSpread] = math.Log(often), often/float64(max(1, d.maxim)), math.Log(spread[k])
		for _, i := range [...]int{termUpper, termName, termPerson, termLocus} {
			f[i] /= often
		}
		f[termQuoted] /= spread[k]
		f[termReach], f[termLong] = spread[k]/n, math.Log(n)
	}
	for i := range pairs {
		f := &pairs[i]
		f[pairNear], f[pairFirst], f[pairDepth] = 1/(1+f[pairDepth]), math.Log1p(f[pairDepth]), f[pairDepth]/n
		f[pairOften], f[pairLong] = math.Log(f[pairOften]), math.Log(n)
	}
	return t, words, pairs
}

// nameKinds returns what kind of name each stem of a sentence stands in.
func (s *sentence) nameKinds() map[int]kind {
	out := make(map[int]kind)
	for _, m := range s.names {
		for _, w := range s.words {
			if w.start >= m.start && w.end <= m.end && w.key >= 0 {
				out[w.key] = m.kind
			}
		}
	}
	return out
}

// TermRow is a word or a pair of words of an article, for fitting the weights
// of terms.
type TermRow struct {
	Features []float64
	Told     bool // the summary has it
}

// TermRows returns what is known of an article's words and pairs of words, and
// which of them a summary of it tells. The order is the same each time.
func TermRows(a news.Article, summary []string) (words, pairs []TermRow) {
	lang := language(a.Lang, a.Body)
	d := newDocument(a, newVocabulary(lang, nil), lang)
	t, ones, twos := d.describeTerms(d.scores())
	told, both := make(map[int32]bool), make(map[pair]bool)
	for _, text := range summary {
		seq := t.sequence(d.vocab.words(text))
		for i, k := range seq {
			told[k] = true
			if i > 0 {
				both[pair{seq[i-1], k}] = true
			}
		}
	}
	for k, f := range ones {
		if f[termOften] != titleOnly {
			words = append(words, TermRow{f[:], told[int32(k)]})
		}
	}
	seen := make(map[pair]bool, len(twos))
	for i := range d.sents {
		seq := t.sequence(d.sents[i].words)
		for j := 1; j < len(seq); j++ {
			p := pair{seq[j-1], seq[j]}
			if at, ok := t.at[p]; ok && !seen[p] {
				seen[p] = true
				pairs = append(pairs, TermRow{twos[at][:], both[p]})
			}
		}
	}
	return words, pairs
}
