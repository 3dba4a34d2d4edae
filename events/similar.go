package events

import (
	"cmp"
	"math"
	"slices"
)

// weighted is one entry of a sparse vector; vectors are sorted by term and
// have length 1.
type weighted struct {
	id term
	w  float32
}

// entry is a document as the grouper keeps it.
type entry struct {
	doc, event int64
	copyOf     int64
	day        float64 // days since 1970
	bare       bool    // only the day is known
	kind       kind
	source     uint32
	title      []weighted // of the title alone
	full       []weighted // of title and text
	key        []weighted // the heaviest of full: what the index holds; nil once it does
	rare       []term     // words of the title that few documents hold
	sites      []term     // where the title says that it happened
	numbers    []uint32   // in the title
	headline   uint32     // hash of the title's words
	address    uint32     // hash of the address, 0 where there is none
	inTitle    []place
	inAll      []place
	sketch     []uint32 // smallest hashes of the text's shingles
	shingles   int
	hasText    bool
	thin       bool // hardly any text but the frame of its page
}

// The features of a pair, in the order of the weights in [Options].
const (
	featBias    = iota
	featTitle   // cosine of the titles
	featFull    // cosine of titles and texts
	featCover   // how much of each title stands in the other article
	featRare    // idf of the rarest word that the titles share, a tenth of it
	featGap     // logarithm of one more than the days between them
	featNumbers // 1 where each title has numbers and none is shared
	featApart   // 1 where they name places that cannot be one
	featStrange // 1 where no rare word of either title stands in the other article
	featOutlet  // 1 where one outlet printed both
	featBare    // 1 where one has no text
	featBareTitle
	featBareRare
	featBareGap
	featElsewhere // 1 where each title says where it happened, and the other article knows no such place
	featShared    // words that the titles share, a fifth of it, at most 1
	features
)

// compare computes the features of a pair.
func (v *vocab) compare(a, b *entry) [features]float64 {
	var f [features]float64
	f[featBias] = 1
	shared, rare := 0, 0.0
	dot := 0.0
	for i, j := 0, 0; i < len(a.title) && j < len(b.title); {
		switch {
		case a.title[i].id < b.title[j].id:
			i++
		case a.title[i].id > b.title[j].id:
			j++
		default:
			dot += float64(a.title[i].w) * float64(b.title[j].w)
			rare = max(rare, v.idf(a.title[i].id))
			shared++
			i++
			j++
		}
	}
	f[featTitle] = dot
	f[featFull] = cosine(a.full, b.full)
	f[featCover] = (cover(a.title, b.full) + cover(b.title, a.full)) / 2
	f[featRare] = rare / 10
	f[featGap] = math.Log1p(gap(a, b))
	f[featNumbers] = truth(len(a.numbers) > 0 && len(b.numbers) > 0 && overlap(a.numbers, b.numbers) == 0)
	f[featApart] = truth(apart(a.inTitle, a.inAll, b.inTitle, b.inAll))
	f[featElsewhere] = truth(elsewhere(a, b))
	f[featStrange] = truth(len(a.rare) > 0 && len(b.rare) > 0 && !anyIn(a.rare, b.full) && !anyIn(b.rare, a.full))
	f[featOutlet] = truth(a.source == b.source && a.source != 0)
	f[featShared] = min(float64(shared)/5, 1)
	if !a.hasText || !b.hasText {
		f[featBare] = 1
		f[featBareTitle] = dot
		f[featBareRare] = f[featRare]
		f[featBareGap] = f[featGap]
	}
	return f
}

// gap is how many days lie between two documents; where only the day of one is
// known, what is certain of it.
func gap(a, b *entry) float64 {
	d := math.Abs(a.day - b.day)
	if a.bare != b.bare {
		d = max(0, d-0.5)
	}
	return d
}

func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

func cosine(a, b []weighted) float64 {
	dot := 0.0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i].id < b[j].id:
			i++
		case a[i].id > b[j].id:
			j++
		default:
			dot += float64(a[i].w) * float64(b[j].w)
			i++
			j++
		}
	}
	return dot
}

// cover is the share of a title's squared weight whose words stand in full.
func cover(title, full []weighted) float64 {
	sum := 0.0
	for i, j := 0, 0; i < len(title) && j < len(full); {
		switch {
		case title[i].id < full[j].id:
			i++
		case title[i].id > full[j].id:
			j++
		default:
			sum += float64(title[i].w) * float64(title[i].w)
			i++
			j++
		}
	}
	return sum
}

// anyIn says whether one of some terms stands in a vector; both are sorted.
func anyIn(terms []term, v []weighted) bool {
	for i, j := 0, 0; i < len(terms) && j < len(v); {
		switch {
		case terms[i] < v[j].id:
			i++
		case terms[i] > v[j].id:
			j++
		default:
			return true
		}
	}
	return false
}

// unit scales a vector to length 1.
func unit(v []weighted) []weighted {
	sum := 0.0
	for _, x := range v {
		sum += float64(x.w) * float64(x.w)
	}
	if sum == 0 {
		return v
	}
	k := float32(1 / math.Sqrt(sum))
	for i := range v {
		v[i].w *= k
	}
	return v
}

// heaviest returns the n heaviest entries, ties by term, sorted by term.
func heaviest(v []weighted, n int) []weighted {
	out := slices.Clone(v)
	if len(out) > n {
		slices.SortFunc(out, func(a, b weighted) int {
			return cmp.Or(cmp.Compare(b.w, a.w), cmp.Compare(a.id, b.id))
		})
		out = slices.Clone(out[:n])
		slices.SortFunc(out, func(a, b weighted) int { return cmp.Compare(a.id, b.id) })
	}
	return out
}

func logistic(x float64) float64 { return 1 / (1 + math.Exp(-x)) }
