package events

import "math"

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
	tongue     uint8 // the language, 0 for English
	source     uint32
	title      []weighted // of the title alone
	full       []weighted // of title and text
	rare       []term     // words of the title that few documents hold
	sites      []term     // where the title says that it happened
	lead       []term     // words of the first lines that may be names
	numbers    []uint32   // in the title
	headline   uint32     // hash of the title's words
	address    uint32     // hash of the address, 0 where there is none
	inTitle    []place
	inAll      []place
	sketch     []uint32 // smallest hashes of the text's shingles
	shingles   int32
	names      uint64  // a bit for each term of full, in its order, that is a name
	titleNames uint64  // the same for the first terms of title
	plain      float32 // length of full without its names
	cast       float32 // weight of its names, 0 where there are too few to say who it tells of
	hasText    bool
	study      bool // it tells what a study found
	thin       bool // hardly any text but the frame of its page
}

// maxTitleTerms bounds the words of a title that are followed one by one.
const maxTitleTerms = 24

// compare compares a newcomer with a member of an event. It adds, by word of the
// newcomer's title, the members that have it in the title or anywhere.
func (v *vocab) compare(a, b *entry, inTitle, inAll *[maxTitleTerms]float64) pair {
	var p pair
	covered, rare := 0.0, 0.0
	for i, j, k := 0, 0, 0; i < len(a.title); i++ {
		t := a.title[i]
		for j < len(b.title) && b.title[j].id < t.id {
			j++
		}
		for k < len(b.full) && b.full[k].id < t.id {
			k++
		}
		in := j < len(b.title) && b.title[j].id == t.id
		if in {
			p.title += float64(t.w) * float64(b.title[j].w)
			rare = max(rare, v.idf(t.id))
			p.shared++
			if i < maxTitleTerms {
				inTitle[i]++
			}
		}
		if in || k < len(b.full) && b.full[k].id == t.id {
			covered += float64(t.w) * float64(t.w)
			if i < maxTitleTerms {
				inAll[i]++
			}
		}
	}
	p.rare = rare
	v.share(&p, a, b)
	p.cover = (covered + cover(b.title, a.full)) / 2
	p.deeds = (deeds(a, b) + deeds(b, a)) / 2
	p.gap = gap(a, b)
	p.bare = !b.hasText
	p.alike = p.full + p.title/2 - math.Log1p(p.gap)/10
	p.numbers = len(a.numbers) > 0 && len(b.numbers) > 0 && overlap(a.numbers, b.numbers) == 0
	p.apart = apart(a.inTitle, a.inAll, b.inTitle, b.inAll)
	p.elsewhere = elsewhere(a, b)
	p.others = v.otherSubjects(a, b) || v.otherStudies(a, b)
	p.strangers = len(a.rare) > 0 && len(b.rare) > 0 && !anyIn(a.rare, b.full) && !anyIn(b.rare, a.full)
	return p
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

// heaviest puts the n heaviest entries of a vector that is sorted by term into
// out, in that order; of equal ones the first. out may be the vector itself.
func (a *analyser) heaviest(out, v []weighted, n int) []weighted {
	if len(v) <= n {
		return append(out[:0], v...)
	}
	weights := a.least[:0]
	for _, x := range v {
		weights = append(weights, x.w)
	}
	a.least = weights
	least := nth(weights, n)
	equal := n // how many of the least weight there is room for
	for _, w := range weights {
		if w > least {
			equal--
		}
	}
	out = out[:0]
	for _, x := range v {
		if x.w > least || x.w == least && equal > 0 {
			if x.w == least {
				equal--
			}
			out = append(out, x)
		}
	}
	return out
}

// nth returns the nth greatest of some numbers, which it puts in another order
// (quickselect, Hoare 1961).
func nth(v []float32, n int) float32 {
	lo, hi, at := 0, len(v)-1, n-1
	for lo < hi {
		pivot := v[lo+(hi-lo)/2]
		i, j := lo, hi
		for i <= j {
			for v[i] > pivot {
				i++
			}
			for v[j] < pivot {
				j--
			}
			if i <= j {
				v[i], v[j] = v[j], v[i]
				i, j = i+1, j-1
			}
		}
		switch {
		case at <= j:
			hi = j
		case at >= i:
			lo = i
		default:
			return v[at]
		}
	}
	return v[at]
}
