package events

// A text is compared by its shingles: every run of shingleWords words.
const (
	shingleWords  = 4
	maxTextBytes  = 16 << 10 // of a text that is read at all
	maxTitleBytes = 400
	sketchSize    = 64 // shingles kept of a document in view: the smallest hashes
)

// Two texts are one when they share this much. Jaccard counts shared shingles
// among all; containment among those of the shorter, which finds an article
// inside its own longer version. Fitted on pairs of real pages.
const (
	copyJaccard     = 0.28
	copyContainment = 0.55
	copyMinShingles = 45   // shorter texts say too little, unless they are nearly equal
	copyShort       = 0.85 // Jaccard, of a shorter text
	copyEdited      = 0.3  // containment, of an edited page at its old address
)

// hash is FNV-1a of 32 bits.
func hash[T string | []byte](w T) uint32 {
	h := uint32(2166136261)
	for i := range len(w) {
		h = (h ^ uint32(w[i])) * 16777619
	}
	return h
}

// mix is the finaliser of MurmurHash3: it spreads each bit over all others.
func mix(h uint32) uint32 {
	h ^= h >> 16
	h *= 0x85ebca6b
	h ^= h >> 13
	h *= 0xc2b2ae35
	return h ^ h>>16
}

// overlap returns how many values two sorted sets share.
func overlap(a, b []uint32) int {
	n, i, j := 0, 0, 0
	for i < len(a) && j < len(b) {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			n++
			i++
			j++
		}
	}
	return n
}

// sameText decides from the sizes of two shingle sets and what they share;
// sameAddress says that both stand, or stood, at one address.
func sameText(a, b, shared int, sameAddress bool) bool {
	less := min(a, b)
	if less < copyMinShingles {
		return a > 0 && b > 0 && float64(shared) >= copyShort*float64(a+b-shared)
	}
	if sameAddress && float64(shared) >= copyEdited*float64(less) {
		return true
	}
	return float64(shared) >= copyJaccard*float64(a+b-shared) || float64(shared) >= copyContainment*float64(less)
}
