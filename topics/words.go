package topics

import (
	"math"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// region is a part of the world, as far as topics tell them apart.
type region int

const (
	regionUS region = iota
	regionEurope
	regionAsia
	regionMiddleEast
	regionElsewhere
	regions
)

// regionOf maps names, with single blanks, to the region that they are of.
var regionOf = sync.OnceValue(func() map[string]region {
	m := make(map[string]region, 1000)
	for r, names := range regionWords {
		for name := range strings.FieldsSeq(names) {
			m[strings.ReplaceAll(name, "_", " ")] = region(r)
		}
	}
	return m
})

// How much of an article is read.
const (
	titleBytes = 300
	leadBytes  = 1500 // the lead says what it is about
	leadWords  = 160
	titleTimes = 2 // a word in the title counts so often
	rootRunes  = 7 // the beginning of a word that stands for it: plural and singular are one
)

// Bits of the hash by which words are told apart, and their number.
const (
	hashBits = 14
	buckets  = 1 << hashBits
)

// feature is a hashed word and its share in an article; the squares of an
// article's shares add to one.
type feature struct {
	bucket uint16
	weight float32
}

// reading is what is read of an article.
type reading struct {
	features []feature
	words    int
	places   [regions]float64 // mentions; those in the title count titleTimes
}

// read cuts title and lead into words.
func read(title, text string) reading {
	var r reading
	counts := map[uint16]float64{}
	add := func(words []string, times float64) {
		for i, w := range words {
			r.words++
			counts[bucket("", root(w))] += times
			if i > 0 {
				counts[bucket(root(words[i-1]), root(w))] += times
			}
			for n := min(3, i+1); n >= 1; n-- { // the longest name that ends here: New Mexico is not Mexico
				if at, ok := regionOf()[strings.Join(words[i+1-n:i+1], " ")]; ok {
					r.places[at] += times
					break
				}
			}
		}
	}
	add(split(head(title, titleBytes), leadWords), titleTimes)
	add(split(head(text, leadBytes), leadWords), 1)
	for at, n := range r.places {
		if n > 0 {
			counts[bucket("\x00region", string(rune('0'+at)))] += 2 * n
		}
	}
	if foreign := r.places[regionEurope] + r.places[regionAsia] + r.places[regionMiddleEast] + r.places[regionElsewhere]; foreign > 0 {
		counts[bucket("\x00region", "foreign")] += 2 * foreign
	}
	sum := 0.0
	for b, n := range counts {
		w := math.Log1p(n)
		sum += w * w
		r.features = append(r.features, feature{b, float32(w)})
	}
	for i := range r.features {
		r.features[i].weight /= float32(math.Sqrt(sum))
	}
	slices.SortFunc(r.features, func(a, b feature) int { return int(a.bucket) - int(b.bucket) })
	return r
}

// split returns at most so many words, in lower case and without marks. US in
// capitals is the country and not the pronoun.
func split(s string, most int) []string {
	var out []string
	s = strings.ReplaceAll(s, "U.S.", "US")
	for w := range strings.FieldsFuncSeq(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' && r != '’' }) {
		if len(out) == most {
			break
		}
		if i := strings.IndexAny(w, "'’"); i >= 0 {
			w = w[:i] // "Chile's", "don't"
		}
		switch w {
		case "":
			continue
		case "US":
			w = "usa"
		}
		out = append(out, strings.Map(plain, w))
	}
	return out
}

// plain is a letter in lower case; the marks of Latin letters go.
func plain(r rune) rune {
	r = unicode.ToLower(r)
	if r < utf8.RuneSelf {
		return r
	}
	for _, set := range [...]string{"aàáâãäåāăą", "cçćč", "eèéêëēęě", "iìíîïīı", "nñńň", "oòóôõöøō", "sśšș", "uùúûüūůű", "yýÿ", "zźżž", "lł", "gğ"} {
		if strings.ContainsRune(set, r) {
			return rune(set[0])
		}
	}
	return r
}

func root(w string) string {
	n := 0
	for i := range w {
		if n++; n > rootRunes {
			return w[:i]
		}
	}
	return w
}

// bucket hashes a pair of words, or one behind "" (FNV-1a).
func bucket(before, w string) uint16 {
	h := uint32(2166136261)
	for _, s := range [...]string{before, w} {
		for i := range len(s) {
			h = (h ^ uint32(s[i])) * 16777619
		}
		h = (h ^ 0xff) * 16777619
	}
	h ^= h >> 15
	h *= 2246822519
	return uint16((h ^ h>>13) & (buckets - 1))
}

// head returns at most n bytes of a text, whole characters.
func head(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return strings.ToValidUTF8(s[:n], "")
}
