package summarize

import (
	"math"
	"strings"
	"unicode"

	"newsdesk/internal/wordset"
)

// The features of a sentence, numbers between about 0 and 3.
const (
	nearTop     = iota // 1/(position+1); positions count sentences of six words and more
	opensText          // the first of them
	howFar             // position by number of sentences
	howFarLog          // logarithm of the position
	holdsTitle         // share of the title's stems that it holds
	central            // mean weight of its stems, by how often the document has them
	covers             // share of the document's weighty stems that it holds
	likeWhole          // cosine with the document
	scrap              // under nine words
	numbers            // figures in it
	locations          // places in it
	points             // opens with a word that points back
	quotes             // share that stands in quotation marks
	persons            // words such as "I" and "you"
	hedged             // words such as "may"
	happens            // verbs of happening
	brackets           // holds a bracket
	exclaims           // asks or exclaims
	numFeatures        // how many there are
)

type features [numFeatures]float64

// eventVerbs are stems of verbs that tell what happened.
var eventVerbs = wordset.Of(`kill die arrest charg announc approv ban win won beat defeat lost elect resign appoint sign launch crash explod attack
	shoot shot injur wound rescu sentenc convict acquit accus sue suspend fire fine strike struck hit destroy collaps seiz condemn reject reach
	agre vote pass rule order close open cut rais rose fell fall drop jump report reveal confirm warn urg plan releas publish find found
	discov detain evacu cancel postpon withdraw leav join buy bought sell sold merg acquir blame claim deni demand threaten call expect
	becom return begin began end stop block halt declar recal surviv suffer fled flee`)

// speaksOfUs tells words for who writes and who reads.
func speaksOfUs(w string) bool {
	switch w {
	case "i", "we", "my", "our", "us", "me", "you", "your", "myself", "ourselves", "yourself", "let's", "i'm", "we're", "you're":
		return true
	}
	return false
}

func b2f(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// describe returns the features of every sentence of the document, in the memory of a
// weigher.
func (d *document) describe(w *weigher) []features {
	w.described = zeroed(w.described, len(d.sents))
	w.weights, w.happening = zeroed(w.weights, d.vocab.size()), zeroed(w.happening, d.vocab.size())
	out := w.described
	n := float64(max(1, len(d.sents)))
	weight := w.weights      // of a stem in this document
	happening := w.happening // by stem: 1 where nothing happens, 2 where something does, 0 where that was not asked
	sum, length := 0.0, 0.0
	for k, c := range d.count {
		if c > 1 {
			weight[k] = math.Log(float64(c)) / math.Log(float64(max(2, d.maxim))+1)
			sum += weight[k]
		}
		length += float64(c * c)
	}
	length = math.Sqrt(length)
	rank := 0
	for i := range d.sents {
		s := &d.sents[i]
		if len(s.words) == 0 {
			continue
		}
		pos := float64(rank)
		if len(s.words) >= 6 {
			rank++
		}
		keys := float64(max(1, len(s.keys)))
		var inTitle, weighty, dot float64
		for _, k := range s.keys {
			inTitle += b2f(d.title[k])
			weighty += weight[k]
			dot += float64(d.count[k])
		}
		f := &out[i]
		*f = features{
			nearTop:    1 / (pos + 1),
			opensText:  b2f(pos == 0),
			howFar:     pos / n,
			howFarLog:  math.Log1p(pos) / 3,
			holdsTitle: inTitle / float64(max(1, len(d.title))),
			central:    weighty / keys,
			covers:     min(3, 3*weighty/max(1, sum)),
			likeWhole:  dot / (length*math.Sqrt(keys) + 1),
			scrap:      b2f(len(s.words) < 9),
			points:     b2f(d.lang != "" && dangling(s.Text, d.lang)),
			quotes:     quoteShare(s.Text),
			brackets:   b2f(strings.ContainsRune(s.Text, '(')),
			exclaims:   b2f(strings.ContainsAny(s.Text, "?!")),
		}
		for _, m := range s.names {
			f[locations] += 0.5 * b2f(m.kind == locus)
		}
		for k := range s.words {
			w := &s.words[k]
			lower := d.vocab.lower(w)
			f[numbers] += 0.5 * b2f(w.digit)
			f[persons] += 0.5 * b2f(speaksOfUs(lower))
			f[hedged] += 0.5 * b2f(hedges.Has(lower))
			if w.key >= 0 && !w.upper {
				if happening[w.key] == 0 {
					happening[w.key] = 1
					if eventVerbs.Has(d.vocab.stemAt(w.key)) {
						happening[w.key] = 2
					}
				}
				f[happens] += 0.5 * float64(happening[w.key]-1)
			}
		}
		f[locations], f[numbers], f[persons] = min(1.5, f[locations]), min(1.5, f[numbers]), min(1.5, f[persons])
		f[hedged], f[happens] = min(1, f[hedged]), min(1, f[happens])
	}
	return out
}

// shouting tells a text mostly in capitals.
func shouting(s string) bool {
	up, all := 0, 0
	for _, r := range s {
		if unicode.IsLetter(r) {
			all++
			if unicode.IsUpper(r) {
				up++
			}
		}
	}
	return all > 10 && up*10 > all*6
}
