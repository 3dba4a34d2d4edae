package summarize

import (
	"slices"

	"newsdesk/news"
)

// Bounds that keep the time of one article small. News is told at the top:
// what lies beyond them is not looked at.
const (
	maxSentences = 400  // sentences weighed
	maxSentence  = 2000 // bytes of a sentence that is weighed
	maxQuotation = 5    // sentences after which a mark that never closes is taken for a slip
)

// word is a word of a sentence.
type word struct {
	start, end int32 // bytes of the text it stands in
	known      int32 // place among the words that the vocabulary knows
	key        int32 // number of its stem in the document; below zero that of a stop word
	upper      bool  // begins with a capital
	digit      bool  // begins with a digit
}

// sentence is a sentence of an article with what is known about it.
type sentence struct {
	Sentence
	index  int
	words  []word
	keys   []int  // its stems, each once, in order
	quoted bool   // lies in a quotation that began before it or goes on after it
	opens  bool   // a quotation begins in it and goes on after it
	shuts  bool   // a quotation that began before ends in it
	single bool   // that quotation stands in single marks
	names  []name // names in it, in order
	mine   bool   // the writer speaks of himself in it, unless it is quoted
	clean  string // what clean makes of it, once it was asked
	plain  bool   // it is a fact as it stands, and so no boilerplate
}

// document is an article made ready for weighing.
type document struct {
	article news.Article
	lang    string
	vocab   *vocabulary
	sents   []sentence
	title   map[int]bool      // stems of the title
	count   []int             // how often each stem occurs
	maxim   int               // the largest of them
	small   []bool            // by place among the known words, those that it has in small letters; while names are looked for
	spaced  bool              // most of it is written with blanks
	full    map[string]string // last name to full name
	verbs   map[string]bool   // stems of verbs, while a headline is made

	dateline place // where the report was filed, as far as the gazetteer has it
}

// newDocument makes an article ready, in the memory of a weigher for what is not kept.
func newDocument(a news.Article, vocab *vocabulary, lang string, w *weigher) *document {
	d := &document{article: a, lang: lang, vocab: vocab, title: make(map[int]bool)}
	split := Sentences(a.Body)
	if len(split) > maxSentences {
		split = split[:maxSentences]
	}
	d.sents = make([]sentence, len(split))
	par := -1
	vocab.expect(len(a.Body))
	double, single := marks{follow: quotation, signs: "\"“”«»"}, marks{follow: singleQuotation}
	unsp, all := 0, 0
	words := make([]word, 0, len(a.Body)/usualWord)
	for i, s := range split {
		if s.Paragraph != par {
			double.open, single.open = false, false
		}
		x := sentence{Sentence: s, index: i}
		par = s.Paragraph
		text := s.Text
		if len(text) > maxSentence {
			text = text[:maxSentence]
		}
		for _, r := range text {
			if unspaced(r) {
				unsp++
			}
			all++
		}
		x.quoted, x.opens, x.shuts = double.next(text)
		if quoted, opens, shuts := single.next(text); quoted && !x.quoted && lang == "en" {
			x.quoted, x.opens, x.shuts, x.single = true, opens, shuts, true
		}
		from := len(words)
		vocab.each(text, func(w word) { words = append(words, w) })
		x.words = slices.Clip(words[from:])
		d.sents[i] = x
	}
	d.spaced = unsp*3 < all
	for _, k := range vocab.keysOf(a.Title) {
		d.title[k] = true
	}
	w.small = zeroed(w.small, len(vocab.known.words))
	d.small = w.small
	d.count = make([]int, vocab.size())
	w.last = zeroed(w.last, vocab.size())
	last := w.last // the sentence that had a stem last, counted from 1
	keys := make([]int, 0, len(words))
	for i := range d.sents {
		s := &d.sents[i]
		from := len(keys)
		for _, w := range s.words {
			if !w.upper {
				d.small[w.known] = true
			}
			if w.key < 0 {
				continue
			}
			if d.count[w.key]++; d.count[w.key] > d.maxim {
				d.maxim = d.count[w.key]
			}
			if last[w.key] != int32(i+1) {
				last[w.key] = int32(i + 1)
				keys = append(keys, int(w.key))
			}
		}
		s.keys = slices.Clip(keys[from:])
	}
	w.pieces = d.nameAll(w.pieces)
	d.small = nil
	d.learnNames()
	return d
}
