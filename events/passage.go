package events

import (
	"slices"
	"strings"
	"sync"
)

// passage is a text cut into sentences and words, read once for all that is
// asked of it. Its memory is used again by the next read.
type passage struct {
	sentences []string
	words     []uint32 // hashes of all words in order
	tokens    []token  // of the same words
	letters   []byte   // of the words, one behind the other
	ends      []int    // by sentence: where its words end
	hashes    []uint32 // by sentence
	dropped   []bool   // by sentence: it says nothing of the article
	spare     []uint32 // for sorting
}

// token is a word of a passage as a vocabulary asks for it.
type token struct {
	sum  uint64 // its hash in the language
	from uint32 // where its letters begin
	size uint8
	form form
}

// text returns a token's letters.
func (p *passage) text(t token) []byte { return p.letters[t.from : t.from+uint32(t.size)] }

// read cuts a text in a language. Sentences that speak of the page are dropped.
func (p *passage) read(text, lang string) {
	p.sentences = cut(p.sentences[:0], text)
	p.words, p.ends, p.hashes, p.dropped = p.words[:0], p.ends[:0], p.hashes[:0], p.dropped[:0]
	p.tokens, p.letters = p.tokens[:0], p.letters[:0]
	sc := scanner{comma: tongue(lang) != 0}
	in := dialectOf(lang)
	for _, s := range p.sentences {
		sc = scanner{s: s, buf: sc.buf, comma: sc.comma}
		from := len(p.words)
		h := uint32(2166136261)
		for {
			w, ok := sc.next()
			if !ok {
				break
			}
			x := hash(w.text)
			p.words = append(p.words, x)
			p.tokens = append(p.tokens, token{in.sum(w.text), uint32(len(p.letters)), uint8(len(w.text)), w.form})
			p.letters = append(p.letters, w.text...)
			h = mix(h ^ x)
		}
		p.ends = append(p.ends, len(p.words))
		p.hashes = append(p.hashes, mix(h))
		p.dropped = append(p.dropped, furniture(p.words[from:]))
	}
}

// each calls f with where the words of every sentence begin and end that was not
// dropped.
func (p *passage) each(f func(from, to int)) {
	from := 0
	for i, to := range p.ends {
		if !p.dropped[i] {
			f(from, to)
		}
		from = to
	}
}

// shingles hashes the shingles of the sentences that were not dropped, sorted,
// each once, into out.
func (p *passage) shingles(out []uint32) []uint32 {
	out = out[:0]
	var window [shingleWords]uint32
	n := 0
	p.each(func(from, to int) {
		for _, w := range p.words[from:to] {
			copy(window[:], window[1:])
			window[shingleWords-1] = w
			if n++; n < shingleWords {
				continue
			}
			h := uint32(2166136261)
			for _, x := range window {
				h = mix(h ^ x)
			}
			out = append(out, h)
		}
	})
	out, p.spare = sortNumbers(out, p.spare)
	return slices.Compact(out)
}

// thin says whether hardly more than the frame of a page was read.
func (p *passage) thin() bool {
	kept := 0
	p.each(func(from, to int) { kept += to - from })
	return kept < copyMinShingles && 3*kept < len(p.words)
}

// cut appends the sentences of a text, cut roughly at full stops and line
// breaks: the pieces are only ever compared with each other.
func cut(out []string, text string) []string {
	if len(text) > maxTextBytes {
		text = strings.ToValidUTF8(text[:maxTextBytes], "")
	}
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

// Sentences that speak to the reader of the page itself, not of the news, ask
// for a subscription, a consent or a click: they have a word or a pair of words
// of the first two lists, and one that addresses the reader.
var (
	pageWords = hashes(`newsletter newsletters subscribe subscriber subscribers subscription inbox registration signup unsubscribe
		cookies login podcast app paywall`)
	pagePairs = pairs("sign up", "privacy policy", "your data", "tick here", "click here", "rights reserved", "have shared",
		"legitimate interest", "follow us", "personal data", "ad feedback")
	readerWords = hashes(`you your we us our here free all video`)
	// furnitureBits has a bit for the words of the first list and those that end a
	// pair: most sentences have none of them.
	furnitureBits = bitsOf(pageWords(), pagePairs())
)

// bits answers for a set of hashes: no for certain, or perhaps.
type bits [1 << 8]uint64

func (b *bits) set(h uint32)      { b[h>>6&0xff] |= 1 << (h & 63) }
func (b *bits) has(h uint32) bool { return b[h>>6&0xff]>>(h&63)&1 != 0 }

func bitsOf(words map[uint32]bool, ends map[[2]uint32]bool) *bits {
	b := &bits{}
	for w := range words {
		b.set(w)
	}
	for p := range ends {
		b.set(p[1])
	}
	return b
}

// furniture says whether a sentence speaks of the page it stands on.
func furniture(words []uint32) bool {
	page := false
	for i, w := range words {
		if furnitureBits.has(w) && (pageWords()[w] || i > 0 && pagePairs()[[2]uint32{words[i-1], w}]) {
			page = true
			break
		}
	}
	return page && slices.ContainsFunc(words, func(w uint32) bool { return readerWords()[w] })
}

func hashes(words string) func() map[uint32]bool {
	return sync.OnceValue(func() map[uint32]bool {
		m := map[uint32]bool{}
		for w := range strings.FieldsSeq(words) {
			m[hash(w)] = true
		}
		return m
	})
}

func pairs(of ...string) func() map[[2]uint32]bool {
	return sync.OnceValue(func() map[[2]uint32]bool {
		m := map[[2]uint32]bool{}
		for _, p := range of {
			a, b, _ := strings.Cut(p, " ")
			m[[2]uint32{hash(a), hash(b)}] = true
		}
		return m
	})
}
