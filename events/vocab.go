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
	byWord wordTable // by hash of the language and the word as written
	byStem map[string]term
	stems  []string
	prior  []float32 // imagined documents with the term, below zero for stop words
	df     []float32 // documents in view with the term
	seen   []written // how the term was written
	canon  []term    // what the term means in any language; noCanon where that is not known
	docs   float64   // documents in view
	free   []term    // numbers given up, the next one last
}

func newVocab() *vocab {
	return &vocab{byStem: map[string]term{}}
}

// dialect is where the hashes of a language's words begin.
type dialect uint64

// dialectOf returns it: FNV-1a of 64 bits.
func dialectOf(lang string) dialect {
	h := uint64(14695981039346656037)
	for i := range len(lang) {
		h = (h ^ uint64(lang[i])) * 1099511628211
	}
	return dialect((h ^ 0xff) * 1099511628211)
}

// sum returns the hash of a word of the language. No two words in view share it.
func (d dialect) sum(w []byte) uint64 {
	h := uint64(d)
	for _, c := range w {
		h = (h ^ uint64(c)) * 1099511628211
	}
	return h
}

// word looks a word up, and takes it in where it is new.
func (v *vocab) word(w []byte, lang string) known {
	h := dialectOf(lang).sum(w)
	if k, ok := v.byWord.get(h); ok {
		return k
	}
	return v.learn(h, w, lang)
}

// learn takes in a word that is new, by its hash.
func (v *vocab) learn(h uint64, w []byte, lang string) known {
	var k known
	raw := string(w)
	if en, found := meaning(raw, lang); found {
		raw, lang = en, "en"
	}
	k.id = v.intern(stem(raw, lang))
	if shares()[raw] == shareStop {
		k.id = v.intern(raw)
	}
	k.says = v.prior[k.id] >= 0
	if tongueOf[lang] != 0 && foreignSilent.Has(raw) {
		k.says = false
	}
	k.place = placeEnds.Has(raw)
	k.rare = k.says && v.rare(k.id)
	return v.byWord.put(h, k, raw)
}

func (v *vocab) intern(s string) term {
	if id, ok := v.byStem[s]; ok {
		return id
	}
	p := share(s)
	if p == shareStop {
		p = -1
	}
	if n := len(v.free); n > 0 {
		id := v.free[n-1]
		v.free = v.free[:n-1]
		v.byStem[s], v.stems[id], v.prior[id] = id, s, float32(p*priorDocs)
		v.seen[id], v.canon[id] = written{}, noCanon
		c := v.canonOf(s, id)
		v.canon[id] = c
		return id
	}
	id := term(len(v.stems))
	v.byStem[s] = id
	v.stems = append(v.stems, s)
	v.prior = append(v.prior, float32(p*priorDocs))
	v.df = append(v.df, 0)
	v.canon, v.seen = append(v.canon, noCanon), append(v.seen, written{})
	c := v.canonOf(s, id)
	v.canon[id] = c
	return id
}

// forget gives up the terms that are not used.
func (v *vocab) forget(used []bool) {
	v.byWord.clear()
	kept := len(used)
	for kept > 0 && !used[kept-1] {
		kept--
	}
	for id, u := range used {
		if !u && v.byStem[v.stems[id]] == term(id) {
			delete(v.byStem, v.stems[id])
		}
	}
	v.stems, v.prior, v.df, v.free = v.stems[:kept], v.prior[:kept], v.df[:kept], v.free[:0]
	v.canon, v.seen = v.canon[:kept], v.seen[:kept]
	for id := kept - 1; id >= 0; id-- {
		if !used[id] {
			v.stems[id], v.df[id] = "", 0
			v.free = append(v.free, term(id))
		}
	}
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
