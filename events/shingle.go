package events

import (
	"slices"
	"strings"
)

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
)

// shingles hashes the shingles of sentences, sorted, each once.
func shingles(sentences []string) []uint32 {
	var out []uint32
	var window [shingleWords]uint32
	sc := scanner{}
	n := 0
	for _, s := range sentences {
		sc.s, sc.pos, sc.cjk = s, 0, 0
		for {
			w, ok := sc.next()
			if !ok {
				break
			}
			copy(window[:], window[1:])
			window[shingleWords-1] = hash(w.text)
			n++
			if n < shingleWords {
				continue
			}
			h := uint32(2166136261)
			for _, x := range window {
				h = mix(h ^ x)
			}
			out = append(out, h)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

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

// sentences cuts a text at sentence ends and line breaks, roughly: the pieces
// are only ever compared with each other.
func sentences(text string) []string {
	if len(text) > maxTextBytes {
		text = strings.ToValidUTF8(text[:maxTextBytes], "")
	}
	var out []string
	start := 0
	for i := range len(text) {
		switch text[i] {
		case '.', '!', '?':
			if i+1 < len(text) && text[i+1] != ' ' && text[i+1] != '\n' || i-start < 20 {
				continue
			}
		case '\n':
		default:
			continue
		}
		if s := strings.TrimSpace(text[start : i+1]); s != "" {
			out = append(out, s)
		}
		start = i + 1
	}
	if s := strings.TrimSpace(text[start:]); s != "" {
		out = append(out, s)
	}
	return out
}

// sameText decides from the sizes of two shingle sets and what they share.
func sameText(a, b, shared int) bool {
	less := min(a, b)
	if less < copyMinShingles {
		return a > 0 && b > 0 && float64(shared) >= copyShort*float64(a+b-shared)
	}
	return float64(shared) >= copyJaccard*float64(a+b-shared) || float64(shared) >= copyContainment*float64(less)
}
