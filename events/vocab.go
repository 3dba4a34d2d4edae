package events

import "math"

// priorDocs is how many imagined documents stand behind the table of shares:
// the stream outweighs the table after about as many of its own.
const priorDocs = 1500

// rareBelow is the least prior of a word of the table.
const rareBelow = shareOften2 * priorDocs / 2

// term is the number of a stem in a vocabulary.
type term uint32

// vocab numbers stems and counts in how many of the documents in view each
// stands, so that a word's weight follows the stream.
type vocab struct {
	byWord map[string]map[string]known // language, then word as written
	byStem map[string]term
	stems  []string
	prior  []float32 // imagined documents with the term, below zero for stop words
	df     []float32 // documents in view with the term
	docs   float64   // documents in view
}

func newVocab() *vocab {
	return &vocab{byWord: map[string]map[string]known{}, byStem: map[string]term{}}
}

// known is what a vocabulary knows of a word as it is written.
type known struct {
	id    term
	says  bool // false for a word that says nothing
	place bool // it may end the name of a place
}

// word looks a word up, and takes it in where it is new.
func (v *vocab) word(w []byte, lang string) known {
	words := v.byWord[lang]
	if words == nil {
		words = map[string]known{}
		v.byWord[lang] = words
	}
	k, ok := words[string(w)]
	if !ok {
		raw := string(w)
		k.id = v.intern(stem(raw, lang))
		if shares[raw] == shareStop {
			k.id = v.intern(raw)
		}
		k.says = v.prior[k.id] >= 0
		k.place = placeEnds[raw]
		words[raw] = k
	}
	return k
}

func (v *vocab) intern(s string) term {
	if id, ok := v.byStem[s]; ok {
		return id
	}
	id := term(len(v.stems))
	p := share(s)
	if p == shareStop {
		p = -1
	}
	v.byStem[s] = id
	v.stems = append(v.stems, s)
	v.prior = append(v.prior, float32(p*priorDocs))
	v.df = append(v.df, 0)
	return id
}

// idf is the weight of a term: the logarithm of how rare it is in view, the
// imagined documents included.
func (v *vocab) idf(id term) float64 {
	return math.Log((v.docs + priorDocs) / (float64(v.df[id]) + float64(v.prior[id]) + 0.5))
}

// rare says whether a term is a name or another word that marks few documents:
// not in the table of common words, and no number.
func (v *vocab) rare(id term) bool {
	return v.prior[id] < rareBelow && !isDigit(v.stems[id][0])
}

func (v *vocab) count(terms []weighted, by float32) {
	for _, t := range terms {
		v.df[t.id] += by
	}
	v.docs += float64(by)
}
