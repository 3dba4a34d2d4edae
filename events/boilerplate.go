package events

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// Sentences that a source prints under its other items too ("Sign up for our
// newsletter") say nothing of an item.
const (
	boilerplateSeen = 2    // a sentence is boilerplate from its third item on
	maxSentences    = 4096 // remembered of a source
	maxSources      = 4096
)

// Boilerplate remembers which sentences recur across the items of a source.
// The zero value is not usable; call [NewBoilerplate]. It is not safe for
// concurrent use.
type Boilerplate struct {
	sources map[string]map[uint32]uint16
}

// NewBoilerplate returns a memory that knows nothing yet.
func NewBoilerplate() *Boilerplate { return &Boilerplate{sources: map[string]map[uint32]uint16{}} }

// Learn counts the sentences of one item. An item most of whose sentences were
// seen before is that item again, and no proof that they are boilerplate.
func (b *Boilerplate) Learn(d Doc) { b.learn(sourceOf(d), sentences(d.Text)) }

func (b *Boilerplate) learn(source string, items []string) {
	seen := b.sources[source]
	if seen == nil {
		if len(b.sources) >= maxSources {
			clear(b.sources) // relearnt within a day
		}
		seen = map[uint32]uint16{}
		b.sources[source] = seen
	}
	own := make([]uint32, 0, len(items))
	for _, s := range items {
		own = append(own, sentenceHash(s))
	}
	slices.Sort(own)
	own = slices.Compact(own)
	again := 0
	for _, h := range own {
		again += min(int(seen[h]), 1)
	}
	if 10*again > 7*len(own) {
		return // the item itself again
	}
	for _, h := range own {
		seen[h] = min(seen[h]+1, 1<<15)
	}
	if len(seen) > maxSentences { // keep what has recurred
		for h, n := range seen {
			if n < boilerplateSeen {
				delete(seen, h)
			}
		}
		if len(seen) > maxSentences/2 {
			clear(seen)
		}
	}
}

// Strip returns the text of d without its source's recurring sentences.
func (b *Boilerplate) Strip(d Doc) string {
	return strings.Join(b.strip(sourceOf(d), sentences(d.Text)), " ")
}

func (b *Boilerplate) strip(source string, items []string) []string {
	seen := b.sources[source]
	if len(seen) == 0 {
		return items
	}
	kept := make([]string, 0, len(items))
	for _, s := range items {
		if seen[sentenceHash(s)] < boilerplateSeen {
			kept = append(kept, s)
		}
	}
	return kept
}

// Duplicate is [Duplicate] with the recurring sentences left out.
func (b *Boilerplate) Duplicate(x, y Doc) bool {
	return duplicate(x, y, b.strip(sourceOf(x), sentences(x.Text)), b.strip(sourceOf(y), sentences(y.Text)))
}

// Duplicate says whether two articles are one text: the same article at
// another time or another address, or an agency's text at another outlet. Two
// reports on one event in different words are not. Editions of a roundup or of
// a newsletter are told apart by their dates, as they share their frame.
func Duplicate(a, b Doc) bool {
	return duplicate(a, b, sentences(a.Text), sentences(b.Text))
}

func duplicate(a, b Doc, sa, sb []string) bool {
	x, y := shingles(sa), shingles(sb)
	if len(x) == 0 && len(y) == 0 {
		ta, tb := shingles([]string{a.Title}), shingles([]string{b.Title})
		return len(ta) > 0 && len(ta) == len(tb) && overlap(ta, tb) == len(ta)
	}
	return !editions(a, b) && sameText(len(x), len(y), overlap(x, y))
}

var urlDay = regexp.MustCompile(`/(20\d\d)[/-]?([01]\d)[/-]?([0-3]\d)\b`)

// editions says whether two articles are issues of one series: a roundup, or
// one whose address names a series, of different days.
func editions(a, b Doc) bool {
	if kindOf(a.Title) != kindRoundup && kindOf(b.Title) != kindRoundup {
		return false
	}
	da, db := urlDay.FindStringSubmatch(a.URL), urlDay.FindStringSubmatch(b.URL)
	if da != nil && db != nil {
		return da[1] != db[1] || da[2] != db[2] || da[3] != db[3]
	}
	return !strings.EqualFold(strings.TrimSpace(a.Title), strings.TrimSpace(b.Title))
}

func sourceOf(d Doc) string {
	if d.Source != "" {
		return d.Source
	}
	if u, err := url.Parse(d.URL); err == nil {
		return strings.TrimPrefix(u.Hostname(), "www.")
	}
	return ""
}

func sentenceHash(s string) uint32 {
	h := uint32(2166136261)
	sc := scanner{s: s}
	for {
		w, ok := sc.next()
		if !ok {
			return mix(h)
		}
		h = mix(h ^ hash(w.text))
	}
}
