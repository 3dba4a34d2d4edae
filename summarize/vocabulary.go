package summarize

import (
	"hash/maphash"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsdesk/internal/wordset"
)

// vocabulary numbers the stems of a document, or of the documents of an event.
type vocabulary struct {
	stop   *wordset.Set
	stem   func(string) string
	shared *knownStems // of the words of all articles, nil where worked remembers them
	stems  wordTable   // in the order of their numbers
	known  wordTable
	stops  int               // how many of them are stop words, which are numbered below zero
	worked map[string]string // small-letter word to stem
	keys   []int             // memory of keysOf
}

// distinctWord is as many bytes of a text as have one word that is not met before, at
// its beginning and further on.
const (
	distinctWord  = 10
	laterDistinct = 14
)

// expect makes room for the words of a text of so many bytes.
func (v *vocabulary) expect(size int) {
	if v.size() > 0 || len(v.known.words) > 0 {
		return
	}
	const opening, most = 2000, 8000
	n := 16 + min(size, opening)/distinctWord + max(0, min(size, most)-opening)/laterDistinct
	v.stems.expect(3 * n / 4)
	v.known.expect(n)
}

// stemAt returns the stem that has a number.
func (v *vocabulary) stemAt(key int32) string { return v.stems.words[key].lower }

// size is how many stems have numbers.
func (v *vocabulary) size() int { return len(v.stems.words) }

// newVocabulary returns an empty vocabulary of a language. The stems of English,
// which take time to work out, are looked for among those known, unless that is nil.
func newVocabulary(lang string, known *knownStems) *vocabulary {
	v := &vocabulary{stop: stopWords[lang], stem: stemmer(lang)}
	if v.shared = known; lang != "en" || known == nil {
		v.shared = nil
		v.worked = make(map[string]string)
	}
	return v
}

// meet returns the place among the known words of a word, whatever its capitals, and
// numbers it where it was not met before: by its stem, or below zero a stop word.
func (v *vocabulary) meet(w string) int {
	hash, plain := hashWord(w)
	if !plain {
		w = strings.ToLower(w)
		hash, _ = hashWord(w)
	}
	if at := v.known.find(w, hash, plain); at >= 0 {
		return at
	}
	x := knownWord{hash: hash}
	if v.shared != nil {
		st := v.shared.of(w, hash, plain, v.stem)
		if x.lower = st.word; !v.stop.Has(x.lower) {
			x.key = int32(v.number(st.stem, st.stemHash))
			return v.known.add(x)
		}
	} else if x.lower = strings.ToLower(w); !v.stop.Has(x.lower) {
		x.key = int32(v.id(v.stemOf(x.lower)))
		return v.known.add(x)
	}
	v.stops++
	x.key = int32(-v.stops)
	return v.known.add(x)
}

// lower returns a word of a text in small letters. It holds until the vocabulary
// forgets the words.
func (v *vocabulary) lower(w *word) string { return v.known.words[w.known].lower }

// id numbers a stem.
func (v *vocabulary) id(stem string) int {
	hash, _ := hashWord(stem)
	return v.number(stem, hash)
}

// number is id of a stem with its hash.
func (v *vocabulary) number(stem string, hash uint32) int {
	if at := v.stems.find(stem, hash, false); at >= 0 {
		return at
	}
	return v.stems.add(knownWord{hash: hash, lower: stem})
}

// forget lets go of what only saves time.
func (v *vocabulary) forget() {
	v.known, v.keys = wordTable{}, nil
	if v.worked != nil {
		v.worked = make(map[string]string)
	}
}

// find is key of a word that may be unknown: below zero where no text has its stem.
func (v *vocabulary) find(lower string) int {
	if at := v.met(lower); at >= 0 {
		return int(v.known.words[at].key)
	}
	if v.stop.Has(lower) {
		return -1
	}
	stem := v.stemOf(lower)
	hash, _ := hashWord(stem)
	return v.stems.find(stem, hash, false)
}

// met returns the place among the known words of a small-letter word, below zero where
// it was not met.
func (v *vocabulary) met(lower string) int {
	hash, _ := hashWord(lower)
	return v.known.find(lower, hash, false)
}

// stemOf returns the stem of a small-letter word.
func (v *vocabulary) stemOf(lower string) string {
	if v.shared != nil {
		hash, _ := hashWord(lower)
		return v.shared.of(lower, hash, false, v.stem).stem
	}
	if s, ok := v.worked[lower]; ok {
		return s
	}
	s := v.stem(lower)
	v.worked[lower] = s
	return s
}

// words parts a text into words: runs of letters and digits; where a script
// has no blanks, pairs of characters.
func (v *vocabulary) words(text string) []word {
	out := make([]word, 0, len(text)/usualWord+1)
	v.each(text, func(w word) { out = append(out, w) })
	return out
}

// usualWord is fewer bytes than most words take with the blank behind them.
const usualWord = 5

// plainWord is a word of a text that no vocabulary knows.
type plainWord struct {
	lower string // its small letters
	upper bool   // begins with a capital
}

// plainWords is words without a vocabulary.
func plainWords(text string) []plainWord {
	out := make([]plainWord, 0, len(text)/usualWord+1)
	eachRun(text, func(start, end int, spaced bool) {
		w := text[start:end]
		out = append(out, plainWord{lower: strings.ToLower(w), upper: spaced && unicode.IsUpper(firstRune(w))})
	})
	return out
}

// each calls a function with each word of a text, as words parts it.
func (v *vocabulary) each(text string, add func(word)) {
	eachRun(text, func(start, end int, spaced bool) {
		w := text[start:end]
		at := v.meet(w)
		x := word{start: int32(start), end: int32(end), known: int32(at), key: v.known.words[at].key}
		if spaced {
			r := firstRune(w)
			x.upper, x.digit = unicode.IsUpper(r), unicode.IsDigit(r)
		}
		add(x)
	})
}

// eachRun calls a function with where each word of a text begins and ends, as words
// parts it, and whether its script puts blanks between words.
func eachRun(text string, add func(start, end int, spaced bool)) {
	start := -1
	flush := func(end int) {
		if start >= 0 {
			add(start, end, true)
			start = -1
		}
	}
	prev := -1 // start of the character before, in a script without blanks
	for i, r := range text {
		switch {
		case r < utf8.RuneSelf && alphanumeric[r]:
			if start < 0 {
				start = i
			}
		case unspaced(r):
			flush(i)
			if prev >= 0 {
				add(prev, i+utf8.RuneLen(r), false)
			}
			prev = i
			continue
		case r >= utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)):
			if start < 0 {
				start = i
			}
		case (r == '.' || r == ',') && start >= 0 && i+1 < len(text) && isDigit(text[i-1]) && isDigit(text[i+1]): // 2,500 and 3.5 are one
		default:
			flush(i)
		}
		prev = -1
	}
	flush(len(text))
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

// alphanumeric tells the letters and digits of ASCII.
var alphanumeric = func() (is [utf8.RuneSelf]bool) {
	for c := range is {
		is[c] = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
	}
	return is
}()

// wordTable finds the words that were met before, those of ASCII whatever their
// capitals: a text repeats its words, and to look one up costs no copy of it.
type wordTable struct {
	words []knownWord
	at    []uint32 // by hash, a place in words counted from 1; a power of two, at least twice as many
}

// knownWord is a word in small letters with its key. The key of a stem is its place.
type knownWord struct {
	lower string
	key   int32
	hash  uint32
}

// seed makes hashes of the words and pairs of articles that nobody can foresee: else a
// page could be written whose words all fall into one place.
var seed = maphash.MakeSeed()

// longestPlain is the most bytes of a word that is looked up without a copy.
const longestPlain = 64

// hashWord hashes a word as it is in small letters, and reports whether all of it is
// ASCII, and not too long. The hash of another is that of the word as it stands.
func hashWord(w string) (hash uint32, plain bool) {
	if len(w) > longestPlain {
		return uint32(maphash.String(seed, w)), false
	}
	capitals := false
	for i := range len(w) {
		if w[i] >= utf8.RuneSelf {
			return uint32(maphash.String(seed, w)), false
		}
		capitals = capitals || w[i] >= 'A' && w[i] <= 'Z'
	}
	if !capitals {
		return uint32(maphash.String(seed, w)), true
	}
	var small [longestPlain]byte
	for i := range len(w) {
		small[i] = smallByte[w[i]]
	}
	return uint32(maphash.Bytes(seed, small[:len(w)])), true
}

// expect makes room for n words.
func (t *wordTable) expect(n int) {
	size := 64
	for size < 2*n {
		size *= 2
	}
	t.words, t.at = make([]knownWord, 0, n), make([]uint32, size)
}

// find returns the place of a word, below zero where it was not met. Capitals make no
// difference where fold says so.
func (t *wordTable) find(w string, hash uint32, fold bool) int {
	if len(t.at) == 0 {
		return -1
	}
	for i := int(hash); ; i++ {
		n := t.at[i&(len(t.at)-1)]
		if n == 0 {
			return -1
		}
		if x := &t.words[n-1]; x.hash == hash && (x.lower == w || fold && sameLetters(x.lower, w)) {
			return int(n - 1)
		}
	}
}

// sameLetters tells whether a word of ASCII is another, but for capitals.
func sameLetters(lower, w string) bool {
	if len(lower) != len(w) {
		return false
	}
	for i := range len(w) {
		c := w[i]
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		if c != lower[i] {
			return false
		}
	}
	return true
}

// add notes a word that is not known, and returns its place.
func (t *wordTable) add(x knownWord) int {
	if 2*(len(t.words)+1) > len(t.at) {
		t.at = make([]uint32, max(64, 2*len(t.at)))
		for i := range t.words {
			t.place(t.words[i].hash, i)
		}
	}
	t.words = append(t.words, x)
	t.place(x.hash, len(t.words)-1)
	return len(t.words) - 1
}

func (t *wordTable) place(hash uint32, at int) {
	i := int(hash)
	for t.at[i&(len(t.at)-1)] != 0 {
		i++
	}
	t.at[i&(len(t.at)-1)] = uint32(at + 1)
}
