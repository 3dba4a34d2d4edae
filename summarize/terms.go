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

// terms holds how likely it is that a summary of an article tells each of its
// stems and pairs. What is known of one is made of its sums when it is asked for:
// half of them stand in no wording.
type terms struct {
	words  []termFeatures // by stem
	pairs  []pairFeatures // by the numbers of pairs
	spread []float64      // by stem, the number of sentences that have it
	one    []float64      // chances of stems, below zero until they are asked for
	two    []float64      // of pairs
	at     pairNumbers
	length float64 // the number of sentences that are not short
	long   float64 // its logarithm
	maxim  float64 // how often the most frequent stem occurs

	seq    []int32 // words of a sentence
	place  []int32 // by stem, where in the title it stands, counted from 1
	titled pairNumbers
	named  []naming
}

// naming is what kind of name a stem stands in, in the last sentence that named it.
type naming struct {
	sent int32 // counted from 1
	kind kind
}

// unknown is a chance that nobody asked for yet.
const unknown = -1

// chance is the logistic model's.
func chance(bias float64, weights, features []float64) float64 {
	for i, w := range weights {
		bias += w * features[i]
	}
	return 1 / (1 + math.Exp(-bias))
}

// sequence returns the words of a text as pairs hold them, in the memory of an older
// sequence.
func sequence(ws []word, old []int32) []int32 {
	out := old[:0]
	for i := range ws {
		out = append(out, ws[i].key)
	}
	return out
}

// weigh sums what is known of the words of a document, whose sentences have these
// scores.
func (t *terms) weigh(d *document, ranks []float64) {
	n, all := d.vocab.size(), 0
	for i := range d.sents {
		all += len(d.sents[i].words)
	}
	title := d.vocab.words(d.article.Title)
	n = max(n, d.vocab.size())
	t.words, t.spread = zeroed(t.words, n), zeroed(t.spread, n)
	t.place, t.named = zeroed(t.place, n), zeroed(t.named, n)
	t.at.reset(all)
	t.pairs = t.pairs[:0]
	hasTitle, long := t.readTitle(title), 0
	for i := range d.sents {
		s := &d.sents[i]
		pos := float64(long)
		if len(s.words) >= 6 {
			long++
		}
		t.seq = sequence(s.words, t.seq)
		t.nameKinds(s, int32(i+1))
		quoted := quoteShare(s.Text)
		for j, k := range t.seq {
			if j > 0 && (k >= 0 || t.seq[j-1] >= 0) {
				p := pair{t.seq[j-1], k}
				at, fresh := t.at.add(p)
				if fresh {
					t.pairs = append(t.pairs, pairFeatures{pairDepth: pos, pairBest: ranks[i], pairTitle: b2f(t.titled.of(p) >= 0), pairStop: b2f(p[0] < 0) + 2*b2f(p[1] < 0), pairTitled: hasTitle})
				}
				f := &t.pairs[at]
				f[pairOften]++
				f[pairBest] = max(f[pairBest], ranks[i])
				f[pairTop3] += b2f(pos < 3)
				f[pairTop8] += b2f(pos < 8)
			}
			if k < 0 {
				continue
			}
			w, f := &s.words[j], &t.words[k]
			if f[termOften] == 0 {
				*f = termFeatures{
					termDepth: pos, termPlace: float64(j) / float64(len(t.seq)), termBest: ranks[i], termTitlePlace: noPlace, termLength: float64(len(d.vocab.lower(w))),
					termWithin: float64(len(t.seq)), termTitled: hasTitle, termOpens: b2f(j == 0),
				}
				if at := t.place[k]; at > 0 {
					f[termTitle], f[termTitlePlace] = 1, float64(at-1)
				}
			}
			f[termOften]++
			f[termUpper] += b2f(w.upper && j > 0)
			f[termDigit] = max(f[termDigit], b2f(w.digit))
			if w.upper && f[termDay] == 0 {
				f[termDay] = b2f(dayWords.Has(d.vocab.lower(w)))
			}
			if in := t.named[k]; in.sent == int32(i+1) {
				f[termName]++
				f[termPerson] += b2f(in.kind == person)
				f[termLocus] += b2f(in.kind == locus)
			}
		}
		sum := math.Exp(ranks[i] - 2)
		for _, k := range s.keys {
			f := &t.words[k]
			t.spread[k]++
			f[termBest] = max(f[termBest], ranks[i])
			f[termSum] += sum
			f[termTop3] += b2f(pos < 3)
			f[termTop8] += b2f(pos < 8)
			f[termQuoted] += quoted
		}
	}
	t.length, t.maxim = float64(max(1, long)), float64(max(1, d.maxim))
	t.long = math.Log(t.length)
	t.one, t.two = zeroed(t.one, len(t.words)), zeroed(t.two, len(t.pairs))
	for k := range t.one {
		t.one[k] = unknown
	}
	for i := range t.two {
		t.two[i] = unknown
	}
}

// readTitle notes the words and pairs of a title, and returns how many stems it has,
// up to three.
func (t *terms) readTitle(title []word) float64 {
	t.titled.reset(0)
	t.seq = sequence(title, t.seq)
	stems := 0
	for i, k := range t.seq {
		if k >= 0 && t.place[k] == 0 {
			t.place[k] = int32(i + 1)
			stems++
		}
		if i > 0 {
			t.titled.add(pair{t.seq[i-1], k})
		}
	}
	return float64(min(3, stems))
}

// nameKinds notes what kind of name each stem of a sentence stands in.
func (t *terms) nameKinds(s *sentence, sent int32) {
	for _, m := range s.names {
		for i := range s.words {
			if w := &s.words[i]; int(w.start) >= m.start && int(w.end) <= m.end && w.key >= 0 {
				t.named[w.key] = naming{sent, m.kind}
			}
		}
	}
}

// countLogs and positionLogs are the logarithms of small whole numbers, and of those
// and one.
var countLogs, positionLogs = func() (counts, positions [64]float64) {
	for n := range counts {
		counts[n], positions[n] = math.Log(float64(n)), math.Log1p(float64(n))
	}
	return counts, positions
}()

// logCount is math.Log of a whole number that is not below zero.
func logCount(n float64) float64 {
	if n < float64(len(countLogs)) {
		return countLogs[int(n)]
	}
	return math.Log(n)
}

// logPosition is math.Log1p of one.
func logPosition(n float64) float64 {
	if n < float64(len(positionLogs)) {
		return positionLogs[int(n)]
	}
	return math.Log1p(n)
}

// describeStem makes the features of a stem of its sums, once, and reports whether it
// has any: one that stands in the title alone has none.
func (t *terms) describeStem(k int) bool {
	f := &t.words[k]
	often := f[termOften]
	if often == 0 {
		return false
	}
	f[termNear], f[termFirst], f[termDepth] = 1/(1+f[termDepth]), logPosition(f[termDepth]), f[termDepth]/t.length
	f[termOften], f[termShare], f[termSpread] = logCount(often), often/t.maxim, logCount(t.spread[k])
	for _, i := range [...]int{termUpper, termName, termPerson, termLocus} {
		f[i] /= often
	}
	f[termQuoted] /= t.spread[k]
	f[termReach], f[termLong] = t.spread[k]/t.length, t.long
	return true
}

// describePair does the same of a pair.
func (t *terms) describePair(i int) {
	f := &t.pairs[i]
	f[pairNear], f[pairFirst], f[pairDepth] = 1/(1+f[pairDepth]), logPosition(f[pairDepth]), f[pairDepth]/t.length
	f[pairOften], f[pairLong] = logCount(f[pairOften]), t.long
}

// stem returns how likely it is that a summary tells a stem.
func (t *terms) stem(k int32) float64 {
	if t.one[k] == unknown {
		t.one[k] = 0
		if t.describeStem(int(k)) {
			t.one[k] = chance(termBias, termWeights[:], t.words[k][:])
		}
	}
	return t.one[k]
}

// pair returns how likely it is that a summary tells a pair, by its number.
func (t *terms) pair(i int32) float64 {
	if t.two[i] == unknown {
		t.describePair(int(i))
		t.two[i] = chance(pairBias, pairWeights[:], t.pairs[i][:])
	}
	return t.two[i]
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
	w := new(weigher)
	d := newDocument(a, newVocabulary(lang, nil), lang, w)
	var t terms
	t.weigh(d, d.scores(w))
	told, both := make(map[int32]bool), make(map[pair]bool)
	for _, text := range summary {
		seq := sequence(d.vocab.words(text), nil)
		for i, k := range seq {
			told[k] = true
			if i > 0 {
				both[pair{seq[i-1], k}] = true
			}
		}
	}
	for k := range t.words {
		if t.describeStem(k) {
			words = append(words, TermRow{t.words[k][:], told[int32(k)]})
		}
	}
	for i := range t.pairs {
		t.describePair(i)
	}
	seen := make(map[pair]bool, len(t.pairs))
	for i := range d.sents {
		seq := sequence(d.sents[i].words, nil)
		for j := 1; j < len(seq); j++ {
			p := pair{seq[j-1], seq[j]}
			if at := t.at.of(p); at >= 0 && !seen[p] {
				seen[p] = true
				pairs = append(pairs, TermRow{t.pairs[at][:], both[p]})
			}
		}
	}
	return words, pairs
}
