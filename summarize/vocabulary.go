package summarize

import (
	"hash/maphash"
	"strings"
	"unicode"
	"unicode/utf8"
)

// vocabulary numbers the stems of a document, or of the documents of an event.
type vocabulary struct {
	stop   *wordSet
	stem   func(string) string
	stems  wordTable // in the order of their numbers
	known  wordTable
	stops  int               // how many of them are stop words, which are numbered below zero
	worked map[string]string // small-letter word to stem, nil where stem remembers them
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
	if work := v.stem; lang == "en" && known != nil {
		v.stem = func(w string) string { return known.of(w, work) }
	} else {
		v.worked = make(map[string]string)
	}
	return v
}

// key numbers a word: its stem, or below zero a stop word. It returns the word in small
// letters, too.
func (v *vocabulary) key(w string) (lower string, key int) {
	hash, plain := hashWord(w)
	if !plain {
		w = strings.ToLower(w)
		hash, _ = hashWord(w)
	}
	if x := v.known.find(w, hash, plain); x != nil {
		return x.lower, int(x.key)
	}
	if plain {
		w = strings.ToLower(w)
	}
	if v.stop.has(w) {
		v.stops++
		key = -v.stops
	} else {
		key = v.id(v.stemOf(w))
	}
	v.known.add(knownWord{hash: hash, lower: w, key: int32(key)})
	return w, key
}

// id numbers a stem.
func (v *vocabulary) id(stem string) int {
	hash, _ := hashWord(stem)
	if x := v.stems.find(stem, hash, false); x != nil {
		return int(x.key)
	}
	id := v.size()
	v.stems.add(knownWord{hash: hash, lower: stem, key: int32(id)})
	return id
}

// forget lets go of what only saves time.
func (v *vocabulary) forget() {
	v.known = wordTable{}
	if v.worked != nil {
		v.worked = make(map[string]string)
	}
}

// find is key of a word that may be unknown: below zero where no text has its stem.
func (v *vocabulary) find(lower string) int {
	hash, _ := hashWord(lower)
	if x := v.known.find(lower, hash, false); x != nil {
		return int(x.key)
	}
	if v.stop.has(lower) {
		return -1
	}
	stem := v.stemOf(lower)
	hash, _ = hashWord(stem)
	if x := v.stems.find(stem, hash, false); x != nil {
		return int(x.key)
	}
	return -1
}

// stemOf returns the stem of a small-letter word.
func (v *vocabulary) stemOf(lower string) string {
	if v.worked == nil {
		return v.stem(lower)
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

// plainWords is words of a vocabulary, without their keys.
func plainWords(text string) []word {
	out := make([]word, 0, len(text)/usualWord+1)
	eachRun(text, func(start, end int, spaced bool) {
		w := text[start:end]
		out = append(out, word{start: int32(start), end: int32(end), lower: strings.ToLower(w), upper: spaced && unicode.IsUpper(firstRune(w))})
	})
	return out
}

// each calls a function with each word of a text, as words parts it.
func (v *vocabulary) each(text string, add func(word)) {
	eachRun(text, func(start, end int, spaced bool) {
		w := text[start:end]
		lower, key := v.key(w)
		x := word{start: int32(start), end: int32(end), lower: lower, key: int32(key)}
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

// knownWord is a word in small letters with its key.
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

// find returns a word, nil where it was not met. Capitals make no difference where
// fold says so.
func (t *wordTable) find(w string, hash uint32, fold bool) *knownWord {
	if len(t.at) == 0 {
		return nil
	}
	for i := int(hash); ; i++ {
		n := t.at[i&(len(t.at)-1)]
		if n == 0 {
			return nil
		}
		if x := &t.words[n-1]; x.hash == hash && (x.lower == w || fold && sameLetters(x.lower, w)) {
			return x
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

// add notes a word that is not known.
func (t *wordTable) add(x knownWord) {
	if 2*(len(t.words)+1) > len(t.at) {
		t.at = make([]uint32, max(64, 2*len(t.at)))
		for i := range t.words {
			t.place(t.words[i].hash, i)
		}
	}
	t.words = append(t.words, x)
	t.place(x.hash, len(t.words)-1)
}

func (t *wordTable) place(hash uint32, at int) {
	i := int(hash)
	for t.at[i&(len(t.at)-1)] != 0 {
		i++
	}
	t.at[i&(len(t.at)-1)] = uint32(at + 1)
}
